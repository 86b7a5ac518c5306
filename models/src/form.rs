//! How a model is asked: what it refused is put elsewhere or left out, and that is remembered.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use align::model::{Message, Role, Setting};

use crate::call::Call;
use crate::error::Parameter;

/// The form of a request, as far as models differ in what they take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// System instructions stand in front of the first message of the user.
    pub system_in_message: bool,
    /// Options of the stream are left out, and with them perhaps the counts of tokens.
    pub no_stream_options: bool,
    /// The limit of output tokens goes by its other name.
    pub other_limit_name: bool,
}

impl Form {
    /// The form that does without a parameter of `call` that was refused; `None` if there is none.
    pub(crate) fn without(self, parameter: Parameter, call: &Call) -> Option<Self> {
        let has_system = !call.conversation.system_instructions.trim().is_empty();
        let has_limit = call.settings.has(Setting::MaxOutputTokens);
        let form = match parameter {
            Parameter::SystemInstructions if has_system => Self { system_in_message: true, ..self },
            Parameter::StreamOptions => Self { no_stream_options: true, ..self },
            Parameter::Setting(Setting::MaxOutputTokens) if has_limit => {
                Self { other_limit_name: true, ..self }
            }
            _ => self,
        };
        (form != self).then_some(form)
    }

    /// Whether the system instructions of `call` stand in front of its first message.
    pub(crate) fn moves_instructions(self, call: &Call) -> bool {
        self.system_in_message && !call.conversation.system_instructions.trim().is_empty()
    }

    /// The call in this form.
    pub(crate) fn of(self, call: &Call) -> Call {
        let moves = self.moves_instructions(call);
        let mut call = Call { form: self, ..call.clone() };
        if moves {
            let system = std::mem::take(&mut call.conversation.system_instructions);
            match call.conversation.messages.first_mut() {
                Some(first) if first.role == Role::User => {
                    first.text = format!("{system}\n\n{}", first.text);
                }
                _ => call.conversation.messages.insert(0, Message::user(system)),
            }
        }
        call
    }
}

/// The forms in which the models of one connection answered, for the life of the process. Cheap to
/// clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forms(Arc<Mutex<HashMap<String, Form>>>);

impl Forms {
    pub(crate) fn of(&self, model: &str) -> Form {
        self.lock().get(model).copied().unwrap_or_default()
    }

    pub(crate) fn keep(&self, model: &str, form: Form) {
        if form != Form::default() {
            self.lock().insert(model.to_owned(), form);
        }
    }

    /// The forms are whole whatever panicked.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Form>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
