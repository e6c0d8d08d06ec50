//! Incidents, every third with claims that differ.

use super::random::Random;
use super::source::source_id;
use super::value::{Money, count, date};
use super::{Corpus, cast, quoted, text};
use annals::model::id::slug;
use chrono::{Datelike, Days};
use std::fmt::{Display, Write};

/// One incident of so many has claims.
const CLAIMS_OF: usize = 3;

/// One incident of so many is a draft.
const DRAFTS_OF: usize = 250;

/// How far back a relation or a link reaches at most.
const REACH: usize = 300;

const REASONS: [&str; 6] = [
    "names who counted",
    "nearest to the first document",
    "the later figure and an audited one",
    "says how it was reckoned",
    "the only one with a date",
    "taken from the minutes themselves",
];

/// What others must know of an incident.
struct Head {
    id: String,
    folder: String,
    kind: &'static str,
    title: String,
    actors: Vec<String>,
}

impl Corpus {
    fn head(self, number: usize) -> Head {
        let random = &mut Random::new(self.seed, "head", number);
        let actors = self.cast().actors;
        let first = number % actors.max(1);
        let mut numbers = random.some(2, actors);
        numbers.retain(|other| *other != first);
        numbers.insert(0, first);
        let (kind, title) = cast::kind_and_title(random, &cast::actor(first));
        let year = self.day(number).year();
        let name = format!("{}-{:06}", slug(&title), number + 1);
        Head {
            id: if random.chance(25) { format!("{year}-{name}") } else { name },
            folder: format!("incidents/{year}"),
            kind,
            title,
            actors: numbers.into_iter().map(cast::actor_id).collect(),
        }
    }

    /// The number of an earlier incident that is no draft: what was before cannot come after, so no ring ever closes.
    fn earlier(self, random: &mut Random, number: usize) -> Option<usize> {
        let back = random.within(1, REACH.min(number.max(1)));
        let other = number.checked_sub(back)?;
        Some(if is_draft(other) { other - 1 } else { other })
    }

    /// Its path below `content/`, and its text.
    pub fn incident_file(self, number: usize) -> (String, String) {
        let head = self.head(number);
        let mut record = Writer {
            corpus: self,
            number,
            head: &head,
            random: Random::new(self.seed, "incident", number),
            text: String::new(),
        };
        record.front_matter();
        let words = record.random.within(150, 400);
        let Writer { mut random, mut text, .. } = record;
        text.push_str(&text::body(&mut random, words, &Targets { corpus: self, number }));
        (format!("{}/{}.md", head.folder, head.id), text)
    }
}

fn is_draft(number: usize) -> bool {
    number % DRAFTS_OF == DRAFTS_OF - 1
}

struct Writer<'h> {
    corpus: Corpus,
    number: usize,
    head: &'h Head,
    random: Random,
    text: String,
}

