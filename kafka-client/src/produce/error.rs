use std::sync::Arc;
use std::time::Duration;

use crate::cluster::TopicPartition;
use crate::error::{BrokerError, Class, RequestError};

/// What became of a record that was not confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It is in no log and will not get into one.
    NotWritten,
    /// It was sent and no verdict came: it may be in the log. Sending it again may double it.
    MaybeWritten,
    /// The broker refused it: it is in no log, and the same record would be refused again.
    Rejected,
}

/// Why a record was not written, or is not known to be.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProduceError {
    /// The broker refused the batch, or the producer gave up after this error.
    #[error("`{partition}`: the broker did not take the batch")]
    Broker {
        /// Where it was to go.
        partition: TopicPartition,
        /// What the broker said.
        #[source]
        source: Arc<BrokerError>,
        /// What became of the record.
        fate: Fate,
    },
    /// The broker refused another record of the same batch, and with it the batch (KIP-467). The record can be sent
    /// again.
    #[error("`{partition}`: another record of the batch was refused")]
    BatchRejected {
        /// Where it was to go.
        partition: TopicPartition,
        /// What the broker said of the batch.
        #[source]
        source: Arc<BrokerError>,
    },
    /// The memory for batches stayed full for as long as `max.block.ms` allows.
    #[error(
        "no memory for a batch within {waited:?}: raise buffer.memory or max.block.ms, or send less at once"
    )]
    BufferFull {
        /// How long the call waited.
        waited: Duration,
    },
    /// The producer was closed before the record was written.
    #[error("the producer is closed")]
    Closed {
        /// What became of the record.
        fate: Fate,
    },
    /// The codec could not compress the batch.
    #[error("`{partition}`: {reason}")]
    Compression {
        /// Where it was to go.
        partition: TopicPartition,
        /// The codec's own words.
        reason: Arc<str>,
    },
    /// The record was not confirmed within `delivery.timeout.ms`.
    #[error("`{partition}`: not confirmed within {after:?}")]
    DeliveryTimeout {
        /// Where it was to go.
        partition: TopicPartition,
        /// The time it was given.
        after: Duration,
        /// What became of the record.
        fate: Fate,
        /// What stood in the way last.
        #[source]
        last: Option<Arc<Self>>,
    },
    /// No topic can be called so. Nothing was asked of the brokers.
    #[error("no topic can be called `{topic}`: {reason}")]
    InvalidTopic {
        /// The name, as far as names may be long.
        topic: Arc<str>,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The broker gave the producer no id, which idempotence needs.
    #[error(
        "no producer id, which enable.idempotence needs: grant IdempotentWrite, or set enable.idempotence=false"
    )]
    NoProducerId {
        /// Why.
        #[source]
        source: Arc<RequestError>,
    },
    /// The broker refused to give the producer an id, which idempotence needs.
    #[error(
        "the broker refuses a producer id, which enable.idempotence needs: grant IdempotentWrite on the cluster, or set enable.idempotence=false"
    )]
    ProducerIdRefused {
        /// What the broker said.
        #[source]
        source: Arc<BrokerError>,
    },
    /// The broker refused this very record (KIP-467).
    #[error("`{partition}`: the record was refused: {reason}")]
    RecordRejected {
        /// Where it was to go.
        partition: TopicPartition,
        /// What the broker said of this record.
        reason: Arc<str>,
        /// What the broker said of the batch.
        #[source]
        source: Arc<BrokerError>,
    },
    /// The request could not be made, or got no answer.
    #[error("`{partition}`: the batch could not be sent")]
    Request {
        /// Where it was to go.
        partition: TopicPartition,
        /// What was wrong.
        #[source]
        source: Arc<RequestError>,
        /// What became of the record.
        fate: Fate,
    },
    /// The record is larger than a request may be.
    #[error(
        "the record has {size} bytes, max.request.size is {max}: make it smaller, or raise max.request.size and the topic's max.message.bytes"
    )]
    TooLarge {
        /// The record's size with everything around it, in bytes.
        size: usize,
        /// The bound.
        max: usize,
    },
    /// The topic was deleted and made again while the record waited; it was for the old one.
    #[error("`{partition}`: the topic was deleted and made again since the record was sent")]
    TopicRecreated {
        /// Where it was to go.
        partition: TopicPartition,
        /// What became of the record.
        fate: Fate,
    },
    /// The topic cannot be used, or did not become known within `max.block.ms`.
    #[error("topic `{topic}` is not available: create it, or check its name and the rights on it")]
    TopicUnavailable {
        /// The topic.
        topic: Arc<str>,
        /// What the brokers said last.
        #[source]
        source: Option<Arc<BrokerError>>,
    },
    /// The topic has no such partition.
    #[error("topic `{topic}` has {count} partitions, there is no partition {partition}")]
    UnknownPartition {
        /// The topic.
        topic: Arc<str>,
        /// What was asked for.
        partition: i32,
        /// How many there are.
        count: u32,
    },
    /// `try_send` would have had to wait: for memory, or for a topic to be known.
    #[error("the record would have to wait: use `send`, or try again later")]
    WouldWait,
}

