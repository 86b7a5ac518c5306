//! The connected models.

use align::model::{ModelRef, ProviderInfo};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::AppError;
use crate::api::post::Post;
#[cfg(feature = "ssr")]
use crate::api::{answer, studio};

/// What is connected, and what is used where a person has not chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Connected {
    /// The providers with their models.
    pub providers: Vec<ProviderInfo>,
    /// The model used where none is chosen.
    pub preferred: ModelRef,
}

/// The connected providers and their models.
#[server(endpoint = "models/list", protocol = Post)]
pub async fn connected_models() -> Result<Connected, AppError> {
    let studio = studio()?;
    let providers = answer(studio.models().await)?;
    Ok(Connected { providers, preferred: answer(studio.preferred_model().await)? })
}
