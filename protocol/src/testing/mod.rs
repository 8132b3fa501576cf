//! What tests need to know about all messages: descriptions, random instances, faulty bytes, a registry.
//!
//! Behind the feature `testing`, which no client or broker switches on.

mod fault;
pub mod fuzz;
mod registry;
mod rng;
mod schema;

pub use fault::Fault;
pub(crate) use fault::Probe;
pub use registry::{Entry, Kind, registry};
pub use rng::{Rng, Vocabulary};
pub use schema::{DefaultSchema, Described, FieldSchema, StructSchema, TypeSchema};
