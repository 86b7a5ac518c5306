//! The demo model in both of its roles.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod answers;
mod desk;
mod guidelines;
