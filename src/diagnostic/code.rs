//! The codes: one row each, with the level they have unless `site.yaml` says otherwise.

use super::Level;

macro_rules! codes {
    ($($variant:ident $name:literal $level:ident $hold:ident;)*) => {
        /// The stable name of a kind of problem.
        ///
        /// What each means, why it matters and how it is mended stands in `tests/diagnostics/<code>.md`,
        /// which `--explain` prints.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each variant is explained in its file, which a test demands")]
        pub enum Code { $($variant,)* }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name that people write and read: kebab-case.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The level before `lints` of `site.yaml` is asked.
            pub fn level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)* }
            }

            /// Whether `lints` may give it another level. Errors of shape and of identity may not be lowered:
            /// past them there is no record whose meaning could be judged.
            pub fn may_change(self) -> bool {
                match self { $(Self::$variant => codes!(@$hold),)* }
            }
        }
    };
    (@fixed) => { false };
    (@free) => { true };
}

codes! {
    // shape
    YamlSyntax "yaml-syntax" Error fixed;
    NotUtf8 "not-utf8" Error fixed;
    TooLarge "too-large" Error fixed;
    TooDeep "too-deep" Error fixed;
    LeavesSite "leaves-site" Error fixed;
    MissingField "missing-field" Error fixed;
    UnknownField "unknown-field" Error fixed;
    WrongType "wrong-type" Error fixed;
    DuplicateKey "duplicate-key" Error fixed;
    InvalidId "invalid-id" Error fixed;
    InvalidDate "invalid-date" Error fixed;
    InvalidAmount "invalid-amount" Error fixed;
    InvalidLocator "invalid-locator" Error fixed;
    AmbiguousYaml "ambiguous-yaml" Warning free;
    StrayFile "stray-file" Warning free;
    // identity
    DuplicateId "duplicate-id" Error fixed;
    AliasCollision "alias-collision" Error fixed;
    UnknownSource "unknown-source" Error fixed;
    UnknownEntity "unknown-entity" Error fixed;
    UnknownPlace "unknown-place" Error fixed;
    UnknownIncident "unknown-incident" Error fixed;
    UnknownKind "unknown-kind" Error fixed;
    UnknownRole "unknown-role" Error fixed;
    OutputCollision "output-collision" Error fixed;
    DraftReference "draft-reference" Warning free;
    // evidence
    RivalsWithoutPreferred "rivals-without-preferred" Error free;
    TwoPreferred "two-preferred" Error free;
    MissingReason "missing-reason" Error free;
    ValueWithoutClaim "value-without-claim" Error free;
    FalsePrecision "false-precision" Error free;
    RelationCycle "relation-cycle" Error free;
    CircularSourcing "circular-sourcing" Error free;
    SingleUnseenSource "single-unseen-source" Warning free;
    SingleOrigin "single-origin" Note free;
    UnusedRecord "unused-record" Warning free;
    LongQuotation "long-quotation" Warning free;
    DateDiffersFromFileName "date-differs-from-file-name" Warning free;
    // text
    UnsafeUrl "unsafe-url" Error free;
    BrokenLink "broken-link" Error free;
    MissingFile "missing-file" Error free;
    RawHtml "raw-html" Warning free;
    RemoteImage "remote-image" Warning free;
    MissingAlt "missing-alt" Warning free;
    // site
    MissingTitle "missing-title" Warning free;
    MissingBaseUrl "missing-base-url" Warning free;
    MissingWords "missing-words" Warning free;
    TemplateSyntax "template-syntax" Error fixed;
    TemplateUnknownName "template-unknown-name" Error fixed;
    TemplateUnknownVariable "template-unknown-variable" Error fixed;
    TemplateFailed "template-failed" Error fixed;
}

impl Code {
    /// The code of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}
