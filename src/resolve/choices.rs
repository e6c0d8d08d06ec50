//! By what incidents can be chosen, and what of it each one has.
//!
//! The form of the filters and the table behind it are made from the same lists, so that their numbers agree.

use super::fields::shown_ids;
use super::routes;
use super::site::{IncidentEntry, Site};
use crate::model::vocabulary::{Confidence, Status};
use crate::model::{Field, Id};
use foldhash::fast::RandomState;
use std::collections::{BTreeMap, HashMap};

/// By what the incidents of a site can be chosen. What no incident has is not in it.
#[derive(Debug, Default)]
pub struct Choices {
    /// Kinds, in the order of the lanes.
    pub kinds: Vec<Choice>,
    /// What the editors say, in the order of the vocabulary.
    pub statuses: Vec<(Status, usize)>,
    /// How sure the editors are, from the most to the least.
    pub confidences: Vec<(Confidence, usize)>,
    /// Roles, in the order of the settings.
    pub roles: Vec<Choice>,
    /// Entities in any role, those of most incidents first.
    pub actors: Vec<Choice>,
    /// Places, those of most incidents first. What happened in a part of a place happened in it.
    pub places: Vec<Choice>,
    /// Tags by slug, those of most incidents first.
    pub tags: Vec<Choice>,
    /// Currencies of amounts, the commonest first.
    pub currencies: Vec<Choice>,
    /// How many incidents have a disputed point.
    pub disputed: usize,
    /// What each incident has, in the order of the timeline.
    pub traits: Vec<Traits>,
}

/// Something by which incidents can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What stands for it in an address: an id, a slug, a role, a code.
    pub id: String,
    /// What a reader sees.
    pub label: String,
    /// How many incidents have it.
    pub count: usize,
}

/// What one incident has: numbers into the lists of [`Choices`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// Its kind.
    pub kind: Option<usize>,
    /// What the editors say of it.
    pub status: Option<Status>,
    /// The least confidence in what is shown.
    pub confidence: Option<Confidence>,
    /// Who, in which role.
    pub actors: Vec<(usize, usize)>,
    /// Where, with all that these places lie in.
    pub places: Vec<usize>,
    /// Its tags.
    pub tags: Vec<usize>,
    /// The currency of its amount.
    pub currency: Option<usize>,
    /// Whether it has a disputed point.
    pub disputed: bool,
}

impl Choices {
    /// Walks the site once.
    pub fn of(site: &Site) -> Self {
        let mut lists = Lists::default();
        for (kind, label) in &site.config.kinds {
            lists.kinds.number(kind.as_str(), || label.clone());
        }
        for (role, words) in &site.config.roles {
            lists.roles.number(role, || words.clone());
        }
        let traits: Vec<Traits> = site.incidents.iter().map(|entry| lists.read(site, entry)).collect();
        let (kinds, kind_at) = lists.kinds.kept();
        let (roles, role_at) = lists.roles.kept();
        let (actors, actor_at) = lists.actors.by_count();
        let (places, place_at) = lists.places.by_count();
        let (tags, tag_at) = lists.tags.by_count();
        let (currencies, currency_at) = lists.currencies.by_count();
        let traits = traits.into_iter().map(|mut traits| {
            traits.kind = moved(traits.kind, &kind_at);
            traits.currency = moved(traits.currency, &currency_at);
            traits.actors = (traits.actors.iter())
                .filter_map(|(actor, role)| Some((moved(Some(*actor), &actor_at)?, moved(Some(*role), &role_at)?)))
                .collect();
            traits.places = all_moved(&traits.places, &place_at);
            traits.tags = all_moved(&traits.tags, &tag_at);
            traits
        });
        Self {
            kinds,
            statuses: lists.statuses.into_iter().collect(),
            confidences: lists.confidences.into_iter().collect(),
            roles,
            actors,
            places,
            tags,
            currencies,
            disputed: lists.disputed,
            traits: traits.collect(),
        }
    }
}

/// The lists while they grow: numbers are given as things are met.
#[derive(Default)]
struct Lists {
    kinds: Tally,
    statuses: BTreeMap<Status, usize>,
    confidences: BTreeMap<Confidence, usize>,
    roles: Tally,
    actors: Tally,
    places: Tally,
    tags: Tally,
    /// The number of each tag as it is written: most stand in many records.
    slugs: HashMap<String, Option<usize>, RandomState>,
    currencies: Tally,
    disputed: usize,
}

