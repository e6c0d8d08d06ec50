//! Text to the words by which it is found.
//!
//! `static/fold.js` does the same in a browser, step by step under the same names. Both are held to
//! `tests/search/words.json`: what one of them finds, the other finds.
//!
//! Text is folded first, so that a reader need not know how a name is spelt: case, accents and the width of letters are
//! taken away. Then it is cut. A word of parts (`co-operate`, `O'Brien`, `19.04.2005`) is found as a whole and by its
//! parts; a number whatever separates its groups (`50,000,000`, `50.000.000`); Han and Kana by pairs, since nothing
//! says where their words end. Hangul stays in its letters, so that a syllable that is not finished finds already.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

/// The most characters of a word; more tell nothing apart, and a file may hold one of megabytes.
const LONGEST: usize = 64;

/// The text without case, accents, width and what cannot be seen.
///
/// ```
/// use annals::search::words::fold;
///
/// assert_eq!(fold("Łódź, Straße, ﬁn, İı"), "lodz, strasse, fin, ii");
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_dropped(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            '\u{2018}' | '\u{2019}' | '\u{2bc}' => folded.push('\''),
            '\u{2010}' => folded.push('-'),
            // The marks of Kana make other letters; they go back to where they came from.
            '\u{3099}' | '\u{309a}' => match folded.chars().next_back().and_then(|last| compose(last, c)) {
                Some(whole) => {
                    folded.pop();
                    folded.push(whole);
                }
                None => folded.push(c),
            },
            c => folded.push(c),
        }
    }
    folded
}

/// Calls `found` with each word by which the text is found.
pub fn words(text: &str, found: &mut dyn FnMut(&str)) {
    for run in runs(&fold(text)) {
        match run {
            Run::Word(word) => found(word),
            Run::Compound(compound) => {
                found(&compound.whole);
                compound.parts.iter().for_each(|part| found(part));
            }
            Run::Ideographs(chars) => {
                pairs(&chars).iter().for_each(|pair| found(pair));
                if let [_, .., last] = chars.as_slice() {
                    found(last.encode_utf8(&mut [0; 4]));
                }
            }
        }
    }
}

/// What a reader asks for: all of these must be found, each in one of its forms, and of a form all words.
///
/// ```
/// assert_eq!(annals::search::words::asked("F-16s"), [vec![vec!["f16s".to_owned()], vec!["f".to_owned(), "16s".to_owned()]]]);
/// ```
pub fn asked(text: &str) -> Vec<Vec<Vec<String>>> {
    let folded = fold(text);
    let runs = runs(&folded).into_iter();
    runs.map(|run| match run {
        Run::Word(word) => vec![vec![word.to_owned()]],
        Run::Compound(Compound { whole, parts }) if parts.is_empty() => vec![vec![whole]],
        Run::Compound(Compound { whole, parts }) => vec![vec![whole], parts],
        Run::Ideographs(chars) => vec![pairs(&chars)],
    })
    .collect()
}

/// Letters that belong together.
enum Run<'a> {
    /// A word of one part, which nearly all are: it is not copied.
    Word(&'a str),
    Compound(Compound),
    /// Han and Kana.
    Ideographs(Vec<char>),
}

/// A word, and its parts when it has several.
struct Compound {
    whole: String,
    parts: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Ideograph,
    Apostrophe,
    Hyphen,
    /// `.` or `,`: it joins digits alone.
    Point,
    Other,
}

/// A part of a word as it stands, and what joins it to the one before.
struct Atom {
    text: String,
    joint: Class,
}

