//! What crosses crates. The tests are in `tests/`, as one binary.
