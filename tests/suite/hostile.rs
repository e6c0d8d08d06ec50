//! Sites made to do harm: a diagnostic for each; never a panic, a hang, a look outside, or a file passed over in silence.

use super::program::{Answer, command, in_time};
use super::tree::{self, put};
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const SECRET: &str = "what lies outside";

/// A site of which nothing is to be said, in a folder beside a secret.
fn site() -> (TempDir, std::path::PathBuf) {
    let outer = tempfile::tempdir().unwrap();
    let at = outer.path().join("site");
    put(outer.path(), "secret/secret.md", format!("---\ntitle: {SECRET}\n---\n"));
    put(&at, "content/site.yaml", "title: A site\nbase_url: https://example.org/\n");
    put(&at, "content/sources/daily.yaml", "title: Daily\n");
    put(&at, "content/incidents/fire.md", "---\ntitle: Fire\ndate: 2021\nsources: [daily#1]\n---\n");
    (outer, at)
}

fn check(at: &Path) -> Answer {
    in_time(command(at).args(["check", "--format", "short", "--quiet"]))
}

/// The codes of all problems, and that nothing is built while they stand.
#[track_caller]
fn refused(at: &Path) -> Vec<String> {
    let answer = check(at).expect(1);
    assert!(!format!("{answer:?}").contains(SECRET));
    let build = in_time(command(at).args(["build", "--quiet"])).expect(1);
    assert!(!format!("{build:?}").contains(SECRET) && !at.join("public").exists());
    let code = |line: &str| {
        let (path, rest) = line.split_once(':').unwrap();
        format!("{path} {}", rest.split_once('[').unwrap().1.split_once(']').unwrap().0)
    };
    answer.out.lines().map(code).collect()
}

