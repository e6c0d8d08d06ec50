//! Which edition is shown, and which problems are laid over it.
//!
//! An edition is *fit* while no error is known of it. Errors of templates may become known late, when a page is made; an
//! edition may therefore lose its fitness, but never gain it.

use super::board::Board;
use super::held::Held;
use crate::diagnostic::Located;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch::{Receiver, Sender};

/// What can lose its fitness to be shown.
pub(super) trait Fit: Clone {
    /// Whether no error is known of it.
    fn is_fit(&self) -> bool;
    /// Whether both are the same one.
    fn is(&self, other: &Self) -> bool;
}

impl Fit for Held {
    fn is_fit(&self) -> bool {
        (**self).is_fit()
    }

    fn is(&self, other: &Self) -> bool {
        Held::is(self, other)
    }
}

/// Editions in the order in which they were made. Knows nothing of time, threads, sockets.
#[derive(Debug)]
pub(super) struct State<E> {
    /// Those that may be shown, the newest last. The first is the last one of which everything was made, if there is one.
    line: Vec<E>,
    latest: E,
    trouble: Option<String>,
}

impl<E: Fit> State<E> {
    /// As many editions are kept to fall back to: one that is known to be whole, the last two before it is known.
    const KEPT: usize = 3;

    fn new(first: E) -> Self {
        let line = if first.is_fit() { vec![first.clone()] } else { Vec::new() };
        Self { line, latest: first, trouble: None }
    }

    /// A new edition has come: it is shown when it is fit, and its problems count in any case.
    fn take(&mut self, edition: E) {
        self.settle();
        if edition.is_fit() {
            self.line.push(edition.clone());
            if self.line.len() > Self::KEPT {
                self.line.remove(1);
            }
        }
        self.latest = edition;
        self.trouble = None;
    }

    /// Everything of `edition` was made. If it is still fit, nobody falls back to an older one.
    fn made(&mut self, edition: &E) {
        self.settle();
        if let Some(at) = self.line.iter().position(|one| one.is(edition)) {
            self.line.drain(..at);
        }
    }

    /// Lets go of editions that have lost their fitness.
    fn settle(&mut self) {
        self.line.retain(Fit::is_fit);
    }

    fn shown(&self) -> Option<&E> {
        self.line.last()
    }
}

/// What stands at one moment. Never changes; the next moment has its own.
#[derive(Debug)]
pub(super) struct Now {
    /// The edition that is shown; nothing while none was ever fit.
    pub shown: Option<Held>,
    /// The path below which the site stands, with a slash at both ends.
    pub base: String,
    /// What is wrong. The same allocation while it stays the same.
    pub board: Arc<Board>,
}

/// The state that all threads share.
#[derive(Debug)]
pub(super) struct Preview {
    state: Mutex<State<Held>>,
    now: Sender<Arc<Now>>,
    open: Mutex<BTreeMap<u64, String>>,
    opened: AtomicU64,
}

impl Preview {
    /// The state in which `first` is all there is.
    pub fn new(first: Held) -> Self {
        let state = State::new(first);
        let now = moment(
            &state,
            Arc::new(Board::new(&state.latest, &state.latest.problems(), state.shown().map(|shown| &**shown), None)),
        );
        Self {
            state: Mutex::new(state),
            now: Sender::new(Arc::new(now)),
            open: Mutex::default(),
            opened: AtomicU64::default(),
        }
    }

    /// What stands now. Waits for nobody.
    pub fn now(&self) -> Arc<Now> {
        self.now.borrow().clone()
    }

    /// Hears when something else stands.
    pub fn follow(&self) -> Receiver<Arc<Now>> {
        self.now.subscribe()
    }

    /// The newest edition, fit or not.
    pub fn latest(&self) -> Held {
        lock(&self.state).latest.clone()
    }

    /// Whether something is wrong that is no problem of the content: a folder that cannot be read.
    pub fn is_troubled(&self) -> bool {
        lock(&self.state).trouble.is_some()
    }

    /// A new edition has come: it is shown at once if it is fit. What is wrong with it is told by [`Preview::tell`].
    pub fn take(&self, edition: Held) {
        self.change(|state| state.take(edition));
    }

