//! The built-in demo model: no language model, but rules. It answers from the structure of a prompt
//! and follows the instructions a rewrite adds, so that the loop works with nothing connected.
//!
//! Both of its roles stand on `wish`: what people ask for. As target model it reads wishes out of
//! the prompt and follows them (`answer`); as alignment model it reads wishes out of the feedback
//! and writes them into the prompt (`rewrite`), in words that it will recognise.

mod answer;
mod content;
mod prompt;
mod rewrite;
mod text;
mod typing;
mod wish;

use align::direct::read_request;
use align::model::{ModelInfo, ModelRef};
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
        let text = match read_request(&call.conversation) {
            Some(request) => rewrite::reply(&request),
            None => answer::answer(&call.conversation),
        };
        Ok(typing::stream(text, call, self.delay_ms))
    }
}
