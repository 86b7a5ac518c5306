//! Tokens of Google's application default credentials.

use std::sync::Arc;
use std::time::Duration;

use gcp_auth::TokenProvider;
use reqwest::header::HeaderValue;
use tokio::sync::OnceCell;
use tokio::time::timeout;

use crate::error::Cause;

const SCOPES: [&str; 1] = ["https://www.googleapis.com/auth/cloud-platform"];

/// The most time to get a token. Away from Google's machines, the search for credentials ends with
/// waiting for a metadata server.
const LIMIT: Duration = Duration::from_secs(20);

/// Finds credentials at the first use and keeps tokens until they expire.
#[derive(Default)]
pub(super) struct Tokens {
    provider: OnceCell<Arc<dyn TokenProvider>>,
}

impl Tokens {
    #[cfg(test)]
    pub(super) fn of(provider: Arc<dyn TokenProvider>) -> Self {
        Self { provider: OnceCell::new_with(Some(provider)) }
    }

    /// A header with a token that is valid now.
    pub(super) async fn header(&self) -> Result<HeaderValue, Cause> {
        timeout(LIMIT, self.token()).await.map_err(|_| none())?
    }

    async fn token(&self) -> Result<HeaderValue, Cause> {
        let provider =
            self.provider.get_or_try_init(gcp_auth::provider).await.map_err(|_| none())?;
        let token = provider.token(&SCOPES).await.map_err(|_| none())?;
        let header = HeaderValue::try_from(format!("Bearer {}", token.as_str()));
        let mut header = header.map_err(|_| none())?;
        header.set_sensitive(true);
        Ok(header)
    }
}

fn none() -> Cause {
    Cause::Authentication { status: None, said: None }
}
