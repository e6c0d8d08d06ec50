//! A strict reader of the HTML that rendering gives: it knows a handful of elements and nothing else.

use std::collections::BTreeSet;

/// Element, whether it is empty, and its attributes.
const ELEMENTS: &[(&str, bool, &[&str])] = &[
    ("a", false, &["href", "rel", "title", "id", "class", "role", "aria-label"]),
    ("blockquote", false, &[]),
    ("br", true, &[]),
    ("code", false, &["class"]),
    ("del", false, &[]),
    ("div", false, &["class", "role", "tabindex", "aria-label"]),
    ("em", false, &[]),
    ("h2", false, &["id"]),
    ("h3", false, &["id"]),
    ("h4", false, &["id"]),
    ("h5", false, &["id"]),
    ("h6", false, &["id"]),
    ("hr", true, &[]),
    ("img", true, &["src", "alt", "title", "loading"]),
    ("input", true, &["type", "disabled", "checked", "aria-label"]),
    ("li", false, &["class", "id"]),
    ("ol", false, &["start"]),
    ("p", false, &["class"]),
    ("pre", false, &["tabindex"]),
    ("section", false, &["class", "role", "aria-label"]),
    ("strong", false, &[]),
    ("sup", false, &["class"]),
    ("table", false, &[]),
    ("tbody", false, &[]),
    ("td", false, &["class", "colspan"]),
    ("th", false, &["class", "scope"]),
    ("thead", false, &[]),
    ("tr", false, &[]),
    ("ul", false, &[]),
];

const CLASSES: &[&str] = &[
    "align-left",
    "align-center",
    "align-right",
    "alert",
    "alert-note",
    "alert-tip",
    "alert-important",
    "alert-warning",
    "alert-caution",
    "alert-title",
    "footnotes",
    "footnote-ref",
    "footnote-back",
    "table-scroll",
    "task",
];

const INLINE: &[&str] = &["a", "br", "code", "del", "em", "img", "input", "strong", "sup"];

/// Says what is wrong with `html`. `inside` are the addresses that the caller gave.
pub(super) fn judge(html: &str, inside: &BTreeSet<String>) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut ids = BTreeSet::new();
    let mut fragments = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text(&rest[..at])?;
        let end = rest.find('>').ok_or("a tag without end")?;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let (name, mut attributes) = tag.split_once(' ').map_or((tag, ""), |(name, rest)| (name, rest));
        let row = ELEMENTS.iter().find(|row| row.0 == name).ok_or(format!("<{name}>"))?;
        placed(name, &open)?;
        let mut seen = BTreeSet::new();
        while !attributes.is_empty() {
            let end = attributes.find(['=', ' ']).unwrap_or(attributes.len());
            let key = &attributes[..end];
            let mut value = "";
            attributes = &attributes[end..];
            if let Some(after) = attributes.strip_prefix("=\"") {
                let close = after.find('"').ok_or("an attribute without end")?;
                value = &after[..close];
                attributes = &after[close + 1..];
            } else if attributes.starts_with('=') {
                return Err(format!("{key} without quotes"));
            }
            attributes = match attributes.strip_prefix(' ') {
                Some(more) if !more.is_empty() => more,
                None if attributes.is_empty() => "",
                _ => return Err(format!("space after {key}")),
            };
            text(value)?;
            if !row.2.contains(&key) || !seen.insert(key) {
                return Err(format!("<{name} {key}>"));
            }
            match key {
                "href" | "src" => {
                    address(name, value, inside)?;
                    if let Some(fragment) = value.strip_prefix('#').filter(|_| !inside.contains(value)) {
                        fragments.push(fragment.to_owned());
                    }
                }
                "id" => {
                    if !(value.starts_with("h-") || value.starts_with("fn-")) || value.contains(' ') {
                        return Err(format!("id {value}"));
                    }
                    let mut encoded = String::new();
                    super::escape::address(&mut encoded, value);
                    if !ids.insert(encoded) {
                        return Err(format!("two ids {value}"));
                    }
                }
                "class" => {
                    for class in value.split(' ') {
                        let language = name == "code" && class.starts_with("language-");
                        if !language && !CLASSES.contains(&class) {
                            return Err(format!("class {class}"));
                        }
                    }
                }
                "start" | "colspan" | "tabindex" => {
                    value.parse::<u64>().map_err(|_| format!("{key} {value}"))?;
                }
                "aria-label" if value.is_empty() => return Err("an empty name".to_owned()),
                _ => {}
            }
        }
        let needed: &[&str] = match name {
            "a" => &["href"],
            "img" => &["src", "alt"],
            "input" => &["type", "disabled", "aria-label"],
            _ => &[],
        };
        if let Some(key) = needed.iter().find(|key| !seen.contains(**key)) {
            return Err(format!("<{name}> without {key}"));
        }
        if !row.1 {
            open.push(row.0);
        }
    }
    text(rest)?;
    if !open.is_empty() {
        return Err(format!("open: {open:?}"));
    }
    fragments
        .iter()
        .find(|fragment| !ids.contains(*fragment))
        .map_or(Ok(()), |lost| Err(format!("#{lost} leads nowhere")))
}

fn placed(name: &str, open: &[&str]) -> Result<(), String> {
    let parent = open.last().copied().unwrap_or("div");
    let fine = match parent {
        "ul" | "ol" => name == "li",
        "table" => matches!(name, "thead" | "tbody"),
        "thead" | "tbody" => name == "tr",
        "tr" => matches!(name, "th" | "td"),
        "pre" => name == "code",
        "code" => false,
        "blockquote" | "div" | "section" | "li" => !matches!(name, "li" | "thead" | "tbody" | "tr" | "td" | "th"),
        _ => INLINE.contains(&name),
    };
    if !fine || (name == "a" && open.contains(&"a")) {
        return Err(format!("<{name}> in {open:?}"));
    }
    Ok(())
}

fn text(text: &str) -> Result<(), String> {
    if text.contains(['<', '>', '"', '\'', '\r', '\u{fffe}', '\u{ffff}'])
        || text.chars().any(|c| c < ' ' && c != '\n' && c != '\t')
    {
        return Err(format!("bare {text:?}"));
    }
    let known = |after: &str| ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|name| after.starts_with(name));
    match text.split('&').skip(1).find(|after| !known(after)) {
        Some(after) => Err(format!("bare & before {after:?}")),
        None => Ok(()),
    }
}

fn address(name: &str, value: &str, inside: &BTreeSet<String>) -> Result<(), String> {
    let plain = value.bytes().all(|byte| byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte));
    let lower = value.to_ascii_lowercase();
    let web = lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("mailto:");
    let fine = inside.contains(value) || (name == "a" && (web || (lower.starts_with('#') && lower.len() > 1)));
    if plain && fine { Ok(()) } else { Err(format!("{name} leads to {value:?}")) }
}
