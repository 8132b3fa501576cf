//! An embedded Kafka-compatible cluster: N brokers in one process, on sockets of the loopback or on links in memory.
//!
//! Floors, lowest first; a module imports only from floors below its own:
//!
//! | floor | modules |
//! |---|---|
//! | values | [`time`], [`profile`], [`answers`] |
//! | bytes that stay | [`storage`] |
//! | one partition | [`log`] |
//! | rules and commands, coordinators | [`fault`], `group`, `transaction` |
//! | the cluster | [`state`], with what waits in it |
//! | its APIs | `handlers` |
//! | bytes in, bytes out | [`core`] |
//! | sockets and threads | `shell` |
//! | what users hold | [`Sandbox`], [`SandboxBuilder`] |
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use kafka_sandbox::Sandbox;
//!
//! let cluster = Sandbox::builder().brokers(3).topic("orders", 6).start().await?;
//! println!("connect to {}", cluster.bootstrap_servers());
//! cluster.shutdown().await;
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

pub mod answers;
mod builder;
pub mod core;
pub mod fault;
mod group;
mod handlers;
pub mod log;
pub mod profile;
mod quota;
mod sandbox;
pub mod security;
mod shell;
pub mod state;
pub mod storage;
mod telemetry;
pub mod time;
mod transaction;

pub use builder::{SandboxBuilder, StartError};
pub use protocol::sasl::Mechanism;
pub use protocol::{ApiKey, ErrorCode};
pub use sandbox::{BrokerHandle, Sandbox};
pub use security::{SaslSettings, UserSettings};
pub use shell::{ClientAuth, Identity, Limits, TlsError};
