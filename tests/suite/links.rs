//! Every page of every site that is built here: its links lead somewhere, and nothing in it comes from elsewhere.

use super::html::Page;
use super::tree::{self, Tree};
use annals::pipeline::Options;
use std::collections::{BTreeMap, BTreeSet};

/// Where an address of a page leads: the file, and the anchor in it. An error for what a page must not hold.
fn target(page: &str, address: &str, base: &str) -> Result<(String, Option<String>), String> {
    let (path, fragment) = match address.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment.to_owned())),
        None => (address, None),
    };
    let path = path.split('?').next().unwrap_or_default();
    if path.is_empty() {
        return match fragment {
            Some(_) => Ok((page.to_owned(), fragment)),
            None => Err("an empty address".to_owned()),
        };
    }
    if path.contains(':') || path.starts_with("//") {
        return Err(format!("`{address}` leads to another host"));
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    let mut rest = path;
    // The error page is served at any depth.
    if page == "404.html" {
        rest = path.strip_prefix(base).ok_or_else(|| format!("`{address}` does not begin with `{base}`"))?;
    } else if path.starts_with('/') {
        return Err(format!("`{address}` would not lead anywhere from a disk"));
    }
    for part in rest.split('/') {
        match part {
            ".." => _ = parts.pop().ok_or_else(|| format!("`{address}` leads out of the site"))?,
            "" | "." => return Err(format!("`{address}` does not name its file")),
            part => parts.push(part),
        }
    }
    Ok((parts.join("/"), fragment))
}

/// The addresses that a page loads or leads to by itself: attribute and value.
fn addresses(page: &Page) -> Vec<(&str, String)> {
    let mut addresses = Vec::new();
    for element in &page.elements {
        for (name, value) in element.attributes() {
            match name {
                "href" if element.name == "a" && is_elsewhere(value) => {}
                "href" if element.get("rel") == Some("canonical") => {}
                "href" | "src" | "action" | "formaction" | "poster" | "data" | "cite" | "xlink:href" | "manifest" => {
                    addresses.push((element.name.as_str(), value.to_owned()));
                }
                "srcset" => addresses.extend(
                    value
                        .split(',')
                        .filter_map(|part| Some((element.name.as_str(), part.split_whitespace().next()?.to_owned()))),
                ),
                "content" if element.get("http-equiv") == Some("refresh") => {
                    let (_, address) = value.split_once("url=").expect("a refresh names its target");
                    addresses.push((element.name.as_str(), address.to_owned()));
                }
                _ => {}
            }
        }
    }
    addresses
}

fn is_elsewhere(address: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
}

/// What is wrong with one page by itself.
fn alone(page: &Page) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut ids = BTreeSet::new();
    for element in &page.elements {
        for (name, value) in element.attributes() {
            if name == "style" || name.starts_with("on") || name == "srcdoc" {
                wrong.push(format!("<{} {name}=\"{value}\">", element.name));
            }
            if name == "id" && (value.is_empty() || value.contains(char::is_whitespace) || !ids.insert(value)) {
                wrong.push(format!("the id `{value}` is there twice, or is none"));
            }
        }
        match element.name.as_str() {
            "style" | "iframe" | "object" | "embed" | "base" | "font" => wrong.push(format!("<{}>", element.name)),
            "script" if element.get("src").is_none() && element.get("type") != Some("application/ld+json") => {
                wrong.push("a script in the page".to_owned());
            }
            "img" if element.get("alt").is_none() => wrong.push("an image without `alt`".to_owned()),
            _ => {}
        }
    }
    for element in &page.elements {
        for name in ["aria-labelledby", "aria-describedby", "aria-controls", "for"] {
            for id in element.get(name).unwrap_or_default().split_whitespace() {
                if !ids.contains(id) {
                    wrong.push(format!("{name}=\"{id}\" names nothing"));
                }
            }
        }
    }
    let metas = |key: &str, value: &str| page.all("meta").filter(|meta| meta.get(key) == Some(value)).count();
    let policies: Vec<_> =
        page.all("meta").filter(|meta| meta.get("http-equiv") == Some("Content-Security-Policy")).collect();
    match policies.as_slice() {
        [policy] => {
            let policy = policy.get("content").unwrap_or_default();
            let loose = ["unsafe-", "*", "http:", "https:", "frame-ancestors", "report-uri", "sandbox"];
            if !policy.contains("default-src 'none'") || loose.iter().any(|word| policy.contains(word)) {
                wrong.push(format!("a loose policy: {policy}"));
            }
            let first = page.elements.iter().position(|element| matches!(element.name.as_str(), "link" | "script"));
            let at =
                page.elements.iter().position(|element| element.get("http-equiv") == Some("Content-Security-Policy"));
            if first.is_some_and(|first| at.is_none_or(|at| first < at)) {
                wrong.push("the policy comes after what it should hold".to_owned());
            }
        }
        _ => wrong.push("not one content security policy".to_owned()),
    }
    // A picture names its parts by titles too.
    let pictures = (0..page.elements.len()).filter(|at| page.elements[*at].name == "svg");
    let in_pictures = pictures.flat_map(|at| page.within(at)).filter(|element| element.name == "title").count();
    if page.all("title").count() - in_pictures != 1 || page.all("h1").count() != 1 || page.all("main").count() != 1 {
        wrong.push("not one title, one <h1>, one <main>".to_owned());
    }
    if metas("charset", "utf-8") != 1 || page.all("html").all(|html| html.get("lang").unwrap_or_default().is_empty()) {
        wrong.push("no charset or no language".to_owned());
    }
    wrong
}

