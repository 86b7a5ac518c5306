#![doc = include_str!("../README.md")]

pub mod diff;
pub mod direct;
mod exchange;
pub mod feedback;
pub mod guidelines;
pub mod hidden;
pub mod model;
pub mod prompt;
pub mod record;
pub mod template;
mod words;

pub use feedback::{Feedback, Span};
pub use prompt::{MissingValues, Prompt, Rendered, Values};
