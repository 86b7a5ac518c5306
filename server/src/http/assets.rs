//! Static files: embedded in the release build, read from `target/site` in a debug build.

use anyhow::Context;
use app::AssetNames;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
#[allow_missing = true]
struct Site;

/// Names under which pages load the wasm, JavaScript and CSS.
pub(super) fn names() -> anyhow::Result<AssetNames> {
    match Site::get("manifest.json") {
        Some(manifest) => {
            serde_json::from_slice(&manifest.data).context("target/site/manifest.json is broken")
        }
        // A debug build beside `cargo leptos watch --split`, which names its files so.
        None => Ok(AssetNames::unhashed()),
    }
}

/// The file of the site that `request` asks for, if there is one.
pub(super) fn find(request: &Request<Body>) -> Option<Response> {
    let path = request.uri().path().trim_start_matches('/');
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let hidden = path == "manifest.json" || has_extension(path, "br");
    let file = Site::get(path).filter(|_| reads && !hidden)?;
    Some(respond(path, file, request.headers()))
}

fn respond(path: &str, file: EmbeddedFile, request: &HeaderMap) -> Response {
    let etag = etag(&file);
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(lifetime(path)));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, etag);
    }
    if request.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let compressed = accepts_brotli(request).then(|| Site::get(&format!("{path}.br"))).flatten();
    let file = match compressed {
        Some(compressed) => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            compressed
        }
        None => file,
    };
    (headers, Body::from(file.data)).into_response()
}

fn etag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    let short = hash.iter().take(8).fold(0_u64, |short, byte| short << 8 | u64::from(*byte));
    format!("\"{short:016x}\"")
}

fn accepts_brotli(request: &HeaderMap) -> bool {
    let accepted = request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| {
        accepted.split(',').any(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            parts.next() == Some("br") && parts.next() != Some("q=0")
        })
    })
}

/// Hashed names never change their content; the rest is asked for again.
fn lifetime(path: &str) -> &'static str {
    let hashed = path.starts_with("pkg/") && path.matches('.').count() >= 2;
    if hashed { "public, max-age=31536000, immutable" } else { "no-cache" }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("wasm") => "application/wasm",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("txt") => "text/plain; charset=utf-8",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
}
