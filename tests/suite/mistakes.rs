//! Many mistakes at once: each is told once, at its place, with its cure.

use super::diagnostics::inputs;
use annals::diagnostic::render::{Summary, json, short};
use annals::pipeline::{self, Options, Outcome};
use annals::source_text::File;
use std::fmt::Write;

/// Thirty mistakes in twelve files.
const THIRTY: [(&str, &str); 12] = [
    (
        "content/site.yaml",
        "titel: Ships 🚢\n\
         base_url: https://example.org/\n\
         lints: {unused-recrd: off}\n",
    ),
    (
        "content/sources/daily-news.yaml",
        "title: Ships seized\n\
         seen: maybe\n\
         url: www.example.org/ships\n\
         language: no\n",
    ),
    (
        "content/sources/evening-post.yaml",
        "title: What was in the ships\n\
         published: 2022-13\n\
         cites: [evening-post]\n",
    ),
    (
        "content/entities/coast-guard.yaml",
        "name: the Coast Guard\n\
         kind: organization\n\
         ids: {wikidata: 423}\n",
    ),
    (
        "content/places/harbour.yaml",
        "name: the harbour\n\
         lat: \"95.5\"\n\
         within: baltik\n",
    ),
    (
        "content/incidents/a-syntax.md",
        "---\n\
         title: Customs 🚢: a ship is seized\n\
         date: 2022-01\n\
         sources: [daily-news#1]\n\
         ---\n",
    ),
    (
        "content/incidents/b-shape.md",
        "---\n\
         titel: A ship is seized\n\
         tags: [coal]\n\
         date: 2022-01\n\
         sources: [daily-news#1]\n\
         status: [alleged, confirmed]\n\
         amount: e\u{301} over $50M\n\
         tags: [oil]\n\
         ---\n",
    ),
    (
        "content/incidents/c-claims.md",
        "---\n\
         title: A tanker is seized\n\
         date: 2022-02\n\
         sources: [daily-news#2]\n\
         actors: {by: [coast-guard]}\n\
         claims:\n\
         \x20 - {id: one, about: count.ships, is: 3, in: daily-news#3}\n\
         \x20 - {id: two, about: count.ships, is: 5, in: evening-post#1}\n\
         \x20 - {id: two, about: amount, is: USD 5M}\n\
         \x20 - {id: four, about: status, is: alleged, in: \"daily-news#para4\"}\n\
         \x20 - {id: five, about: date, is: 2022-02, in: daily-news, rank: prefered}\n\
         ---\n",
    ),
    (
        "content/incidents/d-relations.md",
        "---\n\
         title: A ship is set free\n\
         date: 2022-03\n\
         sources: [daily-news#9]\n\
         places: [harbour]\n\
         relations:\n\
         \x20 - {follows: c-claim, in: daily-news#9}\n\
         \x20 - {part-of: c-claims, follows: b-shape}\n\
         \x20 - {response-to: c-claims, rank: deprecated}\n\
         ---\n",
    ),
    (
        "content/incidents/e-body.yaml",
        "title: A ship is sold\n\
         date: 2022-04\n\
         sources: [daily-news#12]\n\
         body: |\n\
         \x20 The ship 🚢 of [the first case](incident:b-shap) was sold.\n\
         \n\
         \x20     It was <b>not</b> in code.\n\
         \n\
         \x20 It was <b>not</b> new. ![The ship](/ship.png)\n",
    ),
    (
        "content/incidents/F_Name.md",
        "---\n\
         title: A ship is scrapped\n\
         date: 2022-05\n\
         date_as: in the early days of May\n\
         sources: [daily-news#13]\n\
         ---\n",
    ),
    ("content/notes.txt", "to do\n"),
];

