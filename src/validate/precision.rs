//! A value that is written beside its claims says what they say, and no more.

use super::rivals::{at, said};
use crate::diagnostic::{At, Code, Diagnostic, KeyPath, list};
use crate::model::{Agreement, Date, Field, Id, Incident, Value};
use crate::resolve::fields::{shown_ids, shown_values, written_value};
use crate::resolve::{FieldState, Site};

/// `value-without-claim` and `false-precision`; never both for one value.
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for entry in &site.incidents {
        let incident = &*entry.incident;
        for state in entry.fields.iter().filter(|state| state.has_claims()) {
            if !incident.unread.touches(&state.field)
                && let Some(written) = written_value(incident, &state.field)
            {
                problems.extend(one(incident, state, &written));
            }
        }
    }
    problems
}

fn one(incident: &Incident, state: &FieldState, written: &Value) -> Option<Diagnostic> {
    let chosen = state.chosen().and_then(|index| incident.claims.get(index))?;
    let place = at_field(incident, &state.field);
    let label = "the claim that is shown";
    if let (Value::Date(written), Value::Date(claimed)) = (written, &chosen.value)
        && is_finer(written, claimed)
    {
        return Some(
            Diagnostic::new(
                Code::FalsePrecision,
                place,
                format!("`{}` is more precise than its source, which says `{}`", written.text(), claimed.text()),
            )
            .label(at(incident, chosen, "is"), label)
            .help(format!("write `date: {}`, or leave `date` out", quoted(claimed.text()))),
        );
    }
    let agrees = match written {
        Value::Entities(ids) | Value::Places(ids) => {
            let (mut written, mut shown): (Vec<_>, Vec<_>) = (ids.iter().collect(), shown_ids(incident, state));
            for list in [&mut written, &mut shown] {
                list.sort();
                list.dedup();
            }
            written == shown
        }
        _ => shown_values(incident, state).first().is_none_or(|shown| written.compare(shown) == Agreement::Agree),
    };
    (!agrees).then(|| {
        Diagnostic::new(
            Code::ValueWithoutClaim,
            place,
            match written {
                Value::Entities(_) | Value::Places(_) => {
                    let shown = list(shown_ids(incident, state).into_iter().map(Id::as_str));
                    format!("`{}` is {}, and its claims say {shown}", state.field, said(written))
                }
                _ => format!("`{}` is {}, and its claim says {}", state.field, said(written), said(&chosen.value)),
            },
        )
        .label(at(incident, chosen, "is"), label)
        .help("leave the field out, since it is computed from its claims, or make it agree")
    })
}

fn is_finer(written: &Date, claimed: &Date) -> bool {
    written.compare(claimed) != Agreement::Agree && written.narrower_within(claimed)
}

fn at_field(incident: &Incident, field: &Field) -> At {
    let path = match field {
        Field::Count(name) => KeyPath::of("count").key(name),
        Field::Actors(role) => KeyPath::of("actors").key(role),
        other => KeyPath::of(&other.to_string()),
    };
    At::value(&incident.file, &path)
}

fn quoted(text: &str) -> String {
    let special = text.starts_with(['[', '{', '?', '%']) || text.contains(": ");
    if special { format!("\"{text}\"") } else { text.to_owned() }
}
