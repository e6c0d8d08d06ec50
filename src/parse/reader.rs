//! From texts to values of the model, with every complaint at its place.

use super::yaml::Text;
use crate::config::Config;
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{At, Code, Diagnostic, KeyPath, list};
use crate::model::vocabulary::{Status, ValueType};
use crate::model::{Amount, Citation, Count, Date, FieldType, GrammarError, Id, Value, field, id};
use crate::source_text::{FileId, Span};
use std::collections::BTreeSet;

/// The way to a value, kept on the stack: it becomes a [`KeyPath`] only when something is wrong there.
#[derive(Clone, Copy, Debug)]
pub enum Way<'a> {
    /// The record.
    Root,
    /// The value of a key.
    Key(&'a Way<'a>, &'a str),
    /// An element of a list.
    Index(&'a Way<'a>, usize),
}

impl<'a> Way<'a> {
    /// One step to a key.
    pub fn key(&'a self, name: &'a str) -> Self {
        Self::Key(self, name)
    }

    /// One step to an element.
    pub fn index(&'a self, index: usize) -> Self {
        Self::Index(self, index)
    }

    /// The steps, to keep.
    pub fn path(&self) -> KeyPath {
        match self {
            Self::Root => KeyPath::root(),
            Self::Key(parent, name) => parent.path().key(name),
            Self::Index(parent, index) => parent.path().index(*index),
        }
    }
}

/// Reads the fields of one file and collects what is wrong with them.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The file.
    pub file: &'a FileId,
    /// The site's settings.
    pub config: &'a Config,
    /// What was found so far.
    pub problems: Vec<Diagnostic>,
    /// Places whose absence or shape was reported already, with all that is below them.
    pub reported: BTreeSet<KeyPath>,
}

impl<'a> Reader<'a> {
    /// A problem with the value at `way`.
    pub fn report(&mut self, code: Code, way: &Way<'_>, message: String, help: impl Into<String>) {
        self.problems.push(Diagnostic::new(code, At::value(self.file, &way.path()), message).help(help));
    }

    fn grammar(&mut self, code: Code, way: &Way<'_>, text: &Text, error: GrammarError) {
        let path = way.path();
        let at = match error.part {
            Some(part) if part.start < part.end => At::part(self.file, &path, part.shifted(text.trim_start())),
            _ => At::value(self.file, &path),
        };
        self.problems.push(Diagnostic::new(code, at, error.message).help(error.help));
    }

    /// The text of a required field; reports its absence.
    pub fn required(&mut self, way: &Way<'_>, name: &str, text: &Text, help: &str) -> Option<String> {
        let here = way.key(name);
        if let Some(text) = text.get() {
            return Some(text.to_owned());
        }
        let path = here.path();
        if !self.is_told(&path) {
            let what = match way {
                Way::Root => format!("`{name}` is missing"),
                _ => format!("`{name}` is missing in `{}`", way.path()),
            };
            self.problems.push(Diagnostic::new(Code::MissingField, At::key(self.file, &path), what).help(help));
        }
        None
    }

    /// Whether something was said already of what stands at `path`, or around it.
    pub fn is_told(&self, path: &KeyPath) -> bool {
        !self.reported.is_empty()
            && std::iter::successors(Some(path.clone()), KeyPath::parent).any(|path| self.reported.contains(&path))
    }

    /// Whether something was said already of what stands at `path`, or within it.
    pub fn is_told_within(&self, path: &KeyPath) -> bool {
        self.reported.range(path..).next().is_some_and(|told| told.steps().starts_with(path.steps()))
    }

    /// The text of an optional field.
    pub fn text(&mut self, text: &Text) -> Option<String> {
        text.get().map(str::to_owned)
    }

    /// An EDTF date.
    pub fn date(&mut self, way: &Way<'_>, text: &Text) -> Option<Date> {
        match Date::parse(text.get()?) {
            Ok(date) => Some(date),
            Err(error) => {
                self.grammar(Code::InvalidDate, way, text, error);
                None
            }
        }
    }

    /// An amount of money.
    pub fn amount(&mut self, way: &Way<'_>, text: &Text) -> Option<Amount> {
        match Amount::parse(text.get()?, &self.config.currencies) {
            Ok(amount) => Some(amount),
            Err(error) => {
                self.grammar(Code::InvalidAmount, way, text, error);
                None
            }
        }
    }

