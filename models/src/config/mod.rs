//! Which providers to connect, read once at start.

mod base_url;
mod endpoints;
mod key;
mod numbers;
mod ollama;

pub use base_url::BaseUrl;
pub use endpoints::Endpoint;
pub use key::ApiKey;
pub use numbers::Concurrency;
pub use ollama::Ollama;

use std::path::PathBuf;

use align::record::ProviderKind;
use reqwest::header::HeaderMap;

use crate::http::Limits;
use crate::retries::Retries;

/// Which providers to connect and how. Without any, only the demo model is there.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Gemini's own API.
    pub gemini: Option<Connection>,
    /// Gemini on Vertex AI.
    pub vertex: Option<VertexConfig>,
    /// Anthropic.
    pub anthropic: Option<Connection>,
    /// OpenAI, or whatever speaks its protocol at the base URL.
    pub openai: Option<Connection>,
    /// Further servers that speak OpenAI's protocol, by name.
    pub endpoints: Vec<Endpoint>,
    /// Whether and where to look for an Ollama.
    pub ollama: Ollama,
    /// Where servers of models are looked for on this machine, to be offered.
    pub usual_servers: Vec<(ProviderKind, BaseUrl)>,
    /// Pause between two chunks of the demo model's answers, in milliseconds.
    pub demo_delay_ms: u64,
    /// A file of certificates (PEM) to trust besides those of the system.
    pub ca_file: Option<PathBuf>,
    /// Time limits of every call.
    pub limits: Limits,
    /// When calls are tried again.
    pub retries: Retries,
    /// How many calls each provider gets at once.
    pub concurrency: Concurrency,
    /// How many requests an Ollama on this machine was told to answer at once.
    pub ollama_parallel: Option<usize>,
}

/// How to reach one provider.
#[derive(Clone, Debug, Default)]
pub struct Connection {
    /// Where its API is; `None` for the provider's own address.
    pub base_url: Option<BaseUrl>,
    /// The key, if one is needed there.
    pub key: Option<ApiKey>,
    /// What people read; `None` for the name of the provider or of the server.
    pub label: Option<String>,
    /// Headers that go with every request.
    pub headers: HeaderMap,
}

/// Gemini on Vertex AI. Tokens come from application default credentials.
#[derive(Clone, Debug)]
pub struct VertexConfig {
    /// The Google Cloud project.
    pub project: String,
    /// The location, `global` unless it is set.
    pub location: String,
    /// Where its API is, if not at Google.
    pub base_url: Option<BaseUrl>,
}

