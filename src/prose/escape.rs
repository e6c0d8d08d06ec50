//! Text into HTML: the only way by which anything of a body gets into the output.

use std::fmt::Write;

/// Appends `text` as the text of an element.
pub(super) fn text(out: &mut String, text: &str) {
    characters(out, text);
}

/// Appends `text` as the value of an attribute in double quotes.
pub(super) fn attribute(out: &mut String, text: &str) {
    characters(out, text);
}

/// Appends `address` as the value of `href` or `src` in double quotes.
///
/// What RFC 3986 does not allow in an address is percent-encoded as UTF-8; escapes that are there stay.
pub(super) fn address(out: &mut String, address: &str) {
    for byte in address.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#39;"),
            b'-' | b'_' | b'.' | b'~' | b':' | b'/' | b'?' | b'#' | b'[' | b']' | b'@' => out.push(char::from(byte)),
            b'!' | b'$' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b'%' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

/// Both contexts are escaped alike, so that a mistake of context is none.
///
/// Line ends become `\n`, whatever the checkout made of them. Characters that neither HTML nor XML
/// (feeds carry the same text) may hold become U+FFFD.
fn characters(out: &mut String, text: &str) {
    let plain =
        |byte: u8| !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | b'\r' | 0xEF) && (byte >= b' ' || byte == b'\n');
    if text.bytes().all(plain) {
        out.push_str(text);
        return;
    }
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn contexts() {
        let check = |f: fn(&mut String, &str), input: &str, expect: &str| {
            let mut out = String::new();
            f(&mut out, input);
            assert_eq!(out, expect);
        };
        check(
            super::text,
            "a < b & \"c\" 'd'\r\n\r\u{0}\u{1}é\u{fffe}\u{feff}",
            "a &lt; b &amp; &quot;c&quot; &#39;d&#39;\n\n\u{fffd}\u{fffd}é\u{fffd}\u{feff}",
        );
        check(
            super::address,
            "https://[::1]/ä b?x=1&y='\"<>\\#%20",
            "https://[::1]/%C3%A4%20b?x=1&amp;y=&#39;%22%3C%3E%5C#%20",
        );
    }
}
