//! Incidents as an axis: lanes by kind, each mark a link to its incident.

use super::World;
use super::parts::Link;
use crate::draw::axis::{self, Bar, End, Lane, Mark, Over, Said, Shape, Words};
use crate::draw::time::Fold;
use crate::model::date::{Extent, Side};
use crate::model::{Date, RecordKind};
use crate::phrase::pattern::fill;
use crate::resolve::{IncidentEntry, routes};
use serde::Serialize;
use std::collections::BTreeMap;

/// An axis, ready to show.
#[derive(Debug, Serialize)]
pub(super) struct Axis {
    /// The picture for wide pages: safe HTML, as are the next two.
    wide: String,
    /// The picture for narrow ones.
    narrow: String,
    /// What both share.
    shared: String,
    /// The shapes that stand in it; the string `axis_<id>` explains each.
    key: Vec<Key>,
    /// Whether it is worth a way past all its links.
    long: bool,
    /// What no line can hold.
    left_out: Vec<Link>,
    /// The rest of it, when it is too much to name.
    left_out_more: Option<Link>,
}

#[derive(Debug, Serialize)]
struct Key {
    id: &'static str,
    /// `wide` or `narrow`, when it stands in that picture alone.
    only: Option<&'static str>,
    /// Safe HTML.
    drawn: String,
}

/// Where the bars of an axis lead.
#[derive(Clone, Copy, Debug)]
pub(super) enum Leads<'a> {
    /// To the pages of the kinds.
    Kinds,
    /// To the list at this route, which holds just the rows of the axis.
    List(&'a str),
    /// To the list of this year at this route, of which the axis shows no other year.
    Year(&'a str, &'a Date),
}

/// More links than these are worth a way past them.
const MANY_LINKS: usize = 8;

/// What no line can hold is named up to this number.
const NAMED: usize = 12;

/// The axis of `rows` on a page whose way to the output folder is `root`; nothing when none of them has a day.
pub(super) fn axis(world: &World, root: &str, rows: &[usize], leads: Leads<'_>) -> Option<Axis> {
    let entries: Vec<(usize, &IncidentEntry)> =
        rows.iter().filter_map(|row| Some((*row, world.site.incidents.get(*row)?))).collect();
    let kinds = &world.facets.kinds;
    let lane_of: BTreeMap<_, _> = kinds.iter().zip(0..).map(|((kind, _), lane)| (kind, lane)).collect();
    let mut lanes: Vec<Lane> = kinds
        .iter()
        .map(|(kind, _)| Lane {
            label: world.site.config.kind_label(kind.as_str()),
            class: Some(format!("kind-{kind}")),
            url: matches!(leads, Leads::Kinds).then(|| format!("{root}{}", routes::kind(kind.as_str()))),
        })
        .collect();
    lanes.push(Lane { label: world.terms.axis_without_kind.to_owned(), class: None, url: None });
    let marks: Vec<Mark<'_>> = entries
        .iter()
        .map(|(_, entry)| {
            let kind = entry.incident.kind.as_ref();
            let lane = kind.and_then(|kind| lane_of.get(kind).copied()).unwrap_or(kinds.len());
            within(mark(entry, lane), leads)
        })
        .collect();
    let speaker = Speaker { world, root, entries: &entries, lanes: &lanes, leads, rows };
    let drawing = axis::draw(&speaker.label(), &lanes, &marks, &speaker)?;
    let mut left_out: Vec<Link> = drawing
        .left_out
        .iter()
        .filter_map(|number| Some(super::incident_link(root, entries.get(*number)?.1)))
        .collect();
    let left_out_more = (left_out.len() > NAMED).then(|| Link {
        text: world.terms.incidents.words(left_out.len()),
        url: Some(format!("{root}{}", routes::year(None))),
    });
    if left_out_more.is_some() {
        left_out.clear();
    }
    let axis::Drawing { wide, narrow, .. } = drawing;
    let key = wide.shapes.union(&narrow.shapes).map(|shape| Key {
        id: id(*shape),
        only: match (wide.shapes.contains(shape), narrow.shapes.contains(shape)) {
            (true, false) => Some("wide"),
            (false, true) => Some("narrow"),
            _ => None,
        },
        drawn: shape.drawn(),
    });
    Some(Axis {
        shared: axis::definitions(),
        key: key.collect(),
        long: wide.links.max(narrow.links) > MANY_LINKS,
        wide: wide.svg,
        narrow: narrow.svg,
        left_out,
        left_out_more,
    })
}

