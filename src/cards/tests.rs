//! What cards promise.

use super::content::{self, Content};
use super::*;
use crate::config::Config;
use crate::model::RecordKind;
use crate::source_text::File;
use crate::{parse, phrase, resolve};

fn made(settings: &str, incidents: &[(&str, &str)]) -> Site {
    let config = Config {
        base_url: Some("https://example.org/x/".to_owned()),
        ..parse::site(Some(&File::new("content/site.yaml", settings.as_bytes()))).0
    };
    let records: Vec<_> = incidents
        .iter()
        .map(|(id, text)| {
            let file = File::new(&format!("content/incidents/{id}.md"), text.as_bytes());
            parse::record(RecordKind::Incident, &file, &config).record
        })
        .collect();
    resolve::site(&records, &Arc::new(config)).0
}

fn incident(title: &str) -> String {
    format!("---\ntitle: \"{title}\"\ndate: 2021-03\namount: more than USD 50 million\nsources: [a, b]\n---\n")
}

fn planned(site: &Site) -> Plan {
    plan(site, &phrase::ENGLISH)
}

fn files(plan: &Plan) -> BTreeMap<OutPath, Arc<[u8]>> {
    draw(plan, &BTreeMap::new()).files.into_iter().map(|(path, entry)| (path, entry.bytes)).collect()
}

#[test]
fn what_a_card_says() {
    let disputed = "---\ntitle: A theft\ndate: 2020/2021-06~\nstatus: alleged\nsources: [a]\nclaims:\n  - {id: x, about: amount, \
                    is: over USD 5 million, in: a, rank: preferred, why: it is}\n  - {id: y, about: amount, is: USD 9 million, in: b}\n---\n";
    let site = made("title: The site\ndescription: What it is.", &[("a", disputed), ("b", &incident("Another"))]);
    let said = |number: usize| content::of_incident(&site, site.incidents.get(number).unwrap(), &phrase::ENGLISH);
    assert_eq!(
        said(0).words(),
        "The site · A theft · 2020 to about June 2021 · more than US$5 million · alleged · disputed: both sides are shown · 2 sources"
    );
    assert_eq!(said(1).words(), "The site · Another · March 2021 · more than US$50 million · 2 sources");
    let own = content::of_site(&site, &phrase::ENGLISH);
    assert_eq!(own.words(), "The site · 2 incidents · 0 sources · 1 disputed point");
    assert_eq!(own.text.as_deref(), Some("What it is."));
}

#[test]
fn which_cards_there_are() {
    let check = |settings: &str, incidents: usize, own: usize, of_site: bool| {
        let names: Vec<String> = (0..incidents).map(|number| format!("i{number}")).collect();
        let texts: Vec<String> = names.iter().map(|name| incident(name)).collect();
        let records: Vec<(&str, &str)> =
            names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
        let plan = planned(&made(settings, &records));
        assert_eq!((plan.incidents.len(), plan.site.is_some()), (own, of_site), "{settings}");
    };
    check("title: x", 3, 3, true);
    check("title: x\ntimeline: {inline: 3}", 3, 3, true);
    check("title: x\ntimeline: {inline: 2}", 3, 0, true);
    check("title: x\ntimeline: {inline: 2}\ncards: true", 3, 3, true);
    check("title: x\ncards: false", 3, 0, false);
    // Where the letters of the title are missing, no picture is better than gaps.
    check("title: 北朝鮮", 3, 0, false);
    let mut homeless = made("title: x", &[("a", &incident("a"))]);
    homeless.config = Arc::new(Config { base_url: None, ..(*homeless.config).clone() });
    assert!(planned(&homeless).site.is_none() && planned(&homeless).incidents.is_empty());
}

#[test]
fn a_title_without_letters_has_the_card_of_the_site() {
    let site = made("title: x", &[("a", &incident("A theft")), ("b", &incident("平壌"))]);
    let plan = planned(&site);
    assert!(plan.site.is_some());
    assert_eq!(plan.incidents.keys().copied().collect::<Vec<_>>(), [0]);
}