    /// A number of things.
    pub fn count(&mut self, way: &Way<'_>, text: &Text) -> Option<Count> {
        match Count::parse(text.get()?) {
            Ok(count) => Some(count),
            Err(error) => {
                self.grammar(Code::InvalidAmount, way, text, error);
                None
            }
        }
    }

    /// A source and a place in it.
    pub fn citation(&mut self, way: &Way<'_>, text: &Text) -> Option<Citation> {
        match Citation::parse(text.get()?) {
            Ok(citation) if citation.source.as_str().is_empty() => {
                let message = format!("`{}` names no source", text.raw().trim());
                self.report(Code::InvalidLocator, way, message, "write the source's id before `#`");
                None
            }
            Ok(citation) => Some(citation),
            Err(error) => {
                self.grammar(Code::InvalidLocator, way, text, error);
                None
            }
        }
    }

    /// A reference to a record, as written.
    pub fn reference(&mut self, text: &Text) -> Option<Id> {
        text.get().map(Id::new)
    }

    /// References to records, as written. An empty element is reported and keeps its place, so that the numbers of
    /// the others stay true.
    pub fn references(&mut self, way: &Way<'_>, texts: &[Text]) -> Vec<Id> {
        let mut ids = Vec::with_capacity(texts.len());
        for (index, text) in texts.iter().enumerate() {
            if text.get().is_none() {
                self.empty(&way.index(index));
            }
            ids.push(Id::new(text.get().unwrap_or_default()));
        }
        ids
    }

    /// Reports an element of a list that is empty, unless its shape was reported.
    pub fn empty(&mut self, way: &Way<'_>) {
        let path = way.path();
        if !self.is_told(&path) {
            self.report(Code::WrongType, way, format!("`{path}` is empty"), "remove it, or write what belongs there");
        }
    }

    /// Texts of a list, without those that are empty.
    pub fn texts(&mut self, texts: &[Text]) -> Vec<String> {
        texts.iter().filter_map(Text::get).map(str::to_owned).collect()
    }

    /// Texts of a list, each of them in its place.
    pub fn all_texts(&mut self, way: &Way<'_>, texts: &[Text]) -> Vec<String> {
        self.references(way, texts).into_iter().map(|id| id.as_str().to_owned()).collect()
    }

    /// An id that is defined here.
    pub fn id(&mut self, way: &Way<'_>, text: &Text) -> Option<Id> {
        let text = text.get()?;
        if id::is_valid(text) {
            return Some(Id::new(text));
        }
        let (message, help) = refusal(text);
        self.report(Code::InvalidId, way, message, help);
        None
    }

    /// Earlier ids of the record.
    pub fn aliases(&mut self, texts: &[Text]) -> Vec<Id> {
        let way = Way::Root.key("aliases");
        // What is no id was reported, and keeps its place.
        let kept = |(index, text): (usize, &Text)| self.id(&way.index(index), text).or_else(|| text.get().map(Id::new));
        texts.iter().enumerate().filter_map(kept).collect()
    }

    /// `true` or `false`.
    pub fn flag(&mut self, way: &Way<'_>, text: &Text, default: bool) -> bool {
        match text.get() {
            None => default,
            Some("true") => true,
            Some("false") => false,
            Some(other) => {
                let name = way.path();
                self.report(
                    Code::WrongType,
                    way,
                    format!("`{name}` is true or false, not `{other}`"),
                    "write `true` or `false`",
                );
                default
            }
        }
    }

    /// A word of a closed list.
    pub fn word<T>(
        &mut self,
        way: &Way<'_>,
        text: &Text,
        words: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = text.get()?;
        let parsed = parse(text);
        if parsed.is_none() {
            let message = format!("`{text}` is no value of `{}`", way.path());
            let mut problem = Diagnostic::new(Code::WrongType, At::value(self.file, &way.path()), message);
            if let Some(guess) = nearest(text, words.iter().copied()) {
                problem = problem.help(format!("did you mean `{guess}`?"));
            }
            self.problems.push(problem.help(format!("write one of {}", list(words.iter().copied()))));
        }
        parsed
    }

    /// The name of a count, a role, a label or an own field, as a key of a mapping.
    pub fn name(&mut self, way: &Way<'_>, name: &str, what: &str) -> bool {
        if field::is_name(name) {
            return true;
        }
        let mut fixed = id::slug(name);
        fixed.truncate(60);
        let help = if field::is_name(&fixed) {
            format!("write `{fixed}`")
        } else {
            "use small letters, digits, `-` and `_`".to_owned()
        };
        self.problems.push(
            Diagnostic::new(Code::InvalidId, At::key(self.file, &way.path()), format!("`{name}` cannot name a {what}"))
                .help(help),
        );
        false
    }

