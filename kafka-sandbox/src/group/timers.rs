//! What is due when, by what it is about.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Timers with names. Each name has at most one.
#[derive(Debug)]
pub(super) struct Timers<K> {
    by_key: BTreeMap<K, Duration>,
    by_time: BTreeSet<(Duration, K)>,
}

impl<K> Default for Timers<K> {
    fn default() -> Self {
        Self {
            by_key: BTreeMap::new(),
            by_time: BTreeSet::new(),
        }
    }
}

impl<K: Clone + Ord> Timers<K> {
    /// Sets a timer, in place of the one of that name.
    pub(super) fn set(&mut self, key: K, at: Duration) {
        if let Some(old) = self.by_key.insert(key.clone(), at) {
            self.by_time.remove(&(old, key.clone()));
        }
        self.by_time.insert((at, key));
    }

    /// Sets a timer to a time, or to none.
    pub(super) fn set_or_cancel(&mut self, key: K, at: Option<Duration>) {
        match at {
            Some(at) => self.set(key, at),
            None => self.cancel(&key),
        }
    }

    pub(super) fn cancel(&mut self, key: &K) {
        if let Some(old) = self.by_key.remove(key) {
            self.by_time.remove(&(old, key.clone()));
        }
    }

    /// Sets a timer, unless there is one of that name.
    pub(super) fn set_if_absent(&mut self, key: K, at: Duration) {
        if !self.by_key.contains_key(&key) {
            self.set(key, at);
        }
    }

    /// Takes a timer that is due.
    pub(super) fn pop_due(&mut self, now: Duration) -> Option<K> {
        let (at, _) = self.by_time.first()?;
        if *at > now {
            return None;
        }
        let (_, key) = self.by_time.pop_first()?;
        self.by_key.remove(&key);
        Some(key)
    }

    /// When the first one is due.
    pub(super) fn next(&self) -> Option<Duration> {
        self.by_time.first().map(|(at, _)| *at)
    }
}
