//! What is shown of each field, and which claims stand against it.
//!
//! The best-rank rule of Wikidata: `preferred` wins, else what is `normal`; `deprecated` never.

use crate::model::vocabulary::Rank;
use crate::model::{Agreement, Claim, Field, Id, Incident, Value};
use std::collections::{BTreeMap, BTreeSet};

/// One field of an incident with all that is claimed of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldState {
    /// The field.
    pub field: Field,
    /// What the reader sees.
    pub shown: Shown,
    /// Its claims in the order of the record, as numbers into [`Incident::claims`], and how each stands.
    pub claims: Vec<(usize, Standing)>,
    /// Whether it has rivals, deprecated ones included.
    pub disputed: bool,
}

/// What the reader sees of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The value written in the record, which all its sources support: the implicit claim.
    Written(Value),
    /// The value of the chosen claim, a number into [`Incident::claims`].
    Chosen(usize),
    /// The values of all these claims, which add up.
    Together(Vec<usize>),
    /// Nothing: all claims are deprecated, and no value is written.
    Nothing,
}

/// How a claim stands to what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is shown.
    Shown,
    /// It says the same as what is shown.
    Supports,
    /// It says something else.
    Rival,
    /// It is kept and not believed.
    Deprecated,
}

impl FieldState {
    /// The claim that was chosen, if one was.
    pub fn chosen(&self) -> Option<usize> {
        match &self.shown {
            Shown::Chosen(index) => Some(*index),
            Shown::Together(indices) => indices.first().copied(),
            Shown::Written(_) | Shown::Nothing => None,
        }
    }

    /// Whether any claim of the record is about the field.
    pub fn has_claims(&self) -> bool {
        !self.claims.is_empty()
    }
}

/// The values shown of a field, in order; several only where claims add up.
pub fn shown_values<'a>(incident: &'a Incident, state: &'a FieldState) -> Vec<&'a Value> {
    let of = |index: &usize| incident.claims.get(*index).map(|claim| &claim.value);
    match &state.shown {
        Shown::Written(value) => vec![value],
        Shown::Chosen(index) => of(index).into_iter().collect(),
        Shown::Together(indices) => indices.iter().filter_map(of).collect(),
        Shown::Nothing => Vec::new(),
    }
}

/// The ids shown of a field that holds entities or places, each once.
pub fn shown_ids<'a>(incident: &'a Incident, state: &'a FieldState) -> Vec<&'a Id> {
    let mut seen: BTreeSet<&Id> = BTreeSet::new();
    let mut ids: Vec<&Id> = Vec::new();
    for value in shown_values(incident, state) {
        if let Value::Entities(list) | Value::Places(list) = value {
            ids.extend(list.iter().filter(|id| seen.insert(id)));
        }
    }
    ids
}

/// Whether two claims on one field are rivals: they differ in value, or one hedges and the other does not.
pub fn are_rivals(a: &Claim, b: &Claim) -> bool {
    if a.value.compare(&b.value) != Agreement::Agree {
        return true;
    }
    match (a.kind.and_then(|kind| kind.hedge()), b.kind.and_then(|kind| kind.hedge())) {
        (Some(a), Some(b)) => a != b,
        _ => false,
    }
}

/// The fields of `incident` that hold anything, in the order of the page.
pub fn states(incident: &Incident) -> Vec<FieldState> {
    // The claims of each field side by side, so that no field has to look through all of them.
    let mut claims: Vec<(usize, &Claim)> = incident.claims.iter().enumerate().collect();
    claims.sort_by(|(_, a), (_, b)| a.about.cmp(&b.about));
    let mut claimed: BTreeMap<&Field, &[(usize, &Claim)]> = claims
        .chunk_by(|(_, a), (_, b)| a.about == b.about)
        .filter_map(|claims| Some((&claims.first()?.1.about, claims)))
        .collect();
    let mut states: Vec<FieldState> = written(incident)
        .into_iter()
        .map(|(field, value)| {
            let claims = claimed.remove(&field).unwrap_or_default();
            state(incident, field, Some(value), claims)
        })
        .collect();
    let mut others: Vec<(&Field, &[(usize, &Claim)])> = claimed.into_iter().collect();
    others.sort_by_key(|(_, claims)| claims.first().map(|(index, _)| *index));
    states.extend(others.into_iter().map(|(field, claims)| state(incident, field.clone(), None, claims)));
    // Stable: counts, roles and labels keep the order in which the author wrote them.
    states.sort_by_key(|state| place(&state.field));
    states
}

