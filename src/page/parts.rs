//! What several pages show: links, rows of lists, claims, footnotes.
//!
//! Everything here is ready to show: text is not escaped (templates do that), addresses are relative to the page,
//! `Html` is safe as it stands.

use crate::phrase::piece::Piece;
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// What every page has.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// The page's own title, without the site's.
    pub title: String,
    /// For search engines and cards.
    pub description: Option<String>,
    /// The page's path below the output folder.
    pub route: String,
    /// The way from the page to the output folder: empty or `../`; on the error page the base path.
    pub root: String,
    /// The page's full address.
    pub canonical: Option<String>,
    /// The same as a value in another address; nothing when it is too long for one.
    pub canonical_encoded: Option<String>,
    /// Whether search engines should leave it out.
    pub noindex: bool,
    /// The template's family: `incident`, `source`, `list`, …
    pub kind: &'static str,
    /// The entry of the navigation to which the page belongs.
    pub section: &'static str,
    /// The picture beside the page's address where somebody shares it.
    pub social: Option<SocialCard>,
}

/// A picture beside an address that somebody shares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SocialCard {
    /// Its full address.
    pub url: String,
    /// What it says.
    pub alt: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// Text that may lead somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The text.
    pub text: String,
    /// The address; nothing when there is no page.
    pub url: Option<String>,
}

/// An incident as a row of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// Its page.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Its date in words.
    pub date: String,
    /// The same for machines, when it is one year, month or day.
    pub datetime: Option<String>,
    /// Why it stands under its year, when it lasted longer or only a range is known.
    pub placed: Option<String>,
    /// The same for its month.
    pub placed_month: Option<String>,
    /// One sentence.
    pub summary: Option<String>,
    /// Amounts and counts in words, with their qualifiers.
    pub figures: Vec<String>,
    /// Its kind.
    pub kind: Option<Link>,
    /// The id of the kind, for a class name.
    pub kind_id: Option<String>,
    /// Its status, as a word.
    pub status: Option<String>,
    /// The status as written, for a class name.
    pub status_id: Option<&'static str>,
    /// Who is said to have asserted or reported it.
    pub asserted: Option<String>,
    /// "3 sources".
    pub sources: String,
    /// "2 disputed points"; nothing when nothing is disputed.
    pub disputed: Option<String>,
    /// Whether it is a draft.
    pub draft: bool,
}

/// A card that stands in many lists and is made once. A template sees a [`Card`].
#[derive(Debug, Clone)]
pub struct SharedCard(pub Arc<Card>);

impl Serialize for SharedCard {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Rows under one heading.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// The heading: a year.
    pub heading: String,
    /// Its anchor on the page.
    pub anchor: String,
    /// The page of the heading, when it is another than this one.
    pub url: Option<String>,
    /// The rows; those of months that stand by themselves are not among them.
    pub cards: Vec<SharedCard>,
    /// Months with their rows, after the others.
    pub months: Vec<Month>,
}

/// Rows under the heading of a month.
#[derive(Debug, Clone, Serialize)]
pub struct Month {
    /// The heading.
    pub heading: String,
    /// Its anchor on the page.
    pub anchor: String,
    /// The rows.
    pub cards: Vec<SharedCard>,
}

/// Where a long list goes on.
#[derive(Debug, Clone, Serialize)]
pub struct Pager {
    /// "page 2 of 5".
    pub words: String,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// The first page, the last, and those beside this one, which has no address.
    pub pages: Vec<PagerLink>,
}

/// One page of a long list.
#[derive(Debug, Clone, Serialize)]
pub struct PagerLink {
    /// Its number.
    pub text: String,
    /// Its address; nothing for the page itself.
    pub url: Option<String>,
    /// Whether pages are left out before it.
    pub after_gap: bool,
}

/// A claim with its sentence.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimView {
    /// Its anchor on the incident's page; nothing for an implicit claim.
    pub id: Option<String>,
    /// Where it stands: on this page `#f12a`, from others the incident's page with it.
    pub url: Option<String>,
    /// What it says.
    pub value: Vec<Piece>,
    /// `shown`, `supports`, `rival` or `deprecated`, for a class name.
    pub standing: &'static str,
    /// The same in words.
    pub standing_words: &'static str,
    /// Who says so and how it reached us.
    pub sentence: Vec<Piece>,
    /// The same drawn, step by step, where the claim is disputed and the way is long.
    pub chain: Vec<Step>,
    /// Numbers of footnotes.
    pub notes: Vec<NoteRef>,
    /// "estimate", "allegation", …
    pub kind: Option<&'static str>,
    /// "low confidence".
    pub confidence: Option<&'static str>,
    /// The editor's reason for the rank.
    pub why: Option<String>,
    /// What else a reader should know.
    pub note: Option<String>,
}

/// A step on the way of a claim: who asserts it, what passed it on, what was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What it does there: "estimates", "reported by", "read in".
    pub role: &'static str,
    /// Its name.
    pub name: String,
    /// When it was asserted, where it was read.
    pub detail: Option<String>,
    /// The mark of what the editors have not seen.
    pub unseen: Option<&'static str>,
}

/// The mark of a footnote in the text.
#[derive(Debug, Clone, Serialize)]
pub struct NoteRef {
    /// Its number.
    pub number: usize,
    /// The footnote's anchor: `fn-3`.
    pub note: String,
    /// The mark's own anchor, for the way back.
    pub id: String,
}

/// A footnote.
#[derive(Debug, Clone, Serialize)]
pub struct Footnote {
    /// Its number.
    pub number: usize,
    /// Its anchor.
    pub id: String,
    /// The source, with its page.
    pub source: Link,
    /// Publisher and date, as far as known.
    pub details: String,
    /// "paragraph 5".
    pub locator: Option<String>,
    /// The source's own address.
    pub href: Option<String>,
    /// For a source that was not seen: where it was cited, by number of footnote.
    pub cited_in: Option<NoteRef>,
    /// Whether the editors have seen it.
    pub seen: bool,
    /// Anchors of its marks.
    pub back: Vec<String>,
}

/// A picture and the sentences that explain its marks.
#[derive(Debug, Clone, Serialize)]
pub struct Drawn {
    /// SVG, safe as it is.
    pub svg: String,
    /// What its scale is and what its marks mean, each a sentence.
    pub words: Vec<String>,
}

/// A field on which claims differ.
#[derive(Debug, Clone, Serialize)]
pub struct Dispute {
    /// The incident.
    pub incident: Link,
    /// The incident's date in words.
    pub date: String,
    /// The field's heading.
    pub field: String,
    /// The field's place on the incident's page.
    pub url: String,
    /// What is shown.
    pub shown: Vec<Piece>,
    /// What to say when nothing is.
    pub nothing: Option<&'static str>,
    /// The claim that is shown; nothing when the record itself gives the value.
    pub claim: Option<ClaimView>,
    /// The editor's reason.
    pub why: Option<String>,
    /// What stands against it, not believed claims included.
    pub rivals: Vec<ClaimView>,
    /// All of them on one scale, where they have places on one.
    pub drawn: Option<Drawn>,
}
