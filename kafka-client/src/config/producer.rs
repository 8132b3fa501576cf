use std::time::Duration;

use protocol::compress::Compression;

use super::ConfigError;

/// What a producer does. The defaults are those of the Java client since 4.0; each field names its Java property.
/// What all parts of a client share, e.g. request timeout and retry back-off, is in
/// [`ConnectionConfig`](super::ConnectionConfig).
#[derive(Clone, Debug, PartialEq)]
pub struct ProducerConfig {
    /// Whose word a record needs to count as written. Default: all in-sync replicas. `acks`.
    pub acks: Acks,
    /// Whether brokers discard what they get twice, so that retries neither double nor reorder records (KIP-98). It
    /// needs [`Acks::All`] and at most 5 requests in flight. Default: none, which is true where both hold.
    /// `enable.idempotence`.
    pub enable_idempotence: Option<bool>,
    /// The most requests that wait for their answers at one broker. Without idempotence, a retry can put records
    /// behind later ones unless this is 1. At least 1. Default: 5. `max.in.flight.requests.per.connection`.
    pub max_in_flight: usize,
    /// How often a batch is sent again after a failure that may pass. The delivery time-out is the better bound.
    /// Default: 2³¹-1. `retries`.
    pub retries: u32,
    /// How long an incomplete batch waits for company. Longer makes fewer, larger requests, and delays each record
    /// by at most this much. Default: 5 ms. `linger.ms`.
    pub linger: Duration,
    /// The bytes up to which a batch takes records, counted before compression. A larger record goes alone. Also how
    /// much a keyless partition is given before the next one is chosen (KIP-794). Default: 16 KiB. `batch.size`.
    pub batch_size: usize,
    /// What batches may hold in memory until they are written or have failed, in bytes, counted batch by batch. When
    /// it is used up, `send` waits. At least one batch. Default: 32 MiB. `buffer.memory`.
    pub buffer_memory: usize,
    /// The most that one request carries, and the largest record that is accepted, in bytes. Default: 1 MiB.
    /// `max.request.size`.
    pub max_request_size: usize,
    /// The codec of batches. Default: none. `compression.type`.
    pub compression: Compression,
    /// The codec's level (KIP-390); none is the codec's own default. Default: none. `compression.gzip.level`,
    /// `compression.lz4.level`, `compression.zstd.level`.
    pub compression_level: Option<i32>,
    /// How long a record may take from entering its batch until it is written, with all retries. At least linger
    /// and request time-out together. Default: 120 s. `delivery.timeout.ms`.
    pub delivery_timeout: Duration,
    /// How long `send` waits for memory, or for a topic to be known. Default: 60 s. `max.block.ms`.
    pub max_block: Duration,
    /// Where records without a key go. Default: sticky. No Java property of that name; `partitioner.class`.
    pub partitioner: Partitioner,
    /// How a key becomes a partition. Default: murmur2, as in Java. librdkafka calls it `partitioner`.
    pub key_hash: KeyHash,
    /// Whether records with a key are spread as if they had none. Default: false. `partitioner.ignore.keys`.
    pub ignore_keys: bool,
    /// Whether partitions whose broker falls behind are given fewer keyless records (KIP-794). Default: true.
    /// `partitioner.adaptive.partitioning.enable`.
    pub adaptive_partitioning: bool,
    /// After which time without taking a ready batch a broker's partitions get no keyless records at all; zero means
    /// never. Default: 0. `partitioner.availability.timeout.ms`.
    pub availability_timeout: Duration,
    /// After which time without a record a topic's metadata is no longer fetched (KIP-526). Default: 5 min.
    /// `metadata.max.idle.ms`.
    pub metadata_max_idle: Duration,
}

impl Default for ProducerConfig {
    fn default() -> Self {
        Self {
            acks: Acks::All,
            enable_idempotence: None,
            max_in_flight: 5,
            retries: i32::MAX.cast_unsigned(),
            linger: Duration::from_millis(5),
            batch_size: 16 * 1024,
            buffer_memory: 32 * 1024 * 1024,
            max_request_size: 1024 * 1024,
            compression: Compression::None,
            compression_level: None,
            delivery_timeout: Duration::from_secs(120),
            max_block: Duration::from_secs(60),
            partitioner: Partitioner::Sticky,
            key_hash: KeyHash::Murmur2,
            ignore_keys: false,
            adaptive_partitioning: true,
            availability_timeout: Duration::ZERO,
            metadata_max_idle: Duration::from_secs(300),
        }
    }
}

impl ProducerConfig {
    /// Whether brokers discard what they get twice: as it was asked for, or else where it is possible.
    pub fn is_idempotent(&self) -> bool {
        self.enable_idempotence
            .unwrap_or(self.acks == Acks::All && self.max_in_flight <= IN_FLIGHT_IDEMPOTENT_MAX)
    }

