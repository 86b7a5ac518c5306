//! The disk fills up while people work: they are told, nothing is lost or damaged, and everything
//! goes on by itself once there is room.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::api::{self, Refused, call, prompt};
use crate::database::Database;
use crate::disk::Disk;
use crate::program::{Attune, pause};

const FULL: &str = "The disk that holds Attune's data is full. Free some space";

#[test]
fn a_full_disk_is_named_and_work_goes_on_once_there_is_room() {
    let Some(disk) = Disk::small(6) else { return };
    let mut attune = disk.start(&[("ATTUNE_DEMO_DELAY_MS", "30")]);
    let desk = Desk::new(&attune);
    desk.type_text(0, "typed before").unwrap();
    let run = desk.run("List ten colours.");
    attune.wait_for_output(desk.prompt);

    disk.fill();
    assert!(desk.type_text(1, &long("typed")).unwrap_err().says(503).starts_with(FULL));
    let created = api::create(&attune.address(), "New", &long("new"));
    assert!(created.unwrap_err().says(503).starts_with(FULL));
    // Everything that was saved can be read, and the server is there.
    assert_eq!(desk.look()["newest"]["summary"]["number"], 1);
    assert_eq!(desk.look()["working_copy"]["prompt"]["text"], "typed before");
    assert_eq!(attune.get("/healthz", &[]).status, 200);
    assert_eq!(attune.get(&format!("/prompts/{}", desk.prompt), &[]).status, 200);
    // The run went on; its end is shown, with the word that it is not saved.
    let ended = desk.look_until(|bench| bench["run"]["state"] != "running");
    assert_eq!((ended["run"]["id"].as_i64(), &ended["run"]["state"]), (Some(run), &json!("done")));
    let message = ended["run"]["failure"]["message"].as_str().unwrap();
    assert_eq!(message, "This answer is not saved yet: the disk is full.");

    disk.free();
    assert_eq!(desk.type_text(1, "typed after").unwrap(), 2);
    let saved = desk.look_until(|bench| bench["run"]["failure"].is_null());
    assert_eq!(saved["run"]["output"], ended["run"]["output"]);
    let again = desk.run("List ten colours.");
    assert!(again > run);

    attune.kill();
    drop(attune);
    let crashed = disk.crashed();
    let attune = disk.start(&[]);
    let mut database = Database::read(&crashed.path().join("attune.sqlite3"));
    database.is_sound();
    let rows: Vec<(String, String)> =
        database.rows(&format!("SELECT state, output FROM runs WHERE id = {run}"));
    assert_eq!(rows, [("done".into(), ended["run"]["output"].as_str().unwrap().into())]);
    let desk = Desk { address: attune.address(), prompt: desk.prompt };
    assert_eq!(desk.look()["working_copy"]["prompt"]["text"], "typed after");
}

/// The disk is full at every moment of a crash, and of the start after it.
#[test]
fn crashes_on_a_full_disk_lose_nothing_acknowledged() {
    let Some(disk) = Disk::small(6) else { return };
    let mut kept = (0, "first".to_owned());
    let mut prompt = None;
    for round in 0..8 {
        let mut attune = disk.start(&[("ATTUNE_LOG", "off")]);
        let id = *prompt.get_or_insert_with(|| {
            api::create(&attune.address(), "Prompt", "List ten colours.").unwrap()
        });
        let desk = Desk { address: attune.address(), prompt: id };
        if round > 0 {
            let copy = &desk.look()["working_copy"];
            assert_eq!(copy["prompt"]["text"], kept.1.as_str(), "round {round}");
        }
        for turn in 0..5 {
            let text = format!("round {round}, turn {turn}");
            kept = (desk.type_text(kept.0, &text).unwrap(), text);
        }
        disk.fill();
        for turn in 0..400 {
            let text = long(&format!("round {round}, full, turn {turn}"));
            match desk.type_text(kept.0, &text) {
                Ok(revision) => kept = (revision, text),
                Err(refused) => {
                    refused.says(503);
                    break;
                }
            }
        }
        attune.kill();
        disk.free();
        Database::read(&disk.crashed().path().join("attune.sqlite3")).is_sound();
    }
}

