//! The grammar of amounts and counts, to the letter.

use super::super::decimal::{DECIMAL_DIGITS, Decimal, INTEGER_DIGITS};
use super::super::grammar::{GrammarError, quote, trimmed};
use super::quantity::{Qualifier, Quantity};
use super::token::{Kind, Token, tokens};
use super::{Currencies, LONGEST, UNKNOWN, cure};
use crate::source_text::Span;

/// Whether a currency belongs to the value.
#[derive(Clone, Copy)]
pub(super) enum Need<'a> {
    /// One of these.
    Currency(&'a Currencies),
    /// None.
    Bare,
}

impl Need<'_> {
    /// Whether `word` is a currency. For a count every code of ISO 4217 is known, so that it can be refused by name.
    pub(super) fn is_code(self, word: &str) -> bool {
        match self {
            Self::Currency(known) => known.knows(word),
            Self::Bare => super::iso4217::contains(word),
        }
    }

    /// What to say of a word that nobody knows.
    pub(super) fn stranger(self, word: &str) -> &'static str {
        let like_a_code = word.len() >= 2 && word.chars().all(|c| c.is_ascii_uppercase());
        match self {
            Self::Currency(_) if like_a_code => "is neither in ISO 4217 nor among `currencies` of site.yaml",
            Self::Currency(_) | Self::Bare => "has no place in it",
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Currency(_) => "amount",
            Self::Bare => "count",
        }
    }

    /// The help when nothing better is known.
    fn shapes(self) -> &'static str {
        match self {
            Self::Currency(_) => "write for example `USD 50M`, `over USD 50M`, `USD 40M to 60M` or `unknown`",
            Self::Bare => "write for example `3`, `at least 3`, `40 to 60` or `unknown`",
        }
    }
}

/// Why the grammar was not followed.
pub(super) struct Refusal {
    /// A whole fragment.
    pub(super) reason: String,
    /// The bytes at fault of the text that was read.
    pub(super) part: Span,
    /// What the words would have to be for the cure.
    pub(super) kind: Mistake,
}

/// The kinds of mistakes that a cure can be made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    /// A word is not well written.
    Word,
    /// A qualifier stands behind the number, or beside another, or with a range.
    Qualifiers,
    /// No currency where one is needed.
    NoCurrency,
    /// A currency where none belongs, or twice.
    ExtraCurrency,
    /// The words of a range do not belong together.
    RangeWords,
    /// The upper end is below the lower.
    Reversed,
    /// Nothing that could be told.
    Other,
}

/// Reads a value and its currency.
pub(super) fn parse(text: &str, need: Need<'_>) -> Result<(Option<String>, Quantity), GrammarError> {
    let whole = trimmed(text);
    let written = text.trim();
    if written.len() > LONGEST {
        let message = format!("{} is too long for an amount: {} bytes", quote(written), written.len());
        return Err(GrammarError::new(message, format!("keep it to {LONGEST} bytes")).at(whole));
    }
    strict(written, need).map_err(|refusal| {
        let named = if written.is_empty() { "an empty text".to_owned() } else { quote(written) };
        let message = format!("{named} is no {}: {}", need.noun(), refusal.reason);
        let help = cure::help(written, need, &refusal).unwrap_or_else(|| need.shapes().to_owned());
        GrammarError::new(message, help).at(refusal.part.shifted(whole.start))
    })
}

/// Reads what follows the grammar, without working out a cure for what does not.
pub(super) fn strict(written: &str, need: Need<'_>) -> Result<(Option<String>, Quantity), Refusal> {
    if written == UNKNOWN {
        return Ok((None, Quantity::Unknown));
    }
    let tokens = tokens(written, need);
    let mut reader = Reader { text: written, tokens: &tokens, at: 0 };
    reader.words()?;
    let quantity = reader.quantity()?;
    let currency = reader.currency(need)?;
    Ok((currency, quantity))
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
}

/// A number as it was written, before a suffix that serves both ends of a range is known.
struct Written<'a> {
    digits: &'a str,
    suffix: Option<u32>,
    span: Span,
}

impl<'a> Reader<'a> {
    fn refuse<T>(&self, kind: Mistake, part: Option<Span>, reason: impl Into<String>) -> Result<T, Refusal> {
        let part = part.unwrap_or(Span::new(0, self.text.len()));
        Err(Refusal { reason: reason.into(), part, kind })
    }

    /// Every word is well written and in a place where such words stand.
    fn words(&self) -> Result<(), Refusal> {
        if self.tokens.is_empty() {
            return self.refuse(Mistake::Other, None, "it says nothing");
        }
        for token in self.tokens {
            if let Some(fault) = &token.fault {
                let reason = format!("{} {}", quote(self.slice(token.span)), fault.reason);
                return self.refuse(Mistake::Word, Some(token.span), reason);
            }
        }
        let mut qualifiers =
            self.tokens.iter().enumerate().filter(|(_, token)| matches!(token.kind, Kind::Qualifier(_)));
        let (first, second) = (qualifiers.next(), qualifiers.next());
        if let Some((_, token)) = second {
            return self.refuse(Mistake::Qualifiers, Some(token.span), "it has two qualifiers");
        }
        if let Some((_, token)) = first.filter(|(index, _)| *index > 0) {
            return self.refuse(Mistake::Qualifiers, Some(token.span), "the qualifier does not stand first");
        }
        let range = self.tokens.iter().find(|token| matches!(token.kind, Kind::Between | Kind::To));
        if let (Some(_), Some(token)) = (range, first.map(|(_, token)| token)) {
            return self.refuse(Mistake::Qualifiers, Some(token.span), "a range takes no qualifier");
        }
        Ok(())
    }

    fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    fn peek(&self) -> Option<&'a Kind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn take(&mut self, kind: &Kind) -> bool {
        let found = self.peek() == Some(kind);
        self.at += usize::from(found);
        found
    }

    fn here(&self) -> Option<Span> {
        self.tokens.get(self.at).map(|token| token.span)
    }

    fn quantity(&mut self) -> Result<Quantity, Refusal> {
        let qualifier = match self.peek() {
            Some(Kind::Qualifier(qualifier)) => Some(*qualifier),
            _ => None,
        };
        self.at += usize::from(qualifier.is_some());
        let between = self.take(&Kind::Between);
        let first = self.written()?;
        let joined = match (between, self.peek()) {
            (true, Some(Kind::And)) | (false, Some(Kind::To)) => true,
            (false, None) => false,
            (true, Some(Kind::To)) => {
                return self.refuse(Mistake::RangeWords, self.here(), "`between` goes with `and`");
            }
            (false, Some(Kind::And)) => {
                return self.refuse(Mistake::RangeWords, self.here(), "`and` needs `between` before it");
            }
            (true, None) => return self.refuse(Mistake::Other, None, "`between` needs two numbers"),
            (_, Some(_)) => return self.refuse(Mistake::Other, self.here(), "it has more than one number"),
        };
        if !joined {
            let number = self.value(&first, first.suffix)?;
            let nothing_left = matches!(qualifier, Some(Qualifier::Under | Qualifier::Almost)) && number.is_zero();
            if nothing_left {
                return self.refuse(Mistake::Other, Some(first.span), "nothing is less than zero");
            }
            return Ok(Quantity::One { qualifier, number });
        }
        self.at += 1;
        let second = self.written()?;
        if self.peek().is_some() {
            return self.refuse(Mistake::Other, self.here(), "a range has two numbers");
        }
        let low = self.value(&first, first.suffix.or(second.suffix))?;
        let high = self.value(&second, second.suffix)?;
        if low > high {
            return self.refuse(Mistake::Reversed, Some(second.span), "the upper end of the range is below the lower");
        }
        Ok(Quantity::Range { low, high })
    }

    /// A number with its suffix, and a currency on one of its sides.
    fn written(&mut self) -> Result<Written<'a>, Refusal> {
        let before = self.here().filter(|_| self.peek() == Some(&Kind::Currency));
        self.at += usize::from(before.is_some());
        let span = self.here();
        let Some(Kind::Number(digits)) = self.peek() else {
            return self.refuse(Mistake::Other, span, "it needs a number there");
        };
        self.at += 1;
        let suffix = match self.peek() {
            Some(Kind::Suffix(power)) => Some(*power),
            _ => None,
        };
        self.at += usize::from(suffix.is_some());
        let after = self.here();
        if self.take(&Kind::Currency) && before.is_some() {
            let (one, two) = (self.slice(before.unwrap_or_default()), self.slice(after.unwrap_or_default()));
            if one != two {
                return self.refuse(Mistake::Other, after, format!("`{one}` and `{two}` are two currencies"));
            }
            return self.refuse(Mistake::ExtraCurrency, after, "the currency stands twice at one number");
        }
        Ok(Written { digits, suffix, span: span.unwrap_or_default() })
    }

    fn value(&self, written: &Written<'_>, suffix: Option<u32>) -> Result<Decimal, Refusal> {
        match Decimal::parse_shifted(written.digits, suffix.unwrap_or(0)) {
            Some(number) => Ok(number),
            None => self.refuse(
                Mistake::Other,
                Some(written.span),
                format!("it has more than {INTEGER_DIGITS} digits before or {DECIMAL_DIGITS} after the decimal point"),
            ),
        }
    }

    /// The one currency that the words name.
    fn currency(&self, need: Need<'_>) -> Result<Option<String>, Refusal> {
        let mut codes = self
            .tokens
            .iter()
            .filter(|token| token.kind == Kind::Currency)
            .map(|token| (self.slice(token.span), token.span));
        match (need, codes.next()) {
            (Need::Bare, None) => Ok(None),
            (Need::Bare, Some((code, span))) => {
                let reason = format!("`{code}` is a currency, and a count has none");
                self.refuse(Mistake::ExtraCurrency, Some(span), reason)
            }
            (Need::Currency(_), None) => self.refuse(Mistake::NoCurrency, None, "it names no currency"),
            (Need::Currency(_), Some((code, _))) => match codes.find(|(other, _)| *other != code) {
                Some((other, span)) => {
                    let reason = format!("`{code}` and `{other}` are two currencies");
                    self.refuse(Mistake::Other, Some(span), reason)
                }
                None => Ok(Some(code.to_owned())),
            },
        }
    }
}
