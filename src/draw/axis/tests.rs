//! What the axis is held to.

use super::place::{Spot, pack};
use super::sheet::{NARROW, Sheet, WIDE};
use super::*;
use crate::draw::text::width;
use crate::draw::time::TimeLine;
use proptest::prelude::*;

struct Plain;

impl Words for Plain {
    fn mark(&self, number: usize) -> Said {
        Said { name: format!("mark {number} <&\">"), url: format!("{number}.html?a&b") }
    }

    fn bar(&self, bar: &Bar) -> Said {
        let Bar { over, count, vague, disputed, .. } = bar;
        Said { name: format!("{over:?}: {count}, {vague} vague, {disputed} disputed"), url: "list.html".to_owned() }
    }

    fn count(&self, count: usize) -> String {
        format!("{count} marks")
    }

    fn fold(&self, fold: &Fold) -> String {
        format!("{} to {}: nothing", fold.first_year, fold.last_year)
    }

    fn tick(&self, year: i32, month: Option<u32>) -> String {
        month.map_or_else(|| year.to_string(), |month| format!("m{month}"))
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn sharp(title: &str, first: NaiveDate, last: NaiveDate) -> Mark<'_> {
    Mark { lane: 0, title, start: End::Sharp(first), end: End::Sharp(last), once: false, disputed: false }
}

fn lanes(number: usize) -> Vec<Lane> {
    (0..number).map(|at| Lane { label: format!("Lane {at}"), class: Some(format!("kind-{at}")), url: None }).collect()
}

fn drawn(marks: &[Mark<'_>]) -> Drawing {
    draw("Axis", &lanes(8), marks, &Plain).unwrap()
}

/// The shapes of a mark, without fades and targets: what is beside `class="…"`.
#[track_caller]
fn check(mark: Mark<'_>, expect: &[&str], shapes: &[Shape]) {
    let around = sharp("x", day(2010, 1, 1), day(2020, 12, 31));
    let drawing = drawn(&[mark, Mark { lane: 1, ..around }]);
    let svg = &drawing.wide.svg;
    let (_, link) = svg.split_once("<a href=\"0.html").unwrap();
    let (link, _) = link.split_once("</a>").unwrap();
    for part in expect {
        assert!(link.contains(part), "no `{part}` in {link}");
    }
    let own = draw("Axis", &lanes(1), &[mark], &Plain).unwrap();
    assert_eq!(own.wide.shapes.iter().copied().collect::<Vec<_>>(), shapes, "{link}");
}

#[test]
fn every_end_has_its_shape() {
    let (first, last) = (day(2012, 1, 1), day(2014, 6, 30));
    let mark = sharp("x", first, last);
    check(mark, &["class=\"b\""], &[Shape::Sharp]);
    let end = Mark { end: End::Faded(last), ..mark };
    check(end, &["fill=\"url(#s-fade-end)\""], &[Shape::Sharp, Shape::Faded]);
    let both = Mark { start: End::Faded(first), ..end };
    check(both, &["fill=\"url(#s-fade-both)\""], &[Shape::Faded]);
    check(Mark { once: true, ..mark }, &["class=\"o\""], &[Shape::Hollow]);
    check(Mark { once: true, ..both }, &["stroke=\"url(#s-fade-both)\""], &[Shape::Faded, Shape::Hollow]);
    check(Mark { end: End::Open, ..mark }, &["<path class=\"b\""], &[Shape::Sharp, Shape::Open]);
    check(Mark { start: End::Open, ..mark }, &["<path class=\"b\""], &[Shape::Sharp, Shape::Open]);
    check(Mark { end: End::Unknown, ..mark }, &["url(#s-fade-end)"], &[Shape::Sharp, Shape::Faded]);
    check(Mark { disputed: true, ..mark }, &["class=\"d\""], &[Shape::Sharp, Shape::Disputed]);
    check(Mark { start: End::Beyond(first), end: End::Beyond(last), ..mark }, &["<path class=\"b\""], &[Shape::Open]);
    check(
        Mark { disputed: true, start: End::Open, ..mark },
        &["class=\"d\"", "<path class=\"b\""],
        &[Shape::Sharp, Shape::Open, Shape::Disputed],
    );
}

#[test]
fn a_day_is_as_large_as_a_target() {
    let mark = sharp("x", day(2012, 3, 4), day(2012, 3, 4));
    let around = sharp("x", day(1990, 1, 1), day(2020, 12, 31));
    let marks = [mark, around];
    for sheet in [WIDE, NARROW] {
        let line = TimeLine::new(&[around.days().unwrap()], sheet.line().0, sheet.line().1).unwrap();
        let spots = pack(&sheet, &line, &marks, &[0], false, 1).unwrap();
        assert!(spots[0].target.1 - spots[0].target.0 >= 24.0, "{spots:?}");
        assert!(spots[0].body.1 - spots[0].body.0 >= 5.0, "{spots:?}");
        assert!(sheet.plain_row - 2.0 >= 24.0 && sheet.titled_row - 2.0 >= 24.0);
    }
}

#[test]
fn nothing_escapes() {
    let title = "</text><script>\"'&</svg>\u{0}";
    let marks = [sharp(title, day(2020, 1, 1), day(2020, 1, 2))];
    let lane = Lane { label: title.to_owned(), class: Some("\"><b>".to_owned()), url: Some("\"><b>".to_owned()) };
    let drawing = draw(title, &[lane], &marks, &Plain).unwrap();
    for picture in [&drawing.wide, &drawing.narrow] {
        assert!(!picture.svg.contains("<script") && !picture.svg.contains("<b>"), "{}", picture.svg);
        assert_eq!(picture.svg.matches("</svg>").count(), 1);
        assert!(picture.svg.contains("0.html?a&amp;b"), "{}", picture.svg);
    }
}

#[test]
fn what_has_no_day_or_far_too_wide_a_range_is_left_out() {
    let none = Mark { start: End::Unknown, end: End::Unknown, ..sharp("x", day(1, 1, 1), day(1, 1, 1)) };
    let some_year = Mark { once: true, ..sharp("x", day(0, 1, 1), day(9999, 12, 31)) };
    let decade = Mark { once: true, ..sharp("x", day(2010, 1, 1), day(2019, 12, 31)) };
    let known = sharp("x", day(2021, 1, 1), day(2021, 1, 1));
    assert_eq!(drawn(&[none, some_year, decade, known]).left_out, [0, 1]);
    assert_eq!(drawn(&[some_year]).left_out, [] as [usize; 0]);
    assert_eq!(draw("Axis", &lanes(1), &[none], &Plain), None);
    // What lasted long is no doubt.
    assert_eq!(drawn(&[known, sharp("x", day(1900, 1, 1), day(2021, 1, 1))]).left_out, [] as [usize; 0]);
}

#[test]
fn folds_are_breaks_with_words() {
    let marks = [
        sharp("one", day(2006, 1, 1), day(2006, 12, 31)),
        Mark { end: End::Open, lane: 1, ..sharp("on", day(2006, 1, 1), day(2006, 1, 1)) },
        sharp("two", day(2021, 1, 1), day(2021, 12, 31)),
    ];
    let drawing = drawn(&marks);
    for picture in [&drawing.wide, &drawing.narrow] {
        assert!(picture.svg.contains(">2007 to 2020: nothing</text>"), "{}", picture.svg);
        assert!(picture.shapes.contains(&Shape::Break));
        // What goes on through the break has a gap there.
        assert_eq!(picture.svg.matches("class=\"g\"").count(), 1, "{}", picture.svg);
    }
}

#[test]
fn ten_thousand_are_counted() {
    let marks: Vec<Mark<'_>> = (0..10_000)
        .map(|at| {
            let first = day(2005, 1, 1) + chrono::Days::new(at * 7 % 7_300);
            let faded = Mark { start: End::Faded(first), end: End::Faded(first), ..sharp("Made up", first, first) };
            let mark = if at % 4 == 0 { faded } else { sharp("Made up", first, first) };
            Mark { lane: usize::try_from(at % 6).unwrap(), disputed: at % 5 == 0, ..mark }
        })
        .collect();
    let drawing = drawn(&marks);
    for picture in [&drawing.wide, &drawing.narrow] {
        assert!(picture.svg.len() < 60_000, "{}", picture.svg.len());
        assert!(picture.links <= 6 * 25, "{}", picture.links);
        let counts: usize = picture
            .svg
            .split("<title>")
            .filter_map(|part| part.split_once("): ")?.1.split_once(',')?.0.parse::<usize>().ok())
            .sum();
        assert_eq!(counts, 10_000);
        assert_eq!(
            picture.shapes.iter().copied().collect::<Vec<_>>(),
            [Shape::Count, Shape::CountVague],
            "no mark is drawn by itself"
        );
    }
    assert!(drawing.wide.svg.contains("Years(2005, 2005): "), "{}", drawing.wide.svg);
}

#[test]
fn one_year_is_counted_by_month_and_what_is_known_to_the_year_apart() {
    let marks: Vec<Mark<'_>> = (0..400)
        .map(|at| match at % 10 {
            0 => sharp("x", day(2021, 1, 1), day(2021, 12, 31)),
            _ => {
                let day = day(2021, 1, 1) + chrono::Days::new(at % 360);
                sharp("x", day, day)
            }
        })
        .collect();
    let svg = drawn(&marks).wide.svg;
    assert!(svg.contains("Month(2021, 1): 54,") && svg.contains("Years(2021, 2021): 40,"), "{svg}");
}

#[test]
fn a_narrow_year_is_counted_by_quarter() {
    let marks: Vec<Mark<'_>> = (0..400)
        .map(|at| {
            let day = day(2021, 1, 1) + chrono::Days::new(at % 360);
            sharp("x", day, day)
        })
        .collect();
    let svg = drawn(&marks).narrow.svg;
    assert!(svg.contains("Quarter(2021, 1): 130,") && svg.contains("Quarter(2021, 4): 87,"), "{svg}");
}

#[test]
fn lanes_stand_in_their_order_and_empty_ones_nowhere() {
    let mark = sharp("x", day(2020, 1, 1), day(2020, 1, 2));
    let svg = drawn(&[Mark { lane: 5, ..mark }, Mark { lane: 2, ..mark }]).wide.svg;
    let at = |lane: &str| svg.find(lane);
    assert!(at("lane kind-2").unwrap() < at("lane kind-5").unwrap());
    assert_eq!(at("lane kind-3"), None);
}

#[test]
fn the_shapes_of_the_key_are_drawn() {
    use Shape::{Break, Count, CountVague, Disputed, Faded, Hollow, Open, Sharp, Strip};
    for shape in [Sharp, Faded, Hollow, Open, Disputed, Count, CountVague, Strip, Break] {
        let svg = shape.drawn();
        assert!(svg.starts_with("<svg class=\"axis-key\"") && svg.contains("<path") | svg.contains("<rect"), "{svg}");
    }
    assert_eq!(definitions().matches("<linearGradient id=\"s-fade-").count(), 3);
}

/// No title can hold `NaN` or `inf`, for which pictures are searched.
fn any_mark() -> impl Strategy<Value = (i32, i32, u8, u8, bool, bool, usize, String)> {
    (0..12_000_i32, 0..900_i32, 0..6_u8, 0..6_u8, any::<bool>(), any::<bool>(), 0..4_usize, "[A-MO-Za-eg-z北é ]{0,60}")
}

fn made(
    (from, long, start, end, once, disputed, lane, title): &(i32, i32, u8, u8, bool, bool, usize, String),
) -> Mark<'_> {
    let first = NaiveDate::from_num_days_from_ce_opt(730_000 + from).unwrap();
    let last = first + chrono::Days::new(u64::try_from(*long).unwrap());
    let end_of = |kind: u8, day: NaiveDate| match kind {
        0 => End::Open,
        1 => End::Unknown,
        2 => End::Faded(day),
        _ => End::Sharp(day),
    };
    let (start, end) = (end_of(*start, first), end_of(*end, last));
    Mark { lane: *lane, title, start, end, once: *once, disputed: *disputed }
}

/// Nothing of a mark covers anything of another, and all of it stays in the picture.
fn apart(sheet: &Sheet, spots: &[Spot]) {
    let (left, right) = sheet.plot();
    for (at, one) in spots.iter().enumerate() {
        assert!(left - 1e-6 <= one.target.0 && one.target.1 <= right + 1e-6, "{one:?}");
        assert!(one.target.0 <= one.body.0 && one.body.1 <= one.target.1, "{one:?}");
        if let Some((x, words)) = &one.title {
            assert!(one.target.0 <= *x && x + width(words, sheet.letters) <= one.target.1 + 1e-6, "{one:?}");
        }
        for two in spots.iter().skip(at + 1).filter(|two| two.row == one.row) {
            assert!(one.target.1 < two.target.0 || two.target.1 < one.target.0, "{one:?} {two:?}");
        }
    }
}

proptest! {
    #[test]
    fn nothing_covers_anything(marks in proptest::collection::vec(any_mark(), 1..60), titled: bool) {
        let marks: Vec<Mark<'_>> = marks.iter().map(made).collect();
        let spans: Vec<_> = marks.iter().filter_map(Mark::days).collect();
        for sheet in [WIDE, NARROW] {
            let Some(line) = TimeLine::new(&spans, sheet.line().0, sheet.line().1) else { continue };
            let numbers: Vec<usize> = (0..marks.len()).collect();
            if let Some(spots) = pack(&sheet, &line, &marks, &numbers, titled, 7) {
                apart(&sheet, &spots);
                prop_assert!(spots.iter().all(|spot| spot.row < 7));
            }
        }
    }

    #[test]
    fn every_mark_is_drawn_or_counted_or_left_out(marks in proptest::collection::vec(any_mark(), 1..200)) {
        let marks: Vec<Mark<'_>> = marks.iter().map(made).collect();
        let Some(drawing) = draw("Axis", &lanes(4), &marks, &Plain) else {
            prop_assert!(marks.iter().all(|mark| mark.days().is_none()));
            return Ok(());
        };
        for picture in [&drawing.wide, &drawing.narrow] {
            let names = picture.svg.split("<title>").skip(1);
            let each = names.map(|name| match name.split_once("): ") {
                Some((_, count)) => count.split_once(',').unwrap().0.parse::<usize>().unwrap(),
                None => 1,
            });
            prop_assert_eq!(each.sum::<usize>() + drawing.left_out.len(), marks.len());
            prop_assert!(!picture.svg.contains("NaN") && !picture.svg.contains("inf"));
        }
    }
}
