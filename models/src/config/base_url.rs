//! A base URL, checked.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

use super::ConfigError;

/// Where the API of a provider is: `http` or `https`, a host, perhaps a path, and perhaps parameters that
/// go with every request. Only what stands before the parameters is ever shown.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl {
    url: Url,
    /// The URL as text, without a slash at its end and without parameters.
    text: String,
}

/// Paths of single calls, which some people copy as the base URL.
const CALLS: [&str; 4] = ["/chat/completions", "/completions", "/messages", "/models"];

impl BaseUrl {
    /// Reads a base URL from the setting called `name`.
    pub fn parse(name: &str, text: &str) -> Result<Self, ConfigError> {
        let invalid = |problem| ConfigError::InvalidBaseUrl { name: name.to_owned(), problem };
        let url =
            Url::parse(text.trim()).map_err(|_| invalid("write it like https://example.com/v1"))?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(invalid("it must begin with http:// or https:// and name a host"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(invalid("it must not hold a name or password"));
        }
        if url.fragment().is_some() {
            return Err(invalid("it must not hold “#”"));
        }
        Ok(Self::from_url(without_call(url)))
    }

    /// A base URL that is known to be right.
    pub(crate) fn known(text: &str) -> Self {
        Self::parse("a built-in address", text).expect("built-in addresses are base URLs")
    }

    fn from_url(url: Url) -> Self {
        let shown = url.as_str().split('?').next().unwrap_or_default();
        let text = shown.trim_end_matches('/').to_owned();
        Self { url, text }
    }

    /// The same with these parameters in every request.
    pub(crate) fn with_parameters<'a>(
        mut self,
        parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        for (name, value) in parameters {
            self.url.query_pairs_mut().append_pair(name, value);
        }
        self
    }

    /// The deployment of Azure that its path names.
    pub(crate) fn deployment(&self) -> Option<&str> {
        let (_, after) = self.url.path().split_once("/openai/deployments/")?;
        after.split('/').next().filter(|name| !name.is_empty())
    }

    /// The URL as text, without a slash at its end and without parameters.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The same with its parameters, as it is kept.
    pub fn with_its_parameters(&self) -> String {
        match self.url.query() {
            Some(parameters) => format!("{}?{parameters}", self.text),
            None => self.text.clone(),
        }
    }

    /// The URL with one more segment, unless its path already ends with one of `endings`.
    pub(crate) fn ending_with(&self, endings: &[&str]) -> Self {
        let last = self.text.rsplit('/').next().unwrap_or_default();
        if endings.contains(&last) { self.clone() } else { Self::from_url(self.join(endings[0])) }
    }

    /// The URL with `/v1`, unless it names a path of its own.
    pub(crate) fn or_v1(&self) -> Self {
        if self.url.path() == "/" { Self::from_url(self.join("v1")) } else { self.clone() }
    }

    /// The URL of a path below it. Each segment is escaped, so that no name can leave its place.
    pub(crate) fn join(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path.split('/'));
        }
        url
    }

    /// Host and port, for people.
    pub(crate) fn address(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        match self.url.port_or_known_default() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Whether it is on this machine.
    pub(crate) fn is_local(&self) -> bool {
        let host = self.host().trim_matches(['[', ']']);
        let address: Result<IpAddr, _> = host.parse();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    }

    /// Its host.
    pub(crate) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }
}

/// Without the path of a single call at its end.
fn without_call(mut url: Url) -> Url {
    let path = url.path().trim_end_matches('/');
    let base = CALLS.iter().find_map(|call| path.strip_suffix(call)).map(str::to_owned);
    if let Some(base) = base {
        url.set_path(&base);
    }
    url
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_base_url_is_refused() {
        let no_urls =
            ["", "localhost:8000", "ftp://x", "http://", "http://me:pw@x", "http://x#k=1"];
        for text in no_urls {
            assert!(BaseUrl::parse("X", text).is_err(), "{text}");
        }
    }

    #[test]
    fn this_machine_is_known() {
        for (text, expected) in [
            ("http://127.0.0.1:1", true),
            ("http://localhost", true),
            ("http://[::1]:1", true),
            ("http://10.0.0.1", false),
            ("https://localhost.example", false),
        ] {
            assert_eq!(BaseUrl::known(text).is_local(), expected, "{text}");
        }
    }

    #[test]
    fn names_cannot_leave_their_place() {
        let base = BaseUrl::known("http://host:1/v1");
        assert_eq!(base.join("models/a?b#c").as_str(), "http://host:1/v1/models/a%3Fb%23c");
        assert_eq!(base.join("models/..").as_str(), "http://host:1/v1/models");
    }

    #[test]
    fn parameters_go_with_every_request_and_are_never_shown() {
        let base = BaseUrl::known("https://x.example/openai/deployments/dep?api-version=1");
        assert_eq!(base.to_string(), "https://x.example/openai/deployments/dep");
        assert_eq!(format!("{base:?}"), "\"https://x.example/openai/deployments/dep\"");
        assert_eq!(base.deployment(), Some("dep"));
        let url = base.with_parameters([("k", "v")]).join("chat/completions");
        let expected =
            "https://x.example/openai/deployments/dep/chat/completions?api-version=1&k=v";
        assert_eq!(url.as_str(), expected);
    }

    #[test]
    fn the_path_of_a_call_is_no_part_of_the_base() {
        for text in [
            "http://x/v1/chat/completions",
            "http://x/v1/chat/completions/",
            "http://x/v1/models",
            "http://x/v1/",
            "http://x/v1",
            "http://x/",
            "http://x",
        ] {
            assert_eq!(BaseUrl::known(text).or_v1().as_str(), "http://x/v1", "{text}");
        }
    }

    #[test]
    fn the_version_is_added_once() {
        let check = |text, expected| {
            let base = BaseUrl::known(text).ending_with(&["v1beta", "v1"]);
            assert_eq!(base.as_str(), expected);
        };
        check("http://host", "http://host/v1beta");
        check("http://host/gate/", "http://host/gate/v1beta");
        check("http://host/v1/", "http://host/v1");
    }
}
