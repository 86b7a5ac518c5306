//! A store in a folder of its own, and short ways to fill it.

use align::model::{ModelRef, Settings};
use align::record::{
    Draft, DraftState, FeedbackId, Guideline, GuidelineId, PromptHead, PromptId, PromptQuery,
    Proposal, Run, RunId, RunPurpose, RunState, SeenText, Version, VersionNumber,
};
use align::{Feedback, Prompt, Values};
use store::{
    AcceptDraft, NewDraft, NewPrompt, NewRun, NewVersion, RestoreVersion, SavedVersion, Store,
};
use tempfile::TempDir;

pub(crate) const NOW: i64 = 1_780_000_000_000;
pub(crate) const ANN: &str = "ann";

pub(crate) struct Fixture {
    pub(crate) folder: TempDir,
    pub(crate) store: Store,
}

impl Fixture {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        Self { folder, store }
    }

    /// Closes the store and opens the folder again, as a restart of the server does.
    pub(crate) async fn reopened(self) -> Self {
        self.store.close().await.unwrap();
        let store = Store::open(self.folder.path()).await.unwrap();
        Self { store, ..self }
    }

    pub(crate) async fn prompt(&self, title: &str, text: &str, tags: &[&str]) -> PromptHead {
        let new = NewPrompt {
            title: title.into(),
            tags: tags.iter().map(|&tag| tag.into()).collect(),
            author: ANN.into(),
            prompt: Some(Prompt::new(text)),
            note: "first".into(),
            now: NOW,
        };
        self.store.create_prompt(new).await.unwrap()
    }

    pub(crate) async fn save(&self, id: PromptId, text: &str) -> SavedVersion {
        self.store.save_version(typed(id, text)).await.unwrap()
    }

    pub(crate) async fn newest(&self, id: PromptId) -> Version {
        self.store.newest_version(id).await.unwrap().unwrap()
    }

    pub(crate) async fn run(&self, id: PromptId, version: VersionNumber) -> Run {
        self.store.insert_run(new_run(id, version)).await.unwrap()
    }

    /// A run that is done and answered `output`.
    pub(crate) async fn done(&self, id: PromptId, version: VersionNumber, output: &str) -> Run {
        let run = self.run(id, version).await;
        let run = Run { state: RunState::Done, output: output.into(), ..run };
        self.store.finish_run(&run).await.unwrap();
        run
    }

    pub(crate) async fn feedback(&self, run: RunId, text: &str) -> FeedbackId {
        self.store.add_feedback(run, ANN, &Feedback::whole(text), NOW).await.unwrap().id
    }

    pub(crate) async fn draft(&self, id: PromptId, base: VersionNumber) -> Draft {
        self.asked(&new_draft(id, base)).await
    }

    /// The draft that was asked for.
    pub(crate) async fn asked(&self, new: &NewDraft) -> Draft {
        self.store.insert_drafts(new, 1).await.unwrap().remove(0)
    }

    /// A draft that proposes `text`.
    pub(crate) async fn ready(&self, id: PromptId, base: VersionNumber, text: &str) -> Draft {
        let draft = proposing(self.draft(id, base).await, text);
        self.store.finish_draft(&draft).await.unwrap();
        draft
    }

    /// Adds a guideline that a person wrote.
    pub(crate) async fn guideline(&self, id: PromptId, text: &str) -> GuidelineId {
        let list = self.store.add_guideline(id, text, ANN, NOW).await.unwrap();
        list.guidelines.last().unwrap().id
    }

    /// The titles that a search finds, in order of the list.
    pub(crate) async fn found(&self, search: &str) -> Vec<String> {
        let query = PromptQuery { search: search.into(), ..PromptQuery::default() };
        let list = self.store.list_prompts(&query).await.unwrap();
        assert_eq!(list.total as usize, list.prompts.len(), "total of {search:?}");
        list.prompts.into_iter().map(|prompt| prompt.title).collect()
    }
}

pub(crate) fn typed(id: PromptId, text: &str) -> NewVersion {
    NewVersion {
        prompt_id: id,
        parent: None,
        author: ANN.into(),
        note: String::new(),
        prompt: Prompt::new(text),
        now: NOW,
    }
}

pub(crate) fn new_run(id: PromptId, version: VersionNumber) -> NewRun {
    NewRun {
        prompt_id: id,
        version,
        author: ANN.into(),
        model: ModelRef::new("demo", "demo/with/slashes"),
        purpose: RunPurpose::Interactive,
        settings: Settings { temperature: Some(0.7), seed: Some(-1), ..Settings::default() },
        values: Values::from([("item".into(), "scissors {x}\0".into())]),
        now: NOW,
    }
}

pub(crate) fn new_draft(id: PromptId, base: VersionNumber) -> NewDraft {
    NewDraft {
        prompt_id: id,
        base,
        rewrites: base,
        run_id: None,
        author: ANN.into(),
        model: ModelRef::new("demo", "demo"),
        feedback: vec![Feedback::whole("Shorter.")],
        pieces: Vec::new(),
        guidelines: Vec::new(),
        proposal: None,
        now: NOW,
    }
}

pub(crate) fn proposing(draft: Draft, text: &str) -> Draft {
    let proposal = Proposal {
        prompt: Prompt::new(text),
        diagnosis: String::new(),
        rationale: "Because.".into(),
        unchanged: false,
        findings: Vec::new(),
        traces: Vec::new(),
        conflicts: Vec::new(),
    };
    Draft { state: DraftState::Ready, proposal: Some(proposal), ..draft }
}

/// What guidelines say, in their order, those that are off with `-` before them.
pub(crate) fn shown(guidelines: &[Guideline]) -> String {
    let texts =
        guidelines.iter().map(|it| format!("{}{}", if it.is_on { "" } else { "-" }, it.text));
    texts.collect::<Vec<_>>().join(", ")
}

/// What a page shows that knows of the save `revision`.
pub(crate) fn seen(text: &str, revision: u64) -> SeenText {
    SeenText { prompt: Prompt::new(text), revision }
}

/// Restores version `number` on a page that types nothing.
pub(crate) fn restore(prompt_id: PromptId, number: VersionNumber) -> RestoreVersion {
    RestoreVersion { prompt_id, number, author: ANN.into(), seen: None, now: NOW + 1 }
}

/// Accepts what the draft proposes.
pub(crate) fn accept(draft: &Draft) -> AcceptDraft {
    AcceptDraft {
        draft_id: draft.id,
        prompt: draft.text().unwrap().clone(),
        note: "Because.".into(),
        author: ANN.into(),
        seen: None,
        followed: Vec::new(),
        now: NOW + 1,
    }
}
