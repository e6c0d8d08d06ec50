//! A new site: an example, settings with their explanations, and what GitHub and editors read.

use std::borrow::Cow;
use std::fmt;

/// What the author gave.
#[derive(Debug, Default)]
pub struct Setup {
    /// The repository of the site on GitHub.
    pub repository: Option<Repository>,
    /// Where its workflows get the program from.
    pub action: Option<Action>,
}

/// The files of a new site, each with its path below the site's folder.
///
/// Its content comes last: whoever is stopped half-way has no site yet, and can begin again.
pub fn files(setup: &Setup) -> Vec<(&'static str, Cow<'static, str>)> {
    FILES
        .iter()
        .map(|(path, text)| {
            let text = match *path {
                PAGES | PULL_REQUEST => Cow::Owned(workflow(text, setup.action.as_ref())),
                SETTINGS => settings(text, setup.repository.as_ref()),
                _ => Cow::Borrowed(*text),
            };
            (*path, text)
        })
        .collect()
}

/// A repository on GitHub: `owner/name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository(String);

impl Repository {
    /// Reads `owner/name`; what the settings of a site would refuse is refused.
    pub fn parse(text: &str) -> Option<Self> {
        let (owner, name) = text.split_once('/')?;
        let name_is_fine = is_name(name, b"-_.") && !matches!(name, "." | "..");
        let owner_is_fine = is_name(owner, b"-") && !owner.starts_with('-');
        (owner_is_fine && name_is_fine).then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The action that installs the program in a workflow: a repository that holds this program's source, and a commit, a tag
/// or a branch of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    repository: Repository,
    version: String,
}

impl Action {
    /// Reads `owner/name@version`.
    pub fn parse(text: &str) -> Option<Self> {
        let (repository, version) = text.split_once('@')?;
        let fine = is_name(version, b"-_./") && version.starts_with(|c: char| c.is_ascii_alphanumeric());
        fine.then_some(Self { repository: Repository::parse(repository)?, version: version.to_owned() })
    }

    /// Where this program is published, by `repository` in its `Cargo.toml`; nothing while that is not decided.
    pub fn published() -> Option<Self> {
        let name = env!("CARGO_PKG_REPOSITORY").strip_prefix("https://github.com/")?.trim_end_matches('/');
        Self::parse(&format!("{name}@v{}", env!("CARGO_PKG_VERSION")))
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The folder in which the action lies, as workflows of this repository name it, below the repository's name.
        let folder = HERE.trim_start_matches("./");
        write!(f, "{}/{folder}@{}", self.repository, self.version)
    }
}

fn is_name(text: &str, others: &[u8]) -> bool {
    (1..=100).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || others.contains(&byte))
}

const PAGES: &str = ".github/workflows/pages.yml";
const PULL_REQUEST: &str = ".github/workflows/pull-request.yml";
const SETTINGS: &str = "content/site.yaml";

/// The action, as the workflows of this repository name it.
const HERE: &str = "./.github/actions/annals";

/// What stands in place of the action while nobody knows where it is: a workflow that cannot work says so, and how it can.
/// No made-up name: somebody could register it.
const NOWHERE: &str = "run: |
          echo '::error title=annals is not set up::In this workflow, in the step \"Install annals\", write uses: \
OWNER/NAME/.github/actions/annals@COMMIT in place of run, with the repository and the commit of the program.'
          exit 1";

/// The workflows are those of this repository, apart from where the program comes from.
fn workflow(text: &str, action: Option<&Action>) -> String {
    let step = action.map_or_else(|| NOWHERE.to_owned(), |action| format!("uses: {action}"));
    text.replace(&format!("uses: {HERE}"), &step)
}

const NO_REPOSITORY: &str = "# repository: owner/name\n";

const NO_ADDRESS: &str =
    "lints:\n  # Take this away once `base_url` or `repository` is set.\n  missing-base-url: off\n";

