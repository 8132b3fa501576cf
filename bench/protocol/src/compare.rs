//! Two ways to do the same, timed in turns.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Times `ours` and `theirs` in many short turns, prints the time a tenth of the rounds stay below and returns
/// how many times as fast ours is by it. What else the machine does can only add to a round, so the fast rounds
/// are the ones it left alone.
pub fn compare<A, B>(name: &str, ours: impl FnMut() -> A, theirs: impl FnMut() -> B) -> f64 {
    let (mut ours, mut theirs) = (timed(ours), timed(theirs));
    let per_round = repetitions(&mut ours).min(repetitions(&mut theirs));
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        a.push(ours(per_round));
        b.push(theirs(per_round));
    }
    let (a, b) = (tenth(a) / per_round, tenth(b) / per_round);
    let ratio = b.as_secs_f64() / a.as_secs_f64();
    println!("{name:<48} ours {a:>12.2?}   theirs {b:>12.2?}   {ratio:>5.2} x");
    ratio
}

/// Times `work` by itself and returns the time a tenth of the rounds stay below.
pub fn alone<T>(work: impl FnMut() -> T) -> Duration {
    let mut work = timed(work);
    let per_round = repetitions(&mut work);
    tenth((0..ROUNDS).map(|_| work(per_round)).collect()) / per_round
}

fn timed<T>(mut work: impl FnMut() -> T) -> impl FnMut(u32) -> Duration {
    move |times| {
        let start = Instant::now();
        for _ in 0..times {
            black_box(work());
        }
        start.elapsed()
    }
}

/// How often the work fits in a round, roughly.
fn repetitions(work: &mut impl FnMut(u32) -> Duration) -> u32 {
    let once = work(3) / 3;
    let fits = ROUND.as_nanos() / once.as_nanos().max(1);
    u32::try_from(fits.clamp(1, 10_000_000)).unwrap_or(1)
}

fn tenth(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 10]
}

const ROUNDS: usize = 600;
const ROUND: Duration = Duration::from_millis(1);
