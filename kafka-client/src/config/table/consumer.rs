use super::super::consumer::{AssignorKind, IsolationLevel, OffsetReset};
use super::super::parse;
use super::{Clients, Kind, Setting};

const fn row(name: &'static str, default: &'static str, kind: Kind, doc: &'static str) -> Setting {
    Setting::new(Clients::Consumer, name, default, kind, doc)
}

const LONGEST: i64 = 2_147_483_647;
const MOST: u64 = 2_147_483_647;

pub(super) const ROWS: &[Setting] = &[
    row(
        "group.id",
        "",
        Kind::Text(|draft| &mut draft.consumer.group_id),
        "The group that shares the work. Without one, partitions are assigned by hand and no offset \
         can be committed.",
    ),
    row(
        "group.instance.id",
        "",
        Kind::Text(|draft| &mut draft.consumer.group_instance_id),
        "A name for this member that outlives its process (KIP-345): a restart within \
         `session.timeout.ms` gets the same partitions back without a rebalance. It must differ \
         between the members of a group.",
    ),
    row(
        "group.protocol",
        "classic",
        Kind::Choice(
            &["classic", "consumer"],
            |draft, word| draft.group_protocol_consumer = word == "consumer",
            |draft| {
                if draft.group_protocol_consumer {
                    "consumer".to_owned()
                } else {
                    "classic".to_owned()
                }
            },
        ),
        "How members of the group agree: `classic`, where a member assigns the partitions, or \
         `consumer`, where the coordinator does (KIP-848).",
    ),
    row(
        "partition.assignment.strategy",
        "range,cooperative-sticky",
        Kind::Other(
            "assignors parted by commas: `range`, `roundrobin`, `sticky`, `cooperative-sticky`, or the names of their Java classes",
            |draft, text| {
                draft.consumer.assignors = parse::list(text)
                    .into_iter()
                    .map(assignor)
                    .collect::<Result<_, _>>()?;
                if draft.consumer.assignors.is_empty() {
                    Err("it is empty".to_owned())
                } else {
                    Ok(())
                }
            },
            |draft| {
                draft
                    .consumer
                    .assignors
                    .iter()
                    .map(|kind| kind.name())
                    .collect::<Vec<_>>()
                    .join(",")
            },
        ),
        "How a group's leader may distribute partitions, the preferred way first. The group takes one \
         that all its members know. When every entry is cooperative, partitions that stay are not \
         given up during a rebalance.",
    ),
    row(
        "session.timeout.ms",
        "45000",
        Kind::Millis(1, LONGEST, |draft| &mut draft.consumer.session_timeout),
        "How long the coordinator waits for a heartbeat before it gives this member's partitions to \
         others. The broker bounds it: 6 s to 30 min unless it is set otherwise.",
    ),
    row(
        "heartbeat.interval.ms",
        "3000",
        Kind::Millis(1, LONGEST, |draft| &mut draft.consumer.heartbeat_interval),
        "The time between heartbeats. It must be less than `session.timeout.ms`; a third or less lets \
         two be lost.",
    ),
    row(
        "max.poll.interval.ms",
        "300000",
        Kind::Millis(1, LONGEST, |draft| &mut draft.consumer.max_poll_interval),
        "How long the application may take from one batch to the next. After that the member leaves \
         its group, and a rebalance does not wait longer for it either.",
    ),
    row(
        "max.poll.records",
        "500",
        Kind::Size(1, MOST, |draft| &mut draft.consumer.max_poll_records),
        "How many records a batch has at most. It bounds what is delivered at once, not what is \
         fetched.",
    ),
    row(
        "enable.auto.commit",
        "true",
        Kind::Bool(|draft| &mut draft.consumer.enable_auto_commit),
        "Whether the positions of processed batches are committed without being asked to: every \
         `auto.commit.interval.ms`, when partitions are revoked and when the consumer is closed.",
    ),
    row(
        "auto.commit.interval.ms",
        "5000",
        Kind::Millis(0, LONGEST, |draft| &mut draft.consumer.auto_commit_interval),
        "The time between automatic commits. What was processed since the last one comes again after \
         a crash.",
    ),
    row(
        "auto.offset.reset",
        "latest",
        Kind::Other(
            "`earliest`, `latest`, `none`, or `by_duration:` and a duration such as `PT1H30M`",
            |draft, text| {
                draft.consumer.auto_offset_reset = offset_reset(text)?;
                Ok(())
            },
            |draft| match draft.consumer.auto_offset_reset {
                OffsetReset::ByDuration(duration) => format!("by_duration:PT{}S", duration.as_secs_f64()),
                OffsetReset::Earliest => "earliest".to_owned(),
                OffsetReset::Latest => "latest".to_owned(),
                OffsetReset::None => "none".to_owned(),
            },
        ),
        "Where to start when a partition has no committed offset, or when the position is no longer \
         in the log. `by_duration` takes the first record that was written at most that long ago \
         (KIP-1106); `none` makes it an error.",
    ),
    row(
        "isolation.level",
        "read_uncommitted",
        Kind::Choice(
            &["read_uncommitted", "read_committed"],
            |draft, word| {
                draft.consumer.isolation_level = if word == "read_committed" {
                    IsolationLevel::ReadCommitted
                } else {
                    IsolationLevel::ReadUncommitted
                }
            },
            |draft| match draft.consumer.isolation_level {
                IsolationLevel::ReadCommitted => "read_committed".to_owned(),
                IsolationLevel::ReadUncommitted => "read_uncommitted".to_owned(),
            },
        ),
        "Which records of transactions are delivered: all, or only those of committed ones, up to the \
         first that is still open.",
    ),
    row(
        "fetch.min.bytes",
        "1",
        Kind::Int(0, i32::MAX, |draft| &mut draft.consumer.fetch_min_bytes),
        "What the broker should have before it answers a waiting fetch, in bytes. More makes fewer, \
         larger answers and delays records by up to `fetch.max.wait.ms`.",
    ),
    row(
        "fetch.max.wait.ms",
        "500",
        Kind::Millis(0, LONGEST, |draft| &mut draft.consumer.fetch_max_wait),
        "How long a fetch may wait for `fetch.min.bytes`.",
    )
    .also(&["fetch.wait.max.ms"]),
    row(
        "fetch.max.bytes",
        "52428800",
        Kind::Int(1, i32::MAX, |draft| &mut draft.consumer.fetch_max_bytes),
        "The most that one fetch brings, in bytes. A single larger batch of records still comes, \
         alone (KIP-74).",
    ),
    row(
        "max.partition.fetch.bytes",
        "1048576",
        Kind::Int(1, i32::MAX, |draft| &mut draft.consumer.max_partition_fetch_bytes),
        "The most that one fetch brings of one partition, in bytes. A single larger batch of records \
         still comes (KIP-74).",
    )
    .also(&["fetch.message.max.bytes"]),
    row(
        "fetch.buffer.memory",
        "67108864",
        Kind::Size(1 << 16, 1 << 50, |draft| &mut draft.consumer.buffer_memory),
        "What may lie fetched and undelivered in memory, in bytes, over all partitions, the fetches \
         under way included. At least one fetch is always under way, so a single larger batch of \
         records can exceed it. Java has no such setting.",
    ),
    row(
        "decompressed.batch.max.bytes",
        "268435456",
        Kind::Size(1 << 16, 1 << 50, |draft| {
            &mut draft.consumer.decompressed_batch_bytes_max
        }),
        "The most that one compressed batch of records may grow to, in bytes, before it is refused as \
         hostile. Java has no such setting.",
    ),
    row(
        "check.crcs",
        "true",
        Kind::Bool(|draft| &mut draft.consumer.check_crcs),
        "Whether the checksum of each batch of records is checked, so that a damaged one is an error.",
    ),
    row(
        "client.rack",
        "",
        Kind::Text(|draft| &mut draft.consumer.client_rack),
        "Where this client runs, as the brokers name racks: with KIP-392 it then reads from a replica \
         nearby.",
    ),
    row(
        "allow.auto.create.topics",
        "true",
        Kind::Bool(|draft| &mut draft.consumer.allow_auto_create_topics),
        "Whether the broker may create a topic that is subscribed to and does not exist; the broker \
         must allow it too.",
    ),
    row(
        "exclude.internal.topics",
        "true",
        Kind::Bool(|draft| &mut draft.consumer.exclude_internal_topics),
        "Whether a subscription by pattern leaves out Kafka's own topics.",
    ),
];

