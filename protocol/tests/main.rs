//! What the crate promises, proved from outside.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

mod allocation;
mod corpus;
mod hostile;
mod records;
mod round_trip;
mod schema;
mod seed;

#[global_allocator]
static ALLOCATOR: allocation::Counting = allocation::Counting;