impl From<Box<Self>> for ProduceError {
    fn from(error: Box<Self>) -> Self {
        *error
    }
}

impl ProduceError {
    /// What became of the record.
    pub fn fate(&self) -> Fate {
        match self {
            Self::Broker { fate, .. }
            | Self::Closed { fate }
            | Self::DeliveryTimeout { fate, .. }
            | Self::Request { fate, .. }
            | Self::TopicRecreated { fate, .. } => *fate,
            Self::RecordRejected { .. } | Self::TooLarge { .. } => Fate::Rejected,
            Self::BatchRejected { .. }
            | Self::BufferFull { .. }
            | Self::Compression { .. }
            | Self::InvalidTopic { .. }
            | Self::NoProducerId { .. }
            | Self::ProducerIdRefused { .. }
            | Self::TopicUnavailable { .. }
            | Self::UnknownPartition { .. }
            | Self::WouldWait => Fate::NotWritten,
        }
    }

    /// What can be done about it.
    pub fn class(&self) -> Class {
        match self {
            Self::Broker { source, .. } | Self::ProducerIdRefused { source } => source.class(),
            Self::Request { source, .. } | Self::NoProducerId { source } => source.class(),
            Self::BatchRejected { .. }
            | Self::BufferFull { .. }
            | Self::DeliveryTimeout { .. }
            | Self::TopicRecreated { .. }
            | Self::WouldWait => Class::Retry,
            Self::TopicUnavailable {
                source: Some(source), ..
            } => source.class(),
            Self::Closed { .. }
            | Self::Compression { .. }
            | Self::InvalidTopic { .. }
            | Self::RecordRejected { .. }
            | Self::TooLarge { .. }
            | Self::TopicUnavailable { source: None, .. }
            | Self::UnknownPartition { .. } => Class::Usage,
        }
    }
}

/// Why a flush did not end well.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FlushError {
    /// The producer was closed before everything was written.
    #[error("the producer is closed")]
    Closed,
    /// Records have failed since the last flush, whether anybody awaited their deliveries or not.
    #[error("{records} records were not written")]
    Failed {
        /// How many.
        records: u64,
        /// Why the first of them failed.
        #[source]
        first: Box<ProduceError>,
    },
}

impl FlushError {
    /// What became of the first record that failed; of all, when the producer is closed, the worst that can be.
    pub fn fate(&self) -> Fate {
        match self {
            Self::Closed => Fate::MaybeWritten,
            Self::Failed { first, .. } => first.fate(),
        }
    }

    /// What can be done about it.
    pub fn class(&self) -> Class {
        match self {
            Self::Closed => Class::Usage,
            Self::Failed { first, .. } => first.class(),
        }
    }
}
