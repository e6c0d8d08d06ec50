//! The first site holds what its two articles say: every fact with its source and paragraph, every difference with both sides.

use super::html::{Page, single_spaced};
use super::tree::{self, Tree};
use annals::model::{Claim, Incident, Record, RecordKind};
use annals::pipeline::Options;
use annals::{discover, parse};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The two articles.
const ARTICLES: [&str; 2] = ["bitcoin-com-2022", "unnamed-outlet-2022"];

/// Which claim carries which fact, where it was read (article and paragraph), and what a reader must see of it. A fact
/// has several rows when it has several sides or was read in several places.
const FACTS: &str = "
F01 2022-un-panel-report f01 0#1: cyber income; weapons work; paragraph 3; confidential
F01 2022-un-panel-report f01b 1#2: cyber income; weapons work; does not call the report confidential
F02 2022-un-panel-report f02 0#3: annual and confidential; Reuters
F03 2022-un-panel-report f03a 0#3: independent sanctions monitors; paragraph 2
F03 2022-un-panel-report f03b 1#5: UN investigator panel; paragraph 2
F04 2022-un-panel-report f04 0#3: Security Council North Korea sanctions committee; Friday
F04 2022-un-panel-report f04b 0#3: February 2022 (uncertain; “Friday”); names only the weekday
F05 2022-un-panel-report f05 0#3: Reuters
F06 2022-un-panel-report f06 1#3: Associated Press; executive summary; paragraph 9
F07 2022-un-panel-report f07 1#4: the Security Council itself; not believed
F08 2021-cyber-revenue f08 0#1: major; exchanges; in the past year
F09 2021-cyber-revenue f09a 0#4: important; UN sanctions monitors; above all those on cryptocurrency
F09 2021-cyber-revenue f09b 1#3: important; past tense; UN sanctions monitors
F09 2021-cyber-revenue f09c 1#2: key; UN sanctions monitors
F10 2021-cyber-revenue f10 0#3: crypto platforms, exchanges among them, and financial institutions too; controlled by; paragraph 2
F10 2021-cyber-revenue f10b 1#1: crypto firms; headline
F11 2021-cyber-revenue f11 1#3: speeding up new short-range and perhaps medium-range missiles; UN sanctions monitors
F11 2021-cyber-revenue f11b 1#1: paying for missile programmes; headline
F12 2020-2021-exchange-thefts f12a 0#5: more than US$50 million; an unnamed UN member state; Reuters
F12 2020-2021-exchange-thefts f12b 1#2: US$50 million; without a qualifier
F13 2020-2021-exchange-thefts f13 0#5: 2020 to mid-2021; an unnamed UN member state
F13 2020-2021-exchange-thefts f13b 1#2: 2020 to mid-2021; UN sanctions monitors
F14 2020-2021-exchange-thefts f14a 0#5: at least three
F14 2020-2021-exchange-thefts f14b 1#2: about three; mainly three
F15 2020-2021-exchange-thefts f15 0#5: North America; Europe; Asia
F15 2020-2021-exchange-thefts f15b 1#2: North America; Europe; Asia
F16 2020-2021-exchange-thefts f16a 0#5: an unnamed UN member state; “Annual report of the UN sanctions monitors on North Korea”
F16 2020-2021-exchange-thefts f16b 1#2: UN sanctions monitors on North Korea; investigators
F17 2020-2021-exchange-thefts f17 0#5: North Korean state-backed hackers; as alleged by; an unnamed UN member state; paragraph 2
F18 2020-2021-exchange-thefts f18 1#2: the 2021 total of nearly 400 million dollars; not believed
F19 2021-crypto-thefts f19a 0#6: almost US$400 million; as estimated by; Chainalysis
F19 2021-crypto-thefts f19b 1#2: almost US$400 million; UN sanctions monitors
F19 2021-crypto-thefts f19c 1#5: about US$400 million; UN sanctions monitors
F20 2021-crypto-thefts f20 0#6: at least seven; Chainalysis
F21 2021-crypto-thefts f21 0#6: mostly investment firms and centralised exchanges; Chainalysis
F22 2021-crypto-thefts f22a 0#6: Chainalysis; the monitors quote the estimate
F22 2021-crypto-thefts f22b 1#5: UN sanctions monitors; referring to Chainalysis
F23 2021-crypto-thefts f23a 0#6: January 2022; Chainalysis
F23 2021-crypto-thefts f23b 1#5: January 2022 (uncertain); last month
F24 2021-crypto-thefts f24a 0#6: blockchain analysis firm
F24 2021-crypto-thefts f24b 1#5: security firm
F24 2021-crypto-thefts f24c 0#6: digital assets
F24 2021-crypto-thefts f24d 1#5: digital assets
F24 2021-crypto-thefts f24e 1#2: the proceeds of cyber theft in general
F25 2021-crypto-thefts f25a 0#6: North Korea; the regime itself; as alleged by
F25 2021-crypto-thefts f25b 1#5: North Korean state-backed hackers; cyberattacks and nothing else
F26 2021-crypto-thefts f26 1#2: mainly three exchanges on three continents
F27 2019-two-billion-estimate f27a 0#7: about US$2 billion; as estimated by; UN sanctions monitors; 2019
F27 2019-two-billion-estimate f27b 1#5: US$2 billion; flatly
F27 2019-two-billion-estimate f27c 0#7: 2019; announced
F28 2019-two-billion-estimate f28 0#7: ever more sophisticated cyberattacks; paragraph 5
F29 2019-two-billion-estimate f29a 0#7: financing weapons of mass destruction; allegation; marks this use of the money as alleged
F29 2019-two-billion-estimate f29b 1#5: financing weapons of mass destruction
F30 2019-two-billion-estimate f30a 0#7: until 2019; built up by then
F30 2019-two-billion-estimate f30b 1#5: 2019; 2019 alone
F31 2021-weapons-programmes f31a 0#1: nuclear and missile programmes developed further
F31 2021-weapons-programmes f31b 1#2: both programmes kept expanding through the year
F32 2021-weapons-programmes f32 0#8: Nuclear tests; none reported
F33 2021-weapons-programmes f33 0#8: none reported; intercontinental ballistic missile
F34 2021-weapons-programmes f34 0#8: Fissile material; ability to produce it developed further
F35 2021-weapons-programmes f35 0#9: nuclear and ballistic missile sites kept up and built out without a stop
F36 2022-01-missile-launches f36 0#9: ballistic missile testing speeded up
F37 2022-01-missile-launches f37a 0#9: nine; UN sanctions monitors
F37 2022-01-missile-launches f37b 1#5: at least nine; before the report
F37 2022-01-missile-launches f37c 0#9: January 2022; “January”
F38 2022-01-missile-launches f38 0#9: most in any month so far
F39 2022-01-missile-launches f39 1#5: Kim Jong-un; paragraph 3; cuts the name short
F40 2021-weapons-programmes f40 1#3: new short-range, possibly medium-range types speeded up
F41 2021-weapons-programmes f41 1#4: ballistic and guidance technology combined; propellants both solid and liquid
F42 2021-weapons-programmes f42 1#4: possibly a hypersonic guiding warhead; low confidence
F43 2021-weapons-programmes f43 1#4: a manoeuvrable re-entry vehicle
F44 2021-weapons-programmes f44 1#7: quicker to deploy, widely mobile, more resilient; garbled; our reading
F45 2021-technology-procurement f45 1#5: know-how, technology and material from abroad; cyber means; joint research
F46 2006-un-sanctions f46 0#9: since 2006; paragraph 1; sanctioned nation
F47 2006-first-nuclear-test f47 1#7: 2006
F48 2006-un-sanctions f48 1#7: 2006 (uncertain); strict measures; after the test
F48 2006-un-sanctions f48b 1#7: UN Security Council
F49 maritime-sanctions-evasion f49 1#6: keeps disregarding UN sanctions; subheading
F50 2021-h2-petroleum-imports f50 1#7: sharp rise in the half-year
F51 2021-h2-petroleum-imports f51 1#7: far below the year before
F52 maritime-sanctions-evasion f52 1#7: deliberate; networks that hide finance and ownership
F53 humanitarian-situation f53 1#8: conditions at home worsened because of the sanctions
F54 humanitarian-situation f54 1#8: too little investment; pandemic; humanitarian situation
F55 humanitarian-situation f55 1#8: too little information from inside; suffering; unnamed experts
";

