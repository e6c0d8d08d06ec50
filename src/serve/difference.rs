//! Whether two states of a page differ in their style sheets alone.

/// Where assets lie below the output folder. Their names carry a fingerprint: `assets/annals.3f2a….css`.
const FOLDER: &[u8] = b"assets/";

/// The style sheets that `new` names in place of those that `old` names, each pair once; nothing when the pages differ in
/// anything else, or not at all.
pub(super) fn styles(old: &[u8], new: &[u8]) -> Option<Vec<(String, String)>> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let (mut old, mut new) = (Parts { rest: old }, Parts { rest: new });
    loop {
        match (old.next(), new.next()) {
            (None, None) => break,
            (Some((left, before)), Some((right, after))) if left == right => {
                if before == after {
                    continue;
                }
                let (before, after) = (before?, after?);
                if stem(before)? != stem(after)? {
                    return None;
                }
                let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
                let pair = (text(before)?, text(after)?);
                if !pairs.contains(&pair) {
                    pairs.push(pair);
                }
            }
            _ => return None,
        }
    }
    (!pairs.is_empty()).then_some(pairs)
}

/// A page as the parts between the names of style sheets, each with the name that follows it.
struct Parts<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Parts<'a> {
    type Item = (&'a [u8], Option<&'a [u8]>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let mut from = 0;
        while let Some(at) = find(self.rest.get(from..)?, FOLDER) {
            let start = from + at;
            let name = self.rest.get(start..)?;
            let end = name.iter().position(|byte| !is_name(*byte)).unwrap_or(name.len());
            let name = name.get(..end)?;
            if name.ends_with(b".css") && stem(name).is_some() {
                let part = self.rest.get(..start)?;
                self.rest = self.rest.get(start + end..)?;
                return Some((part, Some(name)));
            }
            from = start + FOLDER.len();
        }
        Some((std::mem::take(&mut self.rest), None))
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'/')
}

/// The name without its fingerprint: `assets/annals` of `assets/annals.3f2a9c01de.css`.
fn stem(name: &[u8]) -> Option<&[u8]> {
    let rest = name.strip_suffix(b".css")?;
    let dot = rest.iter().rposition(|byte| *byte == b'.')?;
    let print = rest.get(dot + 1..)?;
    let is_print = print.len() >= 8 && print.iter().all(u8::is_ascii_hexdigit);
    if is_print { rest.get(..dot) } else { None }
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::styles;

    const PAGE: &str = "<link href=\"../assets/annals.aaaaaaaaaa.css\"><script src=\"assets/x.cccccccccc.js\"></script>\
                        <link href=\"../assets/more/own.bbbbbbbbbb.css\"> assets/annals.css";

    #[track_caller]
    fn check(change: &[(&str, &str)], expect: Option<&[(&str, &str)]>) {
        let new = change.iter().fold(PAGE.to_owned(), |page, (from, to)| page.replace(from, to));
        let got = styles(PAGE.as_bytes(), new.as_bytes());
        let expect = expect.map(|all| all.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>());
        assert_eq!(got, expect, "{new}");
    }

    #[test]
    fn only_style_sheets() {
        let first = ("assets/annals.aaaaaaaaaa.css", "assets/annals.dddddddddd.css");
        let second = ("assets/more/own.bbbbbbbbbb.css", "assets/more/own.eeeeeeeeee.css");
        check(&[first], Some(&[first]));
        check(&[first, second], Some(&[first, second]));
    }

    #[test]
    fn anything_else() {
        check(&[], None);
        check(&[("x.cccccccccc.js", "x.dddddddddd.js")], None);
        check(&[("annals.aaaaaaaaaa", "annals.dddddddddd"), ("cccccccccc", "dddddddddd")], None);
        check(&[("annals.aaaaaaaaaa", "other.aaaaaaaaaa")], None);
        check(&[(" assets/annals.css", "")], None);
        check(&[("<link href=\"../assets/more/own.bbbbbbbbbb.css\">", "")], None);
    }
}
