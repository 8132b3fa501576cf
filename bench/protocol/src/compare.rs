//! Two ways to do the same, timed in turns.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Times `ours` and `theirs` in turns, prints the medians and returns how many times as fast ours is: the median
/// of the ratios of neighbouring rounds, which what else the machine does disturbs least.
pub fn compare<A, B>(name: &str, ours: impl FnMut() -> A, theirs: impl FnMut() -> B) -> f64 {
    let (mut ours, mut theirs) = (timed(ours), timed(theirs));
    let per_round = repetitions(&mut ours).max(repetitions(&mut theirs));
    let (mut a, mut b) = (Vec::new(), Vec::new());
    // The first rounds settle the allocator and are not counted.
    for round in 0..WARM_UP + ROUNDS {
        let (mine, other) = (ours(per_round), theirs(per_round));
        if round >= WARM_UP {
            a.push(mine);
            b.push(other);
        }
    }
    let mut ratios: Vec<f64> = a
        .iter()
        .zip(&b)
        .map(|(a, b)| b.as_secs_f64() / a.as_secs_f64())
        .collect();
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios[ratios.len() / 2];
    let (a, b) = (median(a) / per_round, median(b) / per_round);
    println!("{name:<48} ours {a:>12.2?}   theirs {b:>12.2?}   {ratio:>5.2} x");
    ratio
}

/// Times `work` by itself and returns the median.
pub fn alone<T>(work: impl FnMut() -> T) -> Duration {
    let mut work = timed(work);
    let per_round = repetitions(&mut work);
    median((0..ROUNDS).map(|_| work(per_round)).collect()) / per_round
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

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

const WARM_UP: usize = 10;
const ROUNDS: usize = 51;
const ROUND: Duration = Duration::from_millis(20);
