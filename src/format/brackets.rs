//! Which brackets stay.
//!
//! An author's `[a, b]` stays while it fits into a line and holds no remark. What does not is broken up: its elements stand
//! below each other, and its remarks where they can.

use super::{WIDTH, scalar};
use crate::parse::concrete::{Collection, Comment, Element, Value};

/// Breaks up what may not stay in brackets. Afterwards what is marked as written in brackets fits where it stands, and
/// the remarks above the first element of an item stand above the item.
pub fn settle(all: &mut Collection<'_>, indent: usize) {
    for element in &mut all.elements {
        let is_key = element.key.is_some();
        let key = element.key.as_ref().map_or(0, |key| scalar::key(key).chars().count());
        let is_below = element.head.is_some() || !element.inner.is_empty();
        let column = if is_key && !is_below { indent + key + 2 } else { indent + 2 };
        let Value::Collection(inner) = &mut element.value else { continue };
        if inner.is_flow && line(inner, WIDTH.saturating_sub(column)).is_some() {
            continue;
        }
        if inner.is_flow {
            inner.is_flow = false;
            // The remark behind the last bracket goes to the line of the key, or above the dash.
            match element.trail.take() {
                Some(trail) if is_key && element.head.is_none() => element.head = Some(trail),
                Some(trail) if is_key => inner.end.push(trail),
                Some(trail) => put_above(vec![trail], &mut element.lead, &mut element.gap),
                None => {}
            }
        }
        settle(inner, indent + 2);
        if let Some(first) = inner.elements.first_mut() {
            if is_key {
                first.lead.splice(0..0, element.inner.drain(..));
            } else {
                put_above(std::mem::take(&mut first.lead), &mut element.lead, &mut element.gap);
            }
        }
    }
}

/// Adds remarks to those above an element; a blank line that stood above the element stands above all of them.
fn put_above<'a>(mut comments: Vec<Comment<'a>>, lead: &mut Vec<Comment<'a>>, gap: &mut bool) {
    if lead.is_empty()
        && let Some(first) = comments.first_mut()
    {
        first.gap = std::mem::take(gap);
    }
    lead.append(&mut comments);
}

/// What is written in brackets as one line of at most `width` characters; nothing when it cannot be.
///
/// Where there is nothing in the brackets, width is no matter.
pub fn line(all: &Collection<'_>, width: usize) -> Option<String> {
    let mut text = String::new();
    let mut left = if all.elements.is_empty() { 2 } else { width };
    write(all, &mut left, &mut text)?;
    Some(text)
}

fn write(all: &Collection<'_>, left: &mut usize, text: &mut String) -> Option<()> {
    if !all.end.is_empty() {
        return None;
    }
    put(if all.is_list { "[" } else { "{" }, left, text)?;
    for (at, element) in all.elements.iter().enumerate() {
        if at > 0 {
            put(", ", left, text)?;
        }
        if has_remarks(element) {
            return None;
        }
        if let Some(key) = &element.key {
            put(&scalar::key(key), left, text)?;
            if element.value != Value::Nothing {
                put(": ", left, text)?;
            }
        }
        match &element.value {
            Value::Nothing => {}
            Value::Scalar(value) => put(&scalar::one_line(value)?, left, text)?,
            Value::Collection(inner) => write(inner, left, text)?,
        }
    }
    put(if all.is_list { "]" } else { "}" }, left, text)
}

fn put(piece: &str, left: &mut usize, text: &mut String) -> Option<()> {
    // Bytes are no fewer than characters: a text of a megabyte is not counted to its end.
    let length = if piece.len() > 4 * WIDTH { piece.len() } else { piece.chars().count() };
    *left = left.checked_sub(length)?;
    text.push_str(piece);
    Some(())
}

fn has_remarks(element: &Element<'_>) -> bool {
    !element.lead.is_empty() || element.head.is_some() || !element.inner.is_empty() || element.trail.is_some()
}
