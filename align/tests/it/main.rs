//! Tests of `align` through its public interface.

mod diff;
mod prompts;
mod template;
