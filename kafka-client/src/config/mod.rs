//! Settings: typed structs, and the names that the Java client gives them. Defaults are Java's where Java has the
//! setting.
//!
//! Each setting is one row of a table (see [`settings`]): its name, type, bounds and default, and the field of the
//! typed struct that it fills. [`Settings`] reads the names; the structs are there for whoever writes Rust.

mod connection;
mod consumer;
mod draft;
mod error;
mod file;
mod jaas;
mod nearest;
mod parse;
mod pem;
mod producer;
pub mod properties;
mod security;
mod settings;
mod substitute;
mod table;
mod token;
mod unsecured;
mod value;

pub use connection::{
    ConnectionConfig, Identity, SaslConfig, SaslCredentials, Security, TlsConfig, TlsRoots,
};
pub use consumer::{AssignorKind, ConsumerConfig, IsolationLevel, OffsetReset};
pub use error::ConfigError;
pub use jaas::JaasEntry;
pub use nearest::nearest;
pub use producer::{Acks, KeyHash, Partitioner, ProducerConfig};
pub use protocol::sasl::Secret;
pub use settings::{ConfigWarning, Settings, SettingsBuilder};
pub use table::{Clients, FOREIGN, Setting, UNSUPPORTED, setting, settings};
pub use token::{Token, TokenError, TokenFuture, TokenProvider};
