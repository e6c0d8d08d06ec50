//! A sequence of edits as a value, so that parts of it can be left out.

use super::edits::{self, GENTLE, HARSH};
use super::random::Random;
use super::site::{Held, State};
use annals::pipeline::Options;
use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::sync::Arc;

/// What is saved at once, and how the preview goes about it.
#[derive(Clone, Debug)]
pub struct Step {
    /// The names of the edits.
    pub what: Vec<&'static str>,
    /// Files with what they hold now; nothing = the file is gone. Whole files, so that a step means the same when others
    /// are left out.
    pub changes: Vec<(String, Option<Held>)>,
    pub options: Options,
    /// Whether all files are read again, so that the same bytes lie elsewhere.
    pub reread: bool,
    pub last: Last,
    pub asked: Asked,
}

/// From which edition the new one may take over.
#[derive(Clone, Copy, Debug)]
pub enum Last {
    /// The newest of those without errors, as the server does.
    Fit,
    /// The newest.
    Newest,
    /// One so many steps before the newest.
    Before(usize),
}

/// What is asked of an edition before the next one is made.
#[derive(Clone, Copy, Debug)]
pub enum Asked {
    /// Everything.
    All,
    /// Some files, in any order. The rest when the next edition has been made, or never.
    Some(u64),
    /// Everything, stopped after so many questions.
    Half(usize),
    /// Everything, and at the same time single files by others.
    Together(u64),
}

impl State {
    /// Does one step.
    pub fn take(&mut self, step: &Step) {
        for (path, held) in &step.changes {
            match held {
                Some(held) => _ = self.files.insert(path.clone(), held.clone()),
                None => _ = self.files.remove(path),
            }
        }
        if step.reread {
            for held in self.files.values_mut() {
                held.bytes = held.bytes.to_vec().into();
            }
        }
        self.options = step.options.clone();
    }
}

/// The sequence of a seed.
pub fn of(seed: u64) -> Vec<Step> {
    let mut random = Random::new(seed);
    let mut states = vec![State::start()];
    // The last state into which nothing harsh was done.
    let mut sound = 0;
    let mut steps = Vec::new();
    for _ in 0..6 + random.below(7) {
        let newest = states.len() - 1;
        let mut state = states[newest].clone();
        let mut what = Vec::new();
        if sound < newest && random.percent(50) {
            state.files = states[sound].files.clone();
            what.push("repaired");
        } else if random.percent(10) {
            state = states[random.below(states.len())].clone();
            what.push("back to an earlier state");
        } else {
            let times = match random.below(100) {
                0..70 => 1,
                70..95 => 2 + random.below(3),
                _ => 8 + random.below(5),
            };
            for _ in 0..times {
                let table = if random.percent(75) { GENTLE } else { HARSH };
                let (name, edit) = edits::draw(&mut random, table);
                edit(&mut random, &mut state);
                what.push(name);
            }
        }
        let is_harsh = what.iter().any(|name| HARSH.iter().any(|(harsh, ..)| harsh == name));
        if what == ["repaired"] || (sound == newest && !is_harsh) {
            sound = states.len();
        }
        steps.push(Step {
            what,
            changes: changes(&states[newest].files, &state.files),
            options: state.options.clone(),
            reread: random.percent(30),
            last: match random.below(10) {
                0..6 => Last::Fit,
                6..8 => Last::Newest,
                _ => Last::Before(1 + random.below(3)),
            },
            asked: match random.below(10) {
                0..5 => Asked::All,
                5..7 => Asked::Some(seed ^ random.below(1 << 20) as u64),
                7..9 => Asked::Half(random.below(60)),
                _ => Asked::Together(seed ^ random.below(1 << 20) as u64),
            },
        });
        states.push(state);
    }
    steps
}

/// What differs, and what was saved without a change.
fn changes(old: &BTreeMap<String, Held>, new: &BTreeMap<String, Held>) -> Vec<(String, Option<Held>)> {
    let gone = old.keys().filter(|path| !new.contains_key(*path)).map(|path| (path.clone(), None));
    let is_same = |path: &str, held: &Held| {
        old.get(path).is_some_and(|old| Arc::ptr_eq(&old.bytes, &held.bytes) && old.trouble == held.trouble)
    };
    let there = new.iter().filter(|(path, held)| !is_same(path, held));
    gone.chain(there.map(|(path, held)| (path.clone(), Some(held.clone())))).collect()
}

/// The shortest sequence to be found that still fails: steps are left out, then single changes, then what is special about
/// how they are done. `fails` gives the number of the step at which a sequence fails.
pub fn shortened(mut steps: Vec<Step>, fails: impl Fn(&[Step]) -> Option<usize>) -> Vec<Step> {
    let mut tries = 300;
    let mut attempt = |steps: &mut Vec<Step>, mut candidate: Vec<Step>| {
        if tries == 0 {
            return false;
        }
        tries -= 1;
        let Some(at) = fails(&candidate) else { return false };
        candidate.truncate(at + 1);
        *steps = candidate;
        true
    };
    let whole = steps.clone();
    attempt(&mut steps, whole);
    let mut size = steps.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at + size <= steps.len() {
            let candidate = [&steps[..at], &steps[at + size..]].concat();
            if !attempt(&mut steps, candidate) {
                at += size;
            }
        }
        size /= 2;
    }
    for at in (0..steps.len()).rev() {
        let mut change = 0;
        while at < steps.len() && change < steps[at].changes.len() {
            let mut candidate = steps.clone();
            candidate[at].changes.remove(change);
            if !attempt(&mut steps, candidate) {
                change += 1;
            }
        }
        let simpler: [fn(&mut Step); 4] = [
            |step| step.asked = Asked::All,
            |step| step.last = Last::Newest,
            |step| step.reread = false,
            |step| step.options = State::start().options,
        ];
        for simplify in simpler {
            if at < steps.len() {
                let mut candidate = steps.clone();
                simplify(&mut candidate[at]);
                attempt(&mut steps, candidate);
            }
        }
    }
    steps
}

impl Display for Step {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Options { drafts, preview, base_url, now, only_check, .. } = &self.options;
        write!(f, "{}; from {:?}, asked {:?}", self.what.join(", "), self.last, self.asked)?;
        writeln!(
            f,
            "; drafts {drafts}, preview {preview}, {base_url:?}, now {now:?}, only_check {only_check}, reread {}",
            self.reread
        )?;
        for (path, held) in &self.changes {
            match held {
                None => writeln!(f, "    {path} is gone")?,
                Some(Held { trouble: Some(trouble), .. }) => writeln!(f, "    {path}: {trouble:?}")?,
                Some(held) => {
                    let text: String = String::from_utf8_lossy(&held.bytes).chars().take(1500).collect();
                    writeln!(f, "    {path}:\n      | {}", text.replace('\n', "\n      | "))?;
                }
            }
        }
        Ok(())
    }
}
