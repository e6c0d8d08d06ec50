//! HTML as this program writes it: a reader that is stricter than any browser.
//!
//! Every element that is not void is closed in its place, every attribute is quoted and given once, and nothing that could
//! be markup stands in text by accident. What is refused here a browser would repair in silence.

use std::ops::Range;

const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];
/// Elements that do not end a word. What is raised or lowered, and the mark of a footnote, is no part of the word before it.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "cite", "code", "data", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strong", "time", "u",
];
const UNSEEN: &[&str] = &["head", "script", "style", "template"];

/// An element.
#[derive(Debug)]
pub struct Element {
    /// Its tag.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// Bytes of the page's text that it holds.
    text: Range<usize>,
    /// The number after that of its last descendant.
    end: usize,
}

impl Element {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// All attributes, as written.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// A page: its elements in the order of their start tags, and the text that a reader sees.
#[derive(Debug, Default)]
pub struct Page {
    /// The elements.
    pub elements: Vec<Element>,
    text: String,
}

impl Page {
    /// The numbers of the elements with that tag.
    pub fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p Element> {
        self.elements.iter().filter(move |element| element.name == name)
    }

    /// The number of the element with that id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.elements.iter().position(|element| element.get("id") == Some(id))
    }

    /// An element and all within it.
    pub fn within(&self, number: usize) -> &[Element] {
        &self.elements[number..self.elements[number].end]
    }

    /// What a reader sees of an element, with single spaces.
    pub fn text(&self, element: &Element) -> String {
        single_spaced(&self.text[element.text.clone()])
    }

    /// What a reader sees from one element up to the next, or to the end.
    pub fn text_between(&self, from: usize, to: Option<usize>) -> String {
        let end = to.map_or(self.text.len(), |to| self.elements[to].text.start);
        single_spaced(&self.text[self.elements[from].text.start..end])
    }

    /// What a reader sees of the page.
    pub fn all_text(&self) -> String {
        single_spaced(&self.text)
    }

    /// Where its `<a href>` lead, as written.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.all("a").filter_map(|link| link.get("href"))
    }

    /// Reads a page.
    ///
    /// # Errors
    /// What is not as it should be, with the number of the line.
    pub fn read(html: &str) -> Result<Self, String> {
        let mut reader = Reader { html, at: 0, page: Self::default(), open: Vec::new() };
        match reader.document() {
            Ok(()) => Ok(reader.page),
            Err(message) => Err(format!("line {}: {message}", html[..reader.at].lines().count())),
        }
    }
}

