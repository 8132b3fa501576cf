use std::time::Duration;

use crate::answers::ANSWER_MAX;

/// What connections may take, so that no client makes the sandbox grow without bound by what it asks. What clients store, as
/// records, topics and offsets, is bounded by what the sandbox is told to keep.
///
/// A single request is at most 100 MiB long, as in Kafka, and its arrays have at most a million elements together; a connection
/// that sends more is closed. It has one request worked on at a time, and takes its next one when the answer to the last has left.
/// While a request is worked on, it takes a few times as much memory as its bytes and those of its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections of one broker at a time; 10 000 unless set. Beyond it, one that never sent a whole request is closed in
    /// favour of the newcomer, the oldest first; where there is none, the newcomer is.
    pub connections: usize,
    /// Bytes of requests that arrived and wait, over all connections; 512 MiB unless set. Beyond it, the connection that
    /// holds the most is closed.
    pub received: usize,
    /// Bytes of one answer, but for records that are fetched, which `fetch.max.bytes` bounds; 100 MiB unless set. A connection is
    /// closed that asks for more at a time.
    pub answer: usize,
    /// Bytes of answers that their clients have not taken yet, over all connections; 512 MiB unless set. Beyond it no
    /// further request is taken, whoever sent it, so that one answer may go beyond; and a client that takes nothing for [`stall`](Self::stall) loses its connection.
    pub unsent: usize,
    /// How long a client may take nothing of its answers while too much is unsent; ten seconds unless set. Connections are
    /// looked through once a second at most.
    pub stall: Duration,
    /// How long a connection may take to send its first whole request, TLS handshake included; ten seconds unless set.
    pub setup: Duration,
    /// How long a connection may be idle; ten minutes unless set, as `connections.max.idle.ms` has it.
    pub idle: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 10_000,
            received: 512 * 1024 * 1024,
            answer: ANSWER_MAX,
            unsent: 512 * 1024 * 1024,
            stall: Duration::from_secs(10),
            setup: Duration::from_secs(10),
            idle: Duration::from_secs(600),
        }
    }
}
