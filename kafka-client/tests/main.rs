//! What the crate promises, proved from outside.
#![allow(missing_docs, unreachable_pub, clippy::cast_precision_loss)]

mod allocation;
mod instant;
mod produce;

#[global_allocator]
static ALLOCATOR: allocation::Counting = allocation::Counting;
