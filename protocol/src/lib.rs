//! The Kafka wire protocol, pure: no sockets, no clocks, no runtime.
//!
//! | module | holds |
//! |---|---|
//! | [`wire`] | readers and writers of the primitive types, and their errors |
#![forbid(unsafe_code)]

mod uuid;
pub mod wire;

pub use uuid::Uuid;
