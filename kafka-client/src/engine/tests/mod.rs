//! Scripts of whole engines: a machine that asks, brokers that answer, time that jumps.

mod cluster;
mod connecting;
mod producing;
mod tokens;
mod world;
