//! Which requests are served: those that name this server, and changes that come from its own pages.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Version, header};
use axum::middleware::Next;
use axum::response::Response;

use super::authority::Authority;
use super::hosts::{Hosts, Wrong};
use super::refusal::Refusal;

/// Refuses requests under a name that is not ours (DNS rebinding), and requests that change state and
/// come from another site's page (CSRF).
pub(super) async fn check(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    if is_bare_probe(&request) {
        return next.run(request).await;
    }
    let refusal = match hosts.of_request(request.uri(), request.headers()) {
        Err(wrong) => Some(wrong_host(&hosts, wrong)),
        Ok(host) => {
            let is_allowed = reads(request.method()) || is_own(&hosts, &host, request.headers());
            (!is_allowed).then(foreign_page)
        }
    };
    let Some(refusal) = refusal else { return next.run(request).await };
    tracing::warn!(
        status = refusal.status.as_u16(),
        path = request.uri().path(),
        "refused a request: it names another host, or comes from another site"
    );
    refusal.answer(&request)
}

/// Whether it is a probe of health in HTTP/1.0, which names no host. All it learns is that the database
/// answers, and no browser sends it.
fn is_bare_probe(request: &Request) -> bool {
    request.uri().path() == "/healthz"
        && request.version() == Version::HTTP_10
        && !request.headers().contains_key(header::HOST)
        && reads(request.method())
}

/// Whether a method changes nothing, whatever it asks for.
fn reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Browsers say where a request comes from; programs that are no browsers say nothing and hold no
/// credentials of a person that could be abused.
fn is_own(hosts: &Hosts, host: &Authority, headers: &HeaderMap) -> bool {
    let mut sites = headers.get_all("sec-fetch-site").iter();
    let mut origins = headers.get_all(header::ORIGIN).iter();
    sites.all(|site| site == "same-origin" || site == "none")
        && origins
            .all(|origin| origin.to_str().is_ok_and(|origin| hosts.is_own_origin(origin, host)))
}

fn wrong_host(hosts: &Hosts, wrong: Wrong) -> Refusal {
    match wrong {
        Wrong::Malformed => Refusal {
            status: StatusCode::BAD_REQUEST,
            message: "The request does not say which host it is for.".to_owned(),
            hint: format!("Send one Host header, such as {}.", hosts.example()),
        },
        Wrong::Foreign(host) => Refusal {
            status: StatusCode::MISDIRECTED_REQUEST,
            message: format!("Attune does not answer to the name {host}."),
            hint: match hosts.local_example() {
                Some(example) => format!(
                    "Open http://{example} instead, or start Attune with --host {host} if that is \
                     a name of yours for it."
                ),
                // Whoever listens everywhere may be behind a mapped port, where our own address is
                // nobody's.
                None => format!(
                    "If that is a name of yours for it, start Attune with --host {host} \
                     (ATTUNE_HOSTS={host})."
                ),
            },
        },
    }
}

fn foreign_page() -> Refusal {
    Refusal {
        status: StatusCode::FORBIDDEN,
        message: "This request came from another site and was refused.".to_owned(),
        hint: "Behind a proxy, start Attune with --host and the name people see.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&'static str, &'static str)], expected: bool) {
        let hosts = Hosts::new("127.0.0.1:3000".parse().unwrap(), Vec::new());
        let host = Authority::parse("127.0.0.1:3000").unwrap();
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        assert_eq!(is_own(&hosts, &host, &headers), expected, "{pairs:?}");
    }

    #[test]
    fn tells_our_pages_from_others() {
        check(&[("origin", "http://127.0.0.1:3000")], true);
        check(&[("sec-fetch-site", "same-origin")], true);
        check(&[("sec-fetch-site", "none")], true);
        check(&[], true);
        check(&[("origin", "http://evil.example")], false);
        check(&[("origin", "http://127.0.0.1:3000"), ("origin", "http://evil.example")], false);
        check(&[("origin", "null")], false);
        check(&[("sec-fetch-site", "cross-site")], false);
        check(&[("sec-fetch-site", "same-site")], false);
        check(&[("sec-fetch-site", "cross-site"), ("origin", "http://127.0.0.1:3000")], false);
    }
}
