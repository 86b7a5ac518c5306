//! Host and port as requests name them: in `Host`, in `Origin`, in the target of a request.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

/// A host with its port. Compares as browsers do: names in lower case, addresses by value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Authority {
    host: Host,
    /// `None` where the default port of the scheme is meant.
    pub(super) port: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Host {
    Name(String),
    Address(IpAddr),
}

impl Authority {
    /// Reads `host` or `host:port`. `None` for everything else: userinfo, paths, blanks, a trailing
    /// dot, a port that is no number.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (host, port) = split(text)?;
        let port = port.map(parse_port).map_or(Some(None), |port| port.map(Some))?;
        Some(Self { host: Host::parse(host)?, port })
    }

    /// The authority of an origin such as `https://attune.example`. `None` for `null` and for origins
    /// that no page of ours has.
    pub(super) fn of_origin(origin: &str) -> Option<Self> {
        let (scheme, authority) = origin.split_once("://")?;
        matches!(scheme, "http" | "https").then(|| Self::parse(authority))?
    }

    /// Whether it can only be this machine, wherever names are looked up.
    pub(super) fn is_loopback(&self) -> bool {
        match &self.host {
            Host::Name(name) => name == "localhost",
            Host::Address(address) => address.to_canonical().is_loopback(),
        }
    }

    /// The address, where it is one and no name.
    pub(super) fn address(&self) -> Option<IpAddr> {
        match self.host {
            Host::Name(_) => None,
            Host::Address(address) => Some(address.to_canonical()),
        }
    }
}

impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Host::Name(name) => f.write_str(name)?,
            Host::Address(IpAddr::V4(address)) => write!(f, "{address}")?,
            Host::Address(IpAddr::V6(address)) => write!(f, "[{address}]")?,
        }
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

impl Host {
    fn parse(host: &str) -> Option<Self> {
        if let Some(inner) = host.strip_prefix('[') {
            let address: Ipv6Addr = inner.strip_suffix(']')?.parse().ok()?;
            return Some(Self::Address(address.into()));
        }
        if let Ok(address) = host.parse() {
            return Some(Self::Address(IpAddr::V4(address)));
        }
        is_name(host).then(|| Self::Name(host.to_ascii_lowercase()))
    }
}

/// Host and port; the colons of an IPv6 address stand between brackets.
fn split(text: &str) -> Option<(&str, Option<&str>)> {
    let end = if text.starts_with('[') { text.find(']')? + 1 } else { 0 };
    match text[end..].split_once(':') {
        Some((rest, port)) => Some((&text[..end + rest.len()], Some(port))),
        None => Some((text, None)),
    }
}

fn parse_port(text: &str) -> Option<u16> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

/// Letters, digits, hyphens and underscores between dots. The last part is no number, or it would be
/// an address in one of its odd spellings.
fn is_name(host: &str) -> bool {
    let is_part = |part: &str| {
        let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        (1..=63).contains(&part.len()) && part.bytes().all(is_known)
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253
        && host.split('.').all(is_part)
        && !last.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let parsed = Authority::parse(text).map(|authority| authority.to_string());
        assert_eq!(parsed.as_deref(), expected, "{text}");
    }

    #[test]
    fn hosts_are_read_as_browsers_write_them() {
        check("127.0.0.1:3000", Some("127.0.0.1:3000"));
        check("LocalHost:3000", Some("localhost:3000"));
        check("[0:0:0:0:0:0:0:1]:3000", Some("[::1]:3000"));
        check("attune.example", Some("attune.example"));
        check("my_box-2", Some("my_box-2"));
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            ":3000",
            "a b",
            "user@localhost:3000",
            "localhost.:3000",
            "localhost:",
            "localhost:3x",
            "localhost:99999",
            "::1",
            "[::1",
            "[localhost]",
            "127.1:3000",
            "0x7f.0.0.1",
            "2130706433",
            "a/b",
            "a,b",
            "a:1:2",
            "[::1]x:3000",
            "ex..ample",
            "größe.example",
            "localhost:+80",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn origins_have_a_scheme_of_the_web() {
        assert!(Authority::of_origin("https://attune.example").is_some());
        for origin in
            ["null", "", "localhost:3000", "file://", "chrome-extension://abc", "http://a/b"]
        {
            assert_eq!(Authority::of_origin(origin), None, "{origin}");
        }
    }

    #[test]
    fn loopback_is_told_from_names_that_point_there() {
        let is_loopback = |text| Authority::parse(text).unwrap().is_loopback();
        assert!(is_loopback("127.9.9.9") && is_loopback("[::1]") && is_loopback("localhost"));
        assert!(is_loopback("[::ffff:127.0.0.1]"));
        assert!(!is_loopback("localhost.evil.example") && !is_loopback("0.0.0.0"));
    }
}
