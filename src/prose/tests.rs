use super::oracle::judge;
use super::*;
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// A site with one of everything.
fn site(to: &Destination) -> Target {
    match to {
        Destination::Record { id, fragment: None, .. } if id == "there" => Target::Url("../there.html".to_owned()),
        Destination::Record { id, .. } if id == "draft" => Target::Plain,
        Destination::Record { id, .. } if id == "evil" => Target::Url("java\nscript:alert(1)".to_owned()),
        Destination::Relative { path, .. } if path == "../2021/other file.md" => Target::Url("other.html".to_owned()),
        Destination::Rooted { path, .. } if path == "/map.png" => Target::Url("../assets/map.1a2b.png".to_owned()),
        Destination::Fragment(name) if name == "f12a" => Target::Url("#f12a".to_owned()),
        to => Target::Missing { code: Code::BrokenLink, message: format!("{to:?}"), help: vec!["mend it".to_owned()] },
    }
}

/// Renders and holds the result against the oracle.
#[track_caller]
fn safe(body: &str) -> Prose {
    let inside = RefCell::new(BTreeSet::new());
    let prose = render(body, &Settings::default(), &|to| {
        let target = site(to);
        if let Target::Url(url) = &target
            && !url.starts_with("java")
        {
            inside.borrow_mut().insert(url.clone());
        }
        target
    });
    if let Err(why) = judge(&prose.html, &inside.borrow()) {
        panic!("{why}\n--- body\n{body}\n--- html\n{}", prose.html);
    }
    for problem in &prose.problems {
        assert!(body.get(problem.span.start..problem.span.end).is_some(), "{problem:?}");
        assert!(!problem.help.is_empty() && !problem.message.contains('\n'), "{problem:?}");
    }
    prose
}

#[track_caller]
fn check(body: &str, html: &str) {
    assert_eq!(safe(body).html.trim_end(), html);
}

/// Codes, and what they point at.
#[track_caller]
fn complains(body: &str, expect: &[(&str, &str)]) -> Prose {
    let prose = safe(body);
    let found: Vec<_> = prose.problems.iter().map(|p| (p.code.name(), &body[p.span.start..p.span.end])).collect();
    assert_eq!(found, expect, "{:#?}\n{}", prose.problems, prose.html);
    prose
}

