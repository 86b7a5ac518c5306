//! The names under which people reach this server. A page of another site can make its own name
//! point at us (DNS rebinding) and then read whatever we answer, so other names get no answer at all.

use std::net::SocketAddr;

use axum::http::{HeaderMap, Uri, header};

use super::authority::Authority;

/// Which hosts are ours.
#[derive(Clone, Debug)]
pub(crate) struct Hosts {
    listening: SocketAddr,
    /// What the person named with `--host`.
    named: Vec<Authority>,
}

/// What is wrong with the host of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It names none, several, or something that is no host.
    Malformed,
    /// It names another host.
    Foreign(Authority),
}

impl Hosts {
    /// The hosts of a server that listens at `listening` and is also reached under `named`.
    pub(crate) fn new(listening: SocketAddr, named: Vec<Authority>) -> Self {
        Self { listening, named }
    }

    /// The host that a request names, if it is one of ours. A target with a host of its own counts as
    /// much as the header: both have to be ours, and the same.
    pub(super) fn of_request(&self, uri: &Uri, headers: &HeaderMap) -> Result<Authority, Wrong> {
        let mut given = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (given.next(), given.next()) else { return Err(Wrong::Malformed) };
        let host = host.to_str().ok().and_then(Authority::parse).ok_or(Wrong::Malformed)?;
        if let Some(target) = uri.authority()
            && Authority::parse(target.as_str()) != Some(host.clone())
        {
            return Err(Wrong::Malformed);
        }
        if self.is_ours(&host) { Ok(host) } else { Err(Wrong::Foreign(host)) }
    }

    /// Whether a page at `origin` is ours, for a request that named `host`. Proxies may put their own
    /// name for us into `Host`; then the origin is one that the person named.
    pub(super) fn is_own_origin(&self, origin: &str, host: &Authority) -> bool {
        Authority::of_origin(origin).is_some_and(|origin| origin == *host || self.is_named(&origin))
    }

    /// An address that always works, to be named in messages.
    pub(super) fn example(&self) -> String {
        match self.named.first() {
            Some(named) => named.to_string(),
            None if self.listening.ip().is_unspecified() => {
                format!("127.0.0.1:{}", self.listening.port())
            }
            None => self.listening.to_string(),
        }
    }

    /// The same, unless Attune listens everywhere, where people may see it at another port.
    pub(super) fn local_example(&self) -> Option<String> {
        let is_known = !self.named.is_empty() || !self.listening.ip().is_unspecified();
        is_known.then(|| self.example())
    }

    /// Loopback names and addresses with our port, addresses that we listen on, and what was named.
    /// Addresses cannot be rebound; names can, so that a name has to be one the person gave.
    fn is_ours(&self, host: &Authority) -> bool {
        if self.is_named(host) {
            return true;
        }
        let bound = self.listening.ip().to_canonical();
        // Whoever listens everywhere may stand behind a mapped port, as in a container.
        if host.port.unwrap_or(80) != self.listening.port() && !bound.is_unspecified() {
            return false;
        }
        // “Any address” is no address: browsers take 0.0.0.0 for this machine.
        let is_bound = host.address().is_some_and(|address| {
            !address.is_unspecified() && (address == bound || bound.is_unspecified())
        });
        host.is_loopback() || is_bound
    }

    fn is_named(&self, host: &Authority) -> bool {
        self.named.contains(host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(listening: &str, named: &[&str]) -> Hosts {
        let named = named.iter().map(|name| Authority::parse(name).unwrap()).collect();
        Hosts::new(listening.parse().unwrap(), named)
    }

    fn is_ours(hosts: &Hosts, host: &str) -> bool {
        hosts.is_ours(&Authority::parse(host).unwrap())
    }

    #[test]
    fn on_loopback_only_loopback_is_ours() {
        let hosts = hosts("127.0.0.1:3000", &[]);
        for host in ["127.0.0.1:3000", "localhost:3000", "LOCALHOST:3000", "[::1]:3000"] {
            assert!(is_ours(&hosts, host), "{host}");
        }
        for host in [
            "evil.example:3000",
            "127.0.0.1:3001",
            "127.0.0.1",
            "0.0.0.0:3000",
            "192.168.1.5:3000",
            "localhost.evil.example:3000",
        ] {
            assert!(!is_ours(&hosts, host), "{host}");
        }
        assert!(is_ours(&self::hosts("127.0.0.1:80", &[]), "localhost"));
    }

    #[test]
    fn listening_elsewhere_addresses_are_ours_and_names_have_to_be_named() {
        let all = hosts("0.0.0.0:3000", &["attune.example", "box:8080"]);
        for host in [
            "192.168.1.5:3000",
            "192.168.1.5:8080",
            "localhost:8080",
            "attune.example",
            "Attune.Example",
            "box:8080",
        ] {
            assert!(is_ours(&all, host), "{host}");
        }
        for host in ["box:3000", "attune.example:3000", "other.example:3000", "0.0.0.0:3000"] {
            assert!(!is_ours(&all, host), "{host}");
        }
        let one = hosts("192.168.1.5:3000", &[]);
        assert!(is_ours(&one, "192.168.1.5:3000") && !is_ours(&one, "192.168.1.6:3000"));
    }

    #[test]
    fn a_request_names_one_host_and_the_same_in_its_target() {
        let hosts = hosts("127.0.0.1:3000", &[]);
        let check = |target: &str, given: &[&str], expected: Result<&str, Wrong>| {
            let mut headers = HeaderMap::new();
            for host in given {
                headers.append(header::HOST, host.parse().unwrap());
            }
            let host = hosts.of_request(&target.parse().unwrap(), &headers);
            assert_eq!(
                host,
                expected.map(|host| Authority::parse(host).unwrap()),
                "{target} {given:?}"
            );
        };
        let ours = "127.0.0.1:3000";
        check("/", &[ours], Ok(ours));
        check("http://127.0.0.1:3000/", &[ours], Ok(ours));
        check("http://evil.example/", &[ours], Err(Wrong::Malformed));
        check("http://localhost:3000/", &[ours], Err(Wrong::Malformed));
        check("/", &[], Err(Wrong::Malformed));
        check("/", &[ours, ours], Err(Wrong::Malformed));
        check("/", &["me@127.0.0.1:3000"], Err(Wrong::Malformed));
        let evil = Authority::parse("evil.example:3000").unwrap();
        check("/", &["evil.example:3000"], Err(Wrong::Foreign(evil)));
    }

    #[test]
    fn origins_are_ours_when_they_are_the_host_or_named() {
        let hosts = hosts("127.0.0.1:3000", &["attune.example"]);
        let host = Authority::parse("127.0.0.1:3000").unwrap();
        for origin in ["http://127.0.0.1:3000", "https://attune.example"] {
            assert!(hosts.is_own_origin(origin, &host), "{origin}");
        }
        for origin in [
            "null",
            "http://localhost:3000",
            "http://127.0.0.1:8080",
            "https://evil.example",
            "http://127.0.0.1",
            "https://attune.example.evil.example",
        ] {
            assert!(!hosts.is_own_origin(origin, &host), "{origin}");
        }
    }
}
