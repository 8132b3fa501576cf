//! Scripts of the sender: input at t, output at t. Tests are named after the rows of the failure table.

mod bounds;
mod ending;
mod epochs;
mod placement;
mod refusals;
mod retries;
mod waits;
mod world;
