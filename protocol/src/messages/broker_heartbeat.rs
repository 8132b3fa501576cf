//! `BrokerHeartbeat`: API 63, versions 0 to 2.

use protocol_derive::{Request, Response};

use crate::Uuid;

/// Says that a broker lives (KIP-631).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 63, versions = 0..=2, flexible = 0..)]
pub struct BrokerHeartbeatRequest {
    /// The id of the broker.
    pub broker_id: i32,
    /// The epoch the broker got at its registration.
    #[kafka(default = -1)]
    pub broker_epoch: i64,
    /// The highest metadata offset the broker has.
    pub current_metadata_offset: i64,
    /// Whether the broker wants to stay fenced off.
    pub want_fence: bool,
    /// Whether the broker wants to shut down in a controlled way.
    pub want_shut_down: bool,
    /// The ids of the directories that have failed (KIP-858).
    #[kafka(versions = 1.., tag = 0)]
    pub offline_log_dirs: Vec<Uuid>,
    /// The ids of the directories that take no new replicas (KIP-1066).
    #[kafka(versions = 2.., tag = 1, default = None)]
    pub cordoned_log_dirs: Option<Vec<Uuid>>,
}

/// The answer to [`BrokerHeartbeatRequest`]: what the controller wants the broker to do.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 63, versions = 0..=2, flexible = 0..)]
pub struct BrokerHeartbeatResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// Whether the broker has read up to the current metadata.
    pub is_caught_up: bool,
    /// Whether the broker is fenced off.
    #[kafka(default = true)]
    pub is_fenced: bool,
    /// Whether the broker may go on with its shutdown.
    pub should_shut_down: bool,
}