    /// Everything of `edition` was made.
    pub fn made(&self, edition: &Held) {
        self.change(|state| state.made(edition));
    }

    /// A page could not be made: whoever has lost fitness is shown no longer.
    pub fn settle(&self) {
        self.change(State::settle);
        self.tell();
    }

    /// The folder cannot be read, or can be read again. Gives whether that is new.
    pub fn trouble(&self, trouble: Option<String>) -> bool {
        let mut is_new = false;
        self.change(|state| {
            is_new = state.trouble != trouble;
            state.trouble = trouble;
        });
        if is_new {
            self.tell();
        }
        is_new
    }

    /// Tells what is wrong with the newest edition, as far as it is known, and gives that edition and its problems.
    ///
    /// Their places have to be looked up, in files that nobody else looks into. No page waits for that.
    pub fn tell(&self) -> (Held, Vec<Located>) {
        loop {
            let (latest, shown, trouble) = {
                let state = lock(&self.state);
                (state.latest.clone(), state.shown().cloned(), state.trouble.clone())
            };
            let problems = latest.problems();
            let shown = shown.as_deref();
            let board = Board::new(&latest, &problems, shown, trouble.as_deref());
            let state = lock(&self.state);
            // What was overtaken while it was looked up would be news of the past.
            if state.latest.is(&latest) && state.trouble == trouble {
                self.publish(&state, Arc::new(board));
                return (latest, problems);
            }
        }
    }

    /// Notes that somebody looks at `route`, until what is returned is dropped.
    pub fn open(self: &Arc<Self>, route: &str) -> Open {
        let number = self.opened.fetch_add(1, Ordering::Relaxed);
        lock(&self.open).insert(number, route.to_owned());
        Open { preview: self.clone(), number }
    }

    /// What is being looked at, each route once.
    pub fn open_routes(&self) -> Vec<String> {
        let mut routes: Vec<String> = lock(&self.open).values().cloned().collect();
        routes.sort_unstable();
        routes.dedup();
        routes
    }

    fn change(&self, change: impl FnOnce(&mut State<Held>)) {
        let mut state = lock(&self.state);
        change(&mut state);
        self.publish(&state, self.now().board.clone());
    }

    /// Moments are published in the order of the changes, which is why whoever publishes holds the lock.
    fn publish(&self, state: &State<Held>, board: Arc<Board>) {
        let last = self.now();
        let board = if *last.board == *board { last.board.clone() } else { board };
        let now = moment(state, board);
        let same_shown = match (&now.shown, &last.shown) {
            (Some(now), Some(last)) => Held::is(now, last),
            (None, None) => true,
            _ => false,
        };
        if !same_shown || now.base != last.base || !Arc::ptr_eq(&now.board, &last.board) {
            self.now.send_replace(Arc::new(now));
        }
    }
}

/// A page that somebody looks at.
#[derive(Debug)]
pub(super) struct Open {
    preview: Arc<Preview>,
    number: u64,
}

impl Drop for Open {
    fn drop(&mut self) {
        lock(&self.preview.open).remove(&self.number);
    }
}

fn moment(state: &State<Held>, board: Arc<Board>) -> Now {
    let shown = state.shown().cloned();
    let base = shown.as_ref().unwrap_or(&state.latest).base_path();
    Now { shown, base, board }
}

