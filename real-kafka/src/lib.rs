//! Starts a real Apache Kafka: for tests, and for anyone who works on the project.
//!
//! The brokers come from Maven Central, run on the loopback address and die with the process that started them.
//!
//! ```no_run
//! use real_kafka::{KafkaCluster, Security};
//!
//! let cluster = KafkaCluster::builder().brokers(3).listener(Security::Plaintext).listener(Security::Tls).start()?;
//! println!("{}", cluster.bootstrap());
//! cluster.kill(2)?;
//! cluster.restart(2)?;
//! # Ok::<(), real_kafka::Error>(())
//! ```
//!
//! A test that any cluster serves shares one, and says so where none can be had:
//!
//! ```no_run
//! #[test]
//! fn topics_are_listed() {
//!     real_kafka::require!();
//!     let bootstrap = real_kafka::shared().unwrap().bootstrap();
//!     // What the client under test does is checked with Kafka's own tools.
//!     let listed = real_kafka::tools().unwrap().run("kafka-topics", &["--bootstrap-server", &bootstrap, "--list"]);
//!     assert_eq!(listed.unwrap().code, 0);
//! }
//! ```
//!
//! | module | what it does |
//! |---|---|
//! | `release`, `distribution`, `cache`, `archive` | which jars there are, fetching them once, starting them sooner |
//! | `builder`, `properties`, `security`, `certificates` | what a cluster shall look like |
//! | `start`, `format`, `node`, `guard`, `probe`, `ports` | from there to processes that serve and never outlive us |
//! | `cluster`, `shared` | what tests hold |
//! | `tools` | Kafka's own tools in a warm virtual machine |
//!
//! Everything is synchronous, needs no client of ours, and is told apart by [`Error`].

mod archive;
mod builder;
mod cache;
mod certificates;
mod cluster;
mod distribution;
mod error;
mod format;
mod guard;
mod java;
mod node;
mod pkcs12;
mod ports;
mod probe;
mod properties;
mod release;
mod security;
mod shared;
mod start;
mod tools;

pub use builder::ClusterBuilder;
pub use cache::root as cache_folder;
pub use certificates::Certificates;
pub use cluster::KafkaCluster;
pub use distribution::Distribution;
pub use error::Error;
pub use java::{program as java_program, unavailable_reason};
pub use release::Release;
pub use security::{ClientProperties, Mechanism, Security};
pub use shared::{external_bootstrap, not_tested, not_tested_record, shared, shared3};
pub use tools::{ToolOutput, ToolProcess, Tools, class_of, tools};
