//! Keys never show themselves. Distinctive ones are planted for every provider, all of whose peers
//! repeat them in their errors; then everything that the server emits is searched for them.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use loopback::{FaultKind, Loopback, ScriptedAnswer, Status};
use serde_json::{Value, json};

use crate::program::Attune;
use crate::raw;

/// Provider and key. They hold characters that encodings change.
const KEYS: [(&str, &str); 7] = [
    ("gemini", "AIzaPlanted+Gemini/Key==1"),
    ("openai", "sk-planted/openai+key==2"),
    ("anthropic", "sk-ant-planted/anthropic+3"),
    ("lab", "planted?lab&key=4\\\"quoted"),
    ("shed", "planted-shed-key/in+file=5"),
    // Connected on the page: the key and the value of an extra header.
    ("page", "planted<page>&key/of+page=6"),
    ("page", "planted-header/of+page=7"),
];

/// The forms in which a key could slip out.
fn forms(key: &str) -> Vec<String> {
    let upper: String = key.bytes().map(percent).collect();
    let lower = |byte| match percent(byte) {
        encoded if encoded.len() == 3 => encoded.to_lowercase(),
        plain => plain,
    };
    let lower: String = key.bytes().map(lower).collect();
    let json = serde_json::to_string(key).unwrap();
    let mut forms = vec![
        key.to_owned(),
        lower,
        upper,
        json.trim_matches('"').to_owned(),
        key.replace('"', "&quot;").replace('&', "&amp;"),
    ];
    // As a part of something longer, base64 keeps what lies in whole groups.
    for before in ["", "a", "ab"] {
        let bytes = format!("{before}{key}");
        let skip = (before.len() * 8).div_ceil(6);
        for encoded in
            [BASE64_STANDARD_NO_PAD.encode(&bytes), BASE64_URL_SAFE_NO_PAD.encode(&bytes)]
        {
            forms.push(encoded[skip..bytes.len() * 8 / 6].to_owned());
        }
    }
    forms
}

fn percent(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() { char::from(byte).into() } else { format!("%{byte:02X}") }
}

/// Everything that was emitted, by its name.
type Emitted = BTreeMap<String, Vec<u8>>;

#[test]
fn keys_appear_nowhere() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let peer = runtime.block_on(Loopback::start()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let program = Logged::start(folder.path(), &peer);
    let mut emitted = Emitted::new();
    let prompt = raw::create(&program.attune, "Say something about {thing}.");
    connect(&program.attune, &peer, &mut emitted);
    for (provider, key) in KEYS {
        provoke(&program.attune, &peer, prompt, provider, key, &mut emitted);
    }
    look_around(&program.attune, prompt, &mut emitted);

    // The keys were really sent: else this test would find nothing in any case.
    for (provider, key) in KEYS {
        let sent = peer
            .requests()
            .iter()
            .any(|it| format!("{:?}", it.headers).contains(&format!("{key:?}")[1..10]));
        assert!(sent, "the key of {provider} was never used");
    }
    let log = program.end();
    assert!(log.len() > 10_000, "at level trace there is a lot to read: {} bytes", log.len());
    emitted.insert("log".to_owned(), log);
    read_folder(folder.path(), &mut emitted);
    assert!(emitted.keys().any(|name| name.contains("sqlite3")), "{:?}", emitted.keys());
    for (provider, key) in KEYS {
        for form in forms(key) {
            for (place, bytes) in &emitted {
                let found = bytes.windows(form.len()).position(|it| it == form.as_bytes());
                let around = found.map(|at| {
                    let around = at.saturating_sub(80)..(at + 120).min(bytes.len());
                    String::from_utf8_lossy(&bytes[around]).into_owned()
                });
                assert_eq!(around, None, "the key of {provider} as {form} in {place}");
            }
        }
    }
}

/// Connects the last provider on the page, in every way that a page can.
fn connect(attune: &Attune, peer: &Loopback, emitted: &mut Emitted) {
    let input = |key: &str, value: Value| {
        let headers = json!([{"name": "x-secret", "value": value}]);
        json!({
            "kind": "compatible", "label": "Page", "base_url": peer.openai_base_url(),
            "key": key, "headers": headers,
        })
    };
    let good = input(KEYS[5].1, json!(KEYS[6].1));
    let broken = input(&format!("{} with spaces", KEYS[5].1), json!(KEYS[6].1));
    for (place, function, body, status) in [
        ("refused", "add", json!({"input": broken}), 422),
        ("tested", "test", json!({"id": null, "input": good}), 200),
        ("added", "add", json!({"input": good}), 200),
        ("changed", "change", json!({"id": 1, "input": good}), 200),
        ("listed", "list", json!({}), 200),
    ] {
        let reply = raw::call(attune, &format!("connections/{function}"), &body.to_string());
        assert_eq!(reply.status, status, "{place}: {reply:?}");
        emitted.insert(place.to_owned(), format!("{reply:?}").into_bytes());
    }
}

