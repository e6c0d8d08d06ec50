//! annals: incident timelines in which every figure has a source.

// -- ground: knows nothing of incidents
pub mod diagnostic;
pub mod source_text;
// -- the line, in the order in which the data flows
pub mod config;
pub mod discover;
pub mod parse;
pub mod model;
pub mod resolve;
pub mod validate;
pub mod prose;
pub mod phrase;
pub mod page;
pub mod render;
pub mod output;
// -- composition
pub mod pipeline;
// -- commands
pub mod scaffold;
pub mod cli;
