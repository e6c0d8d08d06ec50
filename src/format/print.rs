//! From a tree to its text.

use super::{brackets, scalar};
use crate::parse::concrete::{Chomp, Collection, Comment, Element, Form, Scalar, Value};

/// The text of a file's YAML; its brackets are settled.
pub fn document(root: &Collection<'_>) -> String {
    let mut printer = Printer { out: String::new(), keeps_blank: false };
    printer.elements(root, 0, false);
    printer.out
}

struct Printer {
    out: String,
    /// Whether a blank line here would belong to the text above.
    keeps_blank: bool,
}

impl Printer {
    /// The elements of a collection; the first goes on in the line that was begun if `is_begun`.
    fn elements(&mut self, all: &Collection<'_>, indent: usize, is_begun: bool) {
        let mut is_top = true;
        for element in &all.elements {
            if !(is_top && is_begun) {
                self.comments(&element.lead, indent, &mut is_top);
                self.gap(element.gap && !is_top);
                self.spaces(indent);
            }
            is_top = false;
            self.element(element, indent);
        }
        self.comments(&all.end, indent, &mut is_top);
    }

    /// An element from its key or its dash to the end of its last line.
    fn element(&mut self, element: &Element<'_>, indent: usize) {
        match &element.key {
            Some(key) => {
                self.out.push_str(&scalar::key(key));
                self.out.push(':');
            }
            None => self.out.push('-'),
        }
        let trail = element.trail.as_ref();
        match &element.value {
            Value::Nothing => {
                self.end_line(trail);
                self.comments(&element.inner, indent + 2, &mut true);
            }
            Value::Scalar(text) => {
                self.lead_to_value(element, indent + 2);
                self.scalar(text, indent + 2, trail);
            }
            Value::Collection(inner) if inner.is_flow => {
                self.lead_to_value(element, indent + 2);
                self.out.push_str(&brackets::line(inner, usize::MAX).unwrap_or_default());
                self.end_line(trail);
            }
            Value::Collection(inner) if element.key.is_some() => {
                self.end_line(element.head.as_ref());
                self.elements(inner, indent + 2, false);
            }
            Value::Collection(inner) => {
                self.out.push(' ');
                self.elements(inner, indent + 2, true);
            }
        }
    }

    /// Leads to a value: on the line of its key, or below the remarks that stand between.
    fn lead_to_value(&mut self, element: &Element<'_>, indent: usize) {
        if element.head.is_none() && element.inner.is_empty() {
            self.out.push(' ');
            return;
        }
        self.end_line(element.head.as_ref());
        self.comments(&element.inner, indent, &mut true);
        self.spaces(indent);
    }

    /// A text, whose further lines are indented by `indent`, and the remark on it.
    fn scalar(&mut self, text: &Scalar<'_>, indent: usize, trail: Option<&Comment<'_>>) {
        if let Some(line) = scalar::one_line(text) {
            self.out.push_str(&line);
            self.end_line(trail);
            return;
        }
        match &text.form {
            Form::Plain(lines) | Form::Single(lines) | Form::Double(lines) => {
                for (number, line) in lines.iter().enumerate() {
                    if number > 0 {
                        self.out.push('\n');
                        self.spaces(if line.is_empty() { 0 } else { indent });
                    }
                    self.out.push_str(line);
                }
                self.end_line(trail);
            }
            Form::Block { is_folded, chomp, lines, blank } => {
                self.out.push(if *is_folded { '>' } else { '|' });
                // Without a number the first line's spaces would be taken for indentation.
                if lines.iter().find(|line| !line.is_empty()).is_some_and(|line| line.starts_with([' ', '\t'])) {
                    self.out.push('2');
                }
                self.out.push_str(match chomp {
                    Chomp::Clip => "",
                    Chomp::Strip => "-",
                    Chomp::Keep => "+",
                });
                self.end_line(trail);
                for line in lines {
                    self.spaces(if line.is_empty() { 0 } else { indent });
                    self.out.push_str(line);
                    self.out.push('\n');
                }
                self.out.extend(std::iter::repeat_n('\n', *blank));
                self.keeps_blank = *chomp == Chomp::Keep;
            }
        }
    }

    fn comments(&mut self, comments: &[Comment<'_>], indent: usize, is_top: &mut bool) {
        for comment in comments {
            self.gap(comment.gap && !*is_top);
            *is_top = false;
            self.spaces(indent);
            self.out.push_str(comment.text);
            self.out.push('\n');
            self.keeps_blank = false;
        }
    }

    fn end_line(&mut self, comment: Option<&Comment<'_>>) {
        if let Some(comment) = comment {
            self.out.push_str("  ");
            self.out.push_str(comment.text);
        }
        self.out.push('\n');
        self.keeps_blank = false;
    }

    fn gap(&mut self, is_wanted: bool) {
        if is_wanted && !self.keeps_blank {
            self.out.push('\n');
        }
    }

    fn spaces(&mut self, count: usize) {
        self.out.extend(std::iter::repeat_n(' ', count));
    }
}