/// What `--format short` prints.
const SHORT: &str = "\
content/entities/coast-guard.yaml:2:7: error[wrong-type]: `organization` is no value of `kind`\n\
content/entities/coast-guard.yaml:3:17: error[wrong-type]: `423` is no id of `wikidata`\n\
content/incidents/F_Name.md:1:1: error[invalid-id]: `F_Name` cannot be an id\n\
content/incidents/F_Name.md:4:10: warning[long-quotation]: the quotation `in the early …` has 6 words, the most are 3\n\
content/incidents/a-syntax.md:2:17: error[yaml-syntax]: a second `: ` stands in this line\n\
content/incidents/b-shape.md:2:1: error[unknown-field]: `titel` is no field here\n\
content/incidents/b-shape.md:6:9: error[wrong-type]: `status` takes one value, not a list\n\
content/incidents/b-shape.md:7:9: error[invalid-amount]: `é over $50M` is no amount: `e` has no place in it\n\
content/incidents/b-shape.md:8:1: error[duplicate-key]: `tags` is given twice\n\
content/incidents/c-claims.md:8:39: error[rivals-without-preferred]: claims about `count.ships` differ, `3` and `5`, and none is preferred\n\
content/incidents/c-claims.md:9:6: error[missing-field]: `in` is missing in `claims[2]`\n\
content/incidents/c-claims.md:9:10: error[duplicate-id]: several claims have the id `two`\n\
content/incidents/c-claims.md:10:60: error[invalid-locator]: `#para4` is no place in a source\n\
content/incidents/c-claims.md:11:64: error[wrong-type]: `prefered` is no value of `claims[4].rank`\n\
content/incidents/d-relations.md:7:15: error[unknown-incident]: there is no incident `c-claim`\n\
content/incidents/d-relations.md:8:34: error[wrong-type]: the relation has two types, `part-of` and `follows`\n\
content/incidents/d-relations.md:9:35: error[missing-reason]: the relation to `c-claims` is deprecated without a reason\n\
content/incidents/e-body.yaml:5:34: error[broken-link]: there is no incident `b-shap`\n\
content/incidents/e-body.yaml:9:10: warning[raw-html]: the raw HTML `<b>` is shown as text\n\
content/incidents/e-body.yaml:9:38: error[missing-file]: there is no image `/ship.png`\n\
content/notes.txt:1:1: warning[stray-file]: nothing reads this file\n\
content/places/harbour.yaml:2:6: error[wrong-type]: `95.5` is no `lat`\n\
content/places/harbour.yaml:3:9: error[unknown-place]: there is no place `baltik`\n\
content/site.yaml:1:1: error[unknown-field]: `titel` is no field here\n\
content/site.yaml:3:9: error[unknown-field]: `unused-recrd` is no code of a problem\n\
content/sources/daily-news.yaml:2:7: error[wrong-type]: `seen` is true or false, not `maybe`\n\
content/sources/daily-news.yaml:3:6: error[unsafe-url]: `www.example.org/ships` is no web address\n\
content/sources/daily-news.yaml:4:11: warning[ambiguous-yaml]: `no` is taken as text here, as something else by other YAML readers\n\
content/sources/evening-post.yaml:2:12: error[invalid-date]: `2022-13` does not exist: there is no month 13\n\
content/sources/evening-post.yaml:3:9: error[circular-sourcing]: these sources cite each other in a ring: `evening-post` → `evening-post`\n\
";

