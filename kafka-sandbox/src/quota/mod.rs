//! Quotas of clients: what is set, what was used, and how long who used too much is to be quiet (KIP-13, KIP-55, KIP-124,
//! KIP-599).
//!
//! | file | what it holds |
//! |---|---|
//! | `entity` | whom a quota is for |
//! | `meter` | rates over windows, and buckets of tokens |

mod entity;
mod meter;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use rustc_hash::FxHashMap;

use crate::answers::Account;
pub(crate) use entity::{CLIENT_ID, Entity, EntityFilter, IP, Match, USER};
pub(crate) use meter::Windows;
use meter::{Bucket, Meter};

/// The quotas of the cluster, and what each broker measured of them.
#[derive(Debug, Default)]
pub(crate) struct Quotas {
    set: BTreeMap<Entity, BTreeMap<String, f64>>,
    meters: FxHashMap<Measured, Meter>,
    buckets: FxHashMap<Measured, Bucket>,
    windows: Windows,
    mutation_windows: Windows,
}

/// What is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// Bytes of Produce requests, a second.
    Produced,
    /// Bytes of Fetch answers, a second.
    Fetched,
    /// The time that a broker's threads spend, in percent of one thread.
    Time,
    /// Partitions created and deleted, a second.
    Mutations,
    /// Connections from an address, a second.
    Connections,
}

impl Kind {
    const fn key(self) -> &'static str {
        match self {
            Self::Produced => "producer_byte_rate",
            Self::Fetched => "consumer_byte_rate",
            Self::Time => "request_percentage",
            Self::Mutations => "controller_mutation_rate",
            Self::Connections => "connection_creation_rate",
        }
    }
}

/// What a meter is for: a quota for a user is shared by the user's clients.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Measured {
    broker: i32,
    kind: Kind,
    user: Arc<str>,
    client_id: Arc<str>,
}

/// The parts of an entity: their kinds, and their names or none for the default.
type Parts<'a> = &'a [(&'a str, Option<&'a str>)];

/// Meters are looked through for idle ones when there are so many.
const METERS_MAX: usize = 10_000;

impl Quotas {
    pub(crate) fn new(windows: Windows, mutation_windows: Windows) -> Self {
        Self {
            windows,
            mutation_windows,
            ..Self::default()
        }
    }

    /// Sets a quota, or takes it away.
    pub(crate) fn set(&mut self, entity: Entity, key: String, value: Option<f64>) {
        let values = self.set.entry(entity.clone()).or_default();
        match value {
            Some(value) => values.insert(key, value),
            None => values.remove(&key),
        };
        if values.is_empty() {
            self.set.remove(&entity);
        }
    }

    /// Whether anything is bounded at all.
    pub(crate) fn is_any_set(&self) -> bool {
        !self.set.is_empty()
    }

