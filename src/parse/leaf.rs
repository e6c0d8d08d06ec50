//! How scalars look in the schema that editors get.
//!
//! Every leaf is read as text; these say what an editor may expect there. A scalar that is text first may
//! be written without quotes even where it looks like a number.

use super::reader::Written;
use super::yaml::{Named, Text};
use crate::model::vocabulary;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

macro_rules! leaf {
    ($($(#[$doc:meta])* $name:ident = $schema:tt;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;
        impl JsonSchema for $name {
            fn inline_schema() -> bool { true }
            fn schema_name() -> Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut SchemaGenerator) -> Schema { json_schema!($schema) }
        }
    )*};
}

leaf! {
    /// `true` or `false`.
    Flag = {"type": "boolean"};
    /// A record's name.
    IdText = {
        "type": ["string", "number"],
        "pattern": "^[a-z0-9][a-z0-9-]*$",
        "patternErrorMessage": "no id: write small letters (a to z), digits and `-`",
        "maxLength": 100,
    };
    /// A source and a place in it.
    CitationText = {
        "type": ["string", "number"],
        "pattern": "^[a-z0-9][a-z0-9-]*(#([1-9][0-9]*|p[1-9][0-9]*|t=[0-9:]+|s=.+))?$",
        "patternErrorMessage": "no place in a source: write `source#9` for a paragraph, `#p12` for a page, `#t=1:02:03` for a time, `#s=Name` for a section",
        "examples": ["daily-news#4", "daily-news#p12", "daily-news#t=1:02:03", "daily-news#s=Findings", "daily-news"],
    };
    /// An EDTF date.
    DateText = {
        "type": ["string", "integer"],
        "pattern": date(),
        "patternErrorMessage": "no date: write `2022-01-05`, `2022-01`, `2022`, `2020/2021` for a span, `2019~` for about 2019, or `unknown`",
        "examples": ["2022-01-05", "2022-01", 2006, "2019~", "2020/2021-06~", "2006/..", "unknown"],
    };
    /// An amount of money.
    AmountText = {
        "type": "string",
        "pattern": amount(),
        "patternErrorMessage": "no amount: write `USD 50M`, `over USD 50M`, `USD 40M to 60M`, or `unknown`",
        "examples": ["USD 50M", "over USD 50M", "about EUR 1.2B", "USD 40M to 60M", "unknown"],
    };
    /// A number of things.
    CountText = {
        "type": ["string", "number"],
        "pattern": count(),
        "patternErrorMessage": "no count: write `3`, `at least 3`, `40 to 60`, or `unknown`",
        "minimum": 0,
        "examples": ["at least 3", 9, "10 to 12"],
    };
    /// A web address.
    UrlText = {
        "type": "string",
        "format": "uri",
        "pattern": r"^\s*([Hh][Tt][Tt][Pp][Ss]?:.*)?$",
        "patternErrorMessage": "no web address: write the whole of it, beginning with `https://`",
        "examples": ["https://example.org/article"],
    };
    /// A whole number.
    Whole = {"type": ["integer", "string"], "pattern": "^[0-9]+$"};
}

// The patterns refuse what a grammar surely refuses, while somebody types; they are wider than the grammars, which
// alone decide; `patternErrorMessage` is what editors say instead of the pattern (VS Code and its kin; others pass it
// over). All are regular expressions of ECMA-262, with nothing that looks ahead or back: readers of schemas
// differ there. A blank text stands for nothing written and passes.

/// What every date looks like: its parts in the order of EDTF, two digits for a month and a day.
fn date() -> String {
    let mark = "[?~%]";
    let year = r"(-?[0-9X]{4}|Y-?[0-9]+(E[0-9]+)?)(S[0-9]+)?";
    let time = r"(T[0-9:]+(Z|[+-][0-9:]+)?)?";
    let one = format!("{mark}*{year}{mark}?(-{mark}?[0-9X]{{2}}{mark}?){{0,2}}{time}");
    let side = format!(r"(\.\.)?({one})?(\.\.)?");
    let member = format!(r"(\.\.)?{one}(\.\.({one})?)?");
    format!(r"^\s*(unknown|{side}(/{side})?|[\[{{]{member}(,{member})*[\]}}])?\s*$")
}

