//! Limits: each answers with a sentence, and what came before stays as it was.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::program::Attune;
use crate::raw::{Reply, call, connect, create, read, read_head, request, talk};

const MEGABYTE: usize = 1 << 20;

fn text(text: &str) -> Value {
    json!({"system_instructions": "", "text": text, "plain_names": []})
}

/// The answer is this sentence with a next step, under this status.
fn check(reply: &Reply, status: u16, words: &str) {
    assert_eq!(reply.status, status, "{reply:?}");
    let error: Value = serde_json::from_str(&reply.body).unwrap_or_else(|_| panic!("{reply:?}"));
    let (message, hint) = (error["message"].as_str().unwrap(), error["hint"].as_str().unwrap());
    assert!(message.contains(words), "{message}");
    assert!(message.ends_with('.') && hint.ends_with('.'), "{message} {hint}");
}

fn new(title: &str, tags: &[&str], prompt: &Value, values: &Value, note: &str) -> String {
    json!({"title": title, "tags": tags, "prompt": prompt, "values": values, "note": note})
        .to_string()
}

#[test]
fn a_body_over_eight_megabytes_is_refused_with_a_sentence() {
    let attune = Attune::start();
    let large = "x".repeat(9 * MEGABYTE);
    let reply = call(&attune, "prompts/create", &new("T", &[], &text(&large), &json!({}), ""));
    check(&reply, 413, "larger than 8 MB");
    // The same in chunks, which do not say how much is to come.
    let host = attune.address();
    let mut chunked = format!(
        "POST /api/prompts/create HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n\
         connection: close\r\ntransfer-encoding: chunked\r\n\r\n"
    )
    .into_bytes();
    for piece in large.as_bytes().chunks(MEGABYTE) {
        chunked.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
        chunked.extend_from_slice(piece);
        chunked.extend_from_slice(b"\r\n");
    }
    chunked.extend_from_slice(b"0\r\n\r\n");
    let reply = talk(&attune, chunked);
    // The server may close before it read everything; then the answer may be lost on its way.
    if reply.status != 0 {
        check(&reply, 422, "larger than 8 MB");
    }
    assert_eq!(attune.get("/healthz", &[]).status, 200);
}

#[test]
fn a_prompt_of_a_megabyte_is_taken_and_not_a_byte_more() {
    let attune = Attune::start();
    let most = "x".repeat(MEGABYTE);
    let id = create(&attune, &most);
    let more = format!("{most}y");
    let reply = call(&attune, "prompts/create", &new("T", &[], &text(&more), &json!({}), ""));
    check(&reply, 422, "limit is 1,024 KB");
    let typed = |prompt: &Value| {
        let copy =
            json!({"prompt": prompt, "values": {}, "feedback": "", "revision": 0, "updated_at": 0});
        call(&attune, "workbench/type", &json!({"id": id, "page": "p", "copy": copy}).to_string())
    };
    check(&typed(&text(&more)), 422, "limit is 1,024 KB");
    let halves = json!({"text": &most, "system_instructions": "z", "plain_names": []});
    check(&typed(&halves), 422, "limit is 1,024 KB");
    let save = json!({"prompt_id": id, "prompt": text(&more), "base": 1, "note": ""});
    check(&call(&attune, "versions/save", &save.to_string()), 422, "limit is 1,024 KB");
    let run = json!({"prompt_id": id, "prompt": text(&more), "base": 1, "values": {},
        "models": {"model": "demo/demo-1", "alignment_model": null, "settings": {}}});
    check(&call(&attune, "runs/start", &run.to_string()), 422, "limit is 1,024 KB");
    // A second version has to fit as well, and the first one is as it was.
    let version = call(&attune, "versions/get", &json!({"id": id, "number": 1}).to_string());
    assert_eq!(version.body.matches('x').count() / MEGABYTE, 1);
    assert_eq!(typed(&text(&most[..MEGABYTE / 2])).status, 200);
}

