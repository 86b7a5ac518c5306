//! One person at work: types, saves, runs, comments, changes guidelines, drafts and accepts at random,
//! and writes into the ledger what the server acknowledged.

use std::time::{Duration, Instant};

use fastrand::Rng;
use serde_json::{Value, json};

use crate::api::{Refused, call, prompt};
use crate::crash::ledger::{Action, Ledger};
use crate::program::pause;

/// A person with their ledger.
pub(crate) struct Client<'a> {
    pub(crate) address: String,
    pub(crate) ledger: &'a mut Ledger,
    pub(crate) rng: Rng,
}

/// The server is gone.
pub(crate) struct Gone;

impl Client<'_> {
    /// Works until the server does not answer any more.
    pub(crate) fn work(&mut self) {
        let mut outcome = self.run();
        while outcome.is_ok() {
            outcome = self.act();
        }
        self.ledger.cut_at = Some(Instant::now());
    }

    fn act(&mut self) -> Result<(), Gone> {
        match self.rng.u8(0..12) {
            0..3 => self.type_something(),
            3 => self.save(),
            4 | 5 => self.run(),
            6 => self.comment(),
            7 | 8 => self.change_guidelines(),
            _ => self.draft_and_accept(),
        }
    }

    fn type_something(&mut self) -> Result<(), Gone> {
        let text = self.words();
        let copy = json!({
            "prompt": prompt(&text), "base": self.ledger.newest().0,
            "revision": self.ledger.typed.0,
        });
        let body = json!({ "id": self.ledger.prompt, "page": "test", "copy": copy });
        let revision = self.ask("workbench/type", &body, Action::Type(text.clone()))?;
        let revision = revision.as_i64().expect("nobody else types in this prompt");
        self.ledger.typed = (revision, text);
        Ok(())
    }

    fn save(&mut self) -> Result<(), Gone> {
        let text = self.words();
        let body = json!({
            "prompt_id": self.ledger.prompt, "prompt": prompt(&text),
            "base": self.ledger.newest().0, "note": "",
        });
        let version = self.ask("versions/save", &body, Action::Save(text))?;
        self.keep_version(&version);
        Ok(())
    }

    fn run(&mut self) -> Result<(), Gone> {
        let text = self.words();
        let models = json!({ "model": "demo/demo-1", "alignment_model": null, "settings": {} });
        let body = json!({
            "prompt_id": self.ledger.prompt, "prompt": prompt(&text),
            "base": self.ledger.newest().0, "values": {}, "models": models,
        });
        let started = self.ask("runs/start", &body, Action::Save(text))?;
        self.keep_version(&started["version"]);
        self.ledger.runs.entry(id(&started["run"])).or_default();
        let looks = self.rng.u8(0..30);
        self.look_until(looks, |bench| bench["run"]["state"] != "running").map(drop)
    }

    fn comment(&mut self) -> Result<(), Gone> {
        let Some(run) = self.ledger.runs.last_key_value().map(|(run, _)| *run) else {
            return Ok(());
        };
        let text = self.wish();
        let body = json!({ "run_id": run, "feedback": { "text": text, "span": null } });
        let piece = self.ask("feedback/add", &body, Action::Comment)?;
        self.ledger.feedback.insert(id(&piece), text);
        Ok(())
    }

    /// Adds a guideline, or edits or removes one.
    fn change_guidelines(&mut self) -> Result<(), Gone> {
        let mut texts = self.ledger.guideline_texts();
        // Every second one at least is new.
        let place = self.rng.usize(0..=2 * texts.len());
        let new = format!("Name a use for maker {:x}.", self.rng.u64(..));
        let (path, body) = match self.ledger.guidelines.get(place) {
            None => {
                texts.push(new.clone());
                ("guidelines/add", json!({ "id": self.ledger.prompt, "text": new }))
            }
            Some((id, before)) if self.rng.bool() => {
                texts[place].clone_from(&new);
                ("guidelines/edit", json!({ "id": id, "before": before, "text": new }))
            }
            Some((id, _)) => {
                texts.remove(place);
                ("guidelines/remove", json!({ "id": id }))
            }
        };
        let list = self.ask(path, &body, Action::Guidelines(texts.clone()))?;
        let list = list.as_array().unwrap().iter();
        self.ledger.guidelines = list.map(|it| (id(it), text(it))).collect();
        assert_eq!(self.ledger.guideline_texts(), texts);
        Ok(())
    }

    fn draft_and_accept(&mut self) -> Result<(), Gone> {
        let bench = self.look()?;
        let pieces: Vec<_> = bench["feedback"].as_array().unwrap().iter().map(id).collect();
        let order = json!({
            "prompt_id": self.ledger.prompt, "prompt": prompt(self.ledger.newest().1),
            "base": self.ledger.newest().0, "run_id": bench["run"]["id"], "pieces": pieces,
            "feedback": [{ "text": self.wish(), "span": null }], "alignment_model": null,
        });
        let draft = id(&self.ask("drafts/start", &json!({ "order": order }), Action::Look)?[0]);
        let found = |bench: &Value| shown(bench, draft)["state"] != "drafting";
        let bench = self.look_until(60, found)?;
        if shown(&bench, draft)["state"] != "ready" {
            return Ok(());
        }
        let body = json!({ "id": draft, "seen": null, "confirmed": true });
        let version = self.ask("drafts/accept", &body, Action::Accept)?;
        self.ledger.accepted.insert(draft, version["summary"]["number"].as_i64().unwrap());
        self.keep_typed_before(&version);
        self.keep_version(&version);
        // The editor followed.
        let typed = self.ask("workbench/typed", &self.named(), Action::Look)?;
        self.ledger.typed = (typed["revision"].as_i64().unwrap(), text(&typed["prompt"]));
        Ok(())
    }

    /// Looks at the workbench until it shows what is waited for, at most `times`.
    fn look_until(&mut self, times: u8, is_there: impl Fn(&Value) -> bool) -> Result<Value, Gone> {
        let mut bench = self.look()?;
        for _ in 0..times {
            if is_there(&bench) {
                break;
            }
            pause(Duration::from_millis(15));
            bench = self.look()?;
        }
        Ok(bench)
    }

    /// Looks at the workbench and remembers what is to be seen of its run.
    fn look(&mut self) -> Result<Value, Gone> {
        let bench = self.ask("workbench/load", &self.named(), Action::Look)?;
        let run = &bench["run"];
        if let Some(seen) = run["id"].as_i64().and_then(|id| self.ledger.runs.get_mut(&id)) {
            let output = run["output"].as_str().unwrap();
            seen.seen.push((Instant::now(), output.len()));
            if run["state"] == "done" {
                seen.done = Some(output.to_owned());
            }
        }
        Ok(bench)
    }

    /// Text that was typed and nowhere saved became a version of its own before an accepted draft.
    fn keep_typed_before(&mut self, accepted: &Value) {
        let before = accepted["summary"]["number"].as_i64().unwrap() - 1;
        if before > self.ledger.newest().0 {
            self.ledger.versions.insert(before, self.ledger.typed.1.clone());
        }
    }

    fn keep_version(&mut self, version: &Value) {
        let number = version["summary"]["number"].as_i64().unwrap();
        self.ledger.versions.insert(number, text(&version["prompt"]));
    }

    fn ask(&mut self, path: &str, body: &Value, action: Action) -> Result<Value, Gone> {
        self.ledger.unanswered = Some(action);
        match call(&self.address, path, body) {
            Ok(answer) => {
                self.ledger.unanswered = None;
                Ok(answer)
            }
            Err(Refused::Unanswered) => Err(Gone),
            Err(refused) => panic!("{path}: {refused:?}"),
        }
    }

    fn named(&self) -> Value {
        json!({ "id": self.ledger.prompt })
    }

    /// A prompt that nobody typed before.
    fn words(&mut self) -> String {
        let count = self.rng.u8(3..40);
        let subject = self.rng.u64(..);
        let padding = "Think of the people who read it. ".repeat(self.rng.usize(0..200));
        format!("List {count} uses for item {subject:x}. {padding}")
    }

    fn wish(&mut self) -> String {
        format!("Make it shorter, at most {} words, and mention glue.", self.rng.u16(20..))
    }
}

/// A draft as the workbench shows it; null if it shows it no more.
fn shown(bench: &Value, draft: i64) -> Value {
    let drafts = bench["drafts"].as_array().unwrap();
    drafts.iter().find(|shown| id(shown) == draft).cloned().unwrap_or_default()
}

fn id(of: &Value) -> i64 {
    of["id"].as_i64().unwrap()
}

fn text(of: &Value) -> String {
    of["text"].as_str().unwrap().to_owned()
}