/// Where each begins and ends, and its cure.
const PLACES: &str = "\
content/entities/coast-guard.yaml 2:7–2:19 wrong-type\n\
\x20 = did you mean `organisation`?\n\
\x20 = write one of `state`, `organisation`, `group`, `person`\n\
content/entities/coast-guard.yaml 3:17–3:20 wrong-type\n\
\x20 = write the item's number with its letter: `Q423`\n\
content/incidents/F_Name.md 1:1–1:1 invalid-id\n\
\x20 = rename the file to `f-name.md`\n\
content/incidents/F_Name.md 4:10–4:34 long-quotation\n\
\x20 = keep the words that matter, and say the rest in your own\n\
content/incidents/a-syntax.md 2:17–2:35 yaml-syntax\n\
\x20 = put the value in quotes: `title: \"Customs 🚢: a ship is seized\"`\n\
content/incidents/b-shape.md 2:1–2:6 unknown-field\n\
\x20 = did you mean `title`?\n\
content/incidents/b-shape.md 6:9–6:29 wrong-type\n\
\x20 = write one value\n\
content/incidents/b-shape.md 7:9–7:10 invalid-amount\n\
\x20 = write for example `USD 50M`, `over USD 50M`, `USD 40M to 60M` or `unknown`\n\
content/incidents/b-shape.md 8:1–8:5 duplicate-key\n\
\x20 content/incidents/b-shape.md 3:1 first given here\n\
\x20 = keep one of them\n\
content/incidents/c-claims.md 8:39–8:40 rivals-without-preferred\n\
\x20 content/incidents/c-claims.md 7:39 differs from this\n\
\x20 = give the one to show `rank: preferred` and say `why`; the others stay beside it\n\
content/incidents/c-claims.md 9:6–9:8 missing-field\n\
\x20 = name what you read: `in: source-id#9` is its paragraph 9\n\
content/incidents/c-claims.md 9:10–9:13 duplicate-id\n\
\x20 content/incidents/c-claims.md 8:10 first used here\n\
\x20 = give each claim an id of its own, or none\n\
content/incidents/c-claims.md 10:60–10:65 invalid-locator\n\
\x20 = write `#9` for a paragraph, `#p12` for a page, `#t=1:02:03` for a time, `#s=Name` for a section\n\
content/incidents/c-claims.md 11:64–11:72 wrong-type\n\
\x20 = did you mean `preferred`?\n\
\x20 = write one of `preferred`, `normal`, `deprecated`\n\
content/incidents/d-relations.md 7:15–7:22 unknown-incident\n\
\x20 = did you mean `c-claims`?\n\
\x20 = or make it: `annals new incident c-claim`\n\
content/incidents/d-relations.md 8:34–8:41 wrong-type\n\
\x20 = make two relations of it\n\
content/incidents/d-relations.md 9:35–9:45 missing-reason\n\
\x20 = say why it is not believed: `why: …`; readers see it\n\
content/incidents/e-body.yaml 5:34–5:49 broken-link\n\
\x20 = did you mean `incident:b-shape`?\n\
content/incidents/e-body.yaml 9:10–9:13 raw-html\n\
\x20 = write Markdown instead; to show a tag, put it between backticks\n\
content/incidents/e-body.yaml 9:38–9:47 missing-file\n\
\x20 = put the file into `static/`, and name it `/name.png` or by its path from this file\n\
content/notes.txt 1:1–1:1 stray-file\n\
\x20 = put images and other files into `static/`\n\
content/places/harbour.yaml 2:6–2:12 wrong-type\n\
\x20 = write decimal degrees from -90 to 90: `lat: 37.566`\n\
content/places/harbour.yaml 3:9–3:15 unknown-place\n\
\x20 = make it: `annals new place baltik`\n\
content/site.yaml 1:1–1:6 unknown-field\n\
\x20 = did you mean `title`?\n\
content/site.yaml 3:9–3:21 unknown-field\n\
\x20 = did you mean `unused-record`?\n\
content/sources/daily-news.yaml 2:7–2:12 wrong-type\n\
\x20 = write `true` or `false`\n\
content/sources/daily-news.yaml 3:6–3:27 unsafe-url\n\
\x20 = write the whole address, beginning with `https://`\n\
content/sources/daily-news.yaml 4:11–4:13 ambiguous-yaml\n\
\x20 = put it in quotes: `\"no\"`\n\
content/sources/evening-post.yaml 2:12–2:19 invalid-date\n\
\x20 = write `2022` when the month is not known, else a month from 01 to 12\n\
content/sources/evening-post.yaml 3:9–3:21 circular-sourcing\n\
\x20 = remove it: no record can name itself here\n\
";

const TEMPLATES: [(&str, &str); 9] = [
    ("content/site.yaml", "title: Example\nbase_url: https://example.org/\n"),
    ("content/sources/daily-news.yaml", "title: Ships seized\n"),
    ("content/incidents/ship.md", "---\ntitle: A ship is seized\ndate: 2022-01\nsources: [daily-news#1]\n---\n"),
    ("content/pages/about.md", "---\ntitle: About\n---\n"),
    ("templates/page.html", "<h1>{{ page.titel }}</h1>\n"),
    ("templates/incident.html", "<h1>{{ page.title | shout }}</h1>\n<p>{{ page.title | whisper }}</p>\n"),
    ("templates/source.html", "{% extends \"bas.html\" %}\n"),
    ("templates/timeline.html", "<title>{{ sitee.title }}</title>\n"),
    ("templates/list.html", "<ul>\n{% for row in page.rows %}\n<li>{{ row }</li>\n{% endfor %}\n"),
];

