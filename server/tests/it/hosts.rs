//! Who may ask: where it listens, under which names it answers, and which pages may change something.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use crate::program::Attune;
use crate::raw::{create, request, talk};

const CREATE: &str = r#"{"title":"T","tags":[],"prompt":null,"values":{},"note":""}"#;

#[test]
fn other_machines_are_let_in_only_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:3000"] {
        let mut command = Attune::command(folder.path());
        let refused = command.args(["--addr", address]).output().unwrap();
        assert!(!refused.status.success(), "{address}");
        let said = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(said.lines().count(), 1, "{said}");
        for words in ["other machines", "no accounts", "127.0.0.1", "ATTUNE_ALLOW_REMOTE=1"] {
            assert!(said.contains(words), "{address}: {said}");
        }
        assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "nothing was made");
    }
}

#[test]
fn with_leave_it_listens_elsewhere_and_warns() {
    let folder = tempfile::tempdir().unwrap();
    for switch in ["flag", "variable"] {
        let mut command = Attune::command(folder.path());
        command.env("ATTUNE_LOG", "error").args(["--addr", "0.0.0.0:0"]);
        if switch == "flag" {
            command.arg("--allow-remote");
        } else {
            command.env("ATTUNE_ALLOW_REMOTE", "1");
        }
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        process.kill().unwrap();
        process.wait().unwrap();
        let mut said = String::new();
        process.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(line.contains("ready at http://127.0.0.1:"), "{line}");
        assert!(said.contains("warning: other machines can reach"), "{said}");
    }
}

#[test]
fn on_loopback_there_is_no_warning_and_no_leave_needed() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Attune::command(folder.path());
    command.env("ATTUNE_ALLOW_REMOTE", "0").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    process.kill().unwrap();
    process.wait().unwrap();
    let mut said = String::new();
    process.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(line.contains("ready at http://127.0.0.1:") && said.is_empty(), "{line}{said}");
}

#[test]
fn a_name_that_is_not_ours_gets_no_answer() {
    let attune = Attune::start();
    let prompt = create(&attune, "a secret prompt");
    let port = attune.address().rsplit_once(':').unwrap().1.to_owned();
    let ours = format!("host: 127.0.0.1:{port}");
    let paths = ["/".to_owned(), format!("/prompts/{prompt}"), "/healthz".into()];
    let check = |target: &str, hosts: &[&str], expected: u16| {
        for method in ["GET", "POST"] {
            let reply = talk(&attune, request(method, target, hosts, ""));
            if expected == 200 {
                assert!(![400, 403, 421].contains(&reply.status), "{method} {hosts:?} {reply:?}");
            } else {
                assert_eq!(reply.status, expected, "{method} {target} {hosts:?}: {reply:?}");
                assert!(!reply.body.contains("secret"), "{reply:?}");
            }
        }
    };
    for path in &paths {
        check(path, &[&ours], 200);
        check(path, &[&format!("Host: LOCALHOST:{port}")], 200);
        check(path, &[&format!("host: [::1]:{port}")], 200);
        check(&format!("http://127.0.0.1:{port}{path}"), &[&ours], 200);
        check(path, &["host: evil.example"], 421);
        check(path, &[&format!("host: evil.example:{port}")], 421);
        check(path, &[&format!("host: localhost.evil.example:{port}")], 421);
        check(path, &["host: 127.0.0.1:1"], 421);
        check(path, &["host: 127.0.0.1"], 421);
        check(path, &[&format!("host: 0.0.0.0:{port}")], 421);
        check(path, &[], 400);
        check(path, &["host:"], 400);
        check(path, &[&ours, "host: evil.example"], 400);
        check(path, &[&ours, &ours], 400);
        check(path, &[&format!("host: me@127.0.0.1:{port}")], 400);
        check(path, &[&format!("host: localhost.:{port}")], 400);
        check(path, &[&format!("host: 127.1:{port}")], 400);
        check(&format!("http://evil.example:{port}{path}"), &[&ours], 400);
    }
    let reply = talk(&attune, request("GET", "/", &["host: evil.example"], ""));
    assert!(reply.body.contains("--host evil.example"), "{reply:?}");
    assert!(reply.body.contains(&attune.address()), "{reply:?}");
}

#[test]
fn a_probe_of_health_needs_no_host() {
    let attune = Attune::start();
    let probe = |line: &str| talk(&attune, format!("{line} HTTP/1.0\r\n\r\n"));
    assert_eq!(probe("GET /healthz").status, 200);
    assert_eq!(probe("HEAD /healthz").status, 200);
    assert_eq!(probe("POST /healthz").status, 400);
    assert_eq!(probe("GET /").status, 400);
}

#[test]
fn a_mapped_port_is_ours_and_names_behind_it_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let everywhere = [("ATTUNE_ADDR", "0.0.0.0:0"), ("ATTUNE_ALLOW_REMOTE", "1")];
    let attune = Attune::start_in(folder.path(), &everywhere);
    let get =
        |host: &str| talk(&attune, request("GET", "/healthz", &[&format!("host: {host}")], ""));
    assert_eq!(get("localhost:8080").status, 200);
    assert_eq!(get("192.168.1.5:8080").status, 200);
    let reply = get("box:8080");
    assert_eq!(reply.status, 421);
    assert!(reply.body.contains("ATTUNE_HOSTS=box:8080"), "{reply:?}");
    assert!(!reply.body.contains("Open http://"), "{reply:?}");
}

