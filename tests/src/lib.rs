//! What crosses crates: the simulation; the tests are in `tests/`, as one binary.

pub mod sim;
