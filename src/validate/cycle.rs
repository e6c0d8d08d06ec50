//! Rings: of relations that must have an end, and of sources that rest on each other.

use crate::diagnostic::{At, Code, Diagnostic, KeyPath};
use crate::model::vocabulary::{Rank, RelationKind};
use crate::model::{Id, RecordKind};
use crate::resolve::Site;

/// How many records of a ring are named.
const NAMED: usize = 8;

/// A step of a ring: where it is written, and in which record.
type Step = (At, Id);

/// `relation-cycle` of incidents.
pub fn relations(site: &Site) -> Vec<Diagnostic> {
    let kinds = [RelationKind::PartOf, RelationKind::Follows, RelationKind::ResponseTo];
    let mut problems = Vec::new();
    for kind in kinds {
        let graph: Graph = site
            .incidents
            .iter()
            .map(|entry| {
                let relations = entry.incident.relations.iter();
                relations
                    .filter(|relation| relation.kind == kind && relation.rank != Rank::Deprecated)
                    .filter_map(|relation| Some((site.incident(&relation.to)?, relation.index)))
                    .collect()
            })
            .collect();
        let step = |from: usize, index: usize| {
            let incident = &site.incidents.get(from)?.incident;
            let path = KeyPath::of("relations").index(index).key(kind.word());
            Some((At::value(&incident.file, &path), incident.id.clone()))
        };
        let what = format!("`{}` runs in a ring", kind.word());
        let help = "remove one of these relations, or give it `rank: deprecated` with the reason";
        tell(Code::RelationCycle, &what, help, &graph, &step, &mut problems);
    }
    problems
}

/// `relation-cycle` of entities and places.
pub fn wholes(site: &Site) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let one = |whole: Option<&Id>, kind| -> Vec<(usize, usize)> {
        whole.and_then(|whole| site.find(kind, whole)).map(|whole| (whole, 0)).into_iter().collect()
    };
    let graph: Graph =
        site.entities.iter().map(|entry| one(entry.entity.part_of.as_ref(), RecordKind::Entity)).collect();
    let step = |from: usize, _| {
        let entity = &site.entities.get(from)?.entity;
        Some((At::value(&entity.file, &KeyPath::of("part_of")), entity.id.clone()))
    };
    let help = "remove the `part_of` of the one that contains the others";
    tell(Code::RelationCycle, "`part_of` runs in a ring", help, &graph, &step, &mut problems);
    let graph: Graph = site.places.iter().map(|entry| one(entry.place.within.as_ref(), RecordKind::Place)).collect();
    let step = |from: usize, _| {
        let place = &site.places.get(from)?.place;
        Some((At::value(&place.file, &KeyPath::of("within")), place.id.clone()))
    };
    let help = "remove the `within` of the one that contains the others";
    tell(Code::RelationCycle, "`within` runs in a ring", help, &graph, &step, &mut problems);
    problems
}

/// `circular-sourcing`.
pub fn citations(site: &Site) -> Vec<Diagnostic> {
    let graph: Graph = site
        .sources
        .iter()
        .map(|entry| {
            let cites = entry.source.cites.iter().enumerate();
            cites.filter_map(|(at, id)| Some((site.find(RecordKind::Source, id)?, at))).collect()
        })
        .collect();
    let step = |from: usize, at: usize| {
        let source = &site.sources.get(from)?.source;
        Some((At::value(&source.file, &KeyPath::of("cites").index(at)), source.id.clone()))
    };
    let mut problems = Vec::new();
    let help = "a source cannot be the ground of what it rests on: remove the step that is not stated";
    tell(Code::CircularSourcing, "these sources cite each other in a ring", help, &graph, &step, &mut problems);
    problems
}

fn tell(
    code: Code,
    what: &str,
    help: &str,
    graph: &Graph,
    step: &dyn Fn(usize, usize) -> Option<Step>,
    problems: &mut Vec<Diagnostic>,
) {
    let (rings, more) = rings(graph);
    let last = rings.len().saturating_sub(1);
    for (number, ring) in rings.into_iter().enumerate() {
        let steps: Vec<Step> = ring.into_iter().filter_map(|(from, label)| step(from, label)).collect();
        if let Some(mut problem) = ring_problem(code, what, &steps) {
            problem = problem.help(if steps.len() == 1 { "remove it: no record can name itself here" } else { help });
            if number == last && more > 0 {
                problem = problem.help(format!("{more} more rings run through these records; mend this one first"));
            }
            problems.push(problem);
        }
    }
}

fn ring_problem(code: Code, what: &str, steps: &[Step]) -> Option<Diagnostic> {
    // From the least id, so that the same ring is told the same way from wherever it was entered.
    let least = (0..steps.len()).min_by_key(|at| steps.get(*at).map(|(_, id)| id))?;
    let turned: Vec<&Step> = steps.iter().cycle().skip(least).take(steps.len()).collect();
    let (first, others) = turned.split_first()?;
    let mut way: Vec<String> = turned.iter().take(NAMED).map(|(_, id)| format!("`{id}`")).collect();
    if turned.len() > NAMED {
        way.push(format!("{} more", turned.len() - NAMED));
    }
    way.push(format!("`{}`", first.1));
    let problem = Diagnostic::new(code, first.0.clone(), format!("{what}: {}", way.join(" → ")));
    Some(others.iter().fold(problem, |problem, (at, _)| problem.label(at.clone(), "then here")))
}

/// The steps from each record: to which, and by which label.
type Graph = Vec<Vec<(usize, usize)>>;

/// The rings of a graph, each as the edges (from, label) that make it. Each edge that closes a ring gives one, up to
/// as many as have one step for every record together; the rest is counted.
///
/// Depth first with a stack of its own: a chain of 100,000 records is no reason to overflow the machine's.
fn rings(graph: &Graph) -> (Vec<Vec<(usize, usize)>>, usize) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        OnPath(usize),
        Done,
    }
    // Rings that share no record have no more steps than there are records; all of those are told.
    let mut steps = graph.len() + 1000;
    let mut more = 0;
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
                Some(State::OnPath(depth)) if path.len() - depth <= steps => {
                    steps -= path.len() - depth;
                    rings.push(path.iter().skip(depth).map(|(node, _, label)| (*node, *label)).collect());
                }
                Some(State::OnPath(_)) => more += 1,
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
    (rings, more)
}

#[cfg(test)]
mod tests {
    use super::rings;

    #[track_caller]
    fn check(edges: &[&[usize]], expect: &[&[usize]]) {
        let graph: Vec<Vec<(usize, usize)>> = edges.iter().map(|to| to.iter().map(|to| (*to, *to)).collect()).collect();
        let found: Vec<Vec<usize>> =
            rings(&graph).0.iter().map(|ring| ring.iter().map(|(node, _)| *node).collect()).collect();
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
        assert_eq!(rings(&graph).0.len(), 1);
    }

    #[test]
    fn a_knot_is_told_in_part() {
        let graph: Vec<Vec<(usize, usize)>> =
            (0..300).map(|from| (0..300).filter(|to| *to != from).map(|to| (to, to)).collect()).collect();
        let (found, more) = rings(&graph);
        assert!(found.iter().map(Vec::len).sum::<usize>() <= 1300);
        assert_eq!(found.len() + more, 300 * 299 / 2);
    }
}
