//! Figures over time, one picture for each currency and each thing that is counted.

use super::super::bounds::{from_nothing, places};
use super::super::card::date_words;
use super::super::scales::{Times, float, scale_words, value_words};
use super::super::{World, incident};
use super::density;
use crate::draw::boxes::{Boxes, Figure, VALUES};
use crate::draw::value::{ValueScale, Values};
use crate::model::amount::Quantity;
use crate::model::{Field, RecordKind, Value};
use crate::phrase::pattern::fill;
use crate::phrase::piece;
use crate::resolve::fields::shown_values;
use crate::resolve::{FieldState, IncidentEntry, routes};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A picture with its heading and what explains it.
#[derive(Debug, Serialize)]
pub(super) struct Chart {
    heading: String,
    /// Its anchor.
    anchor: String,
    /// Safe SVG.
    svg: String,
    /// What is true of this picture alone: its scale, what it leaves out.
    words: Vec<String>,
    /// What its marks mean, which is the same in all pictures.
    #[serde(skip)]
    key: Vec<&'static str>,
}

/// The pictures of a page.
#[derive(Debug, Default, Serialize)]
pub(super) struct Charts {
    list: Vec<Chart>,
    /// What their marks mean.
    key: Vec<&'static str>,
    /// A sentence for those that are not made.
    more: Option<String>,
}

/// A picture without its heading.
pub(super) struct Picture {
    pub svg: String,
    pub words: Vec<String>,
    pub key: Vec<&'static str>,
}

/// More figures than this are counted instead of drawn one by one.
const MOST_BOXES: usize = 40;

/// More pictures than this belong on no page.
const MOST_CHARTS: usize = 12;

/// What figures have to share to stand on one scale.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Measure<'a> {
    Currency(&'a str),
    Things(&'a str),
}

/// A figure with its place in the table.
pub(super) struct Known<'a> {
    /// Its number in the table.
    pub number: usize,
    pub entry: &'a IncidentEntry,
    pub state: &'a FieldState,
    pub quantity: &'a Quantity,
}

/// What all figures of a picture share.
pub(super) struct Ground<'a> {
    /// "Amounts in USD", "Number of exchanges".
    pub heading: String,
    pub currency: Option<&'a str>,
    pub scale: ValueScale,
    pub times: Times,
}

/// The pictures of the site.
pub(super) fn charts(world: &World, root: &str) -> Charts {
    let mut groups: BTreeMap<Measure<'_>, Vec<Known<'_>>> = BTreeMap::new();
    for (number, (at, field)) in (1..).zip(world.facets.figures.iter()) {
        let Some(entry) = world.site.incidents.get(*at) else { continue };
        let Some(state) = entry.fields.get(*field) else { continue };
        let (measure, quantity) = match (shown_values(&entry.incident, state).first(), &state.field) {
            (Some(Value::Amount(amount)), _) => match amount.currency() {
                Some(currency) => (Measure::Currency(currency), amount.quantity()),
                None => continue,
            },
            (Some(Value::Count(count)), Field::Count(things)) => (Measure::Things(things), count.quantity()),
            _ => continue,
        };
        groups.entry(measure).or_default().push(Known { number, entry, state, quantity });
    }
    // One figure is told by the table as well.
    let mut groups: Vec<(Measure<'_>, Vec<Known<'_>>)> =
        groups.into_iter().filter(|(_, figures)| figures.len() > 1).collect();
    // Amounts before counts, and what there is most of first.
    groups.sort_by_key(|(measure, figures)| (matches!(measure, Measure::Things(_)), Reverse(figures.len()), *measure));
    let more = groups.len().saturating_sub(MOST_CHARTS);
    groups.truncate(MOST_CHARTS);
    let charts = groups.into_iter().zip(1..);
    let list: Vec<Chart> =
        charts.filter_map(|((measure, figures), number)| chart(world, root, measure, figures, number)).collect();
    let mut key: Vec<&'static str> = Vec::new();
    for words in list.iter().flat_map(|chart| &chart.key) {
        if !key.contains(words) {
            key.push(words);
        }
    }
    Charts { list, key, more: (more > 0).then(|| world.terms.figures.charts_more.words(more)) }
}

