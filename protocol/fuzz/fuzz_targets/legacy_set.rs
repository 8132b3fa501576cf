#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| protocol::testing::fuzz::legacy_set(data));
