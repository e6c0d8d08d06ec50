//! The words of amounts: those of the grammar, and those that stand for them elsewhere.

use super::Qualifier;
use super::Qualifier::{About, Almost, AtLeast, Exactly, Over, Under, UpTo};

/// The qualifiers of the grammar, longer ones before those that they begin with.
pub(super) const QUALIFIERS: &[(&str, Qualifier)] = &[
    ("exactly", Exactly),
    ("over", Over),
    ("more than", Over),
    ("at least", AtLeast),
    ("no less than", AtLeast),
    ("almost", Almost),
    ("nearly", Almost),
    ("about", About),
    ("around", About),
    ("approximately", About),
    ("estimated", About),
    ("up to", UpTo),
    ("at most", UpTo),
    ("under", Under),
    ("less than", Under),
    ("below", Under),
];

/// What is written for a qualifier and is none, with the qualifier to write.
pub(super) const NEAR_QUALIFIERS: &[(&str, &str)] = &[
    ("an estimated", "estimated"),
    ("roughly", "about"),
    ("circa", "about"),
    ("approx.", "about"),
    ("approx", "about"),
    ("ca.", "about"),
    ("ca", "about"),
    ("c.", "about"),
    ("some", "about"),
    ("close to", "almost"),
    ("just under", "almost"),
    ("just over", "over"),
    ("above", "over"),
    ("greater than", "over"),
    ("in excess of", "over"),
    ("upwards of", "over"),
    ("not less than", "no less than"),
    ("a minimum of", "at least"),
    ("minimum", "at least"),
    ("no more than", "at most"),
    ("not more than", "at most"),
    ("as much as", "up to"),
    ("as many as", "up to"),
    ("a maximum of", "at most"),
    ("maximum", "at most"),
    ("fewer than", "less than"),
    ("precisely", "exactly"),
    ("or more", "at least"),
    ("or less", "at most"),
];

/// Signs for qualifiers, longer ones first.
pub(super) const SIGNS: &[(&str, &str)] = &[
    (">=", "at least"),
    ("<=", "at most"),
    (">", "over"),
    ("<", "under"),
    ("≥", "at least"),
    ("≤", "at most"),
    ("~", "about"),
    ("≈", "about"),
    ("±", "about"),
];

/// Suffixes of the grammar that are letters, with the power of ten that they stand for.
pub(super) const SUFFIXES: &[(&str, u32)] = &[("k", 3), ("M", 6), ("m", 6), ("B", 9), ("bn", 9)];

/// Suffixes of the grammar that are words.
pub(super) const SUFFIX_WORDS: &[(&str, u32)] = &[("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12)];

/// What is written for a suffix and is none, in lower case.
pub(super) const NEAR_SUFFIXES: &[(&str, &str)] = &[
    ("k", "k"),
    ("b", "B"),
    ("bn", "bn"),
    ("bil", "B"),
    ("bln", "B"),
    ("mn", "M"),
    ("mln", "M"),
    ("mil", "M"),
    ("mio", "M"),
    ("mm", "M"),
    ("t", " trillion"),
    ("tn", " trillion"),
    ("thousands", " thousand"),
    ("millions", " million"),
    ("billions", " billion"),
    ("trillions", " trillion"),
];

/// Signs of currencies with the codes that they may stand for, longer ones first.
pub(super) const SYMBOLS: &[(&str, &[&str])] = &[
    ("US$", &["USD"]),
    ("US $", &["USD"]),
    ("AU$", &["AUD"]),
    ("CA$", &["CAD"]),
    ("HK$", &["HKD"]),
    ("NZ$", &["NZD"]),
    ("A$", &["AUD"]),
    ("C$", &["CAD"]),
    ("S$", &["SGD"]),
    ("R$", &["BRL"]),
    ("$", &["USD"]),
    ("€", &["EUR"]),
    ("£", &["GBP"]),
    ("¥", &["JPY", "CNY"]),
    ("￥", &["JPY", "CNY"]),
    ("₩", &["KRW"]),
    ("₹", &["INR"]),
    ("₽", &["RUB"]),
    ("₺", &["TRY"]),
    ("₴", &["UAH"]),
    ("₪", &["ILS"]),
    ("₿", &["BTC"]),
];

/// Names of currencies in lower case with the codes that they may stand for, longer ones first.
pub(super) const NAMES: &[(&str, &str)] = &[
    ("us dollars", "USD"),
    ("us dollar", "USD"),
    ("u.s. dollars", "USD"),
    ("dollars", "USD"),
    ("dollar", "USD"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("pounds sterling", "GBP"),
    ("pounds", "GBP"),
    ("pound", "GBP"),
    ("yen", "JPY"),
    ("yuan", "CNY"),
    ("renminbi", "CNY"),
    ("rmb", "CNY"),
    ("roubles", "RUB"),
    ("rubles", "RUB"),
    ("won", "KRW"),
    ("bitcoins", "BTC"),
    ("bitcoin", "BTC"),
];

/// Numbers in words.
pub(super) const NUMBERS: &[&str] =
    &["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// What says in its own way that nobody knows, in lower case.
pub(super) const UNKNOWNS: &[&str] = &[
    "",
    "?",
    "??",
    "-",
    "n/a",
    "na",
    "tbd",
    "tba",
    "none",
    "null",
    "nil",
    "unclear",
    "undisclosed",
    "not known",
    "not disclosed",
    "unknown",
];