/// A server that logs everything, and what it logged.
struct Logged {
    attune: Attune,
    log: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

impl Logged {
    fn start(folder: &Path, peer: &Loopback) -> Self {
        let url = peer.base_url();
        let models = format!(
            "[[endpoint]]\nname = \"lab\"\nbase_url = \"{url}/v1\"\napi_key_env = \"LAB_KEY\"\n\
             [[endpoint]]\nname = \"shed\"\nbase_url = \"{url}/v1\"\napi_key = '{}'\n",
            KEYS[4].1
        );
        std::fs::write(folder.join("models.toml"), models).unwrap();
        let mut command = Attune::command(folder);
        command
            .envs([("ATTUNE_LOG", "trace"), ("RUST_BACKTRACE", "1"), ("LAB_KEY", KEYS[3].1)])
            .envs([("GEMINI_API_KEY", KEYS[0].1), ("GEMINI_BASE_URL", &url)])
            .envs([("OPENAI_API_KEY", KEYS[1].1), ("OPENAI_BASE_URL", &peer.openai_base_url())])
            .envs([("ANTHROPIC_API_KEY", KEYS[2].1), ("ANTHROPIC_BASE_URL", &url)])
            .stderr(Stdio::piped());
        let mut attune = Attune::start_by(command, folder, &[]);
        let mut stderr = attune.stderr();
        let log: Arc<Mutex<Vec<u8>>> = Arc::default();
        let reader = std::thread::spawn({
            let log = log.clone();
            move || {
                let mut piece = [0; 8192];
                while let Ok(count @ 1..) = stderr.read(&mut piece) {
                    log.lock().unwrap().extend_from_slice(&piece[..count]);
                }
            }
        });
        Self { attune, log, reader }
    }

