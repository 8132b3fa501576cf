//! The Kafka wire protocol, pure: no sockets, no clocks, no runtime.
//!
//! | module | holds |
//! |---|---|
//! | [`compress`] | gzip, snappy, lz4 and zstd as Kafka frames them |
//! | [`consumer_protocol`] | what members of a classic consumer group tell each other |
//! | [`ErrorCode`] | the error codes of responses |
//! | [`frame`] | whole requests and responses with their headers, and cutting a stream into frames |
//! | [`internal`] | the records of brokers' internal topics |
//! | [`key_hash`] | from a record's key to its partition |
//! | [`messages`] | every request, response and stored message, one file per API |
//! | [`records`] | record batches and message sets: building, sealing, reading |
//! | [`sasl`] | authentication: PLAIN, SCRAM, OAUTHBEARER |
//! | [`wire`] | readers and writers of the primitive types, and their errors |
#![forbid(unsafe_code)]

mod api;
pub mod codec;
pub mod compress;
pub mod consumer_protocol;
mod error_code;
pub mod frame;
mod header;
pub mod internal;
pub mod key_hash;
mod message;
pub mod messages;
mod node_ids;
pub mod records;
pub mod sasl;
#[cfg(feature = "testing")]
pub mod testing;
mod uuid;
mod version_range;
pub mod wire;

pub use api::{ApiInfo, ApiKey};
pub use error_code::{ErrorClass, ErrorCode};
pub use message::{Decode, Encode, Message, Request, Response};
pub use node_ids::NodeIds;
pub use uuid::{ParseUuidError, Uuid};
pub use version_range::VersionRange;
