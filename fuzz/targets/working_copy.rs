//! See `src/working_copy.rs` for what must hold.
#![no_main]

#[path = "../src/working_copy.rs"]
mod working_copy;

libfuzzer_sys::fuzz_target!(|data: &[u8]| working_copy::check(data));
