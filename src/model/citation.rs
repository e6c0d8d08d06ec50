//! A source and the place in it.

use super::{GrammarError, Id};
use crate::source_text::Span;
use std::fmt;

/// A source, and where in it: `bitcoin-com-2022#9`.
///
/// The part after `#` is a locator in the sense of CSL and a selector in the sense of Web Annotation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Citation {
    /// The source, as written.
    pub source: Id,
    /// Where in it; nothing when the whole is meant.
    pub locator: Option<Locator>,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locator {
    /// `#9`: a paragraph, from 1.
    Paragraph(u32),
    /// `#p12`: a page, from 1.
    Page(u32),
    /// `#t=1:02:03`: seconds from the start.
    Time(u32),
    /// `#s=Section`: a section by its name.
    Section(String),
}

impl Citation {
    /// Reads `source#locator`.
    ///
    /// # Errors
    /// When what follows `#` is none of the forms of [`Locator`]; the part at fault is the locator.
    pub fn parse(text: &str) -> Result<Self, GrammarError> {
        let text = text.trim();
        let Some((source, locator)) = text.split_once('#') else {
            return Ok(Self { source: Id::new(text), locator: None });
        };
        let part = Span::new(source.len() + 1, text.len());
        let locator = Locator::parse(locator).map_err(|(message, help)| GrammarError {
            message,
            help,
            part: (part.end > part.start).then_some(part),
        })?;
        Ok(Self { source: Id::new(source), locator: Some(locator) })
    }
}

impl Locator {
    fn parse(text: &str) -> Result<Self, (String, String)> {
        let forms = || {
            "write `#9` for a paragraph, `#p12` for a page, `#t=1:02:03` for a time, `#s=Name` for a section".to_owned()
        };
        let number = |digits: &str, what: &str| match digits.parse::<u32>() {
            Ok(0) => Err((format!("`#{text}` counts from 0"), format!("count {what}s from 1"))),
            Ok(number) if digits.bytes().all(|b| b.is_ascii_digit()) => Ok(number),
            _ => Err((format!("`#{text}` is no place in a source"), forms())),
        };
        if let Some(name) = text.strip_prefix("s=") {
            let name = name.trim();
            if name.is_empty() {
                return Err((format!("`#{text}` names no section"), "write the section's name after `s=`".to_owned()));
            }
            return Ok(Self::Section(name.to_owned()));
        }
        if let Some(time) = text.strip_prefix("t=") {
            return seconds(time).map(Self::Time).ok_or_else(|| {
                (
                    format!("`#{text}` is no time"),
                    "write hours, minutes and seconds: `#t=1:02:03` or `#t=2:03`".to_owned(),
                )
            });
        }
        if let Some(page) = text.strip_prefix('p') {
            return number(page, "page").map(Self::Page);
        }
        if text.is_empty() {
            return Err(("nothing stands after `#`".to_owned(), forms()));
        }
        number(text, "paragraph").map(Self::Paragraph)
    }
}

impl fmt::Display for Locator {
    /// The form that authors write, without `#`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paragraph(number) => write!(f, "{number}"),
            Self::Page(number) => write!(f, "p{number}"),
            Self::Time(seconds) => write!(f, "t={}", clock(*seconds)),
            Self::Section(name) => write!(f, "s={name}"),
        }
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.locator {
            Some(locator) => write!(f, "{}#{locator}", self.source),
            None => write!(f, "{}", self.source),
        }
    }
}

/// Seconds as `h:mm:ss`, or `m:ss` under an hour.
pub fn clock(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

fn seconds(text: &str) -> Option<u32> {
    let parts: Vec<&str> = text.split(':').collect();
    if parts.len() > 3 || parts.iter().any(|p| p.is_empty() || !p.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let mut total: u32 = 0;
    for (at, part) in parts.iter().enumerate() {
        let number: u32 = part.parse().ok()?;
        if at > 0 && (number > 59 || part.len() != 2) {
            return None;
        }
        total = total.checked_mul(60)?.checked_add(number)?;
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let got = match Citation::parse(text) {
            Ok(citation) => {
                assert_eq!(Citation::parse(&citation.to_string()).as_ref(), Ok(&citation));
                citation.to_string()
            }
            Err(error) => format!("{}; {}", error.message, error.help),
        };
        assert_eq!(got, expect);
    }

    #[test]
    fn forms() {
        check("bbc", "bbc");
        check("bbc#9", "bbc#9");
        check("bbc#p12", "bbc#p12");
        check("bbc#t=1:02:03", "bbc#t=1:02:03");
        check("bbc#t=62:03", "bbc#t=1:02:03");
        check("bbc#s=Main findings", "bbc#s=Main findings");
    }

    #[test]
    fn refusals() {
        check("bbc#0", "`#0` counts from 0; count paragraphs from 1");
        check("bbc#p0", "`#p0` counts from 0; count pages from 1");
        check("bbc#t=1:99", "`#t=1:99` is no time; write hours, minutes and seconds: `#t=1:02:03` or `#t=2:03`");
        let forms = "write `#9` for a paragraph, `#p12` for a page, `#t=1:02:03` for a time, `#s=Name` for a section";
        check("bbc#", &format!("nothing stands after `#`; {forms}"));
        check("bbc#para9", &format!("`#para9` is no place in a source; {forms}"));
        check("bbc#+9", &format!("`#+9` is no place in a source; {forms}"));
    }
}
