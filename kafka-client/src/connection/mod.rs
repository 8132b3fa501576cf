//! The state of one broker link, and what machines send through it.

mod ask;
mod diagnosis;
mod fault;
mod handshake;
mod inflight;
mod link;
mod throttle;
mod versions;

#[cfg(test)]
mod tests;

pub use ask::{Answer, Ask, Body, Capped, Reply};
pub use fault::{Fault, FaultKind};
pub use handshake::{API_VERSIONS_COMMON, Login, Peer};
pub use inflight::Ticket;
pub use link::{Link, LinkEvent, LinkSettings, Output};
pub use throttle::throttle_time;
pub use versions::BrokerVersions;