#[test]
fn the_dialect() {
    check(
        "a *b* **c** ~~d~~ `e<` \\*\nf  \ng",
        "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e&lt;</code> *\nf<br>\ng</p>",
    );
    check("- a\n- b\n\n3. c", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol start=\"3\">\n<li>c</li>\n</ol>");
    check("> a\n\n---", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>");
    check("```rust x\na < b\r\n```", "<pre tabindex=\"0\"><code class=\"language-rust\">a &lt; b\n</code></pre>");
    check("```\"><script>\n```", "<pre tabindex=\"0\"><code></code></pre>");
    check("# T {#x onclick=alert(1)}", "<h2 id=\"h-t-x-onclickalert1\">T {#x onclick=alert(1)}</h2>");
    check("$a$ [[b]] ^c^ http://bare.example", "<p>$a$ [[b]] ^c^ http://bare.example</p>");
    check(
        "- [x] a\n- [ ] b",
        "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"done\"> a</li>\n\
         <li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"to do\"> b</li>\n</ul>",
    );
    check(
        "> [!WARNING]\n> *a*",
        "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">Warning</p>\n<p><em>a</em></p>\n</div>",
    );
    check("---\ntitle: x\n---", "<hr>\n<h2 id=\"h-title-x\">title: x</h2>");
    check("", "");
}

#[test]
fn tables_scroll_and_align_by_class() {
    check(
        "a|b|c|d\n-|:-|:-:|-:\n1|2|3|`4`\n5||6|7\n8",
        "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table 1\">\n<table>\n\
         <thead>\n<tr><th scope=\"col\">a</th><th scope=\"col\" class=\"align-left\">b</th>\
         <th scope=\"col\" class=\"align-center\">c</th><th scope=\"col\" class=\"align-right\">d</th></tr>\n</thead>\n<tbody>\n\
         <tr><td>1</td><td class=\"align-left\">2</td><td class=\"align-center\">3</td>\
         <td class=\"align-right\"><code>4</code></td></tr>\n\
         <tr><td>5</td><td></td><td class=\"align-center\">6</td><td class=\"align-right\">7</td></tr>\n\
         <tr><td>8</td><td colspan=\"3\"></td></tr>\n</tbody>\n</table>\n</div>",
    );
}

#[test]
fn headings_move_down_and_have_ids() {
    let prose = safe(
        "# Top\n\n## Same\n\n## same\n\n## Same 2\n\n## *Same*\n\n###### Übel & `co`\n\n#\n\n[a](#same-2) [b](#h-top)",
    );
    let ids: Vec<_> = prose.headings.iter().map(|h| (h.level, h.id.as_str())).collect();
    assert_eq!(
        ids,
        [(2, "h-top"), (3, "h-same"), (3, "h-same-2"), (3, "h-same-2-2"), (3, "h-same-3"), (6, "h-übel--co")]
    );
    assert_eq!(prose.headings[5].text, "Übel & co");
    assert!(prose.html.contains("<h6 id=\"h-übel--co\">Übel &amp; <code>co</code></h6>\n<h2 id=\"h-section\"></h2>"));
    assert!(prose.html.contains("<a href=\"#h-same-2\">a</a> <a href=\"#h-top\">b</a>"));
    assert_eq!(headings("# Top\n## Same\n## same\n#", &Settings::default()), prose.headings[..3]);
    assert!(prose.headings[2].answers("Same-2") && prose.headings[2].answers("h-same-2"));
    check("## a\n### b", "<h2 id=\"h-a\">a</h2>\n<h3 id=\"h-b\">b</h3>");
    check("### a [x](#%C3%BC)\n# ü", "<h4 id=\"h-a-x\">a <a href=\"#h-%C3%BC\">x</a></h4>\n<h2 id=\"h-ü\">ü</h2>");
}

#[test]
fn footnotes_lead_there_and_back() {
    check(
        "a[^x] b[^Y] c[^x]\n\n[^y]: why\n\n    [^not]\n\n[^x]: see [^z]\n\n[^z]: > end\n\n[^lost]: kept",
        "<p>a<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fn-ref-1\" role=\"doc-noteref\" aria-label=\"Footnote 1\">1</a></sup> \
         b<sup class=\"footnote-ref\"><a href=\"#fn-2\" id=\"fn-ref-2\" role=\"doc-noteref\" aria-label=\"Footnote 2\">2</a></sup> \
         c<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fn-ref-1-2\" role=\"doc-noteref\" aria-label=\"Footnote 1\">1</a></sup></p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n\
         <li id=\"fn-1\"><p>see <sup class=\"footnote-ref\"><a href=\"#fn-3\" id=\"fn-ref-3\" role=\"doc-noteref\" aria-label=\"Footnote 3\">3</a></sup> \
         <a href=\"#fn-ref-1\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to reference 1\">↩</a> \
         <a href=\"#fn-ref-1-2\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to reference 1-2\">↩</a></p>\n</li>\n\
         <li id=\"fn-2\"><p>why</p>\n<p>[^not] \
         <a href=\"#fn-ref-2\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to reference 2\">↩</a></p>\n</li>\n\
         <li id=\"fn-3\"><blockquote>\n<p>end</p>\n</blockquote>\n \
         <a href=\"#fn-ref-3\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to reference 3\">↩</a>\n</li>\n\
         <li id=\"fn-4\"><p>kept</p>\n</li>\n</ol>\n</section>",
    );
}

#[test]
fn links_that_are_allowed() {
    check(
        "[a](https://x.example/?q=1&r='2' \"T \\\"q\\\"\")",
        "<p><a href=\"https://x.example/?q=1&amp;r=&#39;2&#39;\" rel=\"external noopener\" title=\"T &quot;q&quot;\">a</a></p>",
    );
    check(
        "<HTTP://x.example> <a@b.example>",
        "<p><a href=\"HTTP://x.example\" rel=\"external noopener\">HTTP://x.example</a> <a href=\"mailto:a@b.example\">a@b.example</a></p>",
    );
    check("[a](mailto:a@b.example)", "<p><a href=\"mailto:a@b.example\">a</a></p>");
    check(
        "[a](incident:there) [*b*](entity:draft) [c](../2021/other%20file.md)",
        "<p><a href=\"../there.html\">a</a> <em>b</em> <a href=\"other.html\">c</a></p>",
    );
    check("[a](#f12a) [](source:there)", "<p><a href=\"#f12a\">a</a> <a href=\"../there.html\">source:there</a></p>");
    check("[a <https://x.example> b](incident:there)", "<p><a href=\"../there.html\">a https://x.example b</a></p>");
    check(
        "![a *b*](/map.png 'T')",
        "<p><img src=\"../assets/map.1a2b.png\" alt=\"a b\" title=\"T\" loading=\"lazy\"></p>",
    );
    check(
        "[![map](/map.png)](incident:there)",
        "<p><a href=\"../there.html\"><img src=\"../assets/map.1a2b.png\" alt=\"map\" loading=\"lazy\"></a></p>",
    );
}

#[test]
fn problems_point_at_their_cause() {
    complains("a [b](javascript:alert(1)) c", &[("unsafe-url", "javascript:alert(1)")]);
    complains(
        "[javascript:a](javascript:a)\n<vbscript:x>",
        &[("unsafe-url", "javascript:a"), ("unsafe-url", "vbscript:x")],
    );
    complains("[a](java&#x0A;script:x)", &[("unsafe-url", "[a](java&#x0A;script:x)")]);
    complains("é [a][r] [r] [r][]\n\n[r]: data:text/html,x", &[("unsafe-url", "data:text/html,x")]);
    complains(
        "[a](//evil.example) [b](/\\evil.example)",
        &[("unsafe-url", "//evil.example"), ("unsafe-url", "/\\evil.example")],
    );
    complains("[a](nope.md#x) ![b](/no.png)", &[("broken-link", "nope.md#x"), ("broken-link", "/no.png")]);
    complains(
        "[a]() [b](#) [c](https:x)",
        &[("broken-link", "[a]()"), ("broken-link", "#"), ("broken-link", "https:x")],
    );
    complains(
        "x <b>y</b>\n\n> <div class=\"a\">\n> z\n> </div>\n\n- <!-- c -->",
        &[("raw-html", "<b>"), ("raw-html", "<div class=\"a\">"), ("raw-html", "<!-- c -->")],
    );
    complains("[a](<\u{1}javascript:x>)", &[("unsafe-url", "\u{1}javascript:x")]);
    complains("> x <a\n> title='>'>", &[("raw-html", "<a\n> title='>'>")]);
    complains(
        "![](/map.png) ![ ](nope.png)",
        &[("missing-alt", "![](/map.png)"), ("missing-alt", "![ ](nope.png)"), ("broken-link", "nope.png")],
    );
    complains(
        "![a](incident:there) ![b](#x) ![c](data:image/png,x)",
        &[("missing-file", "incident:there"), ("missing-file", "#x"), ("unsafe-url", "data:image/png,x")],
    );
    complains("[a](incident:evil)", &[("unsafe-url", "incident:evil")]);
    let prose = complains(
        "![](https://x.example/a.png) [![b](http://y.example)](incident:there)",
        &[("remote-image", "https://x.example/a.png"), ("remote-image", "http://y.example")],
    );
    assert_eq!(
        prose.html,
        "<p><a href=\"https://x.example/a.png\" rel=\"external noopener\">https://x.example/a.png</a> <a href=\"../there.html\">b</a></p>\n"
    );
}

#[test]
fn help_guesses_only_what_is_there() {
    let help = |body: &str| safe(body).problems.remove(0).help.remove(0);
    assert_eq!(help("[a](incidnt:there)"), "did you mean `incident:there`?");
    assert!(help("[a](incidnt:gone)").starts_with("link to `http:`"));
    assert_eq!(help("## Money\n[a](#monee)"), "did you mean `#money`?");
    assert_eq!(help("## Money\n[a](#weather)"), "mend it");
}

#[test]
fn text_and_words() {
    let prose =
        safe("# One *two*\n\nthree**four** `five`\nsix[^n]\n\na|b\n-|-\nc|\n\n![seven](/map.png)\n\n[^n]: eight");
    assert_eq!(prose.text, "One two\nthreefour five six\na b \nc \nseven\neight");
    assert_eq!(prose.words, 10);
}

#[test]
fn questions_are_asked_once() {
    let count = RefCell::new(0);
    let prose =
        render("[a](incident:b) [b](incident:b) [c](page:c) <https://x.example>", &Settings::default(), &|_| {
            *count.borrow_mut() += 1;
            Target::Plain
        });
    assert_eq!(*count.borrow(), 2);
    assert_eq!(prose.asked.len(), 2);
    assert_eq!(prose.asked[1].0, Destination::Record { scheme: Scheme::Page, id: "c".to_owned(), fragment: None });
}

/// Everything through which script has been got into pages; the oracle judges.
#[test]
fn hostile_constructs() {
    const EVIL: &[&str] = &[
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " \u{1}javascript:alert(1)",
        "java\tscript:alert(1)",
        "java&Tab;script:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "java\\script:alert(1)",
        "javascript\\:alert(1)",
        "data:text/html;base64,PHN2Zz4=",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:x",
        "view-source:x",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/&Tab;/evil.example",
        "https:evil.example",
        "http:///evil",
        "x\"onerror=alert(1)",
        "x'onerror=alert(1)",
        "\"><script>alert(1)</script>",
        "</a><script>",
        "%6Aavascript:alert(1)",
        "\u{200b}javascript:alert(1)",
        "x\" style=\"position:fixed",
        "#\" onclick=\"alert(1)",
        "incident:\"><b>",
        "&#0;javascript:x",
        "&quot;&gt;&lt;script&gt;",
    ];
    const HOLES: &[&str] = &[
        "[a]({})",
        "[a](<{}>)",
        "![a]({})",
        "![{}](/map.png)",
        "[{}](incident:there)",
        "<{}>",
        "[a][r]\n\n[r]: {}",
        "[a][r]\n\n[r]: <{}> \"{}\"",
        "![a][r]\n\n[r]: {} '{}'",
        "[a](incident:there \"{}\")",
        "# {}",
        "# T {{}}",
        "# T { #{} .{} {}={} }",
        "```{}\n{}\n```",
        "~~~ {}\n~~~",
        "    {}",
        "a[^{}]\n\n[^{}]: {}",
        "|{}|\n|:-:|\n|{}|",
        "> [!{}]\n> {}",
        "`{}`",
        "{}",
        "<{}",
        "<img src={} onerror=alert(1)>",
        "<svg/onload={}>",
        "<a href=\"{}\">",
        "<!-- {} -->",
        "<![CDATA[{}]]>",
        "<?php {} ?>",
        "- [{}] a",
        "1. {}",
        "[![{}]({})]({})",
        "[a <{}> b]({})",
        "---\n{}: {}\n---",
        "$${}$$",
        "[[{}]]",
        "<script>{}</script>",
        "<style>{}</style>",
        "*{}*",
        "&{};",
    ];
    for evil in EVIL {
        for hole in HOLES {
            safe(&hole.replace("{}", evil));
        }
    }
}

#[test]
fn too_large_and_too_deep() {
    let settings = Settings { limits: Limits { bytes: 10, depth: 4 }, ..Settings::default() };
    let codes = |body: &str| {
        let prose = render(body, &settings, &site);
        (
            prose.html.is_empty(),
            prose.problems.iter().map(|p| (p.code.name(), p.span.start, p.span.end)).collect::<Vec<_>>(),
        )
    };
    assert_eq!(codes("012345678é"), (true, vec![("too-large", 9, 11)]));
    assert_eq!(codes("0123456789"), (false, vec![]));
    assert_eq!(codes(">>> *a*"), (true, vec![("too-deep", 4, 7)]));
    assert_eq!(codes(">>*a*"), (false, vec![]));
    assert_eq!(codes(">>>>>a"), (true, vec![("too-deep", 4, 6)]));

    let wide = "a|".repeat(600) + "\n" + &"-|".repeat(600) + "\n" + &"b\n".repeat(600) + "\nc";
    assert_eq!(safe(&wide).problems[0].code, Code::TooLarge);
}

/// Bodies on which a parser or a writer may do more than linear work. Each is rendered at its full size in
/// time that only linear work can keep on the slowest machine: unguarded, some of them take the better part of a minute.
#[test]
fn pathological_bodies_are_quick() {
    let n = 250_000;
    let bodies: &[(&str, String)] = &[
        ("quotes", ">".repeat(50_000)),
        ("quotes, then lines", ">".repeat(n / 2) + "a\n" + &"a\n".repeat(n / 4)),
        ("lists, then blank lines", "- ".repeat(n / 4) + "x" + &"\n".repeat(n / 2)),
        ("lists and a fence", "- ".repeat(n / 4) + "```\n" + &"\n".repeat(n / 2)),
        ("lists and a comment", "1) ".repeat(n / 6) + "<!--\r" + &"\r".repeat(n / 2)),
        ("quotes in notes", "> [^a]: ".repeat(n / 16) + "```\n" + &"\n".repeat(n / 2)),
        ("brackets", "[".repeat(n)),
        ("image brackets", "![".repeat(n / 8) + &"](a)".repeat(n / 8)),
        ("emphasis", "*a_ ".repeat(n / 4)),
        ("same headings", "# a\n".repeat(n / 4)),
        ("near headings", (0..n / 14).map(|i| format!("# a-{i}\n# a\n")).collect()),
        ("one definition", format!("[x]: data:{}\n\n", "y".repeat(n / 2)) + &"[x] ".repeat(n / 8)),
        ("one note", "[^a] ".repeat(n / 6) + "\n\n[^a]: x"),
        (
            "chained notes",
            "[^0]\n\n".to_owned() + &(0..n / 20).map(|i| format!("[^{i}]: [^{}]\n\n", i + 1)).collect::<String>(),
        ),
        ("tags", "<b>".repeat(n / 3)),
        ("comments", "a <!-- ".repeat(n / 7)),
        ("fragments", "[a](#b)".repeat(n / 7)),
        ("broken fragments", (0..n / 20).map(|i| format!("[a](#b{i}) ")).collect()),
        ("fragments by headings", (0..n / 40).map(|i| format!("# head{i}\n[a](#x{i})\n\n")).collect()),
        ("links", "[a](incident:there) ".repeat(n / 20)),
    ];
    for (name, body) in bodies {
        assert!(body.len() <= Limits::default().bytes, "{name}");
        let start = std::time::Instant::now();
        let prose = render(body, &Settings::default(), &site);
        let (time, size) = (start.elapsed(), prose.html.len());
        assert!(time.as_secs() < 10, "{name}: {time:?}");
        assert!(size <= 60 * body.len(), "{name}: {size} bytes");
    }
}

/// Twice the body, at most a little more than twice the output: no construct multiplies itself.
#[test]
fn output_grows_with_the_body() {
    let grow: &[fn(usize) -> String] = &[
        |n| "a|".repeat(n / 4) + "\n" + &"-|".repeat(n / 4) + "\n" + &"b\n".repeat(n / 4),
        |n| "[^a] ".repeat(n) + "\n\n[^a]: x",
        |n| format!("[x]: https://{}\n\n", "y".repeat(n)) + &"[x] ".repeat(n),
        |n| "# a\n".repeat(n),
        |n| ">".repeat(n.min(60)),
    ];
    for body in grow {
        let size = |n| safe(&body(n)).html.len();
        let (one, two) = (size(500), size(1000));
        assert!(two < one * 5 / 2 || two < 200_000, "{one} to {two}: {}", body(3));
    }
}

/// Snippets of Markdown, whole and broken, in any order.
fn markdown() -> impl Strategy<Value = String> {
    const PARTS: &[&str] = &[
        "a",
        "B c",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "    ",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```",
        "~~~x\n",
        "> ",
        ">",
        "> [!NOTE]\n",
        "- ",
        "* ",
        "1. ",
        "- [ ] ",
        "- [x] ",
        "# ",
        "## ",
        "###### h\n",
        "===\n",
        "---\n",
        "|",
        "a|b\n-|:-:\n",
        "|:-|-:|\n",
        "[",
        "]",
        "![",
        "](",
        ")",
        "(",
        "[^1]",
        "\n[^1]: ",
        "[^a\"b]",
        "<",
        ">",
        "<b>",
        "</b>",
        "<div>\n",
        "<!--",
        "-->",
        "<script>alert(1)</script>",
        "<https://x.example>",
        "<a@b.example>",
        "[a](incident:there)",
        "![m](/map.png)",
        "![](https://x.example/i.png)",
        "[r]",
        "\n[r]: javascript:x 'y'\n",
        "\n[r]: incident:there\n",
        "javascript:",
        "data:",
        "&",
        "&amp;",
        "&lt;",
        "&#0;",
        "&#x3c;",
        "&#13;",
        "\"",
        "'",
        "\\",
        "{#x onclick=y}",
        "\u{0}",
        "\u{1}",
        "é",
        "\u{202e}",
        "\u{feff}",
        "\u{fffe}",
        "#a",
        "#f12a",
        "//",
        ":",
        "\u{c}",
        "\u{301}",
    ];
    prop_oneof![
        9 => prop::collection::vec(prop::sample::select(PARTS), 0..40).prop_map(|parts| parts.concat()),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_only_allowed_html_comes_out(body in markdown()) {
        let prose = safe(&body);
        prop_assert_eq!(&prose, &safe(&body));
        prop_assert_eq!(prose.words, prose.text.split_whitespace().count());
        let mut sorted = prose.problems.clone();
        sorted.sort_by_key(|problem| (problem.span, problem.code));
        prop_assert_eq!(sorted.len(), prose.problems.len());
    }

    /// Where this writer has no reason to differ, it agrees with the parser's own.
    #[test]
    fn plain_markdown_reads_as_elsewhere(body in "[ab *_~`>1.)\n\t\\-]{0,60}") {
        let mut theirs = String::new();
        let dialect = pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
        pulldown_cmark::html::push_html(&mut theirs, pulldown_cmark::Parser::new_ext(&body, dialect));
        let mut ours = safe(&body).html.replace("<pre tabindex=\"0\">", "<pre>");
        while let Some(start) = ours.find("<h2 id=") {
            let end = start + ours[start..].find('>').unwrap();
            ours.replace_range(start + 3..end, "");
        }
        for html in [&mut ours, &mut theirs] {
            while let Some(start) = html.find(" class=\"language-") {
                let end = start + html[start..].find('>').unwrap();
                html.replace_range(start..end, "");
            }
        }
        let ours = ours.replace("&quot;", "\"").replace("&#39;", "'");
        prop_assert_eq!(ours, theirs.replace("<br />", "<br>").replace("<hr />", "<hr>"));
    }
}
