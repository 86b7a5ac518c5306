//! The built-in demo model: no language model, but rules. It answers from the structure of a prompt
//! and follows the instructions a rewrite adds, so that the loop works with nothing connected.
//!
//! Both of its roles stand on `wish`: what people ask for. As target model it reads wishes out of
//! the prompt and follows them (`answer`); as alignment model it reads wishes out of feedback and
//! guidelines and writes them into the prompt (`rewrite`), makes guidelines out of what people say
//! (`distil`), and offers them something to say (`suggest`), all in words that it will recognise.

mod answer;
mod content;
mod distil;
mod prompt;
mod rewrite;
mod suggest;
mod text;
mod typing;
mod wish;

use align::direct::read_request;
use align::guidelines::{read_distil_request, read_suggest_request};
use align::model::{Conversation, ModelInfo, ModelRef};
use async_trait::async_trait;

use crate::call::{Call, ModelStream};
use crate::error::ModelError;
use crate::provider::Provider;

/// Identifier of the provider.
pub const ID: &str = "demo";

/// What people read wherever it is chosen.
pub const LABEL: &str = "Demo model – not a language model";

/// The name of its only model.
pub const MODEL: &str = "demo-1";

/// Pause between two chunks of an answer, in milliseconds, so that people see it stream.
pub const DELAY_MS: u64 = 18;

/// The name under which it is called.
pub fn model() -> ModelRef {
    ModelRef::new(ID, MODEL)
}

/// The demo model. Deterministic and offline; seed and temperature change nothing.
#[derive(Clone, Debug)]
pub struct Demo {
    delay_ms: u64,
}

impl Demo {
    /// A demo model that pauses `delay_ms` milliseconds between two chunks.
    pub fn new(delay_ms: u64) -> Self {
        Self { delay_ms }
    }
}

#[async_trait]
impl Provider for Demo {
    fn id(&self) -> &str {
        ID
    }

    fn label(&self) -> &str {
        LABEL
    }

    fn base_url(&self) -> Option<&str> {
        None
    }

    async fn list_models(&self) -> Result<Vec<ModelInfo>, ModelError> {
        Ok(vec![ModelInfo { model: model(), label: LABEL.to_owned() }])
    }

    async fn stream(&self, call: &Call) -> Result<ModelStream, ModelError> {
        Ok(typing::stream(answer_to(&call.conversation), call, self.delay_ms))
    }
}

/// What it answers, whatever it is asked.
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
