//! What the evidence does not bear.
//!
//! In: the site. Out: problems of meaning. One file a rule, one row a rule.
//! Must never be here: a repair, a write, a look at the text of a file.

mod cycle;
mod file_name;
mod precision;
mod quotation;
mod rivals;
mod settings;
mod sourcing;
mod tags;
mod unused;

use crate::diagnostic::Diagnostic;
use crate::resolve::Site;
use rayon::prelude::*;

/// A rule: what it holds the site to.
type Rule = fn(&Site) -> Vec<Diagnostic>;

/// All rules. The order does not matter: problems are sorted by their places.
const RULES: &[Rule] = &[
    rivals::check,
    precision::check,
    cycle::relations,
    cycle::wholes,
    cycle::citations,
    sourcing::unseen,
    sourcing::one_origin,
    unused::check,
    quotation::check,
    file_name::check,
    tags::check,
    settings::check,
];

/// Holds the site to all rules.
pub fn site(site: &Site) -> Vec<Diagnostic> {
    RULES.par_iter().flat_map_iter(|rule| rule(site)).collect()
}
