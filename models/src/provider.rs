//! What every provider of models can do.

use align::model::ModelInfo;
use async_trait::async_trait;

use crate::call::{Call, ModelStream};
use crate::error::ModelError;

/// A connected provider of models.
#[async_trait]
pub trait Provider: Send + Sync + 'static {
    /// Its identifier, the first part of a [`ModelRef`](align::model::ModelRef); holds no `/`.
    fn id(&self) -> &str;

    /// What people read, e.g. "Gemini".
    fn label(&self) -> &str;

    /// Where its requests go, without secrets; `None` if there are no requests.
    fn base_url(&self) -> Option<&str>;

    /// The models it offers, or an empty list where it cannot list them.
    async fn list_models(&self) -> Result<Vec<ModelInfo>, ModelError>;

    /// Calls a model once. An error here is a call that failed before its answer began; an error in the
    /// stream is one that failed while it arrived.
    async fn stream(&self, call: &Call) -> Result<ModelStream, ModelError>;

    /// The model to suggest to someone who did not choose one, given those it `listed`.
    fn default_model(&self, listed: &[ModelInfo]) -> Option<String> {
        listed.first().map(|info| info.model.model.clone())
    }
}
