//! The demo model as a provider: its replies, typed out piece by piece.

use std::time::Duration;

use align::model::ModelInfo;
use async_stream::try_stream;
use async_trait::async_trait;
use demo::{ID, LABEL};

use crate::call::{Call, ModelStream, StreamEvent};
use crate::error::ModelError;
use crate::provider::Provider;

/// Pause between two pieces of an answer, in milliseconds, so that people see it stream.
pub(crate) const DELAY_MS: u64 = 18;

/// The provider of the demo model. Deterministic and offline.
#[derive(Clone, Debug)]
pub struct Demo {
    delay_ms: u64,
}

impl Demo {
    /// A demo model that pauses `delay_ms` milliseconds before each piece of an answer.
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
        Ok(vec![ModelInfo { model: demo::model(), label: LABEL.to_owned() }])
    }

    async fn stream(&self, call: &Call) -> Result<ModelStream, ModelError> {
        let reply = demo::reply(&call.conversation, &call.settings);
        let delay = Duration::from_millis(self.delay_ms);
        Ok(Box::pin(try_stream! {
            for piece in reply.pieces {
                // A pause of nothing would still be a millisecond.
                if !delay.is_zero() {
                    tokio::time::sleep(delay).await;
                }
                yield StreamEvent::Text(piece);
            }
            yield StreamEvent::Done { finish: reply.finish, usage: Some(reply.usage) };
        }))
    }
}