#[test]
fn cards_are_the_same_on_any_number_of_threads() {
    let texts: Vec<String> = (0..6).map(|number| incident(&format!("The theft of number {number}"))).collect();
    let names = ["a", "b", "c", "d", "e", "f"];
    let records: Vec<(&str, &str)> = names.into_iter().zip(texts.iter().map(String::as_str)).collect();
    let site = made("title: x", &records);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| files(&planned(&site)))
    };
    let one = with(1);
    assert_eq!(one.len(), 7);
    assert_eq!(one, with(3));
}

#[test]
fn cards_that_say_the_same_are_one_file() {
    let text = incident("A theft");
    let plan = planned(&made("title: x", &[("a", &text), ("b", &text)]));
    assert_eq!((plan.incidents.len(), files(&plan).len()), (2, 2));
}

#[test]
fn what_is_whole_is_taken_over() {
    let site = made("title: x", &[("a", &incident("A theft")), ("b", &incident("Another"))]);
    let plan = planned(&site);
    let first = files(&plan);
    let again = draw(&plan, &first);
    assert_eq!(again.drawn, 0);
    assert!(again.files.iter().all(|(path, entry)| Arc::ptr_eq(&entry.bytes, &first[path])));
    // One changed, one cut, one that is another's.
    let paths: Vec<OutPath> = first.keys().cloned().collect();
    let mut broken = first.clone();
    let mut changed = first[&paths[0]].to_vec();
    changed[900] ^= 1;
    broken.insert(paths[0].clone(), changed.into());
    broken.insert(paths[1].clone(), first[&paths[1]][..2000].into());
    broken.insert(paths[2].clone(), first[&paths[0]].clone());
    let mended = draw(&plan, &broken);
    assert_eq!(mended.drawn, 3);
    assert_eq!(mended.files.into_iter().map(|(path, entry)| (path, entry.bytes)).collect::<BTreeMap<_, _>>(), first);
    // Another title is another file.
    let other = planned(&made("title: x", &[("a", &incident("A theft!")), ("b", &incident("Another"))]));
    assert_eq!(draw(&other, &first).drawn, 1);
}

#[test]
fn hostile_words_stay_words() {
    let faces = face::Faces::new();
    let evil = "</text><image href=\"/etc/passwd\"/><text> & ]]> <!-- {{ x }}";
    let content = Content {
        site: Some(evil.to_owned()),
        title: evil.to_owned(),
        text: Some(evil.to_owned()),
        date: Some(evil.to_owned()),
        figure: Some(evil.to_owned()),
        marks: vec![evil.to_owned()],
        facts: vec![evil.to_owned(), evil.to_owned()],
    };
    let svg = layout::svg(&content, &faces);
    assert!(!svg.contains("<image") && !svg.contains("<!--"), "{svg}");
    assert!(picture::Pen::new().png(&svg).is_some());
    let long = incident(&"Wort".repeat(5000));
    let plan = planned(&made("title: x", &[("a", &long), ("b", &incident("\\u0007\\e[31m a\\u202eb"))]));
    assert_eq!(files(&plan).len(), 3);
    assert!(plan.incidents[&1].words.contains(" · [31m ab · "), "{}", plan.incidents[&1].words);
}

#[test]
fn a_card_is_a_picture_of_its_size() {
    let plan = planned(&made("title: The site", &[("a", &incident("A theft"))]));
    for (path, bytes) in files(&plan) {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(&bytes[..]));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        reader.finish().unwrap();
        assert_eq!((info.width, info.height, info.color_type), (WIDTH, HEIGHT, png::ColorType::Rgb));
        assert_eq!(reader.info().uncompressed_latin1_text.len(), 1, "{path}: the seal");
        let dark = pixels.chunks(3).filter(|pixel| pixel.iter().all(|value| *value < 60)).count();
        assert!(dark > 2000, "{path}: {dark} dark pixels are no title");
        assert!(bytes.len() < 60_000, "{path}: {} bytes", bytes.len());
    }
}
