//! Where claims differ, one is preferred, with a reason.

use crate::diagnostic::{At, Code, Diagnostic, KeyPath, list};
use crate::model::vocabulary::Rank;
use crate::model::{Agreement, Claim, Id, Incident, Value};
use crate::resolve::fields::are_rivals;
use crate::resolve::{FieldState, Site, Standing};

/// `rivals-without-preferred`, `two-preferred`, `missing-reason`.
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for entry in &site.incidents {
        let incident = &*entry.incident;
        for state in entry.fields.iter() {
            if !incident.unread.touches(&state.field) {
                field(incident, state, &mut problems);
            }
        }
        for relation in incident.relations.iter().filter(|r| r.rank == Rank::Deprecated && r.why.is_none()) {
            let path = KeyPath::of("relations").index(relation.index).key("rank");
            problems.push(
                Diagnostic::new(
                    Code::MissingReason,
                    At::value(&incident.file, &path),
                    format!("the relation to `{}` is deprecated without a reason", relation.to),
                )
                .help("say why it is not believed: `why: …`; readers see it"),
            );
        }
    }
    problems
}

fn field(incident: &Incident, state: &FieldState, problems: &mut Vec<Diagnostic>) {
    let claims: Vec<&Claim> = state.claims.iter().filter_map(|(index, _)| incident.claims.get(*index)).collect();
    let of_rank = |rank| claims.iter().copied().filter(move |claim| claim.rank == rank);
    let mut preferred = of_rank(Rank::Preferred);
    let first = preferred.next();
    if let (Some(first), Some(second)) = (first, preferred.next()) {
        let problem = Diagnostic::new(
            Code::TwoPreferred,
            at(incident, second, "rank"),
            format!("several claims about `{}` are preferred", state.field),
        )
        .label(at(incident, first, "rank"), "this one is preferred too");
        let problem =
            preferred.fold(problem, |problem, claim| problem.label(at(incident, claim, "rank"), "and this one"));
        problems
            .push(problem.help("prefer one, and give the others `rank: normal`, or `rank: deprecated` with a reason"));
    }
    if first.is_none() && state.field.is_single() {
        without_preferred(incident, state, &of_rank(Rank::Normal).collect::<Vec<_>>(), problems);
    }
    for (index, standing) in &state.claims {
        let Some(claim) = incident.claims.get(*index).filter(|claim| claim.why.is_none()) else { continue };
        let over_rivals = claim.rank == Rank::Preferred
            && state.claims.iter().any(|(_, standing)| *standing == Standing::Rival)
            && *standing == Standing::Shown;
        if over_rivals {
            problems.push(
                Diagnostic::new(
                    Code::MissingReason,
                    at(incident, claim, "rank"),
                    format!("this claim about `{}` is preferred over others without a reason", state.field),
                )
                .help("say why it is the one to show: `why: …`; readers see it"),
            );
        } else if claim.rank == Rank::Deprecated {
            problems.push(
                Diagnostic::new(
                    Code::MissingReason,
                    at(incident, claim, "rank"),
                    format!("this claim about `{}` is deprecated without a reason", state.field),
                )
                .help("say why it is not believed: `why: …`; readers see it"),
            );
        }
    }
}

fn without_preferred(incident: &Incident, state: &FieldState, normal: &[&Claim], problems: &mut Vec<Diagnostic>) {
    let Some((first, others)) = normal.split_first() else { return };
    let rivals: Vec<&&Claim> = others.iter().filter(|other| are_rivals(first, other)).collect();
    let Some((second, more)) = rivals.split_first() else { return };
    // Where two claims say the same, it is their kinds that differ.
    let key = |claim: &Claim| if first.value.compare(&claim.value) == Agreement::Agree { "kind" } else { "is" };
    let values = [&first.value, &second.value].map(said).join(" and ");
    let message = if key(second) == "kind" {
        format!("one claim about `{}` hedges and another does not, and none is preferred", state.field)
    } else {
        format!("claims about `{}` differ, {values}, and none is preferred", state.field)
    };
    let mut problem = Diagnostic::new(Code::RivalsWithoutPreferred, at(incident, second, key(second)), message)
        .label(at(incident, first, key(second)), "differs from this");
    for claim in more {
        problem = problem.label(at(incident, claim, key(claim)), "and from this");
    }
    problems.push(problem.help("give the one to show `rank: preferred` and say `why`; the others stay beside it"));
}

/// A value as it was written, between backticks.
pub(super) fn said(value: &Value) -> String {
    match value {
        Value::Date(date) => list([date.text()]),
        Value::Amount(amount) => list([amount.text()]),
        Value::Count(count) => list([count.text()]),
        Value::Entities(ids) | Value::Places(ids) => list(ids.iter().map(Id::as_str)),
        Value::Status(status) => list([status.word()]),
        Value::Text(text) => list([text.as_str()]),
    }
}

/// The place of a key of a claim; of its first key when it has no such key.
pub(super) fn at(incident: &Incident, claim: &Claim, key: &str) -> At {
    At::value(&incident.file, &KeyPath::of("claims").index(claim.index).key(key))
}
