//! The async Kafka client: producer, consumer and admin client.
//!
//! Floors, lowest first; a module imports only from floors below its own:
//!
//! | floor | modules |
//! |---|---|
//! | values | [`config`], [`error`], [`time`], [`port`], [`oneshot`], `mutant` |
//! | the cluster as known | [`cluster`] |
//! | one broker link | [`connection`] |
//! | what machines have in common | [`machine`] |
//! | what they do | [`consume`], [`group`], [`produce`] |
//! | their composition | [`engine`] |
//! | runtime, sockets, TLS, clocks | [`io`] |
//! | what users hold | [`admin`], [`client`] |
#![forbid(unsafe_code)]

pub mod admin;
pub mod client;
pub mod cluster;
pub mod config;
pub mod connection;
pub mod consume;
pub mod engine;
pub mod error;
pub mod group;
pub mod io;
pub mod machine;
#[cfg(not(feature = "simulation"))]
mod mutant;
#[cfg(feature = "simulation")]
pub mod mutant;
mod node;
pub mod oneshot;
pub mod port;
pub mod produce;
#[cfg(test)]
mod script;
pub mod time;
