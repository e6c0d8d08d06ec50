//! Edits to templates, to their words, and to files that are copied.

use crate::incremental::random::Random;
use crate::incremental::site::State;

macro_rules! built_in {
    ($($name:literal),*) => {
        [$(($name, include_str!(concat!("../../../../templates/", $name)))),*]
    };
}

/// Built-in templates that a site takes over: copied, then changed.
const BUILT_IN: [(&str, &str); 7] = built_in![
    "incident.html",
    "list.html",
    "source.html",
    "base.html",
    "components/nav.html",
    "components/claims.html",
    "components/text.html"
];

/// Those that only change a part of what is built in.
const PARTS: [(&str, &str); 8] = [
    (
        "base.html",
        "{% extends \"__builtin/base.html\" %}\n{%- block footer %}\n<p>As of {{ site.now }}.</p>\n{%- endblock footer %}\n",
    ),
    (
        "incident.html",
        "{% extends \"__builtin/incident.html\" %}\n{%- block end %}\n<p>{{ page.head.route }}</p>\n{%- endblock end %}\n",
    ),
    (
        "page.html",
        "{% extends \"base.html\" %}\n{%- block main %}<h1>{{ page.title }}</h1>{{ page.body | safe }}{%- endblock main %}\n",
    ),
    (
        "source.html",
        "{% extends \"__builtin/source.html\" %}\n{%- block title %}Source: {{ super() }}{%- endblock title %}\n",
    ),
    ("404.html", "{% extends \"base.html\" %}\n{%- block main %}{% include \"own.html\" %}{%- endblock main %}\n"),
    ("own.html", "<p>Words of its own: {{ site.title }}.</p>\n"),
    (
        "timeline.html",
        "{% extends \"__builtin/timeline.html\" %}\n{%- block title %}{{ site.title }}!{%- endblock title %}\n",
    ),
    ("unused.html", "<p>{{ page.nothing }}</p>\n"),
];

/// Those that fail: at once, on every page, on some.
const BROKEN: [(&str, &str); 13] = [
    ("incident.html", "{% extends \"base.html\" %}{% block main %}{% if page.title %}"),
    ("incident.html", "<h1>{{ page.titel }}</h1>\n"),
    ("incident.html", "{% if page.draft %}{{ page.nothing }}{% endif %}\n<h1>{{ page.title }}</h1>\n"),
    ("incident.html", "{% if page.head.route == \"incidents/rope-theft.html\" %}{{ page.nothing }}{% endif %}\n"),
    ("source.html", "{% if page.title == \"A letter\" %}{{ page.nothing }}{% endif %}\n<p>{{ page.title }}</p>\n"),
    ("source.html", "<p>{{ page.title | shout }}</p>\n"),
    ("page.html", "{% extends \"bas.html\" %}\n"),
    ("base.html", "{% extends \"base.html\" %}\n"),
    ("404.html", "{% include \"own.html\" %}\n"),
    ("list.html", "{{ <no_such link={page.kind} /> }}\n"),
    ("timeline.html", "{{ sitee.title }}\n"),
    ("own.html", "{% block %}\n"),
    ("404.html", "{{ page.title | round }}\n"),
];

pub fn template(random: &mut Random, state: &mut State) {
    if random.percent(60) {
        let (name, text) = random.one(&PARTS);
        let more = if random.percent(30) { format!("{{# {} #}}\n", random.below(9)) } else { String::new() };
        state.put(&format!("templates/{name}"), format!("{text}{more}").as_bytes());
        if name == "404.html" {
            let (name, text) = PARTS[5];
            state.put(&format!("templates/{name}"), text.as_bytes());
        }
        return;
    }
    let (name, text) = random.one(&BUILT_IN);
    let text = match random.below(4) {
        0 => text.to_owned(),
        1 => text.replacen("<p", "<p title=\"own\"", 1 + random.below(3)),
        2 => text.replacen("</li>", " </li>", 1 + random.below(3)),
        _ => format!("{text}\n"),
    };
    state.put(&format!("templates/{name}"), text.as_bytes());
}

pub fn template_broken(random: &mut Random, state: &mut State) {
    let (name, text) = random.one(&BROKEN);
    match random.below(10) {
        0 => state.put("templates/strings/en.json", *b"{\"skip\": "),
        1 => state.put("templates/list.html", *b"\xFF"),
        _ => state.put(&format!("templates/{name}"), text.as_bytes()),
    }
}

pub fn template_removed(random: &mut Random, state: &mut State) {
    let all: Vec<String> = state.files.keys().filter(|path| path.starts_with("templates/")).cloned().collect();
    if !all.is_empty() {
        state.files.remove(&random.one(&all));
    }
}

pub fn words(random: &mut Random, state: &mut State) {
    let language = random.one(&["en", "en", "en-GB", "de"]);
    let words = random.one(&[
        "{\"skip\": \"Skip it\"}",
        "{\"nav_timeline\": \"All of it\", \"facts_heading\": \"What is known\"}",
        "{}",
        "{\"own\": \"A word of its own\"}",
    ]);
    state.put(&format!("templates/strings/{language}.json"), words.as_bytes());
}

pub fn image(random: &mut Random, state: &mut State) {
    let path =
        random.one(&["static/map.png", "static/map.png", "static/docs/plan.txt", "static/new/a.svg", "static/CNAME"]);
    if random.percent(30) {
        state.files.remove(path);
    } else {
        state.put(path, format!("bytes {}", random.below(50)).into_bytes());
    }
}

pub fn style(random: &mut Random, state: &mut State) {
    let path = random.one(&["static/annals.css", "static/annals.css", "static/favicon.svg", "static/theme.js"]);
    if random.percent(30) {
        state.files.remove(path);
    } else {
        state.put(path, format!("/* {} */", random.below(50)).into_bytes());
    }
}

/// A file where a page lies, or where nothing may lie; or gone again.
pub fn collision(random: &mut Random, state: &mut State) {
    let path = random.one(&[
        "static/index.html",
        "static/incidents/quay-fire.html",
        "static/incidents/harbour-fire.html",
        "static/tags/night.html",
        "static/.nojekyll",
        "static/a\\b.txt",
        "static/incidents",
    ]);
    if state.files.remove(path).is_none() {
        state.put(path, *b"In the way.");
    }
}
