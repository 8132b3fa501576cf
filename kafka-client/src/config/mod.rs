//! Settings: typed structs, and the names that the Java client gives them. Defaults are Java's where Java has the
//! setting.

mod connection;
mod consumer;
mod error;
mod producer;
pub mod properties;
mod secret;
mod token;

pub use connection::{ConnectionConfig, Identity, SaslConfig, SaslCredentials, Security, TlsConfig, TlsRoots};
pub use consumer::{AssignorKind, ConsumerConfig, IsolationLevel, OffsetReset};
pub use error::ConfigError;
pub use producer::{Acks, KeyHash, Partitioner, ProducerConfig};
pub use secret::Secret;
pub use token::{Token, TokenError, TokenFuture, TokenProvider};