/// Everything that is wrong with the pages of a site that is to lie at the path `base` of its host.
pub fn faults(site: &Tree, base: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut pages = BTreeMap::new();
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        match Page::read(&String::from_utf8_lossy(bytes)) {
            Ok(page) => _ = pages.insert(path.as_str(), page),
            Err(message) => wrong.push(format!("{path}: {message}")),
        }
    }
    let mut reached: BTreeSet<String> = ["index.html", "404.html"].map(str::to_owned).into();
    for (path, page) in &pages {
        wrong.extend(alone(page).into_iter().map(|fault| format!("{path}: {fault}")));
        for (element, address) in addresses(page) {
            match target(path, &address, base) {
                Err(fault) => wrong.push(format!("{path}: <{element}>: {fault}")),
                Ok((file, _)) if !site.contains_key(&file) => {
                    wrong.push(format!("{path}: <{element}>: `{address}` leads to `{file}`, which is not there"));
                }
                Ok((file, Some(anchor))) => {
                    let there = pages.get(file.as_str()).is_some_and(|page| page.find(&anchor).is_some());
                    if !there {
                        wrong.push(format!("{path}: <{element}>: `{address}` leads to no anchor"));
                    }
                }
                Ok((file, None)) => _ = reached.insert(file),
            }
        }
        let is_redirect = page.all("meta").any(|meta| meta.get("http-equiv") == Some("refresh"));
        if is_redirect {
            reached.insert((*path).to_owned());
        }
    }
    wrong.extend(
        pages.keys().filter(|path| !reached.contains(**path)).map(|path| format!("{path}: no page leads to it")),
    );
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".css")) {
        let css = String::from_utf8_lossy(bytes);
        if ["//", "@import", "http:", "https:"].iter().any(|word| css.contains(word)) {
            wrong.push(format!("{path}: asks another host"));
        }
    }
    wrong
}

#[track_caller]
fn check(folder: &std::path::Path, options: &Options, base: &str) {
    let wrong = faults(&tree::built(folder, options), base);
    assert!(wrong.is_empty(), "{}: {} faults: {:#?}", folder.display(), wrong.len(), &wrong[..wrong.len().min(30)]);
}

#[test]
fn the_first_site_is_whole() {
    check(tree::repository(), &Options::default(), "/annals/");
}

#[test]
fn made_sites_are_whole() {
    check(&tree::case("five-lines/site"), &Options::default(), "/");
    check(&tree::case("everything/site"), &Options::default(), "/made/");
    let preview = Options { drafts: true, preview: true, ..Options::default() };
    check(&tree::case("everything/site"), &preview, "/made/");
}

#[test]
fn sites_are_whole_under_any_path() {
    for (address, base) in [("https://example.org/", "/"), ("http://localhost:4000/a/b-c/", "/a/b-c/")] {
        let options = Options { base_url: Some(address.to_owned()), ..Options::default() };
        for site in ["five-lines/site", "everything/site"] {
            check(&tree::case(site), &options, base);
        }
        check(tree::repository(), &options, base);
    }
}

#[test]
fn a_fault_is_seen() {
    let page = |body: &str| {
        format!(
            "<!doctype html><html lang=\"en\"><head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"><meta charset=\"utf-8\"><title>t</title></head><body><main><h1>h</h1>{body}</main></body></html>"
        )
    };
    let site = |body: &str| -> Tree {
        [
            ("index.html", page(body)),
            ("404.html", page("")),
            ("a/b.html", page(r#"<p id="x"><a href="../index.html">i</a></p>"#)),
        ]
        .map(|(path, html)| (path.to_owned(), html.into_bytes()))
        .into()
    };
    assert_eq!(faults(&site(r#"<a href="a/b.html">b</a> <a href="a/b.html#x">x</a>"#), "/"), Vec::<String>::new());
    for wrong in [
        r#"<a href="a/c.html">c</a>"#,
        r#"<a href="a/b.html#y">y</a>"#,
        r#"<a href="/a/b.html">b</a>"#,
        r#"<a href="a/">a</a>"#,
        r#"<a href="javascript:x">b</a>"#,
        r#"<a href="../index.html">b</a>"#,
        r#"<img src="https://example.org/x.png" alt="">"#,
        r#"<a href="a/b.html" onclick="x">b</a>"#,
        r#"<p style="x">b</p>"#,
        r#"<p id="x"></p><p id="x"></p>"#,
        r#"<script>x</script>"#,
    ] {
        let body = format!(r#"<a href="a/b.html">b</a>{wrong}"#);
        assert_eq!(faults(&site(&body), "/").len(), 1, "{wrong}: {:?}", faults(&site(&body), "/"));
    }
}
