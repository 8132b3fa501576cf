//! Many seeds, on as many threads as there are.

use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Outcome, run};

/// What many seeds came to.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many were run.
    pub seeds: u64,
    /// How much happened in all of them.
    pub events: usize,
    /// How much time passed in all of them.
    pub virtual_time: Duration,
    /// How long they took.
    pub took: Duration,
    /// Those in which something is wrong: the seed, and the report.
    pub failures: Vec<(u64, String)>,
}

impl Tally {
    /// One line of figures.
    pub fn summary(&self) -> String {
        let seconds = self.took.as_secs_f64();
        let per_second = self.seeds as f64 / seconds;
        format!(
            "{} seeds in {seconds:.1} s ({per_second:.0} a second), {} events, {:.1} h of virtual time, {} failures",
            self.seeds,
            self.events,
            self.virtual_time.as_secs_f64() / 3600.0,
            self.failures.len()
        )
    }
}

/// Events that a report ends with.
const LAST_EVENTS: usize = 50;

/// Runs these seeds, until `until` says that it is enough. After `failures_max` failures no more are begun.
pub fn run_all(
    seeds: impl Iterator<Item = u64> + Send,
    failures_max: usize,
    until: impl Fn() -> bool + Sync,
) -> Tally {
    let began = Instant::now();
    let (seeds, tally, failed) = (Mutex::new(seeds), Mutex::new(Tally::default()), AtomicU64::new(0));
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while failed.load(Ordering::Relaxed) < failures_max as u64 && !until() {
                    let seed = seeds.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some(seed) = seed else { return };
                    let outcome = catch_unwind(AssertUnwindSafe(|| run(seed)));
                    let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
                    tally.seeds += 1;
                    let failure = match outcome {
                        Ok(outcome) => {
                            tally.events += outcome.events;
                            tally.virtual_time += outcome.time;
                            report(&outcome)
                        }
                        Err(panic) => Some(format!("seed {seed}: panicked: {}", text(&*panic))),
                    };
                    if let Some(report) = failure {
                        failed.fetch_add(1, Ordering::Relaxed);
                        tally.failures.push((seed, report));
                    }
                }
            });
        }
    });
    let mut tally = tally.into_inner().unwrap_or_else(PoisonError::into_inner);
    tally.took = began.elapsed();
    tally.failures.sort();
    tally
}

/// What is to be said of a seed in which something is wrong.
fn report(outcome: &Outcome) -> Option<String> {
    let violation = outcome.violation.as_ref()?;
    let story = outcome.story(Some(LAST_EVENTS));
    let seed = outcome.seed;
    Some(format!(
        "seed {seed}: {violation}\nthe last of {} events:\n{story}",
        outcome.events
    ))
}

fn text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "without a word".to_owned())
}
