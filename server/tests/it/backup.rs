//! `attune backup` and `attune restore`, beside a server that works.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use serde_json::json;

use crate::api::{self, call, prompt};
use crate::database::Database;
use crate::program::Attune;

/// Runs a command of the program on a data folder.
fn attune(data: &Path, arguments: &[&str], file: &Path) -> Output {
    let mut command = Attune::command(data);
    command.env_remove("ATTUNE_ADDR").args(arguments).arg(file).output().unwrap()
}

/// The command is done and says so in one line.
fn done(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let line = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(line.lines().count(), 1, "{line}");
    line
}

/// The command is refused with one line that holds these words.
fn refused(output: &Output, words: &[&str]) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.lines().count() == 1, "{said}");
    for word in words {
        assert!(said.contains(word), "{word}: {said}");
    }
}

fn save(address: &str, prompt_id: i64, text: &str) -> i64 {
    let body = json!({ "prompt_id": prompt_id, "prompt": prompt(text), "base": 1, "note": "" });
    call(address, "versions/save", &body).unwrap()["summary"]["number"].as_i64().unwrap()
}

/// Clients write all the time. Each backup is sound and holds what was acknowledged before it
/// began; the last one is restored and served.
#[test]
fn backups_beside_a_busy_server_are_complete() {
    const BACKUPS: usize = 8;
    let folder = tempfile::tempdir().unwrap();
    let server = Attune::start_in(&folder.path().join("data"), &[]);
    let acknowledged = Mutex::new(Vec::new());
    let over = AtomicBool::new(false);
    let file = |number: usize| folder.path().join(format!("backup {number}.sqlite3"));
    thread::scope(|scope| {
        for writer in 0..4 {
            let (address, acknowledged, over) = (server.address(), &acknowledged, &over);
            scope.spawn(move || {
                let title = format!("Prompt {writer}");
                let id = api::create(&address, &title, "first").unwrap();
                for turn in 0.. {
                    let text = format!("writer {writer}, turn {turn}{}", " and on".repeat(500));
                    let number = save(&address, id, &text);
                    acknowledged.lock().unwrap().push((id, number, text));
                    if over.load(Ordering::SeqCst) {
                        return;
                    }
                }
            });
        }
        // Whatever fails, the writers come to an end.
        let backups = std::panic::catch_unwind(|| {
            for number in 0..BACKUPS {
                let before = acknowledged.lock().unwrap().clone();
                let output = attune(server.data(), &["backup"], &file(number));
                assert!(done(&output).starts_with("Backed up "), "{output:?}");
                holds(&file(number), &before);
            }
        });
        over.store(true, Ordering::SeqCst);
        backups.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    });
    let count = acknowledged.lock().unwrap().len();
    println!("{count} versions were written during {BACKUPS} backups");
    assert!(count > 20, "the server was not busy");

    let last = file(BACKUPS - 1);
    let elsewhere = folder.path().join("restored");
    assert!(done(&attune(&elsewhere, &["restore"], &last)).starts_with("Restored 4 prompts"));
    let mut backup = Database::read(&last);
    let (id, number, text): (i64, i64, String) = backup
        .rows("SELECT prompt_id, number, text FROM versions ORDER BY rowid DESC LIMIT 1")
        .remove(0);
    let restored = Attune::start_in(&elsewhere, &[]);
    let body = json!({ "id": id, "number": number });
    let version = call(&restored.address(), "versions/get", &body).unwrap();
    assert_eq!(version["prompt"]["text"], text.as_str());
    let found = json!({ "query": { "search": "first", "tag": null, "page": 0 } });
    assert!(call(&restored.address(), "prompts/list", &found).is_ok(), "the search works");
    save(&restored.address(), id, "goes on");
}

fn holds(backup: &Path, acknowledged: &[(i64, i64, String)]) {
    let mut database = Database::read(backup);
    database.is_sound();
    let rows: Vec<(i64, i64, String)> =
        database.rows("SELECT prompt_id, number, text FROM versions");
    let rows: std::collections::HashSet<_> = rows.into_iter().collect();
    for row in acknowledged {
        assert!(rows.contains(row), "version {}/{} is missing", row.0, row.1);
    }
}

#[cfg(unix)]
#[test]
fn a_backup_is_private_and_replaces_nothing_unasked() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let server = Attune::start();
    let id = api::create(&server.address(), "Prompt", "first").unwrap();
    let file = folder.path().join("backup");
    let line = done(&attune(server.data(), &["backup"], &file));
    assert!(line.starts_with("Backed up 1 prompt and 1 version ("), "{line}");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    save(&server.address(), id, "second");
    let before = std::fs::read(&file).unwrap();
    refused(&attune(server.data(), &["backup"], &file), &["exists already", "--force"]);
    assert_eq!(std::fs::read(&file).unwrap(), before);
    let line = done(&attune(server.data(), &["backup", "--force"], &file));
    assert!(line.contains("2 versions"), "{line}");
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(names.len(), 1, "nothing else is left: {names:?}");
}

#[test]
fn a_crashed_folder_can_be_backed_up_without_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut server = Attune::start_in(&data, &[]);
    api::create(&server.address(), "Prompt", "in the log only").unwrap();
    server.kill();
    let file = folder.path().join("backup");
    done(&attune(&data, &["backup"], &file));
    let texts: Vec<(String,)> = Database::read(&file).rows("SELECT text FROM versions");
    assert_eq!(texts, [("in the log only".to_owned(),)]);
}

