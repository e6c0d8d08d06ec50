//! The oracle of the preview: an edition that takes over from an earlier one is the edition made from nothing.
//!
//! Random sequences of edits, the same ones on any machine. `ANNALS_SEQUENCES=1000` runs so many instead of the few of
//! every day; `ANNALS_SEED=7` runs that of one seed, the one that a failure names.

mod edits;
mod named;
mod oracle;
mod random;
mod sequence;
mod site;
mod told;

use oracle::Tally;
use sequence::Step;
use site::State;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// As many as every run of the tests has time for.
const SEQUENCES: u64 = 40;

/// After so long without an answer a sequence hangs.
const PATIENCE: Duration = Duration::from_secs(120);

fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name}: {text} is no number")))
}

#[test]
#[expect(clippy::print_stderr, reason = "who asks for a thousand wants to know what they were")]
fn an_edition_after_edits_is_the_edition_from_nothing() {
    let seeds = match (asked("ANNALS_SEED"), asked("ANNALS_SEQUENCES")) {
        (Some(seed), _) => seed..seed + 1,
        (None, number) => 1..1 + number.unwrap_or(SEQUENCES),
    };
    let number = seeds.end - seeds.start;
    let next = Arc::new(AtomicU64::new(seeds.start));
    let (sender, results) = mpsc::channel();
    // Threads that may be left alone: one that hangs must not keep the test from saying which.
    for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
        let (sender, next, end) = (sender.clone(), next.clone(), seeds.end);
        std::thread::spawn(move || {
            loop {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed >= end || sender.send((seed, None)).is_err() {
                    return;
                }
                let done = oracle::run(&sequence::of(seed), false);
                _ = sender.send((seed, Some(done)));
            }
        });
    }
    drop(sender);
    let (mut running, mut failed) = (BTreeSet::new(), BTreeSet::new());
    let mut total = Tally::default();
    let mut left = number;
    while left > 0 && failed.is_empty() {
        let (seed, done) = results
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|_| panic!("no answer for {PATIENCE:?}; sequences under way: {running:?}"));
        match done {
            None => _ = running.insert(seed),
            Some(done) => {
                running.remove(&seed);
                left -= 1;
                match done {
                    Ok(tally) => {
                        total.fit += tally.fit;
                        total.steps += tally.steps;
                        total.codes.extend(tally.codes);
                    }
                    Err((at, text)) => _ = failed.insert((seed, at, text)),
                }
            }
        }
    }
    if let Some((seed, at, text)) = failed.pop_first() {
        panic!("{}", report(seed, at, &text));
    }
    // Sequences in which nothing is ever broken, or everything always, or always alike, would hold nothing.
    let (share, codes) = (total.fit * 100 / total.steps.max(1), total.codes.len());
    eprintln!("{number} sequences, {} steps, {share} % of them fit, {codes} codes of problems", total.steps);
    assert!(number < 20 || ((25..90).contains(&share) && codes > 25), "{share} % of the steps are fit, {codes} codes");
}

/// A failure in the fewest steps that still show it.
fn report(seed: u64, at: usize, text: &str) -> String {
    let steps = sequence::of(seed);
    let fails = |steps: &[Step]| oracle::run(steps, true).err().map(|(at, _)| at);
    let short = sequence::shortened(steps[..=at].to_vec(), fails);
    let last = oracle::run(&short, true).err().map_or("(not any more)".to_owned(), |(_, text)| text);
    let listed: String = short.iter().enumerate().map(|(number, step)| format!("  {number}. {step}")).collect();
    format!(
        "ANNALS_SEED={seed} fails at step {at}:\n{text}\n\nThe shortest that still fails, {} of {} steps:\n{listed}\n{last}",
        short.len(),
        steps.len()
    )
}

#[test]
fn the_oracle_sees_a_difference() {
    let answers = |site: &State| oracle::scratch(site, &BTreeSet::new(), true).unwrap();
    let start = State::start();
    let expected = answers(&start);
    assert_eq!(expected.difference(&answers(&start)), None);
    type Plant = fn(&mut State);
    let planted: [(&str, Plant); 7] = [
        ("incidents/lamp-rule.html:", |site| {
            site.replace("content/incidents/lamp-rule.md", "Nothing was written", "Nothing is written");
        }),
        ("paths (", |site| site.put("static/more.txt", *b"More.")),
        ("map.png", |site| site.put("static/map.png", *b"other bytes")),
        ("problems (", |site| site.put("content/stray.txt", *b"")),
        // Nothing but a place in a file moves.
        ("problems (", |site| site.replace("content/incidents/smoke-seen.md", "title:", "# A note.\ntitle:")),
        ("of files (", |site| site.replace("content/entities/night-crew.yaml", "kind: group", "kind:  group")),
        ("404.html", |site| site.options.preview = true),
    ];
    for (word, plant) in planted {
        let mut other = start.clone();
        plant(&mut other);
        let found = expected.difference(&answers(&other)).unwrap_or_else(|| panic!("{word}: not seen"));
        assert!(found.starts_with(word), "{word}: {found}");
    }
}

#[test]
fn a_failure_is_told_in_few_steps() {
    // As if it had to do with two files, one after the other.
    let touches = |step: &Step, name: &str| step.changes.iter().any(|(path, _)| path.contains(name));
    let fails = |steps: &[Step]| {
        let first = steps.iter().position(|step| touches(step, "incidents/"))?;
        let then = steps[first + 1..].iter().position(|step| touches(step, "templates/"))?;
        Some(first + 1 + then)
    };
    let seed = (1..).find(|seed| fails(&sequence::of(*seed)).is_some_and(|at| at > 3)).unwrap();
    let short = sequence::shortened(sequence::of(seed), fails);
    assert_eq!(short.iter().map(|step| step.changes.len()).collect::<Vec<_>>(), [1, 1]);
}
