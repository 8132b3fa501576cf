//! SCRAM-SHA-256 and SCRAM-SHA-512 (RFC 5802, RFC 7677, KIP-84): both sides prove that they know the password, and
//! neither sends it.
//!
//! ```text
//! client  n,,n=USER,r=NONCE[,tokenauth=true]
//! server  r=NONCE+MORE,s=SALT,i=ITERATIONS
//! client  c=biws,r=NONCE+MORE,p=PROOF
//! server  v=SIGNATURE          (or e=REASON)
//! ```
//!
//! User names and passwords are used as the UTF-8 they are. RFC 5802 would have them prepared by SASLprep first;
//! Kafka's brokers and clients do not, and a client that did could not log in where the two differ. Of user names, Kafka's
//! brokers accept ASCII only; passwords may be anything. Channel
//! binding is not offered, since Kafka has none.

mod client;
mod hash;
mod message;
#[cfg(any(feature = "server", test))]
mod server;
#[cfg(test)]
mod tests;

pub use hash::{SaltedPassword, StoredKeys};
#[cfg(any(feature = "server", test))]
pub use server::{ScramLogin, ScramServer, ServerStep};

pub(super) use client::ScramClient;
#[cfg(any(feature = "server", test))]
pub(super) use message::decode_name;

/// The fewest iterations that are accepted: the minimum of RFC 7677 and of Kafka.
pub const ITERATIONS_MIN: u32 = 4096;

/// The most iterations that are accepted, about a second of work. Kafka itself stores at most 16384.
pub const ITERATIONS_MAX: u32 = 1_000_000;