    /// The quotas that are set for entities that a filter matches.
    pub(crate) fn matching<'a>(
        &'a self,
        filter: &'a EntityFilter,
    ) -> impl Iterator<Item = (&'a Entity, &'a BTreeMap<String, f64>)> {
        self.set.iter().filter(|(entity, _)| filter.matches(entity))
    }

    /// Notes that a client used something. Returns how long it is to be quiet for it.
    pub(crate) fn record(&mut self, now: Duration, who: &Account, kind: Kind, value: f64) -> Duration {
        let Some((bound, measured)) = self.bound(who, kind) else {
            return Duration::ZERO;
        };
        self.make_room(now);
        let meter = self.meters.entry(measured).or_default();
        meter.record(now, value, self.windows);
        let quiet = meter.excess(now, bound, self.windows);
        match kind {
            // One window at most: what was measured is over by then.
            Kind::Time => quiet.min(self.windows.length),
            _ => quiet,
        }
    }

    /// Takes back what was noted, since it was not used after all.
    pub(crate) fn take_back(&mut self, now: Duration, who: &Account, kind: Kind, value: f64) {
        if let Some((_, measured)) = self.bound(who, kind)
            && let Some(meter) = self.meters.get_mut(&measured)
        {
            meter.record(now, -value, self.windows);
        }
    }

    /// How long a client that changed partitions must wait before it may do so again; zero when it may.
    pub(crate) fn mutation_debt(&mut self, now: Duration, who: &Account) -> Duration {
        let windows = self.mutation_windows;
        let Some((bound, measured)) = self.bound(who, Kind::Mutations) else {
            return Duration::ZERO;
        };
        // Who has changed nothing owes nothing.
        let bucket = self.buckets.get_mut(&measured);
        bucket.map_or(Duration::ZERO, |bucket| bucket.debt(now, bound, windows))
    }

    /// Notes that a client changes so many partitions.
    pub(crate) fn mutate(&mut self, now: Duration, who: &Account, partitions: f64) {
        let windows = self.mutation_windows;
        if let Some((bound, measured)) = self.bound(who, Kind::Mutations) {
            self.make_room(now);
            let bucket = self.buckets.entry(measured).or_insert_with(Bucket::new);
            bucket.take(now, partitions, bound, windows);
        }
    }

    /// Notes a connection from an address. Returns how long its first request is left unread.
    pub(crate) fn connect(&mut self, now: Duration, broker: i32, host: &Arc<str>) -> Duration {
        if self.set.is_empty() {
            return Duration::ZERO;
        }
        let key = Kind::Connections.key();
        let of = |name: Option<&str>| self.value(&[(IP, name)], key);
        let Some(bound) = of(Some(host)).or_else(|| of(None)) else {
            return Duration::ZERO;
        };
        let measured = Measured {
            broker,
            kind: Kind::Connections,
            user: host.clone(),
            client_id: Arc::from(""),
        };
        self.make_room(now);
        let meter = self.meters.entry(measured).or_default();
        meter.record(now, 1.0, self.windows);
        meter.excess(now, bound, self.windows).min(self.windows.length)
    }

    /// The bound that holds for a client, and the meter it is measured by.
    fn bound(&self, who: &Account, kind: Kind) -> Option<(f64, Measured)> {
        if self.set.is_empty() {
            return None;
        }
        let (user, client, key) = (Some(&*who.user), Some(&*who.client_id), kind.key());
        let measured = |by_user: bool, by_client: bool| Measured {
            broker: who.broker,
            kind,
            user: if by_user { who.user.clone() } else { Arc::from("") },
            client_id: if by_client {
                who.client_id.clone()
            } else {
                Arc::from("")
            },
        };
        // The closer the more it counts.
        let candidates: [(Parts<'_>, bool, bool); 8] = [
            (&[(USER, user), (CLIENT_ID, client)], true, true),
            (&[(USER, user), (CLIENT_ID, None)], true, true),
            (&[(USER, user)], true, false),
            (&[(USER, None), (CLIENT_ID, client)], true, true),
            (&[(USER, None), (CLIENT_ID, None)], true, true),
            (&[(USER, None)], true, false),
            (&[(CLIENT_ID, client)], false, true),
            (&[(CLIENT_ID, None)], false, true),
        ];
        candidates.into_iter().find_map(|(parts, by_user, by_client)| {
            let bound = self.value(parts, key)?;
            Some((bound, measured(by_user, by_client)))
        })
    }

    fn value(&self, parts: Parts<'_>, key: &str) -> Option<f64> {
        self.set.get(&Entity::of(parts))?.get(key).copied()
    }

    /// Forgets meters and buckets that nobody uses, when there are many: names are whatever clients say.
    fn make_room(&mut self, now: Duration) {
        if self.meters.len() >= METERS_MAX {
            let windows = self.windows;
            self.meters.retain(|_, meter| !meter.is_idle(now, windows));
            if self.meters.len() >= METERS_MAX {
                self.meters.clear();
            }
        }
        if self.buckets.len() >= METERS_MAX {
            self.buckets.retain(|_, bucket| !bucket.is_full(now));
            if self.buckets.len() >= METERS_MAX {
                self.buckets.clear();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(user: &str, client_id: &str) -> Account {
        Account {
            broker: 1,
            user: user.into(),
            client_id: client_id.into(),
        }
    }

    fn quotas(set: &[(Parts<'_>, f64)]) -> Quotas {
        let mut quotas = Quotas::default();
        for &(parts, value) in set {
            let key = Kind::Produced.key().to_owned();
            quotas.set(Entity::of(parts), key, Some(value));
        }
        quotas
    }

    fn bound(quotas: &Quotas, user: &str, client_id: &str) -> Option<f64> {
        let found = quotas.bound(&who(user, client_id), Kind::Produced);
        found.map(|(bound, _)| bound)
    }

    #[test]
    fn the_closest_quota_counts() {
        let (user, client): (Option<&str>, Option<&str>) = (Some("u"), Some("c"));
        let all: [Parts<'_>; 8] = [
            &[(USER, user), (CLIENT_ID, client)],
            &[(USER, user), (CLIENT_ID, None)],
            &[(USER, user)],
            &[(USER, None), (CLIENT_ID, client)],
            &[(USER, None), (CLIENT_ID, None)],
            &[(USER, None)],
            &[(CLIENT_ID, client)],
            &[(CLIENT_ID, None)],
        ];
        for first in 0..all.len() {
            let rest = (1u32..).zip(&all[first..]);
            let set: Vec<_> = rest.map(|(value, parts)| (*parts, f64::from(value))).collect();
            assert_eq!(bound(&quotas(&set), "u", "c"), Some(1.0), "{:?}", all[first]);
        }
        assert_eq!(bound(&quotas(&[(all[0], 1.0), (all[2], 2.0)]), "v", "c"), None);
        assert_eq!(bound(&quotas(&[]), "u", "c"), None);
    }

    #[test]
    fn the_clients_of_a_user_share_its_quota() {
        let mut quotas = quotas(&[(&[(USER, Some("u"))], 100.0)]);
        let now = Duration::ZERO;
        assert_eq!(quotas.record(now, &who("u", "a"), Kind::Produced, 1000.0), now);
        let quiet = quotas.record(now, &who("u", "b"), Kind::Produced, 500.0);
        assert_eq!(quiet, Duration::from_secs(5));
        assert_eq!(quotas.record(now, &who("v", "a"), Kind::Produced, 1e9), now);
        // Each broker measures for itself.
        let elsewhere = Account {
            broker: 2,
            ..who("u", "a")
        };
        assert_eq!(quotas.record(now, &elsewhere, Kind::Produced, 500.0), now);
    }

    #[test]
    fn time_is_never_taken_for_more_than_a_window() {
        let mut quotas = Quotas::default();
        let entity = Entity::of(&[(CLIENT_ID, None)]);
        quotas.set(entity.clone(), "request_percentage".to_owned(), Some(0.01));
        let quiet = quotas.record(Duration::ZERO, &who("u", "a"), Kind::Time, 1000.0);
        assert_eq!(quiet, Duration::from_secs(1));
        quotas.set(entity, "request_percentage".to_owned(), None);
        assert_eq!(quotas.matching(&EntityFilter::default()).count(), 0);
    }

    #[test]
    fn meters_of_made_up_names_are_forgotten() {
        let mut quotas = quotas(&[(&[(CLIENT_ID, None)], 1.0)]);
        for number in 0..3 * METERS_MAX {
            let name = number.to_string();
            quotas.record(Duration::ZERO, &who("u", &name), Kind::Produced, 1.0);
        }
        assert!(quotas.meters.len() <= METERS_MAX);
    }

    #[test]
    fn buckets_of_made_up_names_are_forgotten() {
        let mut quotas = Quotas::default();
        let entity = Entity::of(&[(CLIENT_ID, None)]);
        quotas.set(entity, Kind::Mutations.key().to_owned(), Some(1.0));
        let debtor = who("u", "debtor");
        for number in 0..3 * METERS_MAX {
            let name = number.to_string();
            let account = who("u", &name);
            // Each has paid when the next but nine comes.
            let now = Duration::from_millis(100 * u64::try_from(number).unwrap());
            if number % 1000 == 0 {
                quotas.mutate(now, &debtor, 1000.0);
            }
            assert_eq!(quotas.mutation_debt(now, &account), Duration::ZERO);
            quotas.mutate(now, &account, 1.0);
            assert!(quotas.mutation_debt(now, &debtor) > Duration::ZERO, "{number}");
        }
        assert!(quotas.buckets.len() <= METERS_MAX);

        // Nor do they stay when all of them are at once.
        for number in 0..3 * METERS_MAX {
            let account = who("v", &format!("at-once-{number}"));
            quotas.mutate(Duration::from_secs(1 << 20), &account, 1000.0);
        }
        assert!(quotas.buckets.len() <= METERS_MAX);
    }
}