    fn elements(&mut self, way: &Way<'_>, written: &Written) -> Vec<Id> {
        match written {
            Written::One(text) => self.reference(text).into_iter().collect(),
            Written::Several(texts) => self.references(way, texts),
        }
    }

    /// A value of a type that the site chose, from one text or several.
    pub fn value(&mut self, way: &Way<'_>, kind: FieldType, written: &Written) -> Option<Value> {
        match (kind, written) {
            (FieldType::Value(ValueType::Entities), _) => Some(Value::Entities(self.elements(way, written))),
            (FieldType::Value(ValueType::Places), _) => Some(Value::Places(self.elements(way, written))),
            (_, Written::Several(_)) => {
                let name = way.path();
                self.report(
                    Code::WrongType,
                    way,
                    format!("`{name}` takes one value, not a list"),
                    "write one value; give each further one a claim of its own",
                );
                None
            }
            (FieldType::Status, Written::One(text)) => {
                self.word(way, text, Status::WORDS, Status::parse).map(Value::Status)
            }
            (FieldType::Value(ValueType::Text), Written::One(text)) => self.text(text).map(Value::Text),
            (FieldType::Value(ValueType::Date), Written::One(text)) => self.date(way, text).map(Value::Date),
            (FieldType::Value(ValueType::Amount), Written::One(text)) => self.amount(way, text).map(Value::Amount),
            (FieldType::Value(ValueType::Count), Written::One(text)) => self.count(way, text).map(Value::Count),
        }
    }

    /// A web address of a source.
    pub fn url(&mut self, way: &Way<'_>, text: &Text) -> Option<String> {
        let text = text.get()?;
        match url::Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.host().is_some() => Some(url.to_string()),
            Ok(url) => {
                self.report(
                    Code::UnsafeUrl,
                    way,
                    format!("`{text}` does not lead to a web page (`{}:`)", url.scheme()),
                    "write an address that begins with `https://` or `http://`",
                );
                None
            }
            Err(_) => {
                self.report(
                    Code::UnsafeUrl,
                    way,
                    format!("`{text}` is no web address"),
                    "write the whole address, beginning with `https://`",
                );
                None
            }
        }
    }
}

/// What stands at a key that takes one text or a list of texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// One.
    One(Text),
    /// A list.
    Several(Vec<Text>),
}

impl Default for Written {
    fn default() -> Self {
        Self::One(Text::default())
    }
}

impl Written {
    /// All texts; one text is a list of one.
    pub fn all(&self) -> &[Text] {
        match self {
            Self::One(text) if text.get().is_none() => &[],
            Self::One(text) => std::slice::from_ref(text),
            Self::Several(texts) => texts,
        }
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.all().iter().all(|text| text.get().is_none())
    }
}

/// Why `text` names no record, and which near name would.
pub fn refusal(text: &str) -> (String, String) {
    let fixed = id::slug(text);
    let message = if text.chars().count() > id::LONGEST {
        format!("the id has {} characters, the most are {}", text.chars().count(), id::LONGEST)
    } else {
        format!("`{text}` cannot be an id")
    };
    let help = if fixed.is_empty() {
        "use small letters (a to z), digits and `-`".to_owned()
    } else {
        format!("small letters, digits and `-` only: `{fixed}`")
    };
    (message, help)
}

/// The whole of a text as a span.
pub fn whole(text: &str) -> Span {
    Span::new(0, text.len())
}

impl<'de> serde::Deserialize<'de> for Written {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrSeveral;
        impl<'de> serde::de::Visitor<'de> for OneOrSeveral {
            type Value = Written;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text or a list of texts")
            }
            fn visit_str<E>(self, text: &str) -> Result<Written, E> {
                Ok(Written::One(Text::from(text)))
            }
            // A whole number loses nothing on the way through one, but for the notations that `yaml::read`
            // looks out for. Fractions and truth values would; refused here, they are read from the tree.
            fn visit_u64<E>(self, number: u64) -> Result<Written, E> {
                Ok(Written::One(Text::from(number.to_string().as_str())))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Written, E> {
                Ok(Written::One(Text::from(number.to_string().as_str())))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Written, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = list.next_element()? {
                    texts.push(text);
                }
                Ok(Written::Several(texts))
            }
        }
        deserializer.deserialize_any(OneOrSeveral)
    }
}
