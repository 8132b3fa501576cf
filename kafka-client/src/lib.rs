//! The async Kafka client: producer, consumer and admin client.
//!
//! Floors, lowest first; a module imports only from floors below its own:
//!
//! | floor | modules |
//! |---|---|
//! | values | [`config`], [`error`], [`time`], [`port`] |
//! | the cluster as known | [`cluster`] |
//! | one broker link | [`connection`] |
//! | what machines have in common | [`machine`] |
#![forbid(unsafe_code)]

pub mod cluster;
pub mod config;
pub mod connection;
pub mod error;
pub mod machine;
pub mod port;
pub mod time;
