use std::time::Duration;

use crate::config::{ConnectionConfig, ConsumerConfig};
use crate::time::{Backoff, Moment};

/// What the machines of a consumer go by.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The consumer's own settings.
    pub consumer: ConsumerConfig,
    /// How long one request may take.
    pub request_timeout: Duration,
    /// How long a call may take with its retries.
    pub api_timeout: Duration,
    /// The wait before the first retry.
    pub retry_backoff: Duration,
    /// The longest wait between retries.
    pub retry_backoff_max: Duration,
    /// After how long a nearby replica is given up for the leader (KIP-392).
    pub replica_max_age: Duration,
    /// The wall-clock time of [`Moment::START`], in milliseconds since 1970.
    pub started_at: i64,
    /// Tells the consumers of one client apart.
    pub lane: u32,
}

impl Settings {
    /// Takes what the consumer needs of its client's settings.
    pub fn new(consumer: ConsumerConfig, connection: &ConnectionConfig, started_at: i64, lane: u32) -> Self {
        Self {
            consumer,
            request_timeout: connection.request_timeout,
            api_timeout: connection.api_timeout,
            retry_backoff: connection.retry_backoff,
            retry_backoff_max: connection.retry_backoff_max,
            replica_max_age: connection.metadata_max_age,
            started_at,
            lane,
        }
    }

    /// The wall-clock time in milliseconds since 1970, as far as the client's clock tells.
    pub(super) fn unix_ms(&self, now: Moment) -> i64 {
        self.started_at
            .saturating_add(i64::try_from(now.since_start().as_millis()).unwrap_or(i64::MAX))
    }

    pub(super) fn backoff(&self) -> Backoff {
        Backoff::new(self.retry_backoff, self.retry_backoff_max)
    }
}
