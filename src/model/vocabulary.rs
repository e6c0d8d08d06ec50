//! Closed lists of words that authors choose from.

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// Every word that an author may write, in the order of the list.
            pub const WORDS: &[&str] = &[$($word,)*];

            /// The value that `word` stands for; nothing for a word outside the list.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }

            /// The word as an author writes it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}

vocabulary! {
    /// What the editors say of an incident as a whole.
    Status {
        /// Somebody says so.
        Alleged "alleged",
        /// Shown to have happened.
        Confirmed "confirmed",
        /// The editor's word; rivals are counted apart from it.
        Disputed "disputed",
        /// Withdrawn by those who said it.
        Retracted "retracted",
    }
}

vocabulary! {
    /// How a date came to be known.
    Basis {
        /// The source states it.
        Stated "stated",
        /// The editors concluded it from the source.
        Inferred "inferred",
        /// It comes from outside the source.
        External "external",
    }
}

vocabulary! {
    /// What kind of assertion a claim is.
    ClaimKind {
        /// Said flatly.
        Stated "stated",
        /// Passed on.
        Reported "reported",
        /// A figure reckoned, not counted.
        Estimate "estimate",
        /// An accusation.
        Allegation "allegation",
        /// A judgement.
        Assessment "assessment",
        /// A contradiction of what others say.
        Denial "denial",
        /// The editors' own reading.
        Inference "inference",
    }
}

impl ClaimKind {
    /// Whether the kind hedges (estimate, allegation), speaks flatly (stated, reported), or does neither.
    pub fn hedge(self) -> Option<bool> {
        match self {
            Self::Estimate | Self::Allegation => Some(true),
            Self::Stated | Self::Reported => Some(false),
            Self::Assessment | Self::Denial | Self::Inference => None,
        }
    }
}

vocabulary! {
    /// The rank of a statement, as in Wikidata.
    Rank {
        /// The one that is shown.
        Preferred "preferred",
        /// Shown when nothing is preferred.
        Normal "normal",
        /// Kept for the record, never shown as the value.
        Deprecated "deprecated",
    }
}

vocabulary! {
    /// How sure the editors are of a claim.
    Confidence {
        /// Little doubt.
        High "high",
        /// Some doubt.
        Medium "medium",
        /// Much doubt.
        Low "low",
    }
}

vocabulary! {
    /// What kind of document a source is.
    SourceKind {
        /// An article of a news outlet.
        News "news",
        /// A report of an organisation.
        Report "report",
        /// A statement or an announcement.
        Statement "statement",
        /// Data.
        Dataset "dataset",
        /// A document of a court.
        Court "court",
        /// A post on a platform.
        Post "post",
        /// Anything else.
        Other "other",
    }
}

vocabulary! {
    /// How reliable a source is: the letter of the Admiralty code, A (reliable) to F (cannot be judged).
    Reliability {
        /// Reliable.
        A "A",
        /// Usually reliable.
        B "B",
        /// Fairly reliable.
        C "C",
        /// Not usually reliable.
        D "D",
        /// Unreliable.
        E "E",
        /// Cannot be judged.
        F "F",
    }
}

vocabulary! {
    /// What kind of actor an entity is.
    EntityKind {
        /// A state.
        State "state",
        /// A company, an agency, an international body.
        Organisation "organisation",
        /// A group without legal form.
        Group "group",
        /// A person.
        Person "person",
    }
}

vocabulary! {
    /// What kind of place.
    PlaceKind {
        /// A point on the map.
        Point "point",
        /// A city.
        City "city",
        /// A country.
        Country "country",
        /// A part of a country or of the world.
        Region "region",
    }
}

vocabulary! {
    /// How one incident bears on another.
    RelationKind {
        /// It is contained in the other, and is not counted beside it.
        PartOf "part-of",
        /// It came after the other.
        Follows "follows",
        /// It answers the other.
        ResponseTo "response-to",
        /// It tells of the other.
        ReportsOn "reports-on",
        /// Its proceeds pay for the other.
        Funds "funds",
        /// It reckons a figure of the other.
        EstimateOf "estimate-of",
        /// Both are one incident.
        SameAs "same-as",
        /// Both cannot be true.
        Contradicts "contradicts",
    }
}

impl RelationKind {
    /// Whether a ring of such relations is nonsense.
    pub fn must_be_acyclic(self) -> bool {
        matches!(self, Self::PartOf | Self::Follows | Self::ResponseTo)
    }
}

vocabulary! {
    /// The type that `site.yaml` gives to a free label or to a field of `extra`.
    ValueType {
        /// Text as it stands.
        Text "text",
        /// An EDTF date.
        Date "date",
        /// An amount of money.
        Amount "amount",
        /// A number of things.
        Count "count",
        /// Ids of entities.
        Entities "entities",
        /// Ids of places.
        Places "places",
    }
}
