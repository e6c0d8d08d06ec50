//! Whatever is done to a site, who watches and reads what is told has what is there.

use super::*;
use crate::discover::{Folder, Inputs, read};
use std::collections::BTreeSet;
use std::fs;

const PATIENCE: Duration = Duration::from_secs(5);
const WAYS: [Way; 2] = [Way::Told, Way::Polled(Duration::from_millis(10))];
const A: &str = "content/incidents/a.md";

struct Site {
    outer: tempfile::TempDir,
    watch: Watch,
    folder: Folder,
}

fn put(path: PathBuf, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn told(inputs: &Inputs) -> Vec<String> {
    let Inputs { site, records, strays, templates, statics } = inputs;
    let all = site.iter().chain(records).chain(strays).chain(templates).chain(statics);
    all.map(|file| format!("{} {:?} {:?}", file.id, file.trouble, file.bytes)).collect()
}

impl Site {
    fn new(way: Way) -> Self {
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("site");
        put(root.join("content/site.yaml"), "title: T\n");
        put(root.join(A), "a");
        put(root.join("content/incidents/deep/b.md"), "b");
        put(root.join("templates/page.html"), "p");
        // Beside the test that uses up what the system has.
        let until = Instant::now() + PATIENCE;
        let watch = loop {
            match Watch::new(&root, way) {
                Ok(watch) => break watch,
                Err(error) => assert!(Instant::now() < until, "{error}"),
            }
        };
        let folder = Folder::open(&root).unwrap();
        Self { outer, watch, folder }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.outer.path().join("site").join(path)
    }

    /// Waits until the folder is as it is on the disk; gives what each delivery changed.
    #[track_caller]
    fn settle(&mut self) -> Vec<Vec<String>> {
        let until = Instant::now() + PATIENCE;
        let mut deliveries = Vec::new();
        loop {
            let touched = self.watch.next(Some(until));
            let anew = read(&self.at("")).map(|inputs| told(&inputs));
            let Some(touched) = touched else {
                panic!("not told in time: {:?}, there is {anew:?}", told(self.folder.inputs()));
            };
            let changed = self.folder.refresh(&touched);
            deliveries.extend(changed.ok().filter(|changed| !changed.is_empty()));
            if anew.is_ok_and(|anew| anew == told(self.folder.inputs())) {
                return deliveries;
            }
        }
    }
}

/// After each of the steps somebody who watches has what is there, by either way.
#[track_caller]
fn check(steps: &[&dyn Fn(&Site)]) {
    for way in WAYS {
        let mut site = Site::new(way);
        for step in steps {
            step(&site);
            let deliveries = site.settle();
            assert!(!deliveries.is_empty(), "{way:?}");
        }
    }
}

#[test]
fn whatever_way_editors_save() {
    check(&[
        &|site| fs::write(site.at(A), "in place").unwrap(),
        &|site| {
            fs::write(site.at("content/incidents/.a.tmp"), "written and renamed").unwrap();
            fs::rename(site.at("content/incidents/.a.tmp"), site.at(A)).unwrap();
        },
        &|site| {
            fs::write(site.at("content/incidents/4913"), "").unwrap();
            fs::remove_file(site.at("content/incidents/4913")).unwrap();
            fs::rename(site.at(A), site.at("content/incidents/a.md~")).unwrap();
            fs::write(site.at(A), "renamed away and written").unwrap();
            fs::remove_file(site.at("content/incidents/a.md~")).unwrap();
        },
        &|site| {
            fs::remove_file(site.at(A)).unwrap();
            fs::write(site.at(A), "deleted and created").unwrap();
        },
        &|site| fs::remove_file(site.at(A)).unwrap(),
        &|site| fs::write(site.at(A), "again").unwrap(),
    ]);
}

#[test]
fn a_save_in_two_steps_is_told_once() {
    use std::io::Write;
    let mut site = Site::new(Way::Told);
    let mut whole = 0;
    for round in 0..10 {
        let text = format!("round {round}");
        let mut file = fs::File::create(site.at(A)).unwrap();
        std::thread::sleep(Duration::from_millis(8));
        file.write_all(text.as_bytes()).unwrap();
        drop(file);
        let mut deliveries = 0;
        while !site.folder.inputs().records.iter().any(|file| *file.bytes == *text.as_bytes()) {
            let touched = site.watch.next(Some(Instant::now() + PATIENCE)).unwrap();
            deliveries += usize::from(!site.folder.refresh(&touched).unwrap().is_empty());
        }
        whole += usize::from(deliveries == 1);
    }
    // A machine that is busy may take its time between the two steps.
    assert!(whole >= 5, "{whole} of 10");
}

#[test]
fn folders_that_come_and_go() {
    check(&[
        &|site| put(site.at("content/pages/new/newer/p.md"), "p"),
        &|site| fs::write(site.at("content/pages/new/newer/p.md"), "P").unwrap(),
        &|site| fs::rename(site.at("content/pages/new"), site.at("content/pages/other")).unwrap(),
        &|site| fs::write(site.at("content/pages/other/newer/p.md"), "in the renamed").unwrap(),
        &|site| fs::remove_dir_all(site.at("content/pages")).unwrap(),
        &|site| put(site.at("content/pages/new/newer/p.md"), "made again"),
        &|site| {
            fs::remove_dir_all(site.at("content/pages/new")).unwrap();
            put(site.at("content/pages/new/newer/p.md"), "removed and made");
        },
        &|site| fs::write(site.at("content/pages/new/newer/p.md"), "and written").unwrap(),
    ]);
}

#[test]
fn the_folders_of_the_site_come_and_go() {
    check(&[
        &|site| put(site.at("static/deep/style.css"), "c"),
        &|site| fs::write(site.at("static/deep/style.css"), "C").unwrap(),
        &|site| fs::remove_dir_all(site.at("templates")).unwrap(),
        &|site| put(site.at("templates/page.html"), "again"),
        &|site| fs::write(site.at("templates/page.html"), "and again").unwrap(),
        &|site| {
            fs::rename(site.at("content"), site.at("away")).unwrap();
            fs::write(site.at("away/incidents/deep/b.md"), "written away").unwrap();
            fs::rename(site.at("away"), site.at("content")).unwrap();
        },
        &|site| fs::write(site.at("content/incidents/deep/b.md"), "written back").unwrap(),
    ]);
}

#[test]
fn content_that_is_away_for_long_and_a_site_that_is_replaced() {
    for way in WAYS {
        let mut site = Site::new(way);
        for place in ["content", ""] {
            fs::rename(site.at(place), site.outer.path().join("away")).unwrap();
            let until = Instant::now() + PATIENCE;
            while site.folder.refresh(&site.watch.next(Some(until)).unwrap()).is_ok() {}
            fs::rename(site.outer.path().join("away"), site.at(place)).unwrap();
            fs::write(site.at(A), format!("back in {place}")).unwrap();
            site.settle();
            fs::write(site.at(A), format!("and edited in {place}")).unwrap();
            site.settle();
        }
    }
}

#[cfg(unix)]
#[test]
fn what_links_lead_to() {
    use std::os::unix::fs::symlink;
    check(&[
        &|site| symlink("../../data", site.at("content/incidents/linked")).unwrap(),
        &|site| put(site.at("data/deep/one.md"), "one"),
        &|site| fs::write(site.at("data/deep/one.md"), "two").unwrap(),
        &|site| put(site.at("data/deeper/and/deeper.md"), "three"),
        &|site| fs::write(site.at("data/deeper/and/deeper.md"), "four").unwrap(),
        &|site| symlink("deep", site.at("content/incidents/again")).unwrap(),
        &|site| fs::remove_file(site.at("content/incidents/again")).unwrap(),
        // The end of a link that is gone is still watched by its own name.
        &|site| fs::write(site.at("content/incidents/deep/b.md"), "B").unwrap(),
        &|site| fs::rename(site.at("data"), site.at("elsewhere")).unwrap(),
        &|site| fs::rename(site.at("elsewhere"), site.at("data")).unwrap(),
        &|site| fs::write(site.at("data/deep/one.md"), "five").unwrap(),
        &|site| {
            put(site.at("notes.txt"), "a file beside");
            symlink("../notes.txt", site.at("content/notes")).unwrap();
        },
        &|site| fs::write(site.at("notes.txt"), "written").unwrap(),
        &|site| {
            fs::write(site.at("notes.tmp"), "renamed").unwrap();
            fs::rename(site.at("notes.tmp"), site.at("notes.txt")).unwrap();
        },
    ]);
}

#[test]
fn files_written_while_their_folder_is_made_are_not_lost() {
    for way in WAYS {
        let mut site = Site::new(way);
        for round in 0..40 {
            let at = site.at(&format!("content/sources/{round}"));
            let writer = std::thread::spawn(move || {
                for deep in 0..5 {
                    let at = at.join(["deep"; 4][..deep % 4].join("/"));
                    put(at.join(format!("{deep}.yaml")), "s");
                    fs::write(at.join(format!("{deep}.yaml")), format!("title: {deep}")).unwrap();
                }
            });
            // Whatever is told in the middle of it, the last is told at the end.
            while !writer.is_finished() {
                let soon = Instant::now() + Duration::from_millis(1);
                site.watch.next(Some(soon)).map(|touched| site.folder.refresh(&touched));
            }
            writer.join().unwrap();
            if told(&read(&site.at("")).unwrap()) != told(site.folder.inputs()) {
                site.settle();
            }
        }
        assert_eq!(site.folder.inputs().records.len(), 2 + 40 * 5);
    }
}

#[test]
fn a_burst_is_told_together() {
    for way in WAYS {
        let mut site = Site::new(way);
        for round in 0..3 {
            let began = Instant::now();
            for file in 0..500 {
                put(site.at(&format!("content/sources/{}/{file}.yaml", file % 7)), &format!("{round}"));
            }
            let deliveries = site.settle();
            let files: BTreeSet<&String> = deliveries.iter().flatten().collect();
            assert_eq!(files.len(), 500, "{way:?}");
            // One or two; more when writing takes longer than a burst may, on a machine that is busy.
            let most = 2 + began.elapsed().as_millis() / 250;
            assert!(deliveries.len() as u128 <= most, "{way:?}: {} deliveries, not {most}", deliveries.len());
        }
    }
}

#[test]
fn what_is_done_while_nobody_asks_is_kept() {
    check(&[&|site| {
        fs::write(site.at(A), "first").unwrap();
        let touched = site.watch.next(Some(Instant::now() + PATIENCE)).unwrap();
        // Somebody is busy with what was told, and this comes meanwhile.
        fs::write(site.at("content/incidents/deep/b.md"), "second").unwrap();
        let deep = |path: &PathBuf| path.ends_with("deep/b.md");
        assert!(matches!(touched, Touched::Paths(paths) if !paths.iter().any(deep)));
        let until = Instant::now() + PATIENCE;
        while !matches!(site.watch.next(Some(until)).unwrap(), Touched::Paths(paths) if paths.iter().any(deep)) {}
        fs::write(site.at("content/incidents/deep/b.md"), "third").unwrap();
        fs::write(site.at(A), "fourth").unwrap();
    }]);
}

#[test]
fn before_the_first_look_nothing_is_lost() {
    for way in WAYS {
        let site = Site::new(way);
        fs::write(site.at(A), "between").unwrap();
        let mut site = Site { folder: Folder::open(&site.at("")).unwrap(), ..site };
        fs::write(site.at(A), "after").unwrap();
        site.settle();
    }
}

#[test]
fn nothing_is_told_of_what_is_not_of_the_site() {
    for way in WAYS {
        let site = Site::new(way);
        for path in ["public/index.html", ".git/index", "notes.txt", "target/x"] {
            put(site.at(path), "no");
        }
        fs::read(site.at(A)).unwrap();
        fs::write(site.at(A), "yes").unwrap();
        let touched = site.watch.next(Some(Instant::now() + PATIENCE));
        let real = site.at("").canonicalize().unwrap();
        assert_eq!(touched, Some(Touched::Paths(BTreeSet::from([real.join(A)]))), "{way:?}");
        // On a machine that is busy a save may be told in two parts; then it is over.
        while let Some(more) = site.watch.next(Some(Instant::now() + Duration::from_millis(60))) {
            assert_eq!(Some(more), touched, "{way:?}");
        }
    }
}

#[test]
fn a_time_that_was_set_back_is_another_time() {
    let mut site = Site::new(Way::Polled(Duration::from_millis(10)));
    let time = fs::metadata(site.at(A)).unwrap().modified().unwrap();
    fs::write(site.at(A), "z").unwrap();
    fs::File::options().write(true).open(site.at(A)).unwrap().set_modified(time - PATIENCE).unwrap();
    site.settle();
    let file = fs::File::options().write(true).open(site.at(A)).unwrap();
    fs::write(site.at(A), "y").unwrap();
    file.set_modified(time - PATIENCE).unwrap();
    site.settle();
}

#[test]
fn there_is_an_end_to_it() {
    // Systems let a user have some hundred watchers at a time; whatever stayed would make the last fail.
    let outer = tempfile::tempdir().unwrap();
    fs::create_dir(outer.path().join("content")).unwrap();
    let until = Instant::now() + PATIENCE;
    for round in 0..400 {
        // They end by themselves, soon.
        while let Err(error) = Watch::new(outer.path(), Way::Told) {
            assert!(Instant::now() < until, "round {round}: {error}");
        }
    }
    for way in WAYS {
        let error = Watch::new(&outer.path().join("none"), way).unwrap_err().to_string();
        assert!(error.contains("none cannot be watched"), "{error}");
        let site = Site::new(way);
        assert_eq!(site.watch.next(Some(Instant::now())), None);
        assert!(site.watch.lapse().is_none());
    }
}
