//! Clients' own metrics: who is to send which, how often, and what became of it (KIP-714).

use std::collections::BTreeSet;
use std::time::Duration;

use indexmap::IndexMap;
use protocol::{ErrorCode, Uuid};
use regex::Regex;

/// What is known of the clients that asked for their subscriptions.
#[derive(Debug, Default)]
pub(crate) struct Telemetry {
    /// By instance, the latest that was heard of last.
    instances: IndexMap<Uuid, Instance>,
}

/// How many clients are remembered, as by Kafka's brokers.
const INSTANCES_MAX: usize = 16_384;

/// How often clients push that no subscription is for.
const INTERVAL: Duration = Duration::from_secs(300);

/// The codecs that are taken, the best first, by their numbers in record batches: zstd, lz4, gzip, snappy.
pub(crate) const CODECS: [i8; 4] = [4, 3, 1, 2];

#[derive(Debug)]
struct Instance {
    subscription: Subscription,
    asked: Option<Duration>,
    pushed: Option<Duration>,
    terminating: bool,
    /// Whether its last push failed so that it may ask again at once.
    may_ask: bool,
}

/// What a client is to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subscription {
    /// Differs whenever what is to be sent does.
    pub(crate) id: i32,
    pub(crate) interval: Duration,
    /// Beginnings of the metrics' names, `*` for all; none when nothing is to be sent.
    pub(crate) metrics: BTreeSet<String>,
}

/// A subscription as it is configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) metrics: Vec<String>,
    pub(crate) interval: Duration,
    /// Pairs of a property and a pattern, all of which must match.
    pub(crate) patterns: Vec<(String, String)>,
}

/// What patterns are matched with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Properties<'a> {
    pub(crate) instance_id: String,
    pub(crate) client_id: &'a str,
    pub(crate) software_name: &'a str,
    pub(crate) software_version: &'a str,
    pub(crate) address: &'a str,
}

impl Properties<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        Some(match name {
            "client_instance_id" => &self.instance_id,
            "client_id" => self.client_id,
            "client_software_name" => self.software_name,
            "client_software_version" => self.software_version,
            "client_source_address" => self.address,
            _ => return None,
        })
    }
}

impl Wanted {
    fn matches(&self, properties: &Properties<'_>) -> bool {
        self.patterns.iter().all(|(name, pattern)| {
            let whole = Regex::new(&format!("^(?:{pattern})$"));
            let value = properties.get(name);
            value.is_some_and(|value| whole.is_ok_and(|whole| whole.is_match(value)))
        })
    }
}

/// What of all that is configured a client is to send.
fn subscribe(wanted: &[Wanted], properties: &Properties<'_>) -> Subscription {
    let mut metrics = BTreeSet::new();
    let mut interval: Option<Duration> = None;
    for one in wanted.iter().filter(|one| one.matches(properties)) {
        metrics.extend(one.metrics.iter().cloned());
        interval = Some(interval.map_or(one.interval, |known| known.min(one.interval)));
    }
    let interval = interval.unwrap_or(INTERVAL);
    // FNV-1a: any number will do that differs with what it stands for.
    let text = format!("{metrics:?} {interval:?} {}", properties.instance_id);
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    Subscription {
        id: i32::from_be_bytes(hash.to_be_bytes()),
        interval,
        metrics,
    }
}

impl Telemetry {
    /// Tells a client what it is to send; `THROTTLING_QUOTA_EXCEEDED` when it asks too soon again.
    pub(crate) fn ask(
        &mut self,
        now: Duration,
        id: Uuid,
        wanted: &[Wanted],
        properties: &Properties<'_>,
    ) -> Result<Subscription, ErrorCode> {
        let instance = self.instance(id, wanted, properties);
        let last = instance.asked.max(instance.pushed);
        let is_due = last.is_none_or(|last| now.saturating_sub(last) >= instance.subscription.interval);
        if is_due {
            instance.asked = Some(now);
        } else if !instance.may_ask {
            return Err(ErrorCode::THROTTLING_QUOTA_EXCEEDED);
        }
        instance.may_ask = false;
        Ok(instance.subscription.clone())
    }

    /// Takes what a client sends, or says why not: its subscription's id, the codec, how many bytes of how many that are
    /// allowed, and whether it is the last.
    pub(crate) fn push(
        &mut self,
        now: Duration,
        id: Uuid,
        wanted: &[Wanted],
        properties: &Properties<'_>,
        push: Push,
    ) -> Result<(), ErrorCode> {
        let instance = self.instance(id, wanted, properties);
        let outcome = instance.push(now, push);
        instance.may_ask = matches!(
            outcome,
            Err(ErrorCode::UNKNOWN_SUBSCRIPTION_ID | ErrorCode::UNSUPPORTED_COMPRESSION_TYPE)
        );
        instance.terminating |= outcome.is_ok() && push.terminating;
        outcome
    }

    fn instance(&mut self, id: Uuid, wanted: &[Wanted], properties: &Properties<'_>) -> &mut Instance {
        let subscription = subscribe(wanted, properties);
        let known = self.instances.shift_remove(&id);
        let instance = known.filter(|known| known.subscription == subscription);
        let instance = instance.unwrap_or(Instance {
            subscription,
            asked: None,
            pushed: None,
            terminating: false,
            may_ask: false,
        });
        if self.instances.len() >= INSTANCES_MAX {
            self.instances.shift_remove_index(0);
        }
        self.instances.entry(id).or_insert(instance)
    }
}

/// A client's push, but for its metrics.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Push {
    pub(crate) subscription_id: i32,
    pub(crate) terminating: bool,
    /// The number of the codec.
    pub(crate) codec: i8,
    /// How many bytes there are.
    pub(crate) bytes: usize,
    /// How many there may be.
    pub(crate) bytes_max: usize,
}

