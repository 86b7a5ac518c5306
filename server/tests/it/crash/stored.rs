//! What the database file holds, read behind the server's back and compared with the ledgers.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use serde_json::json;

use crate::api::{call, prompt};
use crate::crash::ledger::{Action, Ledger};
use crate::database::Database;
use crate::program::{Attune, pause};

/// Output that was there for longer than this when the server was killed is kept. The service
/// writes every half second, but rests for ten times as long as a write took; the rest is for a
/// machine on which that is long.
const KEPT_AFTER: Duration = Duration::from_millis(2_500);

/// The rows that matter, right after a start.
pub(crate) struct Stored {
    versions: Vec<(i64, i64, String)>,
    typed: Vec<(i64, i64, String)>,
    feedback: Vec<(i64, i64, String)>,
    guidelines: Vec<(i64, i64, String)>,
    runs: Vec<(i64, String, String, String)>,
    accepted: Vec<(i64, i64, i64)>,
}

impl Stored {
    /// Reads the file in `folder` after checking that it is sound and agrees with itself.
    pub(crate) fn read(folder: &Path) -> Self {
        let mut database = Database::read(&folder.join("attune.sqlite3"));
        database.is_sound();
        for (what, breach) in BREACHES {
            let found: Vec<(i64,)> = database.rows(breach);
            assert!(found.is_empty(), "{what}: {found:?}");
        }
        Self {
            versions: database.rows("SELECT prompt_id, number, text FROM versions ORDER BY 1, 2"),
            typed: database
                .rows("SELECT prompt_id, revision, prompt ->> '$.text' FROM working_copies"),
            feedback: database.rows(
                "SELECT f.id, r.prompt_id, f.text FROM feedback f JOIN runs r ON r.id = f.run_id",
            ),
            guidelines: database.rows(
                "SELECT prompt_id, id, text FROM guidelines WHERE position IS NOT NULL
                ORDER BY position",
            ),
            runs: database.rows(
                "SELECT r.id, r.state, r.output, v.text FROM runs r
                JOIN versions v ON v.prompt_id = r.prompt_id AND v.number = r.version",
            ),
            accepted: database.rows(
                "SELECT id, prompt_id, accepted_version FROM drafts WHERE state = 'accepted'",
            ),
        }
    }

    /// Everything in the ledgers is here, and what is here beyond them was asked for. The ledgers
    /// take up what happened unanswered.
    pub(crate) fn settle(&self, ledgers: &mut [Ledger]) {
        for ledger in ledgers {
            let unanswered = ledger.unanswered.take();
            self.settle_versions(ledger, unanswered.as_ref());
            self.settle_typed(ledger, unanswered.as_ref());
            self.settle_feedback(ledger, unanswered.as_ref());
            self.settle_guidelines(ledger, unanswered.as_ref());
            self.settle_runs(ledger);
            self.settle_accepted(ledger, unanswered.as_ref());
        }
    }

    fn settle_versions(&self, ledger: &mut Ledger, unanswered: Option<&Action>) {
        let rows = self.versions.iter().filter(|(prompt, ..)| *prompt == ledger.prompt);
        let kept: BTreeMap<_, _> = rows.map(|(_, number, text)| (*number, text.clone())).collect();
        for (number, text) in &ledger.versions {
            assert_eq!(kept.get(number), Some(text), "version {number}");
        }
        let unknown = kept.iter().filter(|(number, _)| !ledger.versions.contains_key(number));
        for (number, text) in unknown {
            let asked = match unanswered {
                Some(Action::Save(unanswered)) => text == unanswered,
                Some(Action::Accept) => {
                    *text == ledger.typed.1 || self.is_accepted(ledger.prompt, *number)
                }
                _ => false,
            };
            assert!(asked, "nobody asked for version {number}: {unanswered:?}");
        }
        ledger.versions = kept;
    }

    fn is_accepted(&self, prompt: i64, number: i64) -> bool {
        self.accepted.iter().any(|(_, of, version)| (*of, *version) == (prompt, number))
    }

    fn settle_typed(&self, ledger: &mut Ledger, unanswered: Option<&Action>) {
        let row = self.typed.iter().find(|(prompt, ..)| *prompt == ledger.prompt);
        let (revision, text) = row
            .map_or((0, ledger.typed.1.clone()), |(_, revision, text)| (*revision, text.clone()));
        let (known, typed) = &ledger.typed;
        if revision == *known {
            assert_eq!(text, *typed, "revision {revision}");
        } else {
            assert_eq!(revision, known + 1, "typing of prompt {}", ledger.prompt);
            let asked = match unanswered {
                Some(Action::Type(unanswered)) => text == *unanswered,
                // The editor follows an accepted draft; the answer to the look after it was lost.
                Some(Action::Accept | Action::Look) => text == ledger.newest().1,
                _ => false,
            };
            assert!(asked, "nobody typed revision {revision}: {unanswered:?}");
        }
        ledger.typed = (revision, text);
    }

    fn settle_feedback(&self, ledger: &mut Ledger, unanswered: Option<&Action>) {
        let rows = self.feedback.iter().filter(|(_, prompt, _)| *prompt == ledger.prompt);
        let kept: BTreeMap<_, _> = rows.map(|(id, _, text)| (*id, text.clone())).collect();
        for (id, text) in &ledger.feedback {
            assert_eq!(kept.get(id), Some(text), "feedback {id}");
        }
        let unanswered = usize::from(unanswered == Some(&Action::Comment));
        assert!(kept.len() <= ledger.feedback.len() + unanswered, "unknown feedback");
        ledger.feedback = kept;
    }