fn id(shape: Shape) -> &'static str {
    match shape {
        Shape::Sharp => "sharp",
        Shape::Faded => "faded",
        Shape::Hollow => "hollow",
        Shape::Open => "open",
        Shape::Disputed => "disputed",
        Shape::Count => "count",
        Shape::CountVague => "count_vague",
        Shape::Strip => "strip",
        Shape::Break => "break",
    }
}

fn mark(entry: &IncidentEntry, lane: usize) -> Mark<'_> {
    let date = &entry.date;
    let end = |side: Side, day: Option<_>| match (side, day) {
        (Side::Firm, Some(day)) => End::Sharp(day),
        (Side::Vague, Some(day)) => End::Faded(day),
        (Side::Open, _) => End::Open,
        // A year beyond the calendar has no day either.
        (Side::Unknown, _) | (_, None) => End::Unknown,
    };
    Mark {
        lane,
        title: &entry.incident.title,
        start: end(date.start(), date.earliest()),
        end: end(date.end(), date.latest()),
        once: date.extent() == Some(Extent::Once),
        disputed: entry.disputed_count() > 0,
    }
}

/// The mark as far as the axis reaches.
fn within<'m>(mark: Mark<'m>, leads: Leads<'_>) -> Mark<'m> {
    let Leads::Year(_, year) = leads else { return mark };
    let (Some(first), Some(last)) = (year.earliest(), year.latest()) else { return mark };
    let cut = |end: End| match end {
        End::Sharp(day) | End::Faded(day) if day < first => End::Beyond(first),
        End::Sharp(day) | End::Faded(day) if day > last => End::Beyond(last),
        end => end,
    };
    Mark { start: cut(mark.start), end: cut(mark.end), ..mark }
}

/// What an axis says in the language of the site.
struct Speaker<'a> {
    world: &'a World,
    root: &'a str,
    /// The incidents of the marks, with their numbers.
    entries: &'a [(usize, &'a IncidentEntry)],
    lanes: &'a [Lane],
    leads: Leads<'a>,
    rows: &'a [usize],
}

impl Speaker<'_> {
    /// The name of the whole.
    fn label(&self) -> String {
        let years = self.entries.iter().flat_map(|(_, entry)| routes::years(&entry.date)).flatten();
        let (mut first, mut last) = (None, None);
        for year in years {
            first = first.map_or(Some(year), |known: i32| Some(known.min(year)));
            last = last.map_or(Some(year), |known: i32| Some(known.max(year)));
        }
        let years = match (self.leads, first, last) {
            (Leads::Year(_, year), ..) => crate::phrase::date::words(year, self.world.lexicon),
            (_, Some(first), Some(last)) => self.years(first, last),
            _ => self.world.terms.undated.to_owned(),
        };
        fill(
            self.world.terms.axis_label,
            &[("incidents", &self.world.terms.incidents.words(self.entries.len())), ("years", &years)],
        )
    }

    fn years(&self, first: i32, last: i32) -> String {
        let (from, to) = (self.world.year(Some(first)), self.world.year(Some(last)));
        if first == last { from } else { fill(self.world.terms.axis_years, &[("first", &from), ("last", &to)]) }
    }

    /// The list in which the incidents of a bar stand, at the heading under which the first of them stands.
    fn list_of(&self, bar: &Bar) -> String {
        let Some((number, entry)) = self.entries.get(bar.first) else { return String::new() };
        let kind = self.world.facets.kinds.get(bar.lane);
        let (route, rows, one_year) = match (self.leads, kind) {
            (Leads::List(route), _) => (route.to_owned(), self.rows, false),
            (Leads::Year(route, _), _) => (route.to_owned(), self.rows, true),
            (Leads::Kinds, Some((kind, rows))) => (routes::kind(kind.as_str()), rows.as_slice(), false),
            (Leads::Kinds, None) => {
                let year = routes::years(&entry.date).first().copied().flatten();
                return format!("{}{}", self.root, routes::year(year));
            }
        };
        let size = self.world.site.config.timeline.page.max(1);
        let part = rows.partition_point(|row| row < number) / size;
        let shown = super::part_of(rows, part, size);
        let to_month = !matches!(bar.over, Over::Years(..));
        let anchor = super::group::anchor_of(self.world, shown, *number, one_year, to_month);
        let anchor = anchor.unwrap_or_else(|| "s-list".to_owned());
        format!("{}{}#{anchor}", self.root, routes::part(&route, part))
    }

    fn more(&self, said: &str, more: &str) -> String {
        fill(self.world.terms.axis_more, &[("said", said), ("more", more)])
    }
}

