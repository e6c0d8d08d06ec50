//! What is noted, by name.

/// Declares the parts once, so that none is without its words.
macro_rules! parts {
    ($($part:ident => $words:literal,)*) => {
        /// The lists and values that are noted.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Part {
            $(#[doc = concat!("When ", $words, ".")] $part,)*
        }

        impl Part {
            /// All of them.
    pub(super) const ALL: [Self; [$($words),*].len()] = [$(Self::$part),*];

            /// What a reader of it is told.
            pub(super) fn words(self) -> &'static str {
                match self {
                    $(Self::$part => $words,)*
                }
            }
        }
    };
}

parts! {
    Incidents => "the list of incidents differs",
    Sources => "the list of sources differs",
    Entities => "the list of entities differs",
    Places => "the list of places differs",
    Pages => "a plain page differs",
    Aliases => "an alias differs",
    Hidden => "a draft came or went",
    Broken => "a record can or cannot be read now",
    IncidentNames => "an incident came, went or moved",
    SourceNames => "a source came, went or moved",
    EntityNames => "an entity came, went or moved",
    PlaceNames => "a place came, went or moved",
    PageNames => "a plain page came, went or moved",
    IncidentBodies => "the text of an incident differs",
    PageBodies => "the text of a plain page differs",
    Kinds => "the incidents of a kind differ",
    Tags => "the incidents of a tag differ",
    Years => "the incidents of a year differ",
    CountOfClaims => "the number of claims differs",
    CountOfDisputes => "the number of disputed points differs",
    Figures => "the figures differ",
    Totals => "a total differs",
    Disputes => "the disputed points differ",
    Corrections => "the corrections differ",
    Known => "when something became known differs",
    Touched => "what rests on a source differs",
    SourceOrder => "the order of the sources differs",
    EntityOrder => "the order of the entities differs",
    PlaceOrder => "the order of the places differs",
    Choices => "by what incidents can be chosen differs",
    FilterTable => "the table of the filters differs",
    SearchIndex => "the search index differs",
    SiteCard => "the card of the site differs",
    IncidentCards => "the card of an incident differs",
}

impl Part {
    /// How many there are.
    pub(super) const COUNT: usize = Self::ALL.len();
}