/// What a thread that panicked has left is whole: every change here is one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::{Fit, Preview, State};
    use crate::discover::Inputs;
    use crate::pipeline::{Edition, Options};
    use crate::serve::Held;
    use crate::source_text::File;
    use std::cell::Cell;
    use std::rc::Rc;
    use std::sync::Arc;

    #[derive(Clone, Debug)]
    struct Fake(char, Rc<Cell<bool>>);

    impl Fit for Fake {
        fn is_fit(&self) -> bool {
            self.1.get()
        }

        fn is(&self, other: &Self) -> bool {
            self.0 == other.0
        }
    }

    /// Plays a history and compares what is shown after each step. A capital letter takes an edition that is fit, a small
    /// one takes one that is not; `!X` finds a fault in it, `=X` has made all of it.
    #[track_caller]
    fn check(history: &str, expect: &str) {
        let mut editions: Vec<Fake> = Vec::new();
        let mut state: Option<State<Fake>> = None;
        let mut got = String::new();
        for step in history.split(' ') {
            let (mark, name) = step.split_at(step.len() - 1);
            let name = name.chars().next().unwrap();
            let known = editions.iter().find(|edition| edition.0 == name).cloned();
            match (mark, &mut state) {
                ("!", Some(state)) => {
                    known.unwrap().1.set(false);
                    state.settle();
                }
                ("=", Some(state)) => state.made(&known.unwrap()),
                (_, before) => {
                    let edition = Fake(name, Rc::new(Cell::new(name.is_uppercase())));
                    editions.push(edition.clone());
                    match before {
                        Some(state) => state.take(edition),
                        None => *before = Some(State::new(edition)),
                    }
                }
            }
            got.push(state.as_ref().unwrap().shown().map_or('-', |edition| edition.0));
        }
        assert_eq!(got, expect);
    }

    #[test]
    fn a_fit_edition_is_shown_at_once_and_an_unfit_one_never() {
        check("A B", "AB");
        check("A b c D", "AAAD");
        check("a b C", "--C");
    }

    #[test]
    fn a_fault_found_late_brings_the_one_before_back() {
        check("A =A B !B", "AABA");
        check("A =A B =B !B", "AABB-");
        check("A B !B C", "ABAC");
        check("A !A B", "A-B");
        check("A B C !B !C", "ABCCA");
        check("A B c !B", "ABBA");
    }

    #[test]
    fn few_are_kept_and_the_whole_one_among_them() {
        check("A =A B C D E !E !D", "AABCDEDA");
        check("A =A B C =C D !D !C", "AABCCDC-");
    }

    fn edition(body: &str) -> Held {
        let record = format!("---\ntitle: Fire\ndate: 2021\nsources: [daily]\n---\n{body}\n");
        let inputs = Inputs {
            site: Some(File::new("content/site.yaml", *b"title: A site\nbase_url: https://example.org/\n")),
            records: vec![
                File::new("content/incidents/fire.md", record.into_bytes()),
                File::new("content/sources/daily.yaml", *b"title: Daily\n"),
            ],
            ..Inputs::default()
        };
        Held::new(Edition::new(Arc::new(inputs), &Options::default(), None, &|_| ()))
    }

    #[test]
    fn moments_follow_changes_and_only_them() {
        let preview = Arc::new(Preview::new(edition("Text.")));
        let mut moments = preview.follow();
        let good = preview.now();
        assert!(good.shown.is_some() && good.board.errors == 0);
        preview.settle();
        preview.made(&preview.latest());
        assert!(!preview.trouble(None) && !moments.has_changed().unwrap());
        let broken = edition("[x](incident:nothing)");
        preview.take(broken.clone());
        assert!(!moments.has_changed().unwrap(), "nothing else is shown");
        let (latest, problems) = preview.tell();
        assert!(latest.is(&broken) && problems.len() == 1);
        let now = moments.borrow_and_update().clone();
        assert_eq!((now.board.errors, broken.is_fit()), (1, false));
        assert!(now.shown.as_ref().unwrap().is(good.shown.as_ref().unwrap()));
        assert!(preview.trouble(Some("content cannot be read".to_owned())) && preview.is_troubled());
        assert!(moments.has_changed().unwrap());
        preview.take(edition("Other."));
        assert!(moments.borrow_and_update().board.errors == 1, "it is shown before its problems are known");
        preview.tell();
        let now = moments.borrow_and_update().clone();
        assert!(now.board.errors == 0 && !preview.is_troubled());
        assert!(!now.shown.as_ref().unwrap().is(good.shown.as_ref().unwrap()));
    }

    #[test]
    fn what_is_looked_at_is_known_until_it_is_closed() {
        let preview = Arc::new(Preview::new(edition("Text.")));
        let open = ["b", "a", "b"].map(|route| preview.open(route));
        assert_eq!(preview.open_routes(), ["a", "b"]);
        drop(open);
        assert!(preview.open_routes().is_empty());
    }
}