    fn end(self) -> Vec<u8> {
        let Self { mut attune, log, reader } = self;
        assert!(attune.terminate().success());
        reader.join().unwrap();
        let log = log.lock().unwrap();
        log.clone()
    }
}

/// Runs and drafts against a peer that repeats the key in every way an error can come.
fn provoke(
    attune: &Attune,
    peer: &Loopback,
    prompt: i64,
    provider: &str,
    key: &str,
    emitted: &mut Emitted,
) {
    let spelled = [
        key.to_owned(),
        key.bytes().map(percent).collect(),
        format!("Basic {}", BASE64_STANDARD.encode(key)),
        format!("Basic {}", BASE64_STANDARD.encode(format!("me:{key}"))),
        format!("https://peer.example/?key={}&x=1", key.bytes().map(percent).collect::<String>()),
    ];
    let model = format!("{provider}/echo");
    for (count, said) in spelled.iter().enumerate() {
        for code in [400, 401, 429, 500] {
            let error =
                json!({"message": format!("Key {said} is refused."), "code": code, "type": said});
            let body = json!({"error": error, "key": said}).to_string();
            // More than one, should a failure be tried again.
            peer.answer_next(
                Status::body(code, "application/json", body).with_header("x-key", said.clone()),
            );
            let reply = run(attune, prompt, &model);
            emitted.insert(format!("run {provider} {count} {code}"), reply);
        }
        peer.answer_next(Status::body(502, "text/plain", format!("no {said} here")));
        emitted.insert(format!("gateway {provider} {count}"), run(attune, prompt, &model));
        peer.answer_next(Status::body(200, "text/html", format!("<p>{said}</p>")));
        emitted.insert(format!("page {provider} {count}"), run(attune, prompt, &model));
    }
    peer.answer_next(ScriptedAnswer::text("one two three").with_fault(1, FaultKind::Cut));
    emitted.insert(format!("cut {provider}"), run(attune, prompt, &model));
    emitted.insert(format!("good {provider}"), run(attune, prompt, &model));
    let body = json!({"error": {"message": format!("Key {key} is refused.")}}).to_string();
    peer.answer_next(Status::body(400, "application/json", body));
    for step in ["failed draft", "good draft"] {
        emitted.insert(format!("{step} {provider}"), draft(attune, prompt, &model));
    }
}

/// Runs and gives the answer and, once it ended, the workbench.
fn run(attune: &Attune, prompt: i64, model: &str) -> Vec<u8> {
    let order = json!({
        "prompt_id": prompt, "prompt": text(), "base": 1, "values": {"thing": "keys"},
        "models": {"model": model, "alignment_model": model, "settings": {}},
    });
    let started = raw::call(attune, "runs/start", &order.to_string());
    assert_eq!(started.status, 200, "{started:?}");
    format!("{started:?}{}", ended(attune, prompt, "/run/state", "running")).into_bytes()
}

fn draft(attune: &Attune, prompt: i64, model: &str) -> Vec<u8> {
    let feedback = json!([{"text": "Be brief.", "span": null}]);
    let order = json!({"order": {
        "prompt_id": prompt, "prompt": text(), "base": 1, "run_id": null, "pieces": [],
        "feedback": feedback, "alignment_model": model,
    }});
    let started = raw::call(attune, "drafts/start", &order.to_string());
    assert_eq!(started.status, 200, "{started:?}");
    let last = started.body.clone();
    let made: Value = serde_json::from_str(&last).unwrap();
    let number = made[0]["id"].as_i64().unwrap();
    for _ in 0..600 {
        let all = raw::call(attune, "drafts/list", &json!({"id": prompt, "number": 1}).to_string());
        let drafts: Value = serde_json::from_str(&all.body).unwrap();
        let ours = drafts.as_array().unwrap().iter().find(|it| it["id"] == number).unwrap();
        if ours["state"] != "drafting" {
            return format!("{started:?}{all:?}").into_bytes();
        }
        std::thread::park_timeout(std::time::Duration::from_millis(20));
    }
    panic!("the draft never ended");
}

fn text() -> Value {
    json!({"system_instructions": "", "text": "Say something about {thing}.", "plain_names": []})
}

/// The workbench once nothing in it is in this state any more.
fn ended(attune: &Attune, prompt: i64, pointer: &str, state: &str) -> String {
    // Failures may be tried again for a while.
    for _ in 0..1500 {
        let bench = raw::call(attune, "workbench/load", &json!({"id": prompt}).to_string());
        let value: Value = serde_json::from_str(&bench.body).unwrap();
        if value.pointer(pointer).is_some_and(|it| it != state) {
            return format!("{bench:?}");
        }
        std::thread::park_timeout(std::time::Duration::from_millis(20));
    }
    panic!("it never ended");
}

/// Everything else that a browser can ask for.
fn look_around(attune: &Attune, prompt: i64, emitted: &mut Emitted) {
    let host = format!("host: {}", attune.address());
    for path in [
        "/",
        "/settings",
        &format!("/prompts/{prompt}"),
        &format!("/prompts/{prompt}/versions/1"),
        "/none",
        "/healthz",
    ] {
        let reply = raw::talk(attune, raw::request("GET", path, &[&host], ""));
        emitted.insert(format!("GET {path}"), format!("{reply:?}").into_bytes());
    }
    for (function, body) in [
        ("models/list", json!({})),
        ("prompts/list", json!({"query": {"search": "", "tag": null, "page": 0}})),
        ("versions/list", json!({"id": prompt, "before": null, "limit": 50})),
        ("no/such", json!({})),
    ] {
        let reply = raw::call(attune, function, &body.to_string());
        emitted.insert(format!("POST {function}"), format!("{reply:?}").into_bytes());
    }
    // From the first event of this start on: everything that is remembered.
    let bench = raw::call(attune, "workbench/load", &json!({"id": prompt}).to_string());
    let value: Value = serde_json::from_str(&bench.body).unwrap();
    let epoch = value["cursor"]["epoch"].as_u64().unwrap();
    let last = value["cursor"]["sequence"].as_u64().unwrap();
    let after = format!("{epoch}-{}", last.saturating_sub(100));
    let mut stream = raw::connect(attune);
    stream.set_read_timeout(Some(std::time::Duration::from_secs(1))).unwrap();
    let ask = format!("GET /api/prompts/{prompt}/events?after={after} HTTP/1.1\r\n{host}\r\n\r\n");
    std::io::Write::write_all(&mut stream, ask.as_bytes()).unwrap();
    let events = raw::read(&mut stream);
    assert!(events.body.contains("\"failure\""), "{events:?}");
    emitted.insert("events".to_owned(), format!("{events:?}").into_bytes());
}

/// The files of the data folder, without the one that the person wrote.
fn read_folder(folder: &Path, emitted: &mut Emitted) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(&path, emitted);
        } else if path.file_name().is_some_and(|name| name != "models.toml") {
            emitted.insert(path.display().to_string(), std::fs::read(&path).unwrap());
        }
    }
}

#[test]
fn a_broken_models_file_does_not_show_the_key_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let key = "planted-key-in-a-broken-file";
    for broken in [
        format!("[[endpoint]]\nname = \"x\"\napi_key = \"{key}\nbase_url = 3"),
        format!(
            "[[endpoint]]\nname = \"x\"\nbase_url = \"http://127.0.0.1:9\"\napi_key = \"{key}\"\nextra = 1"
        ),
        format!("[[endpoint]]\nname = \"x\"\nbase_url = \"http://user:{key}@127.0.0.1:9\""),
        format!("[[endpoint]]\nname = \"x\"\nbase_url = \"http://127.0.0.1:9/#{key}\""),
        format!(
            "[[endpoint]]\nname = \"x\"\nbase_url = \"http://127.0.0.1:9\"\napi_key = \"a {key}\""
        ),
    ] {
        std::fs::write(folder.path().join("models.toml"), &broken).unwrap();
        let output: std::process::Output = {
            let mut command: Command = Attune::command(folder.path());
            let child: Child = command
                .env("ATTUNE_LOG", "trace")
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            ended_soon(child)
        };
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(!said.contains(key), "{said}");
        assert!(said.contains("attune: "), "it says what is wrong: {said}");
    }
}

/// Waits for a program that is expected to refuse to start.
fn ended_soon(mut child: Child) -> std::process::Output {
    for _ in 0..250 {
        if child.try_wait().unwrap().is_some() {
            return child.wait_with_output().unwrap();
        }
        std::thread::park_timeout(std::time::Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait_with_output().unwrap()
}
