//! Rings: of relations that must have an end, and of sources that rest on each other.

use crate::diagnostic::{At, Code, Diagnostic, KeyPath};
use crate::model::RecordKind;
use crate::model::vocabulary::{Rank, RelationKind};
use crate::resolve::Site;

/// `relation-cycle`.
pub fn relations(site: &Site) -> Vec<Diagnostic> {
    let kinds = [RelationKind::PartOf, RelationKind::Follows, RelationKind::ResponseTo];
    let mut problems = Vec::new();
    for kind in kinds {
        let mut graph: Vec<Vec<(usize, usize)>> = Vec::with_capacity(site.incidents.len());
        for entry in &site.incidents {
            let relations = entry.incident.relations.iter();
            graph.push(
                relations
                    .filter(|relation| relation.kind == kind && relation.rank != Rank::Deprecated)
                    .filter_map(|relation| Some((site.incident(&relation.to)?, relation.index)))
                    .collect(),
            );
        }
        for ring in rings(&graph) {
            let at = |(from, index): (usize, usize)| {
                let incident = &site.incidents.get(from)?.incident;
                let path = KeyPath::of("relations").index(index).key(kind.word());
                Some((At::value(&incident.file, &path), incident.id.clone()))
            };
            let places: Vec<_> = ring.into_iter().filter_map(at).collect();
            problems.extend(
                ring_problem(Code::RelationCycle, &format!("`{}` runs in a ring", kind.word()), &places).map(
                    |problem| {
                        problem.help("remove one of these relations, or give it `rank: deprecated` with the reason")
                    },
                ),
            );
        }
    }
    problems
}

/// `circular-sourcing`.
pub fn citations(site: &Site) -> Vec<Diagnostic> {
    let mut graph: Vec<Vec<(usize, usize)>> = Vec::with_capacity(site.sources.len());
    for entry in &site.sources {
        let cites = entry.source.cites.iter().enumerate();
        graph.push(cites.filter_map(|(at, id)| Some((site.find(RecordKind::Source, id)?, at))).collect());
    }
    let mut problems = Vec::new();
    for ring in rings(&graph) {
        let at = |(from, index): (usize, usize)| {
            let source = &site.sources.get(from)?.source;
            Some((At::value(&source.file, &KeyPath::of("cites").index(index)), source.id.clone()))
        };
        let places: Vec<_> = ring.into_iter().filter_map(at).collect();
        problems.extend(ring_problem(Code::CircularSourcing, "these sources cite each other in a ring", &places).map(
            |problem| {
                problem.help("a source cannot be the ground of what it rests on: remove the step that is not stated")
            },
        ));
    }
    problems
}

fn ring_problem(code: Code, what: &str, places: &[(At, crate::model::Id)]) -> Option<Diagnostic> {
    // From the least id, so that the same ring is told the same way from wherever it was entered.
    let least = (0..places.len()).min_by_key(|at| places.get(*at).map(|(_, id)| id.clone()))?;
    let turned: Vec<_> = places.iter().cycle().skip(least).take(places.len()).collect();
    let (first, others) = turned.split_first()?;
    let way: Vec<String> = turned.iter().map(|(_, id)| id.to_string()).chain([first.1.to_string()]).collect();
    let mut problem = Diagnostic::new(code, first.0.clone(), format!("{what}: {}", way.join(" → ")));
    for (at, _) in others {
        problem = problem.label(at.clone(), "then here");
    }
    Some(problem)
}

/// The rings of a graph, each as the edges (from, label) that make it. Each edge that closes a ring gives one.
///
/// Depth first with a stack of its own: a chain of 100,000 records is no reason to overflow the machine's.
fn rings(graph: &[Vec<(usize, usize)>]) -> Vec<Vec<(usize, usize)>> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        OnPath(usize),
        Done,
    }
    let mut state = vec![State::New; graph.len()];
    let mut rings = Vec::new();
    for start in 0..graph.len() {
        if state.get(start) != Some(&State::New) {
            continue;
        }
        // Node, the next of its edges to look at, and the label of the edge that leads on.
        let mut path: Vec<(usize, usize, usize)> = vec![(start, 0, 0)];
        if let Some(state) = state.get_mut(start) {
            *state = State::OnPath(0);
        }
        while let Some((node, next, label)) = path.last_mut() {
            let Some((to, edge)) = graph.get(*node).and_then(|edges| edges.get(*next)).copied() else {
                if let Some(state) = state.get_mut(*node) {
                    *state = State::Done;
                }
                path.pop();
                continue;
            };
            *next += 1;
            *label = edge;
            match state.get(to).copied() {
                Some(State::OnPath(depth)) => {
                    rings.push(path.iter().skip(depth).map(|(node, _, label)| (*node, *label)).collect());
                }
                Some(State::New) => {
                    if let Some(state) = state.get_mut(to) {
                        *state = State::OnPath(path.len());
                    }
                    path.push((to, 0, 0));
                }
                Some(State::Done) | None => {}
            }
        }
    }
    rings
}

#[cfg(test)]
mod tests {
    use super::rings;

    #[track_caller]
    fn check(edges: &[&[usize]], expect: &[&[usize]]) {
        let graph: Vec<Vec<(usize, usize)>> = edges.iter().map(|to| to.iter().map(|to| (*to, *to)).collect()).collect();
        let found: Vec<Vec<usize>> =
            rings(&graph).iter().map(|ring| ring.iter().map(|(node, _)| *node).collect()).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn finds_each_ring_once() {
        check(&[&[1], &[2], &[]], &[]);
        check(&[&[0]], &[&[0]]);
        check(&[&[1], &[2], &[0]], &[&[0, 1, 2]]);
        check(&[&[1], &[0, 2], &[1]], &[&[0, 1], &[1, 2]]);
        check(&[&[1, 2], &[3], &[3], &[]], &[]);
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let mut graph: Vec<Vec<(usize, usize)>> = (0..200_000).map(|at| vec![(at + 1, 0)]).collect();
        graph.push(vec![(0, 0)]);
        assert_eq!(rings(&graph).len(), 1);
    }
}
