//! The program `attune` as people start it: flags, addresses, signals, headers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod api;
mod backup;
mod crash;
mod database;
#[cfg(target_os = "linux")]
mod disk;
mod every_table;
#[cfg(target_os = "linux")]
mod full_disk;
mod headers;
mod hosts;
mod keys;
mod limits;
mod program;
mod raw;
#[cfg(target_os = "linux")]
mod read_only;
mod rotation;

use std::time::{Duration, Instant};

use program::{Attune, request};

#[test]
fn it_says_where_it_listens_and_that_the_database_answers() {
    let attune = Attune::start();
    let health = attune.get("/healthz", &[]);
    assert_eq!((health.status, health.body.as_str()), (200, "ok"));
    assert!(attune.data().join("attune.sqlite3").is_file());
}

#[test]
fn pages_are_complete_before_any_script_runs() {
    let attune = Attune::start();
    let page = attune.get("/", &[]);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<h1"), "{}", page.body);
    assert!(page.body.contains("New prompt"));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("script-src 'nonce-"), "{policy}");
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
}

#[test]
fn what_does_not_exist_is_not_found() {
    let attune = Attune::start();
    assert_eq!(attune.get("/prompts/9999", &[]).status, 404);
    assert_eq!(attune.get("/no/such/page", &[]).status, 404);
    assert_eq!(attune.get("/manifest.json", &[]).status, 404);
}

#[test]
fn only_our_own_pages_change_something() {
    let attune = Attune::start();
    let body = r#"{"title":"T","tags":[],"prompt":null,"values":{},"note":""}"#;
    let json = ("content-type", "application/json");
    let foreign =
        attune.post("/api/prompts/create", &[json, ("origin", "http://evil.example")], body);
    assert_eq!(foreign.status, 403);
    let own = format!("http://{}", attune.address());
    let accepted = attune.post("/api/prompts/create", &[json, ("origin", &own)], body);
    assert_eq!(accepted.status, 200, "{}", accepted.body);
    let empty = body.replace("\"T\"", "\" \"");
    let refused = attune.post("/api/prompts/create", &[json], &empty);
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(refused.body.contains("message"), "{}", refused.body);
}

#[test]
fn a_second_server_on_the_same_folder_says_so() {
    let attune = Attune::start();
    let second = Attune::command(attune.data()).output().unwrap();
    assert!(!second.status.success());
    let said = String::from_utf8_lossy(&second.stderr);
    assert!(said.contains("another"), "{said}");
}

#[test]
fn a_port_in_use_names_the_way_out() {
    let attune = Attune::start();
    let folder = tempfile::tempdir().unwrap();
    let mut second = Attune::command(folder.path());
    let second = second.args(["--addr", &attune.address()]).output().unwrap();
    let said = String::from_utf8_lossy(&second.stderr);
    assert!(said.contains("--addr"), "{said}");
}

#[test]
fn it_ends_within_five_seconds_with_a_page_listening() {
    let mut attune = Attune::start();
    let created = attune.post(
        "/api/prompts/create",
        &[("content-type", "application/json")],
        r#"{"title":"T","tags":[],"prompt":null,"values":{},"note":""}"#,
    );
    assert_eq!(created.status, 200);
    let _listening = request(&attune.address(), "GET", "/api/prompts/1/events", &[], "").unwrap();
    let started = Instant::now();
    let status = attune.terminate();
    assert!(status.success(), "{status}");
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}

#[test]
fn a_run_that_is_cut_by_the_end_keeps_its_partial_output() {
    let folder = tempfile::tempdir().unwrap();
    let mut attune = Attune::start_in(folder.path(), &[("ATTUNE_DEMO_DELAY_MS", "400")]);
    let json = [("content-type", "application/json")];
    let prompt = r#"{"system_instructions":"","text":"List ten colours.","plain_names":[]}"#;
    let body = format!(r#"{{"title":"T","tags":[],"prompt":{prompt},"values":{{}},"note":""}}"#);
    assert_eq!(attune.post("/api/prompts/create", &json, &body).status, 200);
    let models = r#"{"model":"demo/demo-1","alignment_model":null,"settings":{}}"#;
    let body =
        format!(r#"{{"prompt_id":1,"prompt":{prompt},"base":1,"values":{{}},"models":{models}}}"#);
    let started = attune.post("/api/runs/start", &json, &body);
    assert_eq!(started.status, 200, "{}", started.body);
    attune.wait_for_output(1);
    assert!(attune.terminate().success());

    let attune = Attune::start_in(folder.path(), &[]);
    let workbench = attune.post("/api/workbench/load", &json, r#"{"id":1}"#);
    assert!(workbench.body.contains(r#""state":"interrupted""#), "{}", workbench.body);
    assert!(!workbench.body.contains(r#""output":"""#), "{}", workbench.body);
}

#[test]
fn faults_of_a_request_are_told_apart_from_ours() {
    let attune = Attune::start();
    let json = [("content-type", "application/json")];
    for body in ["{bad", "{}", ""] {
        let answer = attune.post("/api/runs/start", &json, body);
        assert_eq!(answer.status, 422, "{body}: {}", answer.body);
        assert!(answer.body.contains("could not read the request"), "{}", answer.body);
    }
    assert_eq!(attune.get("/api/prompts/999/events", &[]).status, 404);
    assert_eq!(attune.get("/api/prompts/x/events", &[]).status, 404);
}

#[test]
fn what_is_wrong_at_the_start_is_one_plain_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let refused = Attune::command(&file).env("RUST_BACKTRACE", "1").output().unwrap();
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(said.contains("--data") && said.lines().count() == 1, "{said}");
    let loud = Attune::command(folder.path()).args(["--log", "loud"]).output().unwrap();
    assert!(!loud.status.success());
}

#[test]
fn programs_read_the_newest_version_over_plain_http() {
    let attune = Attune::start();
    let json = [("content-type", "application/json")];
    let prompt = r#"{"system_instructions":"","text":"Name {n} colours.","plain_names":[]}"#;
    let body = format!(r#"{{"title":"T","tags":[],"prompt":{prompt},"values":{{}},"note":""}}"#);
    assert_eq!(attune.post("/api/prompts/create", &json, &body).status, 200);
    let newest = || attune.get("/api/prompts/1/versions/newest", &[]);
    assert!(newest().body.contains(r#""number":1"#) && newest().body.contains("Name {n} colours."));
    let next = prompt.replace("Name", "List");
    let save = format!(r#"{{"prompt_id":1,"prompt":{next},"base":1,"note":""}}"#);
    assert_eq!(attune.post("/api/versions/save", &json, &save).status, 200);
    assert!(newest().body.contains(r#""number":2"#) && newest().body.contains("List {n} colours."));
    assert_eq!(attune.post("/api/prompts/delete", &json, r#"{"id":1}"#).status, 200);
    for id in ["1", "2", "x"] {
        let missing = attune.get(&format!("/api/prompts/{id}/versions/newest"), &[]);
        assert_eq!(missing.status, 404);
        assert!(missing.body.contains("message"), "{}", missing.body);
    }
}
