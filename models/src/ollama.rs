//! Finds an Ollama, which is then called through its OpenAI-compatible endpoint.

use std::time::Duration;

use tokio::time::timeout;
use tracing::debug;

use crate::config::Ollama;
use crate::http::Clients;
use crate::openai::OpenAi;
use crate::provider::Provider;

/// Identifier of the provider.
pub(crate) const ID: &str = "ollama";

/// How many calls it gets at once: on a machine of one's own, one model answers one request.
pub(crate) const AT_ONCE: usize = 1;

/// How long the start of the server may wait for an Ollama that may not be there.
const PROBE_LIMIT: Duration = Duration::from_millis(200);

/// The Ollama that was configured, or that answers at its usual address.
pub(crate) async fn find(clients: &Clients, ollama: Ollama) -> Option<OpenAi> {
    match ollama {
        Ollama::Off => None,
        Ollama::At(host) => Some(OpenAi::ollama(clients, &host)),
        Ollama::Probe(host) => {
            let provider = OpenAi::ollama(clients, &host);
            let listing = timeout(PROBE_LIMIT, provider.list_models()).await;
            let is_there = matches!(listing, Ok(Ok(_)));
            debug!(host = host.as_str(), is_there, "looked for an Ollama");
            is_there.then_some(provider)
        }
    }
}
