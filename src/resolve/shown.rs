//! Single values of an incident as its readers see them: the chosen claim's where there is one, else the record's own.

use super::fields::{Standing, shown_values};
use super::site::IncidentEntry;
use crate::model::vocabulary::{Confidence, Status};
use crate::model::{Amount, Field, Id, Value};

impl IncidentEntry {
    /// The status that is shown.
    pub fn status(&self) -> Option<Status> {
        match self.first_shown(&Field::Status)? {
            Value::Status(status) => Some(*status),
            _ => None,
        }
    }

    /// The summary that is shown.
    pub fn summary(&self) -> Option<&str> {
        match self.first_shown(&Field::Summary) {
            Some(Value::Text(text)) => Some(text),
            _ => self.incident.summary.as_deref(),
        }
    }

    /// The amount that is shown.
    pub fn amount(&self) -> Option<&Amount> {
        match self.first_shown(&Field::Amount)? {
            Value::Amount(amount) => Some(amount),
            _ => None,
        }
    }

    /// The least confidence in any claim that is shown; nothing when the editors put none into words.
    ///
    /// The least, because who looks for what is sure should not be given a record of which a part is not.
    pub fn confidence(&self) -> Option<Confidence> {
        let claims = self.incident.claims.iter().enumerate();
        let shown = claims.filter(|(at, _)| self.standing(*at) == Standing::Shown);
        // The list of words runs from the most to the least.
        shown.filter_map(|(_, claim)| claim.confidence).max()
    }

    /// The sources that the record and its claims name as read, each once, by id.
    pub fn sources(&self) -> Vec<&Id> {
        let mut sources: Vec<&Id> = self.incident.sources.iter().map(|citation| &citation.source).collect();
        sources.extend(self.incident.claims.iter().map(|claim| &claim.citation.source));
        sources.sort();
        sources.dedup();
        sources
    }

    fn first_shown(&self, field: &Field) -> Option<&Value> {
        self.field(field).and_then(|state| shown_values(&self.incident, state).first().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::{Record, RecordKind};
    use crate::source_text::File;
    use std::sync::Arc;

    #[track_caller]
    fn check(front: &str, seen: impl Fn(&IncidentEntry) -> String, expect: &str) {
        let text = format!("---\ntitle: T\ndate: 2020\nsources: [s#1, s#2]\n{front}---\n");
        let file = File::new("content/incidents/a.md", text.as_bytes());
        let config = Arc::new(Config::default());
        let parsed = crate::parse::record(RecordKind::Incident, &file, &config);
        assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
        let records: [Record; 1] = [parsed.record];
        let (site, _) = crate::resolve::site(&records, &config);
        assert_eq!(seen(site.incidents.get(0).unwrap()), expect);
    }

    #[test]
    fn what_is_written_and_what_is_claimed() {
        let status = |entry: &IncidentEntry| entry.status().map_or("", Status::word).to_owned();
        check("", status, "");
        check("status: alleged\n", status, "alleged");
        check("claims:\n  - {about: status, is: retracted, in: s#1}\n", status, "retracted");
        let summary = |entry: &IncidentEntry| entry.summary().unwrap_or_default().to_owned();
        check("summary: S\n", summary, "S");
        check("claims:\n  - {about: summary, is: C, in: s#1}\n", summary, "C");
        let amount = |entry: &IncidentEntry| entry.amount().map_or("", Amount::text).to_owned();
        check("amount: USD 5\n", amount, "USD 5");
        let sources = |entry: &IncidentEntry| entry.sources().len().to_string();
        check("claims:\n  - {about: amount, is: USD 5, in: s2#1}\n", sources, "2");
    }

    #[test]
    fn the_least_confidence_of_what_is_shown() {
        let confidence = |entry: &IncidentEntry| entry.confidence().map_or("", Confidence::word).to_owned();
        let claim = |about: &str, is: &str, more: &str| format!("  - {{about: {about}, is: {is}, in: s#1{more}}}\n");
        check("", confidence, "");
        let high = claim("amount", "USD 5", ", confidence: high");
        let low = claim("method", "x", ", confidence: low");
        check(&format!("claims:\n{high}"), confidence, "high");
        check(&format!("claims:\n{high}{low}"), confidence, "low");
        // What is not believed takes nothing from what is.
        let dropped = claim("method", "other", ", confidence: low, rank: deprecated, why: w");
        check(&format!("claims:\n{high}{dropped}"), confidence, "high");
    }
}
