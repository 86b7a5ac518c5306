//! The guideline workflow on the demo model: it suggests, distils, rewrites, and follows what it wrote.

#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes snapshots with them")]

mod distilling;
mod rewriting;
mod stories;
mod suggesting;
