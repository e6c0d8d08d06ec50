//! The JSON Schemas that editors get, in the hands of a validator that is not ours, over YAML as an editor reads it.

use super::diagnostics::{self, Content};
use super::program::run;
use super::tree;
use annals::diagnostic::Code;
use annals::model::RecordKind;
use annals::parse::front_matter;
use annals::source_text::{File, FileId};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const KINDS: [&str; 6] = ["incident", "source", "entity", "place", "page", "site"];

/// The schemas of `static/schema`, compiled.
struct Editor {
    schemas: boon::Schemas,
    kinds: BTreeMap<&'static str, boon::SchemaIndex>,
}

/// What an editor says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// Nothing.
    Accepted,
    /// It is no YAML that could be held against a schema.
    NotYaml,
    /// The schema refuses it.
    Refused,
}
use Verdict::{Accepted, NotYaml, Refused};

impl Editor {
    fn new() -> Self {
        let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
        let kinds = KINDS.map(|kind| {
            let text = fs::read_to_string(tree::repository().join(format!("static/schema/{kind}.json"))).unwrap();
            let name = format!("{kind}.json");
            compiler.add_resource(&name, serde_json::from_str(&text).unwrap()).unwrap();
            (kind, compiler.compile(&name, &mut schemas).unwrap())
        });
        Self { schemas, kinds: BTreeMap::from(kinds) }
    }

    /// Of a file that has a schema.
    fn judge(&self, path: &str, bytes: &[u8]) -> Option<(Verdict, String)> {
        let file = File::new(path, bytes);
        let kind = match RecordKind::of(&file.id) {
            Some(kind) => kind.noun(),
            None if path == "content/site.yaml" => "site",
            None => return None,
        };
        let read = || -> Result<Value, String> {
            let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
            let parts = front_matter::split(&file, text).map_err(|problem| problem.message)?;
            // YAML 1.2 as `serde_yaml` resolves it: numbers are numbers, `true` is true, `no` is a text.
            let value: serde_yaml::Value = serde_yaml::from_str(parts.yaml).map_err(|error| error.to_string())?;
            let value = serde_json::to_value(value).map_err(|error| error.to_string())?;
            // A file with nothing in it is an empty mapping, to an editor too.
            Ok(if value.is_null() { Value::Object(serde_json::Map::new()) } else { value })
        };
        Some(match read() {
            Err(error) => (NotYaml, error),
            Ok(value) => match self.schemas.validate(&value, self.kinds[kind]) {
                Ok(()) => (Accepted, String::new()),
                Err(error) => (Refused, format!("{error:#}")),
            },
        })
    }

    /// Every file of a site's content is accepted; how many there are.
    #[track_caller]
    fn accepts(&self, site: &Path) -> usize {
        let mut judged = 0;
        for (path, bytes) in tree::read(&site.join("content")) {
            if let Some((verdict, why)) = self.judge(&format!("content/{path}"), &bytes) {
                assert_eq!(verdict, Accepted, "{}/content/{path}: {why}", site.display());
                judged += 1;
            }
        }
        judged
    }
}

#[test]
fn the_schemas_are_current() {
    let folder = tree::repository().join("static/schema");
    let current = tempfile::tempdir().unwrap();
    let said = run(current.path(), &["schema", "--out", "a/b"]).expect(0);
    assert_eq!((said.out.as_str(), said.err.lines().count()), ("", KINDS.len()));
    let files = tree::read(&current.path().join("a/b"));
    assert_eq!(files.len(), KINDS.len());
    if std::env::var_os("UPDATE").is_some() {
        run(tree::repository(), &["schema", "--out", "static/schema"]).expect(0);
    }
    if let Some(difference) = tree::difference(&tree::read(&folder), &files) {
        panic!("static/schema is not what `annals schema` writes (UPDATE=1 takes it over)\n{difference}");
    }
    // What is current is left alone, what is not is renewed.
    fs::write(current.path().join("a/b/place.json"), "{}").unwrap();
    let said = run(current.path(), &["schema", "--out", "a/b"]).expect(0);
    assert_eq!(said.err.lines().count(), 1, "{}", said.err);
    assert_eq!(tree::read(&current.path().join("a/b")), files);
    let one = run(current.path(), &["schema", "page", "--out", "c", "-q"]).expect(0);
    assert_eq!((one.err.as_str(), tree::read(&current.path().join("c")).len()), ("", 1));
    run(current.path(), &["schema", "--out", "c/page.json"]).expect(2);
}

#[test]
fn records_that_are_right_are_accepted() {
    let editor = Editor::new();
    let sites = tree::repository().join("tests/sites");
    let mut judged = editor.accepts(tree::repository());
    // The first site is the repository itself.
    for site in
        fs::read_dir(sites).unwrap().map(|entry| entry.unwrap().path().join("site")).filter(|site| site.is_dir())
    {
        judged += editor.accepts(&site);
    }
    assert!(judged > 60, "{judged}");
}

