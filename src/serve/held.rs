//! An edition in many hands.

use crate::pipeline::Edition;
use std::ops::Deref;
use std::sync::Arc;
use std::thread;

/// A share in an edition. Cloning is cheap, and so is letting go of the last one: what an edition of many records holds
/// is freed on a thread of its own, so that no answer waits for it.
#[derive(Clone, Debug)]
pub struct Held(Arc<Last>);

#[derive(Debug)]
struct Last(Option<Edition>);

impl Held {
    /// Takes the edition in.
    pub fn new(edition: Edition) -> Self {
        Self(Arc::new(Last(Some(edition))))
    }

    /// Whether both are shares in one edition.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Held {
    type Target = Edition;

    #[expect(clippy::expect_used, reason = "it is taken out by `drop`, after which nobody can look")]
    fn deref(&self) -> &Edition {
        self.0.0.as_ref().expect("an edition is there until it is dropped")
    }
}

impl Drop for Last {
    fn drop(&mut self) {
        let edition = self.0.take();
        // Where the system has no thread to give, the closure is dropped here, and the edition with it.
        let _ = thread::Builder::new().name("let go".to_owned()).spawn(move || drop(edition));
    }
}
