//! What users hold.

mod builder;
#[expect(
    clippy::module_inception,
    reason = "the folder holds the producer's and consumer's handles, too"
)]
mod client;
mod consumer;

pub use builder::ClientBuilder;
pub use client::{Client, ConnectError, Topics};
pub use consumer::{
    CloseOptions, Commit, Consumer, ConsumerBuilder, ConsumerEvent, StartConsumerError,
};
