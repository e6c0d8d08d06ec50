//! annals: incident timelines in which every figure has a source.

// -- ground: knows nothing of incidents
pub mod diagnostic;
pub mod source_text;
// -- the line
pub mod config;
pub mod discover;
pub mod model;
pub mod output;
pub mod page;
pub mod parse;
pub mod phrase;
pub mod prose;
pub mod resolve;
pub mod validate;
