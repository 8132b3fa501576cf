//! How fast something happens, measured and bounded as Kafka's brokers do it.

use std::collections::VecDeque;
use std::time::Duration;

/// How long rates are measured over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Windows {
    /// How many windows there are, the one in progress included.
    pub(crate) count: u32,
    /// How long each is.
    pub(crate) length: Duration,
}

impl Default for Windows {
    /// Those of Kafka: eleven of a second.
    fn default() -> Self {
        Self {
            count: 11,
            length: Duration::from_secs(1),
        }
    }
}

/// A rate over the last windows.
#[derive(Debug, Default)]
pub(super) struct Meter {
    samples: VecDeque<Sample>,
}

#[derive(Debug)]
struct Sample {
    start: Duration,
    value: f64,
}

impl Meter {
    /// Notes that so much happened; a negative value takes something back.
    pub(super) fn record(&mut self, now: Duration, value: f64, windows: Windows) {
        self.forget(now, windows);
        match self.samples.back_mut() {
            Some(sample) if now.saturating_sub(sample.start) < windows.length => sample.value += value,
            _ => self.samples.push_back(Sample { start: now, value }),
        }
    }

    /// How long somebody must be quiet for the rate (in units a second) to come down to `bound`.
    pub(super) fn excess(&mut self, now: Duration, bound: f64, windows: Windows) -> Duration {
        self.forget(now, windows);
        let span = self.span(now, windows);
        let total: f64 = self.samples.iter().map(|sample| sample.value).sum();
        let rate = total / span.as_secs_f64();
        if rate <= bound {
            return Duration::ZERO;
        }
        quiet((rate - bound) / bound * span.as_secs_f64())
    }

    /// Whether nothing is remembered any more.
    pub(super) fn is_idle(&mut self, now: Duration, windows: Windows) -> bool {
        self.forget(now, windows);
        self.samples.is_empty()
    }

    /// What the rate is measured over: all windows, but for what is missing of the one in progress.
    fn span(&self, now: Duration, windows: Windows) -> Duration {
        let oldest = self.samples.front().map_or(now, |sample| sample.start);
        let elapsed = now.saturating_sub(oldest);
        let full = elapsed.as_nanos() / windows.length.as_nanos().max(1);
        let full = u32::try_from(full).unwrap_or(u32::MAX);
        let missing = (windows.count.max(1) - 1).saturating_sub(full);
        (elapsed + windows.length * missing).max(windows.length)
    }

    fn forget(&mut self, now: Duration, windows: Windows) {
        let kept = windows.length * windows.count;
        while let Some(sample) = self.samples.front()
            && now.saturating_sub(sample.start) >= kept
        {
            self.samples.pop_front();
        }
    }
}

/// What may happen at once and comes back with time (KIP-599).
#[derive(Debug)]
pub(super) struct Bucket {
    tokens: f64,
    updated: Option<Duration>,
    /// When all of it is back.
    full_at: Duration,
}

impl Bucket {
    pub(super) fn new() -> Self {
        Self {
            tokens: 0.0,
            updated: None,
            full_at: Duration::ZERO,
        }
    }

    /// What is there, `bound` coming back a second.
    fn refill(&mut self, now: Duration, bound: f64, windows: Windows) {
        let most = bound * windows.length.as_secs_f64() * f64::from(windows.count);
        self.tokens = match self.updated {
            None => most,
            Some(updated) => {
                let elapsed = now.saturating_sub(updated).as_secs_f64();
                most.min(self.tokens + elapsed * bound)
            }
        };
        self.updated = Some(now);
    }

    /// Takes tokens, even more than there are.
    pub(super) fn take(&mut self, now: Duration, tokens: f64, bound: f64, windows: Windows) {
        self.refill(now, bound, windows);
        self.tokens -= tokens;
        let missing = bound * windows.length.as_secs_f64() * f64::from(windows.count) - self.tokens;
        self.full_at = now.saturating_add(quiet(missing / bound));
    }

    /// Whether it is as if nothing had been taken.
    pub(super) fn is_full(&self, now: Duration) -> bool {
        self.full_at <= now
    }

    /// How long until the debt is paid.
    pub(super) fn debt(&mut self, now: Duration, bound: f64, windows: Windows) -> Duration {
        self.refill(now, bound, windows);
        quiet(-self.tokens / bound)
    }
}

/// So many seconds in whole milliseconds, as answers say it.
fn quiet(seconds: f64) -> Duration {
    let millis = (seconds * 1000.0).round().clamp(0.0, f64::from(i32::MAX));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Duration::from_millis(millis as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOWS: Windows = Windows {
        count: 11,
        length: Duration::from_secs(1),
    };

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn a_first_burst_is_measured_over_ten_windows() {
        let mut meter = Meter::default();
        meter.record(at(0), 1500.0, WINDOWS);
        // 150 a second over 10 s: half as much again as allowed.
        assert_eq!(meter.excess(at(0), 100.0, WINDOWS), at(5000));
        assert_eq!(meter.excess(at(0), 150.0, WINDOWS), at(0));
        // Half of the window in progress is over.
        assert_eq!(meter.excess(at(500), 100.0, WINDOWS), at(4500));
    }

    #[test]
    fn what_happened_is_forgotten_after_all_windows() {
        let mut meter = Meter::default();
        meter.record(at(0), 2000.0, WINDOWS);
        assert_eq!(meter.excess(at(10_500), 100.0, WINDOWS), at(9500));
        assert!(!meter.is_idle(at(10_999), WINDOWS));
        assert!(meter.is_idle(at(11_000), WINDOWS));
        assert_eq!(meter.excess(at(11_000), 100.0, WINDOWS), at(0));
    }

    #[test]
    fn who_waits_as_told_is_soon_within_the_bound() {
        let mut meter = Meter::default();
        for second in 0..8 {
            meter.record(at(second * 1000), 180.0, WINDOWS);
        }
        // 144 a second over 10 s; then 121 over 10.4 s, the first window being forgotten.
        let mut now = at(7000);
        for expected in [4400, 2200, 0] {
            let quiet = meter.excess(now, 100.0, WINDOWS);
            assert_eq!(quiet, at(expected));
            now += quiet;
        }
    }

    #[test]
    fn what_is_taken_back_does_not_count() {
        let mut meter = Meter::default();
        meter.record(at(0), 5000.0, WINDOWS);
        meter.record(at(0), -5000.0, WINDOWS);
        assert_eq!(meter.excess(at(0), 1.0, WINDOWS), at(0));
    }

    #[test]
    fn a_bucket_allows_a_burst_and_then_its_rate() {
        let mut bucket = Bucket::new();
        assert_eq!(bucket.debt(at(0), 2.0, WINDOWS), at(0));
        bucket.take(at(0), 22.0, 2.0, WINDOWS);
        assert_eq!(bucket.debt(at(0), 2.0, WINDOWS), at(0));
        bucket.take(at(0), 3.0, 2.0, WINDOWS);
        assert_eq!(bucket.debt(at(0), 2.0, WINDOWS), at(1500));
        assert_eq!(bucket.debt(at(1500), 2.0, WINDOWS), at(0));
        assert_eq!(bucket.debt(at(60_000), 2.0, WINDOWS), at(0));
        bucket.take(at(60_000), 22.0, 2.0, WINDOWS);
        assert_eq!(
            bucket.debt(at(60_000), 2.0, WINDOWS),
            at(0),
            "never more than the burst"
        );
        bucket.take(at(60_000), 1.0, 2.0, WINDOWS);
        assert_eq!(bucket.debt(at(60_000), 2.0, WINDOWS), at(500));
    }
}
