//! Who may connect, who may do what, and how much of it: our client over real sockets, on the sandbox and on a real Kafka.
//!
//! Where the same body ends otherwise on the two, the sandbox is wrong.

mod acls;
mod admin;
mod entries;
mod ground;
mod passwords;
mod quotas;
mod renewal;
mod revoked;
mod rights;
mod tls;
