//! What the whole promises: the rooms together, and the program.
//!
//! What one room promises is tested in the room. Nothing here needs a network, a clock, or the order of the tests.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot go on says so by a panic"
)]

mod html;
mod program;
mod tree;

mod annotations;
mod cli;
mod contribute;
mod determinism;
mod diagnostics;
mod diff;
mod facts;
mod fmt;
mod hostile;
mod incremental;
mod init;
mod kills;
mod language;
mod links;
mod mistakes;
mod schemas;
#[cfg(feature = "serve")]
mod serve;
mod sites;
mod social;
mod tidy;
mod timeline;
#[cfg(unix)]
mod workflows;
