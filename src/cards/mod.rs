//! Incidents to pictures: what stands beside an address that somebody shares.
//!
//! In: the site, the words of its language, the pictures of the last build. Out: a [`Plan`], which says what cards there are,
//! where each lies and what it says; and their files, by [`draw`].
//! Must never be here: a page, the disk, a font of the machine, a file or an address that a picture would load.
//!
//! A card is drawn from a text, its SVG, and lies under the fingerprint of all that it is drawn from. So pages can name it
//! before it is drawn, and a card of the last build is taken over when there is one of that name that is whole.
//! Drawing is the slow part of a build; `cards` in the settings says for how many incidents it is worth it.
//!
//! Without the feature `cards` there are none.

#[cfg(feature = "cards")]
mod content;
#[cfg(feature = "cards")]
mod face;
#[cfg(feature = "cards")]
mod layout;
#[cfg(feature = "cards")]
mod picture;
#[cfg(feature = "cards")]
mod seal;

use crate::output::{Entry, OutPath};
use crate::phrase::Lexicon;
use crate::resolve::Site;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The folder of the cards, below the output folder.
pub const FOLDER: &str = "assets/cards";
/// How wide a card is, in pixels.
pub const WIDTH: u32 = 1200;
/// How high a card is, in pixels.
pub const HEIGHT: u32 = 630;

/// Which cards there are.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The card of the site, for every page that has none of its own.
    pub site: Option<Card>,
    /// The cards of the incidents, by their numbers. Where one is missing, that of the site stands for it.
    pub incidents: BTreeMap<usize, Card>,
}

/// One card, not drawn yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Where it lies, below the output folder.
    pub path: String,
    /// What it says, for those who do not see it.
    pub words: String,
    #[cfg(feature = "cards")]
    svg: String,
}

impl Plan {
    /// What is left of it when only the card at `path` is wanted.
    #[must_use]
    pub fn only(&self, path: &str) -> Self {
        let mut all = self.site.iter().chain(self.incidents.values());
        Self { site: all.find(|card| card.path == path).cloned(), incidents: BTreeMap::new() }
    }
}

/// What [`draw`] made.
#[derive(Debug, Default)]
pub struct Drawn {
    /// The files of all cards.
    pub files: Vec<(OutPath, Entry)>,
    /// How many were drawn; the others were taken over.
    pub drawn: usize,
}

/// Says which cards a site has: none when nobody knows where it will lie, since a card needs a full address.
#[cfg(feature = "cards")]
pub fn plan(site: &Site, lexicon: &Lexicon) -> Plan {
    use rayon::prelude::*;
    let config = &site.config;
    if config.base_url.is_none() || config.cards == Some(false) {
        return Plan::default();
    }
    let faces = face::Faces::new();
    let card = |content: content::Content| -> Option<Card> {
        let svg = content.is_covered(&faces).then(|| layout::svg(&content, &faces))?;
        let name = crate::source_text::Fingerprint::of(format!("{}\n{svg}", picture::maker()).as_bytes());
        Some(Card { path: format!("{FOLDER}/{}.png", name.short(20)), words: content.words(), svg })
    };
    let own = config.has_incident_cards(site.incidents.len());
    let incidents = if own { site.incidents.as_slice() } else { &[] };
    let incidents: Vec<Option<Card>> =
        incidents.par_iter().map(|entry| card(content::of_incident(site, entry, lexicon))).collect();
    Plan {
        site: card(content::of_site(site, lexicon)),
        incidents: incidents.into_iter().enumerate().filter_map(|(number, card)| Some((number, card?))).collect(),
    }
}

/// Says which cards a site has: none, since this program was made without them.
#[cfg(not(feature = "cards"))]
pub fn plan(_site: &Site, _lexicon: &Lexicon) -> Plan {
    Plan::default()
}

/// The files of all cards. Of `kept`, files of the last build, those are taken over that are whole and were drawn from the
/// same.
#[cfg(feature = "cards")]
pub fn draw(plan: &Plan, kept: &BTreeMap<OutPath, Arc<[u8]>>) -> Drawn {
    use crate::output::{Origin, Stage};
    use rayon::prelude::*;
    // Two incidents may have a card that says the same.
    let cards: BTreeMap<&str, &Card> =
        plan.site.iter().chain(plan.incidents.values()).map(|card| (card.path.as_str(), card)).collect();
    let pen = picture::Pen::new();
    let files: Vec<(OutPath, Arc<[u8]>, bool)> = cards
        .into_par_iter()
        .filter_map(|(path, card)| {
            let path = OutPath::new(path).ok()?;
            let whole = kept.get(&path).filter(|bytes| seal::holds(bytes, path.as_str()));
            if let Some(bytes) = whole {
                return Some((path, bytes.clone(), false));
            }
            let bytes = seal::sealed(pen.png(&card.svg)?, path.as_str());
            Some((path, bytes.into(), true))
        })
        .collect();
    let drawn = files.iter().filter(|(_, _, drawn)| *drawn).count();
    let entry = |bytes| Entry::new(Stage::Asset, bytes, Origin::of_every_site("a social card"));
    Drawn { files: files.into_iter().map(|(path, bytes, _)| (path, entry(bytes))).collect(), drawn }
}

/// The files of all cards: none, since this program was made without them.
#[cfg(not(feature = "cards"))]
pub fn draw(_plan: &Plan, _kept: &BTreeMap<OutPath, Arc<[u8]>>) -> Drawn {
    Drawn::default()
}

#[cfg(all(test, feature = "cards"))]
mod tests;