impl Writer<'_> {
    fn line(&mut self, key: &str, value: impl Display) {
        // Writing into a string cannot fail.
        let _ = writeln!(self.text, "{key}: {value}");
    }

    fn front_matter(&mut self) {
        let (number, head) = (self.number, self.head);
        let has_claims = number.is_multiple_of(CLAIMS_OF);
        self.text.push_str("---\n");
        self.line("title", quoted(&head.title));
        let dates_differ = has_claims && self.random.chance(20);
        if !dates_differ {
            self.date();
        }
        let summary = text::plain(&mut self.random);
        self.line("summary", quoted(&summary));
        self.line("kind", head.kind);
        if self.random.chance(60) {
            let status = self.random.pick(&["alleged", "alleged", "confirmed", "confirmed", "disputed", "retracted"]);
            self.line("status", status);
        }
        let money = self.random.chance(60).then(|| Money::new(&mut self.random));
        let amount = money.map(|money| money.text(&mut self.random));
        // A field with claims is computed from them, and may be written beside them or left out.
        if let Some(amount) = &amount
            && (!has_claims || self.random.chance(50))
        {
            self.line("amount", amount);
        }
        let sites = self.random.within(1, 5);
        let sites_text = count(&mut self.random, sites);
        let days = self.random.chance(30).then(|| self.random.within(2, 60));
        let days = days.map(|days| format!(", days: {}", count(&mut self.random, days))).unwrap_or_default();
        self.line("count", format!("{{sites: {sites_text}{days}}}"));
        self.actors();
        let places = self.corpus.cast().places;
        let mut at = self.random.some(2, places);
        at.retain(|place| *place != number % places.max(1));
        at.insert(0, number % places.max(1));
        self.line("places", list(at.into_iter().map(cast::place_id)));
        let tags = self.random.below(5);
        let tags = self.random.some(tags, cast::TAGS);
        if !tags.is_empty() {
            self.line("tags", list(tags.into_iter().map(cast::tag)));
        }
        let sources = self.sources();
        self.line("sources", list(sources.iter().map(|source| self.citation(*source))));
        if has_claims {
            self.text.push_str("claims:\n");
            self.claims(&sources, dates_differ, money.zip(amount), (sites, &sites_text));
        }
        self.relations(&sources);
        self.rest();
        self.text.push_str("---\n\n");
    }

    fn date(&mut self) {
        let day = self.corpus.day(self.number);
        let date = date(&mut self.random, day);
        let is_day = date == day.to_string();
        self.line("date", date);
        if !is_day && self.random.chance(25) {
            self.line("date_basis", "inferred");
        }
        if !is_day && self.random.chance(10) {
            self.line("date_as", "around that time");
        }
    }

    fn actors(&mut self) {
        let mut actors = self.head.actors.iter();
        let target = actors.next().map(String::as_str).unwrap_or_default();
        let mut text = format!("target: [{target}]");
        for role in ["by", "reported_by"] {
            if let Some(id) = actors.next() {
                let _ = write!(text, ", {role}: [{id}]");
            }
        }
        self.line("actors", format!("{{{text}}}"));
    }

    fn sources(&mut self) -> Vec<usize> {
        let mut sources = vec![self.corpus.own_source(self.number)];
        for _ in 0..self.random.below(4) {
            let source = self.corpus.some_source(&mut self.random, self.number);
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        sources
    }

    fn citation(&self, source: usize) -> String {
        // Follows from both numbers, as the same paragraph is named again and again in a record.
        let place = self.number.wrapping_mul(7).wrapping_add(source);
        let locator = match place % 16 {
            0 => format!("#p{}", place % 60 + 1),
            1 => format!("#t={}:{:02}", place % 50, place % 60),
            2 => "#s=Main findings".to_owned(),
            3 => String::new(),
            _ => format!("#{}", place % 12 + 1),
        };
        format!("{}{locator}", source_id(source))
    }

    fn claims(&mut self, sources: &[usize], dates_differ: bool, amount: Option<(Money, String)>, sites: (usize, &str)) {
        let day = self.corpus.day(self.number);
        if dates_differ {
            let other = day.checked_add_days(Days::new(9)).unwrap_or(day);
            self.claim("d1", "date", &day.to_string(), sources, 0);
            self.preferred();
            self.claim("d2", "date", &other.to_string(), sources, 1);
        }
        if let Some((money, amount)) = amount {
            self.claim("a1", "amount", &amount, sources, 0);
            let by = self.actor(0);
            self.key("by", by);
            let kind = self.random.pick(&["estimate", "reported", "allegation", "assessment"]);
            self.key("kind", kind);
            self.preferred();
            let other = money.other().text(&mut self.random);
            self.claim("a2", "amount", &other, sources, 1);
            self.key("kind", "stated");
            if self.random.chance(30) {
                self.key("as", "a large sum");
            }
        }
        self.claim("c1", "count.sites", sites.1, sources, 0);
        self.preferred();
        self.claim("c2", "count.sites", &(sites.0 + 7).to_string(), sources, 2);
        let by = self.actor(1);
        self.key("by", by);
        if let Some(unseen) = self.corpus.unseen_source(self.number) {
            self.key("via", format!("[{}]", source_id(unseen)));
        }
        let said = day.checked_add_days(Days::new(30)).unwrap_or(day);
        self.key("said", format!("{}-{:02}", said.year(), said.month()));
        self.claim("m1", "cause", "worn parts", sources, 1);
        self.key("confidence", "medium");
        self.claim("m2", "cause", "a slip of the hand", sources, 3);
        self.key("rank", "deprecated");
        self.key("why", "taken back by those who said it");
        if self.random.chance(15) {
            self.claim("n1", "announced", &said.to_string(), sources, 0);
            self.key("note", "\"said on the steps, not in writing\"");
        }
        if self.random.chance(10) {
            let by = self.actor(2);
            self.claim("k1", "carried_by", &format!("[{by}]"), sources, 1);
        }
    }

    fn claim(&mut self, id: &str, about: &str, is: &str, sources: &[usize], at: usize) {
        let read = sources.get(at % sources.len().max(1)).map(|source| self.citation(*source)).unwrap_or_default();
        let _ = writeln!(self.text, "  - id: {id}\n    about: {about}\n    is: {is}\n    in: {read}");
    }

    fn preferred(&mut self) {
        let why = self.random.pick(&REASONS);
        self.key("rank", "preferred");
        self.key("why", why);
    }

    fn key(&mut self, key: &str, value: impl Display) {
        let _ = writeln!(self.text, "    {key}: {value}");
    }

    fn actor(&self, at: usize) -> String {
        let actors = &self.head.actors;
        actors.get(at % actors.len().max(1)).cloned().unwrap_or_default()
    }

    fn relations(&mut self, sources: &[usize]) {
        let mut others: Vec<usize> = Vec::new();
        for _ in 0..self.random.below(4) {
            if let Some(other) = self.corpus.earlier(&mut self.random, self.number)
                && !others.contains(&other)
            {
                others.push(other);
            }
        }
        let read = sources.first().map(|source| self.citation(*source)).unwrap_or_default();
        for (at, other) in others.into_iter().enumerate() {
            if at == 0 {
                self.text.push_str("relations:\n");
            }
            let kinds = [
                "follows",
                "follows",
                "part-of",
                "response-to",
                "contradicts",
                "reports-on",
                "funds",
                "estimate-of",
                "same-as",
            ];
            let kind = self.random.pick(&kinds);
            let id = self.corpus.head(other).id;
            let rank = if self.random.chance(4) { ", rank: deprecated, why: the dates rule it out" } else { "" };
            let _ = writeln!(self.text, "  - {{{kind}: {id}, in: {read}{rank}}}");
        }
    }

    fn rest(&mut self) {
        let number = self.number;
        if number % 40 == 7 {
            let day = self.corpus.day(number);
            let on = day.checked_add_days(Days::new(200)).unwrap_or(day);
            let _ = writeln!(
                self.text,
                "corrections:\n  - on: {on}\n    field: count.sites\n    was: \"9\"\n    now: \"5\"\n    why: a slip of the pen"
            );
        }
        if number % 60 == 11 {
            self.line("aliases", format!("[earlier-{:06}]", number + 1));
        }
        if number % 20 == 3 {
            let calls = self.random.within(1, 400);
            self.line("extra", format!("{{calls: {calls}}}"));
        }
        if is_draft(number) {
            self.line("draft", "true");
        }
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

/// What the body of one incident can link to.
struct Targets {
    corpus: Corpus,
    number: usize,
}

impl text::Links for Targets {
    fn link(&self, random: &mut Random) -> (String, String) {
        let corpus = self.corpus;
        let other = corpus.earlier(random, self.number).map(|other| corpus.head(other));
        match (random.below(5), other) {
            (0, Some(other)) => {
                // As in the repository: by the way from this file to that one.
                (format!("../../{}/{}.md", other.folder, other.id), "another record".to_owned())
            }
            (1 | 2, Some(other)) => (format!("incident:{}", other.id), other.title.replace('<', "\\<")),
            (3, _) => (
                format!("entity:{}", cast::actor_id(self.number % corpus.cast().actors.max(1))),
                "the people".to_owned(),
            ),
            _ => (format!("source:{}", source_id(corpus.own_source(self.number))), "what was read".to_owned()),
        }
    }
}
