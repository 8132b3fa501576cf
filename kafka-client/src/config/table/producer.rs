use protocol::compress::Compression;

use super::super::producer::{Acks, KeyHash, Partitioner};
use super::{Clients, Kind, Setting};

const fn row(name: &'static str, default: &'static str, kind: Kind, doc: &'static str) -> Setting {
    Setting::new(Clients::Producer, name, default, kind, doc)
}

const LONGEST: i64 = 2_147_483_647;
const MOST: u64 = 2_147_483_647;

pub(super) const ROWS: &[Setting] = &[
    row(
        "acks",
        "all",
        Kind::Choice(
            &["all", "-1", "1", "0"],
            |draft, word| {
                draft.producer.acks = match word {
                    "0" => Acks::None,
                    "1" => Acks::Leader,
                    _ => Acks::All,
                }
            },
            |draft| match draft.producer.acks {
                Acks::All => "all".to_owned(),
                acks => acks.code().to_string(),
            },
        ),
        "Whose word a record needs to count as written: `all` in-sync replicas, the leader alone \
         (`1`), or nobody's (`0`). With less than `all`, records that were acknowledged can be lost \
         when a broker fails, and idempotence is off.",
    )
    .also(&["request.required.acks"]),
    row(
        "enable.idempotence",
        "true",
        Kind::Other(
            "`true` or `false`",
            |draft, text| {
                draft.producer.enable_idempotence = Some(match text.to_ascii_lowercase().as_str() {
                    "true" => true,
                    "false" => false,
                    _ => return Err(String::new()),
                });
                Ok(())
            },
            |draft| draft.producer.is_idempotent().to_string(),
        ),
        "Whether brokers discard what they get twice, so that retries neither double nor reorder \
         records (KIP-98). It needs `acks=all` and at most 5 requests in flight, and gives way to \
         other values of these unless it is set to `true`.",
    ),
    row(
        "max.in.flight.requests.per.connection",
        "5",
        Kind::Size(1, MOST, |draft| &mut draft.producer.max_in_flight),
        "The most Produce requests that wait for their answers at one broker. Without idempotence, a \
         retry can put records behind later ones unless this is 1.",
    )
    .also(&["max.in.flight"]),
    row(
        "retries",
        "2147483647",
        Kind::Other(
            "a whole number of at least 0",
            |draft, text| {
                draft.producer.retries = text
                    .parse::<u32>()
                    .ok()
                    .filter(|&n| i32::try_from(n).is_ok())
                    .ok_or_else(String::new)?;
                Ok(())
            },
            |draft| draft.producer.retries.to_string(),
        ),
        "How often a batch is sent again after a failure that may pass. `delivery.timeout.ms` is the \
         better bound.",
    )
    .also(&["message.send.max.retries"]),
    row(
        "linger.ms",
        "5",
        Kind::Millis(0, LONGEST, |draft| &mut draft.producer.linger),
        "How long an incomplete batch waits for company. Longer makes fewer, larger requests, and \
         delays each record by at most this much.",
    )
    .also(&["queue.buffering.max.ms"]),
    row(
        "batch.size",
        "16384",
        Kind::Size(0, MOST, |draft| &mut draft.producer.batch_size),
        "The bytes up to which a batch takes records, counted before compression. A larger record \
         goes alone. It is also how much a partition is given before records without a key go to the \
         next one (KIP-794).",
    ),
    row(
        "buffer.memory",
        "33554432",
        Kind::Size(1, 1 << 50, |draft| &mut draft.producer.buffer_memory),
        "What batches may hold in memory until they are written or have failed, in bytes. When it is \
         used up, sending waits, for at most `max.block.ms`. At least `batch.size`.",
    ),
    row(
        "max.request.size",
        "1048576",
        Kind::Size(1, 1 << 30, |draft| &mut draft.producer.max_request_size),
        "The most that one request carries, and the largest record that is accepted, in bytes. The \
         broker bounds it too (`message.max.bytes`).",
    )
    .also(&["message.max.bytes"]),
    row(
        "compression.type",
        "none",
        Kind::Choice(
            &["none", "gzip", "snappy", "lz4", "zstd"],
            |draft, word| {
                draft.producer.compression = match word {
                    "gzip" => Compression::Gzip,
                    "snappy" => Compression::Snappy,
                    "lz4" => Compression::Lz4,
                    "zstd" => Compression::Zstd,
                    _ => Compression::None,
                }
            },
            |draft| draft.producer.compression.to_string(),
        ),
        "The codec of batches. Batches compress better than records, so larger ones help. zstd needs \
         Kafka 2.1.",
    )
    .also(&["compression.codec"]),
    row(
        "compression.gzip.level",
        "",
        Kind::Other(
            "a whole number from 1 to 9, or -1 for the codec's default",
            |draft, text| {
                level(&mut draft.levels.gzip, text, |level| {
                    level == -1 || (1..=9).contains(&level)
                })
            },
            |draft| shown(draft.levels.gzip),
        ),
        "How hard gzip tries (KIP-390): more makes smaller batches and takes more time.",
    ),
    row(
        "compression.lz4.level",
        "",
        Kind::Other(
            "a whole number from 1 to 17",
            |draft, text| level(&mut draft.levels.lz4, text, |level| (1..=17).contains(&level)),
            |draft| shown(draft.levels.lz4),
        ),
        "How hard lz4 tries (KIP-390).",
    ),
    row(
        "compression.zstd.level",
        "",
        Kind::Other(
            "a whole number from -131072 to 22",
            |draft, text| {
                level(&mut draft.levels.zstd, text, |level| {
                    (-131_072..=22).contains(&level)
                })
            },
            |draft| shown(draft.levels.zstd),
        ),
        "How hard zstd tries (KIP-390); a negative level is faster and compresses less.",
    ),
    row(
        "delivery.timeout.ms",
        "120000",
        Kind::Millis(0, LONGEST, |draft| &mut draft.producer.delivery_timeout),
        "How long a record may take from entering its batch until it is written, with all retries. At \
         least `linger.ms` and `request.timeout.ms` together; it is raised to that unless it is set.",
    )
    .also(&["message.timeout.ms"]),
    row(
        "max.block.ms",
        "60000",
        Kind::Millis(0, i64::MAX, |draft| &mut draft.producer.max_block),
        "How long sending waits for memory, or for a topic to be known.",
    ),
    row(
        "partitioner.class",
        "",
        Kind::Choice(
            &[
                "org.apache.kafka.clients.producer.RoundRobinPartitioner",
                "org.apache.kafka.clients.producer.UniformStickyPartitioner",
                "org.apache.kafka.clients.producer.internals.DefaultPartitioner",
            ],
            |draft, word| {
                draft.producer.partitioner = if word.ends_with("RoundRobinPartitioner") {
                    Partitioner::RoundRobin
                } else {
                    Partitioner::Sticky
                };
                // Java's two other choices than the default one take no notice of keys.
                draft.producer.ignore_keys = !word.ends_with("DefaultPartitioner");
            },
            |draft| match draft.producer.partitioner {
                Partitioner::RoundRobin => {
                    "org.apache.kafka.clients.producer.RoundRobinPartitioner".to_owned()
                }
                Partitioner::Random | Partitioner::Sticky => String::new(),
            },
        ),
        "Java's class that chooses partitions. Without one, keys decide by their hash, and records \
         without a key stick to a partition for a batch's worth of bytes (KIP-794).",
    ),
    row(
        "partitioner",
        "murmur2_random",
        Kind::Choice(
            &["murmur2_random", "consistent_random", "fnv1a_random"],
            |draft, word| {
                draft.producer.key_hash = match word {
                    "consistent_random" => KeyHash::Crc32,
                    "fnv1a_random" => KeyHash::Fnv1a,
                    _ => KeyHash::Murmur2,
                }
            },
            |draft| match draft.producer.key_hash {
                KeyHash::Crc32 => "consistent_random".to_owned(),
                KeyHash::Fnv1a => "fnv1a_random".to_owned(),
                KeyHash::Murmur2 => "murmur2_random".to_owned(),
            },
        ),
        "How a key becomes a partition, by librdkafka's names: `murmur2_random` as Java does, \
         `consistent_random` as librdkafka does, `fnv1a_random` as Sarama does. Records with the same \
         key stay in order only while all producers of a topic agree.",
    ),
    row(
        "partitioner.ignore.keys",
        "false",
        Kind::Bool(|draft| &mut draft.producer.ignore_keys),
        "Whether records with a key are spread as if they had none. Records of one key then lose \
         their order.",
    ),
    row(
        "partitioner.adaptive.partitioning.enable",
        "true",
        Kind::Bool(|draft| &mut draft.producer.adaptive_partitioning),
        "Whether partitions whose broker falls behind are given fewer records without a key \
         (KIP-794).",
    ),
    row(
        "partitioner.availability.timeout.ms",
        "0",
        Kind::Millis(0, LONGEST, |draft| &mut draft.producer.availability_timeout),
        "After which time without taking a ready batch a broker's partitions get no records without a \
         key at all; 0 means never.",
    ),
    row(
        "metadata.max.idle.ms",
        "300000",
        Kind::Millis(5000, LONGEST, |draft| &mut draft.producer.metadata_max_idle),
        "After which time without a record a topic's metadata is no longer fetched (KIP-526).",
    ),
];

fn level(place: &mut Option<i32>, text: &str, fits: fn(i32) -> bool) -> Result<(), String> {
    *place = Some(
        text.parse()
            .ok()
            .filter(|&level| fits(level))
            .ok_or_else(String::new)?,
    );
    Ok(())
}

fn shown(level: Option<i32>) -> String {
    level.map(|level| level.to_string()).unwrap_or_default()
}
