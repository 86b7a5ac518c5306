//! See `src/diff.rs` for what must hold.
#![no_main]

#[path = "../src/clock.rs"]
mod clock;
#[path = "../src/diff.rs"]
mod diff;

libfuzzer_sys::fuzz_target!(|data: &[u8]| diff::check(data));
