//! What crosses crates.

#[cfg(test)]
mod witness;
