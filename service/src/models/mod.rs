//! The connected models.

use align::model::{ModelRef, ProviderInfo};

use crate::Studio;

impl Studio {
    /// The connected providers and the models they list.
    pub async fn models(&self) -> Vec<ProviderInfo> {
        self.shared.models.providers().await
    }

    /// The model used where a person has not chosen one.
    pub async fn preferred_model(&self) -> ModelRef {
        self.shared.models.preferred().await
    }

    /// `chosen`, or else the preferred model.
    pub(crate) async fn model_or_preferred(&self, chosen: Option<ModelRef>) -> ModelRef {
        match chosen {
            Some(model) => model,
            None => self.preferred_model().await,
        }
    }
}
