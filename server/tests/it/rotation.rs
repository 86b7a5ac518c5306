//! `attune rotate-key`, also killed in the middle, and backups with and without keys.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::park_timeout;
use std::time::Duration;

use serde_json::json;

use crate::api::call;
use crate::database::Database;
use crate::program::Attune;

const KEY: &str = "planted-key-0123456789";
const SECRET_KEYS: [&str; 2] = [
    "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=",
    "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=",
];

/// A data folder in which a server kept 20 connections with keys.
fn filled(data: &Path, environment: &[(&str, &str)]) {
    let mut attune = Attune::start_in(data, environment);
    for number in 0..20 {
        let input = json!({
            "kind": "compatible", "label": format!("Lab {number}"), "key": KEY, "headers": [],
            "base_url": format!("http://127.0.0.1:9/{number}/v1"),
        });
        call(&attune.address(), "connections/add", &json!({ "input": input })).unwrap();
    }
    attune.terminate();
}

/// Checks that a server reads the keys of all connections: one that it cannot read would be refused a
/// change that leaves the key as it is.
fn all_are_read(data: &Path, environment: &[(&str, &str)]) {
    let mut attune = Attune::start_in(data, environment);
    let listed = call(&attune.address(), "connections/list", &json!({})).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 20);
    for connection in listed.as_array().unwrap() {
        let input = json!({
            "kind": "compatible", "label": connection["label"], "key": null, "headers": [],
            "base_url": connection["base_url"],
        });
        let body = json!({ "id": connection["id"], "input": input });
        call(&attune.address(), "connections/change", &body).unwrap();
    }
    attune.terminate();
}

/// The versions of the keys that encrypted something.
fn versions(data: &Path) -> Vec<i64> {
    let mut database = Database::read(&data.join("attune.sqlite3"));
    let versions: Vec<(i64,)> =
        database.rows("SELECT DISTINCT key_version FROM connections ORDER BY key_version");
    versions.into_iter().map(|(version,)| version).collect()
}

fn rotate(data: &Path) -> Command {
    let mut command = Attune::command(data);
    command.env_remove("ATTUNE_ADDR").arg("rotate-key").stdout(Stdio::piped());
    command.stderr(Stdio::piped());
    command
}

#[test]
fn a_rotation_killed_at_any_moment_loses_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    filled(data, &[]);
    for kills in 0..3 {
        for step in 0..6 {
            let mut process = rotate(data).spawn().unwrap();
            park_timeout(Duration::from_millis(10 + 15 * step + 4 * kills));
            process.kill().unwrap();
            process.wait().unwrap();
            assert_eq!(versions(data).len(), 1, "all or none are encrypted anew");
        }
        all_are_read(data, &[]);
    }
    let before = versions(data);
    let output = rotate(data).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("20 connections"), "{output:?}");
    assert!(versions(data) > before);
    let file = std::fs::read_to_string(data.join("attune.key")).unwrap();
    assert_eq!(
        file.lines().filter(|line| !line.starts_with('#')).count(),
        1,
        "the old ones are gone"
    );
    all_are_read(data, &[]);
}

#[test]
fn keys_of_the_environment_follow_one_another() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let [old, new] = SECRET_KEYS;
    filled(data, &[("ATTUNE_SECRET_KEY", old)]);
    assert!(!data.join("attune.key").exists());
    let both = format!("2:{new},1:{old}");
    let output = rotate(data).env("ATTUNE_SECRET_KEY", &both).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(versions(data), [2]);
    all_are_read(data, &[("ATTUNE_SECRET_KEY", &format!("2:{new}"))]);
    let refused = rotate(data).env("ATTUNE_SECRET_KEY", "short").output().unwrap();
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && said.contains("openssl rand"), "{said}");
    assert!(!said.contains("short"), "{said}");
}

#[test]
fn nothing_is_rotated_under_a_server() {
    let attune = Attune::start();
    let refused = rotate(attune.data()).output().unwrap();
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("another"), "{refused:?}");
    let empty = tempfile::tempdir().unwrap();
    let refused = rotate(empty.path()).output().unwrap();
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--data"), "{refused:?}");
    assert!(std::fs::read_dir(empty.path()).unwrap().next().is_none(), "nothing is made");
}

#[test]
fn a_backup_says_whether_keys_are_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    filled(&data, &[]);
    let backup = |name: &str, more: &[&str]| {
        let file = folder.path().join(name);
        let mut command = Attune::command(&data);
        let output = command.arg("backup").args(more).arg(&file).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let mut database = Database::read(&file);
        let kept: Vec<(i64,)> =
            database.rows("SELECT count(*) FROM connections WHERE secrets IS NOT NULL");
        (String::from_utf8_lossy(&output.stdout).into_owned(), kept[0].0)
    };
    let (said, kept) = backup("without", &[]);
    assert_eq!((said.contains("attune.key"), kept), (false, 0));
    let (said, kept) = backup("with", &["--with-keys"]);
    assert_eq!((said.contains("attune.key"), kept), (true, 20));
}
