//! The demo model as target model: composes an answer from the structure of a prompt.

mod extras;
mod howto;
mod json;
mod list;
mod ordered;
mod shopping;
mod style;
mod summary;
mod writing;

use align::model::Conversation;

use super::prompt::{Form, Reading};
use super::wish::{Layout, Register, Wish};

/// The answer to a conversation.
pub(super) fn answer(conversation: &Conversation) -> String {
    let reading = Reading::new(conversation);
    let body = match &reading.form {
        Form::Json(shape) => return json::answer(shape, &reading),
        Form::List | Form::One => list::answer(&reading),
        Form::HowTo => howto::answer(&reading),
        Form::Shopping => shopping::answer(&reading),
        Form::Summary => summary::summary(&reading),
        Form::Review => summary::review(&reading),
        Form::Letter => writing::letter(&reading),
        Form::Description => writing::description(&reading),
        Form::Haiku => writing::haiku(&reading),
        Form::Poem => writing::poem(&reading),
        Form::Prose => writing::prose(&reading),
    };
    style::finish(extras::with(body, &reading), &reading)
}

/// An answer before its last touches. By default it has the habits that people criticise: a chatty
/// line before and after.
struct Body {
    opening: Option<String>,
    text: String,
    closing: Option<String>,
}

impl Reading {
    fn register(&self) -> Option<Register> {
        self.wishes.iter().find_map(|wish| match wish {
            Wish::Register(register) => Some(*register),
            _ => None,
        })
    }

    fn is_formal(&self) -> bool {
        self.register() == Some(Register::Formal)
    }

    fn layout(&self) -> Option<Layout> {
        self.wishes.iter().find_map(|wish| match wish {
            Wish::Layout(layout) => Some(*layout),
            _ => None,
        })
    }

    fn is_short(&self) -> bool {
        self.wants(&Wish::Shorter)
    }
}
