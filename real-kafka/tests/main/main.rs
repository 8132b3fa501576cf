//! The harness against real brokers.

mod basics;
