//! Settings: typed structs, and the names that the Java client gives them.

mod error;
mod secret;

pub use error::ConfigError;
pub use secret::Secret;
