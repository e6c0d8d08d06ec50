//! annals: incident timelines in which every figure has a source.
//!
//! This page is the architecture. The code reads in the order in which the data flows:
//!
//! ```text
//!  disk ─▶ discover ─▶ parse ─▶ resolve ─▶ validate
//!          Inputs      Record    Site        Diagnostic
//!                                  │
//!     prose, phrase, draw, totals, │ cite      (bodies, words, pictures, sums, references)
//!                                  │
//!                    ┌─────────────┼──────────────┐
//!                    ▼             ▼              ▼
//!                  search        page ─▶ render  cards
//!                  Data          View    bytes   Drawn
//!                    └─────────────┼──────────────┘
//!                                  ▼
//!                                output ─▶ disk
//!                                Map
//! ```
//!
//! [`pipeline`] is the only place where that order is written down; [`cli`] is the only place that prints. The preview,
//! `serve`, walks the same line after each save, from the folder that [`discover`] holds in memory to an
//! [`pipeline::Edition`] that is asked for its pages. `diff` holds two editions side by side.
//!
//! # Convictions
//!
//! - **Disk is touched at the start and at the end.** Everything between is pure functions over values in memory.
//! - **Records are immutable.** What is derived lives beside them ([`resolve::Site`]), never in them; no field is ever "not yet".
//! - **A page's view is its whole world.** A template sees its view, the site's globals and nothing else; it cannot look
//!   anything up. A view is made when its page is rendered and dropped after it.
//! - **The output is a value**: a map from paths to bytes that is written and compared, or an edition that makes a page when
//!   it is asked for it, and gives the same whenever it is.
//! - **What comes out the same is not made again**, and nobody says which edit touches what. Costly stages are functions of
//!   values; where the values are the same, what came of them is taken over. What a view has read is noted by the lists that
//!   it reads from ([`noted`]). A test over random edits holds an edition made so to one made from nothing.
//! - **Problems are data.** A stage never fails: it returns a value and its problems. A problem points at a *key*
//!   (`claims[2].in`); bytes, lines and columns are looked up for those files alone that have one
//!   ([`parse::spans`]), so that a file that reads well is read once.
//! - **A broken record still takes part.** What could not be read is marked ([`model::Unread`]), and no rule concludes
//!   anything from its absence: one mistake is one problem.
//! - **One heavy dependency, one room**: `serde_yaml`, `granit-parser` and `schemars` in [`parse`], `tera` in [`render`],
//!   `pulldown-cmark` in [`prose`], `edtf-core` in [`model`], `annotate-snippets` in [`diagnostic`], `resvg` in [`cards`],
//!   `unicode-normalization` in [`search`], `imara-diff` in [`diff`], `clap` in [`cli`]; `axum`, `hyper`, `tokio` and `notify` in `serve`.
//! - **One table row adds one thing**: a kind of page ([`page::KINDS`]), a rule (`validate::RULES`), a code
//!   ([`diagnostic::Code`]), a language ([`phrase`]), a currency.
//!
//! The import table of the rooms is held by the test named `tidy`.
//!
//! # Why not …?
//!
//! - **… a workspace of phase crates?** Crates do not give layers; rules do. The rule is one test, `tidy`.
//! - **… one mutable `Site` that fills up as it passes?** Then every field may be "not yet" and the order of stages leaks
//!   into templates. It is the disease of the generators that we learned from.
//! - **… spans in the model?** They would make every record differ at every edit above it, and most are never looked at.
//! - **… templates for JSON, CSV, feeds?** A format is a contract; it belongs into structs that one can read in one file.
//! - **… `Serialize` on the model?** It silently makes a contract of every field. Views and exports own their shapes.
//! - **… views that derive `Hash` for remembering what was rendered?** Their serialised form is hashed where that is
//!   wanted: one source of truth for what a template can see.
//! - **… an incremental dependency graph?** Written down, it is wrong some day, and a page is stale. Only to make all views
//!   and compare them would be simplest, and was planned; at 10,000 records it takes more than two seconds (a change of
//!   `limits` in the settings does just that), and a save may take a tenth of one. So a page's view notes what it reads while
//!   it is made. That is the graph, drawn by what happens.
//! - **… a query engine for that?** The stages up to the pages take a sixth of a second at 10,000 records when a record
//!   differs, and none when only a text does. Lists that note who reads them are all that was missing.
//! - **… floating point for amounts?** 0.1 + 0.2. Pictures are drawn with it, rounded to a tenth of a pixel.
//! - **… a JavaScript library for the axis, the filters, the search?** Pictures are drawn when the site is built, so that
//!   paper and readers without scripts have them; what is left for scripts is small enough to be read.
//! - **… JSON for what a browser searches?** A page on a disk may not fetch it. A script may be loaded from anywhere, and
//!   hands its data over by a call.
//! - **… a cache folder for social cards?** The last build's output holds them, each sealed over its own bytes.

// -- ground: knows nothing of incidents
pub mod diagnostic;
pub mod noted;
pub mod source_text;
// -- the line, in the order in which the data flows
pub mod config;
pub mod discover;
pub mod parse;
pub mod model;
pub mod resolve;
pub mod totals;
pub mod validate;
pub mod prose;
pub mod phrase;
pub mod draw;
pub mod cite;
pub mod page;
pub mod render;
pub mod search;
pub mod cards;
pub mod output;
// -- composition
pub mod pipeline;
// -- commands
pub mod diff;
pub mod format;
pub mod scaffold;
#[cfg(feature = "serve")]
pub mod serve;
pub mod cli;
