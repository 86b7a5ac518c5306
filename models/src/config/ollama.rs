//! Where to look for an Ollama.

use align::record::ProviderKind;

use super::{BaseUrl, ConfigError};

/// Ollama's usual address.
const USUAL: &str = "http://127.0.0.1:11434";

/// Whether and where to look for an Ollama.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Ollama {
    /// Not at all (`OLLAMA_HOST=off`).
    #[default]
    Off,
    /// Connected if it answers at start.
    Probe(BaseUrl),
    /// Connected in any case, because a person said where it is.
    At(BaseUrl),
}

impl Ollama {
    /// Reads `OLLAMA_HOST`: a URL, `host:port`, a host, or `off`. Without it, the usual address is
    /// probed.
    pub fn from_variable(value: Option<&str>) -> Result<Self, ConfigError> {
        match value {
            None => Ok(Self::Probe(BaseUrl::known(USUAL))),
            Some("off") => Ok(Self::Off),
            Some(host) => BaseUrl::parse("OLLAMA_HOST", &url(host)).map(Self::At),
        }
    }
}

/// The servers to look for on this machine; none where `OLLAMA_HOST` says not to look.
pub(super) fn usual_servers(ollama_host: Option<&str>) -> Vec<(ProviderKind, BaseUrl)> {
    let kinds = [ProviderKind::Ollama, ProviderKind::LlamaCpp];
    let kinds = kinds.into_iter().filter(|_| ollama_host != Some("off"));
    kinds.map(|kind| (kind, BaseUrl::known(kind.usual_base_url()))).collect()
}

/// The URL of what Ollama itself accepts as its host.
fn url(host: &str) -> String {
    let (scheme, rest) = host.split_once("://").unwrap_or(("http", host));
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let after_host = authority.rsplit(']').next().unwrap_or_default();
    let has_port = after_host.contains(':') || host.contains("://");
    let (name, port) = match authority.rsplit_once(':') {
        Some((name, port)) if has_port && !port.ends_with(']') => (name, Some(port)),
        _ => (authority, None),
    };
    // Servers are told to listen everywhere by these; clients mean this machine.
    let name = match name {
        "" | "0.0.0.0" => "127.0.0.1",
        "[::]" => "[::1]",
        name => name,
    };
    let port = port.or_else(|| (!host.contains("://")).then_some("11434"));
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{name}{port}/{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_as_ollama_reads_them() {
        let check = |value, expected: &str| {
            let Ok(Ollama::At(base_url)) = Ollama::from_variable(Some(value)) else {
                panic!("{value}")
            };
            assert_eq!(base_url.as_str(), expected);
        };
        check("127.0.0.1:11500", "http://127.0.0.1:11500");
        check("gpu-box", "http://gpu-box:11434");
        check(":11500", "http://127.0.0.1:11500");
        check("0.0.0.0", "http://127.0.0.1:11434");
        check("0.0.0.0:1", "http://127.0.0.1:1");
        check("[::1]:5", "http://[::1]:5");
        check("https://ollama.example/api", "https://ollama.example/api");
        check("http://0.0.0.0:7", "http://127.0.0.1:7");
    }

    #[test]
    fn it_can_be_switched_off() {
        assert_eq!(Ollama::from_variable(Some("off")), Ok(Ollama::Off));
        assert!(matches!(Ollama::from_variable(None), Ok(Ollama::Probe(_))));
        assert!(Ollama::from_variable(Some("a b")).is_err());
    }
}