const NUMBER: &str = r"[0-9][0-9,]*(\.[0-9]+)?(\s*[A-Za-z]+)?";
const BETWEEN: &str = r"(\s+[A-Za-z]+\s+|\s*–\s*)";
/// `no less than` has three words.
const QUALIFIER: &str = r"([A-Za-z]+\s+){0,3}";

/// What every amount looks like: a currency in capitals, apart from a number, before or behind it.
fn amount() -> String {
    let code = "[0-9]*[A-Z][A-Z0-9]*";
    let money = format!(r"({code}\s+{NUMBER}|{NUMBER}\s+{code})");
    let range = format!("({NUMBER}{BETWEEN}{money}|{money}({BETWEEN}({money}|{NUMBER}))?)");
    format!(r"^\s*(unknown|{QUALIFIER}{range})?\s*$")
}

/// What every count looks like: a number, with a qualifier or up to another.
fn count() -> String {
    format!(r"^\s*(unknown|{QUALIFIER}{NUMBER}({BETWEEN}{NUMBER})?)?\s*$")
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident $list:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;
        impl JsonSchema for $name {
            fn inline_schema() -> bool { true }
            fn schema_name() -> Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut SchemaGenerator) -> Schema { json_schema!({"type": "string", "enum": $list}) }
        }
    )*};
}

words! {
    /// A status.
    StatusWord vocabulary::Status::WORDS;
    /// A basis of a date.
    BasisWord vocabulary::Basis::WORDS;
    /// A kind of claim.
    ClaimKindWord vocabulary::ClaimKind::WORDS;
    /// A rank.
    RankWord vocabulary::Rank::WORDS;
    /// A confidence.
    ConfidenceWord vocabulary::Confidence::WORDS;
    /// A kind of source.
    SourceKindWord vocabulary::SourceKind::WORDS;
    /// An Admiralty letter.
    ReliabilityWord vocabulary::Reliability::WORDS;
    /// A kind of entity.
    EntityKindWord vocabulary::EntityKind::WORDS;
    /// A kind of place.
    PlaceKindWord vocabulary::PlaceKind::WORDS;
    /// The type of a label or of a field of the site's own.
    ValueTypeWord vocabulary::ValueType::WORDS;
    /// A level that `lints` may give.
    LevelWord ["off", "note", "warning", "error"];
}

impl JsonSchema for Text {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["string", "number"]})
    }
}

