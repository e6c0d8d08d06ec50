//! The built site in real Chromium. How to run: CONTRIBUTING.md.

mod controls;

mod filters;
mod keyboard;
mod markup;
mod net;
mod noscript;
mod pages;
mod paper;
mod places;
mod preview;
mod search;
mod weight;
