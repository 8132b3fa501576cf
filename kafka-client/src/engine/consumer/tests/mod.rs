//! The whole consumer in scripts: requests are read and answered one by one, time is moved by hand.

mod commits;
mod damage;
mod epochs;
mod fetching;
mod lifetime;
mod member;
mod offsets;
mod world;