#[test]
fn restoring_refuses_to_overwrite_and_keeps_what_it_replaces() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut server = Attune::start_in(&data, &[]);
    let id = api::create(&server.address(), "Prompt", "old").unwrap();
    let file = folder.path().join("backup");
    done(&attune(&data, &["backup"], &file));
    save(&server.address(), id, "newer");
    refused(&attune(&data, &["restore", "--force"], &file), &["another Attune server", "stop it"]);
    // A crash: the newest version is in the log only.
    server.kill();
    refused(&attune(&data, &["restore"], &file), &["holds data already", "--force"]);

    let line = done(&attune(&data, &["restore", "--force"], &file));
    let kept = line.trim().rsplit(" kept as ").next().unwrap();
    assert!(kept.contains("attune-replaced-2"), "{line}");
    let texts = "SELECT text FROM versions ORDER BY number";
    let newer: Vec<(String,)> = Database::read(Path::new(kept)).rows(texts);
    assert_eq!(newer, [("old".to_owned(),), ("newer".to_owned(),)]);
    let server = Attune::start_in(&data, &[]);
    let mut now = Database::read(&data.join("attune.sqlite3"));
    now.is_sound();
    let old: Vec<(String,)> = now.rows(texts);
    assert_eq!(old, [("old".to_owned(),)]);
    assert_eq!(save(&server.address(), id, "goes on"), 2);
}

#[test]
fn what_cannot_be_restored_is_told_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Attune::start();
    api::create(&server.address(), "Prompt", &"long ".repeat(20_000)).unwrap();
    let whole = folder.path().join("whole");
    done(&attune(server.data(), &["backup"], &whole));
    let bytes = std::fs::read(&whole).unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        file
    };
    let restore = |file: &Path| attune(&data, &["restore"], file);
    refused(&restore(&folder.path().join("absent")), &["no file", "check the name"]);
    refused(&restore(&write("list", b"milk, eggs")), &["not a backup of Attune"]);
    refused(&restore(&write("empty", b"")), &["not a backup of Attune"]);
    refused(&restore(&write("cut", &bytes[..bytes.len() / 2])), &["damaged or cut off", "older"]);
    // A page of the text; the pages of an index would be made anew from the rows.
    let mut scratched = bytes.clone();
    let of_text = scratched.windows(9).position(|it| it == b"long long").unwrap() / 4096 * 4096;
    scratched[of_text..of_text + 4096].fill(7);
    refused(&restore(&write("scratched", &scratched)), &["damaged"]);
    assert!(!data.join("attune.sqlite3").exists(), "nothing was put there");
    refused(
        &attune(&folder.path().join("none"), &["backup"], &folder.path().join("new")),
        &["nothing to back up", "--data"],
    );
    refused(
        &attune(server.data(), &["backup"], &folder.path().join("no/such/file")),
        &["could not write"],
    );
    let help =
        Command::new(env!("CARGO_BIN_EXE_attune")).args(["restore", "--help"]).output().unwrap();
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    assert!(help.contains("--force") && help.contains("--data"), "{help}");
}

/// Damage in the middle is met when it is read: that page says so, the others go on.
#[test]
fn damage_that_is_met_later_names_the_way_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Attune::start_in(folder.path(), &[]);
    for number in 0..20 {
        let text = format!("text {number} {}", "and so on ".repeat(3_000));
        api::create(&server.address(), "Prompt", &text).unwrap();
    }
    assert!(server.terminate().success());
    let file = folder.path().join("attune.sqlite3");
    let mut bytes = std::fs::read(&file).unwrap();
    // Pages that hold nothing but the middle of a long text.
    let is_text = |page: &&mut [u8]| {
        page[64..].windows(9).any(|word| word == b"and so on")
            && !page.windows(4).any(|word| word == b"text")
    };
    let pages: Vec<_> = bytes.chunks_mut(4096).filter(is_text).collect();
    let middle = pages.len() / 2;
    pages.into_iter().skip(middle).take(2).for_each(|page| page.fill(7));
    std::fs::write(&file, bytes).unwrap();

    let server = Attune::start_in(folder.path(), &[("ATTUNE_LOG", "off")]);
    let read = |id| call(&server.address(), "versions/get", &json!({ "id": id, "number": 1 }));
    let (whole, damaged): (Vec<_>, Vec<_>) = (1..=20).map(read).partition(Result::is_ok);
    assert!(!whole.is_empty() && !damaged.is_empty());
    for refusal in damaged {
        let says = refusal.unwrap_err().says(503);
        assert!(says.contains("damaged") && says.contains("attune restore FILE"), "{says}");
    }
    let output = attune(folder.path(), &["backup"], &folder.path().join("backup"));
    refused(&output, &["damaged"]);
}

#[test]
fn a_damaged_database_names_the_way_back_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("attune.sqlite3"), "no database ".repeat(1_000)).unwrap();
    let output = Attune::command(folder.path()).output().unwrap();
    refused(&output, &["damaged", "attune restore FILE --force", "--data"]);
}
