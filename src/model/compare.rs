//! How two claims about one thing stand to each other.

/// What two values of one field have to do with each other.
///
/// Each kind of value decides by its own law: [`Date::compare`](super::date::Date::compare),
/// [`Amount::compare`](super::amount::Amount::compare), [`Count::compare`](super::amount::Count::compare)
/// and, for text, [`text`].
///
/// ```
/// use annals::model::compare::Agreement;
/// use annals::model::date::Date;
///
/// let (year, month) = (Date::parse("2022")?, Date::parse("2022-01")?);
/// assert_eq!(year.compare(&month), Agreement::Overlap);
/// assert_eq!(year.compare(&Date::parse("2021")?), Agreement::Conflict);
/// # Ok::<(), annals::model::GrammarError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// They say the same.
    Agree,
    /// They say different things that can be true together.
    Overlap,
    /// They cannot both be true.
    Conflict,
}

impl Agreement {
    /// The word for it in data: `agree`, `overlap` or `conflict`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Overlap => "overlap",
            Self::Conflict => "conflict",
        }
    }
}

/// Compares two texts: they agree when they are the same after folding case and white space, else they conflict.
pub fn text(one: &str, other: &str) -> Agreement {
    if fold(one) == fold(other) { Agreement::Agree } else { Agreement::Conflict }
}

/// The text in lower case, with every run of white space as one space and none at its ends.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, expect: Agreement) {
        assert_eq!(text(one, other), expect);
        assert_eq!(text(other, one), expect);
    }

    #[test]
    fn case_and_space_do_not_matter() {
        check("Hwasong-12", " hwasong-12\n", Agreement::Agree);
        check("a  b", "A B", Agreement::Agree);
        check("ab", "a b", Agreement::Conflict);
        check("", " ", Agreement::Agree);
        check("ÉTÉ", "été", Agreement::Agree);
    }
}
