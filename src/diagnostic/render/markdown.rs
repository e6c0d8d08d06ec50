//! Text as Markdown, for GitHub.

use super::short::one_line;

/// Text as Markdown that shows just that text, in one line and not at its beginning: no markup, no HTML, no link, no
/// mention.
pub fn escaped(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // What would be HTML, or the name of a character.
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A mention, an address of mail, the number of an issue: GitHub looks for them after all else, in texts that
            // a comment cuts in two.
            '@' | '#' => {
                out.push(c);
                out.push_str("<!-- -->");
            }
            // An address would become a link by these.
            ':' if chars.peek() == Some(&'/') => out.push_str("&#58;"),
            '.' if out.ends_with(['w', 'W']) => out.push_str("&#46;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '^' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    #[test]
    fn a_text_is_nothing_but_text() {
        let check = |text: &str, expect: &str| assert_eq!(escaped(text), expect);
        check("USD 50M → over USD 50M (shown)", "USD 50M → over USD 50M (shown)");
        check("<img src=x>\n# x", "&lt;img src=x&gt; #<!-- --> x");
        check("@all https://x.org www.x.org", "@<!-- -->all https&#58;//x.org www&#46;x.org");
        check("`a` *b* [c](d) |", "\\`a\\` \\*b\\* \\[c\\](d) \\|");
        check("$x$ ~~a~~ <!-- ", "\\$x\\$ \\~\\~a\\~\\~ &lt;!-- ");
    }

    proptest! {
        #[test]
        fn no_text_leaves_its_place(text in "[-<>&@#:.`*_\\[\\]()|~$!\\\\\n a-cw1=+{}'\"/?]{0,40}|\\PC{0,30}") {
            let line = format!("- **{}**: x", escaped(text.trim()));
            let mut shown = String::new();
            for event in Parser::new_ext(&line, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
                match event {
                    Event::Text(part) => shown.push_str(&part),
                    Event::InlineHtml(html) => prop_assert_eq!(&*html, "<!-- -->"),
                    Event::Start(Tag::List(None) | Tag::Item | Tag::Strong | Tag::Paragraph) => {}
                    Event::End(TagEnd::List(false) | TagEnd::Item | TagEnd::Strong | TagEnd::Paragraph) => {}
                    // Nothing to embolden is four stars.
                    other => prop_assert!(false, "{other:?} in {line}"),
                }
            }
            let plain = one_line(&text);
            let plain = plain.trim();
            prop_assert!(shown.replace("**", "").starts_with(plain.replace("**", "").as_str()), "{shown} for {plain}");
        }
    }
}