/// The value that the record itself gives for a field, apart from its claims.
pub fn written_value(incident: &Incident, field: &Field) -> Option<Value> {
    match field {
        Field::Date => incident.date.clone().map(Value::Date),
        Field::Amount => incident.amount.clone().map(Value::Amount),
        Field::Count(name) => {
            incident.counts.iter().find(|(known, _)| known == name).map(|(_, count)| Value::Count(count.clone()))
        }
        Field::Actors(role) => incident
            .actors
            .iter()
            .find(|(known, ids)| known == role && !ids.is_empty())
            .map(|(_, ids)| Value::Entities(ids.clone())),
        Field::Places => (!incident.places.is_empty()).then(|| Value::Places(incident.places.clone())),
        Field::Status => incident.status.map(Value::Status),
        Field::Label(_) | Field::Summary => None,
    }
}

fn place(field: &Field) -> u8 {
    match field {
        Field::Date => 0,
        Field::Amount => 1,
        Field::Count(_) => 2,
        Field::Actors(_) => 3,
        Field::Places => 4,
        Field::Status => 5,
        Field::Label(_) => 6,
        Field::Summary => 7,
    }
}

fn written(incident: &Incident) -> Vec<(Field, Value)> {
    let mut fields = Vec::new();
    fields.extend(incident.date.clone().map(|date| (Field::Date, Value::Date(date))));
    fields.extend(incident.amount.clone().map(|amount| (Field::Amount, Value::Amount(amount))));
    fields
        .extend(incident.counts.iter().map(|(name, count)| (Field::Count(name.clone()), Value::Count(count.clone()))));
    let actors = incident.actors.iter().filter(|(_, ids)| !ids.is_empty());
    fields.extend(actors.map(|(role, ids)| (Field::Actors(role.clone()), Value::Entities(ids.clone()))));
    if !incident.places.is_empty() {
        fields.push((Field::Places, Value::Places(incident.places.clone())));
    }
    fields.extend(incident.status.map(|status| (Field::Status, Value::Status(status))));
    fields
}

/// `claims` are those about the field, in the order of the record.
fn state(incident: &Incident, field: Field, written: Option<Value>, claims: &[(usize, &Claim)]) -> FieldState {
    let preferred = claims.iter().find(|(_, claim)| claim.rank == Rank::Preferred).map(|(index, _)| *index);
    let normal: Vec<usize> =
        claims.iter().filter(|(_, claim)| claim.rank == Rank::Normal).map(|(index, _)| *index).collect();
    let one_value = field.is_single() || field == Field::Summary;
    let shown = match (preferred, normal.as_slice()) {
        (Some(index), _) => Shown::Chosen(index),
        (None, [first, ..]) if one_value => Shown::Chosen(*first),
        (None, []) => written.map_or(Shown::Nothing, Shown::Written),
        (None, _) => Shown::Together(normal),
    };
    let chosen = match &shown {
        Shown::Chosen(index) => incident.claims.get(*index).map(|claim| (*index, claim)),
        _ => None,
    };
    let standings: Vec<(usize, Standing)> = claims
        .iter()
        .map(|(index, claim)| {
            let standing = match (claim.rank, chosen) {
                (Rank::Deprecated, _) => Standing::Deprecated,
                (_, Some((first, _))) if first == *index => Standing::Shown,
                (_, Some((_, first))) if are_rivals(claim, first) => Standing::Rival,
                (_, Some(_)) => Standing::Supports,
                (_, None) => Standing::Shown,
            };
            (*index, standing)
        })
        .collect();
    let disputed = standings.iter().any(|(_, standing)| matches!(standing, Standing::Rival | Standing::Deprecated));
    FieldState { field, shown, claims: standings, disputed }
}