#[test]
fn a_named_host_is_ours_behind_a_proxy_too() {
    let folder = tempfile::tempdir().unwrap();
    let hosts = ("ATTUNE_HOSTS", "attune.example, box:8443");
    let attune = Attune::start_in(folder.path(), &[hosts]);
    let inner = format!("host: {}", attune.address());
    let check = |headers: &[&str], expected: u16| {
        let json = ["content-type: application/json"];
        let all = [headers, &json].concat();
        let reply = talk(&attune, request("POST", "/api/prompts/create", &all, CREATE));
        assert_eq!(reply.status, expected, "{headers:?} {reply:?}");
    };
    let site = "sec-fetch-site: same-origin";
    check(&["host: attune.example", "origin: https://attune.example", site], 200);
    check(&["host: box:8443", "origin: https://box:8443"], 200);
    // A proxy that puts its own name for us into Host.
    check(&[&inner, "origin: https://attune.example", site], 200);
    check(&["host: attune.example", "origin: https://evil.example"], 403);
    check(&["host: attune.example", "origin: null"], 403);
    check(
        &["host: attune.example", "origin: https://attune.example", "sec-fetch-site: same-site"],
        403,
    );
    check(&["host: attune.example:8443", "origin: https://attune.example:8443"], 421);
    check(&["host: other.example", "origin: https://other.example"], 421);
}

#[test]
fn a_host_that_is_none_is_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Attune::command(folder.path());
    let refused = command.args(["--host", "https://attune.example/"]).output().unwrap();
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && said.contains("without https://"), "{said}");
}

/// A page of another site can make a browser send any GET, with an image or a link.
#[test]
fn nothing_changes_by_a_get() {
    // The server functions are known wherever `app` is linked.
    let _ = app::AssetNames::unhashed();
    let functions: Vec<_> = leptos::server_fn::axum::server_fn_paths().collect();
    assert!(functions.len() >= 27, "{functions:?}");
    let attune = Attune::start();
    let prompt = create(&attune, "before {x}");
    let host = format!("host: {}", attune.address());
    let before = crate::raw::call(&attune, "workbench/load", &format!(r#"{{"id":{prompt}}}"#));
    for (path, method) in &functions {
        assert_eq!(method, "POST", "{path}");
        let query = format!("{path}?id={prompt}&title=changed&confirmed=true");
        for method in ["GET", "HEAD", "PUT", "DELETE", "PATCH"] {
            let reply = talk(&attune, request(method, &query, &[&host], ""));
            assert_eq!(reply.status, 405, "{method} {path}: {reply:?}");
        }
    }
    // The pages themselves: every route there is, and the ones that a person might guess.
    for path in ["/", "/settings", "/prompts/new", &format!("/prompts/{prompt}")] {
        for suffix in ["", "?delete=1", "/versions/1", "/delete", "/run"] {
            let reply = talk(&attune, request("GET", &format!("{path}{suffix}"), &[&host], ""));
            assert!([200, 404].contains(&reply.status), "{path}{suffix}: {reply:?}");
        }
    }
    let after = crate::raw::call(&attune, "workbench/load", &format!(r#"{{"id":{prompt}}}"#));
    assert_eq!(before.body, after.body);
    let list = r#"{"query":{"search":"","tag":null,"page":0}}"#;
    let list = crate::raw::call(&attune, "prompts/list", list);
    assert_eq!(list.body.matches("\"excerpt\"").count(), 1, "{list:?}");
}

#[test]
fn only_our_own_pages_change_something() {
    let attune = Attune::start();
    let host = format!("host: {}", attune.address());
    let own = format!("origin: http://{}", attune.address());
    let port = attune.address().rsplit_once(':').unwrap().1.to_owned();
    let other_name = format!("origin: http://localhost:{port}");
    let check = |headers: &[&str], expected: u16| {
        for content_type in ["application/json", "text/plain", "application/x-www-form-urlencoded"]
        {
            let json = format!("content-type: {content_type}");
            let all = [&[&*host, &*json], headers].concat();
            let reply = talk(&attune, request("POST", "/api/prompts/create", &all, CREATE));
            assert_eq!(reply.status, expected, "{headers:?} {reply:?}");
        }
    };
    check(&[], 200);
    check(&[&own], 200);
    check(&[&own, "sec-fetch-site: same-origin"], 200);
    check(&["origin: null"], 403);
    check(&["origin: http://evil.example"], 403);
    check(&["origin: https://127.0.0.1"], 403);
    check(&[&other_name], 403);
    check(&["origin: http://127.0.0.1:1"], 403);
    check(&[&own, "origin: http://evil.example"], 403);
    check(&["sec-fetch-site: cross-site"], 403);
    check(&["sec-fetch-site: same-site"], 403);
    check(&[&own, "sec-fetch-site: cross-site"], 403);
}
