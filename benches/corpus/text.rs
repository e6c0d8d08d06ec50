//! Sentences that mean nothing, as Markdown.

use super::random::Random;

const WHO: [&str; 12] = [
    "The harbour office",
    "A duty engineer",
    "The union",
    "Two passengers",
    "The auditor",
    "A neighbouring plant",
    "The ministry",
    "A retired pilot",
    "The underwriter",
    "One of the owners",
    "The night desk",
    "A local paper",
];
const DID: [&str; 12] = [
    "measured",
    "kept back",
    "passed on",
    "counted",
    "doubted",
    "copied",
    "explained",
    "found",
    "left out",
    "signed",
    "asked for",
    "gave away",
];
const WHAT: [&str; 12] = [
    "the tally of the second shift",
    "a sealed drawing of the pump hall",
    "the fee for the tow",
    "three lines of the log book",
    "the draft of an agreement",
    "a photograph of the gate",
    "the weight of the cargo",
    "a repair that nobody had ordered",
    "the names on the rota",
    "the hour of the alarm",
    "a bill for spare cable",
    "the reading of the tide gauge",
];
const WHEN: [&str; 12] = [
    "before the tide turned",
    "on the following Monday",
    "without being asked",
    "in front of the committee",
    "as the rules allow",
    "although nobody had checked it",
    "for the third time that year",
    "while the line stood still",
    "with the lights out",
    "after a call from the mainland",
    "in a footnote of the yearly report",
    "once the fog had lifted",
];
const HEADINGS: [&str; 6] =
    ["What is known", "The first hours", "Who answered", "Cost", "What is missing", "Afterwards"];
const MEASURES: [&str; 6] = ["Berths", "Crew", "Letters", "Metres", "Tonnes", "Visits"];

/// What sentences can link to.
pub trait Links {
    /// The target of a link, and the words for it.
    fn link(&self, random: &mut Random) -> (String, String);
}

/// A sentence without any marks.
pub fn plain(random: &mut Random) -> String {
    format!("{} {} {} {}.", random.pick(&WHO), random.pick(&DID), random.pick(&WHAT), random.pick(&WHEN))
}

/// A title of a document.
pub fn title(random: &mut Random) -> String {
    let what = random.pick(&WHAT);
    match random.below(3) {
        0 => format!("On {what}"),
        1 => format!("{} and {what}", random.pick(&WHO)),
        _ => format!("{}: {what}", random.pick(&HEADINGS)),
    }
}

/// A body of about `words` words: paragraphs, headings, a list, footnotes, sometimes a table.
pub fn body(random: &mut Random, words: usize, links: &dyn Links) -> String {
    let mut body = Body { random, links, text: String::new(), notes: Vec::new(), words: 0 };
    body.paragraph(2, true);
    let first = body.random.below(HEADINGS.len());
    body.heading(first);
    body.paragraph(2, false);
    body.list();
    if body.random.chance(25) {
        body.table();
    }
    let mut heading = 1;
    while body.words < words {
        if heading < HEADINGS.len() && (heading == 1 || body.random.chance(60)) {
            body.heading(first + heading);
            heading += 1;
        }
        let sentences = body.random.within(2, 4);
        let note = body.notes.len() < 3 && body.random.chance(40);
        body.paragraph(sentences, note);
    }
    for (number, note) in body.notes.iter().enumerate() {
        body.text.push_str(&format!("[^{}]: {note}\n", number + 1));
    }
    body.text
}

struct Body<'a> {
    random: &'a mut Random,
    links: &'a dyn Links,
    text: String,
    notes: Vec<String>,
    words: usize,
}

impl Body<'_> {
    fn heading(&mut self, number: usize) {
        let heading = HEADINGS.get(number % HEADINGS.len()).copied().unwrap_or_default();
        self.text.push_str(&format!("## {heading}\n\n"));
    }

    fn paragraph(&mut self, sentences: usize, note: bool) {
        for number in 0..sentences {
            if number > 0 {
                self.text.push(' ');
            }
            self.sentence();
        }
        if note {
            let note = plain(self.random);
            self.notes.push(note);
            self.text.push_str(&format!("[^{}]", self.notes.len()));
        }
        self.text.push_str("\n\n");
    }

    fn list(&mut self) {
        for item in 0..self.random.within(3, 5) {
            let minute = self.random.within(10, 59);
            self.text.push_str(&format!("- {}:{minute} ", 9 + item));
            self.sentence();
            self.text.push('\n');
        }
        self.text.push('\n');
    }

    fn table(&mut self) {
        self.text.push_str("| Measure | Before | After |\n| --- | ---: | ---: |\n");
        for number in self.random.some(5, MEASURES.len()) {
            let measure = MEASURES.get(number).copied().unwrap_or_default();
            let (before, after) = (self.random.below(9_000), self.random.below(9_000));
            self.text.push_str(&format!("| {measure} | {before} | {after} |\n"));
            self.words += 3;
        }
        self.text.push('\n');
    }

    fn sentence(&mut self) {
        let (who, did) = (self.random.pick(&WHO), self.random.pick(&DID));
        let (what, when) = (self.random.pick(&WHAT), self.random.pick(&WHEN));
        let sentence = match self.random.below(100) {
            0..10 => format!("{who} **{did}** {what} {when}."),
            10..18 => format!("{who} {did} *{what}* {when}."),
            18..22 => {
                let number = self.random.below(9_000);
                format!("{who} {did} {what} {when}, says [the notice](https://example.org/notices/{number}).")
            }
            22..27 => {
                let (target, words) = self.links.link(self.random);
                format!("{who} {did} {what} {when}; compare [{words}]({target}).")
            }
            27..30 => format!("{who} {did} {what} {when} (form `K-{}`).", self.random.within(100, 999)),
            _ => format!("{who} {did} {what} {when}."),
        };
        self.words += sentence.split(' ').count();
        self.text.push_str(&sentence);
    }
}
