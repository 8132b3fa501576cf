//! kafkactl.
fn main() {}