impl Lists {
    fn read(&mut self, site: &Site, entry: &IncidentEntry) -> Traits {
        let incident = &entry.incident;
        let config = &site.config;
        let mut traits = Traits {
            kind: incident.kind.as_ref().map(|id| self.kinds.number(id.as_str(), || config.kind_label(id.as_str()))),
            status: entry.status(),
            confidence: entry.confidence(),
            currency: entry
                .amount()
                .and_then(|amount| amount.currency())
                .map(|code| self.currencies.number(code, || code.to_owned())),
            disputed: entry.is_disputed(),
            ..Traits::default()
        };
        for state in entry.fields.iter() {
            match &state.field {
                Field::Actors(role) => {
                    let ids = shown_ids(incident, state);
                    if !ids.is_empty() {
                        let role = self.roles.number(role, || config.role_words(role));
                        traits.actors.extend(ids.into_iter().map(|id| (self.actor(site, id), role)));
                    }
                }
                Field::Places => {
                    let places = shown_ids(incident, state).into_iter().flat_map(|id| around(site, id));
                    traits.places.extend(places.map(|id| self.place(site, id)));
                }
                _ => {}
            }
        }
        for tag in &incident.tags {
            let number = match self.slugs.get(tag) {
                Some(known) => *known,
                None => {
                    let number = routes::tag_slug(tag).map(|slug| self.tags.number(&slug, || tag.clone()));
                    self.slugs.insert(tag.clone(), number);
                    number
                }
            };
            traits.tags.extend(number);
        }
        for list in [&mut traits.places, &mut traits.tags] {
            sort_once(list);
        }
        sort_once(&mut traits.actors);
        self.count(&traits);
        traits
    }

    fn actor(&mut self, site: &Site, id: &Id) -> usize {
        let name = || site.entity(id).map_or_else(|| id.to_string(), |entry| entry.entity.name.clone());
        self.actors.number(id.as_str(), name)
    }

    fn place(&mut self, site: &Site, id: &Id) -> usize {
        let name = || site.place(id).map_or_else(|| id.to_string(), |entry| entry.place.name.clone());
        self.places.number(id.as_str(), name)
    }

    fn count(&mut self, traits: &Traits) {
        let each = |pairs: &[(usize, usize)], pick: fn(&(usize, usize)) -> usize| {
            let mut numbers: Vec<usize> = pairs.iter().map(pick).collect();
            sort_once(&mut numbers);
            numbers
        };
        self.kinds.count(traits.kind.as_slice());
        self.currencies.count(traits.currency.as_slice());
        self.actors.count(&each(&traits.actors, |(actor, _)| *actor));
        self.roles.count(&each(&traits.actors, |(_, role)| *role));
        self.places.count(&traits.places);
        self.tags.count(&traits.tags);
        if let Some(status) = traits.status {
            *self.statuses.entry(status).or_default() += 1;
        }
        if let Some(confidence) = traits.confidence {
            *self.confidences.entry(confidence).or_default() += 1;
        }
        self.disputed += usize::from(traits.disputed);
    }
}

/// Things as they were met, with how many incidents have each.
#[derive(Default)]
struct Tally {
    found: Vec<Choice>,
    at: HashMap<String, usize, RandomState>,
}

impl Tally {
    fn number(&mut self, id: &str, label: impl FnOnce() -> String) -> usize {
        if let Some(at) = self.at.get(id) {
            return *at;
        }
        let at = self.found.len();
        self.at.insert(id.to_owned(), at);
        self.found.push(Choice { id: id.to_owned(), label: label(), count: 0 });
        at
    }

    fn count(&mut self, numbers: &[usize]) {
        for at in numbers {
            if let Some(choice) = self.found.get_mut(*at) {
                choice.count += 1;
            }
        }
    }

    /// What any incident has, in the order in which it was met, and the new number of each.
    fn kept(self) -> (Vec<Choice>, Vec<Option<usize>>) {
        self.ordered(|_, _| std::cmp::Ordering::Equal)
    }

    /// The same with the most frequent first; what is as frequent by its label.
    fn by_count(self) -> (Vec<Choice>, Vec<Option<usize>>) {
        self.ordered(|a, b| b.count.cmp(&a.count).then_with(|| (&a.label, &a.id).cmp(&(&b.label, &b.id))))
    }

    fn ordered(self, order: impl Fn(&Choice, &Choice) -> std::cmp::Ordering) -> (Vec<Choice>, Vec<Option<usize>>) {
        let mut numbers = vec![None; self.found.len()];
        let mut kept: Vec<(usize, Choice)> =
            self.found.into_iter().enumerate().filter(|(_, choice)| choice.count > 0).collect();
        kept.sort_by(|(_, a), (_, b)| order(a, b));
        for (new, (old, _)) in kept.iter().enumerate() {
            if let Some(number) = numbers.get_mut(*old) {
                *number = Some(new);
            }
        }
        (kept.into_iter().map(|(_, choice)| choice).collect(), numbers)
    }
}