    /// Finds values out of bounds and settings that exclude each other. `request_timeout` is that of the client's
    /// connections.
    pub fn validate(&self, request_timeout: Duration) -> Result<(), ConfigError> {
        if self.enable_idempotence == Some(true) {
            if self.acks != Acks::All {
                return Err(ConfigError::Contradiction {
                    key: "acks",
                    other: "enable.idempotence",
                    reason: "idempotence needs acks=all".to_owned(),
                });
            }
            if self.max_in_flight > IN_FLIGHT_IDEMPOTENT_MAX {
                return Err(ConfigError::Contradiction {
                    key: "max.in.flight.requests.per.connection",
                    other: "enable.idempotence",
                    reason: "brokers remember the last 5 batches of a producer; use at most 5".to_owned(),
                });
            }
            if self.retries == 0 {
                return Err(ConfigError::Contradiction {
                    key: "retries",
                    other: "enable.idempotence",
                    reason: "idempotence needs retries; leave them at their default".to_owned(),
                });
            }
        }
        if self.max_in_flight == 0 {
            return Err(out_of_bounds(
                "max.in.flight.requests.per.connection",
                0,
                "at least 1",
            ));
        }
        if self.buffer_memory < self.batch_size {
            return Err(ConfigError::Contradiction {
                key: "buffer.memory",
                other: "batch.size",
                reason: "the memory must hold at least one batch".to_owned(),
            });
        }
        if self.max_request_size > REQUEST_SIZE_MAX {
            return Err(out_of_bounds(
                "max.request.size",
                self.max_request_size,
                "less than 1 GiB",
            ));
        }
        if self.delivery_timeout < self.linger + request_timeout {
            return Err(ConfigError::Contradiction {
                key: "delivery.timeout.ms",
                other: "request.timeout.ms",
                reason: "it must be at least linger.ms and request.timeout.ms together".to_owned(),
            });
        }
        if !self.compression.is_available() {
            return Err(ConfigError::Unsupported {
                key: "compression.type".to_owned(),
                reason: format!(
                    "`{0}` is not in this build: enable the feature `{0}`",
                    self.compression
                ),
            });
        }
        Ok(())
    }
}

/// Whose word a record needs to count as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Acks {
    /// Every in-sync replica has it. `acks=all`, `acks=-1`.
    #[default]
    All,
    /// The leader has it; lost when the leader fails before the followers have it too. `acks=1`.
    Leader,
    /// Nobody's: a record counts as written when it has left, its offset stays unknown, and a broker that refuses it
    /// closes the connection. `acks=0`.
    None,
}

impl Acks {
    /// The number in Produce requests.
    pub fn code(self) -> i16 {
        match self {
            Self::All => -1,
            Self::Leader => 1,
            Self::None => 0,
        }
    }
}

/// Where records without a key go. Partitions without a leader are avoided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Partitioner {
    /// Any partition, each record anew. Makes small batches.
    Random,
    /// Each record to the partition after the last one's. Makes small batches.
    RoundRobin,
    /// To one partition until it was given a batch's worth of bytes, then to another (KIP-794). Each producer handle
    /// has its own, so that tasks with their own handle do not meet at a partition's lock.
    #[default]
    Sticky,
}

/// How a key becomes a partition. Records with the same key stay in order only while all producers of a topic agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum KeyHash {
    /// CRC-32, as librdkafka does unless told otherwise.
    Crc32,
    /// FNV-1a of 32 bits, as Sarama does.
    Fnv1a,
    /// Murmur2, as Java does.
    #[default]
    Murmur2,
}

fn out_of_bounds(key: &str, value: usize, expected: &str) -> ConfigError {
    ConfigError::Value {
        key: key.to_owned(),
        value: value.to_string(),
        expected: expected.to_owned(),
    }
}

/// How many batches of a producer a broker remembers for each partition.
const IN_FLIGHT_IDEMPOTENT_MAX: usize = 5;
const REQUEST_SIZE_MAX: usize = 1024 * 1024 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

    #[test]
    fn defaults_are_valid_and_idempotent() {
        let config = ProducerConfig::default();
        assert!(config.is_idempotent());
        config
            .validate(REQUEST_TIMEOUT)
            .expect("the defaults hold together");
    }

    #[test]
    fn idempotence_gives_way_unless_it_was_asked_for() {
        let mut config = ProducerConfig {
            acks: Acks::Leader,
            ..ProducerConfig::default()
        };
        assert!(!config.is_idempotent());
        config
            .validate(REQUEST_TIMEOUT)
            .expect("acks=1 alone is no contradiction");
        config.enable_idempotence = Some(true);
        let error = config
            .validate(REQUEST_TIMEOUT)
            .expect_err("acks=1 contradicts idempotence");
        assert!(
            error
                .to_string()
                .starts_with("`acks` contradicts `enable.idempotence`"),
            "{error}"
        );
    }
}
