//! From a text to the words of an amount, each with what is wrong with it.

use super::Qualifier;
use super::grammar::Need;
use super::number;
use super::vocabulary::{
    NAMES, NEAR_QUALIFIERS, NEAR_SUFFIXES, NUMBERS, QUALIFIERS, SIGNS, SUFFIX_WORDS, SUFFIXES, SYMBOLS,
};
use crate::source_text::Span;

/// A word of an amount and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
    /// Why it may not stand there as it is written.
    pub(super) fault: Option<Fault>,
}

/// What a word is, or would be if it were written well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Qualifier(Qualifier),
    Currency,
    /// The digits, without groups.
    Number(String),
    /// The power of ten.
    Suffix(u32),
    Between,
    And,
    To,
    Other,
}

/// What is wrong with a word, and what to write for it.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    /// A fragment that follows the word.
    pub(super) reason: &'static str,
    /// Replacements, each with the case it is for.
    pub(super) cures: Vec<(String, String)>,
}

impl Fault {
    pub(super) fn cured(reason: &'static str, cure: Option<String>) -> Self {
        Self { reason, cures: cure.into_iter().map(|cure| (cure, String::new())).collect() }
    }
}

/// The words of `text`, with byte offsets from its start.
pub(super) fn tokens(text: &str, need: Need<'_>) -> Vec<Token> {
    let mut lexer = Lexer { text, need, at: 0, tokens: Vec::new() };
    while lexer.step() {}
    separate(text, &mut lexer.tokens);
    lexer.tokens
}

