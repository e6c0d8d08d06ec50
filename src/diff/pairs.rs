//! Which record of the one state is which of the other.

use super::Side;
use crate::model::{Citation, Id, RecordKind, Value, compare};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The records of one kind, by their numbers in the order of each side.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// Those that are on both sides.
    pub both: Vec<Pair>,
    /// Those that are gone, and the record that answers at their address now.
    pub gone: Vec<(usize, Option<Id>)>,
    /// Those that came.
    pub came: Vec<usize>,
}

/// A record on both sides.
#[derive(Debug)]
pub(super) struct Pair {
    pub before: usize,
    pub after: usize,
    /// Whether the old address leads to the new one, when the two differ.
    pub renamed: Option<bool>,
}

/// What pairing looks at of a record.
pub(super) struct Named<'a> {
    pub id: &'a Id,
    pub title: &'a str,
    pub aliases: &'a [Id],
}

/// Pairs by id; then by the alias that the new record keeps; then by a title that only one gone and one new record have.
pub(super) fn pairs(before: &[Named<'_>], after: &[Named<'_>]) -> Pairs {
    let numbers: HashMap<&Id, usize> = after.iter().enumerate().map(|(number, record)| (record.id, number)).collect();
    let known: HashSet<&Id> = before.iter().map(|record| record.id).collect();
    let mut heirs: HashMap<&Id, usize> = HashMap::new();
    for (number, record) in after.iter().enumerate() {
        for alias in record.aliases {
            heirs.entry(alias).or_insert(number);
        }
    }
    let mut pairs = Pairs::default();
    let mut taken: HashSet<usize> = HashSet::new();
    let mut left = Vec::new();
    for (number, record) in before.iter().enumerate() {
        if let Some(same) = numbers.get(record.id) {
            taken.insert(*same);
            pairs.both.push(Pair { before: number, after: *same, renamed: None });
            continue;
        }
        let heir = heirs.get(record.id).and_then(|heir| Some((*heir, after.get(*heir)?)));
        match heir {
            Some((heir, now)) if !known.contains(now.id) && taken.insert(heir) => {
                pairs.both.push(Pair { before: number, after: heir, renamed: Some(true) });
            }
            Some((_, now)) => pairs.gone.push((number, Some(now.id.clone()))),
            None => left.push(number),
        }
    }
    // A title that two records share tells neither from the other.
    let only = |numbers: &mut dyn Iterator<Item = usize>, records: &[Named<'_>]| {
        let mut found: HashMap<String, Option<usize>> = HashMap::new();
        for number in numbers {
            let Some(record) = records.get(number) else { continue };
            found.entry(compare::fold(record.title)).and_modify(|other| *other = None).or_insert(Some(number));
        }
        found
    };
    let came = (0..after.len()).filter(|number| !taken.contains(number));
    let new_titles = only(&mut came.clone(), after);
    let old_titles = only(&mut left.iter().copied(), before);
    for number in left {
        let title = before.get(number).map(|record| compare::fold(record.title)).unwrap_or_default();
        let same = new_titles.get(&title).copied().flatten();
        match same.filter(|_| old_titles.get(&title) == Some(&Some(number))) {
            Some(now) => {
                taken.insert(now);
                pairs.both.push(Pair { before: number, after: now, renamed: Some(false) });
            }
            None => pairs.gone.push((number, None)),
        }
    }
    pairs.came = (0..after.len()).filter(|number| !taken.contains(number)).collect();
    pairs.both.sort_by_key(|pair| pair.after);
    pairs.gone.sort();
    pairs
}

/// The ids that records had before, and those that they have now.
#[derive(Debug, Default)]
pub(super) struct Renames(BTreeMap<(RecordKind, Id), Id>);

impl Renames {
    /// Notes what `pairs` found.
    pub fn add(&mut self, kind: RecordKind, pairs: &Pairs, before: &[Named<'_>], after: &[Named<'_>]) {
        for pair in pairs.both.iter().filter(|pair| pair.renamed.is_some()) {
            if let (Some(was), Some(now)) = (before.get(pair.before), after.get(pair.after)) {
                self.0.insert((kind, was.id.clone()), now.id.clone());
            }
        }
    }

