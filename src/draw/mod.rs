//! Numbers to pictures: SVG as text, drawn when the site is built.
//!
//! In: days, numbers, words and addresses, ready to show. Out: SVG that may stand in a page as it is: everything in it
//! is escaped, and all its colours are class names of the style sheet.
//! Must never be here: a record, a template, a language; a `style` attribute (the policy of our pages forbids it).
//!
//! Every picture has its words beside it: a reader who sees none of it misses nothing.

pub mod axis;
pub mod bounds;
pub mod boxes;
pub mod close;
pub mod density;
pub mod svg;
pub mod text;
pub mod time;
pub mod value;
pub mod wide;