impl Words for Speaker<'_> {
    fn mark(&self, number: usize) -> Said {
        let Some((_, entry)) = self.entries.get(number) else {
            return Said { name: String::new(), url: String::new() };
        };
        let terms = self.world.terms;
        let date = super::card::date_words(self.world, entry);
        let kind = entry.incident.kind.as_ref().map(|kind| self.world.site.config.kind_label(kind.as_str()));
        let pattern = if kind.is_some() { terms.axis_mark } else { terms.axis_mark_without_kind };
        let places =
            [("title", entry.incident.title.as_str()), ("date", &date), ("kind", kind.as_deref().unwrap_or_default())];
        let name = fill(pattern, &places);
        let name = match entry.disputed_count() {
            0 => name,
            points => self.more(&name, &terms.disputed_fields.words(points)),
        };
        let route = routes::record(RecordKind::Incident, &entry.incident.id);
        Said { name, url: format!("{}{route}", self.root) }
    }

    fn bar(&self, bar: &Bar) -> Said {
        let terms = self.world.terms;
        let lane = self.lanes.get(bar.lane).map(|lane| lane.label.as_str()).unwrap_or_default();
        let time = match bar.over {
            Over::Years(first, last) => self.years(first, last),
            // A quarter is written as a month is, beginning with 33.
            Over::Quarter(year, quarter) => month_words(self.world, year, quarter + 32),
            Over::Month(year, month) => month_words(self.world, year, month),
        };
        let incidents = terms.incidents.words(bar.count);
        let mut name = fill(terms.axis_bar, &[("lane", lane), ("time", &time), ("incidents", &incidents)]);
        for (number, words) in [(bar.vague, &terms.axis_vague), (bar.disputed, &terms.axis_disputed)] {
            if number > 0 {
                name = self.more(&name, &words.words(number));
            }
        }
        Said { name, url: self.list_of(bar) }
    }

    fn count(&self, count: usize) -> String {
        self.world.terms.incidents.words(count)
    }

    fn fold(&self, fold: &Fold) -> String {
        let (first, last) = (self.world.year(Some(fold.first_year)), self.world.year(Some(fold.last_year)));
        fill(self.world.terms.axis_break, &[("first", &first), ("last", &last)])
    }

    fn tick(&self, year: i32, month: Option<u32>) -> String {
        let names = self.world.lexicon.date.months_short;
        let name = month.and_then(|month| names.get(usize::try_from(month).ok()?.checked_sub(1)?));
        name.map_or_else(|| self.world.year(Some(year)), |name| (*name).to_owned())
    }
}

/// A month in words: `March 2021`; or what is written in its place.
pub(super) fn month_words(world: &World, year: i32, month: u32) -> String {
    let name = format!("{}-{month:02}", routes::year_name(year));
    Date::parse(&name).map_or(name, |date| crate::phrase::date::words(&date, world.lexicon))
}
