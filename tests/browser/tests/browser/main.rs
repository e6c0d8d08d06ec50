//! The built site in real Chromium. How to run: CONTRIBUTING.md.

mod disk;
mod keyboard;
mod markup;
mod net;
mod noscript;
mod pages;
mod paper;
mod weight;
