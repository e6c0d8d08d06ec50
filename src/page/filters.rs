//! The form of the filters on the home page, with the numbers that stand beside its choices at first.
//!
//! It works by script alone and is shown by script alone; without one the ways into the timeline by kind and by year do
//! its work.

use super::World;
use crate::phrase::terms::Counted;
use crate::resolve::choices::Choice;
use serde::Serialize;

/// The form.
#[derive(Debug, Serialize)]
pub struct Filters {
    /// Where the table of all incidents lies.
    table: String,
    /// Kind and status: those of which any incident has one.
    first: Vec<Group>,
    /// How many incidents have a disputed point; nothing when none has.
    disputed: Option<String>,
    /// Confidence, actor, role, place, tag: as the first.
    others: Vec<Group>,
    /// Currencies of amounts, the commonest first.
    currencies: Vec<String>,
    /// Patterns with `{n}` for a number of incidents.
    one: &'static str,
    many: &'static str,
    /// What stands between groups of three digits.
    separator: &'static str,
}

/// Choices of one kind.
#[derive(Debug, Serialize)]
struct Group {
    /// Its name in addresses.
    key: &'static str,
    /// Those that stand there at first.
    choices: Vec<Shown>,
    /// Whether there are more, which are found by typing.
    more: bool,
}

#[derive(Debug, Serialize)]
struct Shown {
    value: String,
    label: String,
    count: String,
}

/// Of a long list so many choices stand in the page.
const FIRST: usize = 12;

/// The form; nothing for a site without incidents.
pub(super) fn filters(world: &World) -> Option<Filters> {
    if world.search.filters.get().is_empty() {
        return None;
    }
    let choices = world.choices.get();
    let terms = world.terms;
    let digits = |count: usize| world.digits(count);
    let shown = |choices: &[Choice]| -> Vec<Shown> {
        let choices = choices.iter();
        choices
            .map(|choice| Shown { value: choice.id.clone(), label: choice.label.clone(), count: digits(choice.count) })
            .collect()
    };
    let statuses = choices.statuses.iter().map(|(status, count)| Shown {
        value: status.word().to_owned(),
        label: terms.status_word(*status).to_owned(),
        count: digits(*count),
    });
    let confidences = choices.confidences.iter().map(|(confidence, count)| Shown {
        value: confidence.word().to_owned(),
        label: terms.confidence_word(*confidence).to_owned(),
        count: digits(*count),
    });
    let first = [group("kind", shown(&choices.kinds)), group("status", statuses.collect())];
    let others = [
        group("confidence", confidences.collect()),
        group("actor", shown(&choices.actors)),
        group("role", shown(&choices.roles)),
        group("place", shown(&choices.places)),
        group("tag", shown(&choices.tags)),
    ];
    let Counted { one, many } = terms.incidents;
    Some(Filters {
        table: world.search.filters.get().clone(),
        first: first.into_iter().flatten().collect(),
        disputed: (choices.disputed > 0).then(|| digits(choices.disputed)),
        others: others.into_iter().flatten().collect(),
        currencies: choices.currencies.iter().map(|choice| choice.id.clone()).collect(),
        one,
        many,
        separator: world.lexicon.amount.group,
    })
}

fn group(key: &'static str, mut choices: Vec<Shown>) -> Option<Group> {
    let more = choices.len() > FIRST;
    choices.truncate(FIRST);
    (!choices.is_empty()).then_some(Group { key, choices, more })
}