/// Text with single spaces.
pub fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Reader<'h> {
    html: &'h str,
    at: usize,
    page: Page,
    open: Vec<usize>,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<(), String> {
        if !self.eat("<!doctype html>") {
            return Err("no doctype".to_owned());
        }
        while self.at < self.html.len() {
            if self.eat("</") {
                self.end_tag()?;
            } else if self.eat("<") {
                self.start_tag()?;
            } else {
                let text = self.until(|c| c == '<');
                let text = decoded(&text)?;
                if self.open.is_empty() && !text.trim().is_empty() {
                    return Err(format!("text outside of everything: {text}"));
                }
                let unseen = |number: &usize| {
                    let element = &self.page.elements[*number];
                    UNSEEN.contains(&element.name.as_str()) || element.get("hidden").is_some()
                };
                if !self.open.iter().any(unseen) {
                    self.page.text.push_str(&text);
                }
            }
        }
        match self.open.last() {
            Some(number) => Err(format!("<{}> is never closed", self.page.elements[*number].name)),
            None => Ok(()),
        }
    }

    fn start_tag(&mut self) -> Result<(), String> {
        let name = self.name()?;
        let mut attributes: Vec<(String, String)> = Vec::new();
        let alone = loop {
            self.until(|c| !c.is_ascii_whitespace());
            if self.eat("/>") {
                break true;
            }
            if self.eat(">") {
                break false;
            }
            let key = self.until(|c| matches!(c, '=' | '>' | '/' | '"' | '\'' | '<') || c.is_ascii_whitespace());
            if key.is_empty() || key.chars().any(|c| c.is_ascii_uppercase() && name != "svg") {
                return Err(format!("<{name}> has a strange attribute `{key}`"));
            }
            let mut value = String::new();
            if self.eat("=") {
                if !self.eat("\"") {
                    return Err(format!("`{key}` of <{name}> is not in double quotes"));
                }
                value = decoded(&self.until(|c| c == '"'))?;
                self.eat("\"");
            }
            if attributes.iter().any(|(known, _)| *known == key) {
                return Err(format!("<{name}> has `{key}` twice"));
            }
            attributes.push((key, value));
        };
        let number = self.page.elements.len();
        let is_mark = attributes.iter().any(|(key, value)| key == "role" && value == "doc-noteref");
        self.space(if is_mark { "sup" } else { &name });
        let here = self.page.text.len();
        let in_svg = name == "svg" || self.open.iter().any(|number| self.page.elements[*number].name == "svg");
        let is_void = VOID.contains(&name.as_str());
        if alone && !in_svg {
            return Err(format!("<{name}/>: only within svg"));
        }
        let is_raw = matches!(name.as_str(), "script" | "style");
        self.page.elements.push(Element { name, attributes, text: here..here, end: number + 1 });
        if !is_void && !alone {
            self.open.push(number);
        }
        if is_raw {
            self.until(|c| c == '<');
        }
        Ok(())
    }

    fn end_tag(&mut self) -> Result<(), String> {
        let name = self.name()?;
        if !self.eat(">") {
            return Err(format!("</{name} does not end"));
        }
        let open = self.open.pop().ok_or_else(|| format!("</{name}> closes nothing"))?;
        let (end, here) = (self.page.elements.len(), self.page.text.len());
        let element = &mut self.page.elements[open];
        if element.name != name {
            return Err(format!("</{name}> stands where </{}> should", element.name));
        }
        element.end = end;
        element.text.end = here;
        self.space(&name);
        Ok(())
    }

    /// Words of two blocks are two words.
    fn space(&mut self, name: &str) {
        if !INLINE.contains(&name) {
            self.page.text.push(' ');
        }
    }

    fn name(&mut self) -> Result<String, String> {
        let name = self.until(|c| !c.is_ascii_alphanumeric());
        if name.is_empty() { Err("`<` is no tag".to_owned()) } else { Ok(name) }
    }

    fn eat(&mut self, text: &str) -> bool {
        let there = self.html[self.at..].starts_with(text);
        self.at += if there { text.len() } else { 0 };
        there
    }

    fn until(&mut self, stop: impl Fn(char) -> bool) -> String {
        let rest = &self.html[self.at..];
        let text = &rest[..rest.find(stop).unwrap_or(rest.len())];
        self.at += text.len();
        text.to_owned()
    }
}

/// Text without its character references; only those that cannot be misread are known.
fn decoded(text: &str) -> Result<String, String> {
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').ok_or_else(|| format!("a bare `&` before `{part}`"))?;
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" | "#x27" => '\'',
            "#x2F" => '/',
            "nbsp" => '\u{a0}',
            _ => return Err(format!("an unknown reference `&{name};`")),
        });
        out.push_str(rest);
    }
    Ok(out)
}

#[test]
fn reads_what_it_should_and_refuses_the_rest() {
    let read = |body: &str| Page::read(&format!("<!doctype html>{body}"));
    let page = read(r#"<p id="a" hidden>x</p><div>1 &amp;<b>2</b><p>3<br>4</p></div>"#).unwrap();
    let div = page.all("div").next().unwrap();
    assert_eq!(page.text(div), "1 &2 3 4");
    assert_eq!(page.all_text(), "1 &2 3 4");
    assert_eq!(page.within(page.find("a").unwrap()).len(), 1);
    for wrong in
        ["<p>", "</p>", "<p></b></p>", "<p a=1></p>", "<p a=\"\" a=\"\"></p>", "a & b", "<p/>", "x", "<p>a < b</p>"]
    {
        assert!(read(wrong).is_err(), "{wrong}");
    }
    assert!(Page::read("<html></html>").is_err());
}
