//! The headers that keep browsers from doing more than we want, on every kind of answer.

use crate::program::Attune;
use crate::raw::{Reply, connect, create, read_head, request, talk};

#[test]
fn every_kind_of_answer_has_them() {
    let attune = Attune::start();
    let prompt = create(&attune, "x {y}");
    let host = format!("host: {}", attune.address());
    let get = |path: &str| talk(&attune, request("GET", path, &[&host], ""));
    let post = |path: &str, headers: &[&str], body: &str| {
        let all = [&[&*host, "content-type: application/json"], headers].concat();
        talk(&attune, request("POST", path, &all, body))
    };
    let load = format!(r#"{{"id":{prompt}}}"#);
    let large = "content-length: 9000000";
    let too_large =
        format!("POST /api/runs/start HTTP/1.1\r\n{host}\r\n{large}\r\nconnection: close\r\n\r\n");
    let answers = [
        ("page", 200, get("/")),
        ("workbench", 200, get(&format!("/prompts/{prompt}"))),
        ("settings", 200, get("/settings")),
        ("no page", 404, get("/no/such/page")),
        ("no prompt", 404, get("/prompts/99999")),
        ("health", 200, get("/healthz")),
        ("no events", 404, get("/api/prompts/99999/events")),
        ("success", 200, post("/api/workbench/load", &[], &load)),
        ("failure", 404, post("/api/workbench/load", &[], r#"{"id":99999}"#)),
        ("unreadable", 422, post("/api/workbench/load", &[], "{")),
        ("no function", 404, post("/api/no/such", &[], "{}")),
        ("other method", 405, get("/api/workbench/load")),
        ("other site", 403, post("/api/workbench/load", &["origin: null"], &load)),
        ("too large", 413, send_short(&attune, &too_large)),
        ("other host", 421, talk(&attune, request("GET", "/", &["host: evil.example"], ""))),
        ("no host", 400, talk(&attune, request("GET", "/", &[], ""))),
    ];
    for (name, status, reply) in &answers {
        assert_eq!(reply.status, *status, "{name}: {reply:?}");
        check(name, reply);
    }
    let mut stream = connect(&attune);
    let events = format!("GET /api/prompts/{prompt}/events HTTP/1.1\r\n{host}\r\n\r\n");
    std::io::Write::write_all(&mut stream, events.as_bytes()).unwrap();
    let reply = read_head(&mut stream);
    assert_eq!(reply.header("content-type"), Some("text/event-stream"), "{reply:?}");
    check("events", &reply);
}

/// Says that the body is large and then ends it.
fn send_short(attune: &Attune, head: &str) -> Reply {
    let mut stream = connect(attune);
    std::io::Write::write_all(&mut stream, head.as_bytes()).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    crate::raw::read(&mut stream)
}

fn check(name: &str, reply: &Reply) {
    let is = |header: &str, value: &str| {
        assert_eq!(reply.header(header), Some(value), "{name}: {header} in {}", reply.head);
    };
    is("x-content-type-options", "nosniff");
    is("x-frame-options", "DENY");
    is("referrer-policy", "no-referrer");
    is("cross-origin-opener-policy", "same-origin");
    is("cross-origin-resource-policy", "same-origin");
    assert!(reply.header("permissions-policy").unwrap().contains("camera=()"), "{name}");
    assert!(reply.header("cache-control").is_some(), "{name}");
    assert!(reply.header("access-control-allow-origin").is_none(), "{name}");
    let policy = reply.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'"), "{name}: {policy}");
    assert!(policy.contains("frame-ancestors 'none'"), "{name}: {policy}");
    assert!(!policy.contains("unsafe-inline"), "{name}: {policy}");
    assert!(!policy.replace("wasm-unsafe-eval", "").contains("unsafe-eval"), "{name}: {policy}");
    let is_page = reply.body.starts_with("<!DOCTYPE html>");
    if is_page {
        page(name, reply, policy);
    }
}

/// Every script of a page carries the nonce of its own answer, and no style stands in the page.
fn page(name: &str, reply: &Reply, policy: &str) {
    for part in [
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "script-src 'nonce-",
    ] {
        assert!(policy.contains(part), "{name}: {part} in {policy}");
    }
    let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    assert!(nonce.len() >= 16, "{nonce}");
    for script in reply.body.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap();
        assert!(tag.contains(nonce), "{name}: <script{tag}>");
    }
    assert!(!reply.body.contains("style=\""), "{name}: a style attribute");
    assert!(!reply.body.contains("<style"), "{name}: a style element");
}

/// Text ends no element of the page it stands in: each place where a person's or a model's text goes.
#[test]
fn texts_stay_texts_in_the_servers_pages() {
    let attune = Attune::start();
    let host = format!("host: {}", attune.address());
    let hostile =
        "</textarea></title></option></script><script>pwned()</script><img src=x onerror=pwned()>";
    let prompt = serde_json::json!(
        {"system_instructions": hostile, "text": format!("{hostile} {{x}}"), "plain_names": []}
    );
    let new = serde_json::json!({"title": hostile, "tags": ["</title><script>pwned()"],
        "prompt": prompt, "values": {"x": hostile, hostile: hostile}, "note": hostile});
    let made = crate::raw::call(&attune, "prompts/create", &new.to_string());
    assert_eq!(made.status, 200, "{made:?}");
    let models = serde_json::json!({"model": format!("demo/{hostile}"), "alignment_model": null,
        "settings": {"stop_sequences": [hostile]}});
    let set = serde_json::json!({"id": 1, "models": models});
    assert_eq!(crate::raw::call(&attune, "prompts/models", &set.to_string()).status, 200);
    let copy = serde_json::json!({"prompt": prompt, "values": {"x": hostile}, "feedback": hostile,
        "comment": {"text": hostile, "span": {"exact": hostile, "prefix": "", "suffix": ""}},
        "revision": 1, "updated_at": 0});
    let typed = serde_json::json!({"id": 1, "page": "p", "copy": copy});
    assert_eq!(crate::raw::call(&attune, "workbench/type", &typed.to_string()).status, 200);
    let search = "/?q=%3C/title%3E%3Cscript%3Epwned()%3C/script%3E";
    for path in
        ["/", "/prompts/1", "/prompts/1/versions/1", "/prompts/1/versions/1?compare=1", search]
    {
        let reply = talk(&attune, request("GET", path, &[&host], ""));
        assert_eq!(reply.status, 200, "{path}");
        let policy = reply.header("content-security-policy").unwrap().to_owned();
        page(path, &reply, &policy);
        for found in ["<script>pwned", "<img src=x", "</textarea></title>"] {
            assert!(!reply.body.contains(found), "{path}: {found} in {}", reply.body);
        }
    }
}

#[test]
fn nonces_are_never_used_twice() {
    let attune = Attune::start();
    let host = format!("host: {}", attune.address());
    let policy = || {
        let reply = talk(&attune, request("GET", "/", &[&host], ""));
        reply.header("content-security-policy").unwrap().to_owned()
    };
    assert_ne!(policy(), policy());
}
