//! Who, where and what kinds of thing there are: the same on every site, however many records it has.
//!
//! All names are made up.

use super::quoted;
use super::random::Random;
use annals::model::id::slug;

/// Kinds of incident, and how titles of each begin.
const KINDS: [(&str, &str, [&str; 4]); 6] = [
    ("theft", "Theft", ["Deposits taken from", "Tokens drained from", "Seals stolen from", "Forged drafts at"]),
    ("outage", "Outage", ["Three dark hours at", "Lines silent at", "Timetable lost at", "Cold start at"]),
    ("discharge", "Discharge", ["Dye released by", "Ash lost by", "Brine let out by", "Overflow behind"]),
    (
        "withdrawal",
        "Withdrawal",
        ["Lamps called back by", "Couplings pulled by", "Flour withdrawn by", "Charts recalled by"],
    ),
    ("collision", "Collision", ["Barge struck near", "Buoy cut at", "Crossing blocked at", "Tow lost by"]),
    ("ruling", "Ruling", ["Licence lifted from", "Fine for", "Tender of", "Inquiry into"]),
];

/// Roles and the words before a name.
const ROLES: [(&str, &str); 4] =
    [("by", "by"), ("target", "against"), ("alleged_by", "alleged by"), ("reported_by", "reported by")];

const PLACES: [&str; 12] = [
    "Varnholt",
    "Quillmere",
    "Sandrake",
    "Torvik",
    "Elmspit",
    "Dunloe",
    "Marrowby",
    "Kellin",
    "Pethwick",
    "Orrisand",
    "Lowmarch",
    "Yarrowfell",
];

const TRADES: [&str; 10] =
    ["Ferries", "Grid", "Mint", "Exchange", "Granary", "Signals", "Pilots", "Tramway", "Glassworks", "Assembly"];

const PUBLISHERS: [&str; 8] = [
    "The Lantern",
    "Tidewatch",
    "Islands Register",
    "Morning Bell",
    "Court Record Service",
    "The Plain Dealer of Dunloe",
    "Survey Board",
    "Open Ledger",
];

const TAG_SUBJECTS: [&str; 12] = [
    "cable",
    "cargo",
    "dock",
    "insurance",
    "ledger",
    "licence",
    "lighthouse",
    "payroll",
    "pump",
    "rota",
    "switch",
    "tide",
];

const TAG_MATTERS: [&str; 5] = ["delay", "fault", "gap", "repair", "warning"];

/// The most entities that act, and the most that publish. Fewer on a small site: nobody there is without an incident.
const ACTORS: usize = 40;

/// The number of tags.
pub const TAGS: usize = TAG_SUBJECTS.len() * TAG_MATTERS.len();

/// The entities and places of a site.
#[derive(Clone, Copy, Debug)]
pub struct Cast {
    /// Entities that act.
    pub actors: usize,
    /// Entities that publish sources.
    pub publishers: usize,
    /// Places.
    pub places: usize,
}

impl Cast {
    /// Those of a site with so many records and sources.
    pub fn new(records: usize, sources: usize) -> Self {
        Self {
            actors: ACTORS.min(records),
            publishers: PUBLISHERS.len().min(sources),
            places: PLACES.len().min(records),
        }
    }

    /// The files of all of them, and the settings: paths below `content/` and texts.
    pub fn files(self) -> Vec<(String, String)> {
        let actors = (0..self.actors).map(|number| {
            let aka =
                if number.is_multiple_of(4) { format!("aka: [{} {number}]\n", trade(number)) } else { String::new() };
            let whole = if number >= PLACES.len() {
                format!("part_of: {}\n", slug(&actor(number % PLACES.len())))
            } else {
                String::new()
            };
            (
                format!("entities/{}.yaml", slug(&actor(number))),
                format!("name: {}\nkind: organisation\n{aka}{whole}", actor(number)),
            )
        });
        let publishers = (0..self.publishers).map(|number| {
            let name = publisher(number);
            (format!("entities/{}.yaml", slug(name)), format!("name: {name}\nkind: organisation\n"))
        });
        let places = (0..self.places).map(|number| {
            let within = if number >= 4 { format!("within: {}\n", place_id(number % 4)) } else { String::new() };
            (format!("places/{}.yaml", place_id(number)), format!("name: {}\nkind: region\n{within}", place(number)))
        });
        actors.chain(publishers).chain(places).chain([("site.yaml".to_owned(), settings())]).collect()
    }
}

fn settings() -> String {
    let kinds: String = KINDS.iter().map(|(kind, label, _)| format!("  {kind}: {label}\n")).collect();
    let roles: String = ROLES.iter().map(|(role, words)| format!("  {role}: {words}\n")).collect();
    format!(
        "title: A made-up timeline\n\
         description: Incidents that never were, in places that are not, for measuring.\n\
         base_url: https://example.org/timeline/\n\
         repository: example/timeline\n\
         language: en\n\
         licence: CC0-1.0\n\
         kinds:\n{kinds}\
         roles:\n{roles}\
         currencies: {{TLR: talers}}\n\
         labels: {{announced: date, carried_by: entities}}\n\
         extra: {{calls: count}}\n"
    )
}

/// A kind of incident, and a title of that kind about an actor.
pub fn kind_and_title(random: &mut Random, actor_name: &str) -> (&'static str, String) {
    let number = random.below(KINDS.len());
    let Some((kind, _, openings)) = KINDS.get(number) else { return ("", String::new()) };
    let opening = random.pick(openings);
    let ending = if random.chance(10) {
        random.pick(&[" & partners", ": a second time", " (the \"long\" week)", ", Rue de l’Été 9", " <unsigned>"])
    } else {
        ""
    };
    (kind, format!("{opening} {actor_name}{ending}"))
}

/// The name of an actor.
pub fn actor(number: usize) -> String {
    format!("{} {}", place(number % PLACES.len()), trade(number))
}

/// The id of an actor.
pub fn actor_id(number: usize) -> String {
    slug(&actor(number))
}

fn trade(number: usize) -> &'static str {
    // The places have gone round once every twelve actors; the trades move on then, so that no two names are the same.
    TRADES.get((number * 3 + number / PLACES.len()) % TRADES.len()).copied().unwrap_or_default()
}

/// The name of a publisher.
pub fn publisher(number: usize) -> &'static str {
    PUBLISHERS.get(number % PUBLISHERS.len()).copied().unwrap_or_default()
}

fn place(number: usize) -> &'static str {
    PLACES.get(number % PLACES.len()).copied().unwrap_or_default()
}

/// The id of a place.
pub fn place_id(number: usize) -> String {
    slug(place(number))
}

/// A tag.
pub fn tag(number: usize) -> String {
    let subject = TAG_SUBJECTS.get(number % TAG_SUBJECTS.len()).copied().unwrap_or_default();
    let matter = TAG_MATTERS.get(number / TAG_SUBJECTS.len() % TAG_MATTERS.len()).copied().unwrap_or_default();
    format!("{subject} {matter}")
}

/// The plain pages.
pub fn pages() -> Vec<(String, String)> {
    let page = |name: &str, title: &str, text: &str| {
        (format!("pages/{name}.md"), format!("---\ntitle: {}\n---\n\n{text}\n", quoted(title)))
    };
    vec![
        page("about", "About", "Nothing here happened. See [how it was made](page:method)."),
        page("method", "Method", "## Numbers\n\nA generator drew them.\n\n## Words\n\nSo it did the words."),
    ]
}