fn chart(world: &World, root: &str, measure: Measure<'_>, all: Vec<Known<'_>>, number: usize) -> Option<Chart> {
    let words = &world.terms.figures;
    let total = all.len();
    let has_place = |figure: &Known<'_>| {
        let date = &figure.entry.date;
        figure.quantity.interval().is_some() && (date.earliest().is_some() || date.latest().is_some())
    };
    let figures: Vec<Known<'_>> = all.into_iter().filter(has_place).collect();
    if figures.len() < 2 {
        return None;
    }
    let (heading, currency) = match measure {
        Measure::Currency(code) => (fill(words.chart_amounts, &[("currency", code)]), Some(code)),
        Measure::Things(name) => (world.field_label(&Field::Count(name.to_owned())), None),
    };
    let at: Vec<f64> = figures.iter().flat_map(|figure| places(figure.quantity)).collect();
    let values = Values {
        places: &at,
        from_nothing: figures.iter().any(|figure| from_nothing(figure.quantity)),
        beyond: figures.iter().any(|figure| figure.quantity.interval().is_some_and(|i| i.high.is_none())),
    };
    let scale = ValueScale::new(&values, VALUES.1, VALUES.0)?;
    let times = Times::of(figures.iter().map(|figure| &figure.entry.date))?;
    let ground = Ground { heading: heading.clone(), currency, scale, times };
    let Picture { svg, words: mut sentences, key } = if figures.len() > MOST_BOXES {
        density::draw(world, &ground, &figures)?
    } else {
        boxes(world, root, &ground, &figures)
    };
    let left = total - figures.len();
    if left > 0 {
        sentences.push(words.chart_undrawn.words(left));
    }
    Some(Chart { heading, anchor: format!("s-chart-{number}"), svg, words: sentences, key })
}

fn boxes(world: &World, root: &str, ground: &Ground<'_>, figures: &[Known<'_>]) -> Picture {
    let words = &world.terms.figures;
    let Ground { currency, scale, times, .. } = ground;
    let labels = scale.labelled(|round| value_words(world, round, *currency), |_| 34.0);
    let ticks: Vec<_> = labels.iter().map(|(tick, _)| *tick).collect();
    let boxes: Vec<Figure> = figures.iter().filter_map(|figure| drawn(world, root, ground, figure)).collect();
    let any = |is: fn(&Figure) -> bool| boxes.iter().any(is);
    let marks = [
        (true, words.chart_boxes),
        (any(|one| one.left_out != [false; 2]), words.mark_dashed),
        (any(|one| one.about), words.mark_dotted),
        (any(|one| one.goes_on != [false; 4]), words.mark_away),
    ];
    let mut sentences = vec![scale_words(world, scale, &ticks)];
    sentences.extend(times.cut_words(world));
    let picture = Boxes {
        name: name(world, ground, figures.len()),
        boxes,
        values: whole(labels, currency.is_none()).map(|(tick, words)| (tick.at, words)).collect(),
        times: times.marks(world),
        cuts: times.cuts(),
    };
    let key = marks.into_iter().filter(|(there, _)| *there).map(|(_, words)| words);
    Picture { svg: picture.draw(), words: sentences, key: key.collect() }
}

/// What a picture shows, in words.
pub(super) fn name(world: &World, ground: &Ground<'_>, figures: usize) -> String {
    let words = &world.terms.figures;
    fill(words.chart_name, &[("what", &ground.heading), ("figures", &words.chart_figures.words(figures))])
}

type Label = (crate::draw::value::ValueTick, String);

/// Marks without fractions, where things are counted.
fn whole(labels: Vec<Label>, is_count: bool) -> impl Iterator<Item = Label> {
    labels.into_iter().filter(move |(tick, _)| !is_count || tick.value.power >= 0)
}

fn drawn(world: &World, root: &str, ground: &Ground<'_>, figure: &Known<'_>) -> Option<Figure> {
    let words = &world.terms.figures;
    let quantity = figure.quantity;
    let interval = quantity.interval()?;
    let date = &figure.entry.date;
    let value = piece::plain(&incident::shown_pieces(world, root, figure.entry, figure.state));
    let (number, title) = (figure.number.to_string(), figure.entry.incident.title.as_str());
    let to_zero = from_nothing(quantity);
    let most = interval.high.map_or(VALUES.0, |high| ground.scale.at(float(high)));
    let least = if to_zero { VALUES.1 } else { ground.scale.at(float(interval.low)) };
    let names =
        [("number", number.as_str()), ("title", title), ("value", &value), ("date", &date_words(world, figure.entry))];
    Some(Figure {
        labels: vec![fill(words.chart_label, &names), value.clone()],
        name: fill(words.chart_box, &names),
        url: format!(
            "{root}{}#s-field-{}",
            routes::record(RecordKind::Incident, &figure.entry.incident.id),
            figure.state.field.slug()
        ),
        number,
        x: ground.times.reach(date),
        y: (most, least),
        goes_on: [
            date.earliest().is_none(),
            date.latest().is_none(),
            interval.high.is_none(),
            to_zero && !ground.scale.begins_at_zero(),
        ],
        left_out: [quantity.max_open(), quantity.min_open()],
        about: quantity.approximate(),
    })
}
