//! Whether two trees say the same.

use crate::parse::concrete::{Collection, Comment, Element, Value};

/// Whether `a` and `b` hold the same keys and texts in the same order, however they are written.
pub fn is_same(a: &Collection<'_>, b: &Collection<'_>) -> bool {
    let key = |element: &Element<'_>| element.key.as_ref().map(|key| key.text.clone());
    a.is_list == b.is_list
        && a.elements.len() == b.elements.len()
        && a.elements.iter().zip(&b.elements).all(|(a, b)| {
            key(a) == key(b)
                && match (&a.value, &b.value) {
                    (Value::Nothing, Value::Nothing) => true,
                    (Value::Scalar(a), Value::Scalar(b)) => a.text == b.text,
                    (Value::Collection(a), Value::Collection(b)) => is_same(a, b),
                    _ => false,
                }
        })
}

/// All remarks of a tree, sorted.
pub fn comments<'a>(tree: &Collection<'a>) -> Vec<&'a str> {
    let mut out = Vec::new();
    collect(tree, &mut out);
    out.sort_unstable();
    out
}

fn collect<'a>(tree: &Collection<'a>, out: &mut Vec<&'a str>) {
    let mut add = |comments: &[Comment<'a>]| out.extend(comments.iter().map(|comment| comment.text));
    add(&tree.end);
    for element in &tree.elements {
        add(&element.lead);
        add(&element.inner);
        add(element.head.as_slice());
        add(element.trail.as_slice());
    }
    for element in &tree.elements {
        if let Value::Collection(inner) = &element.value {
            collect(inner, out);
        }
    }
}
