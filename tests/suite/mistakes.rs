//! Many mistakes at once: each is told once, at its place, with its cure.