/// Currencies stand apart from their numbers.
fn separate(text: &str, tokens: &mut [Token]) {
    let glued: Vec<bool> = tokens
        .windows(2)
        .map(|pair| match pair {
            [one, two] => {
                let touches = one.span.end == two.span.start;
                touches && (one.kind == Kind::Currency || two.kind == Kind::Currency)
            }
            _ => false,
        })
        .collect();
    for (index, token) in tokens.iter_mut().enumerate() {
        let before = index.checked_sub(1).and_then(|before| glued.get(before)).is_some_and(|glued| *glued);
        let after = glued.get(index).is_some_and(|glued| *glued);
        if (before || after) && token.kind == Kind::Currency && token.fault.is_none() {
            let code = text.get(token.span.start..token.span.end).unwrap_or_default();
            token.fault = Some(Fault::cured("needs a space between it and the number", Some(code.to_owned())));
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    need: Need<'a>,
    at: usize,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    /// Reads one word; false at the end.
    fn step(&mut self) -> bool {
        let rest = self.rest();
        let blank = rest.len() - rest.trim_start().len();
        self.at += blank;
        let Some(first) = self.rest().chars().next() else { return false };
        if self.ticker() || self.symbol() {
            return true;
        }
        let is_digit = |c: char| c.is_ascii_digit() || number::digit(c).is_some();
        let second = self.rest().chars().nth(1).unwrap_or(' ');
        if is_digit(first) || (first == '.' && is_digit(second)) {
            self.number();
        } else if matches!(first, '-' | '–' | '—' | '−' | '‐' | '‑' | '‒') {
            self.dash(first);
        } else if first == '+' {
            self.faulty(first.len_utf8(), Kind::Other, "is no qualifier", "at least");
        } else if let Some((sign, cure)) = SIGNS.iter().find(|(sign, _)| self.rest().starts_with(sign)) {
            self.faulty(sign.len(), Kind::Qualifier(Qualifier::About), "is no qualifier", cure);
        } else if first.is_alphabetic() {
            self.word();
        } else {
            self.push(first.len_utf8(), Kind::Other, Some(Fault::cured("has no place in it", None)));
        }
        true
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, length: usize, kind: Kind, fault: Option<Fault>) {
        let end = (self.at + length.max(1)).min(self.text.len());
        self.tokens.push(Token { kind, span: Span::new(self.at, end), fault });
        self.at = end;
    }

    fn faulty(&mut self, length: usize, kind: Kind, reason: &'static str, cure: &str) {
        self.push(length, kind, Some(Fault::cured(reason, Some(cure.to_owned()))));
    }

    /// A whole word that is a known code, whatever it is made of.
    fn ticker(&mut self) -> bool {
        let starts =
            self.at == 0 || self.text.get(..self.at).is_some_and(|before| before.ends_with(char::is_whitespace));
        let length = self.rest().find(char::is_whitespace).unwrap_or(self.rest().len());
        let known = starts && self.rest().get(..length).is_some_and(|word| self.need.is_code(word));
        if known {
            self.push(length, Kind::Currency, None);
        }
        known
    }

    fn symbol(&mut self) -> bool {
        let Some((symbol, codes)) = SYMBOLS.iter().find(|(symbol, _)| self.rest().starts_with(symbol)) else {
            return false;
        };
        let case = |code: &&str| if codes.len() == 1 { String::new() } else { format!("when `{code}` is meant") };
        let cures = codes.iter().map(|code| ((*code).to_owned(), case(code))).collect();
        self.push(symbol.len(), Kind::Currency, Some(Fault { reason: "is no currency code", cures }));
        true
    }

    fn number(&mut self) {
        let rest = self.rest();
        let is_digit = |c: char| c.is_ascii_digit() || number::digit(c).is_some();
        let mut length = 0;
        while let Some(c) = rest.get(length..).and_then(|tail| tail.chars().next()) {
            let tail = rest.get(length + c.len_utf8()..).unwrap_or_default();
            let more = tail.starts_with(is_digit);
            // A space belongs to the number when exactly three digits follow, as in `1 234 567`.
            let three = tail.chars().take_while(|c| is_digit(*c)).count() == 3;
            let last = tail.chars().next().is_none_or(char::is_whitespace);
            let belongs = match c {
                ',' | '.' | '\'' | '’' | '_' => more || ((c == '.' || c == ',') && last),
                ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => three,
                _ => is_digit(c),
            };
            if !belongs {
                break;
            }
            length += c.len_utf8();
        }
        let digits = rest.get(..length).unwrap_or_default().to_owned();
        let tail = rest.get(length..).unwrap_or_default();
        if let Some(power) = tail.strip_prefix(['e', 'E']) {
            let sign = usize::from(power.starts_with(['+', '-']));
            let digits_after = power.get(sign..).unwrap_or_default();
            let count = digits_after.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits_after.len());
            if count > 0 {
                let cure = power.get(..sign + count).and_then(|power| number::exponential(&digits, power));
                let fault = Fault::cured("has an exponent", cure);
                self.push(length + 1 + sign + count, Kind::Number(String::new()), Some(fault));
                return;
            }
        }
        match number::plain(&digits) {
            Ok(plain) => self.push(length, Kind::Number(plain), None),
            Err(fault) => self.push(length, Kind::Number(String::new()), Some(fault)),
        }
    }

    fn dash(&mut self, dash: char) {
        let follows = self.tokens.iter().any(|token| matches!(token.kind, Kind::Number(_)));
        match (follows, dash) {
            (true, '–') => self.push(dash.len_utf8(), Kind::To, None),
            (true, _) => self.faulty(dash.len_utf8(), Kind::To, "does not stand for `to`", "to"),
            (false, _) => self.faulty(dash.len_utf8(), Kind::Other, "makes it negative, which it cannot be", ""),
        }
    }

    fn word(&mut self) {
        if let Some((length, qualifier)) = self.phrase(QUALIFIERS) {
            return self.push(length, Kind::Qualifier(qualifier), None);
        }
        let follows_number = matches!(self.tokens.last(), Some(Token { kind: Kind::Number(_), .. }));
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default().to_owned();
        let lower = word.to_lowercase();
        if follows_number && self.suffix(&word, &lower) {
            return;
        }
        match lower.as_str() {
            "to" => return self.push(length, Kind::To, None),
            "between" => return self.push(length, Kind::Between, None),
            "and" => return self.push(length, Kind::And, None),
            "from" => return self.faulty(length, Kind::Other, "has no place in it", ""),
            _ => {}
        }
        if let Some((length, cure)) = self.phrase(NEAR_QUALIFIERS) {
            return self.faulty(length, Kind::Qualifier(Qualifier::About), "is no qualifier", cure);
        }
        if let Some((length, code)) = self.phrase(NAMES) {
            return self.faulty(length, Kind::Currency, "is no currency code", code);
        }
        if lower == "a" || lower == "an" {
            return self.faulty(length, Kind::Number(String::new()), "is not in digits", "1");
        }
        if let Some(value) = NUMBERS.iter().position(|name| *name == lower) {
            return self.faulty(length, Kind::Number(String::new()), "is not in digits", &value.to_string());
        }
        let upper = word.to_uppercase();
        if self.need.is_code(&word) {
            self.push(length, Kind::Currency, None);
        } else if self.need.is_code(&upper) {
            self.faulty(length, Kind::Currency, "is not in capital letters", &upper);
        } else {
            let fault = Fault::cured(self.need.stranger(&word), None);
            self.push(length, Kind::Other, Some(fault));
        }
    }

    fn suffix(&mut self, word: &str, lower: &str) -> bool {
        let exact = SUFFIXES.iter().find(|(name, _)| *name == word);
        if let Some((_, power)) = exact.or_else(|| SUFFIX_WORDS.iter().find(|(name, _)| *name == lower)) {
            self.push(word.len(), Kind::Suffix(*power), None);
            return true;
        }
        if let Some((_, cure)) = NEAR_SUFFIXES.iter().find(|(name, _)| *name == lower) {
            self.faulty(word.len(), Kind::Suffix(0), "is no suffix", cure);
            return true;
        }
        // `50MUSD`: the suffix first, the code by itself.
        let split =
            SUFFIXES.iter().find(|(name, _)| word.strip_prefix(name).is_some_and(|code| self.need.is_code(code)));
        if let Some((name, power)) = split {
            self.push(name.len(), Kind::Suffix(*power), None);
        }
        split.is_some()
    }

    /// The first of the `phrases` that stands here as whole words, in any case, with its length in the text.
    fn phrase<T: Copy>(&self, phrases: &[(&str, T)]) -> Option<(usize, T)> {
        phrases.iter().find_map(|(phrase, value)| Some((phrase_length(self.rest(), phrase)?, *value)))
    }
}

/// How many bytes `phrase` takes at the start of `text`, any white space standing for its spaces.
fn phrase_length(text: &str, phrase: &str) -> Option<usize> {
    let mut at = 0;
    for word in phrase.split(' ') {
        let rest = text.get(at..)?;
        let blank = if at == 0 { 0 } else { rest.len() - rest.trim_start().len() };
        let found = rest.get(blank..blank + word.len())?;
        if !found.eq_ignore_ascii_case(word) || (at > 0 && blank == 0) {
            return None;
        }
        at += blank + word.len();
    }
    let ends = text.get(at..)?.chars().next().is_none_or(|next| !next.is_alphanumeric() || phrase.ends_with('.'));
    ends.then_some(at)
}