#[test]
fn everything_else_that_people_give_has_a_limit_with_a_sentence() {
    let attune = Attune::start();
    let id = create(&attune, "Say {x}.");
    let long = |size: usize| "w".repeat(size);
    let none = json!({});
    let tags: Vec<String> = (0..21).map(|number| format!("tag{number}")).collect();
    let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
    let made = |body: String| call(&attune, "prompts/create", &body);
    check(&made(new(&long(201), &[], &Value::Null, &none, "")), 422, "title is longer than 200");
    check(&made(new("T", &tags, &Value::Null, &none, "")), 422, "the limit is 20");
    check(&made(new("T", &[&long(61)], &Value::Null, &none, "")), 422, "longer than 60 characters");
    check(&made(new("T", &[], &text("x"), &none, &long(2001))), 422, "note is longer than 2,000");
    let values = json!({"x": long(4 * MEGABYTE + 1)});
    check(&made(new("T", &[], &text("x"), &values, "")), 422, "limit is 4,096 KB");
    let many: Value = (0..1001)
        .map(|number| (format!("v{number}"), "".into()))
        .collect::<serde_json::Map<_, _>>()
        .into();
    check(&made(new("T", &[], &text("x"), &many, "")), 422, "limit is 1,000");
    let copy = |feedback: String, comment: Value| {
        let copy = json!({"prompt": text("x"), "values": {}, "feedback": feedback, "comment": comment,
            "revision": 0, "updated_at": 0});
        call(&attune, "workbench/type", &json!({"id": id, "page": "p", "copy": copy}).to_string())
    };
    check(&copy(long(65 << 10), Value::Null), 422, "feedback is longer than 64 KB");
    let comment = json!({"text": long(65 << 10), "span": null});
    check(&copy(String::new(), comment), 422, "feedback is longer than 64 KB");
    let draft = |feedback: Vec<Value>| {
        let order = json!({"order": {"prompt_id": id, "prompt": text("Say {x}."), "base": 1,
            "run_id": null, "pieces": [], "feedback": feedback, "alignment_model": null}});
        call(&attune, "drafts/start", &order.to_string())
    };
    let piece = |text: String| json!({"text": text, "span": null});
    check(&draft(vec![piece("shorter".into()); 51]), 422, "limit is 50");
    check(&draft(vec![piece(long(65 << 10))]), 422, "longer than 64 KB");
    check(&draft(Vec::new()), 422, "no feedback");
    let span =
        json!({"text": "why?", "span": {"exact": "a", "prefix": long(65 << 10), "suffix": ""}});
    check(&draft(vec![span]), 422, "longer than 64 KB");
    let query = json!({"query": {"search": long(1001), "tag": null, "page": 0}});
    check(&call(&attune, "prompts/list", &query.to_string()), 422, "longer than 1,000 characters");
    let stop: Vec<String> = (0..17).map(|number| number.to_string()).collect();
    let models = |stop: Value, model: &str| {
        let settings = json!({"stop_sequences": stop});
        let models = json!({"model": model, "alignment_model": null, "settings": settings});
        call(&attune, "prompts/models", &json!({"id": id, "models": models}).to_string())
    };
    check(&models(json!(stop), "demo/demo-1"), 422, "limit is 16");
    check(&models(json!([long(201)]), "demo/demo-1"), 422, "longer than 200");
    check(&models(json!([]), &format!("demo/{}", long(300))), 422, "longer than 300");
    let list = json!({"id": id, "before": null, "limit": u32::MAX});
    assert_eq!(call(&attune, "versions/list", &list.to_string()).status, 200);
}

#[test]
fn kept_feedback_has_a_limit() {
    let attune = Attune::start();
    let id = create(&attune, "Say hello.");
    let run = json!({"prompt_id": id, "prompt": text("Say hello."), "base": 1, "values": {},
        "models": {"model": "demo/demo-1", "alignment_model": null, "settings": {}}});
    assert_eq!(call(&attune, "runs/start", &run.to_string()).status, 200);
    let add = |text: &str| {
        let feedback = json!({"text": text, "span": null});
        call(&attune, "feedback/add", &json!({"run_id": 1, "feedback": feedback}).to_string())
    };
    for number in 1..=50 {
        assert_eq!(add(&format!("piece {number}")).status, 200);
    }
    check(&add("one more"), 422, "limit is 50");
    let removed = call(&attune, "feedback/remove", &json!({"id": 1}).to_string());
    assert_eq!(removed.status, 200, "{removed:?}");
    assert_eq!(add("now it fits").status, 200);
}

