//! What every template sees.

use super::Options;
use crate::model::RecordKind;
use crate::page::World;
use crate::render::{Globals, PageLink, SiteGlobals};
use crate::resolve::{Site, routes};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The globals of a site whose assets lie at `assets`.
pub(super) fn globals(world: &World, options: &Options, assets: BTreeMap<String, String>) -> Globals {
    let config = &world.site.config;
    let now = options.now.or_else(|| newest(&world.site));
    Globals {
        site: SiteGlobals {
            title: config.title.clone(),
            description: config.description.clone(),
            language: config.language.clone(),
            locale: locale(&config.language),
            licence: config.licence.clone(),
            repository: config.repository.clone(),
            contribute: crate::page::contribute(world),
            base_url: config.base_url.clone(),
            preview: options.preview,
            drafts: options.drafts,
            pages: pages(&world.site),
            generator: concat!("annals ", env!("CARGO_PKG_VERSION")),
            now: now.map(|day| day.to_string()),
            has_corrections: !world.facets.corrections.is_empty(),
            has_disputed: *world.facets.disputed > 0,
        },
        assets,
        t: serde_json::Map::new(),
    }
}

/// A language tag as the Open Graph writes it, which wants a language and a region.
fn locale(language: &str) -> Option<String> {
    let mut parts = language.split(['-', '_']);
    let language = parts.next()?.to_ascii_lowercase();
    let region = parts.find(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic()))?;
    Some(format!("{language}_{}", region.to_ascii_uppercase()))
}

/// The newest day that the content names, so that "today" moves with it and not with the clock.
fn newest(site: &Site) -> Option<NaiveDate> {
    let happened = site.incidents.iter().map(|entry| &entry.date);
    let claims = site.incidents.iter().flat_map(|entry| &entry.incident.claims);
    let said = claims.filter_map(|claim| claim.said.as_ref());
    let corrected =
        site.incidents.iter().flat_map(|entry| &entry.incident.corrections).map(|correction| &correction.on);
    let published = site.sources.iter().filter_map(|entry| entry.source.published.as_ref());
    let dates = happened.chain(said).chain(corrected).chain(published);
    dates.filter_map(|date| date.latest().or(date.earliest())).max()
}

fn pages(site: &Site) -> Vec<PageLink> {
    let pages = site.pages.iter();
    pages.map(|page| PageLink { title: page.title.clone(), url: routes::record(RecordKind::Page, &page.id) }).collect()
}