    fn settle_guidelines(&self, ledger: &mut Ledger, unanswered: Option<&Action>) {
        let rows = self.guidelines.iter().filter(|(prompt, ..)| *prompt == ledger.prompt);
        let kept: Vec<_> = rows.map(|(_, id, text)| (*id, text.clone())).collect();
        let known = std::mem::replace(&mut ledger.guidelines, kept);
        if ledger.guidelines != known {
            let asked = Action::Guidelines(ledger.guideline_texts());
            assert_eq!(unanswered, Some(&asked), "the guidelines were {known:?}");
        }
    }

    fn settle_runs(&self, ledger: &mut Ledger) {
        let cut_at = ledger.cut_at.take();
        for (id, run) in &mut ledger.runs {
            let row = self.runs.iter().find(|(row, ..)| row == id);
            let (_, state, output, _) = row.unwrap_or_else(|| panic!("run {id} is gone"));
            if let Some(done) = &run.done {
                assert_eq!((state.as_str(), output), ("done", done), "run {id}");
            } else {
                assert!(matches!(state.as_str(), "done" | "interrupted"), "run {id} is {state}");
            }
            for (seen_at, length) in run.seen.drain(..) {
                if cut_at.is_some_and(|cut_at| seen_at + KEPT_AFTER < cut_at) {
                    assert!(output.len() >= length, "run {id} lost what was kept long ago");
                }
            }
        }
    }

    fn settle_accepted(&self, ledger: &mut Ledger, unanswered: Option<&Action>) {
        let rows = self.accepted.iter().filter(|(_, prompt, _)| *prompt == ledger.prompt);
        let kept: BTreeMap<_, _> = rows.map(|(draft, _, version)| (*draft, *version)).collect();
        for (draft, version) in &ledger.accepted {
            assert_eq!(kept.get(draft), Some(version), "draft {draft}");
        }
        let unanswered = usize::from(unanswered == Some(&Action::Accept));
        assert!(kept.len() <= ledger.accepted.len() + unanswered, "unknown accepts");
        ledger.accepted = kept;
    }

    /// Every interrupted output is the beginning of what the model answers to the same text. Says
    /// how many there were that were not empty.
    pub(crate) fn check_partial_outputs(&self, attune: &Attune) -> usize {
        let partial = self
            .runs
            .iter()
            .filter(|(_, state, output, _)| state == "interrupted" && !output.is_empty());
        let mut checked = 0;
        for (id, _, output, text) in partial {
            let whole = attune.answer_to(text);
            assert!(whole.starts_with(output.as_str()), "run {id} is not a beginning: {output}");
            checked += 1;
        }
        checked
    }
}

/// What must never be found, whatever happened.
const BREACHES: &[(&str, &str)] = &[
    (
        "guidelines that are not as their newest change left them",
        "SELECT id FROM guidelines g WHERE iif(position IS NULL, NULL, text) IS NOT
            (SELECT after ->> '$.text' FROM guideline_changes c
            WHERE c.guideline_id = g.id AND c.kind <> 'proposed' ORDER BY c.id DESC LIMIT 1)",
    ),
    (
        "lists of guidelines with gaps",
        "SELECT prompt_id FROM guidelines WHERE position IS NOT NULL GROUP BY prompt_id
        HAVING max(position) <> count(*) - 1 OR count(DISTINCT position) <> count(*)",
    ),
    ("runs that nobody answers", "SELECT id FROM runs WHERE state = 'running'"),
    ("drafts that nobody writes", "SELECT id FROM drafts WHERE state = 'drafting'"),
    (
        "prompts whose versions have gaps or a wrong newest number",
        "SELECT p.id FROM prompts p WHERE coalesce(newest_version, 0) <>
            (SELECT count(*) FROM versions v WHERE v.prompt_id = p.id) OR newest_version <>
            (SELECT max(number) FROM versions v WHERE v.prompt_id = p.id)",
    ),
    (
        "accepted drafts without their version",
        "SELECT d.id FROM drafts d LEFT JOIN versions v ON v.prompt_id = d.prompt_id
            AND v.number = d.accepted_version AND v.draft_id = d.id
        WHERE d.state = 'accepted' AND v.number IS NULL",
    ),
    (
        "versions of drafts that are not accepted",
        "SELECT v.draft_id FROM versions v JOIN drafts d ON d.id = v.draft_id
        WHERE d.state <> 'accepted'",
    ),
    (
        "feedback of accepted drafts that was not taken up",
        "SELECT f.id FROM feedback f JOIN draft_feedback l ON l.feedback_id = f.id
            JOIN drafts d ON d.id = l.draft_id
        WHERE d.state = 'accepted' AND f.taken_up_by IS NULL",
    ),
    (
        "feedback taken up by drafts that are not accepted",
        "SELECT f.id FROM feedback f JOIN drafts d ON d.id = f.taken_up_by
        WHERE d.state <> 'accepted'",
    ),
];

impl Attune {
    /// The whole answer of the demo model to `text`.
    fn answer_to(&self, text: &str) -> String {
        let id = crate::api::create(&self.address(), "Whole", text).unwrap();
        let models = json!({ "model": "demo/demo-1", "alignment_model": null, "settings": {} });
        let body = json!({
            "prompt_id": id, "prompt": prompt(text), "base": 1, "values": {}, "models": models,
        });
        call(&self.address(), "runs/start", &body).unwrap();
        loop {
            let bench = call(&self.address(), "workbench/load", &json!({ "id": id })).unwrap();
            if bench["run"]["state"] == "done" {
                return bench["run"]["output"].as_str().unwrap().to_owned();
            }
            pause(Duration::from_millis(5));
        }
    }
}