/// Facts about the articles themselves: in the notes of the sources.
const NOTES: &str = "
F56 0: Bitcoin.com; disclaimer (paragraph 12); picture credits (paragraph 11); Shutterstock, Pixabay and Wiki Commons
F57 1: Associated Press (paragraph 9); picture is the agency's too (paragraph 10)
";

/// The claims that make up a difference, in which the editors' reason stands. `!` stands before the claims on fields that
/// differ, which belong on the page of disputed points too; `=relations` is a relation that is not believed.
const DIFFERENCES: &str = "
D1 2019-two-billion-estimate !f27a !f27b !f30a !f30b
D2 2020-2021-exchange-thefts !f12a !f12b
D3 2020-2021-exchange-thefts !f18 =relations
D4 2020-2021-exchange-thefts !f16a !f16b
D5 2020-2021-exchange-thefts !f14a !f14b
D6 2021-crypto-thefts !f19a !f19b !f19c
D7 2021-crypto-thefts !f22a !f22b
D8 2021-crypto-thefts f20
D9 2021-crypto-thefts !f21 !f26
D10 2021-crypto-thefts !f24a !f24b
D11 2021-crypto-thefts !f23a !f23b
D12 2021-crypto-thefts !f25a !f25b
D12 2020-2021-exchange-thefts f17
D13 2022-01-missile-launches !f37a !f37b
D13 2022-01-missile-launches f37c
D13 2022-01-missile-launches f38
D14 2006-un-sanctions !f46 !f48
D14 2006-first-nuclear-test f47
D15 2022-un-panel-report f05 f06
D16 2022-un-panel-report !f03a !f03b !f07
D17 2021-cyber-revenue !f09a f09b !f09c !f08
D18 2019-two-billion-estimate !f29a !f29b
D18 2021-cyber-revenue f11 f11b
D19 2021-weapons-programmes !f31a !f31b
D19 2021-weapons-programmes f32
D19 2021-weapons-programmes f33
D20 2022-01-missile-launches f36
D20 2021-weapons-programmes f40
D21 2021-weapons-programmes f44
D21 2022-01-missile-launches f39
D22 2021-cyber-revenue !f10 !f10b
D23 2022-un-panel-report f04 f04b
D24 2021-crypto-thefts !f24c f24d !f24e
D25 2021-h2-petroleum-imports f50 f51
";

