//! Who cites whom, around one source: what it draws on at one side, what draws on it at the other.

use super::World;
use super::parts::Link;
use crate::model::RecordKind;
use crate::phrase::date;
use serde::Serialize;

/// A source with what it cites and what cites it, as far as it is drawn.
#[derive(Debug, Serialize)]
pub(super) struct CitingView {
    cites: Side,
    cited_by: Side,
}

/// One side of the drawing.
#[derive(Debug, Serialize)]
struct Side {
    nodes: Vec<Node>,
    /// "and 12 more".
    more: Option<String>,
}

/// A source with those beyond it.
#[derive(Debug, Serialize)]
struct Node {
    source: Link,
    /// Publisher and date, as far as known.
    details: String,
    seen: bool,
    /// Whether it stands nearer to the middle too.
    again: bool,
    beyond: Vec<Node>,
}

/// The most sources on one side.
const MOST: usize = 12;

/// The most steps away from the source.
const FAR: usize = 3;

/// A source that is drawn: its number, the place of the one before it, and the steps between it and the middle.
struct Drawn {
    source: usize,
    before: Option<usize>,
    steps: usize,
}

/// What is drawn around the source `number`; nothing when it stands alone.
pub(super) fn view(world: &World, root: &str, number: usize) -> Option<CitingView> {
    let entry = world.site.sources.get(number)?;
    if entry.source.cites.is_empty() && entry.cited_by.is_empty() {
        return None;
    }
    let cites = |at: usize| {
        let ids = world.site.sources.get(at).map(|entry| entry.source.cites.as_slice()).unwrap_or_default();
        let near = ids.iter().take(MOST).filter_map(|id| world.site.find(RecordKind::Source, id));
        (near.collect(), ids.len())
    };
    let cited_by = |at: usize| {
        let citing = world.site.sources.get(at).map(|entry| entry.cited_by.as_slice()).unwrap_or_default();
        (citing.iter().take(MOST).copied().collect(), citing.len())
    };
    Some(CitingView { cites: side(world, root, number, &cites), cited_by: side(world, root, number, &cited_by) })
}

/// The sources next to one, as many as could be drawn, and how many there are.
type Next<'a> = dyn Fn(usize) -> (Vec<usize>, usize) + 'a;

fn side(world: &World, root: &str, middle: usize, next: &Next<'_>) -> Side {
    let (drawn, more) = drawn(middle, next);
    Side { nodes: nodes(world, root, &drawn, None), more: (more > 0).then(|| world.terms.more.words(more)) }
}

/// The nearest sources first, each with those beyond it at one place only, and the number of those left out.
fn drawn(middle: usize, next: &Next<'_>) -> (Vec<Drawn>, usize) {
    let mut drawn: Vec<Drawn> = Vec::new();
    let mut left_out = 0;
    let mut done: Vec<usize> = Vec::new();
    let mut from = None;
    loop {
        let (source, steps) = from.and_then(|at: usize| drawn.get(at)).map_or((middle, 0), |at| (at.source, at.steps));
        if steps < FAR && !done.contains(&source) {
            done.push(source);
            let (here, count) = next(source);
            let room = MOST.saturating_sub(drawn.len());
            left_out += count.saturating_sub(here.len().min(room));
            drawn.extend(here.into_iter().take(room).map(|source| Drawn { source, before: from, steps: steps + 1 }));
        }
        let following = from.map_or(0, |at| at + 1);
        if following >= drawn.len() {
            return (drawn, left_out);
        }
        from = Some(following);
    }
}

fn nodes(world: &World, root: &str, drawn: &[Drawn], before: Option<usize>) -> Vec<Node> {
    let here = drawn.iter().enumerate().filter(|(_, node)| node.before == before);
    here.filter_map(|(at, node)| {
        let source = &world.site.sources.get(node.source)?.source;
        let published = source.published.as_ref().map(|published| date::words(published, world.lexicon));
        let details: Vec<String> =
            world.site.publisher_name(source.publisher.as_ref()).into_iter().chain(published).collect();
        Some(Node {
            source: Link { text: source.title.clone(), url: world.url(root, RecordKind::Source, &source.id) },
            details: details.join(world.terms.separator),
            seen: source.seen,
            again: drawn.iter().take(at).any(|nearer| nearer.source == node.source),
            beyond: nodes(world, root, drawn, Some(at)),
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(edges: &[&[usize]], expect: &[(usize, Option<usize>)], more: usize) {
        let (drawn, left_out) = drawn(0, &|at| {
            let next = edges.get(at).map(|next| next.to_vec()).unwrap_or_default();
            (next.clone(), next.len())
        });
        let drawn: Vec<(usize, Option<usize>)> = drawn.iter().map(|node| (node.source, node.before)).collect();
        assert_eq!((drawn.as_slice(), left_out), (expect, more));
    }

    #[test]
    fn nearest_first() {
        check(&[&[1, 2], &[3], &[3]], &[(1, None), (2, None), (3, Some(0)), (3, Some(1))], 0);
        // What lies beyond a source stands at one of its places alone.
        check(&[&[1, 2], &[3], &[3], &[4]], &[(1, None), (2, None), (3, Some(0)), (3, Some(1)), (4, Some(2))], 0);
    }

    #[test]
    fn rings_and_depths_end() {
        check(&[&[1], &[0]], &[(1, None), (0, Some(0))], 0);
        check(&[&[1], &[2], &[3], &[4]], &[(1, None), (2, Some(0)), (3, Some(1))], 0);
    }

    #[test]
    fn a_crowd_is_cut() {
        let (drawn, left_out) = drawn(0, &|at| if at == 0 { ((1..=MOST).collect(), 40) } else { (vec![99; 5], 5) });
        assert_eq!((drawn.len(), left_out), (12, 28 + 12 * 5));
    }
}
