//! The first difference between two texts, for a person who repairs it by hand.

use std::fmt::Write;

/// Lines that are the same are shown around the difference: so many on each side.
const AROUND: usize = 2;
/// So many lines from the first that differs on are held against each other.
const WINDOW: usize = 60;
/// So many lines are shown at most.
const SHOWN: usize = 20;

/// The first lines in which `after` differs from `before`, as a hunk of a unified diff, and whether more differ.
pub fn first(before: &str, after: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let (from, rest_old, rest_new) = (same.saturating_sub(AROUND), old.get(same..), new.get(same..));
    let (rest_old, rest_new) = (rest_old.unwrap_or_default(), rest_new.unwrap_or_default());
    let mut lines: Vec<(char, &str)> =
        old.get(from..same).unwrap_or_default().iter().map(|line| (' ', *line)).collect();
    lines.extend(script(rest_old.get(..WINDOW).unwrap_or(rest_old), rest_new.get(..WINDOW).unwrap_or(rest_new)));
    let is_cut = rest_old.len() > WINDOW || rest_new.len() > WINDOW;
    let end = end(&lines, is_cut);
    let is_all = !is_cut && lines.iter().skip(end).all(|(mark, _)| *mark == ' ');
    lines.truncate(end);
    let count = |other: char| lines.iter().filter(|(mark, _)| *mark != other).count();
    let mut out = format!("@@ -{},{} +{},{} @@\n", from + 1, count('+'), from + 1, count('-'));
    for (mark, line) in &lines {
        let _ = writeln!(out, "{mark}{}", visible(line));
    }
    if !is_all {
        out.push_str("… and more below\n");
    }
    out
}

/// Where the hunk ends: some same lines after the last change that is shown.
fn end(lines: &[(char, &str)], is_cut: bool) -> usize {
    let mut last = 0;
    for (at, (mark, _)) in lines.iter().enumerate() {
        if *mark != ' ' {
            // A run of same lines between two changes ends the hunk.
            if last > 0 && at > last + 2 * AROUND {
                break;
            }
            last = at + 1;
        }
    }
    let end = last + lines.iter().skip(last).take(AROUND).take_while(|(mark, _)| *mark == ' ').count();
    // At the window's edge lines may look changed whose equals lie beyond it.
    end.min(if is_cut { SHOWN.min(lines.len()) } else { SHOWN })
}

/// The shortest way from one to the other, line by line: same, gone, come.
fn script<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(char, &'a str)> {
    // longest[i][j]: how many lines old[i..] and new[j..] have in common, in order.
    let mut longest = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    let at = |table: &[Vec<usize>], i: usize, j: usize| table.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0);
    for (i, line) in old.iter().enumerate().rev() {
        for (j, other) in new.iter().enumerate().rev() {
            let best = if line == other {
                at(&longest, i + 1, j + 1) + 1
            } else {
                at(&longest, i + 1, j).max(at(&longest, i, j + 1))
            };
            if let Some(cell) = longest.get_mut(i).and_then(|row| row.get_mut(j)) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    loop {
        match (old.get(i), new.get(j)) {
            (Some(line), Some(other)) if line == other => {
                out.push((' ', *line));
                (i, j) = (i + 1, j + 1);
            }
            (Some(line), other) if other.is_none() || at(&longest, i + 1, j) >= at(&longest, i, j + 1) => {
                out.push(('-', *line));
                i += 1;
            }
            (_, Some(other)) => {
                out.push(('+', *other));
                j += 1;
            }
            (_, None) => return out,
        }
    }
}

/// A line without what a terminal would obey, or would not show.
fn visible(line: &str) -> String {
    let (text, is_whole) = line.strip_suffix('\n').map_or((line, false), |text| (text, true));
    let mut out = String::new();
    for c in text.chars() {
        if c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    if text.ends_with(' ') {
        out.pop();
        out.push('·');
    }
    if !is_whole {
        out.push_str("\n\\ no line end at the end of the file");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, after: &str, expect: &str) {
        assert_eq!(first(before, after), expect);
    }

    #[test]
    fn one_hunk() {
        check("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nD\ne\nf\n", "@@ -2,5 +2,5 @@\n b\n c\n-d\n+D\n e\n f\n");
        check("b\na\n", "a\nb\n", "@@ -1,2 +1,2 @@\n-b\n a\n+b\n");
        check("a", "a\n", "@@ -1,1 +1,1 @@\n-a\n\\ no line end at the end of the file\n+a\n");
        check("\u{feff}a \n\u{1b}[1m\n", "a\n\u{1b}[1m\n", "@@ -1,2 +1,2 @@\n-\\u{feff}a·\n+a\n \\u{1b}[1m\n");
    }

    #[test]
    fn what_lies_further_down_is_only_said() {
        let lines = |mark: &str, count: usize| (0..count).map(|n| format!("{mark}{n}\n")).collect::<String>();
        let far = first(&format!("x\n{}y\n", lines("s", 9)), &format!("X\n{}Y\n", lines("s", 9)));
        assert_eq!(far, "@@ -1,3 +1,3 @@\n-x\n+X\n s0\n s1\n… and more below\n");
        let all = first(&lines("a", 5000), &lines("b", 5000));
        assert_eq!(all.lines().count(), 22);
        assert!(all.ends_with("… and more below\n"));
    }
}
