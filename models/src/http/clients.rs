//! The HTTP clients that all providers share: which certificates they trust, and which way they go.

use std::path::Path;
use std::sync::Arc;

use reqwest::{Certificate, Client, ClientBuilder, redirect};

use super::{Http, Limits, Peer};
use crate::config::{BaseUrl, ConfigError};

/// The HTTP clients that all providers share.
#[derive(Clone, Debug)]
pub(crate) struct Clients {
    /// Goes through the system's proxy, if there is one.
    outward: Client,
    /// Goes straight to this machine, which no proxy can reach for us.
    local: Client,
    limits: Limits,
    trust: Trust,
}

/// Whose certificates are trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Those that the system trusts, and those of a file.
    System,
    /// Those of a file at most: the system has none.
    Nobody,
}

/// The way that requests go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    pub(super) trust: Trust,
    /// Whether the system's proxy may be used.
    pub(super) is_outward: bool,
}

impl Clients {
    /// Clients that also trust the certificates of `ca_file` (PEM). A system without certificates is no
    /// obstacle: most connections need none.
    pub(crate) fn new(limits: Limits, ca_file: Option<&Path>) -> Result<Self, ConfigError> {
        // The only error is that a provider is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let extra = ca_file.map(certificates).transpose()?.unwrap_or_default();
        let with_system = builder(limits).tls_certs_merge(extra.clone()).build();
        let trust = if with_system.is_ok() { Trust::System } else { Trust::Nobody };
        let build = |builder: ClientBuilder| {
            let builder = match trust {
                Trust::System => builder.tls_certs_merge(extra.clone()),
                Trust::Nobody => builder.tls_certs_only(extra.clone()),
            };
            builder.build().map_err(|error| ConfigError::Client(error.to_string()))
        };
        if let Err(error) = &with_system {
            tracing::warn!(
                ?error,
                "no certificates of authorities were found; https calls will fail"
            );
        }
        let outward = build(builder(limits))?;
        let local = build(builder(limits).no_proxy())?;
        Ok(Self { outward, local, limits, trust })
    }

    /// The way to a provider.
    pub(crate) fn to(&self, peer: Peer) -> Http {
        let is_local = peer.base_url.as_ref().is_some_and(BaseUrl::is_local);
        let client = if is_local { &self.local } else { &self.outward };
        let way = Way { trust: self.trust, is_outward: !is_local };
        Http { client: client.clone(), limits: self.limits, way, peer: Arc::new(peer) }
    }
}

fn builder(limits: Limits) -> ClientBuilder {
    Client::builder()
        .user_agent(concat!("attune/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(limits.connect)
        .tcp_nodelay(true)
        // A redirect would carry keys in our own headers to another host.
        .redirect(redirect::Policy::none())
}

fn certificates(path: &Path) -> Result<Vec<Certificate>, ConfigError> {
    let invalid = |problem: String| ConfigError::InvalidCertificates {
        path: path.display().to_string(),
        problem,
    };
    let pem = std::fs::read(path).map_err(|error| invalid(format!("cannot be read: {error}")))?;
    let certificates = Certificate::from_pem_bundle(&pem).unwrap_or_default();
    if certificates.is_empty() {
        return Err(invalid("holds no certificate in PEM (BEGIN CERTIFICATE)".to_owned()));
    }
    Ok(certificates)
}