#[test]
fn the_head_of_a_request_is_bounded() {
    let attune = Attune::start();
    let host = format!("host: {}", attune.address());
    let get = |headers: &[&str]| talk(&attune, request("GET", "/healthz", headers, ""));
    assert_eq!(get(&[&host, &format!("x-a: {}", "a".repeat(30_000))]).status, 200);
    assert_eq!(get(&[&host, &format!("x-a: {}", "a".repeat(70_000))]).status, 431);
    let many: Vec<String> = (0..120).map(|number| format!("x-{number}: 1")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(get(&[&[&*host], &many[..]].concat()).status, 431);
    let long = talk(&attune, request("GET", &format!("/{}", "a".repeat(70_000)), &[&host], ""));
    assert!([414, 431].contains(&long.status), "{long:?}");
    assert_eq!(talk(&attune, "no HTTP at all\r\n\r\n").status, 400);
    assert_eq!(get(&[&host]).status, 200);
}

fn follow(attune: &Attune, id: i64, headers: &str) -> (TcpStream, Reply) {
    let mut stream = connect(attune);
    let host = attune.address();
    let ask = format!("GET /api/prompts/{id}/events HTTP/1.1\r\nhost: {host}\r\n{headers}\r\n");
    stream.write_all(ask.as_bytes()).unwrap();
    let head = read_head(&mut stream);
    (stream, head)
}

#[test]
fn a_client_has_32_event_streams_and_the_rest_goes_on() {
    let attune = Attune::start();
    let id = create(&attune, "x");
    let mut open: Vec<_> = (0..32)
        .map(|number| {
            let (stream, head) = follow(&attune, id, "");
            assert_eq!(head.status, 200, "{number}");
            stream
        })
        .collect();
    let (mut stream, head) = follow(&attune, id, "connection: close\r\n");
    assert_eq!(head.status, 429);
    let rest = read(&mut stream);
    let said = format!("{head:?}{rest:?}");
    assert!(said.contains("32 pages of 127.0.0.1") && said.contains("Close some"), "{said}");
    // Everything but following goes on, and somebody else behind a proxy follows as well.
    assert_eq!(attune.get(&format!("/prompts/{id}"), &[]).status, 200);
    assert_eq!(follow(&attune, id, "x-forwarded-for: 10.1.2.3\r\n").1.status, 200);
    // A place is free again a moment after a page closed.
    open.pop();
    let started = Instant::now();
    while follow(&attune, id, "").1.status != 200 {
        assert!(started.elapsed() < Duration::from_secs(20), "its place was never freed");
        create(&attune, "an event that finds the page gone");
        call(&attune, "prompts/rename", &json!({"id": id, "title": "T2"}).to_string());
    }
}

#[test]
fn half_a_request_does_not_hold_a_connection_for_ever() {
    let attune = Attune::start();
    let started = Instant::now();
    let mut half = connect(&attune);
    write!(half, "GET /healthz HTTP/1.1\r\nhost: {}\r\nx-slow: ", attune.address()).unwrap();
    let mut idle = connect(&attune);
    let mut drip = connect(&attune);
    let host = attune.address();
    write!(
        drip,
        "POST /api/workbench/load HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n\
         content-length: 100\r\n\r\n{{"
    )
    .unwrap();
    read(&mut half);
    let head = started.elapsed();
    read(&mut idle);
    assert!((8..16).contains(&head.as_secs()), "{head:?}");
    assert!(started.elapsed() < Duration::from_secs(16), "idle: {:?}", started.elapsed());
    let answer = read_head(&mut drip);
    assert_eq!(answer.status, 422, "{answer:?}");
    assert!((25..39).contains(&started.elapsed().as_secs()), "body: {:?}", started.elapsed());
}

#[test]
fn connections_have_an_end_and_a_sentence() {
    let attune = Attune::start();
    let mut open = Vec::new();
    let turned_away = loop {
        assert!(open.len() < 700, "there is no end");
        let mut stream = connect(&attune);
        write!(stream, "GET /healthz HTTP/1.1\r\nhost: {}\r\n\r\n", attune.address()).unwrap();
        let head = read_head(&mut stream);
        if head.status != 200 {
            let rest = read(&mut stream);
            break format!("{head:?}{rest:?}");
        }
        open.push(stream);
    };
    assert!(turned_away.contains("503") && turned_away.contains("Try again"), "{turned_away}");
    assert!(open.len() >= 600, "{}", open.len());
    drop(open);
    let started = Instant::now();
    while talk(&attune, request("GET", "/healthz", &[&format!("host: {}", attune.address())], ""))
        .status
        != 200
    {
        assert!(started.elapsed() < Duration::from_secs(10));
    }
}
