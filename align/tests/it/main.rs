//! Tests of `align` through its public interface.

mod conversation;
mod diff;
mod prompts;
mod replies;
mod review;
mod template;
