//! What rival claims say of one amount, number or date, on one scale.

use super::World;
use super::card::date_words;
use super::parts::Drawn;
use super::scales::{Times, float, scale_words, value_words};
use crate::draw::bounds::{Bar, Bounds, End, LINE, Row, Standing as Kind, place, room};
use crate::draw::value::{ValueScale, Values};
use crate::model::amount::Quantity;
use crate::model::{Agreement, Date, Field, Value, date};
use crate::phrase::pattern::fill;
use crate::phrase::piece;
use crate::resolve::fields::shown_values;
use crate::resolve::{FieldState, IncidentEntry, Standing};

/// More rows than this are no picture.
const MOST_ROWS: usize = 12;

/// A value that is claimed.
struct Side<'a> {
    value: &'a Value,
    words: String,
    kind: Kind,
}

/// The rivals of a field on one scale; nothing when they do not differ, or have no places on one.
pub(super) fn drawn(world: &World, entry: &IncidentEntry, state: &FieldState) -> Option<Drawn> {
    if !state.disputed {
        return None;
    }
    let mut sides = sides(world, entry, state);
    let more = sides.len().saturating_sub(MOST_ROWS);
    sides.truncate(MOST_ROWS);
    if sides.len() < 2 {
        return None;
    }
    let dates: Vec<Option<&Date>> = sides.iter().map(|side| as_date(side.value)).collect();
    // A label of the site's own may hold any of these too; what holds text or names has no places on a scale.
    let is_time = sides.first().is_some_and(|side| matches!(side.value, Value::Date(_)));
    let (bars, ticks, cuts, mut words) = if is_time { on_time(world, &dates)? } else { on_values(world, &sides)? };
    if bars.iter().flatten().count() < 2 {
        return None;
    }
    words.extend(mark_words(world, &bars).map(str::to_owned));
    if more > 0 {
        words.push(world.terms.figures.bounds_more.words(more));
    }
    let rows: Vec<Row> = sides
        .into_iter()
        .zip(bars)
        .map(|(side, bar)| {
            let standing = match side.kind {
                Kind::Shown => world.terms.shown,
                Kind::Rival => world.terms.rival,
                Kind::Deprecated => world.terms.deprecated,
            };
            let words = fill(world.terms.figures.bounds_row, &[("standing", standing), ("value", &side.words)]);
            Row { words, standing: side.kind, bar }
        })
        .collect();
    let elsewhere: Vec<String> = rows.iter().filter(|row| row.bar.is_none()).map(|row| row.words.clone()).collect();
    if !elsewhere.is_empty() {
        words.push(fill(
            world.terms.figures.bounds_elsewhere,
            &[("rows", &elsewhere.join(world.terms.value_separator))],
        ));
    }
    let all: Vec<&str> = rows.iter().map(|row| row.words.as_str()).collect();
    let places = [("field", world.field_label(&state.field)), ("rows", all.join(world.terms.value_separator))];
    let name = fill(world.terms.figures.bounds_name, &places.each_ref().map(|(place, words)| (*place, words.as_str())));
    Some(Drawn { svg: Bounds { name, rows, ticks, cuts }.draw(), words })
}

/// What is shown, then what stands against it, each value once.
fn sides<'a>(world: &World, entry: &'a IncidentEntry, state: &'a FieldState) -> Vec<Side<'a>> {
    let words = |value: &Value| piece::plain(&super::claims::value(world, "", value));
    let shown = shown_values(&entry.incident, state).into_iter().map(|value| Side {
        value,
        words: if state.field == Field::Date { date_words(world, entry) } else { words(value) },
        kind: Kind::Shown,
    });
    let mut sides: Vec<Side<'a>> = shown.collect();
    for (standing, kind) in [(Standing::Rival, Kind::Rival), (Standing::Deprecated, Kind::Deprecated)] {
        for (index, _) in state.claims.iter().filter(|(_, known)| *known == standing) {
            let Some(claim) = entry.incident.claims.get(*index) else { continue };
            if sides.iter().all(|side| side.value.compare(&claim.value) != Agreement::Agree) {
                sides.push(Side { value: &claim.value, words: words(&claim.value), kind });
            }
        }
    }
    sides
}

type Line = (Vec<Option<Bar>>, Vec<(crate::draw::wide::Part, String)>, Cuts, Vec<String>);
type Cuts = Vec<(crate::draw::wide::Part, crate::draw::wide::Part)>;

fn as_date(value: &Value) -> Option<&Date> {
    match value {
        Value::Date(date) if date.earliest().is_some() || date.latest().is_some() => Some(date),
        _ => None,
    }
}

