//! annals: incident timelines in which every figure has a source.

// -- ground: knows nothing of incidents
pub mod diagnostic;
pub mod source_text;
// -- the line
