//! An embedded Kafka-compatible cluster: N brokers in one process, on sockets of the loopback or on links in memory.
//!
//! It starts in milliseconds, on a thread of its own; any client works with it, and it fails as it is told to:
//!
//! ```
//! use kafka_client::client::{Client, Record};
//! use kafka_sandbox::{ApiKey, ErrorCode, Sandbox};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let cluster = Sandbox::builder().brokers(3).topic("orders", 6).start().await?;
//! let client = Client::connect(cluster.bootstrap_servers()).await?;
//!
//! // The first answer says that the leader is another broker; the second is lost, though the record is written. One rule strikes
//! // a request: the others wait for the next.
//! cluster.on(ApiKey::PRODUCE).once().reply(ErrorCode::NOT_LEADER_OR_FOLLOWER);
//! cluster.on(ApiKey::PRODUCE).once().after_apply().drop_connection();
//!
//! let producer = client.producer().start()?;
//! let written = producer.send(Record::to("orders").key("42").value("{}")).await?.await?;
//! assert_eq!(written.offset, 0);
//! assert!(cluster.requests().of(ApiKey::PRODUCE).count() >= 3);
//!
//! cluster.broker(1).kill()?;
//! cluster.broker(1).restart()?;
//! client.close().await;
//! cluster.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! | to | see |
//! |---|---|
//! | set it up: brokers, topics, storage, TLS, users, versions | [`SandboxBuilder`] |
//! | kill, pause and restart brokers, move leaders, read the log of requests | [`Sandbox`], [`BrokerHandle`] |
//! | make requests fail | [`fault`], [`Sandbox::on`] |
//! | bound what clients may take | [`Limits`] |
//! | drive it by hand, with time as an argument | [`core::Core`] |
//!
//! Floors, lowest first; a module imports only from floors below its own:
//!
//! | floor | modules |
//! |---|---|
//! | values | [`time`], [`profile`], [`answers`] |
//! | bytes that stay | [`storage`] |
//! | one partition | [`log`] |
//! | rules and commands, coordinators, who may do what and how much | [`fault`], `group`, `transaction`, [`security`], `quota`, `telemetry` |
//! | the cluster | [`state`], with what waits in it |
//! | its APIs | `handlers` |
//! | bytes in, bytes out | [`core`] |
//! | sockets and threads | `shell` |
//! | what users hold | [`Sandbox`], [`SandboxBuilder`] |
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