/// With a repository the site has an address, so that nobody has to be told that it has none.
fn settings(text: &'static str, repository: Option<&Repository>) -> Cow<'static, str> {
    match repository {
        Some(repository) => {
            let text = text.replace(NO_REPOSITORY, &format!("repository: {repository}\n"));
            Cow::Owned(text.replace(NO_ADDRESS, "# lints:\n#   single-unseen-source: off\n"))
        }
        None => Cow::Borrowed(text),
    }
}

/// All files, by path. What this repository has for itself too is taken from there.
const FILES: &[(&str, &str)] = &[
    ("README.md", include_str!("site/README.md")),
    (".gitignore", include_str!("site/gitignore")),
    (".gitattributes", include_str!("site/gitattributes")),
    (".vscode/extensions.json", include_str!("../../.vscode/extensions.json")),
    (".vscode/settings.json", include_str!("../../.vscode/settings.json")),
    (".github/ISSUE_TEMPLATE/config.yml", include_str!("../../.github/ISSUE_TEMPLATE/config.yml")),
    (".github/ISSUE_TEMPLATE/error.yml", include_str!("../../.github/ISSUE_TEMPLATE/error.yml")),
    (".github/ISSUE_TEMPLATE/incident.yml", include_str!("../../.github/ISSUE_TEMPLATE/incident.yml")),
    (".github/dependabot.yml", include_str!("site/dependabot.yml")),
    (PAGES, include_str!("../../.github/workflows/pages.yml")),
    (PULL_REQUEST, include_str!("../../.github/workflows/pull-request.yml")),
    ("static/schema/entity.json", include_str!("../../static/schema/entity.json")),
    ("static/schema/incident.json", include_str!("../../static/schema/incident.json")),
    ("static/schema/page.json", include_str!("../../static/schema/page.json")),
    ("static/schema/place.json", include_str!("../../static/schema/place.json")),
    ("static/schema/site.json", include_str!("../../static/schema/site.json")),
    ("static/schema/source.json", include_str!("../../static/schema/source.json")),
    ("content/pages/about.md", include_str!("site/content/pages/about.md")),
    ("content/places/northhaven.yaml", include_str!("site/content/places/northhaven.yaml")),
    ("content/entities/example-insurer.yaml", include_str!("site/content/entities/example-insurer.yaml")),
    ("content/entities/harbour-authority.yaml", include_str!("site/content/entities/harbour-authority.yaml")),
    ("content/sources/gazette-2024.yaml", include_str!("site/content/sources/gazette-2024.yaml")),
    ("content/sources/harbour-statement-2024.yaml", include_str!("site/content/sources/harbour-statement-2024.yaml")),
    ("content/sources/insurer-letter.yaml", include_str!("site/content/sources/insurer-letter.yaml")),
    (
        "content/incidents/2024-03-example-warehouse-fire.md",
        include_str!("site/content/incidents/2024-03-example-warehouse-fire.md"),
    ),
    (SETTINGS, include_str!("site/content/site.yaml")),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn text(setup: &Setup, path: &str) -> String {
        files(setup).into_iter().find(|(name, _)| *name == path).unwrap().1.into_owned()
    }

    #[test]
    fn names_of_repositories() {
        let check = |text: &str, fine: bool| assert_eq!(Repository::parse(text).is_some(), fine, "{text:?}");
        check("owner/name", true);
        check("o-1/n.a_m-e", true);
        for bad in [
            "", "owner", "/name", "owner/", "a/b/c", "-o/n", "o/..", "o.o/n", "o/n ", "o/n\n", "ö/n", "o/n#x", "o/n: x",
        ] {
            check(bad, false);
        }
        check(&format!("o/{}", "n".repeat(101)), false);
    }

    #[test]
    fn names_of_actions() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(Action::parse(text).map(|action| action.to_string()).as_deref(), expect, "{text:?}");
        };
        check("owner/name@v1.2.0", Some("owner/name/.github/actions/annals@v1.2.0"));
        check("owner/name@feature/x", Some("owner/name/.github/actions/annals@feature/x"));
        for bad in ["owner/name", "owner/name@", "@v1", "owner@v1", "o/n@-x", "o/n@v1 # x", "o/n@v1\nrun: x", "o/n@a@b"]
        {
            check(bad, None);
        }
    }

    #[test]
    fn workflows_say_where_the_program_comes_from() {
        for path in [PAGES, PULL_REQUEST] {
            let action = Action::parse("owner/name@v1");
            let known = text(&Setup { action, ..Setup::default() }, path);
            assert_eq!(known.matches("uses: owner/name/.github/actions/annals@v1\n").count(), 1, "{path}");
            let unknown = text(&Setup::default(), path);
            assert_eq!(unknown.matches(NOWHERE).count(), 1, "{path}");
            for workflow in [known, unknown] {
                assert!(!workflow.contains(HERE), "{path}");
            }
        }
    }

    #[test]
    fn settings_name_the_repository() {
        let repository = Repository::parse("owner/name");
        let with = text(&Setup { repository, ..Setup::default() }, SETTINGS);
        assert!(with.contains("\nrepository: owner/name\n") && !with.contains("missing-base-url"), "{with}");
        let without = text(&Setup::default(), SETTINGS);
        assert!(without.contains(NO_REPOSITORY) && without.contains(NO_ADDRESS), "{without}");
    }
}
