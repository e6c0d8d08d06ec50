//! Tables: cells aligned by classes, in a region that scrolls by itself.

use super::{Words, escape};
use pulldown_cmark::Alignment;
use std::fmt::Write;

/// The table that is being written.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    body: bool,
    column: usize,
    /// Cells of the row that are empty in the source and not written yet.
    empty: usize,
}

impl Table {
    /// Opens table `number` of the page.
    pub fn open(alignments: &[Alignment], number: usize, words: &Words, out: &mut String) -> Self {
        out.push_str("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
        escape::attribute(out, &words.table);
        let _ = write!(out, " {number}\">\n<table>\n");
        Self { alignments: alignments.to_vec(), ..Self::default() }
    }

    pub fn open_head(&mut self, out: &mut String) {
        out.push_str("<thead>\n");
        self.open_row(out);
    }

    pub fn close_head(&mut self, out: &mut String) {
        out.push_str("</tr>\n</thead>\n<tbody>\n");
        self.body = true;
    }

    pub fn open_row(&mut self, out: &mut String) {
        self.column = 0;
        out.push_str("<tr>");
    }

    /// Closes a row. The cells that its author left out at the end become one: a wide table of short
    /// rows would otherwise be a thousand times longer than its source.
    pub fn close_row(&mut self, out: &mut String) {
        match std::mem::take(&mut self.empty) {
            0 => {}
            1 => out.push_str("<td></td>"),
            // HTML clamps at 1000.
            many => {
                let _ = write!(out, "<td colspan=\"{}\"></td>", many.min(1000));
            }
        }
        out.push_str("</tr>\n");
    }

    /// Passes over a cell that is empty in the source; says whether it may be left for later.
    pub fn skip(&mut self) -> bool {
        if self.body {
            self.empty += 1;
            self.column += 1;
        }
        self.body
    }

    pub fn open_cell(&mut self, out: &mut String) {
        for _ in 0..std::mem::take(&mut self.empty) {
            out.push_str("<td></td>");
        }
        out.push_str(if self.body { "<td" } else { "<th scope=\"col\"" });
        match self.alignments.get(self.column) {
            Some(Alignment::Left) => out.push_str(" class=\"align-left\""),
            Some(Alignment::Center) => out.push_str(" class=\"align-center\""),
            Some(Alignment::Right) => out.push_str(" class=\"align-right\""),
            Some(Alignment::None) | None => {}
        }
        out.push('>');
        self.column += 1;
    }

    pub fn close_cell(&self, out: &mut String) {
        out.push_str(if self.body { "</td>" } else { "</th>" });
    }

    pub fn close(out: &mut String) {
        out.push_str("</tbody>\n</table>\n</div>\n");
    }
}
