//! See `src/template.rs` for what must hold.
#![no_main]

#[path = "../src/clock.rs"]
mod clock;
#[path = "../src/template.rs"]
mod template;

libfuzzer_sys::fuzz_target!(|data: &[u8]| template::check(data));
