use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::time::Moment;

/// A clock that can be read for every record: it costs a load, not a call to the system, and is a few milliseconds
/// late at most.
///
/// While it is read, the engine's thread keeps it going; when nobody has read it for a while it stops, and the next
/// reading asks the system.
#[derive(Clone, Debug)]
pub struct CoarseClock(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    start: Instant,
    /// Time since the start, in nanoseconds.
    elapsed: AtomicU64,
    /// Milliseconds since 1970.
    wall: AtomicI64,
    /// Whether the engine's thread keeps it going.
    ticking: AtomicBool,
    /// Whether it was read since the last tick.
    read: AtomicBool,
}

/// How far apart the ticks are.
pub(super) const TICK: Duration = Duration::from_millis(2);

impl CoarseClock {
    pub(super) fn start() -> Self {
        Self(Arc::new(Shared {
            start: Instant::now(),
            elapsed: AtomicU64::new(0),
            wall: AtomicI64::new(wall_millis()),
            ticking: AtomicBool::new(false),
            read: AtomicBool::new(false),
        }))
    }

    /// A clock that somebody else keeps going: it never asks the system.
    #[cfg(feature = "simulation")]
    pub(super) fn manual(unix_ms: i64) -> Self {
        let clock = Self::start();
        clock.0.ticking.store(true, Ordering::Relaxed);
        clock.set_to(Moment::START, unix_ms);
        clock
    }

    /// Sets the clock, and the time of day with it.
    #[cfg(feature = "simulation")]
    pub(super) fn set_to(&self, now: Moment, unix_ms: i64) {
        self.tick(now);
        self.0.wall.store(unix_ms, Ordering::Relaxed);
    }

    /// The time since the start of the client.
    #[inline]
    pub fn now(&self) -> Moment {
        self.touch();
        Moment::after_start(Duration::from_nanos(self.0.elapsed.load(Ordering::Relaxed)))
    }

    /// Milliseconds since 1970, for the timestamps of records.
    #[inline]
    pub fn wall_millis(&self) -> i64 {
        self.touch();
        self.0.wall.load(Ordering::Relaxed)
    }

    #[inline]
    fn touch(&self) {
        if !self.0.ticking.load(Ordering::Relaxed) {
            self.set();
        }
        // Written only when it changes, so that readers on several cores do not take the line from each other.
        if !self.0.read.load(Ordering::Relaxed) {
            self.0.read.store(true, Ordering::Relaxed);
        }
    }

    #[cold]
    fn set(&self) {
        self.tick(self.exact());
    }

    /// The time since the start, from the system.
    pub(super) fn exact(&self) -> Moment {
        Moment::after_start(self.0.start.elapsed())
    }

    /// The instant of a moment.
    pub(super) fn instant(&self, moment: Moment) -> Instant {
        self.0.start + moment.since_start()
    }

    /// Sets the clock.
    pub(super) fn tick(&self, now: Moment) {
        let nanos = u64::try_from(now.since_start().as_nanos()).unwrap_or(u64::MAX);
        self.0.elapsed.store(nanos, Ordering::Relaxed);
        self.0.wall.store(wall_millis(), Ordering::Relaxed);
    }

    /// Whether the clock was read since it was last asked. The caller keeps it going while it is.
    pub(super) fn keep_ticking(&self) -> bool {
        let read = self.0.read.swap(false, Ordering::Relaxed);
        self.0.ticking.store(read, Ordering::Relaxed);
        read
    }
}

fn wall_millis() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
