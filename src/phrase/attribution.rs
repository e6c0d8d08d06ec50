//! Who says so, and how it reached us: one sentence a claim.

use super::piece::{Piece, fill};
use super::terms::Terms;
use crate::model::Locator;
use crate::model::vocabulary::ClaimKind;

/// A claim's chain with names for its ids: what the sentence is made of.
#[derive(Clone, Debug)]
pub struct Chain {
    /// What kind of assertion.
    pub kind: Option<ClaimKind>,
    /// Who asserts it.
    pub by: Option<Piece>,
    /// When it was asserted, in words.
    pub said: Option<String>,
    /// The sources on the way, nearest to the asserter first.
    pub via: Vec<Hop>,
    /// What was read.
    pub read: Hop,
    /// Where in it.
    pub locator: Option<Locator>,
    /// Words of the original.
    pub quote: Option<String>,
}

/// A source on the way.
#[derive(Clone, Debug)]
pub struct Hop {
    /// Its name and address.
    pub name: Piece,
    /// Whether it is called by its publisher ("as reported by Reuters") or by its title ("in …").
    pub by_publisher: bool,
    /// Whether the editors have seen it.
    pub seen: bool,
}

/// The sentence from the asserter to what was read, beginning in lower case, without a full stop.
///
/// ```
/// use annals::phrase::attribution::{Chain, Hop, sentence};
/// use annals::phrase::piece::{Piece, plain};
/// use annals::model::Locator;
///
/// let chain = Chain {
///     kind: None,
///     by: Some(Piece::text("an unnamed member state")),
///     said: None,
///     via: vec![Hop { name: Piece::text("Reuters"), by_publisher: true, seen: false }],
///     read: Hop { name: Piece::text("Bitcoin.com"), by_publisher: true, seen: true },
///     locator: Some(Locator::Paragraph(5)),
///     quote: None,
/// };
/// assert_eq!(
///     plain(&sentence(&chain, &annals::phrase::ENGLISH.terms)),
///     "according to an unnamed member state, as reported by Reuters, as read in Bitcoin.com, paragraph 5"
/// );
/// ```
pub fn sentence(chain: &Chain, terms: &Terms) -> Vec<Piece> {
    let mut clauses: Vec<Vec<Piece>> = Vec::new();
    let pattern = match (chain.kind, chain.by.is_some()) {
        (None | Some(ClaimKind::Reported), true) => terms.by_reported,
        (Some(ClaimKind::Stated), true) => terms.by_stated,
        (Some(ClaimKind::Estimate), true) => terms.by_estimate,
        (Some(ClaimKind::Allegation), true) => terms.by_allegation,
        (Some(ClaimKind::Assessment), true) => terms.by_assessment,
        (Some(ClaimKind::Denial), true) => terms.by_denial,
        (Some(ClaimKind::Inference), true) => terms.by_inference,
        (None | Some(ClaimKind::Reported | ClaimKind::Stated), false) => "",
        (Some(ClaimKind::Estimate), false) => terms.nobody_estimate,
        (Some(ClaimKind::Allegation), false) => terms.nobody_allegation,
        (Some(ClaimKind::Assessment), false) => terms.nobody_assessment,
        (Some(ClaimKind::Denial), false) => terms.nobody_denial,
        (Some(ClaimKind::Inference), false) => terms.nobody_inference,
    };
    let who: Vec<Piece> = chain.by.iter().cloned().collect();
    let mut head = fill(pattern, &[("who", &who)]);
    if let Some(date) = &chain.said {
        let said = fill(terms.said, &[("date", &[Piece::text(date)])]);
        head = if head.is_empty() { said } else { fill(terms.said_by, &[("claim", &head), ("said", &said)]) };
    }
    if !head.is_empty() {
        clauses.push(head);
    }
    for hop in &chain.via {
        let pattern = if hop.by_publisher { terms.via_news } else { terms.via_document };
        clauses.push(fill(pattern, &[("source", &[hop_name(hop, terms)])]));
    }
    let pattern = if chain.read.seen { terms.read_in } else { terms.unseen_in };
    clauses.push(fill(pattern, &[("source", &[hop_name(&chain.read, terms)])]));
    if let Some(locator) = &chain.locator {
        clauses.push(vec![Piece::text(terms.locator(locator))]);
    }
    if let Some(quote) = &chain.quote {
        clauses.push(fill(terms.words_of_source, &[("quote", &[Piece::text(terms.quote(quote))])]));
    }
    let mut pieces = Vec::new();
    for (at, clause) in clauses.into_iter().enumerate() {
        if at > 0 {
            pieces.push(Piece::text(terms.separator));
        }
        pieces.extend(clause);
    }
    pieces
}

/// A title stands in quotation marks, a publisher does not.
fn hop_name(hop: &Hop, terms: &Terms) -> Piece {
    let text = if hop.by_publisher { hop.name.text.clone() } else { terms.quote(&hop.name.text) };
    Piece::link(text, hop.name.url.clone())
}