fn runs(folded: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut chars = Chars { text: folded, iter: folded.char_indices().peekable() };
    while let Some((start, first)) = chars.iter.next() {
        match class(first) {
            Class::Ideograph => {
                let mut run = vec![first];
                while let Some((_, c)) = chars.iter.next_if(|(_, c)| class(*c) == Class::Ideograph) {
                    run.push(c);
                }
                runs.push(Run::Ideographs(run));
            }
            kind @ (Class::Letter | Class::Digit) => {
                let (word, last) = chars.word(start, kind);
                match chars.joint(last) {
                    None => runs.push(Run::Word(cut(word))),
                    Some(joint) => {
                        let first = Atom { text: word.to_owned(), joint: Class::Other };
                        runs.push(Run::Compound(compound(&numbers(chars.atoms(first, joint)))));
                    }
                }
            }
            Class::Apostrophe | Class::Hyphen | Class::Point | Class::Other => {}
        }
    }
    runs
}

/// The way through a text.
struct Chars<'a> {
    text: &'a str,
    iter: std::iter::Peekable<std::str::CharIndices<'a>>,
}

impl<'a> Chars<'a> {
    /// The letters and digits from `start`, whose first has been read, and what the last of them is.
    fn word(&mut self, start: usize, first: Class) -> (&'a str, Class) {
        let mut last = first;
        while let Some((_, c)) = self.iter.next_if(|(_, c)| is_word(class(*c))) {
            last = class(c);
        }
        let end = self.iter.peek().map_or(self.text.len(), |(at, _)| *at);
        (self.text.get(start..end).unwrap_or_default(), last)
    }

    /// Goes past an apostrophe, a hyphen or a point that joins what stands before it to what follows.
    fn joint(&mut self, before: Class) -> Option<Class> {
        let mut ahead = self.iter.clone();
        let joint = class(ahead.next()?.1);
        let after = class(ahead.peek()?.1);
        let joins = match joint {
            Class::Apostrophe | Class::Hyphen => is_word(after),
            Class::Point => before == Class::Digit && after == Class::Digit,
            Class::Letter | Class::Digit | Class::Ideograph | Class::Other => false,
        };
        joins.then(|| {
            self.iter = ahead;
            joint
        })
    }

    /// The rest of a word of several parts.
    fn atoms(&mut self, first: Atom, mut joint: Class) -> Vec<Atom> {
        let mut atoms = vec![first];
        while let Some((start, c)) = self.iter.next() {
            let (text, last) = self.word(start, class(c));
            atoms.push(Atom { text: text.to_owned(), joint });
            match self.joint(last) {
                Some(next) => joint = next,
                None => break,
            }
        }
        atoms
    }
}

fn is_word(class: Class) -> bool {
    matches!(class, Class::Letter | Class::Digit)
}

/// Puts numbers together: a point before three digits sets a group off, one other point a fraction; with more it is a
/// date or a version, of several parts.
fn numbers(atoms: Vec<Atom>) -> Vec<Atom> {
    let mut whole: Vec<Atom> = Vec::new();
    // How many of the atoms at the end hang together by points.
    let mut chain = 1;
    let settle = |whole: &mut Vec<Atom>, chain: usize| {
        if chain == 2
            && let Some(fraction) = whole.pop()
            && let Some(number) = whole.last_mut()
        {
            number.text.push('.');
            number.text.push_str(&fraction.text);
        }
    };
    for atom in atoms {
        let digits = |text: &str| text.chars().all(|c| class(c) == Class::Digit);
        let is_group = atom.joint == Class::Point && atom.text.chars().count() == 3 && digits(&atom.text);
        match whole.last_mut() {
            Some(before) if is_group && digits(&before.text) => before.text.push_str(&atom.text),
            _ if atom.joint == Class::Point => {
                whole.push(atom);
                chain += 1;
            }
            _ => {
                settle(&mut whole, chain);
                whole.push(atom);
                chain = 1;
            }
        }
    }
    settle(&mut whole, chain);
    whole
}

