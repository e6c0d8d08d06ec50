//! `annals diff` on a git repository whose commits have a known meaning.

use super::program::{Answer, answer, command};
use super::tree::{self, put};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A repository with a site in it.
struct Repository {
    folder: TempDir,
}

const HARBOUR: &str = "---\ntitle: Fire in the harbour\ndate: 2021-05-03\nkind: fire\namount: USD 50M\nactors: {by: [coast]}\nplaces: [harbour]\nsources: [daily#4]\n\
    claims:\n  - {id: c1, about: amount, is: USD 50M, by: coast, in: daily#4, rank: preferred, why: it was counted}\n\
    \x20 - {id: c2, about: amount, is: USD 60M, in: weekly#2}\n---\nA warehouse burned. Nobody was hurt.\n";
const SHIP: &str =
    "---\ntitle: A ship sinks\ndate: 2022-02-10\nkind: wreck\namount: USD 5M\nsources: [daily#7]\n---\nIt sank.\n";
const MILL: &str =
    "---\ntitle: The mill burns\ndate: 2020-07\nkind: fire\namount: USD 2M\nsources: [weekly#1]\n---\nIt burned.\n";

impl Repository {
    /// One commit on the branch `main`.
    fn new() -> Self {
        let it = Self { folder: tempfile::tempdir().unwrap() };
        it.git(&["init", "-q", "-b", "main"]);
        it.put(
            "content/site.yaml",
            "title: A site\nbase_url: https://example.org/\nkinds: {fire: Fire, wreck: Wreck}\nroles: {by: by}\n",
        );
        it.put("content/sources/daily.yaml", "title: The Daily\nkind: report\n");
        it.put("content/sources/weekly.yaml", "title: The Weekly\nkind: report\n");
        it.put("content/entities/coast.yaml", "name: Coast guard\n");
        it.put("content/places/harbour.yaml", "name: Harbour\n");
        it.put("content/incidents/harbour-fire.md", HARBOUR);
        it.put("content/incidents/ship.md", SHIP);
        it.put("content/incidents/mill.md", MILL);
        it.put("src/program.txt", "not ours\n");
        it.commit("base");
        it
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn put(&self, path: &str, text: &str) {
        put(self.path(), path, text);
    }

    fn edit(&self, path: &str, was: &str, now: &str) {
        let text = fs::read_to_string(self.path().join(path)).unwrap();
        assert!(text.contains(was), "{path} has no {was:?}");
        self.put(path, &text.replacen(was, now, 1));
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.path().join(path)).unwrap();
    }

    fn git(&self, arguments: &[&str]) -> String {
        git(self.path(), arguments)
    }

    fn commit(&self, name: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", name]);
    }

    fn diff(&self, arguments: &[&str]) -> Answer {
        run(self.path(), &[&["diff"], arguments].concat())
    }
}

