//! From a text that is no amount to what its author should write.

use super::super::decimal::{DECIMAL_DIGITS, Decimal, INTEGER_DIGITS};
use super::UNKNOWN;
use super::grammar::{Mistake, Need, Refusal, strict};
use super::number::grouped;
use super::token::{Kind, Token, tokens};
use super::vocabulary::{SUFFIX_WORDS, UNKNOWNS};

/// A text to write instead, and the case it is for.
type Choice = (String, String);

/// The help for a text that was refused, when one can be given that parses.
pub(super) fn help(written: &str, need: Need<'_>, refusal: &Refusal) -> Option<String> {
    if UNKNOWNS.contains(&written.to_lowercase().as_str()) {
        return Some(format!("write `{UNKNOWN}`"));
    }
    let choices = cured(written, need, refusal, 3);
    if choices.is_empty() {
        return special(written, need, refusal);
    }
    let one = |(text, case): &Choice| if case.is_empty() { format!("`{text}`") } else { format!("`{text}` {case}") };
    let all: Vec<String> = choices.iter().map(one).collect();
    let help = format!("write {}", all.join(", or "));
    if refusal.kind == Mistake::NoCurrency {
        return Some(format!("name the currency, for example {}", all.join(" or ")));
    }
    Some(help)
}

/// What can be said when there is nothing to copy.
fn special(written: &str, need: Need<'_>, refusal: &Refusal) -> Option<String> {
    let part = written.get(refusal.part.start..refusal.part.end)?;
    if refusal.reason.ends_with("after the decimal point") {
        return Some(format!(
            "keep to {INTEGER_DIGITS} digits before and {DECIMAL_DIGITS} after the decimal point; nothing is rounded"
        ));
    }
    let stranger = refusal.reason.ends_with("of site.yaml");
    (stranger && matches!(need, Need::Currency(_)))
        .then(|| format!("declare `{part}` under `currencies` in site.yaml, or write a code of ISO 4217 such as `USD`"))
}

/// The texts that mend the mistake and whatever else there is, at most `depth` mistakes deep.
fn cured(written: &str, need: Need<'_>, refusal: &Refusal, depth: usize) -> Vec<Choice> {
    let mut good: Vec<Choice> = Vec::new();
    for (text, case) in candidates(written, need, refusal.kind) {
        match strict(&text, need) {
            Ok(_) => good.push((text, case)),
            Err(next) if depth > 0 && text != written => {
                let more = cured(&text, need, &next, depth - 1);
                let join = |inner: String| if case.is_empty() { inner } else { case.clone() };
                good.extend(more.into_iter().map(|(text, inner)| (text, join(inner))));
            }
            Err(_) => {}
        }
    }
    let mut seen = Vec::new();
    good.retain(|(text, _)| {
        let is_new = !seen.contains(text);
        seen.push(text.clone());
        is_new
    });
    good.truncate(3);
    if let [(_, case)] = good.as_mut_slice() {
        // A case tells choices apart; there is nothing to tell.
        case.clear();
    }
    good
}

/// A word of the text to be written, and whether it touches the one before it.
struct Piece {
    text: String,
    kind: Kind,
}

fn candidates(written: &str, need: Need<'_>, mistake: Mistake) -> Vec<Choice> {
    let tokens = tokens(written, need);
    let pieces = |choose: usize| -> Vec<Piece> {
        tokens
            .iter()
            .map(|token| Piece { text: replacement(written, token, choose), kind: token.kind.clone() })
            .collect()
    };
    let plain = || pieces(0);
    match mistake {
        Mistake::Word => words(&tokens, pieces),
        Mistake::Qualifiers => qualifiers(&plain()),
        Mistake::NoCurrency => no_currency(plain()),
        Mistake::ExtraCurrency => extra_currency(plain(), need),
        Mistake::RangeWords => range_words(plain()),
        Mistake::Reversed => reversed(plain()),
        Mistake::Other => Vec::new(),
    }
}

fn replacement(written: &str, token: &Token, choose: usize) -> String {
    let own = || written.get(token.span.start..token.span.end).unwrap_or_default().to_owned();
    match &token.fault {
        None => own(),
        Some(fault) => {
            fault.cures.get(choose).or_else(|| fault.cures.first()).map_or_else(own, |(cure, _)| cure.clone())
        }
    }
}

/// Every badly written word replaced, in as many ways as the most ambiguous of them has.
fn words(tokens: &[Token], pieces: impl Fn(usize) -> Vec<Piece>) -> Vec<Choice> {
    let faults = || tokens.iter().filter_map(|token| token.fault.as_ref());
    if faults().any(|fault| fault.cures.is_empty()) {
        return Vec::new();
    }
    let ambiguous = faults().max_by_key(|fault| fault.cures.len());
    let cases = ambiguous.map(|fault| fault.cures.as_slice()).unwrap_or_default();
    cases.iter().enumerate().map(|(choose, (_, case))| (spell(&pieces(choose)), case.clone())).collect()
}