const TEMPLATES_SAID: &str = "\
templates/incident.html:1:21: error[template-unknown-name]: unknown filter `shout`\n\
templates/incident.html:2:20: error[template-unknown-name]: unknown filter `whisper`\n\
templates/list.html:3:12: error[template-syntax]: found `}` but expected }}\n\
templates/page.html:1:13: error[template-unknown-variable]: field `titel` is not defined\n\
templates/source.html:1:13: error[template-unknown-name]: there is no template `bas.html` to extend\n\
templates/timeline.html:1:11: error[template-unknown-variable]: variable `sitee` is not defined\n\
templates/incident.html 1:21–1:26 template-unknown-name\n\
\x20 = write a name that tera 2 has, or that a template of the site defines\n\
templates/incident.html 2:20–2:27 template-unknown-name\n\
\x20 = write a name that tera 2 has, or that a template of the site defines\n\
templates/list.html 3:12–3:13 template-syntax\n\
\x20 = the template language is that of tera 2\n\
templates/page.html 1:13–1:18 template-unknown-variable\n\
\x20 content/pages/about.md 1:1 while making the page of this record\n\
\x20 = did you mean `title`?\n\
\x20 = there are `body`, `draft`, `head`, `title`\n\
\x20 = write `a?.b or \"\"` for what may be missing\n\
templates/source.html 1:13–1:21 template-unknown-name\n\
\x20 = did you mean `base.html`?\n\
templates/timeline.html 1:11–1:16 template-unknown-variable\n\
\x20 = did you mean `site`?\n\
\x20 = there are `assets`, `page`, `site`, `t`\n\
\x20 = write `a?.b or \"\"` for what may be missing\n\
";

fn run(files: &[(&str, &str)]) -> Outcome {
    let files = files.iter().map(|(path, text)| File::new(path, text.as_bytes())).collect();
    pipeline::run(&inputs(files), &Options::default(), &|_| {})
}

/// Each problem of the report in JSON: its place, the places of its labels, its help.
fn places(outcome: &Outcome) -> String {
    let report = json::render(&outcome.problems, Summary::of(&outcome.problems, outcome.counts.records));
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let mut text = String::new();
    for problem in report["diagnostics"].as_array().unwrap() {
        let number = |key: &str| problem[key].as_u64().unwrap();
        let _ = writeln!(
            text,
            "{} {}:{}–{}:{} {}",
            problem["path"].as_str().unwrap(),
            number("line"),
            number("column"),
            number("end_line"),
            number("end_column"),
            problem["code"].as_str().unwrap()
        );
        for label in problem["labels"].as_array().unwrap() {
            let (path, message) = (label["path"].as_str().unwrap(), label["message"].as_str().unwrap());
            let _ = writeln!(text, "  {path} {}:{} {message}", label["line"], label["column"]);
        }
        for help in problem["help"].as_array().unwrap() {
            let _ = writeln!(text, "  = {}", help.as_str().unwrap());
        }
    }
    text
}

#[test]
fn thirty_mistakes_are_thirty_problems() {
    let outcome = run(&THIRTY);
    assert_eq!(short::render(&outcome.problems), SHORT);
    assert_eq!(outcome.problems.len(), 30);
    assert_eq!(places(&outcome), PLACES);
}

#[test]
fn templates_are_broken_all_at_once() {
    let outcome = run(&TEMPLATES);
    assert_eq!(short::render(&outcome.problems) + &places(&outcome), TEMPLATES_SAID);
}

#[test]
fn the_order_of_the_files_changes_nothing() {
    let mut turned = THIRTY;
    turned.reverse();
    assert_eq!(run(&turned).problems, run(&THIRTY).problems);
}
