//! Before and after.

use super::*;

/// The text of an incident in YAML that should come out, and does not change again.
#[track_caller]
fn check(before: &str, after: &str) {
    check_file("content/incidents/a.yaml", before, after);
}

#[track_caller]
fn check_file(path: &str, before: &str, after: &str) {
    assert_eq!(formatted(path, before), after);
    assert_eq!(file(&File::new(path, after.as_bytes()), &Config::default()), Outcome::Fine);
}

#[track_caller]
fn formatted(path: &str, before: &str) -> String {
    match file(&File::new(path, before.as_bytes()), &Config::default()) {
        Outcome::Fine => before.to_owned(),
        Outcome::Changed(text) => text,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn check_unreadable(before: &[u8], code: Code) {
    match file(&File::new("content/incidents/a.yaml", before), &Config::default()) {
        Outcome::Unreadable(problems) => assert_eq!(problems[0].code, code, "{problems:?}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn keys_stand_in_the_order_of_the_schema() {
    check("sources: [a#1]\ndate: 2022\ntitle: A\n", "title: A\ndate: 2022\nsources: [a#1]\n");
    check(
        "claims:\n  - in: a#1\n    is: 2022\n    about: date\n    id: x\ntitle: A\n",
        "title: A\nclaims:\n  - id: x\n    about: date\n    is: 2022\n    in: a#1\n",
    );
    check(
        "relations:\n  - {why: b, in: a#1, part-of: c}\ncorrections: [{why: x, on: 2022-01-01}]\n",
        "relations:\n  - {part-of: c, in: a#1, why: b}\ncorrections: [{on: 2022-01-01, why: x}]\n",
    );
    check_file(
        "content/sources/a.yaml",
        "archive: [{on: 2022-01-01, url: https://a.example/}]\ntitle: A\n",
        "title: A\narchive: [{url: https://a.example/, on: 2022-01-01}]\n",
    );
}

#[test]
fn what_the_author_names_stays_in_the_authors_order() {
    check("count: {b: 2, a: 1}\nextra:\n  z: 1\n  y: 2\n", "count: {b: 2, a: 1}\nextra:\n  z: 1\n  y: 2\n");
    check_file(
        "content/site.yaml",
        "kinds:\n  theft: Theft\n  fire: Fire\ntitle: A\ntimeline: {page: 2, inline: 1}\n",
        "title: A\nkinds:\n  theft: Theft\n  fire: Fire\ntimeline: {inline: 1, page: 2}\n",
    );
}

#[test]
fn unknown_keys_stay_behind_the_known_ones() {
    check("zebra: {b: 1, a: 2}\ntitle: A\napple: 3\n", "title: A\nzebra: {b: 1, a: 2}\napple: 3\n");
    // What has another shape than its field is written as it is.
    check("title: [b,  a]\nsources: {b: 1,   a: 2}\n", "title: [b, a]\nsources: {b: 1, a: 2}\n");
}

#[test]
fn spacing() {
    check("\n\ntitle:   A  \n\n\n\ndate :  2022\n\n", "title: A\n\ndate: 2022\n");
    check("sources:\n- a#1\n-   b#2\n", "sources:\n  - a#1\n  - b#2\n");
    check("claims:\n    - id: x\n      via:\n      - a\n", "claims:\n  - id: x\n    via:\n      - a\n");
    check("claims:\n  -\n    id: x\n\n\n\n  -   id: y\n", "claims:\n  - id: x\n\n  - id: y\n");
    check("title: A", "title: A\n");
    check("\u{feff}title: A\r\ndate: 2\r\n", "title: A\r\ndate: 2\r\n");
    check("title: A\r\ndate: 2\n", "title: A\ndate: 2\n");
    check("---\ntitle: A\n...\n", "title: A\n");
    check("? title\n: A\n", "title: A\n");
    check("", "");
    check("{title: A, date: 2022}\n", "title: A\ndate: 2022\n");
    check("{}\n", "");
    check("title:\ndate:   \n", "title:\ndate:\n");
    check("tags:\n  -\n  - b\n", "tags:\n  -\n  - b\n");
    check("extra:\n  x: [ ]\n  y: { }\n", "extra:\n  x: []\n  y: {}\n");
}

#[test]
fn quotation_marks() {
    check("title: 'A'\n", "title: A\n");
    check("title: 'A word'\n", "title: \"A word\"\n");
    check("title: A word\n", "title: A word\n");
    check("title: 'it''s'\n", "title: \"it's\"\n");
    check("title: 'so \"called\"'\n", "title: 'so \"called\"'\n");
    check("title: \"so \\\"called\\\"\"\n", "title: \"so \\\"called\\\"\"\n");
    check("title: 'C:\\dir'\n", "title: 'C:\\dir'\n");
    check("title: \"a: b\"\n", "title: \"a: b\"\n");
    check(
        "tags: ['a', \"b-c\", 'NO', '2022', \"012\", '~', '']\n",
        "tags: [a, b-c, \"NO\", \"2022\", \"012\", \"~\", \"\"]\n",
    );
    check("tags: [NO, 2022, 012, ~]\n", "tags: [NO, 2022, 012, ~]\n");
    check("date: \"2022-01?\"\n", "date: \"2022-01?\"\n");
    check("date: 2022-01?\n", "date: 2022-01?\n");
    check("'title': A\n\"NO\": b\n", "title: A\n\"NO\": b\n");
    check("title: 'a\u{2028}b'\n", "title: 'a\u{2028}b'\n");
    check("title: \"\\u00e9 \\t\"\n", "title: \"\\u00e9 \\t\"\n");
}

#[test]
fn brackets_stay_while_they_fit() {
    check("tags: [ a,b ,c, ]\ncount: { x : 1,y: 2 }\n", "count: {x: 1, y: 2}\ntags: [a, b, c]\n");
    check("tags: [\n  a,\n  b\n]\n", "tags: [a, b]\n");
    check("tags:\n  - a\n", "tags:\n  - a\n");
    let word = "w".repeat(46);
    // 6 + 1 + 46 + 2 + 44 + 1 = 100
    let (fits, too_long) =
        (format!("tags: [{word}, {}]\n", "v".repeat(44)), format!("tags: [{word}, {}]\n", "v".repeat(45)));
    check(&fits, &fits);
    check(&too_long, &format!("tags:\n  - {word}\n  - {}\n", "v".repeat(45)));
    check(
        &format!("relations:\n  - {{why: {word} {word}, part-of: b}}\n"),
        &format!("relations:\n  - part-of: b\n    why: {word} {word}\n"),
    );
    check("extra: {a: [x: y, z]}\n", "extra: {a: [{x: y}, z]}\n");
    check("extra: {a, b: }\n", "extra: {a, b}\n");
    check(
        &format!("extra: {{a, b: [{word}, {word}], c}}\n"),
        &format!("extra:\n  a:\n  b:\n    - {word}\n    - {word}\n  c:\n"),
    );
    check(
        &format!("extra: {{a, b: [{word}, x], c: {word}}}\n"),
        &format!("extra:\n  a:\n  b: [{word}, x]\n  c: {word}\n"),
    );
}

#[test]
fn texts_of_several_lines_keep_their_lines() {
    check("title: a\n   b\n\n     c\n", "title: a\n  b\n\n  c\n");
    check("title: \"a\n   b \\\n   c\n\n  \\ d \\ \n  e\"\n", "title: \"a\n  b \\\n  c\n\n  \\ d \\ \n  e\"\n");
    check("title: 'a\n   ''b'''\n", "title: 'a\n  ''b'''\n");
    check("title:\n  a\n", "title: a\n");
    check("note: >-\n     a\n     b\n\n\n       c\n\n", "note: >-\n  a\n  b\n\n\n    c\n");
    check(
        "claims:\n- note: |\n     a\n\n      b \n  id: x\n",
        "claims:\n  - id: x\n    note: |\n      a\n\n       b \n",
    );
    check("body: |2\n    a\n   b\n", "body: |2\n    a\n   b\n");
    check("tags:\n- |-\n  a\n- >4\n      b\n", "tags:\n  - |-\n    a\n  - >2\n      b\n");
    check("body: |\n  a", "body: |\n  a\n");
    check("title: A\r\nnote: >\r\n   a", "title: A\r\nnote: >\r\n  a\r\n");
    check("body: |\n\n\ntitle: A\n", "title: A\nbody: |\n");
}

#[test]
fn line_ends_that_belong_to_a_text_stay() {
    check("body: |+\n   a\n\n\n", "body: |+\n  a\n\n\n");
    check("body: |+\n   a\n\n\n\ntitle: A\n", "title: A\nbody: |+\n  a\n\n\n\n");
    check("note: |+\n\n\ntitle: A\n\n", "title: A\nnote: |+\n\n\n");
    check("summary: |+\n   a\n\n# b\n\nkind: c\n", "summary: |+\n  a\n\n# b\n\nkind: c\n");
    check("summary: |\n   a\n\n\n# b\nkind: c\n", "summary: |\n  a\n\n# b\nkind: c\n");
}

#[test]
fn remarks_stay_with_what_they_are_about() {
    check("# d\n# e\ndate: 2   # f\n#t\ntitle: A #  g\n", "#t\ntitle: A  #  g\n# d\n# e\ndate: 2  # f\n");
    check("# about the file\n\n# d\ndate: 2\n\ntitle: A\n", "# about the file\n\ntitle: A\n# d\ndate: 2\n");
    check(
        "# yaml-language-server: $schema=x\ndate: 2\ntitle: A\n# end\n",
        "# yaml-language-server: $schema=x\ntitle: A\ndate: 2\n# end\n",
    );
    check(
        "claims:   # c\n# x\n- # y\n  id: a # z\n  # at the end of a\n# b\n- id: b\n# of the file\n",
        "claims:  # c\n  # x\n  # y\n  - id: a  # z\n    # at the end of a\n  # b\n  - id: b\n# of the file\n",
    );
    check(
        "claims:\n  - id: a\n      # deeper\n  # of the list\ntitle: A\n",
        "title: A\nclaims:\n  - id: a\n    # deeper\n  # of the list\n",
    );
    check("claims:\n  # - id: a\ntitle: A\n", "title: A\nclaims:\n  # - id: a\n");
    check("title: # a\n  # b\n  B # c\n", "title:  # a\n  # b\n  B  # c\n");
    check("note: |  # a\n  b # no remark\n", "note: |  # a\n  b # no remark\n");
    check(
        "claims:\n  - # a\n    is: b\n    # of about\n    about: c\n",
        "claims:\n  # a\n  # of about\n  - about: c\n    is: b\n",
    );
    check("# only\n\n\n# remarks\n", "# only\n\n# remarks\n");
}

#[test]
fn remarks_in_brackets_break_them_up() {
    check(
        "tags: [ # first\n  a, # of a\n  # above b\n  b,\n  # end\n] # last\n",
        "tags:  # last\n  # first\n  - a  # of a\n  # above b\n  - b\n  # end\n",
    );
    check("tags: [] # a\n", "tags: []  # a\n");
    check("tags: [\n  # none\n]\n", "tags:\n  # none\n  []\n");
    check("relations:\n\n  - {part-of: a # b\n    } # c\n", "relations:\n  # c\n  - part-of: a  # b\n");
    check("tags: # a\n  [ # b\n   c] # d\n", "tags:  # a\n  # b\n  - c\n  # d\n");
}

#[test]
fn fields_that_are_commented_out_stay_together() {
    let before = "\
# yaml-language-server: $schema=x
title: A
date: 2022
sources: [a#1]
# All that follows is optional.
# summary: One sentence.
status: alleged  # alleged, confirmed
# date_basis: inferred  # stated
# claims:  # where sources differ
#   - about: amount
#     is: over USD 50M
tags: [x]
# draft: true
";
    let after = "\
# yaml-language-server: $schema=x
title: A
date: 2022
status: alleged  # alleged, confirmed
tags: [x]
sources: [a#1]
# All that follows is optional.
# summary: One sentence.
# date_basis: inferred  # stated
# claims:  # where sources differ
#   - about: amount
#     is: over USD 50M
# draft: true
";
    check(before, after);
    check(
        "title: A\n# date: 2021\ndate: 2022\n# kind: x\nstatus: alleged\n",
        "title: A\n# date: 2021\ndate: 2022\n# kind: x\nstatus: alleged\n",
    );
    check("date: 2\n# date_as: May\nkind: x\ntitle: A\n", "title: A\ndate: 2\n# date_as: May\nkind: x\n");
    check("# kind: x\n# of the date\ndate: 2\ntitle: A\n", "# kind: x\ntitle: A\n# of the date\ndate: 2\n");
}

#[test]
fn front_matter_alone_is_formatted() {
    let body = "\n\n  Body  \r\n# x\n---\n\n\n\t";
    check_file(
        "content/incidents/a.md",
        &format!("---\ndate:  2\ntitle: A\n---  \n{body}"),
        &format!("---\ntitle: A\ndate: 2\n---\n{body}"),
    );
    check_file("content/pages/a.md", "---\r\ntitle:  A\r\n---\r\nText", "---\r\ntitle: A\r\n---\r\nText");
    check_file("content/pages/a.md", "---\n---", "---\n---\n");
}

#[test]
fn what_cannot_be_read_stays() {
    for text in [
        "title: &a b\n",
        "title: *a\n",
        "title: !!str b\n",
        "<<: {a: b}\n",
        "%YAML 1.2\n---\ntitle: A\n",
        "a: b\n---\nc: d\n",
        "title: a: b\n",
        "title:\tA\n\tdate: 2\n",
        "- a\n",
        "text\n",
        "[a: b\n",
        "title: A\rdate: 2\n",
        "[a, b]: c\n",
        "title: A\n\u{feff}date: 2\n",
        "a: x\0y\n",
    ] {
        let outcome = file(&File::new("content/incidents/a.yaml", text.as_bytes()), &Config::default());
        assert!(matches!(&outcome, Outcome::Unreadable(problems) if !problems.is_empty()), "{text:?}: {outcome:?}");
    }
    check_unreadable(b"title: A\ntitle: B\n", Code::DuplicateKey);
    check_unreadable(b"zebra: {a: 1, a: 2}\n", Code::DuplicateKey);
    check_unreadable(b"title: \xff\n", Code::NotUtf8);
    check_unreadable("[".repeat(1 << 20).as_bytes(), Code::TooDeep);
    check_unreadable("- ".repeat(100_000).as_bytes(), Code::TooDeep);
    check_unreadable(" ".repeat(2 << 20).as_bytes(), Code::TooLarge);
}

#[test]
fn long_lines_and_long_files_take_no_long_time() {
    let started = std::time::Instant::now();
    let list = format!("tags: [{}]\n", "ab, ".repeat(50_000));
    assert_eq!(formatted("content/incidents/a.yaml", &list).lines().count(), 50_001);
    let keys: String = (0..20_000).map(|n| format!("key{n}: 1\n# date: {n}\n")).collect();
    assert_eq!(formatted("content/incidents/a.yaml", &format!("{keys}title: A\n")).lines().count(), 40_001);
    let spaces = format!("tags: [{}b]\n", format!("a,{}", " ".repeat(500)).repeat(1000));
    assert_eq!(formatted("content/incidents/a.yaml", &spaces).lines().count(), 1002);
    // Quadratic work on any of them takes minutes.
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