fn compound(atoms: &[Atom]) -> Compound {
    let whole = cut(&atoms.iter().map(|atom| atom.text.as_str()).collect::<String>()).to_owned();
    let joints = atoms.iter().map(|atom| atom.joint);
    let parts = atoms.iter().zip(joints.skip(1).chain([Class::Other])).filter(|(atom, next)| {
        // What an apostrophe clips off, the `s` of `Korea's`, is not worth finding.
        let is_clipped = [atom.joint, *next].contains(&Class::Apostrophe);
        !is_clipped || atom.text.chars().nth(1).is_some()
    });
    let parts = if atoms.len() > 1 { parts.map(|(atom, _)| cut(&atom.text).to_owned()).collect() } else { Vec::new() };
    Compound { whole, parts }
}

fn cut(text: &str) -> &str {
    if text.len() <= LONGEST {
        return text;
    }
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// The pairs of neighbours; one character alone.
fn pairs(chars: &[char]) -> Vec<String> {
    match chars {
        [_, _, ..] => chars.windows(2).map(|pair| pair.iter().collect()).collect(),
        alone => alone.iter().map(char::to_string).collect(),
    }
}

fn class(c: char) -> Class {
    match c {
        '\'' => Class::Apostrophe,
        '-' => Class::Hyphen,
        '.' | ',' => Class::Point,
        '0'..='9' => Class::Digit,
        'a'..='z' => Class::Letter,
        '\0'..='\x7f' => Class::Other,
        _ if is_ideograph(c) => Class::Ideograph,
        _ if c.is_numeric() => Class::Digit,
        _ if c.is_alphanumeric() || is_combining_mark(c) => Class::Letter,
        _ => Class::Other,
    }
}

/// Whether it is Han or Kana.
fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{3099}'..='\u{309a}' | '\u{309d}'..='\u{309f}'
        | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{1b000}'..='\u{1b16f}' | '\u{20000}'..='\u{3ffff}')
}

/// Accents and points on letters that are letters without them, and what cannot be seen. The marks of Indic and other
/// scripts stay: without them their words would be others.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'
        | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}'
        | '\u{6e7}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        words(text, &mut |word| found.push(word.to_owned()));
        found
    }

    /// The vectors that the browser is held to as well.
    #[test]
    fn vectors() {
        let vectors: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../../tests/search/words.json")).unwrap();
        assert!(vectors.len() > 40);
        for vector in vectors {
            let text = vector["text"].as_str().unwrap();
            assert_eq!(serde_json::json!(fold(text)), vector["fold"], "{text}");
            assert_eq!(serde_json::json!(found(text)), vector["words"], "{text}");
            if let Some(expect) = vector.get("asked") {
                assert_eq!(serde_json::json!(asked(text)), *expect, "{text}");
            }
        }
    }

    #[test]
    fn a_word_of_megabytes_is_cut() {
        let word = "a-".repeat(1 << 20);
        assert!(found(&word).iter().all(|word| word.len() <= LONGEST));
    }

    /// Text with what the rules are about more often than chance would have it.
    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => "\\PC",
            2 => "[a-zA-Z]{1,6}",
            2 => "[0-9]{1,4}",
            2 => "[-'’.,‐ \u{ad}]",
            1 => "[\u{300}-\u{36f}\u{3099}\u{309a}\u{ff9e}]",
            1 => "[か-ヿ一-龥가-힣ㄱ-ㅎΣςıİßﬁ]",
            1 => any::<char>().prop_map(String::from),
        ];
        proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in text()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn words_are_of_the_folded_text(text in text()) {
            prop_assert_eq!(found(&fold(&text)), found(&text));
        }

        #[test]
        fn a_text_is_found_by_itself(text in text()) {
            let words = found(&text);
            for forms in asked(&text) {
                prop_assert!(forms.iter().any(|form| form.iter().all(|word| words.contains(word))), "{:?}", forms);
            }
        }

        /// The format of the index keeps words apart by these.
        #[test]
        fn no_word_holds_a_separator(text in text()) {
            prop_assert!(found(&text).iter().all(|word| !word.is_empty() && !word.contains([' ', '|', ':', ','])));
        }
    }
}
