//! The site on a server of this machine, for those who write it.
//!
//! In: a folder, an address. Out: the site at that address, as it stands after each save; what is wrong with it, laid
//! over the last good state.
//! Must never be here: a decision about what is stale (that is `pipeline`'s), a change of any file, printing.

mod watch;

pub use watch::{Watch, WatchError, Way};
