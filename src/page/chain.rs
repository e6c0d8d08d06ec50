//! The way of a claim from whoever asserts it to what was read, step by step: what is drawn beside its sentence.

use super::World;
use super::claims;
use super::parts::Step;
use crate::model::{Claim, Id};
use crate::phrase::date;
use crate::phrase::pattern::fill;
use crate::phrase::piece::{Piece, fill as fill_pieces};

/// The steps of a claim; none where the sentence alone is as plain: from one who says so to where it was read.
pub(super) fn steps(world: &World, claim: &Claim) -> Vec<Step> {
    let terms = world.terms;
    if claim.via.len() + usize::from(claim.by.is_some()) < 2 {
        return Vec::new();
    }
    let asserter = claim.by.as_ref().map(|id| Step {
        role: claim.kind.map_or(terms.chain_says, |kind| terms.chain_verb(kind)),
        name: claims::entity(world, "", id).text,
        detail: claim.said.as_ref().map(|said| date::words(said, world.lexicon)),
        unseen: None,
    });
    let via = claim.via.iter().map(|id| {
        let hop = claims::hop(world, "", id);
        let kind = world.site.source(id).and_then(|entry| entry.source.kind);
        Step {
            role: if hop.by_publisher { terms.chain_carried } else { terms.document(kind) },
            name: hop.name.text,
            detail: None,
            unseen: (!hop.seen).then_some(terms.chain_unseen),
        }
    });
    let hop = claims::hop(world, "", &claim.citation.source);
    let read = Step {
        role: if hop.seen { terms.chain_read } else { terms.chain_named },
        name: hop.name.text,
        detail: claim.citation.locator.as_ref().map(|locator| terms.locator(locator)),
        unseen: (!hop.seen).then_some(terms.chain_unseen),
    };
    asserter.into_iter().chain(via).chain([read]).collect()
}

/// The one source through which all claims on a field go, read in several places: two articles are then not two sources.
pub(super) fn common<'a>(claims: &[&'a Claim]) -> Option<&'a Id> {
    let [first, rest @ ..] = claims else { return None };
    // What is read in one place anyhow needs no saying.
    if rest.iter().all(|claim| claim.citation.source == first.citation.source) {
        return None;
    }
    let goes_through = |claim: &Claim, id: &Id| claim.via.contains(id) || claim.citation.source == *id;
    first.via.iter().find(|id| rest.iter().all(|claim| goes_through(claim, id)))
}

/// That the claims on one field, or `everywhere` on the page, go through that source.
pub(super) fn common_words(world: &World, root: &str, id: &Id, everywhere: bool) -> Vec<Piece> {
    let terms = world.terms;
    let hop = claims::hop(world, root, id);
    let pattern = match (everywhere, hop.seen) {
        (false, true) => terms.chain_common,
        (false, false) => terms.chain_common_unseen,
        (true, true) => terms.chain_common_all,
        (true, false) => terms.chain_common_all_unseen,
    };
    let name = if hop.by_publisher { hop.name.text } else { fill(world.terms.quoted, &[("text", &hop.name.text)]) };
    fill_pieces(pattern, &[("source", &[Piece::link(name, hop.name.url)])])
}
