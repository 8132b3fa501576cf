//! What users hold.

mod builder;
#[expect(
    clippy::module_inception,
    reason = "the folder holds the producer's and consumer's handles, too"
)]
mod client;
mod consumer;
mod producer;
mod producer_builder;

pub use crate::produce::{Deliveries, Delivery, Fate, FlushError, ProduceError, Record, Written};
pub use builder::ClientBuilder;
pub use client::{Client, ConnectError, Topics};
#[cfg(feature = "simulation")]
pub use consumer::Gauge;
pub use consumer::{CloseOptions, Commit, Consumer, ConsumerBuilder, ConsumerEvent, StartConsumerError};
pub use producer::{Producer, SendRecord};
pub use producer_builder::ProducerBuilder;
