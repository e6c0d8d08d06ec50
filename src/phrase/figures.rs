//! The words of drawn figures and of totals: one table a language.

use super::terms::Counted;

/// The words of one language.
#[expect(missing_docs, reason = "each entry is named for what it says; the English table is its example")]
#[derive(Debug)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct FigureWords {
    // scales and marks
    pub scale_even: &'static str,
    pub scale_cut: &'static str,
    /// `{n}`.
    pub scale_log: &'static str,
    pub mark_ring: &'static str,
    pub mark_faded: &'static str,
    pub mark_away: &'static str,
    pub mark_once: &'static str,
    pub mark_dashed: &'static str,
    pub mark_dotted: &'static str,
    /// `{first}`, `{last}`: years.
    pub time_cut: &'static str,
    // rivals on one scale
    /// `{field}`, `{rows}`.
    pub bounds_name: &'static str,
    /// `{standing}`, `{value}`.
    pub bounds_row: &'static str,
    /// `{rows}`: what has no place on the scale.
    pub bounds_elsewhere: &'static str,
    pub bounds_more: Counted,
    // figures over time
    /// `{currency}`.
    pub chart_amounts: &'static str,
    /// `{what}`, `{figures}`.
    pub chart_name: &'static str,
    pub chart_figures: Counted,
    /// `{number}`, `{title}`, `{value}`, `{date}`.
    pub chart_box: &'static str,
    /// `{title}`, `{value}`.
    pub chart_label: &'static str,
    pub chart_boxes: &'static str,
    pub chart_density: &'static str,
    pub chart_undrawn: Counted,
    pub charts_more: Counted,
    // totals
    /// `{kind}`, `{currency}`.
    pub total_of: &'static str,
    pub total_without_kind: &'static str,
    /// `{n}`.
    pub total_exactly: &'static str,
    pub total_at_least: &'static str,
    pub total_more_than: &'static str,
    pub total_at_most: &'static str,
    pub total_less_than: &'static str,
    pub total_no_least: &'static str,
    pub total_no_most: &'static str,
    /// `{least}`, `{most}`.
    pub total_range: &'static str,
    pub total_counted: Counted,
    pub total_left_out: Counted,
    pub total_none_left_out: &'static str,
    pub total_no_bound: &'static str,
    pub total_one_bound: &'static str,
    /// `{totals}`.
    pub total_single: &'static str,
    pub totals_more: Counted,
    /// `{figure}`, `{value}`, `{reason}`.
    pub total_row: &'static str,
    pub total_rows_more: Counted,
    // why a figure is left out
    /// `{other}`.
    pub out_part_of: &'static str,
    /// `{other}`.
    pub out_same_as: &'static str,
    /// `{other}`.
    pub out_estimate_of: &'static str,
    pub out_no_bound: &'static str,
    pub out_unknown: &'static str,
    pub out_denial: &'static str,
    pub out_retracted: &'static str,
    // why a figure counts only in what a total is at most
    pub most_no_least: &'static str,
    pub most_overlaps: &'static str,
    /// `{reason}`: beside a figure of the table.
    pub row_total: &'static str,
}
