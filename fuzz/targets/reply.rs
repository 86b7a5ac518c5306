//! See `src/reply.rs` for what must hold.
#![no_main]

#[path = "../src/reply.rs"]
mod reply;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reply::check(data));
