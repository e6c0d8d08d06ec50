//! Documents that nobody would write, made from bytes.

use super::*;
use proptest::prelude::*;

/// Writes a document; each byte is a choice.
struct Maker<'a> {
    choices: std::slice::Iter<'a, u8>,
    out: String,
    remarks: Vec<String>,
}

const KEYS: [&str; 12] =
    ["title", "date", "summary", "kind", "tags", "sources", "claims", "relations", "note", "in", "zebra", "\"a b\""];

impl Maker<'_> {
    fn pick(&mut self, count: usize) -> usize {
        self.choices.next().map_or(0, |byte| usize::from(*byte) % count)
    }

    fn one(&mut self, of: &[&str]) {
        let at = self.pick(of.len());
        self.out.push_str(of[at]);
    }

    fn remark(&mut self) {
        let text = format!("#{}remark {}", ["", " ", " date: ", "  - "][self.pick(4)], self.remarks.len());
        self.out.push_str(&text);
        self.remarks.push(text);
    }

    /// The end of a line, and what may stand between two elements in the column `indent`.
    fn end_line(&mut self, indent: usize) {
        self.one(&["", " ", "\t", ""]);
        if self.pick(4) == 1 {
            self.out.push(' ');
            self.remark();
        }
        self.out.push('\n');
        self.between(indent);
    }

    fn between(&mut self, indent: usize) {
        for _ in 0..self.pick(8).saturating_sub(5) {
            if self.pick(2) == 1 {
                self.out.push('\n');
                continue;
            }
            let column = self.pick(indent + 1);
            self.out.push_str(&" ".repeat(column));
            self.remark();
            self.out.push('\n');
        }
    }

    fn map(&mut self, indent: usize, depth: usize, is_begun: bool) {
        let first = self.pick(KEYS.len());
        let step = [1, 5, 7, 11][self.pick(4)];
        for number in 0..=self.pick(5) {
            if number > 0 || !is_begun {
                self.out.push_str(&" ".repeat(indent));
            }
            self.out.push_str(KEYS[(first + number * step) % KEYS.len()]);
            self.one(&[":", " :", ":"]);
            self.value(indent, depth, false);
        }
    }

    fn value(&mut self, indent: usize, depth: usize, is_item: bool) {
        let deeper = indent + 1 + self.pick(4);
        match self.pick(if depth == 0 { 9 } else { 13 }) {
            0 => self.end_line(indent),
            1 => self.line(" word", indent),
            2 => {
                self.one(&[" 'it''s  one'", " \"a\\tb: c\"", " \"no\"", " 'word'", " 2022-01"]);
                self.end_line(indent);
            }
            3 => {
                let pad = " ".repeat(deeper);
                let (open, close) = [("", ""), ("'", "'"), ("\"", "\"")][self.pick(3)];
                let blank = ["", "\n", "  \n\n"][self.pick(3)];
                self.line(&format!(" {open}a  b \n{blank}{pad}c - d:e\n{pad}- f{close}"), indent);
            }
            4 | 5 => self.block(indent, deeper),
            6..=8 => {
                self.out.push(' ');
                self.flow(deeper, 2);
                self.end_line(indent);
            }
            9 | 10 => {
                self.out.push('\n');
                self.between(indent);
                self.out.push_str(&" ".repeat(deeper));
                self.map(deeper, depth - 1, true);
            }
            _ => {
                // A list may begin in the column of its key.
                let column = if !is_item && self.pick(3) == 0 { indent } else { deeper };
                self.out.push('\n');
                self.between(indent);
                for _ in 0..=self.pick(3) {
                    self.out.push_str(&" ".repeat(column));
                    self.out.push('-');
                    if self.pick(2) == 0 {
                        self.value(column, depth - 1, true);
                    } else {
                        self.out.push(' ');
                        self.map(column + 2, depth - 1, true);
                    }
                }
            }
        }
    }

    fn line(&mut self, text: &str, indent: usize) {
        self.out.push_str(text);
        self.end_line(indent);
    }

    fn block(&mut self, indent: usize, column: usize) {
        self.one(&[" |", " >"]);
        self.one(&["", "-", "+"]);
        let number = self.pick(4) == 3;
        if number {
            self.out.push_str(&(column - indent).to_string());
        }
        if self.pick(4) == 1 {
            self.out.push_str("  ");
            self.remark();
        }
        self.out.push('\n');
        for line in 0..self.pick(4) {
            if self.pick(4) == 1 {
                self.one(&["\n", " \n"]);
            }
            let extra = if line > 0 || number { self.pick(3) } else { 0 };
            self.out.push_str(&" ".repeat(column + extra));
            self.one(&["text\n", "# no remark  \n", "a: b\t\n", "- 'c\n"]);
        }
        for _ in 0..self.pick(4) {
            self.out.push('\n');
        }
        if self.pick(3) == 1 {
            let lower = self.pick(indent + 1);
            self.out.push_str(&" ".repeat(lower));
            self.remark();
            self.out.push('\n');
        }
    }

    fn flow(&mut self, column: usize, depth: usize) {
        let is_list = self.pick(2) == 0;
        self.out.push(if is_list { '[' } else { '{' });
        for number in 0..self.pick(5) {
            if number > 0 {
                self.pad(column);
                self.out.push(',');
            }
            self.pad(column);
            if !is_list {
                self.out.push_str(&format!("k{number}: "));
            }
            match self.pick(if depth == 0 { 4 } else { 5 }) {
                0 => self.out.push_str("word"),
                1 => self.out.push_str("'two words'"),
                2 => self.out.push_str("\"a, b\""),
                3 => self.out.push_str(&"long ".repeat(9)),
                _ => self.flow(column, depth - 1),
            }
        }
        self.pad(column);
        self.out.push(if is_list { ']' } else { '}' });
    }

    /// What may stand between two things in brackets.
    fn pad(&mut self, column: usize) {
        match self.pick(12) {
            1 => {
                self.out.push(' ');
                self.remark();
                self.out.push_str(&format!("\n{}", " ".repeat(column)));
            }
            2 => self.out.push_str(&format!("\n\n{}", " ".repeat(column))),
            _ => self.out.push(' '),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn meaning_and_remarks_are_kept(choices in prop::collection::vec(any::<u8>(), 0..160)) {
        let mut maker = Maker { choices: choices.iter(), out: String::new(), remarks: Vec::new() };
        maker.between(0);
        maker.map(0, 3, false);
        let Maker { out: before, mut remarks, .. } = maker;
        let config = Config::default();
        let text = match file(&File::new("content/incidents/a.yaml", before.as_bytes()), &config) {
            Outcome::Fine => before.clone(),
            Outcome::Changed(text) => text,
            Outcome::Unreadable(problems) => {
                // What the maker made is YAML, but for what readers of YAML differ about, and keys that came twice.
                let is_known = problems.iter().all(|problem| {
                    problem.code == Code::DuplicateKey || problem.message.starts_with("YAML readers differ")
                });
                prop_assert!(is_known, "{before}\n{problems:#?}");
                return Ok(());
            }
            Outcome::Unsafe => return Err(TestCaseError::fail(format!("unsafe:\n{before}"))),
        };
        let value = |text: &str| serde_yaml::from_str::<serde_yaml::Value>(text).ok();
        if let Some(before_value) = value(&before) {
            prop_assert_eq!(Some(before_value), value(&text), "{}\n{}", before, text);
        }
        let mut kept: Vec<&str> = text
            .lines()
            .filter_map(|line| Some(line.split_at(line.find('#')?).1))
            .filter(|rest| rest.contains("remark ") && !rest.starts_with("# no remark"))
            .collect();
        kept.sort_unstable();
        remarks.sort_unstable();
        prop_assert_eq!(kept, remarks, "{}\n{}", before, text);
        prop_assert_eq!(file(&File::new("content/incidents/a.yaml", text.as_bytes()), &config), Outcome::Fine);
    }

    #[test]
    fn no_text_is_too_odd(text in "[ab:,\\-\\[\\]{}\"'|>#&*!%@\t\r\n \\\\🚢?~0-2\u{2028}]{0,80}") {
        for path in ["content/incidents/a.yaml", "content/site.yaml"] {
            let outcome = file(&File::new(path, text.as_bytes()), &Config::default());
            // What readers of YAML differ about cannot be promised to be the same to all of them.
            prop_assert!(outcome != Outcome::Unsafe || text.contains('\u{2028}'), "{:?}", text);
            if let Outcome::Changed(after) = outcome {
                prop_assert_eq!(file(&File::new(path, after.as_bytes()), &Config::default()), Outcome::Fine);
            }
        }
        let text = format!("---\n{text}\n---\n{text}");
        if let Outcome::Changed(after) = file(&File::new("content/pages/a.md", text.as_bytes()), &Config::default()) {
            prop_assert_eq!(file(&File::new("content/pages/a.md", after.as_bytes()), &Config::default()), Outcome::Fine);
        }
    }
}
