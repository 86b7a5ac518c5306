//! Named endpoints from the models file.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;

use super::{ApiKey, BaseUrl, ConfigError, Connection};

/// Identifiers that are taken by the providers Attune knows.
const TAKEN: [&str; 6] = ["gemini", "vertex", "anthropic", "openai", "ollama", "demo"];

/// A server that speaks OpenAI's protocol, under a name of its own.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Identifier of the provider.
    pub name: String,
    /// What people read.
    pub label: String,
    /// How to reach it.
    pub connection: Connection,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    endpoint: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    label: Option<String>,
    base_url: String,
    api_key: Option<String>,
    api_key_env: Option<String>,
    /// Headers that go with every request, such as those of a gateway.
    #[serde(default)]
    headers: BTreeMap<String, String>,
    /// Parameters that go with every request, such as Azure's `api-version`.
    #[serde(default)]
    query: BTreeMap<String, String>,
}

/// Reads a models file; `get` reads the environment.
pub(super) fn read(
    toml: &str,
    get: impl Fn(&str) -> Option<String>,
) -> Result<Vec<Endpoint>, ConfigError> {
    // The error's own text quotes the line, which may hold a key.
    let file: File = toml::from_str(toml).map_err(|error| ConfigError::InvalidFile {
        line: line(toml, error.span().map_or(0, |span| span.start)),
        problem: error.message().to_owned(),
    })?;
    let mut names = BTreeSet::new();
    for entry in &file.endpoint {
        check_name(&entry.name, &mut names)?;
    }
    file.endpoint.into_iter().map(|entry| endpoint(entry, &get)).collect()
}

fn line(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|&byte| byte == b'\n').count()
}

fn check_name(name: &str, names: &mut BTreeSet<String>) -> Result<(), ConfigError> {
    let is_name = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    let problem = if !is_name {
        "needs a name of letters, digits, “-”, “_” and “.”"
    } else if TAKEN.contains(&name) {
        "has a name that Attune uses itself"
    } else if !names.insert(name.to_owned()) {
        "is there twice"
    } else {
        return Ok(());
    };
    Err(ConfigError::InvalidEndpoint { endpoint: name.to_owned(), problem: problem.to_owned() })
}

fn endpoint(entry: Entry, get: &impl Fn(&str) -> Option<String>) -> Result<Endpoint, ConfigError> {
    let invalid =
        |problem: String| ConfigError::InvalidEndpoint { endpoint: entry.name.clone(), problem };
    let key = match (&entry.api_key, &entry.api_key_env) {
        (Some(_), Some(_)) => {
            return Err(invalid("has both api_key and api_key_env; keep one".to_owned()));
        }
        (Some(key), None) => Some(ApiKey::new(&format!("api_key of “{}”", entry.name), key)?),
        (None, Some(name)) => {
            let value = get(name)
                .filter(|value| !value.trim().is_empty())
                .ok_or_else(|| invalid(format!("names {name}, which is not set")))?;
            Some(ApiKey::new(name, &value)?)
        }
        (None, None) => None,
    };
    let base_url = BaseUrl::parse(&format!("base_url of “{}”", entry.name), &entry.base_url)?;
    let parameters = entry.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let base_url = base_url.with_parameters(parameters);
    let headers = entry.headers.iter().map(|(name, value)| header(name, value));
    let headers = headers.collect::<Option<HeaderMap>>();
    let headers = headers.ok_or_else(|| invalid("has a header that cannot be sent".to_owned()))?;
    let label = entry.label.unwrap_or_else(|| entry.name.clone());
    let connection =
        Connection { base_url: Some(base_url), key, label: Some(label.clone()), headers };
    Ok(Endpoint { name: entry.name, label, connection })
}

/// A header whose value is never shown, because it may be a secret.
fn header(name: &str, value: &str) -> Option<(HeaderName, HeaderValue)> {
    let mut value = HeaderValue::try_from(value).ok()?;
    value.set_sensitive(true);
    Some((HeaderName::try_from(name).ok()?, value))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(toml: &str, expected: &Expect) {
        let get = |name: &str| (name == "LOCAL_KEY").then(|| "hush-key".to_owned());
        let text = match read(toml, get) {
            Ok(endpoints) => {
                assert!(!format!("{endpoints:?}").contains("hush"));
                let lines = endpoints.iter().map(|it| {
                    let Connection { base_url, key, .. } = &it.connection;
                    let base_url = base_url.as_ref().unwrap();
                    let key = key.as_ref().map(ApiKey::name);
                    format!("{} · {} · {base_url} · {key:?}", it.name, it.label)
                });
                lines.collect::<Vec<_>>().join("\n")
            }
            Err(error) => error.to_string(),
        };
        expected.assert_eq(&text);
    }

    #[test]
    fn several_endpoints_stand_in_one_file() {
        check(
            "[[endpoint]]\nname = 'vllm'\nbase_url = 'http://gpu:8000/v1'\n\
             [[endpoint]]\nname = 'router'\nlabel = 'Router'\nbase_url = 'https://r.example/v1'\n\
             api_key_env = 'LOCAL_KEY'\n\
             [[endpoint]]\nname = 'k'\nbase_url = 'https://k.example'\napi_key = 'hush'",
            &expect![[r#"
                vllm · vllm · http://gpu:8000/v1 · None
                router · Router · https://r.example/v1 · Some("LOCAL_KEY")
                k · k · https://k.example · Some("api_key of “k”")"#]],
        );
        check("", &expect![""]);
    }

    #[test]
    fn mistakes_are_named_without_showing_keys() {
        let entry = |rest: &str| format!("[[endpoint]]\nname = 'x'\nbase_url = 'http://x'\n{rest}");
        check(
            &entry("api_key = 'hush"),
            &expect![[
                r"the models file cannot be read, line 4: invalid literal string, expected `'`"
            ]],
        );
        check(
            &entry("api_kei = 'hush'"),
            &expect![[
                r"the models file cannot be read, line 4: unknown field `api_kei`, expected one of `name`, `label`, `base_url`, `api_key`, `api_key_env`, `headers`, `query`"
            ]],
        );
        check(
            &entry("api_key_env = 'NOT_THERE'"),
            &expect!["the endpoint “x” of the models file names NOT_THERE, which is not set"],
        );
        check(&entry(&entry("")), &expect!["the endpoint “x” of the models file is there twice"]);
        check(
            "[[endpoint]]\nname = 'demo'\nbase_url = 'http://x'",
            &expect!["the endpoint “demo” of the models file has a name that Attune uses itself"],
        );
        check(
            "[[endpoint]]\nname = 'x'\nbase_url = 'x'",
            &expect!["base_url of “x” is not a base URL: write it like https://example.com/v1"],
        );
    }
}
