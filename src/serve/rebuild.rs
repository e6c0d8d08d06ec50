//! From a touched file to the next edition.
//!
//! Two threads: one waits for changes, reads them and makes editions, so that none is lost while it is at work; for each
//! fit edition another makes what is stale, until it is done or the next change has come.

use super::Settings;
use super::board::grave;
use super::held::Held;
use super::news::{Failed, News, Rebuilt, Shown, Word};
use super::preview::Preview;
use super::watch::{Watch, Way};
use crate::diagnostic::Located;
use crate::diagnostic::render::Summary;
use crate::discover::{Folder, Touched};
use crate::pipeline::{Edition, Options};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How often files are looked at when the system does not tell of them, and a folder that could not be read.
const AGAIN: Duration = Duration::from_secs(1);

/// Makes the first edition, and another one after each change, for as long as the process lives.
pub(super) fn run(settings: Settings, say: &Sender<Word>) {
    // A preview that has silently stopped following would be worse than none.
    let _end = End(say);
    match Rebuilds::begin(settings, say) {
        Ok(rebuilds) => rebuilds.go_on(),
        Err(failed) => _ = say.send(Word::Failed(failed)),
    }
}

/// Says that the thread has ended, in whatever way.
struct End<'a>(&'a Sender<Word>);

impl Drop for End<'_> {
    fn drop(&mut self) {
        let _ = self.0.send(Word::Failed(Failed::Stopped));
    }
}

struct Rebuilds {
    watch: Watch,
    folder: Folder,
    options: Options,
    preview: Arc<Preview>,
    reporter: Arc<Reporter>,
    /// Whether it was told that the system has ceased to tell of changes.
    lapsed: bool,
    /// Tells the thread that makes the last edition's pages to stop.
    stop: Arc<AtomicBool>,
}

impl Rebuilds {
    fn begin(settings: Settings, say: &Sender<Word>) -> Result<Self, Failed> {
        let Settings { root, way, options, .. } = settings;
        let began = Instant::now();
        // What changes between the two is told, and read again.
        let watch = Watch::new(&root, way);
        let folder = Folder::open(&root).map_err(Failed::Unreadable)?;
        let watch = match (watch, way) {
            (Err(error), Way::Told) => {
                let note = format!("{error}; every file is looked at each second instead, as with `--poll`");
                let _ = say.send(Word::News(News::Note(note)));
                Watch::new(&root, Way::Polled(AGAIN))
            }
            (watch, _) => watch,
        };
        let watch = watch.map_err(Failed::Watch)?;
        let edition = Held::new(Edition::new(folder.inputs().clone(), &options, None, &|_| ()));
        let preview = Arc::new(Preview::new(edition.clone()));
        let _ = say.send(Word::Ready(preview.clone()));
        let reporter = Arc::new(Reporter { say: say.clone(), pending: Mutex::default(), told: Mutex::default() });
        reporter.changed(Vec::new(), began);
        let rebuilds = Self { watch, folder, options, preview, reporter, lapsed: false, stop: Arc::default() };
        rebuilds.make(edition);
        Ok(rebuilds)
    }

    fn go_on(mut self) {
        loop {
            let is_troubled = self.preview.is_troubled();
            let touched = self.watch.next(is_troubled.then(|| Instant::now() + AGAIN));
            if let Some(lapse) = self.watch.lapse().filter(|_| !self.lapsed) {
                self.lapsed = true;
                self.reporter
                    .note(format!("{lapse}; from now on every file is looked at each second, as with `--poll`"));
            }
            match touched {
                // What was touched when reading failed was not read.
                _ if is_troubled => self.change(&Touched::Anything),
                Some(touched) => self.change(&touched),
                None => {}
            }
        }
    }

    fn change(&mut self, touched: &Touched) {
        let began = Instant::now();
        let changed = match self.folder.refresh(touched) {
            Ok(changed) => changed,
            Err(error) => {
                let trouble = error.to_string();
                if self.preview.trouble(Some(trouble.clone())) {
                    self.reporter.note(format!("{trouble}; what was read before is shown until it can be read again"));
                }
                return;
            }
        };
        let latest = self.preview.latest();
        if Arc::ptr_eq(self.folder.inputs(), latest.inputs()) {
            if self.preview.trouble(None) {
                self.reporter.note("the site can be read again; no file of it has changed".to_owned());
            }
            return;
        }
        self.stop.store(true, Ordering::Relaxed);
        self.stop = Arc::default();
        self.reporter.changed(changed, began);
        let last = self.preview.now().shown.clone().unwrap_or(latest);
        let edition = Edition::new(self.folder.inputs().clone(), &self.options, Some(&last), &|_| ());
        let edition = Held::new(edition);
        self.preview.take(edition.clone());
        self.make(edition);
    }

    /// Makes what is stale, beside the watch for the next change.
    fn make(&self, edition: Held) {
        let (preview, reporter, stop) = (self.preview.clone(), self.reporter.clone(), self.stop.clone());
        if !edition.is_fit() {
            // What it would come to is never shown.
            return reporter.whole(&preview, &stop);
        }
        let make = move || {
            // What somebody looks at comes first.
            for route in preview.open_routes() {
                edition.file(&route);
            }
            // Then what is no longer wrong, and then what else there is to make, which may take long.
            if preview.now().board.stale {
                preview.tell();
            }
            if edition.make_all(&|| stop.load(Ordering::Relaxed)) {
                preview.made(&edition);
                reporter.whole(&preview, &stop);
            }
        };
        if let Err(error) = thread::Builder::new().name("make".to_owned()).spawn(make) {
            // Pages are made when they are asked for; only their problems are not known before.
            self.reporter.note(format!("pages cannot be made in advance: {error}"));
        }
    }
}

/// Tells what became of changes.
struct Reporter {
    say: Sender<Word>,
    pending: Mutex<Pending>,
    /// The problems that were told last.
    told: Mutex<Vec<Located>>,
}

/// Changes of which nothing was told yet.
#[derive(Default)]
struct Pending {
    changed: BTreeSet<String>,
    since: Option<Instant>,
}

impl Reporter {
    fn note(&self, note: String) {
        let _ = self.say.send(Word::News(News::Note(note)));
    }

    fn changed(&self, files: Vec<String>, began: Instant) {
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        pending.changed.extend(files);
        pending.since.get_or_insert(began);
    }

    /// All that is wanted of the newest edition was made. If another one is on its way, that one tells of the changes.
    fn whole(&self, preview: &Preview, stop: &AtomicBool) {
        let made = Instant::now();
        let (edition, all) = preview.tell();
        let Pending { changed, since } = {
            let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
            if stop.load(Ordering::Relaxed) {
                return;
            }
            std::mem::take(&mut *pending)
        };
        let Some(since) = since else { return };
        let shown = match (edition.is_fit(), &preview.now().shown) {
            (true, _) => Shown::This,
            (false, Some(_)) => Shown::LastGood,
            (false, None) => Shown::Problems,
        };
        let took = made.duration_since(since);
        let summary = Summary::of(&all, edition.counts().records);
        let problems = grave(all);
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = *told != problems;
        if is_new {
            told.clone_from(&problems);
        }
        let rebuilt = Rebuilt {
            changed: changed.into_iter().collect(),
            work: edition.work(),
            took,
            summary,
            shown,
            problems: is_new.then_some(problems),
            edition,
        };
        // Under the lock, so that what is told last is what was made last.
        let _ = self.say.send(Word::News(News::Rebuilt(Box::new(rebuilt))));
    }
}
