//! Servers of models that answer at their usual ports of this machine.

use std::time::Duration;

use align::record::{LocalServer, ProviderKind};
use futures_util::future::join_all;
use serde_json::Value;
use tokio::time::timeout;

use crate::config::BaseUrl;
use crate::connected::Models;
use crate::http::json::{elements, text};
use crate::http::{Clients, Peer};

/// How long a person waits for servers that may not be there.
const PROBE_LIMIT: Duration = Duration::from_millis(300);

impl Models {
    /// Which of the usual servers answer and are not connected.
    pub async fn local_servers(&self) -> Vec<LocalServer> {
        let Ok(clients) = self.clients() else { return Vec::new() };
        let members = self.members();
        let connected: Vec<_> = members.providers().filter_map(|it| it.base_url()).collect();
        let is_new = |base_url: &BaseUrl| {
            let here = base_url.as_str();
            !connected.iter().any(|known| known.strip_suffix("/v1").unwrap_or(known) == here)
        };
        let probes = self.usual_servers().iter().filter(|(_, base_url)| is_new(base_url));
        let probes =
            probes.map(|(kind, base_url)| timeout(PROBE_LIMIT, look(clients, *kind, base_url)));
        join_all(probes).await.into_iter().filter_map(|found| found.ok().flatten()).collect()
    }
}

async fn look(clients: &Clients, kind: ProviderKind, base_url: &BaseUrl) -> Option<LocalServer> {
    let peer = Peer { base_url: Some(base_url.clone()), ..Peer::named(kind.label()) };
    let http = clients.to(peer);
    let page: Value =
        http.json(http.get(base_url.ending_with(&["v1"]).join("models"))).await.ok()?;
    let listed = elements(&page["data"]);
    // Many programs listen at 8080.
    let is_llama_cpp = listed.iter().any(|it| text(it, "owned_by") == Some("llamacpp"));
    (kind != ProviderKind::LlamaCpp || is_llama_cpp).then(|| LocalServer {
        kind,
        base_url: base_url.as_str().to_owned(),
        listed: u32::try_from(listed.len()).unwrap_or(u32::MAX),
    })
}