fn on_time(world: &World, dates: &[Option<&Date>]) -> Option<Line> {
    let times = Times::of(dates.iter().copied().flatten())?;
    let bar = |date: &Date| {
        let (start, end) = times.reach(date);
        let kind = |there: bool, side: date::Side, at| match side {
            _ if !there => End::Away,
            date::Side::Vague => End::Faded(at),
            _ => End::Closed(at),
        };
        Bar {
            start: kind(date.earliest().is_some(), date.start(), start),
            end: kind(date.latest().is_some(), date.end(), end),
            point: None,
            once: date.extent() == Some(date::Extent::Once),
        }
    };
    let bars = dates.iter().map(|date| date.map(bar)).collect();
    Some((bars, times.marks(world), times.cuts(), times.cut_words(world)))
}

fn on_values(world: &World, sides: &[Side<'_>]) -> Option<Line> {
    // One scale is one currency: that of what comes first.
    let mut currency = None;
    let mut quantities: Vec<Option<&Quantity>> = Vec::new();
    for side in sides {
        quantities.push(match side.value {
            Value::Count(count) => Some(count.quantity()),
            Value::Amount(amount) if currency.is_none() || currency == amount.currency() => {
                currency = amount.currency();
                Some(amount.quantity())
            }
            _ => None,
        });
    }
    let known = || quantities.iter().copied().flatten();
    let places: Vec<f64> = known().flat_map(places).collect();
    let values = Values {
        places: &places,
        from_nothing: known().any(from_nothing),
        beyond: known().any(|quantity| quantity.interval().is_some_and(|interval| interval.high.is_none())),
    };
    let scale = ValueScale::new(&values, 0.0, LINE)?;
    let is_count = currency.is_none();
    let labels = scale.labelled(|round| value_words(world, round, currency), room);
    let ticks: Vec<_> = labels.iter().map(|(tick, _)| *tick).collect();
    let bars = quantities.iter().map(|quantity| quantity.and_then(|quantity| bar(quantity, &scale))).collect();
    let words = vec![scale_words(world, &scale, &ticks)];
    // There are no halves of things.
    let marks = labels.into_iter().filter(|(tick, _)| !is_count || tick.value.power >= 0);
    Some((bars, marks.map(|(tick, words)| (place(tick.at), words)).collect(), Vec::new(), words))
}

/// The numbers for which a quantity needs a place.
pub(super) fn places(quantity: &Quantity) -> Vec<f64> {
    let Some(interval) = quantity.interval() else { return Vec::new() };
    let low = Some(interval.low).filter(|_| !from_nothing(quantity));
    [low, interval.high, quantity.point()].into_iter().flatten().map(float).collect()
}

/// Whether a quantity reaches down to nothing and does not name it.
pub(super) fn from_nothing(quantity: &Quantity) -> bool {
    quantity.min().is_some_and(crate::model::decimal::Decimal::is_zero)
        && quantity.max().is_none_or(|max| !max.is_zero())
}

fn bar(quantity: &Quantity, scale: &ValueScale) -> Option<Bar> {
    let interval = quantity.interval()?;
    let at = |number| place(scale.at(float(number)));
    let start = match quantity.min() {
        None => End::Faded(at(interval.low)),
        Some(_) if from_nothing(quantity) && scale.is_log() => End::Away,
        Some(min) if quantity.min_open() => End::Ring(at(min)),
        Some(min) => End::Closed(at(min)),
    };
    let end = match (quantity.max(), interval.high) {
        (Some(max), _) if quantity.max_open() => End::Ring(at(max)),
        (Some(max), _) => End::Closed(at(max)),
        (None, Some(high)) => End::Faded(at(high)),
        (None, None) => End::Away,
    };
    // The number that is named, unless it is one of the ends.
    let is_end = matches!(start, End::Ring(_) | End::Closed(_)) || matches!(end, End::Ring(_) | End::Closed(_));
    let point = quantity.point().filter(|_| !is_end).map(at);
    Some(Bar { start, end, point, once: false })
}

/// What the marks mean that are not plain: one sentence for each kind.
fn mark_words(world: &World, bars: &[Option<Bar>]) -> impl Iterator<Item = &'static str> + use<> {
    let words = &world.terms.figures;
    let any = |is: fn(&Bar) -> bool| bars.iter().flatten().any(is);
    let marks = [
        (any(|bar| matches!(bar.start, End::Ring(_)) || matches!(bar.end, End::Ring(_))), words.mark_ring),
        (any(|bar| matches!(bar.start, End::Faded(_)) || matches!(bar.end, End::Faded(_))), words.mark_faded),
        (any(|bar| bar.start == End::Away || bar.end == End::Away), words.mark_away),
        (any(|bar| bar.once), words.mark_once),
    ];
    marks.into_iter().filter(|(there, _)| *there).map(|(_, words)| words)
}
