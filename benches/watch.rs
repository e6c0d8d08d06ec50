//! How soon a save is told, for each way in which editors save. See `README.md` beside this file.

use annals::discover::Folder;
use annals::serve::{Watch, Way};
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// How often each way is tried.
const SAVES: usize = 200;

/// A way to save a text at a path.
type Save = fn(&Path, &[u8]) -> io::Result<()>;

const STYLES: [(&str, Save); 6] = [
    ("in place", |path, text| fs::write(path, text)),
    ("truncate, 1 ms, write", |path, text| {
        let mut file = fs::File::create(path)?;
        std::thread::sleep(Duration::from_millis(1));
        file.write_all(text)
    }),
    ("write beside, rename", |path, text| {
        let beside = path.with_extension("tmp");
        fs::write(&beside, text)?;
        fs::rename(&beside, path)
    }),
    ("rename away, write, sync, delete", |path, text| {
        let away = path.with_extension("md~");
        fs::rename(path, &away)?;
        let mut file = fs::File::create(path)?;
        file.write_all(text)?;
        file.sync_all()?;
        fs::remove_file(&away)
    }),
    ("delete, create", |path, text| {
        fs::remove_file(path)?;
        fs::write(path, text)
    }),
    ("500 files", |path, text| {
        let folder = path.parent().unwrap_or(path);
        (0..500).try_for_each(|at| fs::write(folder.join(format!("burst-{at}.md")), text))?;
        fs::write(path, text)
    }),
];

fn main() -> io::Result<()> {
    let mut asked = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let root =
        asked.next().ok_or_else(|| io::Error::other("usage: cargo bench --bench watch -- FOLDER [MILLISECONDS]"))?;
    let interval = asked.next().map(|text| text.parse().map(Duration::from_millis)).transpose();
    let way = interval.map_err(io::Error::other)?.map_or(Way::Told, Way::Polled);
    let mut out = io::stdout().lock();
    writeln!(out, "{:34} {:>10} {:>10} {:>10} {:>10}", "", "median", "95 %", "deliveries", "halves")?;
    for (style, save) in STYLES {
        writeln!(out, "{style:34} {}", measure(Path::new(&root), way, save)?)?;
    }
    Ok(())
}

/// Saves a new file of a site again and again; the times are from the end of a save to the end of reading what was told.
fn measure(root: &Path, way: Way, save: Save) -> io::Result<String> {
    let folder = root.join("content/incidents/saved");
    fs::create_dir_all(&folder)?;
    let path = folder.join("saved.md");
    fs::write(&path, "begin")?;
    let watch = Watch::new(root, way).map_err(io::Error::other)?;
    let mut site = Folder::open(root).map_err(io::Error::other)?;
    let (mut times, mut deliveries, mut halves) = (Vec::new(), 0, 0);
    for round in 0..SAVES {
        let text = format!("save {round}").into_bytes();
        save(&path, &text)?;
        let saved = Instant::now();
        loop {
            let touched = watch.next(Some(saved + Duration::from_secs(10)));
            let touched = touched.ok_or_else(|| io::Error::other("a save was not told"))?;
            let changed = site.refresh(&touched).map_err(io::Error::other)?;
            deliveries += 1;
            let is_whole =
                site.inputs().records.iter().any(|file| file.id.name() == "saved.md" && *file.bytes == *text);
            if is_whole {
                break;
            }
            halves += usize::from(!changed.is_empty());
        }
        times.push(saved.elapsed());
        // Nobody saves without a pause.
        while watch.next(Some(Instant::now() + Duration::from_millis(20))).is_some() {
            deliveries += 1;
        }
    }
    drop(watch);
    fs::remove_dir_all(&folder)?;
    times.sort();
    let at = |share: usize| times.get(SAVES * share / 100).copied().unwrap_or_default();
    Ok(format!("{:>10.2?} {:>10.2?} {deliveries:>10} {halves:>10}", at(50), at(95)))
}
