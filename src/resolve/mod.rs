//! Records to a site.
//!
//! In: the records of all files, and the settings. Out: [`Site`]: who refers to whom, what is shown, what is disputed,
//! in which order, at which address; and the problems of identity: what is defined twice, what is named and not there.
//! Must never be here: a change of a record; a page; a judgement about evidence (that is `validate`'s).

pub mod backlinks;
pub mod choices;
pub mod fields;
mod names;
pub mod references;
pub mod routes;
mod shown;
pub mod site;

pub use choices::Choices;
pub use fields::{FieldState, Shown, Standing};
pub use names::Called;
pub use site::{Alias, EntityEntry, IncidentEntry, PlaceEntry, Site, SourceEntry};

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::Record;
use std::sync::Arc;

/// Builds the site from its records, which come sorted by path. Drafts are in it; they stay marked.
pub fn site(records: &[Record], config: &Arc<Config>) -> (Site, Vec<Diagnostic>) {
    site_after(None, records, config)
}

/// The same, after an earlier state of it.
pub fn site_after(last: Option<&Site>, records: &[Record], config: &Arc<Config>) -> (Site, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut site = site::collect(records, config, last, &mut problems);
    let ((found, named), links) = rayon::join(|| references::check(&site), || backlinks::of(&site));
    problems.extend(found);
    named.write(&mut site);
    links.write(&mut site);
    (site, problems)
}

/// The site as its readers see it: without drafts. Reports what is published and names a draft.
pub fn without_drafts(mut site: Site) -> (Site, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    site::hide_drafts(&mut site);
    references::check_drafts(&site, &mut problems);
    backlinks::of(&site).write(&mut site);
    (site, problems)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, RecordKind};
    use crate::source_text::File;

    const SOURCE: (&str, &str) = ("content/sources/s.yaml", "title: S\n");

    fn records(files: &[(&str, &str)]) -> (Vec<Record>, Arc<Config>) {
        let config = Arc::new(Config::default());
        let files = files.iter().map(|(path, text)| File::new(path, text.as_bytes()));
        let records = files.filter_map(|file| {
            let parsed = crate::parse::record(RecordKind::of(&file.id)?, &file, &config);
            assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
            Some(parsed.record)
        });
        (records.collect(), config)
    }

    fn incident(id: &str, more: &str) -> (String, String) {
        let text = format!("---\ntitle: T\ndate: 2020\nsources: [s#1]\nactors: {{by: [e]}}\n{more}---\n");
        (format!("content/incidents/{id}.md"), text)
    }

    #[test]
    fn without_drafts_is_as_if_they_had_never_been() {
        let published = [
            incident("b", "relations: [{follows: d, in: s#2}]\n"),
            incident("d", "aliases: [old-d]\nclaims: [{about: cause, is: x, in: s#3}]\n"),
        ];
        let drafts = [
            incident("a", "draft: true\naliases: [old-a]\nrelations: [{follows: d, in: s#2}]\n"),
            incident("c", "draft: true\n"),
        ];
        let others = [SOURCE, ("content/entities/e.yaml", "name: E\n"), ("content/pages/p.md", "---\ntitle: P\n---\n")];
        let draft_page = [("content/pages/q.md", "---\ntitle: Q\ndraft: true\n---\n")];
        let as_text = |list: &[(String, String)]| list.to_vec();
        let build = |incidents: Vec<(String, String)>, more: &[(&str, &str)]| {
            let incidents = incidents.iter().map(|(path, text)| (path.as_str(), text.as_str()));
            let (records, config) = records(&incidents.chain(others).chain(more.iter().copied()).collect::<Vec<_>>());
            site(&records, &config)
        };
        let (all, problems) = build([as_text(&published), as_text(&drafts)].concat(), &draft_page);
        assert_eq!((problems.len(), all.incidents.len(), all.pages.len()), (0, 4, 2));
        let (without, problems) = without_drafts(all);
        assert!(problems.is_empty(), "{problems:?}");
        let (expected, _) = build(as_text(&published), &[]);
        let show = |site: &Site| {
            format!("{:#?}{:#?}", (&site.incidents, &site.pages, &site.aliases), (&site.sources, &site.entities))
        };
        assert_eq!(show(&without), show(&expected));
        for (kind, id) in [(RecordKind::Incident, "a"), (RecordKind::Incident, "c"), (RecordKind::Page, "q")] {
            let id = Id::new(id);
            assert!(without.is_defined(kind, &id) && !without.is_published(kind, &id), "{id}");
        }
    }

    #[test]
    fn what_names_a_draft_is_told_when_it_is_hidden() {
        let (path, text) = incident("b", "relations: [{follows: c, in: s#2}]\n");
        let (draft, draft_text) = incident("c", "draft: true\n");
        let files = [
            SOURCE,
            ("content/entities/e.yaml", "name: E\ndraft: true\n"),
            (path.as_str(), text.as_str()),
            (draft.as_str(), draft_text.as_str()),
        ];
        let (records, config) = records(&files);
        let (all, problems) = site(&records, &config);
        assert!(problems.is_empty(), "{problems:?}");
        let (without, problems) = without_drafts(all);
        let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "the incident `c` is a draft; it is named here and will not be linked",
                "the entity `e` is a draft; it is named here and will not be linked",
            ]
        );
        assert!(!without.is_published(RecordKind::Entity, &Id::new("e")));
        assert_eq!(without.entities.get(0).map(|entry| entry.roles.len()), Some(1));
    }

    #[test]
    fn fields_keep_the_order_of_the_page_and_then_of_the_author() {
        let claims = "count: {ships: 3, crew: 5}\nclaims:\n\
            \x20 - {about: zeal, is: x, in: s#1}\n\
            \x20 - {about: count.crew, is: 6, in: s#1, rank: preferred, why: seen}\n\
            \x20 - {about: cause, is: x, in: s#1}\n\
            \x20 - {about: zeal, is: z, in: s#1, rank: deprecated, why: taken back}\n\
            \x20 - {about: count.crew, is: 7, in: s#1}\n\
            \x20 - {about: count.boats, is: 1, in: s#1}\n";
        let (path, text) = incident("a", claims);
        let (records, config) = records(&[SOURCE, ("content/entities/e.yaml", "name: E\n"), (&path, &text)]);
        let (site, _) = site(&records, &config);
        let entry = site.incidents.get(0).unwrap();
        let fields: Vec<String> =
            entry.fields.iter().map(|state| format!("{} {:?}", state.field, state.claims)).collect();
        assert_eq!(
            fields,
            [
                "date []",
                "count.ships []",
                "count.crew [(1, Shown), (4, Rival)]",
                "count.boats [(5, Shown)]",
                "actors.by []",
                "zeal [(0, Shown), (3, Deprecated)]",
                "cause [(2, Shown)]",
            ]
        );
        let standings: Vec<Standing> = (0..6).map(|claim| entry.standing(claim)).collect();
        use Standing::{Deprecated, Rival, Shown};
        assert_eq!(standings, [Shown, Shown, Shown, Deprecated, Rival, Shown]);
    }
}
