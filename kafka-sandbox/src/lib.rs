//! An embedded Kafka-compatible cluster: N brokers in one process, on sockets of the loopback or on links in memory.
//!
//! Floors, lowest first; a module imports only from floors below its own:
//!
//! | floor | modules |
//! |---|---|
//! | values | [`time`], [`profile`], [`answers`] |
//! | bytes that stay | [`storage`] |
//! | one partition | [`log`] |
//! | rules and commands | [`fault`] |
//! | the cluster | [`state`], with what waits in it |
//! | its APIs | `handlers` |
//! | bytes in, bytes out | [`core`] |
#![forbid(unsafe_code)]

pub mod answers;
pub mod core;
pub mod fault;
mod handlers;
pub mod log;
pub mod profile;
pub mod state;
pub mod storage;
pub mod time;
mod transaction;
