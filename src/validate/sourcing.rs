//! How firm the ground is.

use super::rivals::at;
use crate::diagnostic::{At, Code, Diagnostic, KeyPath, list};
use crate::model::vocabulary::Rank;
use crate::model::{Claim, Id};
use crate::resolve::Site;

/// How many sources a message names.
const NAMED: usize = 3;

/// `single-unseen-source`: what rests on a source alone that nobody here has seen.
pub fn unseen(site: &Site) -> Vec<Diagnostic> {
    let is_unseen = |id: &Id| site.source(id).is_some_and(|entry| !entry.source.seen);
    let mut problems = Vec::new();
    for entry in &site.incidents {
        let incident = &*entry.incident;
        for claim in incident.claims.iter().filter(|claim| is_unseen(&claim.citation.source)) {
            problems.push(
                Diagnostic::new(
                    Code::SingleUnseenSource,
                    at(incident, claim, "in"),
                    format!(
                        "this claim about `{}` rests on `{}` alone, which was not seen",
                        claim.about, claim.citation.source
                    ),
                )
                .help("name in `in` what you read, and the unseen source in `via`"),
            );
        }
        let bare = entry.fields.iter().any(|state| !state.has_claims());
        if bare
            && !incident.unread.sources
            && !incident.sources.is_empty()
            && incident.sources.iter().all(|citation| is_unseen(&citation.source))
        {
            let at = At::value(&incident.file, &KeyPath::of("sources"));
            let mut ids: Vec<&str> = incident.sources.iter().map(|citation| citation.source.as_str()).collect();
            ids.sort_unstable();
            ids.dedup();
            let were = if ids.len() == 1 { "was" } else { "were" };
            let more = ids.len().saturating_sub(NAMED);
            let and_more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let named = list(ids.into_iter().take(NAMED));
            let message = format!("the record rests on {named}{and_more} alone, which {were} not seen");
            problems.push(
                Diagnostic::new(Code::SingleUnseenSource, at, message)
                    .help("add what you read; a source that is only quoted belongs into `via` of a claim"),
            );
        }
    }
    problems
}

/// `single-origin`: several sources that are one.
pub fn one_origin(site: &Site) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for entry in &site.incidents {
        let incident = &*entry.incident;
        for state in entry.fields.iter().filter(|state| !incident.unread.touches(&state.field)) {
            let claims: Vec<&Claim> = state
                .claims
                .iter()
                .filter_map(|(index, _)| incident.claims.get(*index))
                .filter(|claim| claim.rank != Rank::Deprecated)
                .collect();
            let Some(first) = claims.first() else { continue };
            let several = claims.iter().any(|claim| claim.citation.source != first.citation.source);
            let end = origin(first);
            let one = claims.iter().all(|claim| origin(claim) == end);
            if several && one && site.source(end).is_some_and(|entry| !entry.source.seen) {
                problems.push(
                    Diagnostic::new(
                        Code::SingleOrigin,
                        at(incident, first, "in"),
                        format!("all sources of `{}` go back to `{end}`, which was not seen", state.field),
                    )
                    .help("they count as one source; look for another that does not rest on it"),
                );
            }
        }
    }
    problems
}

/// The far end of a claim's chain: the source nearest to the one who asserts.
fn origin(claim: &Claim) -> &Id {
    claim.via.first().unwrap_or(&claim.citation.source)
}
