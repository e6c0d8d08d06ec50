//! Where.

use super::Id;
use super::vocabulary::PlaceKind;
use crate::source_text::FileId;

/// A point, a city, a country or a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its name: the file's.
    pub id: Id,
    /// The file.
    pub file: FileId,
    /// What it is called in sentences.
    pub name: String,
    /// What kind of place.
    pub kind: Option<PlaceKind>,
    /// Latitude in degrees (WGS 84), as written.
    pub lat: Option<String>,
    /// Longitude in degrees (WGS 84), as written.
    pub lon: Option<String>,
    /// What it lies in.
    pub within: Option<Id>,
    /// Earlier ids.
    pub aliases: Vec<Id>,
    /// Kept out of the published site.
    pub draft: bool,
}
