//! The same requests to the sandbox and to a real Kafka: where the answers differ, the sandbox is wrong.

mod link;
mod observed;