/// The program, which finds git where the test does.
fn run(folder: &Path, arguments: &[&str]) -> Answer {
    answer(command(folder).env("PATH", std::env::var_os("PATH").unwrap()).args(arguments))
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut git = Command::new("git");
    git.current_dir(folder).args([
        "-c",
        "user.name=Ann",
        "-c",
        "user.email=ann@example.org",
        "-c",
        "commit.gpgsign=false",
    ]);
    git.args(["-c", "protocol.file.allow=always"]).args(arguments);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = git.output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What the text says of records and settings: all but the first line and the remarks about the site as a whole.
fn told(text: &str) -> Vec<String> {
    let blocks = text.split("\n\n").skip(1).filter(|block| block.contains("\n  ") || block.contains("  ["));
    blocks.flat_map(|block| block.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Makes a change on the base, commits it, and holds what is told of it in all three forms to `expect`: lines as in the
/// text, each with its code in the JSON form (the title of a record with its fate).
#[track_caller]
fn check(change: impl Fn(&Repository), expect: &[(&str, &str)]) {
    let it = Repository::new();
    change(&it);
    it.commit("change");
    hold(&it, &["HEAD^", "HEAD"], expect);
}

#[track_caller]
fn hold(it: &Repository, sides: &[&str], expect: &[(&str, &str)]) {
    let text = it.diff(sides).expect(0);
    let lines: Vec<&str> = expect.iter().map(|(line, _)| *line).collect();
    assert_eq!(told(&text.out), lines, "{}", text.out);

    let json = it.diff(&[sides, &["--format", "json"]].concat()).expect(0);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    let mut codes: Vec<String> = Vec::new();
    for record in json["records"].as_array().unwrap() {
        codes.push(record["fate"].as_str().unwrap().to_owned());
        let changes = record["changes"].as_array().unwrap();
        codes.extend(changes.iter().map(|change| change["code"].as_str().unwrap().to_owned()));
    }
    codes.extend(json["settings"].as_array().unwrap().iter().map(|change| change["code"].as_str().unwrap().to_owned()));
    let expected: Vec<&str> = expect.iter().map(|(_, code)| *code).filter(|code| !code.is_empty()).collect();
    assert_eq!(codes, expected, "{json:#}");

    // The Markdown says the same, without its marks.
    let markdown = it.diff(&[sides, &["--format", "markdown"]].concat()).expect(0).out;
    let body = markdown.split("### The site as a whole").next().unwrap();
    let plain = body.replace(['*', '\\'], "").replace("&#58;", ":").replace("<!-- -->", "").replace("&#46;", ".");
    let mut rest: Vec<&str> = plain.lines().filter(|line| line.starts_with("- ") || line.starts_with("### ")).collect();
    for (line, _) in expect {
        let line = line.trim();
        let line = line.split("  [").next().unwrap();
        let at = rest.iter().position(|have| have.trim_start_matches(['-', '#', ' ']) == line);
        match at {
            Some(at) => _ = rest.remove(at),
            // What became of a record stands beside its address.
            None => assert!(plain.lines().any(|have| have.ends_with(&format!("· {line}"))), "{line}\n{plain}"),
        }
    }
    assert!(rest.is_empty(), "{rest:?}");
}

const FIRE: (&str, &str) = ("Fire in the harbour  [incidents/harbour-fire]", "changed");

#[test]
fn an_amount_is_qualified() {
    check(
        |it| it.edit("content/incidents/ship.md", "amount: USD 5M", "amount: over USD 5M"),
        &[
            ("A ship sinks  [incidents/ship]", "changed"),
            ("  amount: USD 5M → over USD 5M (no longer exact)", "value-changed"),
        ],
    );
    check(
        |it| {
            it.edit("content/incidents/harbour-fire.md", "amount: USD 50M\n", "amount: over USD 50M\n");
            it.edit("content/incidents/harbour-fire.md", "is: USD 50M", "is: over USD 50M");
        },
        &[FIRE, ("  amount: USD 50M → over USD 50M (shown value; no longer exact)", "value-changed")],
    );
    // Another way to write the same.
    check(|it| it.edit("content/incidents/ship.md", "amount: USD 5M", "amount: USD 5,000,000"), &[]);
}

#[test]
fn a_date_is_less_precise() {
    check(
        |it| it.edit("content/incidents/ship.md", "date: 2022-02-10", "date: 2022-02"),
        &[
            ("A ship sinks  [incidents/ship]", "changed"),
            ("  date: 10 February 2022 → February 2022 (less precise)", "value-changed"),
        ],
    );
    check(
        |it| it.edit("content/incidents/mill.md", "date: 2020-07", "date: 2020-07-04?"),
        &[
            ("The mill burns  [incidents/mill]", "changed"),
            ("  date: July 2020 → 4 July 2020 (uncertain) (more precise; uncertain now)", "value-changed"),
        ],
    );
}

#[test]
fn a_rank_moves() {
    check(
        |it| {
            let path = "content/incidents/harbour-fire.md";
            it.edit(path, ", rank: preferred, why: it was counted", "");
            it.edit(path, "in: weekly#2", "in: weekly#2, rank: preferred, why: it is newer");
            it.edit(path, "amount: USD 50M\n", "amount: USD 60M\n");
        },
        &[
            FIRE,
            ("  amount: USD 50M → USD 60M (shown value)", "value-changed"),
            ("  claim c1 (amount: USD 50M): no longer preferred", "claim-rank-changed"),
            ("  claim c2 (amount: USD 60M): preferred now: it is newer", "claim-rank-changed"),
        ],
    );
}

#[test]
fn claims_come_and_go() {
    let path = "content/incidents/harbour-fire.md";
    check(
        |it| it.edit(path, "  - {id: c2, about: amount, is: USD 60M, in: weekly#2}\n", ""),
        &[FIRE, ("  rival claim about amount removed: USD 60M, as read in “The Weekly”, paragraph 2", "claim-removed")],
    );
    check(
        |it| {
            let one = "  - {about: date, is: 2021-05-03, in: daily#4, rank: preferred, why: w}\n";
            let other = "  - {about: date, is: 2021-06, by: coast, in: weekly#9}\n";
            it.edit(path, "claims:\n", &format!("claims:\n{one}{other}"));
        },
        &[
            FIRE,
            (
                "  new claim about date: 3 May 2021, as read in “The Daily”, paragraph 4 (shown; preferred: w)",
                "claim-added",
            ),
            (
                "  new rival claim about date: June 2021, according to Coast guard, as read in “The Weekly”, paragraph 9",
                "claim-added",
            ),
        ],
    );
    // One is added above others without ids of their own: their names move, their meaning does not.
    let before = "  - {about: cause, is: a lamp, in: daily#4}\n  - {about: cause, is: a cigarette, in: weekly#3}\n";
    let it = Repository::new();
    it.edit(path, "claims:\n", &format!("claims:\n{before}"));
    it.commit("two");
    it.edit(path, "claims:\n", "claims:\n  - {about: cause, is: lightning, in: weekly#5}\n");
    it.commit("three");
    hold(
        &it,
        &["HEAD^", "HEAD"],
        &[FIRE, ("  new claim about cause: lightning, as read in “The Weekly”, paragraph 5 (shown)", "claim-added")],
    );
}

#[test]
fn a_source_is_retracted() {
    check(
        |it| it.remove("content/sources/weekly.yaml"),
        &[
            ("The Weekly  [sources/weekly]", "removed"),
            ("  source removed; its address leads nowhere", ""),
            ("  1 claim loses its only source: “Fire in the harbour”: c2", "evidence-lost"),
            ("  1 incident names no other source", "evidence-lost"),
        ],
    );
    check(
        |it| it.put("content/sources/weekly.yaml", "title: The Weekly\nkind: report\nseen: false\n"),
        &[
            ("The Weekly  [sources/weekly]", "changed"),
            ("  seen: seen by the editors → known from others alone", "value-changed"),
            ("  1 claim rests on a source that nobody has seen: “Fire in the harbour”: c2", "evidence-lost"),
        ],
    );
}

#[test]
fn records_are_renamed() {
    let alias = |it: &Repository, text: &str| {
        it.remove("content/incidents/ship.md");
        it.put("content/incidents/deep/2022-ship.md", text);
    };
    check(
        |it| alias(it, &SHIP.replace("kind:", "aliases: [ship]\nkind:")),
        &[("A ship sinks  [incidents/2022-ship]", "renamed"), ("  renamed from ship; the old address redirects", "")],
    );
    check(
        |it| alias(it, SHIP),
        &[
            ("A ship sinks  [incidents/2022-ship]", "renamed"),
            ("  renamed from ship; the old address leads nowhere (add `aliases: [ship]`)", ""),
        ],
    );
    // What names an entity by its new id says the same as before.
    check(
        |it| {
            it.remove("content/entities/coast.yaml");
            it.put("content/entities/coast-guard.yaml", "name: Coast guard\naliases: [coast]\n");
            it.edit("content/incidents/harbour-fire.md", "by: [coast]", "by: [coast-guard]");
            it.edit("content/incidents/harbour-fire.md", "by: coast,", "by: coast-guard,");
        },
        &[("Coast guard  [entities/coast-guard]", "renamed"), ("  renamed from coast; the old address redirects", "")],
    );
    // A file in another folder is the same record.
    check(
        |it| {
            it.remove("content/incidents/mill.md");
            it.put("content/incidents/2020/mill.md", MILL);
        },
        &[],
    );
}

#[test]
fn a_typo_in_a_text() {
    check(
        |it| it.edit("content/incidents/harbour-fire.md", "warehouse", "store"),
        &[FIRE, ("  text: 1 word changed; “warehouse” → “store”", "text-changed")],
    );
    check(|it| it.edit("content/incidents/harbour-fire.md", "burned. Nobody", "burned.\nNobody"), &[]);
}

#[test]
fn no_fact_changes() {
    let it = Repository::new();
    it.put("templates/404.html", "{% extends \"__builtin/404.html\" %}\n{% block footer %}ours{% endblock %}\n");
    it.put("static/x.txt", "x\n");
    it.put("src/program.txt", "other\n");
    it.commit("look");
    let text = it.diff(&["HEAD^", "HEAD"]).expect(0).out;
    assert!(text.starts_with("HEAD^ → HEAD: no fact changed\n"), "{text}");
    assert!(text.contains("changed beside the records: 1 template, 1 static file, 1 file outside the site"), "{text}");
    assert!(text.contains("pages: 1 changed (404.html)"), "{text}");
    let markdown = it.diff(&["HEAD^", "HEAD", "--format", "markdown"]).expect(0).out;
    assert!(markdown.contains("**no fact changed**") && markdown.contains("1 template"), "{markdown}");
    it.diff(&["HEAD^", "HEAD", "--exit-code"]).expect(1);
    it.diff(&["HEAD", "HEAD", "--exit-code"]).expect(0);
}

#[test]
fn a_record_is_deleted_and_one_is_added() {
    check(
        |it| it.remove("content/incidents/ship.md"),
        &[("A ship sinks  [incidents/ship]", "removed"), ("  incident removed; its address leads nowhere", "")],
    );
    check(
        |it| it.put("content/incidents/barge.md", "---\ntitle: A barge\ndate: 2023\nsources: [daily#9]\n---\n"),
        &[
            ("A barge  [incidents/barge]", "new"),
            ("  new incident", ""),
            ("  date: 2023", "value-added"),
            ("  source cited: “The Daily”, paragraph 9", "source-cited"),
        ],
    );
    check(
        |it| it.edit("content/incidents/ship.md", "kind:", "draft: true\nkind:"),
        &[("A ship sinks  [incidents/ship]", "withdrawn"), ("  withdrawn: a draft now, no longer published", "")],
    );
}

#[test]
fn several_at_once_and_a_merge() {
    let it = Repository::new();
    it.git(&["checkout", "-q", "-b", "proposal"]);
    it.edit("content/incidents/ship.md", "amount: USD 5M", "amount: over USD 5M");
    it.edit("content/incidents/mill.md", "date: 2020-07", "date: 2020");
    it.commit("two");
    it.git(&["checkout", "-q", "main"]);
    it.edit("content/incidents/harbour-fire.md", "Nobody was hurt.", "Nobody was harmed.");
    it.commit("meanwhile");
    it.git(&["merge", "-q", "--no-ff", "-m", "merged", "proposal"]);
    let proposal = [
        ("The mill burns  [incidents/mill]", "changed"),
        ("  date: July 2020 → 2020 (less precise)", "value-changed"),
        ("A ship sinks  [incidents/ship]", "changed"),
        ("  amount: USD 5M → over USD 5M (no longer exact)", "value-changed"),
    ];
    // What the merge brought; what the branch did since it parted; what the branch would take back.
    hold(&it, &["HEAD^1", "HEAD"], &proposal);
    hold(&it, &["HEAD^1...proposal"], &proposal);
    hold(
        &it,
        &["HEAD^1..proposal"],
        &[
            proposal[0],
            proposal[1],
            FIRE,
            ("  text: 1 word changed; “harmed.” → “hurt.”", "text-changed"),
            proposal[2],
            proposal[3],
        ],
    );
    // The work tree, with what is not committed.
    it.edit("content/entities/coast.yaml", "Coast guard", "Coastguard");
    hold(
        &it,
        &["HEAD"],
        &[("Coastguard  [entities/coast]", "changed"), ("  name: Coast guard → Coastguard", "value-changed")],
    );
}

#[test]
fn numbers_of_the_whole_site() {
    let it = Repository::new();
    it.edit("content/incidents/mill.md", "amount: USD 2M", "amount: over USD 2M");
    it.remove("content/incidents/ship.md");
    it.edit("content/site.yaml", "title: A site", "title: A site\nlints: {single-unseen-source: off}");
    it.commit("change");
    let text = it.diff(&["HEAD^", "HEAD"]).expect(0).out;
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.contains(&"  lints.single-unseen-source: warning → off"), "{text}");
    assert!(lines.contains(&"published incidents: 3 → 2"), "{text}");
    let total = "total of Fire, in USD: US$52 million → more than US$52 million, no upper bound known (of 2 figures)";
    assert!(lines.contains(&total), "{text}");
    assert!(text.contains("1 removed (1 in incidents/)") || text.contains("in incidents/"), "{text}");
}

#[test]
fn the_repository_is_left_alone() {
    let it = Repository::new();
    it.edit("content/incidents/ship.md", "USD 5M", "USD 6M");
    it.git(&["add", "-A"]);
    it.edit("content/incidents/ship.md", "USD 6M", "USD 7M");
    let state = || {
        let index = fs::read(it.path().join(".git/index")).unwrap();
        (index, it.git(&["--no-optional-locks", "status", "--porcelain=v2"]), it.git(&["for-each-ref"]))
    };
    let before = state();
    assert!(it.diff(&["HEAD"]).expect(0).out.contains("amount: USD 5M → USD 7M"));
    it.diff(&["HEAD", "main", "--format", "json"]).expect(0);
    assert_eq!(state(), before);
}

#[test]
fn a_site_in_a_folder_of_the_repository() {
    let it = Repository::new();
    it.put("sites/a/content/incidents/x.md", "---\ntitle: X\ndate: 2020\nsources: [s]\n---\n");
    it.put("sites/a/content/sources/s.yaml", "title: S\n");
    it.commit("one");
    it.edit("sites/a/content/incidents/x.md", "2020", "2021");
    it.edit("content/incidents/ship.md", "USD 5M", "USD 6M");
    it.commit("two");
    let text = it.diff(&["HEAD^", "HEAD", "--site", "sites/a"]).expect(0).out;
    assert_eq!(told(&text), ["X  [incidents/x]", "  date: 2020 → 2021 (no day in common)"]);
    assert!(text.contains("1 file outside the site"), "{text}");
    // It was not there before: all of it is new.
    let text = it.diff(&["HEAD^^", "HEAD^", "--site", "sites/a"]).expect(0).out;
    assert!(text.starts_with("HEAD^^ → HEAD^: 1 incident added, 1 source added\n"), "{text}");
}

#[cfg(unix)]
#[test]
fn links_and_odd_names_are_read_as_on_disk() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let it = Repository::new();
    it.put("content/shared/more.md", "---\ntitle: More\ndate: 2019\nsources: [daily]\n---\n");
    it.put("static/pictures/a.txt", "a\n");
    let link = |end: &str, path: &str| symlink(end, it.path().join(path)).unwrap();
    link("../shared/more.md", "content/incidents/linked.md");
    link("../shared", "content/incidents/folder");
    link("pictures", "static/images");
    link("nowhere", "static/dead");
    link("images", "static/twice");
    link("..", "content/incidents/round");
    link("/etc/hostname", "content/incidents/outside.md");
    link("../../../x.md", "content/incidents/above.md");
    fs::write(it.path().join(std::ffi::OsStr::from_bytes(b"content/incidents/\xff.md")), SHIP).unwrap();
    it.put("content/incidents/large.md", &"x".repeat(17 << 20));
    it.commit("links");
    let text = it.diff(&["HEAD", "--exit-code"]).expect(0).out;
    assert_eq!(text.lines().next(), Some("HEAD → the work tree: no fact changed"), "{text}");
    let both = |text: &str| text.lines().last().unwrap().to_owned();
    assert_eq!(both(&text), "errors: 6 in the earlier state, 6 in the later one", "{text}");
    // What a link leads to is what changed.
    it.edit("content/shared/more.md", "2019", "2018");
    let text = it.diff(&["HEAD"]).expect(0).out;
    assert!(told(&text).contains(&"  date: 2019 → 2018 (no day in common)".to_owned()), "{text}");
}

#[test]
fn folders_without_git() {
    let it = Repository::new();
    let other = tempfile::tempdir().unwrap();
    for (path, bytes) in tree::read(&it.path().join("content")) {
        put(other.path(), &format!("content/{path}"), bytes);
    }
    it.edit("content/incidents/ship.md", "USD 5M", "USD 6M");
    let mut program = command(it.path());
    let text = answer(program.env("PATH", "").arg("diff").arg(other.path()).arg(".")).expect(0).out;
    assert_eq!(told(&text), ["A ship sinks  [incidents/ship]", "  amount: USD 5M → USD 6M"]);
    let mut program = command(it.path());
    let failure = answer(program.env("PATH", "").args(["diff", "main"])).expect(2);
    assert!(failure.err.contains("git cannot be run") && failure.err.contains("name two folders"), "{}", failure.err);
}

#[test]
fn shallow_clones_say_what_to_fetch() {
    let it = Repository::new();
    for n in 0..3 {
        it.edit("content/incidents/ship.md", &format!("USD {}M", 5 + n), &format!("USD {}M", 6 + n));
        it.commit("more");
    }
    let clones = tempfile::tempdir().unwrap();
    let url = format!("file://{}", it.path().display());
    git(clones.path(), &["clone", "-q", "--depth=1", &url, "one"]);
    let one = clones.path().join("one");
    let failure = run(&one, &["diff", "HEAD^", "HEAD"]).expect(2);
    assert!(failure.err.contains("git knows no revision `HEAD^` here"), "{}", failure.err);
    assert!(
        failure.err.contains("`git fetch --deepen=50`") && failure.err.contains("`fetch-depth`"),
        "{}",
        failure.err
    );
    // As it says.
    git(&one, &["fetch", "-q", "--deepen=50"]);
    assert!(run(&one, &["diff", "HEAD^", "HEAD"]).expect(0).out.contains("amount: USD 7M → USD 8M"));

    git(clones.path(), &["clone", "-q", "--depth=2", &url, "two"]);
    assert!(run(&clones.path().join("two"), &["diff", "HEAD^", "HEAD"]).expect(0).out.contains("USD 7M → USD 8M"));

    let failure = run(it.path(), &["diff", "no-such-branch"]).expect(2);
    assert!(failure.err.contains("git knows no revision `no-such-branch` here"), "{}", failure.err);
    let failure = run(it.path(), &["diff", "--", "--output=x"]).expect(2);
    assert!(failure.err.contains("git knows no revision `--output=x` here"), "{}", failure.err);
    assert!(!it.path().join("x").exists());
}

#[test]
fn a_clone_without_contents_says_what_to_fetch() {
    let it = Repository::new();
    it.edit("content/incidents/ship.md", "USD 5M", "USD 6M");
    it.commit("more");
    it.git(&["config", "uploadpack.allowFilter", "true"]);
    let clones = tempfile::tempdir().unwrap();
    let url = format!("file://{}", it.path().display());
    git(clones.path(), &["clone", "-q", "--filter=blob:none", &url, "one"]);
    let one = clones.path().join("one");
    let failure = run(&one, &["diff", "HEAD^", "HEAD"]).expect(2);
    assert!(failure.err.contains("run `git fetch --refetch --no-filter`"), "{}", failure.err);
    git(&one, &["fetch", "-q", "--refetch", "--no-filter"]);
    assert!(run(&one, &["diff", "HEAD^", "HEAD"]).expect(0).out.contains("USD 5M → USD 6M"));
}

#[test]
fn hostile_titles_break_nothing() {
    let it = Repository::new();
    let title = "\"</details><script>x</script> ](http://evil.example) ![x](y) @all | # `` \\u202e\\n## Forged\"";
    it.edit("content/incidents/ship.md", "title: A ship sinks", &format!("title: {title}"));
    for n in 0..800 {
        it.put(
            &format!("content/incidents/n{n}.md"),
            &format!("---\ntitle: {title}\ndate: 2020\nsources: [daily]\n---\n"),
        );
    }
    it.commit("hostile");
    let markdown = it.diff(&["HEAD^", "HEAD", "--format", "markdown"]).expect(0).out;
    assert!(markdown.len() <= 60_000, "{}", markdown.len());
    assert!(!markdown.contains("<script") && !markdown.contains("</details") && !markdown.contains("\n## Forged"));
    assert!(markdown.contains(" have no room here.** `annals diff` in a terminal shows all of them."));
    let text = it.diff(&["HEAD^", "HEAD"]).expect(0).out;
    assert!(text.lines().all(|line| !line.starts_with("## Forged")) && !text.contains('\u{202e}'));
}

#[test]
fn what_cannot_be_read_is_not_taken_for_gone() {
    check(
        |it| it.put("content/incidents/ship.md", "---\ntitle: [\n---\n"),
        &[("A ship sinks  [incidents/ship]", "unreadable"), ("  cannot be read: see `annals check`", "")],
    );
    check(
        |it| it.edit("content/incidents/ship.md", "amount: USD 5M", "amount: five"),
        &[
            ("A ship sinks  [incidents/ship]", "changed"),
            ("  amount: cannot be read any more: see `annals check`", "value-removed"),
        ],
    );
}