#[test]
fn a_server_does_not_start_on_a_full_disk_without_saying_why() {
    let Some(disk) = Disk::small(1) else { return };
    disk.fill();
    let output = disk.attune(&disk.data(), &[]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(said.contains("the disk is full") && said.lines().count() == 1, "{said}");
    assert!(said.contains("Free some space"), "{said}");
}

/// Where no file system can be mounted, a limit on the size of files still refuses writes.
#[test]
fn a_limit_on_the_size_of_files_is_met_without_damage() {
    let folder = tempfile::tempdir().unwrap();
    let attune = Attune::command(folder.path());
    let mut command = std::process::Command::new("sh");
    // 4,096 blocks of 512 bytes; the signal would end the server, a real limit only refuses.
    command.args(["-c", "trap '' XFSZ; ulimit -f 4096; exec \"$@\"", "sh"]);
    command.arg(attune.get_program()).args(attune.get_args()).env_clear();
    command.envs(attune.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let limits = [("PATH", "/usr/bin:/bin"), ("ATTUNE_LOG", "off")];
    let mut attune = Attune::start_by(command, folder.path(), &limits);
    let desk = Desk::new(&attune);
    let mut kept = (0, String::new());
    let refused = loop {
        let text = long(&format!("revision {}", kept.0));
        match desk.type_text(kept.0, &text) {
            Ok(revision) => kept = (revision, text),
            Err(refused) => break refused.says(503),
        }
    };
    assert!(refused.contains("disk"), "{refused}");
    assert_eq!(desk.look()["working_copy"]["prompt"]["text"], kept.1.as_str());
    attune.kill();
    let attune = Attune::start_in(folder.path(), &[]);
    let desk = Desk { address: attune.address(), prompt: desk.prompt };
    assert_eq!(desk.look()["working_copy"]["prompt"]["text"], kept.1.as_str());
    desk.type_text(kept.0, &long("after")).unwrap();
    Database::read(&folder.path().join("attune.sqlite3")).is_sound();
}

/// One person at one prompt.
pub(crate) struct Desk {
    pub(crate) address: String,
    pub(crate) prompt: i64,
}

impl Desk {
    pub(crate) fn new(attune: &Attune) -> Self {
        let address = attune.address();
        let prompt = api::create(&address, "Prompt", "List ten colours.").unwrap();
        Self { address, prompt }
    }

    /// Saves what is typed on top of `revision`.
    pub(crate) fn type_text(&self, revision: i64, text: &str) -> Result<i64, Refused> {
        let copy = json!({ "prompt": prompt(text), "base": 1, "revision": revision });
        let body = json!({ "id": self.prompt, "page": "test", "copy": copy });
        Ok(call(&self.address, "workbench/type", &body)?.as_i64().unwrap())
    }

    /// Starts a run and gives its number.
    pub(crate) fn run(&self, text: &str) -> i64 {
        let models = json!({ "model": "demo/demo-1", "alignment_model": null, "settings": {} });
        let body = json!({
            "prompt_id": self.prompt, "prompt": prompt(text), "base": 1, "values": {},
            "models": models,
        });
        call(&self.address, "runs/start", &body).unwrap()["run"]["id"].as_i64().unwrap()
    }

    pub(crate) fn look(&self) -> Value {
        call(&self.address, "workbench/load", &json!({ "id": self.prompt })).unwrap()
    }

    pub(crate) fn look_until(&self, is_there: impl Fn(&Value) -> bool) -> Value {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(15) {
            let bench = self.look();
            if is_there(&bench) {
                return bench;
            }
            pause(Duration::from_millis(50));
        }
        panic!("it never came: {}", self.look());
    }
}

/// A text of some 60 KB.
fn long(text: &str) -> String {
    text.to_owned() + &" and so on".repeat(6_000)
}

#[test]
fn a_backup_that_does_not_fit_leaves_nothing_behind() {
    let Some(disk) = Disk::small(2) else { return };
    let attune = Attune::start();
    for turn in 0..20 {
        api::create(&attune.address(), "Prompt", &long(&format!("turn {turn}"))).unwrap();
        api::create(&attune.address(), "Prompt", &long(&format!("more {turn}"))).unwrap();
    }
    let file = disk.folder().join("backup.sqlite3");
    let output = disk.attune(attune.data(), &["backup", file.to_str().unwrap()]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.lines().count() == 1, "{said}");
    assert!(said.contains("full") && said.contains("Free some space"), "{said}");
    let left = std::fs::read_dir(disk.path()).unwrap().count();
    assert_eq!(left, 0, "half a backup is left");
}