struct Fact {
    name: &'static str,
    incident: &'static str,
    claim: &'static str,
    source: &'static str,
    paragraph: &'static str,
    words: Vec<&'static str>,
}

fn facts() -> Vec<Fact> {
    let rows = FACTS.lines().filter(|line| !line.is_empty()).map(|line| {
        let (place, words) = line.split_once(": ").unwrap();
        let [name, incident, claim, citation] = place.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let (article, paragraph) = citation.split_once('#').unwrap();
        let source = ARTICLES[article.parse::<usize>().unwrap()];
        Fact { name, incident, claim, source, paragraph, words: words.split("; ").collect() }
    });
    rows.collect()
}

/// The site as a reader meets it, and the records as the editors wrote them.
struct Site {
    pages: BTreeMap<String, Page>,
    /// How many clicks each page is away from the timeline.
    clicks: BTreeMap<String, usize>,
    incidents: BTreeMap<String, Arc<Incident>>,
}

impl Site {
    fn read() -> Self {
        let site: Tree = tree::built(tree::repository(), &Options::default());
        let pages: BTreeMap<String, Page> = site
            .iter()
            .filter(|(path, _)| path.ends_with(".html"))
            .map(|(path, bytes)| (path.clone(), Page::read(&String::from_utf8_lossy(bytes)).unwrap()))
            .collect();
        let mut clicks: BTreeMap<String, usize> = [("index.html".to_owned(), 0)].into();
        let mut next = vec!["index.html".to_owned()];
        for distance in 1.. {
            let mut found = BTreeSet::new();
            for path in &next {
                found.extend(pages[path].links().filter_map(|link| led_to(path, link)));
            }
            found.retain(|path| pages.contains_key(path) && !clicks.contains_key(path));
            clicks.extend(found.iter().map(|path| (path.clone(), distance)));
            next = found.into_iter().collect();
            if next.is_empty() {
                break;
            }
        }
        let inputs = discover::read(tree::repository()).unwrap();
        let (config, _) = parse::site(inputs.site.as_ref());
        let records = inputs.records.iter().filter_map(|file| {
            match parse::record(RecordKind::of(&file.id)?, file, &config).record {
                Record::Incident(incident) => Some((incident.id.to_string(), incident)),
                _ => None,
            }
        });
        let incidents = records.collect();
        Self { pages, clicks, incidents }
    }

