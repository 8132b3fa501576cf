//! The state of one broker link, and what machines send through it.

mod ask;

pub use ask::{Answer, Ask, Body, Capped, Reply};
