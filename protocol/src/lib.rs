//! The Kafka wire protocol, pure: no sockets, no clocks, no runtime.
//!
//! | module | holds |
//! |---|---|
//! | [`messages`] | every request, response and stored message, one file per API |
//! | [`wire`] | readers and writers of the primitive types, and their errors |
#![forbid(unsafe_code)]

mod api;
pub mod codec;
mod message;
pub mod messages;
mod uuid;
pub mod wire;

pub use api::{ApiInfo, ApiKey};
pub use message::{Decode, Encode, Message, Request, Response, VersionRange};
pub use uuid::Uuid;
