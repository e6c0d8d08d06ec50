//! The words that rendering adds of itself.

use std::borrow::Cow;

/// Titles and accessible names that stand in the HTML but not in the body.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Words {
    /// The title of `> [!NOTE]`.
    pub note: Cow<'static, str>,
    /// The title of `> [!TIP]`.
    pub tip: Cow<'static, str>,
    /// The title of `> [!IMPORTANT]`.
    pub important: Cow<'static, str>,
    /// The title of `> [!WARNING]`.
    pub warning: Cow<'static, str>,
    /// The title of `> [!CAUTION]`.
    pub caution: Cow<'static, str>,
    /// The name of the region in which a table scrolls; its number follows.
    pub table: Cow<'static, str>,
    /// The name of the list of footnotes.
    pub footnotes: Cow<'static, str>,
    /// The name of a reference to a footnote; its number follows.
    pub footnote: Cow<'static, str>,
    /// The name of the link from a footnote back to the text; its number follows.
    pub back: Cow<'static, str>,
    /// The name of a ticked box.
    pub done: Cow<'static, str>,
    /// The name of an empty box.
    pub open: Cow<'static, str>,
}

impl Default for Words {
    /// The English words.
    fn default() -> Self {
        Self {
            note: "Note".into(),
            tip: "Tip".into(),
            important: "Important".into(),
            warning: "Warning".into(),
            caution: "Caution".into(),
            table: "Table".into(),
            footnotes: "Footnotes".into(),
            footnote: "Footnote".into(),
            back: "Back to reference".into(),
            done: "done".into(),
            open: "to do".into(),
        }
    }
}
