//! `annals check --explain CODE`: the same file that a test holds to what the program does.

use super::{FINE, Failure, Screen};
use crate::diagnostic::{Code, list, nearest::nearest};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "tests/diagnostics"]
#[include = "*.md"]
struct Explanations;

pub(super) fn run(name: &str, screen: &Screen) -> Result<u8, Failure> {
    let Some(code) = Code::named(name) else {
        let names = Code::ALL.iter().map(|code| code.name());
        let failure = Failure::new(format_args!("there is no code `{name}`"));
        return Err(match nearest(name, names.clone()) {
            Some(guess) => failure.help(format_args!("did you mean `{guess}`?")),
            None => failure.help(format_args!("the codes are {}", list(names))),
        });
    };
    let text = explanation(code)
        .ok_or_else(|| Failure::new(format_args!("the explanation of `{name}` is missing from this build")))?;
    screen.print(&text);
    Ok(FINE)
}

/// The explanation of a code, as Markdown.
pub(super) fn explanation(code: Code) -> Option<String> {
    let file = Explanations::get(&format!("{}.md", code.name()))?;
    Some(String::from_utf8_lossy(&file.data).into_owned())
}
