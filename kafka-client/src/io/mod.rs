//! Runs the engine: the only place with a runtime, sockets, TLS, names and clocks.
//!
//! ```text
//! callers ── waker ──▶ engine task ── outbox ──▶ connection task ──▶ socket
//!                          ▲                          │
//!                          └───────── inbox ──────────┘
//! ```
//!
//! The engine task owns the [`Engine`](crate::engine::Engine); one task per connection moves whole frames. What is
//! handed over is put into a queue, and the other side is woken only when it had nothing to do.

mod clock;
mod connection;
mod driver;
mod handle;
#[cfg(feature = "simulation")]
mod manual;
mod resolve;
mod shared;
mod socket;
mod tls;

pub use clock::CoarseClock;
pub use handle::{EngineHandle, Runtime, StartError};
#[cfg(feature = "simulation")]
pub use manual::ManualEngine;
