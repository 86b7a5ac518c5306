#![doc = include_str!("../README.md")]

mod answer;
mod content;
mod distil;
mod prompt;
mod reply;
mod rewrite;
mod suggest;
mod text;
mod wish;

use align::direct::read_request;
use align::guidelines::{read_distil_request, read_suggest_request};
use align::model::{Conversation, ModelRef, Settings};

pub use reply::Reply;

/// Identifier of the provider.
pub const ID: &str = "demo";

/// What people read wherever it is chosen.
pub const LABEL: &str = "Demo model – not a language model";

/// The name of its only model.
pub const MODEL: &str = "demo-1";

/// The name under which it is called.
pub fn model() -> ModelRef {
    ModelRef::new(ID, MODEL)
}

/// What the demo model says to a conversation, whatever it is asked. The same conversation and
/// settings always get the same reply; seed and temperature change nothing.
pub fn reply(conversation: &Conversation, settings: &Settings) -> Reply {
    Reply::new(answer_to(conversation), conversation, settings)
}

fn answer_to(conversation: &Conversation) -> String {
    if let Some(request) = read_distil_request(conversation) {
        distil::reply(&request)
    } else if let Some(request) = read_suggest_request(conversation) {
        suggest::reply(&request)
    } else if let Some(request) = read_request(conversation) {
        rewrite::reply(&request)
    } else {
        answer::answer(conversation)
    }
}
