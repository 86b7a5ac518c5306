//! Every kind of row that the program writes, made by the program itself, kept in a backup.
//!
//! With `ATTUNE_SCHEMA_DATABASE=FILE` the backup stays: that is how the databases in
//! `store/tests/data` are made, one for each schema, before the next one is released.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::api::{self, call, prompt};
use crate::database::Database;
use crate::program::{Attune, pause};

#[test]
fn a_backup_holds_rows_of_every_table() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut attune = start(&data, "0");
    let id = refine(&attune);
    typed(&attune, id);
    deleted(&attune);
    connected(&attune);
    attune.terminate();
    interrupted(&data, id);

    let file = std::env::var_os("ATTUNE_SCHEMA_DATABASE")
        .map_or_else(|| folder.path().join("backup"), Into::into);
    let mut backup = Command::new(env!("CARGO_BIN_EXE_attune"));
    let backup = backup.arg("backup").arg("--with-keys").arg(&file).arg("--data").arg(&data);
    assert!(backup.output().unwrap().status.success());

    let mut database = Database::read(&file);
    database.is_sound();
    let tables: Vec<(String,)> = database.rows(
        "SELECT name FROM pragma_table_list WHERE schema = 'main'
            AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite_%'",
    );
    assert!(tables.len() > 8, "{tables:?}");
    for (table,) in tables {
        let rows: Vec<(i64,)> = database.rows(&format!("SELECT count(*) FROM {table}"));
        assert!(rows[0].0 > 0, "{table} is empty");
    }
    for (table, states) in [
        ("runs", vec!["done", "interrupted"]),
        ("drafts", vec!["accepted", "interrupted", "ready", "rejected"]),
    ] {
        let found: Vec<(String,)> =
            database.rows(&format!("SELECT DISTINCT state FROM {table} ORDER BY state"));
        assert_eq!(found.into_iter().map(|(state,)| state).collect::<Vec<_>>(), states);
    }
    let sealed: Vec<(i64,)> =
        database.rows("SELECT secrets IS NOT NULL FROM connections ORDER BY id");
    assert_eq!(sealed, [(1,), (0,)]);
    for (what, query) in OF_GUIDELINES {
        let found: Vec<(i64,)> = database.rows(query);
        assert!(!found.is_empty(), "there is no {what}");
    }
}

/// Rows of guidelines that differ in more than their table.
const OF_GUIDELINES: &[(&str, &str)] = &[
    ("interrupted question", "SELECT id FROM consultations WHERE state = 'interrupted'"),
    ("distilled guideline", "SELECT id FROM guidelines WHERE consultation_id IS NOT NULL"),
    (
        "proposal that waits",
        "SELECT c.id FROM guideline_changes l JOIN consultations c ON c.id = l.consultation_id
        WHERE l.kind = 'proposed' AND c.state = 'ready'",
    ),
    ("suggestion", "SELECT id FROM consultations WHERE kind = 'suggest_kudos' AND state = 'ready'"),
    (
        "correction, guideline and other words that are typed",
        "SELECT revision FROM working_copies
        WHERE correction IS NOT NULL AND guideline <> '' AND rewordings <> '[]'",
    ),
];

fn start(data: &Path, delay_ms: &str) -> Attune {
    Attune::start_in(data, &[("ATTUNE_DEMO_DELAY_MS", delay_ms), ("ATTUNE_LOG", "error")])
}

const TEXT: &str = "Give three uses for the following item: {item}";