/// A configuration that cannot be used. Says what to correct and never shows a key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A key that no HTTP header can carry.
    #[error(
        "{name} holds characters that no key has, such as a space or a line break; copy the key again"
    )]
    InvalidKey {
        /// Where the key came from.
        name: String,
    },
    /// A base URL that is none.
    #[error("{name} is not a base URL: {problem}")]
    InvalidBaseUrl {
        /// Where the URL came from.
        name: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// Another value that cannot be used.
    #[error("{name} {problem}")]
    InvalidValue {
        /// Where the value came from.
        name: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The file of endpoints is not as it should be.
    #[error("the models file cannot be read, line {line}: {problem}")]
    InvalidFile {
        /// Line, from 1.
        line: usize,
        /// What is wrong there.
        problem: String,
    },
    /// An endpoint of the file cannot be used.
    #[error("the endpoint “{endpoint}” of the models file {problem}")]
    InvalidEndpoint {
        /// Its name.
        endpoint: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The file of certificates cannot be used.
    #[error("ATTUNE_CA_FILE: {path} {problem}")]
    InvalidCertificates {
        /// The file.
        path: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The HTTP client could not be made, e.g. because of a proxy setting.
    #[error("the HTTP client cannot be set up: {0}")]
    Client(String),
}

impl Config {
    /// Reads `GEMINI_API_KEY`, `GEMINI_BASE_URL`, the same for `OPENAI` and `ANTHROPIC`,
    /// `GOOGLE_CLOUD_PROJECT`, `GOOGLE_CLOUD_LOCATION`, `GOOGLE_VERTEX_BASE_URL`, `OLLAMA_HOST`,
    /// `OLLAMA_NUM_PARALLEL`, and the `ATTUNE_…` variables of the README. Empty variables are as good as none.
    pub fn from_env(get: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let get = |name: &str| {
            get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        Ok(Self {
            gemini: connection(&get, "GEMINI")?,
            vertex: vertex(&get)?,
            anthropic: connection(&get, "ANTHROPIC")?,
            openai: connection(&get, "OPENAI")?,
            endpoints: Vec::new(),
            ollama: Ollama::from_variable(get("OLLAMA_HOST").as_deref())?,
            usual_servers: ollama::usual_servers(get("OLLAMA_HOST").as_deref()),
            demo_delay_ms: demo_delay_ms(get("ATTUNE_DEMO_DELAY_MS").as_deref())?,
            ca_file: get("ATTUNE_CA_FILE").map(PathBuf::from),
            limits: numbers::limits(&get)?,
            retries: numbers::retries(&get)?,
            concurrency: numbers::concurrency(&get)?,
            // Ollama's own variable: what is wrong with it is Ollama's to say.
            ollama_parallel: get("OLLAMA_NUM_PARALLEL").and_then(|calls| calls.parse().ok()),
        })
    }

    /// Adds the endpoints of a models file (TOML). A key that the file names by its environment
    /// variable is read from there.
    pub fn read_endpoints(&mut self, toml: &str) -> Result<(), ConfigError> {
        let endpoints = endpoints::read(toml, |name| std::env::var(name).ok())?;
        self.endpoints.extend(endpoints);
        Ok(())
    }
}

fn connection(
    get: &impl Fn(&str) -> Option<String>,
    prefix: &str,
) -> Result<Option<Connection>, ConfigError> {
    let (key, base_url) = (format!("{prefix}_API_KEY"), format!("{prefix}_BASE_URL"));
    let key = get(&key).map(|value| ApiKey::new(&key, &value)).transpose()?;
    let base_url = get(&base_url).map(|value| BaseUrl::parse(&base_url, &value)).transpose()?;
    let is_connected = key.is_some() || base_url.is_some();
    let label = get(&format!("{prefix}_LABEL"));
    Ok(is_connected.then_some(Connection { base_url, key, label, headers: HeaderMap::new() }))
}

fn vertex(get: &impl Fn(&str) -> Option<String>) -> Result<Option<VertexConfig>, ConfigError> {
    let Some(project) = get("GOOGLE_CLOUD_PROJECT") else { return Ok(None) };
    let location = get("GOOGLE_CLOUD_LOCATION").unwrap_or_else(|| "global".to_owned());
    let is_name = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte))
    };
    for (name, value) in [("GOOGLE_CLOUD_PROJECT", &project), ("GOOGLE_CLOUD_LOCATION", &location)]
    {
        if !is_name(value) {
            let problem = "may hold letters, digits and hyphens only";
            return Err(ConfigError::InvalidValue { name: name.to_owned(), problem });
        }
    }
    let name = "GOOGLE_VERTEX_BASE_URL";
    let base_url = get(name).map(|value| BaseUrl::parse(name, &value)).transpose()?;
    Ok(Some(VertexConfig { project, location, base_url }))
}

fn demo_delay_ms(value: Option<&str>) -> Result<u64, ConfigError> {
    let Some(value) = value else { return Ok(crate::demo::DELAY_MS) };
    value.parse().map_err(|_| ConfigError::InvalidValue {
        name: "ATTUNE_DEMO_DELAY_MS".to_owned(),
        problem: "is not a number of milliseconds",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::from_env(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn nothing_set_connects_nothing() {
        let config = read(&[("GEMINI_API_KEY", " "), ("OPENAI_BASE_URL", "")]).unwrap();
        assert!(config.gemini.is_none() && config.openai.is_none() && config.vertex.is_none());
    }

    #[test]
    fn a_base_url_alone_is_enough_for_a_local_server() {
        let config = read(&[("OPENAI_BASE_URL", "http://127.0.0.1:8000/v1/")]).unwrap();
        let openai = config.openai.unwrap();
        assert!(openai.key.is_none());
        assert_eq!(openai.base_url.unwrap().as_str(), "http://127.0.0.1:8000/v1");
    }

    #[test]
    fn stray_whitespace_around_a_key_is_no_problem_and_inside_is_one() {
        assert!(read(&[("GEMINI_API_KEY", " secret-key\r\n")]).unwrap().gemini.is_some());
        let error = read(&[("GEMINI_API_KEY", "secret\nkey")]).unwrap_err();
        assert_eq!(error, ConfigError::InvalidKey { name: "GEMINI_API_KEY".into() });
    }

    #[test]
    fn debug_output_shows_no_key() {
        let config = read(&[("GEMINI_API_KEY", "secret-key")]).unwrap();
        assert!(!format!("{config:?}").contains("secret-key"));
    }

    #[test]
    fn vertex_needs_a_project_and_defaults_to_the_global_location() {
        assert!(read(&[("GOOGLE_CLOUD_LOCATION", "europe-west1")]).unwrap().vertex.is_none());
        let vertex = read(&[("GOOGLE_CLOUD_PROJECT", "my-project")]).unwrap().vertex.unwrap();
        assert_eq!(vertex.location, "global");
        assert!(read(&[("GOOGLE_CLOUD_PROJECT", "a/b")]).is_err());
    }

    #[test]
    fn the_speed_of_the_demo_model_is_a_number() {
        assert_eq!(read(&[("ATTUNE_DEMO_DELAY_MS", "0")]).unwrap().demo_delay_ms, 0);
        assert!(read(&[("ATTUNE_DEMO_DELAY_MS", "fast")]).is_err());
    }
}
