//! The order of keys.

use crate::parse::concrete::{Collection, Comment, Element, Value};
use crate::parse::shape::Shape;

/// What an editor looks for at the top of a file.
const MODELINE: &str = "# yaml-language-server:";

/// Brings the keys of a file into the order of `shape`.
pub fn document(root: &mut Collection<'_>, shape: &Shape) {
    let header = root.elements.first().map_or(0, |first| header(&first.lead, first.gap));
    collection(root, Some(shape), header);
}

/// How many of the remarks above the first key are about the file: up to a blank line, or to the modeline.
fn header(lead: &[Comment<'_>], gap: bool) -> usize {
    let is_last = |at: usize| {
        let gap_below = lead.get(at + 1).map_or(gap, |next| next.gap);
        gap_below || lead.get(at).is_some_and(|comment| comment.text.starts_with(MODELINE))
    };
    (0..lead.len()).rev().find(|at| is_last(*at)).map_or(0, |at| at + 1)
}

fn collection(map: &mut Collection<'_>, shape: Option<&Shape>, header: usize) {
    for element in &mut map.elements {
        let Value::Collection(inner) = &mut element.value else { continue };
        let shape = match (shape, &element.key) {
            (Some(Shape::List(item)), None) => Some(&**item),
            (Some(shape), Some(key)) => shape.field(&key.text),
            _ => None,
        };
        collection(inner, shape, 0);
    }
    if let Some(Shape::Map { fields }) = shape
        && !map.is_list
    {
        sort(map, fields, header);
    }
}

fn sort<'a>(map: &mut Collection<'a>, fields: &[(String, Shape)], header: usize) {
    let rank = |element: &Element<'_>| {
        let name = element.key.as_ref().map_or("", |key| &key.text);
        fields.iter().position(|(field, _)| field == name).unwrap_or(fields.len())
    };
    let ranks: Vec<usize> = map.elements.iter().map(rank).collect();
    if ranks.is_sorted() {
        return;
    }
    let (top, below) = blocks(map, fields, &ranks, header);
    let mut elements: Vec<_> = ranks.into_iter().zip(std::mem::take(&mut map.elements)).zip(below).collect();
    elements.sort_by_key(|((rank, _), _)| *rank);
    // What stands above the first element is followed by what followed it before.
    let mut waiting = top;
    for ((_, mut element), below) in elements {
        if !waiting.comments.is_empty() {
            if waiting.is_top {
                match element.lead.first_mut() {
                    Some(first) => first.gap = waiting.gap_below,
                    None => element.gap = waiting.gap_below,
                }
            }
            element.lead.splice(0..0, waiting.comments);
        }
        waiting = Block { comments: below, is_top: false, gap_below: false };
        map.elements.push(element);
    }
    map.end.splice(0..0, waiting.comments);
}

/// Remarks that stay where they are while elements move.
#[derive(Default)]
struct Block<'a> {
    comments: Vec<Comment<'a>>,
    /// Whether it stands above the first element, and whether a blank line follows.
    is_top: bool,
    gap_below: bool,
}

/// Takes the remarks that do not move with the element below them: those at the top, and for each element those that stay
/// below it.
fn blocks<'a>(
    map: &mut Collection<'a>,
    fields: &[(String, Shape)],
    ranks: &[usize],
    header: usize,
) -> (Block<'a>, Vec<Vec<Comment<'a>>>) {
    let mut top = Block { is_top: true, ..Block::default() };
    let mut below: Vec<Vec<Comment<'a>>> = ranks.iter().map(|_| Vec::new()).collect();
    // The element below which the last block was left.
    let mut anchor: Option<usize> = None;
    // The last element since then that will stay below it.
    let mut later: Option<usize> = None;
    for (at, element) in map.elements.iter_mut().enumerate() {
        let name = element.key.as_ref().map_or("", |key| key.text.as_str());
        let mut count = commented_out(&element.lead, fields, name);
        if at == 0 {
            count = count.max(header);
        }
        let block: Vec<_> = element.lead.drain(..count).collect();
        if at == 0 {
            // A blank line above the first element parts it from what stands above, wherever the element goes.
            let gap = element.lead.first_mut().map_or(&mut element.gap, |next| &mut next.gap);
            top.gap_below = std::mem::take(gap);
            top.comments = block;
        } else if !block.is_empty() {
            // What was taken out of a block of fields, and goes up, does not tear the block.
            anchor = later.or(anchor).or_else(|| at.checked_sub(1));
            later = None;
            below.get_mut(anchor.unwrap_or_default()).into_iter().for_each(|list| list.extend(block.iter().cloned()));
        }
        let stays = |anchor: usize| ranks.get(anchor).zip(ranks.get(at)).is_some_and(|(anchor, own)| own >= anchor);
        if anchor.is_none_or(stays) {
            later = Some(at);
        }
    }
    (top, below)
}

/// How many of the remarks above the key `below` belong to fields that are commented out: up to the last of those.
fn commented_out(lead: &[Comment<'_>], fields: &[(String, Shape)], below: &str) -> usize {
    let mut count = 0;
    let mut is_inside = false;
    for (at, comment) in lead.iter().enumerate() {
        let text = comment.text.strip_prefix('#').unwrap_or(comment.text);
        let text = text.strip_prefix(' ').unwrap_or(text);
        let name =
            text.split_once(':').filter(|(_, rest)| rest.is_empty() || rest.starts_with(' ')).map(|(name, _)| name);
        let is_field = name.is_some_and(|name| name != below && fields.iter().any(|(field, _)| field == name));
        // The lines of a list or of a text of several lines.
        is_inside = is_field || (is_inside && text.starts_with([' ', '-']));
        if is_inside {
            count = at + 1;
        }
    }
    count
}