impl JsonSchema for Written {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Written".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [
            {"type": ["string", "number"]},
            {"type": "array", "items": {"type": ["string", "number"]}}
        ]})
    }
}

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("Named{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object", "additionalProperties": generator.subschema_for::<T>()})
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::amount::Currencies;
    use crate::model::date::tests::FORMS;
    use crate::model::{Amount, Count, Date};
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use std::sync::LazyLock;

    /// A schema of a leaf, in the hands of a validator that is not ours.
    struct Judge(boon::Schemas, boon::SchemaIndex);

    impl Judge {
        fn of<T: JsonSchema>() -> Self {
            let schema = T::json_schema(&mut SchemaGenerator::default());
            let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
            compiler.add_resource("leaf.json", schema.to_value()).unwrap();
            let index = compiler.compile("leaf.json", &mut schemas).unwrap();
            Self(schemas, index)
        }

        fn takes(&self, value: &Value) -> bool {
            self.0.validate(value, self.1).is_ok()
        }
    }

    static DATE: LazyLock<Judge> = LazyLock::new(Judge::of::<DateText>);
    static AMOUNT: LazyLock<Judge> = LazyLock::new(Judge::of::<AmountText>);
    static COUNT: LazyLock<Judge> = LazyLock::new(Judge::of::<CountText>);

    #[track_caller]
    fn check(judge: &Judge, takes: &[&str], refuses: &[&str]) {
        for text in takes {
            assert!(judge.takes(&json!(text)), "refuses {text}");
        }
        for text in refuses {
            assert!(!judge.takes(&json!(text)), "takes {text}");
        }
    }

    #[test]
    fn simple_mistakes_are_refused_while_they_are_typed() {
        let wrong = [
            "January 2022",
            "2022-1",
            "2022-01-5",
            "05/01/2022",
            "2022/01/05",
            "20220105",
            "2022.01.05",
            "early 2022",
            "2022-Q1",
            "about 2019",
            "2019-2021",
            "Unknown",
            "yesterday",
            "[2019",
            "2006 to 2019",
        ];
        check(&DATE, FORMS, &wrong);
        assert!(DATE.takes(&json!(2006)) && !DATE.takes(&json!(2006.5)) && !DATE.takes(&json!(true)));
        let right =
            ["USD 50M", "50M USD", "over USD 50M", "USD 40–60M", "between 40 and 60 million USD", "1INCH 5", ""];
        let wrong =
            ["$5M", "5M", "over $5M", "USD50M", "50", "USD", "USD 1 234", ">USD 5M", "usd 5M", "fifty", "USD -5"];
        check(&AMOUNT, &right, &wrong);
        assert!(!AMOUNT.takes(&json!(50)));
        check(
            &COUNT,
            &["9", "at least 3", "10 to 12", "1,200 – 1,500", "unknown"],
            &["1e2", "three", "-3", "3+", "$3"],
        );
        assert!(COUNT.takes(&json!(3)) && !COUNT.takes(&json!(-3)));
    }

    fn amounts() -> impl Strategy<Value = String> {
        let qualifier = "(|over |More Than |no  less than |ALMOST |at most |estimated |between |exactly )";
        let number = "[0-9]{1,4}(,[0-9]{3}){0,2}(\\.[0-9]{1,3})?( ?(k|M|m|B|bn|million|Thousand|trillion))?";
        let code = "(|USD|EUR|1INCH|KRW)";
        let between = "( to | and |–| – |  to )";
        let one = format!("{code} ?{number} ?{code}");
        proptest::string::string_regex(&format!("{qualifier}{one}({between}{one})?")).unwrap()
    }

    /// A form with some characters of it changed.
    fn dates() -> impl Strategy<Value = String> {
        let characters: Vec<char> = "0123456789XYEST?~%/.,:+-[]{} Zux".chars().collect();
        let edit = (any::<prop::sample::Index>(), prop::sample::select(characters), 0..3_u8);
        (prop::sample::select(FORMS), prop::collection::vec(edit, 0..4)).prop_map(|(form, edits)| {
            let mut text: Vec<char> = form.chars().collect();
            for (index, c, way) in edits {
                let at = index.index(text.len() + 1);
                match (way, at < text.len()) {
                    (0, true) => text[at] = c,
                    (1, true) => drop(text.remove(at)),
                    _ => text.insert(at, c),
                }
            }
            text.into_iter().collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_the_grammar_of_dates_takes_the_pattern_takes(text in dates()) {
            prop_assert!(Date::parse(&text).is_err() || DATE.takes(&json!(text)), "{}", text);
        }

        #[test]
        fn what_the_grammars_of_amounts_and_counts_take_the_patterns_take(text in amounts()) {
            let mut known = Currencies::iso();
            known.declare("1INCH", "1inch").unwrap();
            let (amount, count) = (Amount::parse(&text, &known).is_ok(), Count::parse(&text).is_ok());
            prop_assert!(!amount || AMOUNT.takes(&json!(text)), "{}", text);
            prop_assert!(!count || COUNT.takes(&json!(text)), "{}", text);
        }
    }
}