    fn page(&self, name: &str, path: &str) -> &Page {
        let clicks = self.clicks.get(path).unwrap_or_else(|| panic!("{name}: nothing leads to {path}"));
        assert!(*clicks <= 2, "{name}: {path} is {clicks} clicks away");
        &self.pages[path]
    }

    fn claim(&self, incident: &str, id: &str) -> &Claim {
        let claims = &self.incidents[incident].claims;
        claims.iter().find(|claim| claim.id.as_str() == id).unwrap_or_else(|| panic!("{incident} has no claim {id}"))
    }
}

fn led_to(page: &str, link: &str) -> Option<String> {
    let path = link.split('#').next().filter(|path| !path.is_empty() && !path.contains(':'))?;
    match path.strip_prefix("../") {
        Some(rest) => Some(rest.to_owned()),
        None => Some(page.rsplit_once('/').map_or(path.to_owned(), |(folder, _)| format!("{folder}/{path}"))),
    }
}

/// What a reader sees of a claim: its own lines, and the heading and the value of its field, which a shown claim does not repeat.
fn seen(page: &Page, claim: &Claim) -> (usize, String) {
    let at = page.find(claim.id.as_str()).unwrap_or_else(|| panic!("no anchor `{}`", claim.id));
    let field = page.find(&anchor(claim)).expect("the field has a place");
    let own = page.text(&page.elements[at]);
    let field_text = page.text_between(field, None);
    // What stands before the first claim: heading, shown value.
    let first = field + page.within(field).iter().position(|element| element.get("id").is_some_and(is_claim)).unwrap();
    let head = page.text_between(field, Some(first));
    assert!(field <= at && field_text.contains(&own), "`{}` stands outside of its field", claim.id);
    (at, format!("{head} {own}"))
}

/// The place of a claim's field on the page of its incident.
fn anchor(claim: &Claim) -> String {
    format!("s-field-{}", claim.about.slug())
}