fn assignor(name: &str) -> Result<AssignorKind, String> {
    let short = name
        .strip_prefix("org.apache.kafka.clients.consumer.")
        .unwrap_or(name);
    Ok(match short {
        "cooperative-sticky" | "CooperativeStickyAssignor" => AssignorKind::CooperativeSticky,
        "range" | "RangeAssignor" => AssignorKind::Range,
        "roundrobin" | "RoundRobinAssignor" => AssignorKind::RoundRobin,
        "sticky" | "StickyAssignor" => AssignorKind::Sticky,
        other => return Err(format!("`{other}` is none of them")),
    })
}

fn offset_reset(text: &str) -> Result<OffsetReset, String> {
    let lower = text.to_ascii_lowercase();
    Ok(match lower.as_str() {
        "earliest" => OffsetReset::Earliest,
        "latest" => OffsetReset::Latest,
        "none" => OffsetReset::None,
        _ => {
            let duration = lower.strip_prefix("by_duration:").ok_or_else(String::new)?;
            OffsetReset::ByDuration(parse::iso_duration(duration).ok_or_else(String::new)?)
        }
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn offset_reset_knows_every_form() {
        assert_eq!(offset_reset("Earliest"), Ok(OffsetReset::Earliest));
        assert_eq!(offset_reset("none"), Ok(OffsetReset::None));
        let day = Duration::from_secs(24 * 3600);
        assert_eq!(offset_reset("by_duration:P1D"), Ok(OffsetReset::ByDuration(day)));
        for wrong in ["", "by_duration", "by_duration:", "by_duration:-PT1H", "smallest"] {
            assert!(offset_reset(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn assignors_go_by_name_and_by_class() {
        assert_eq!(
            assignor("org.apache.kafka.clients.consumer.RangeAssignor"),
            Ok(AssignorKind::Range)
        );
        assert_eq!(
            assignor("cooperative-sticky"),
            Ok(AssignorKind::CooperativeSticky)
        );
        assert!(assignor("com.example.MyAssignor").is_err());
    }
}