/// A place and all that it lies in.
fn around<'a>(site: &'a Site, id: &'a Id) -> Vec<&'a Id> {
    /// No place lies deeper; a chain that a machine wrote must not cost more than the site.
    const DEEPEST: usize = 64;
    let mut places = vec![id];
    let within = |id: &Id| site.place(id).and_then(|entry| entry.place.within.as_ref());
    while let Some(outer) = places.last().and_then(|id| within(id)) {
        // A ring is no place's fault alone, and must not keep us here.
        if places.len() == DEEPEST || places.contains(&outer) {
            break;
        }
        places.push(outer);
    }
    places
}

fn moved(number: Option<usize>, to: &[Option<usize>]) -> Option<usize> {
    to.get(number?).copied().flatten()
}

fn all_moved(numbers: &[usize], to: &[Option<usize>]) -> Vec<usize> {
    let mut numbers: Vec<usize> = numbers.iter().filter_map(|number| moved(Some(*number), to)).collect();
    numbers.sort_unstable();
    numbers
}

fn sort_once<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::{Record, RecordKind};
    use crate::source_text::File;
    use std::sync::Arc;

    fn choices(files: &[(&str, &str)], config: Config) -> Choices {
        let config = Arc::new(config);
        let files = files.iter().map(|(path, text)| File::new(path, text.as_bytes()));
        let records: Vec<Record> = files
            .filter_map(|file| Some(crate::parse::record(RecordKind::of(&file.id)?, &file, &config).record))
            .collect();
        Choices::of(&crate::resolve::site(&records, &config).0)
    }

    fn shown(choices: &[Choice]) -> String {
        let all = choices.iter().map(|choice| format!("{}={}:{}", choice.id, choice.label, choice.count));
        all.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn lists_and_traits() {
        let config = Config {
            kinds: vec![(Id::new("b"), "B".to_owned()), (Id::new("a"), "A".to_owned())],
            roles: vec![("target".to_owned(), "against".to_owned()), ("by".to_owned(), "by".to_owned())],
            ..Config::default()
        };
        let head = "title: T\ndate: 2020\nsources: [s]\n";
        let one = format!(
            "---\n{head}kind: a\nstatus: alleged\namount: USD 5\nactors: {{by: [e, f], target: [e]}}\nplaces: [town]\ntags: [Big Ban, big-ban]\n---\n"
        );
        let two = format!("---\n{head}amount: EUR 5\nactors: {{by: [f]}}\nplaces: [land]\n---\n");
        let three = format!("---\n{head}amount: USD 7\n---\n");
        let found = choices(
            &[
                ("content/incidents/a.md", &one),
                ("content/incidents/b.md", &two),
                ("content/incidents/c.md", &three),
                ("content/entities/f.yaml", "name: F & co\n"),
                ("content/places/land.yaml", "name: Land\n"),
                ("content/places/town.yaml", "name: Town\nwithin: land\n"),
            ],
            config,
        );
        assert_eq!(shown(&found.kinds), "a=A:1");
        assert_eq!(shown(&found.roles), "target=against:1 by=by:2");
        assert_eq!(shown(&found.actors), "f=F & co:2 e=e:1");
        assert_eq!(shown(&found.places), "land=Land:2 town=Town:1");
        assert_eq!(shown(&found.tags), "big-ban=Big Ban:1");
        assert_eq!(shown(&found.currencies), "USD=USD:2 EUR=EUR:1");
        assert_eq!(found.statuses, [(Status::Alleged, 1)]);
        assert_eq!(found.traits[0].kind, Some(0));
        assert_eq!(found.traits[0].places, [0, 1]);
        assert_eq!(found.traits[1].places, [0]);
        assert_eq!(found.traits[1].actors, [(0, 1)]);
        assert_eq!(found.traits[2].currency, Some(0));
        assert_eq!(found.traits[2].kind, None);
    }

    #[test]
    fn places_in_a_ring_end() {
        let incident = "---\ntitle: T\ndate: 2020\nsources: [s]\nplaces: [a]\n---\n";
        let found = choices(
            &[
                ("content/incidents/a.md", incident),
                ("content/places/a.yaml", "name: A\nwithin: b\n"),
                ("content/places/b.yaml", "name: B\nwithin: a\n"),
            ],
            Config::default(),
        );
        assert_eq!(shown(&found.places), "a=A:1 b=B:1");
    }
}