/// The whole loop: run, comment, draft, reject, guidelines, draft, accept, restore, draft, edit.
fn refine(attune: &Attune) -> i64 {
    let address = attune.address();
    let body = json!({
        "title": "Creative uses", "tags": ["ideas", "Café"], "prompt": prompt(TEXT),
        "values": { "item": "scissors" }, "note": "The first",
    });
    let id = call(&address, "prompts/create", &body).unwrap()["id"].as_i64().unwrap();
    let run = run(attune, id);
    let output = run["output"].as_str().unwrap();
    let span = json!({ "exact": &output[..9], "prefix": "", "suffix": "" });
    for (text, span) in [("Surprise a maker.", Value::Null), ("Shorter here.", span)] {
        let feedback = json!({ "text": text, "span": span });
        let body = json!({ "run_id": run["id"], "feedback": feedback });
        call(&address, "feedback/add", &body).unwrap();
    }
    let rejected = draft(attune, id, 1);
    call(&address, "drafts/reject", &json!({ "id": rejected })).unwrap();
    guidelines(attune, id, &run);
    let accepted = draft_from(attune, id, 1, "guidelines");
    let body = json!({ "id": accepted, "seen": null, "confirmed": true });
    let version = call(&address, "drafts/accept", &body).unwrap()["summary"]["number"].clone();
    let body = json!({ "id": id, "number": 1, "seen": null });
    let restored =
        call(&address, "versions/restore", &body).unwrap()["summary"]["number"].as_i64().unwrap();
    assert_eq!(Some(restored), version.as_i64().map(|version| version + 1));
    let run = self::run(attune, id);
    let feedback = json!({ "text": "Number them.", "span": null });
    let body = json!({ "run_id": run["id"], "feedback": feedback });
    call(&address, "feedback/add", &body).unwrap();
    let ready = draft_from(attune, id, restored, "guidelines");
    let edited = prompt("Give four uses for {item}, numbered.");
    let bench = look_until(attune, id, |_| true);
    let of_id = |draft: &&Value| draft["id"] == ready;
    let draft = bench["drafts"].as_array().unwrap().iter().find(of_id).unwrap();
    let body = json!({ "id": ready, "known": draft["proposal"]["prompt"], "prompt": edited });
    call(&address, "drafts/edit", &body).unwrap();
    id
}

fn run_body(id: i64, text: &str) -> Value {
    let settings = json!({ "temperature": 0.7, "seed": 7, "max_output_tokens": 400 });
    let models = json!({ "model": "demo/demo-1", "alignment_model": null, "settings": settings });
    json!({
        "prompt_id": id, "prompt": prompt(text), "base": 1, "values": { "item": "scissors" },
        "models": models,
    })
}

fn run(attune: &Attune, id: i64) -> Value {
    call(&attune.address(), "runs/start", &run_body(id, TEXT)).unwrap();
    look_until(attune, id, |bench| bench["run"]["state"] != "running")["run"].clone()
}

/// Guidelines with a history, a set of them, and a question to the alignment model.
fn guidelines(attune: &Attune, id: i64, run: &Value) {
    let call = |name: &str, body: Value| call(&attune.address(), name, &body).unwrap();
    let mut list = Value::Null;
    for text in ["Name a use for a maker.", "Say why.", "Be brief."] {
        list = call("guidelines/add", json!({ "id": id, "text": text }));
    }
    let [first, second, third] = [0, 1, 2].map(|place: usize| list[place]["id"].clone());
    call(
        "guidelines/edit",
        json!({ "id": first, "before": "Name a use for a maker.", "text": "Name uses for makers." }),
    );
    call("guidelines/switch", json!({ "id": second, "is_on": false }));
    call("guidelines/move", json!({ "id": third, "position": 0 }));
    call("guidelines/remove", json!({ "id": second }));
    let changes = call("guidelines/changes", json!({ "id": id, "before": null }));
    call("guidelines/undo", json!({ "id": changes[0]["id"] }));
    call("sets/save", json!({ "name": "Makers", "prompt_id": id, "replace": "never" }));
    let ask = |name: &str, question: &Value| {
        let mut body = json!({ "run_id": run["id"], "alignment_model": null });
        body.as_object_mut().unwrap().extend(question.as_object().unwrap().clone());
        let asked = call(name, body)["id"].clone();
        look_until(attune, id, |bench| {
            let all = bench["consultations"].as_array().unwrap();
            all.iter().all(|it| it["id"] != asked || it["state"] != "working")
        });
    };
    // The first is added as a guideline, the second proposes to remove one.
    for said in ["Everybody knows these uses.", "No need to say why."] {
        let evidence = json!({ "critique": { "text": said, "span": null } });
        ask("consultations/distil", &json!({ "evidence": evidence }));
    }
    ask("consultations/suggest", &json!({ "tone": "kudos" }));
}

