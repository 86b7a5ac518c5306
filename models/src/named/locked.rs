//! A provider whose key cannot be read: it is listed, and every call says what to do.

use std::sync::Arc;

use align::model::ModelInfo;
use async_trait::async_trait;

use crate::call::{Call, ModelStream};
use crate::connected::Models;
use crate::error::{Cause, ModelError};
use crate::http::{Credential, Peer};
use crate::provider::Provider;

struct Locked {
    id: String,
    base_url: String,
    peer: Arc<Peer>,
}

impl Models {
    /// A provider whose key cannot be read, for [`Models::replace`].
    pub fn locked(id: &str, label: &str, base_url: &str) -> Arc<dyn Provider> {
        let peer = Peer { credential: Credential::Page, ..Peer::named(label) };
        Arc::new(Locked {
            id: id.to_owned(),
            // Parameters are not shown.
            base_url: base_url.split('?').next().unwrap_or_default().to_owned(),
            peer: Arc::new(peer),
        })
    }
}

impl Locked {
    fn error(&self) -> ModelError {
        ModelError::of(&self.peer, Cause::Authentication { status: None, said: None })
    }
}

#[async_trait]
impl Provider for Locked {
    fn id(&self) -> &str {
        &self.id
    }

    fn label(&self) -> &str {
        &self.peer.label
    }

    fn base_url(&self) -> Option<&str> {
        Some(&self.base_url)
    }

    async fn list_models(&self) -> Result<Vec<ModelInfo>, ModelError> {
        Err(self.error())
    }

    async fn stream(&self, _: &Call) -> Result<ModelStream, ModelError> {
        Err(self.error())
    }

    fn default_model(&self, _: &[ModelInfo]) -> Option<String> {
        None
    }
}
