//! The built site in real Chromium. How to run: CONTRIBUTING.md.

mod markup;
mod net;
mod pages;