    /// What a record of the earlier state is called now.
    pub fn id(&self, kind: RecordKind, id: &Id) -> Id {
        self.0.get(&(kind, id.clone())).unwrap_or(id).clone()
    }

    /// The same for each of a list.
    pub fn ids(&self, kind: RecordKind, ids: &[Id]) -> Vec<Id> {
        ids.iter().map(|id| self.id(kind, id)).collect()
    }

    /// A citation of the earlier state with the ids of the later one.
    pub fn citation(&self, citation: &Citation) -> Citation {
        Citation { source: self.id(RecordKind::Source, &citation.source), locator: citation.locator.clone() }
    }

    /// A value of the earlier state with the ids of the later one.
    pub fn value(&self, value: &Value) -> Value {
        match value {
            Value::Entities(ids) => Value::Entities(self.ids(RecordKind::Entity, ids)),
            Value::Places(ids) => Value::Places(self.ids(RecordKind::Place, ids)),
            other => other.clone(),
        }
    }
}

/// The records of a kind as pairing sees them, in the order of the site.
pub(super) fn named<'a>(side: &Side<'a>, kind: RecordKind) -> Vec<Named<'a>> {
    let site = side.site;
    match kind {
        RecordKind::Incident => {
            let records = site.incidents.iter().map(|entry| &*entry.incident);
            records.map(|r| Named { id: &r.id, title: &r.title, aliases: &r.aliases }).collect()
        }
        RecordKind::Source => {
            let records = site.sources.iter().map(|entry| &*entry.source);
            records.map(|r| Named { id: &r.id, title: &r.title, aliases: &r.aliases }).collect()
        }
        RecordKind::Entity => {
            let records = site.entities.iter().map(|entry| &*entry.entity);
            records.map(|r| Named { id: &r.id, title: &r.name, aliases: &r.aliases }).collect()
        }
        RecordKind::Place => {
            let records = site.places.iter().map(|entry| &*entry.place);
            records.map(|r| Named { id: &r.id, title: &r.name, aliases: &r.aliases }).collect()
        }
        RecordKind::Page => {
            let records = site.pages.iter();
            records.map(|r| Named { id: &r.id, title: &r.title, aliases: &r.aliases }).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `id title alias…`; gives pairs, what is gone, what came.
    #[track_caller]
    fn check(before: &[&str], after: &[&str], expect: &str) {
        let read = |rows: &[&str]| -> Vec<(Id, String, Vec<Id>)> {
            let row = |row: &&str| {
                let mut words = row.split(' ');
                let id = Id::new(words.next().unwrap());
                (id, words.next().unwrap().to_owned(), words.map(Id::new).collect())
            };
            rows.iter().map(row).collect()
        };
        let (before, after) = (read(before), read(after));
        fn view(rows: &[(Id, String, Vec<Id>)]) -> Vec<Named<'_>> {
            rows.iter().map(|(id, title, aliases)| Named { id, title, aliases }).collect()
        }
        let found = pairs(&view(&before), &view(&after));
        let both = found.both.iter().map(|pair| {
            let how = match pair.renamed {
                None => "=",
                Some(true) => "→",
                Some(false) => "⇢",
            };
            format!("{}{how}{}", before[pair.before].0, after[pair.after].0)
        });
        let gone = found.gone.iter().map(|(number, heir)| match heir {
            Some(heir) => format!("-{}→{heir}", before[*number].0),
            None => format!("-{}", before[*number].0),
        });
        let came = found.came.iter().map(|number| format!("+{}", after[*number].0));
        assert_eq!(both.chain(gone).chain(came).collect::<Vec<_>>().join(" "), expect);
    }

    #[test]
    fn who_is_who() {
        check(&["a A", "b B"], &["a X", "c C"], "a=a -b +c");
        check(&["a A"], &["b B a"], "a→b");
        check(&["a A"], &["b a"], "a⇢b");
        check(&["a A", "b B"], &["b B a"], "b=b -a→b");
        // Of two heirs the first; of two with one title none.
        check(&["a A"], &["b B a", "c C a"], "a→b +c");
        check(&["a A", "b A"], &["c A"], "-a -b +c");
        check(&["a A", "b B"], &["b A", "a B"], "b=b a=a");
        check(&[], &["a A"], "+a");
    }
}
