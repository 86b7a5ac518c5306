//! Only our own pages may change something: the check against cross-site requests.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Refuses requests that change state and come from another site's page.
pub(super) async fn same_origin(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_same_origin(request.headers()) {
        return next.run(request).await;
    }
    tracing::warn!(path = request.uri().path(), "refused a request from another site");
    (StatusCode::FORBIDDEN, "This request came from another site and was refused.").into_response()
}

/// Browsers say where a request comes from; programs that are no browsers say nothing and hold no
/// credentials of a person that could be abused.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site")
        && site != "same-origin"
        && site != "none"
    {
        return false;
    }
    match (text(header::ORIGIN.as_str()), text(header::HOST.as_str())) {
        (None, _) => true,
        (Some(origin), Some(host)) => {
            origin.split_once("://").is_some_and(|(_, authority)| authority == host)
        }
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&'static str, &'static str)], expected: bool) {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        assert_eq!(is_same_origin(&headers), expected, "{pairs:?}");
    }

    #[test]
    fn tells_our_pages_from_others() {
        check(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")], true);
        check(&[("origin", "http://evil.example"), ("host", "127.0.0.1:3000")], false);
        check(&[("origin", "null"), ("host", "127.0.0.1:3000")], false);
        check(&[("sec-fetch-site", "cross-site"), ("host", "127.0.0.1:3000")], false);
        check(&[("sec-fetch-site", "same-site"), ("host", "127.0.0.1:3000")], false);
        check(&[("sec-fetch-site", "same-origin"), ("host", "127.0.0.1:3000")], true);
        check(&[("host", "127.0.0.1:3000")], true);
    }
}