#[cfg(unix)]
fn link(to: impl AsRef<Path>, at: &Path, path: &str) {
    fs::create_dir_all(at.join(path).parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(to, at.join(path)).unwrap();
}

#[cfg(unix)]
#[test]
fn links_that_leave_the_site_are_not_followed() {
    let (outer, at) = site();
    let absolute = outer.path().join("secret");
    let mut expected = Vec::new();
    for folder in ["content/pages", "content", "static", "templates"] {
        for (name, to) in [("file.md", absolute.join("secret.md")), ("folder", absolute.clone())] {
            link(to, &at, &format!("{folder}/{name}"));
            expected.push(format!("{folder}/{name} leaves-site"));
        }
        let up = format!("{}secret", "../".repeat(folder.split('/').count() + 1));
        link(up, &at, &format!("{folder}/up"));
        expected.push(format!("{folder}/up leaves-site"));
        link("/proc/self/environ", &at, &format!("{folder}/environ.html"));
        expected.push(format!("{folder}/environ.html leaves-site"));
    }
    expected.sort();
    let mut got = refused(&at);
    got.sort();
    assert_eq!(got, expected);
}

#[cfg(unix)]
#[test]
fn a_site_may_itself_be_reached_by_a_link_and_link_within() {
    let (outer, at) = site();
    link(&at, outer.path(), "door");
    put(&at, "static/a.txt", "a");
    link("a.txt", &at, "static/b.txt");
    let answer = in_time(command(outer.path()).args(["build", "door", "--quiet"])).expect(0);
    assert_eq!(answer.err, "");
    assert_eq!(fs::read(at.join("public/b.txt")).unwrap(), b"a");
}

#[cfg(unix)]
#[test]
fn content_that_is_a_link_out_is_not_followed() {
    let (outer, at) = site();
    fs::rename(at.join("content"), outer.path().join("secret/content")).unwrap();
    link(outer.path().join("secret/content"), &at, "content");
    let answer = check(&at);
    assert!(answer.status != 0 && !format!("{answer:?}").contains("panicked"), "{answer:?}");
    let answer = in_time(command(&at).args(["build", "--quiet"]));
    assert!(answer.status != 0 && !at.join("public").exists(), "{answer:?}");
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_or_in_a_circle_are_said() {
    let (_outer, at) = site();
    for folder in ["content/pages", "static", "templates"] {
        link("nothing.md", &at, &format!("{folder}/dead.md"));
        link("b.md", &at, &format!("{folder}/a.md"));
        link("a.md", &at, &format!("{folder}/b.md"));
        link(".", &at, &format!("{folder}/self"));
        link("..", &at, &format!("{folder}/up"));
    }
    let (_outer, bare) = site();
    link("nowhere", &bare, "static");
    link("nowhere", &bare, "templates");
    assert_eq!(refused(&bare), ["static leaves-site", "templates leaves-site"]);
    let got = refused(&at);
    for folder in ["content/pages", "static", "templates"] {
        for name in ["dead.md", "a.md", "b.md", "self"] {
            let path = format!("{folder}/{name} ");
            assert!(got.iter().any(|line| line.starts_with(&path)), "{path}: {got:#?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for() {
    let (_outer, at) = site();
    let mut expected = Vec::new();
    for path in ["content/incidents/pipe.md", "content/site.yml", "static/pipe.txt", "templates/pipe.html"] {
        fs::create_dir_all(at.join(path).parent().unwrap()).unwrap();
        assert!(Command::new("mkfifo").arg(at.join(path)).status().unwrap().success());
        expected.push(path);
    }
    let _socket = std::os::unix::net::UnixListener::bind(at.join("content/sources/socket.yaml")).unwrap();
    expected.push("content/sources/socket.yaml");
    let got = refused(&at);
    for path in expected {
        assert!(got.iter().any(|line| line.starts_with(&format!("{path} "))), "{path}: {got:#?}");
    }
}

#[test]
fn files_of_any_size_are_refused_before_they_are_read() {
    for path in ["content/incidents/huge.md", "content/site.yaml", "content/pages/huge.md", "templates/page.html"] {
        let (_outer, at) = site();
        put(&at, path, "");
        // A hole in the disk: it has a length and takes no room.
        fs::File::options().write(true).open(at.join(path)).unwrap().set_len(1 << 40).unwrap();
        let got = refused(&at);
        assert!(got.contains(&format!("{path} too-large")), "{got:?}");
    }
    for text in ["x".repeat((1 << 20) + 1), format!("---\ntitle: Long\n---\n{}", "word ".repeat(60_000))] {
        let (_outer, at) = site();
        put(&at, "content/pages/long.md", text);
        assert_eq!(refused(&at), ["content/pages/long.md too-large"]);
    }
}

#[cfg(unix)]
#[test]
fn folders_of_any_depth_are_walked_or_refused() {
    for depth in [2_000, 5_000] {
        let (outer, at) = site();
        // By halves: a path has a longest length, a tree has not.
        let chain = |at: &Path| {
            let mut made = 0;
            let mut top = at.join("content/incidents/d");
            fs::create_dir(&top).unwrap();
            while made + 500 <= depth {
                let next = at.join("content/incidents/next");
                fs::create_dir_all(next.join(["d"; 499].join("/"))).unwrap();
                fs::rename(&top, next.join(["d"; 499].join("/")).join("d")).unwrap();
                fs::rename(&next, &top).unwrap();
                top = at.join("content/incidents/d");
                made += 500;
            }
        };
        chain(&at);
        let answer = in_time(command(&at).args(["check", "--quiet"]));
        assert!([0, 1, 2].contains(&answer.status) && !answer.err.contains("panicked"), "{depth}: {answer:?}");
        assert!(Command::new("rm").arg("-rf").arg(outer.path().join("site")).status().unwrap().success());
    }
}

/// What is said of a site with a file of that name: short, and for people.
#[cfg(target_os = "linux")]
fn named(folder: &str, name: &[u8]) -> (Answer, Answer) {
    use std::os::unix::ffi::OsStrExt;
    let (_outer, at) = site();
    fs::create_dir_all(at.join(folder)).unwrap();
    let text = match folder {
        "content/incidents" => "---\ntitle: T\ndate: 2021\nsources: [daily]\n---\n",
        "content/pages" => "---\ntitle: T\n---\n",
        "content/sources" => "title: T\n",
        _ => "name: T\n",
    };
    fs::write(at.join(folder).join(std::ffi::OsStr::from_bytes(name)), text).unwrap();
    (check(&at), in_time(command(&at).args(["check", "--color", "never"])))
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_refused() {
    for (folder, name) in [
        ("content/incidents", &b"a\xff.md"[..]),
        ("content/pages", b"\xc3\x28.md"),
        ("content/sources", b"a\nb.yaml"),
        ("content/entities", b"\x1b[31m.yaml"),
        ("content/places", b"a\\b.yaml"),
        ("static", b"a\nb.txt"),
        ("static", b"\x1b[31m.txt"),
    ] {
        let (short, human) = named(folder, name);
        assert!(short.status == 1 && short.out.contains("[invalid-id]"), "{folder}/{name:?}: {short:?}");
        // Nobody's terminal is for a file's name to steer.
        let steers = human.err.contains(|c: char| c.is_control() && c != '\n');
        assert!(human.status == 1 && !steers, "{folder}/{name:?}: {human:?}");
    }
}

#[test]
fn files_that_come_and_go_are_an_error_at_most() {
    let (_outer, at) = site();
    let stop = std::sync::atomic::AtomicBool::new(false);
    let order = std::sync::atomic::Ordering::Relaxed;
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(order) {
                put(&at, "content/incidents/deep/gone.md", "---\ntitle: Gone\n---\n");
                put(&at, "static/gone.txt", "gone");
                fs::remove_dir_all(at.join("content/incidents/deep")).unwrap();
                fs::remove_dir_all(at.join("static")).unwrap();
            }
        });
        for _ in 0..500 {
            if let Err(error) = annals::discover::read(&at) {
                assert!(error.to_string().contains("gone") || error.to_string().contains("cannot be read"), "{error}");
            }
        }
        stop.store(true, order);
    });
    annals::discover::read(&at).unwrap();
}

#[test]
fn places_that_should_be_folders_are_said() {
    let outer = tempfile::tempdir().unwrap();
    put(outer.path(), "content", "");
    let answer = check(outer.path()).expect(2);
    assert!(answer.err.contains("content"), "{answer:?}");
    for (path, status) in [("content/incidents", 0), ("static", 2), ("templates", 2)] {
        let (_outer, at) = site();
        let _ = fs::remove_dir_all(at.join(path));
        put(&at, path, "");
        let answer = check(&at).expect(status);
        assert!(format!("{} {}", answer.out, answer.err).contains(path), "{answer:?}");
    }
    let (_outer, at) = site();
    fs::create_dir_all(at.join("content/incidents/folder.md")).unwrap();
    fs::create_dir_all(at.join("templates/page.html")).unwrap();
    check(&at).expect(0);
}

#[test]
fn texts_that_are_traps_are_said() {
    let record = |title: &str| format!("---\ntitle: {title}\ndate: 2021\nsources: [daily]\n---\n");
    let stairs: String = (0..500).map(|at| format!("{}a:\n", " ".repeat(at))).collect();
    let traps: [(&str, Vec<u8>, &str); 16] = [
        ("content/incidents/x.md", b"---\ntitle: \xff\n---\n".to_vec(), "not-utf8"),
        ("content/incidents/x.md", record(&format!("{}{}", "[".repeat(90), "]".repeat(90))).into(), "too-deep"),
        ("content/incidents/x.md", record(&"{a: ".repeat(100_000)).into(), "too-deep"),
        ("content/incidents/x.md", record(&"[".repeat(100_000)).into(), "too-deep"),
        ("content/incidents/x.md", record("\"unclosed").into(), "yaml-syntax"),
        ("content/incidents/x.md", b"".to_vec(), "yaml-syntax"),
        ("content/incidents/x.md", b"---\ntitle: x\n".to_vec(), "yaml-syntax"),
        ("content/sources/x.yaml", stairs.into(), "too-deep"),
        ("content/sources/x.yaml", b"title: \0\n".to_vec(), "yaml-syntax"),
        ("content/site.yaml", b"title: x\ntitle: z\nbase_url: https://example.org/\n".to_vec(), "duplicate-key"),
        ("content/sources/x.yaml", b"title: !!python/object:os.system x\n".to_vec(), "yaml-syntax"),
        ("content/sources/x.yaml", b"a: &a [x, x]\nb: &b [*a, *a]\ntitle: *b\n".to_vec(), "yaml-syntax"),
        ("content/sources/x.yaml", b"title: x\n---\ntitle: y\n".to_vec(), "yaml-syntax"),
        ("templates/page.html", b"\xff".to_vec(), "not-utf8"),
        ("templates/page.html", b"{% if %}".to_vec(), "template-syntax"),
        ("templates/timeline.html", b"{% extends \"timeline.html\" %}".to_vec(), "template-failed"),
    ];
    let mut wrong = Vec::new();
    for (path, text, code) in traps {
        let (_outer, at) = site();
        put(&at, path, &text);
        let got = refused(&at);
        if got != [format!("{path} {code}")] {
            let text = String::from_utf8_lossy(&text[..text.len().min(60)]).into_owned();
            wrong.push(format!("{text:?}: {code} expected: {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn templates_that_run_in_circles_end() {
    for (path, text) in [
        ("templates/timeline.html", "{% include \"timeline.html\" %}"),
        ("templates/timeline.html", "{% component a() %}{{ <a /> }}{% endcomponent a %}{{ <a /> }}"),
        ("templates/timeline.html", "{% for a in range(end=1000000000) %}x{% endfor %}"),
        (
            "templates/timeline.html",
            "{% extends \"base.html\" %}{% block main %}{{ super() }}{{ super() }}{% endblock main %}",
        ),
    ] {
        let (_outer, at) = site();
        put(&at, path, text);
        let answer = check(&at);
        assert!([0, 1].contains(&answer.status) && !answer.err.contains("panicked"), "{text}: {answer:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_not_published_under_another() {
    let (short, _) = named("static", b"a\xff.txt");
    assert_eq!(short.status, 1, "{short:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn names_neither_break_a_line_nor_steer_a_terminal() {
    for (folder, name) in [
        ("content/sources", &b"a\nb.yaml"[..]),
        ("content/entities", b"\x1b[31m.yaml"),
        ("static", b"a\nb.txt"),
        ("static", b"\x1b[31m.txt"),
    ] {
        let (short, _) = named(folder, name);
        let whole = |line: &str| line.starts_with(folder) && line.contains(":1:1: ");
        assert!(short.out.lines().all(whole), "{folder}/{name:?}: {short:?}");
        assert!(!short.out.contains(|c: char| c.is_control() && c != '\n'), "{folder}/{name:?}: {short:?}");
    }
}

#[test]
fn an_image_of_an_asset_that_the_site_replaces_is_there() {
    let (_outer, at) = site();
    put(&at, "static/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    put(&at, "content/pages/about.md", "---\ntitle: About\n---\n![The mark](/favicon.svg)\n");
    let built = tree::built(&at, &annals::pipeline::Options::default());
    assert_eq!(super::links::faults(&built, "/"), Vec::<String>::new());
}
