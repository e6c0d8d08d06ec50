//! The pages that the preview writes itself. They are never part of the site.

use super::board::{Board, Label, Line, Problem, words};
use super::near::near;
use crate::diagnostic::render::Summary;
use std::fmt::Write;

/// The element that brings a page to life: for its head.
pub(super) fn script(base: &str, route: &str, version: &str) -> String {
    format!(
        "<script defer src=\"{base}__annals/preview.js\" data-base=\"{base}\" data-route=\"{}\" data-version=\"{}\"></script>",
        Text(route),
        Text(version),
        base = Text(base)
    )
}

/// The page in place of a file that is not there. `paths` are all files of the site.
pub(super) fn nothing(base: &str, route: &str, version: &str, paths: &[&str]) -> String {
    let mut main = String::new();
    let outside = route.strip_prefix('/');
    let shown = outside.map_or_else(|| format!("{base}{route}"), ToOwned::to_owned);
    let _ = write!(main, "<h1>There is no such page</h1>\n<p class=\"lead\"><code>{}</code>", Text(&shown));
    match outside {
        Some(_) => {
            let _ =
                write!(main, " lies outside of the site, which will be published below <code>{}</code>.", Text(base));
        }
        None => main.push_str(" is not a file of the site."),
    }
    main.push_str("</p>\n");
    let near = near(route, paths.iter().copied());
    if !near.is_empty() {
        main.push_str("<h2>Near by</h2>\n<ul class=\"near\">\n");
        for path in near {
            let _ = writeln!(main, "<li><a href=\"{}\">{}</a></li>", Text(&address(base, path)), Text(path));
        }
        main.push_str("</ul>\n");
    }
    let _ = writeln!(main, "<p><a href=\"{}\">To the home page</a></p>", Text(base));
    main.push_str("<p class=\"small\">When the page appears, it takes the place of this one by itself. Readers of the published site see its own <code>404.html</code>.</p>\n");
    whole("There is no such page", &main, "", base, &script(base, route, version))
}

/// The page in place of every other while no state of the site could be shown.
pub(super) fn problems(base: &str, route: &str, version: &str, board: &Board) -> String {
    let summary = Summary { errors: board.errors, warnings: board.warnings, notes: board.notes, records: 0 };
    let counts = words(summary).unwrap_or_else(|| "no problems".to_owned());
    let mut main = String::new();
    let _ = writeln!(
        main,
        "<h1>The site cannot be shown yet</h1>\n<p class=\"lead\">{counts}. When the errors are mended, the site takes the place of this page by itself.</p>"
    );
    if let Some(trouble) = &board.trouble {
        let _ = writeln!(main, "<p class=\"trouble\">{}</p>", Text(trouble));
    }
    main.push_str("<ol class=\"problems\">\n");
    for problem in &board.list {
        one(&mut main, problem);
    }
    main.push_str("</ol>\n");
    if board.left_out > 0 {
        let _ =
            writeln!(main, "<p class=\"small\">{} more: <code>annals check</code> shows them all.</p>", board.left_out);
    }
    whole(&counts, &main, "problems-page", base, &script(base, route, version))
}

/// The same elements as `preview.js` makes.
fn one(out: &mut String, problem: &Problem) {
    let Problem { level, code, message, spot, snippet, labels, help, explain, .. } = problem;
    let _ = writeln!(out, "<li class=\"problem {level}\">");
    let _ = writeln!(
        out,
        "<p class=\"what\"><span class=\"level\">{level}</span> {} <span class=\"code\">{code}</span></p>",
        Prose(message)
    );
    let place = format!("{}:{}:{}", spot.path, spot.line, spot.column);
    let _ = writeln!(out, "<p class=\"where\"><code>{}</code></p>", Text(&place));
    if !snippet.is_empty() {
        out.push_str("<pre class=\"snippet\" tabindex=\"0\">");
        for Line { number, before, marked, after } in snippet {
            let _ = write!(out, "<span class=\"line\"><span class=\"number\">{number}</span>{}", Text(before));
            if !marked.is_empty() {
                let _ = write!(out, "<mark>{}</mark>", Text(marked));
            }
            // Within the line, which is a block: outside it would be an empty one.
            let _ = write!(out, "{}\n</span>", Text(after));
        }
        out.push_str("</pre>\n");
    }
    for Label { spot, message } in labels {
        let place = format!("{}:{}:{}", spot.path, spot.line, spot.column);
        let _ = writeln!(out, "<p class=\"label\"><code>{}</code> {}</p>", Text(&place), Prose(message));
    }
    for help in help {
        let _ = writeln!(out, "<p class=\"help\">{}</p>", Prose(help));
    }
    let _ = writeln!(out, "<p class=\"small\"><code>{}</code></p>\n</li>", Text(explain));
}

fn whole(title: &str, main: &str, kind: &str, base: &str, script: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{} · annals serve</title>\n\
         <link rel=\"stylesheet\" href=\"{}__annals/preview.css\">\n<link rel=\"icon\" href=\"data:,\">\n{script}\n\
         </head>\n<body class=\"own {kind}\">\n<main>\n{main}</main>\n</body>\n</html>\n",
        Text(title),
        Text(base)
    )
}

/// The address of a file: what is not plain in a path is escaped (RFC 3986).
fn address(base: &str, path: &str) -> String {
    let mut address = base.to_owned();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte));
            }
            _ => _ = write!(address, "%{byte:02X}"),
        }
    }
    address
}

/// Text as HTML shows it, in an element or in an attribute.
struct Text<'a>(&'a str);

impl std::fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            // None of them is allowed in HTML, nor of use to a reader.
            '\0' | '\u{1}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => f.write_char('\u{fffd}'),
            _ => f.write_char(c),
        })
    }
}

/// Text in which what stands between backticks is code, as in Markdown; a backtick without its fellow is one.
struct Prose<'a>(&'a str);

impl std::fmt::Display for Prose<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.matches('`').count() % 2 == 1 {
            return Text(self.0).fmt(f);
        }
        self.0.split('`').enumerate().try_for_each(|(at, part)| match at % 2 {
            0 => Text(part).fmt(f),
            _ => write!(f, "<code>{}</code>", Text(part)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Prose, Text, address, nothing, script};

    #[test]
    fn whatever_is_asked_for_stays_text() {
        let hostile = "\"><script>alert(1)</script>\0\u{1b}&";
        let safe = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\u{fffd}\u{fffd}&amp;";
        assert_eq!(Text(hostile).to_string(), safe);
        let page = nothing("/", hostile, "nothing", &["\"<b>.html"]);
        assert_eq!((page.matches(safe).count(), page.matches(hostile).count()), (2, 0));
        assert_eq!(page.matches("<script").count(), 1);
        assert!(script("/a&b/", hostile, "v").starts_with("<script defer src=\"/a&amp;b/__annals/preview.js\""));
        assert_eq!(address("/n/", "a b/é\"?.html"), "/n/a%20b/%C3%A9%22%3F.html");
    }

    #[test]
    fn code_stands_between_backticks() {
        let check = |text: &str, expect: &str| assert_eq!(Prose(text).to_string(), expect);
        check("`<a>` is no `b`", "<code>&lt;a&gt;</code> is no <code>b</code>");
        check("a ` b", "a ` b");
        check("", "");
    }
}
