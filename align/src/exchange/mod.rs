//! Talking with an alignment model, whatever it is asked: delimiters with a random mark, finding them
//! again in replies, and telling an answer from what models put around it.

pub(crate) mod asked;
pub(crate) mod asking;
pub(crate) mod chatter;
pub(crate) mod echo;
pub(crate) mod fenced;
pub(crate) mod json;
pub(crate) mod label;
pub(crate) mod mark;
pub(crate) mod material;
pub(crate) mod offered;
pub(crate) mod scan;
pub(crate) mod tags;
pub(crate) mod thoughts;
