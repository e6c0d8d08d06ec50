//! Patterns: text with places in braces, `{day} {month} {year}`.
//!
//! A place that is not in the pattern is left out, one that is not filled is empty. A place may ask for a form of what
//! it is filled with, by a word behind a colon: `seit {start:dat}` asks for a date in the dative, `{n:.} Quellen` for a
//! number with points between its groups of three. What does not have that form stands there in its usual one.

/// A phrase in the forms in which other patterns take it up.
///
/// English needs one; a language with cases has more, under names of its own choice.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Forms {
    /// As it stands alone.
    pub alone: &'static str,
    /// Others, by the names by which places ask for them.
    pub others: &'static [(&'static str, &'static str)],
}

impl Forms {
    /// A phrase that is the same everywhere.
    pub const fn one(alone: &'static str) -> Self {
        Self { alone, others: &[] }
    }

    /// The pattern of a form; that of the phrase alone where it has none of that name.
    pub fn get(&self, form: &str) -> &'static str {
        self.others.iter().find(|(name, _)| *name == form).map_or(self.alone, |(_, pattern)| *pattern)
    }
}

/// The pattern with its places filled, in one pass: what is filled in is never read as a pattern.
///
/// A form is given under its full name, `("low:short", "40")`; without it the usual one stands there.
///
/// ```
/// use annals::phrase::pattern::fill;
///
/// assert_eq!(fill("{month} {year}", &[("year", "2022"), ("month", "{year}")]), "{year} 2022");
/// assert_eq!(fill("{low:short} to {high:short}", &[("low", "$1"), ("low:short", "1"), ("high", "$2")]), "1 to $2");
/// ```
pub fn fill(pattern: &str, places: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(pattern.len() + 16);
    for part in parts(pattern) {
        match part {
            Part::Text(text) => filled.push_str(text),
            Part::Place(name) => filled.push_str(value(name, places).unwrap_or_default()),
        }
    }
    filled
}

/// The form in which a pattern asks for what stands in a place: `dat` of `seit {start:dat}`.
pub fn form<'p>(pattern: &'p str, place: &str) -> Option<&'p str> {
    parts(pattern).find_map(|part| match part {
        Part::Place(name) => name.strip_prefix(place)?.strip_prefix(':'),
        Part::Text(_) => None,
    })
}

/// A piece of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'p> {
    /// Text as it stands.
    Text(&'p str),
    /// A place by its name, with the form that it asks for.
    Place(&'p str),
}

/// A pattern in pieces; a brace that is never closed is left out.
pub(super) fn parts(pattern: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = pattern;
    std::iter::from_fn(move || {
        if let Some(inner) = rest.strip_prefix('{') {
            if let Some((name, after)) = inner.split_once('}') {
                rest = after;
                return Some(Part::Place(name));
            }
            rest = inner;
        }
        let end = rest.find('{').unwrap_or(rest.len());
        let (text, after) = rest.split_at_checked(end)?;
        rest = after;
        (!text.is_empty()).then_some(Part::Text(text))
    })
}

/// What is given for a place: in the form that it asks for, or else in the usual one.
pub(super) fn value<'v, V: ?Sized>(name: &str, places: &[(&str, &'v V)]) -> Option<&'v V> {
    let given = |name: &str| places.iter().find(|(place, _)| *place == name).map(|(_, value)| *value);
    given(name).or_else(|| given(name.split_once(':')?.0))
}

/// The digits of a whole number with `separator` between groups of three.
pub fn grouped(digits: &str, separator: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, expect: &str) {
        assert_eq!(fill(pattern, &[("a", "1"), ("b", "{a}"), ("a:x", "one")]), expect, "{pattern}");
    }

    #[test]
    fn filling() {
        check("", "");
        check("x", "x");
        check("{a}-{b}", "1-{a}");
        check("{c}{a}", "1");
        check("{a", "a");
        check("{a}{", "1");
        check("a}", "a}");
        check("{a:x} {a:y} {c:x}", "one 1 ");
    }

    #[test]
    fn forms() {
        assert_eq!(form("seit {start:dat}", "start"), Some("dat"));
        assert_eq!(form("{n:,} of {start}", "start"), None);
        assert_eq!(form("{started:x} {start:}", "start"), Some(""));
        let forms = Forms { alone: "der Tag", others: &[("dat", "dem Tag")] };
        assert_eq!((forms.get("dat"), forms.get("gen"), forms.get("")), ("dem Tag", "der Tag", "der Tag"));
    }

    #[test]
    fn groups() {
        for (digits, expect) in [("", ""), ("12", "12"), ("123", "123"), ("1234", "1.234"), ("1234567", "1.234.567")] {
            assert_eq!(grouped(digits, "."), expect);
        }
    }
}
