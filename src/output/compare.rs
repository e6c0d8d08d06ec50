//! What differs between two outputs.

use std::cmp::Ordering;

use super::map::Map;
use super::path::OutPath;

/// The paths whose files differ between two outputs, each list in the order of the paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Only in the new one.
    pub added: Vec<OutPath>,
    /// In both, with other bytes.
    pub changed: Vec<OutPath>,
    /// Only in the old one.
    pub removed: Vec<OutPath>,
}

impl Changes {
    /// Whether the outputs are the same, byte for byte.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// What differs from `old` to `new`: paths and bytes count, stages and origins do not.
///
/// One walk along both; bytes that both share by reference are not looked at.
pub fn compare(old: &Map, new: &Map) -> Changes {
    let mut changes = Changes::default();
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return changes,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((before, _)), Some((after, _))) => before.cmp(after),
        };
        let before = if order.is_le() { old.next() } else { None };
        let after = if order.is_ge() { new.next() } else { None };
        match (before, after) {
            (Some((path, before)), Some((_, after))) if !before.same_bytes(after) => changes.changed.push(path.clone()),
            (Some((path, _)), None) => changes.removed.push(path.clone()),
            (None, Some((path, _))) => changes.added.push(path.clone()),
            _ => {}
        }
    }
}