#[test]
fn new_records_are_accepted_as_they_are_written() {
    let editor = Editor::new();
    let site = tempfile::tempdir().unwrap();
    tree::put(site.path(), "content/site.yaml", "title: A site\n");
    for arguments in [
        vec!["new", "entity", "coast", "--title", "2021: a \"name\""],
        vec!["new", "place", "harbour", "--title", "7"],
        vec!["new", "source", "daily", "--title", "true", "--date", "2021-05"],
        vec!["new", "page", "about", "--title", "About"],
        vec!["new", "incident", "fire", "--title", "Fire", "--date", "2021", "--source", "daily#4"],
    ] {
        run(site.path(), &arguments).expect(0);
    }
    assert_eq!(editor.accepts(site.path()), 6);
}

/// Whether an editor refuses some file of the examples of a code, in their order.
///
/// What a schema can hold is the shape of one file. `Accepted` here is a decision too: that the code is beyond it, by
/// its nature, or because a pattern that went further would refuse what is right.
fn of_examples(code: Code) -> &'static [Verdict] {
    match code {
        Code::MissingField | Code::InvalidLocator | Code::InvalidAmount | Code::UnsafeUrl => &[Refused],
        // Not for the depth: nothing that deep has a place in a record.
        Code::TooDeep => &[Refused],
        Code::UnknownField | Code::WrongType => &[Refused, Refused],
        // Whether a day exists is for the calendar.
        Code::InvalidDate => &[Refused, Accepted],
        Code::YamlSyntax | Code::NotUtf8 | Code::DuplicateKey => &[NotYaml],
        // An id is the name of a file.
        Code::InvalidId
        | Code::StrayFile
        | Code::DateDiffersFromFileName
        // How much there may be is a setting.
        | Code::TooLarge
        // Text for one reader and a truth value for another.
        | Code::AmbiguousYaml
        // Other files.
        | Code::LeavesSite
        | Code::DuplicateId
        | Code::AliasCollision
        | Code::UnknownSource
        | Code::UnknownEntity
        | Code::UnknownPlace
        | Code::UnknownIncident
        | Code::UnknownKind
        | Code::UnknownRole
        | Code::OutputCollision
        | Code::DraftReference
        | Code::UnusedRecord
        // Evidence.
        | Code::RivalsWithoutPreferred
        | Code::TwoPreferred
        | Code::MissingReason
        | Code::ValueWithoutClaim
        | Code::FalsePrecision
        | Code::RelationCycle
        | Code::CircularSourcing
        | Code::SingleUnseenSource
        | Code::SingleOrigin
        | Code::LongQuotation
        // Texts.
        | Code::BrokenLink
        | Code::MissingFile
        | Code::RawHtml
        | Code::RemoteImage
        | Code::MissingAlt
        // A site without them is a site.
        | Code::MissingTitle
        | Code::MissingBaseUrl
        | Code::MissingWords
        // Templates.
        | Code::TemplateSyntax
        | Code::TemplateUnknownName
        | Code::TemplateUnknownVariable
        | Code::TemplateFailed => &[Accepted],
    }
}

#[test]
fn mistakes_of_shape_are_refused_and_nothing_else_is() {
    let editor = Editor::new();
    let judge = |files: &BTreeMap<String, Content>| {
        let verdicts = files.iter().filter_map(|(path, content)| match content {
            Content::Text(text) => editor.judge(path, text.as_bytes()),
            Content::Bytes(bytes) => editor.judge(path, bytes),
            Content::Link => None,
        });
        verdicts.max_by_key(|(verdict, _)| *verdict as u8).unwrap_or((Accepted, String::new()))
    };
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let path = tree::repository().join(format!("tests/diagnostics/{}.md", code.name()));
        let document = diagnostics::read(&fs::read_to_string(path).unwrap());
        let found: Vec<(Verdict, String)> = document.examples.iter().map(|example| judge(&example.files)).collect();
        if found.iter().map(|(verdict, _)| *verdict).ne(of_examples(*code).iter().copied()) {
            wrong.push(format!("{}: expected {:?}, found {found:#?}", code.name(), of_examples(*code)));
        }
        let mended = judge(&document.mended);
        if mended.0 != Accepted
            && document.mended.values().all(|content| *content != Content::Text("(nothing)\n".to_owned()))
        {
            wrong.push(format!("{}, mended: {mended:?}", code.name()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn settings_of_editors_lead_to_the_schemas() {
    let read = |path: &str| -> Value {
        serde_json::from_str(&fs::read_to_string(tree::repository().join(path)).unwrap()).unwrap()
    };
    let settings = read(".vscode/settings.json");
    let mut mapped = Vec::new();
    for (schema, files) in settings["yaml.schemas"].as_object().unwrap() {
        let kind = read(schema.trim_start_matches("./"))["title"].as_str().unwrap().to_owned();
        let example = files.as_str().unwrap().replace("**/*", "x");
        let of = RecordKind::of(&FileId::new(&example)).map_or("site", RecordKind::noun);
        assert_eq!(kind, format!("annals {of}"), "{schema}: {files}");
        mapped.push(of);
    }
    mapped.sort_unstable();
    // Pages are Markdown, for which an editor reads no schema.
    assert_eq!(mapped, ["entity", "incident", "place", "site", "source"]);
    assert_eq!(read(".vscode/extensions.json")["recommendations"][0], "redhat.vscode-yaml");
}
