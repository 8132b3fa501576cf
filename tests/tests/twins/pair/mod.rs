//! A scenario, run on a sandbox and on a real Kafka at the same time, and the answers of both side by side.

pub(super) mod cluster;
mod notes;
mod raw;
mod tree;

use std::fmt::Write;
use std::thread;

use notes::Step;
pub(super) use raw::{Kafka, Raw};

/// How many steps that differ are shown.
const SHOWN_MAX: usize = 30;

/// What a scenario does: the same on both sides.
pub(super) type Scenario = fn(&mut Kafka);

/// Runs a scenario on both sides, and compares all fields of all answers.
///
/// # Panics
///
/// When an answer differs that has no excuse, when one does not differ that has, and when the scenario panics.
pub(super) fn compare(clusters: &cluster::Pair, scenario: Scenario) {
    let [sandbox, real] = [&clusters.sandbox, &clusters.real].map(|address| Kafka::at(address));
    let runs = [("sandbox", &sandbox), ("Kafka", &real)].map(|(name, kafka)| {
        let mut kafka = kafka.clone();
        let side = thread::Builder::new().name(name.to_owned());
        side.spawn(move || scenario(&mut kafka)).unwrap()
    });
    let ends = runs.map(thread::JoinHandle::join);
    let (sandbox, real) = (sandbox.steps(), real.steps());
    let report = report(&sandbox, &real);
    assert!(report.is_empty(), "{report}");
    for ((side, steps), end) in [("sandbox", &sandbox), ("Kafka", &real)].into_iter().zip(&ends) {
        let last = steps.last().map(|step| &step.title);
        assert!(
            end.is_ok(),
            "the scenario fails on the {side} side after {last:?}"
        );
    }
    assert_eq!(sandbox.len(), real.len(), "answers");
    println!("{} answers", real.len());
}

/// What differs; empty when nothing does.
fn report(sandbox: &[Step], real: &[Step]) -> String {
    let mut text = String::new();
    let pairs = sandbox.iter().zip(real).enumerate();
    let mut different = 0;
    for (number, (ours, theirs)) in pairs {
        assert_eq!(ours.title, theirs.title, "step {number}: the scenarios part");
        let is_excused = |path: &str| {
            let ends = ours.excuse.map_or(&[][..], |(ends, _)| ends);
            ends.iter().any(|end| path.ends_with(end))
        };
        let excused = ours.differs(theirs, is_excused);
        let same = !ours.differs(theirs, |path| !is_excused(path));
        if same && excused == ours.excuse.is_some() {
            continue;
        }
        different += 1;
        if different > SHOWN_MAX {
            continue;
        }
        let _ = writeln!(text, "\nstep {number}: {}", ours.title);
        if let Some((ends, why)) = ours.excuse.filter(|_| !excused) {
            let _ = writeln!(text, "    {ends:?} are the same, though {why}");
        }
        if !same {
            show(&mut text, ours, theirs);
        }
    }
    if different > 0 {
        let _ = writeln!(text, "\n{different} of {} answers", real.len());
    }
    text
}

/// The fields that are not the same on both sides.
fn show(text: &mut String, ours: &Step, theirs: &Step) {
    for (side, step, other) in [("Kafka  ", theirs, ours), ("sandbox", ours, theirs)] {
        for field in &step.fields {
            if !other.fields.contains(field) {
                let _ = writeln!(text, "    {side} {} = {}", field.0, field.1);
            }
        }
    }
}