/// The qualifiers first, one at a time, and none before a range.
fn qualifiers(pieces: &[Piece]) -> Vec<Choice> {
    let is_qualifier = |piece: &&Piece| matches!(piece.kind, Kind::Qualifier(_));
    let rest: Vec<&Piece> = pieces.iter().filter(|piece| !is_qualifier(piece)).collect();
    let rest = spell_all(rest.into_iter());
    if pieces.iter().any(|piece| matches!(piece.kind, Kind::Between | Kind::To)) {
        return vec![(rest, String::new())];
    }
    pieces.iter().filter(is_qualifier).map(|piece| (format!("{} {rest}", piece.text), String::new())).collect()
}

fn no_currency(mut pieces: Vec<Piece>) -> Vec<Choice> {
    let Some(at) = pieces.iter().position(|piece| matches!(piece.kind, Kind::Number(_))) else { return Vec::new() };
    pieces.insert(at, Piece { text: "USD".to_owned(), kind: Kind::Currency });
    vec![(spell(&pieces), String::new())]
}

fn extra_currency(mut pieces: Vec<Piece>, need: Need<'_>) -> Vec<Choice> {
    let mut kept = matches!(need, Need::Bare);
    pieces.retain(|piece| piece.kind != Kind::Currency || !std::mem::replace(&mut kept, true));
    vec![(spell(&pieces), String::new())]
}

fn range_words(mut pieces: Vec<Piece>) -> Vec<Choice> {
    let between = pieces.iter().any(|piece| piece.kind == Kind::Between);
    for piece in &mut pieces {
        if matches!(piece.kind, Kind::To | Kind::And) {
            (if between { "and" } else { "to" }).clone_into(&mut piece.text);
        }
    }
    vec![(spell(&pieces), String::new())]
}

/// The suffix put where it was meant, or the ends exchanged.
fn reversed(mut pieces: Vec<Piece>) -> Vec<Choice> {
    let numbers: Vec<usize> = pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| matches!(piece.kind, Kind::Number(_)))
        .map(|(at, _)| at)
        .collect();
    let [first, second] = *numbers.as_slice() else { return Vec::new() };
    let suffix = |pieces: &[Piece], at: usize| match pieces.get(at + 1) {
        Some(Piece { kind: Kind::Suffix(power), .. }) => Some(*power),
        _ => None,
    };
    match (suffix(&pieces, first), suffix(&pieces, second)) {
        // `40M to 60`: the suffix serves both.
        (Some(_), None) => {
            let text = pieces.get(first + 1).map(|piece| piece.text.clone()).unwrap_or_default();
            pieces.insert(second + 1, Piece { text, kind: Kind::Suffix(0) });
        }
        // `500,000 to 2M`: the suffix was meant for the last alone, which is written out.
        (None, Some(power)) => {
            let number = pieces.get(second).and_then(|piece| match &piece.kind {
                Kind::Number(digits) => Decimal::parse_shifted(digits, power),
                _ => None,
            });
            let Some(number) = number else { return Vec::new() };
            pieces.remove(second + 1);
            set(&mut pieces, second, grouped(number));
        }
        // The ends are only exchanged.
        (low, high) => {
            let (one, two) = (text_at(&pieces, first), text_at(&pieces, second));
            set(&mut pieces, first, two);
            set(&mut pieces, second, one);
            if low.is_some() && high.is_some() {
                let (one, two) = (text_at(&pieces, first + 1), text_at(&pieces, second + 1));
                set(&mut pieces, first + 1, two);
                set(&mut pieces, second + 1, one);
            }
        }
    }
    vec![(spell(&pieces), String::new())]
}

fn text_at(pieces: &[Piece], at: usize) -> String {
    pieces.get(at).map(|piece| piece.text.clone()).unwrap_or_default()
}

fn set(pieces: &mut [Piece], at: usize, text: String) {
    if let Some(piece) = pieces.get_mut(at) {
        piece.text = text;
    }
}

fn spell(pieces: &[Piece]) -> String {
    spell_all(pieces.iter())
}

fn spell_all<'a>(pieces: impl Iterator<Item = &'a Piece>) -> String {
    let mut spelled = String::new();
    for piece in pieces.filter(|piece| !piece.text.is_empty()) {
        if !spelled.is_empty() {
            spelled.push_str(glue(piece));
        }
        spelled.push_str(piece.text.trim());
    }
    spelled
}

/// What stands between a word and the one before it: letters for a suffix touch their number.
fn glue(piece: &Piece) -> &'static str {
    let text = piece.text.trim().to_lowercase();
    let is_word = SUFFIX_WORDS.iter().any(|(name, _)| *name == text);
    if matches!(piece.kind, Kind::Suffix(_)) && !is_word { "" } else { " " }
}