fn draft_body(bench: &Value, id: i64, base: i64, workflow: &str) -> Value {
    let pieces: Vec<_> = bench["feedback"].as_array().unwrap().iter().map(|it| &it["id"]).collect();
    let order = json!({
        "prompt_id": id, "prompt": prompt(TEXT), "base": base, "run_id": bench["run"]["id"],
        "pieces": pieces, "feedback": [{ "text": "No closing line.", "span": null }],
        "alignment_model": "demo/demo-1", "workflow": workflow,
    });
    json!({ "order": order })
}

fn draft(attune: &Attune, id: i64, base: i64) -> Value {
    draft_from(attune, id, base, "direct")
}

fn draft_from(attune: &Attune, id: i64, base: i64, workflow: &str) -> Value {
    let bench = look_until(attune, id, |_| true);
    let draft =
        call(&attune.address(), "drafts/start", &draft_body(&bench, id, base, workflow)).unwrap();
    look_until(attune, id, |bench| {
        let drafts = bench["drafts"].as_array().unwrap();
        drafts.iter().any(|it| it["id"] == draft[0]["id"] && it["state"] == "ready")
    });
    draft[0]["id"].clone()
}

/// Something typed, in every box.
fn typed(attune: &Attune, id: i64) {
    let address = attune.address();
    let before = call(&address, "workbench/typed", &json!({ "id": id })).unwrap();
    let copy = json!({
        "prompt": prompt("Give three uses for {item}, typed on"), "base": 3,
        "values": { "item": "a bell", "gone": "kept all the same" }, "feedback": "Typed",
        "comment": { "text": "Half a comm", "span": null },
        "correction": { "run_id": 2, "text": "1. A bell for a ki" },
        "guideline": "Name the mat",
        "rewordings": [{
            "of": { "guideline": 1 }, "before": "Name uses for makers.", "text": "Name uses for mak",
        }],
        "revision": before["revision"],
    });
    let revision =
        call(&address, "workbench/type", &json!({ "id": id, "page": "p", "copy": copy }));
    assert!(revision.unwrap().is_i64(), "somebody else typed");
}

fn deleted(attune: &Attune) {
    let id = api::create(&attune.address(), "Deleted", "Deleted").unwrap();
    call(&attune.address(), "prompts/delete", &json!({ "id": id })).unwrap();
}

/// Connections with and without secrets, to where nothing listens.
fn connected(attune: &Attune) {
    for (kind, key, headers) in [
        ("compatible", json!("a-key-of-this-test"), json!([{ "name": "x-team", "value": "blue" }])),
        ("llama_cpp", Value::Null, json!([])),
    ] {
        let input = json!({
            "kind": kind, "label": "Lab", "base_url": "http://127.0.0.1:9/v1", "key": key,
            "headers": headers,
        });
        call(&attune.address(), "connections/add", &json!({ "input": input })).unwrap();
    }
}

/// A run, a draft and a consultation in the middle of which the server is killed.
fn interrupted(data: &Path, id: i64) {
    let mut attune = start(data, "200");
    let bench = look_until(&attune, id, |_| true);
    call(&attune.address(), "drafts/start", &draft_body(&bench, id, 3, "direct")).unwrap();
    let evidence = json!({ "corrected_output": "1. A bell for a kite." });
    let body = json!({ "run_id": bench["run"]["id"], "evidence": evidence,
        "alignment_model": "demo/demo-1" });
    call(&attune.address(), "consultations/distil", &body).unwrap();
    call(&attune.address(), "runs/start", &run_body(id, TEXT)).unwrap();
    attune.wait_for_output(id);
    attune.kill();
    start(data, "0").terminate();
}

fn look_until(attune: &Attune, id: i64, is_there: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..500 {
        let bench = call(&attune.address(), "workbench/load", &json!({ "id": id })).unwrap();
        if is_there(&bench) {
            return bench;
        }
        pause(std::time::Duration::from_millis(20));
    }
    panic!("it never came");
}
