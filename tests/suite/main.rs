//! Tests of the whole: what goes in, what comes out.

mod diagnostics;
mod mistakes;
