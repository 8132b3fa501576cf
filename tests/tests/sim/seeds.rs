//! Seeds: fixed ones, some that nobody has tried before, and that a seed tells its story twice alike.

use std::time::{Duration, Instant, SystemTime};

use tests::sim::{Tally, run, run_all};

/// Fixed seeds.
const FIXED: u64 = 200;
/// How long seeds that nobody has tried are run.
const RANDOM_FOR: Duration = Duration::from_secs(10);
/// Failures after which no more seeds are begun.
const FAILURES_MAX: usize = 3;

#[test]
fn nothing_is_lost_or_doubled_and_all_comes_right() {
    expect_none(&run_all(0..FIXED, FAILURES_MAX, || false));
    let began = Instant::now();
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let first = since.expect("a clock that is set").as_secs() << 20;
    let random = run_all(first.., FAILURES_MAX, || began.elapsed() >= RANDOM_FOR);
    tracing::info!("from seed {first} on: {}", random.summary());
    expect_none(&random);
}

#[test]
fn a_seed_tells_the_same_story_again() {
    for seed in [3, 1_000_003] {
        let (first, second) = (run(seed).story(None), run(seed).story(None));
        let differing = first
            .lines()
            .zip(second.lines())
            .find(|(one, other)| one != other);
        assert_eq!(differing, None, "seed {seed}");
        assert_eq!(first.len(), second.len(), "seed {seed}");
    }
}

fn expect_none(tally: &Tally) {
    let reports: Vec<&str> = tally.failures.iter().map(|(_, report)| report.as_str()).collect();
    assert!(
        reports.is_empty(),
        "{}\n{}\nreplay one with `cargo xtask sim --seed SEED`",
        reports.join("\n"),
        tally.summary()
    );
}
