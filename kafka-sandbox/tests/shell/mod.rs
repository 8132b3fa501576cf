//! The sandbox on sockets: ports, threads, and clients that mean no good.

mod brokers;
mod client;
mod faults;
mod floods;
mod limits;
mod starting;
mod tls;
mod wire;
