//! The connected models.

use align::model::{ModelRef, ProviderInfo};

use crate::access::UseCase;
use crate::error::ServiceError;
use crate::{Studio, UseCases};

impl UseCases {
    /// The connected providers and the models they list.
    pub async fn models(&self) -> Result<Vec<ProviderInfo>, ServiceError> {
        Ok(self.allow(UseCase::Models)?.shared.models.providers().await)
    }

    /// The model used where a person has not chosen one.
    pub async fn preferred_model(&self) -> Result<ModelRef, ServiceError> {
        Ok(self.allow(UseCase::PreferredModel)?.shared.models.preferred().await)
    }
}

impl Studio {
    /// `chosen`, or else the preferred model.
    pub(crate) async fn model_or_preferred(&self, chosen: Option<ModelRef>) -> ModelRef {
        match chosen {
            Some(model) => model,
            None => self.shared.models.preferred().await,
        }
    }
}
