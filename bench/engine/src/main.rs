//! What a request costs between a machine and the socket: time and allocations of the pure engine, and the time of a
//! round trip through sockets on loopback to a broker that answers at once.
//!
//! `cargo run --release -p bench-engine` in the folder `bench`.

mod broker;
mod count;
mod pure;
mod round_trip;

#[global_allocator]
static ALLOCATOR: count::Counting = count::Counting;

fn main() {
    pure::run();
    round_trip::run();
}