fn is_claim(id: &str) -> bool {
    id.strip_prefix('f').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether "paragraph 5" stands there, and not as the beginning of "paragraph 57".
fn names_paragraph(text: &str, number: &str) -> bool {
    let words = format!("paragraph {number}");
    text.match_indices(&words).any(|(at, _)| !text[at + words.len()..].starts_with(|c: char| c.is_ascii_digit()))
}

fn holds(text: &str, words: &str) -> bool {
    text.to_lowercase().contains(&words.to_lowercase())
}

#[test]
fn every_fact_stands_with_its_source_and_paragraph() {
    let site = Site::read();
    let mut wrong = Vec::new();
    let facts = facts();
    for fact in &facts {
        let Fact { name, incident, claim, .. } = fact;
        let path = format!("incidents/{incident}.html");
        let page = site.page(name, &path);
        let (at, text) = seen(page, site.claim(incident, claim));
        for words in &fact.words {
            if !holds(&text, words) {
                wrong.push(format!("{name} {claim}: does not say `{words}`: {text}"));
            }
        }
        let links = page.within(at).iter().filter_map(|element| element.get("href"));
        let source = format!("../sources/{}.html", fact.source);
        let in_sentence = links.clone().any(|link| link == source) && names_paragraph(&text, fact.paragraph);
        let in_footnote = links.filter_map(|link| page.find(link.strip_prefix('#')?)).any(|note| {
            page.within(note).iter().any(|element| element.get("href") == Some(source.as_str()))
                && names_paragraph(&page.text(&page.elements[note]), fact.paragraph)
        });
        if !(in_sentence && in_footnote) {
            wrong.push(format!("{name} {claim}: does not show {} paragraph {}: {text}", fact.source, fact.paragraph));
        }
    }
    let mut names: BTreeSet<_> = facts.iter().map(|fact| fact.name.to_owned()).collect();
    for line in NOTES.lines().filter(|line| !line.is_empty()) {
        let (place, words) = line.split_once(": ").unwrap();
        let (name, article) = place.split_once(' ').unwrap();
        let path = format!("sources/{}.html", ARTICLES[article.parse::<usize>().unwrap()]);
        let text = site.page(name, &path).all_text();
        wrong.extend(
            words.split("; ").filter(|words| !holds(&text, words)).map(|words| format!("{name}: not `{words}`")),
        );
        names.insert(name.to_owned());
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(names, (1..=57).map(|number| format!("F{number:02}")).collect());
}

#[test]
fn every_claim_of_the_content_is_a_fact() {
    let rows = facts();
    let site = Site::read();
    for (incident, record) in &site.incidents {
        for claim in &record.claims {
            let base = claim.id.as_str().trim_end_matches(|c: char| c.is_ascii_lowercase());
            let known = rows.iter().any(|fact| fact.incident == incident && fact.name.to_lowercase() == base);
            assert!(known, "{incident}: `{}` carries no fact of the list", claim.id);
        }
    }
}

#[test]
fn every_difference_shows_both_sides_and_the_reason() {
    let site = Site::read();
    let rows = facts();
    let disputed = site.page("disputed points", "disputed.html");
    // Each dispute on that page begins with a link to the field.
    let places: Vec<(usize, &str)> = (0..disputed.elements.len())
        .filter_map(|at| Some((at, disputed.elements[at].get("href").filter(|link| link.contains("html#s-"))?)))
        .collect();
    let dispute = |incident: &str, anchor: &str| -> String {
        let link = format!("incidents/{incident}.html#{anchor}");
        let number = places.iter().position(|(_, there)| *there == link);
        let number = number.unwrap_or_else(|| panic!("disputed.html does not lead to {link}"));
        disputed.text_between(places[number].0, places.get(number + 1).map(|(at, _)| *at))
    };
    let mut wrong = Vec::new();
    let mut names = BTreeSet::new();
    for line in DIFFERENCES.lines().filter(|line| !line.is_empty()) {
        let mut parts = line.split(' ');
        let (name, incident) = (parts.next().unwrap(), parts.next().unwrap());
        names.insert(name.to_owned());
        let page = site.page(name, &format!("incidents/{incident}.html"));
        let mut reasons = 0;
        let mut expect = |where_: &str, text: &str, words: &str| {
            if !holds(text, words) {
                wrong.push(format!("{name} {where_}: not `{words}`"));
            }
        };
        for part in parts {
            if part == "=relations" {
                for relation in site.incidents[incident].relations.iter().filter_map(|relation| relation.why.as_ref()) {
                    expect("relation", &page.all_text(), &single_spaced(relation));
                    expect("relation, disputed", &dispute(incident, "s-relations"), &single_spaced(relation));
                    reasons += 1;
                }
                continue;
            }
            let id = part.trim_start_matches('!');
            let claim = site.claim(incident, id);
            let (_, text) = seen(page, claim);
            let told: Vec<String> =
                [&claim.why, &claim.note].into_iter().flatten().map(|text| single_spaced(text)).collect();
            reasons += told.len();
            let fact = rows.iter().find(|fact| fact.incident == incident && fact.claim == id);
            let value = fact.unwrap_or_else(|| panic!("{name}: {id} carries no fact")).words[0];
            for words in told.iter().map(String::as_str).chain([value]) {
                expect(id, &text, words);
                if part.starts_with('!') {
                    expect(&format!("{id}, disputed"), &dispute(incident, &anchor(claim)), words);
                }
            }
        }
        assert!(reasons > 0, "{name}: the editors give no reason");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(names, (1..=25).map(|number| format!("D{number}")).collect());
}

#[test]
fn no_date_is_more_exact_than_the_articles() {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let site = Site::read();
    for (path, page) in &site.pages {
        let text = page.all_text();
        let words: Vec<&str> = text.split(' ').collect();
        for pair in words.windows(2) {
            let is_day = pair[0].parse::<u8>().is_ok_and(|day| day <= 31);
            assert!(!is_day || !MONTHS.iter().any(|month| pair[1].starts_with(month)), "{path}: {pair:?}");
        }
        for time in page.all("time").filter_map(|time| time.get("datetime")) {
            assert!(time.len() <= "2022-01".len(), "{path}: {time}");
        }
    }
}
