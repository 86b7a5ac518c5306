//! Tests of `align` through its public interface.

#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes snapshots with them")]

mod conversation;
mod diff;
mod guidelines;
mod injection;
mod prompts;
mod replies;
mod review;
mod rewrites;
mod seeds;
mod template;
