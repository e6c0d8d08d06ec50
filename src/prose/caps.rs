//! How large and how deeply nested a body may be, judged before the Markdown parser sees it.

use super::Problem;
use crate::diagnostic::Code;
use crate::source_text::Span;

/// What a body may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// The length in bytes of the longest body that is rendered.
    pub bytes: usize,
    /// How many elements may stand within one another, blocks and inline ones together; a list
    /// counts twice, as list and as item.
    pub depth: usize,
}

impl Default for Limits {
    /// 256 KB, and a nesting of 64.
    fn default() -> Self {
        Self { bytes: 262_144, depth: 64 }
    }
}

/// Refuses what is too large, and what would make the parser work more than linearly.
///
/// For each line the parser walks all the containers that are open, so that a line of 50,000 list
/// markers followed by 50,000 blank lines would keep it busy for seconds. Here a bound of that work is
/// added up without parsing. It is generous: whoever passes has at most `limits.depth` steps for
/// each byte, and the true nesting is measured afterwards on what was parsed.
pub(super) fn admit(body: &str, limits: Limits) -> Result<(), Problem> {
    if body.len() > limits.bytes {
        let start = (0..=limits.bytes).rev().find(|at| body.is_char_boundary(*at)).unwrap_or(0);
        let first = body.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        return Err(Problem::new(
            Code::TooLarge,
            Span::new(start, start + first),
            format!("the text is {} bytes long, more than {}", body.len(), limits.bytes),
            "shorten it, or raise `limits.body` in `site.yaml`",
        ));
    }
    let budget = body.len().saturating_mul(limits.depth.max(8));
    let mut deepest = (0, Span::default());
    let mut work = 0_usize;
    let mut start = 0;
    for line in body.split_inclusive(['\n', '\r']) {
        let bound = containers(line);
        if bound > deepest.0 {
            deepest = (bound, Span::new(start, start + line.trim_end().len()));
        }
        work = work.saturating_add(deepest.0);
        if deepest.0 > limits.depth && work > budget {
            return Err(too_deep(limits.depth, deepest.1));
        }
        start += line.len();
    }
    Ok(())
}

/// The problem of a body that is nested deeper than `depth` at `span`.
pub(super) fn too_deep(depth: usize, span: Span) -> Problem {
    Problem::new(
        Code::TooDeep,
        span,
        format!("the text is nested deeper than {depth} levels"),
        "nest quotations, lists and emphasis less deeply, or raise `limits.depth` in `site.yaml`",
    )
}

/// At least as many containers as can be open on `line`: each takes a marker on it, or two columns
/// of white space before its text.
fn containers(line: &str) -> usize {
    let mut columns = 0;
    let mut markers = 0;
    let mut rest = line;
    while let Some(byte) = rest.bytes().next() {
        let mut width = 1;
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4,
            b'>' | b'-' | b'+' | b'*' | b'.' | b')' => markers += 1,
            b'0'..=b'9' => {}
            b'[' if rest.starts_with("[^") => match rest.find("]:") {
                Some(end) => {
                    markers += 1;
                    width = end + 2;
                }
                None => break,
            },
            _ => break,
        }
        rest = rest.get(width..).unwrap_or_default();
    }
    markers + columns / 2
}