impl Instance {
    fn push(&mut self, now: Duration, push: Push) -> Result<(), ErrorCode> {
        if self.terminating {
            return Err(ErrorCode::INVALID_REQUEST);
        }
        // The first push after the client has asked comes at any time: clients spread it.
        let is_due = self.asked > self.pushed
            || self
                .pushed
                .is_none_or(|pushed| now.saturating_sub(pushed) >= self.subscription.interval);
        if is_due {
            self.pushed = Some(now);
        } else if !push.terminating {
            return Err(ErrorCode::THROTTLING_QUOTA_EXCEEDED);
        }
        if push.subscription_id != self.subscription.id {
            return Err(ErrorCode::UNKNOWN_SUBSCRIPTION_ID);
        }
        if push.codec != 0 && !CODECS.contains(&push.codec) {
            return Err(ErrorCode::UNSUPPORTED_COMPRESSION_TYPE);
        }
        if push.bytes > push.bytes_max {
            return Err(ErrorCode::TELEMETRY_TOO_LARGE);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn id(number: u128) -> Uuid {
        Uuid::random(|| number.to_be_bytes())
    }

    fn wanted(metrics: &[&str], seconds: u64, patterns: &[(&str, &str)]) -> Wanted {
        let text = |text: &&str| (*text).to_owned();
        let patterns = patterns.iter().map(|(name, pattern)| (text(name), text(pattern)));
        Wanted {
            metrics: metrics.iter().map(text).collect(),
            interval: at(seconds),
            patterns: patterns.collect(),
        }
    }

    fn push(subscription: &Subscription) -> Push {
        Push {
            subscription_id: subscription.id,
            terminating: false,
            codec: 4,
            bytes: 10,
            bytes_max: 100,
        }
    }

    #[test]
    fn a_client_gets_what_all_matching_subscriptions_want() {
        let properties = Properties {
            client_id: "billing-7",
            software_name: "rust",
            ..Properties::default()
        };
        let all = [
            wanted(&["a.", "b."], 60, &[("client_id", "billing-.*")]),
            wanted(
                &["b.", "c."],
                30,
                &[("client_software_name", "rust"), ("client_id", "b.*")],
            ),
            wanted(&["d."], 1, &[("client_id", "billing")]),
            wanted(&["e."], 1, &[("client_source_port", ".*")]),
            wanted(&["f."], 1, &[("client_id", "(")]),
        ];
        let found = subscribe(&all, &properties);
        assert_eq!(found.interval, at(30));
        assert_eq!(Vec::from_iter(found.metrics), ["a.", "b.", "c."]);
        let none = subscribe(&[], &properties);
        assert_eq!((none.interval, none.metrics.len()), (INTERVAL, 0));
        assert_ne!(none.id, found.id);
    }

    #[test]
    fn pushes_come_at_their_interval_and_for_what_is_wanted() {
        let mut telemetry = Telemetry::default();
        let (wanted, properties) = ([wanted(&["a."], 60, &[])], Properties::default());
        let client = id(1);
        let subscription = telemetry.ask(at(0), client, &wanted, &properties).unwrap();
        let too_soon = Err(ErrorCode::THROTTLING_QUOTA_EXCEEDED);
        assert_eq!(
            telemetry.ask(at(1), client, &wanted, &properties),
            Err(ErrorCode::THROTTLING_QUOTA_EXCEEDED)
        );
        let good = push(&subscription);
        let mut send = |now, push| telemetry.push(at(now), client, &wanted, &properties, push);
        assert_eq!(send(1, good), Ok(()));
        assert_eq!(send(60, good), too_soon);
        assert_eq!(
            send(61, Push { codec: 9, ..good }),
            Err(ErrorCode::UNSUPPORTED_COMPRESSION_TYPE)
        );
        assert_eq!(
            send(121, Push { bytes: 101, ..good }),
            Err(ErrorCode::TELEMETRY_TOO_LARGE)
        );
        let other = Push {
            subscription_id: good.subscription_id ^ 1,
            ..good
        };
        assert_eq!(send(181, other), Err(ErrorCode::UNKNOWN_SUBSCRIPTION_ID));
        // Who was told that asks at once.
        assert!(telemetry.ask(at(182), client, &wanted, &properties).is_ok());
        let mut send = |now, push| telemetry.push(at(now), client, &wanted, &properties, push);
        let last = Push {
            terminating: true,
            ..good
        };
        assert_eq!(send(183, last), Ok(()));
        assert_eq!(send(300, last), Err(ErrorCode::INVALID_REQUEST));
    }

    #[test]
    fn a_change_of_what_is_wanted_makes_the_old_subscription_unknown() {
        let mut telemetry = Telemetry::default();
        let properties = Properties::default();
        let (before, after) = ([wanted(&["a."], 60, &[])], [wanted(&["b."], 60, &[])]);
        let old = telemetry.ask(at(0), id(1), &before, &properties).unwrap();
        let pushed = telemetry.push(at(5), id(1), &after, &properties, push(&old));
        assert_eq!(pushed, Err(ErrorCode::UNKNOWN_SUBSCRIPTION_ID));
        let new = telemetry.ask(at(6), id(1), &after, &properties).unwrap();
        assert_ne!(new.id, old.id);
    }

    #[test]
    fn only_so_many_clients_are_remembered() {
        let mut telemetry = Telemetry::default();
        for number in 1..INSTANCES_MAX + 100 {
            let id = id(u128::try_from(number).unwrap() << 80);
            telemetry.ask(at(0), id, &[], &Properties::default()).unwrap();
        }
        assert_eq!(telemetry.instances.len(), INSTANCES_MAX);
    }
}
