//! A studio of its own for each test.

use std::sync::Arc;
use std::time::Duration;

use align::prompt::{Prompt, Values};
use align::record::{
    Draft, DraftId, DraftOrder, DraftState, Event, EventId, PromptId, PromptModels, Run, RunId,
    RunState, StartFrom, Workflow,
};
use align::{Feedback, model};
use futures_util::{Stream, StreamExt};
use models::Models;
use models::testing::{Script, ScriptedProvider};
use service::{
    Caller, CreatePrompt, EncodedEvent, ServiceError, StartRun, StartedRun, Studio, UseCases,
};
use store::Store;
use tempfile::TempDir;

/// The prompt most tests begin with.
pub(crate) const TEXT: &str = "Give three uses for: {item}";

/// A studio with one prompt at version 1.
pub(crate) struct Bench {
    /// What the local person can do.
    pub(crate) studio: UseCases,
    /// What the server does besides.
    pub(crate) server: Studio,
    pub(crate) model: Arc<ScriptedProvider>,
    pub(crate) prompt: PromptId,
    folder: TempDir,
}

impl Bench {
    pub(crate) async fn new(scripts: impl IntoIterator<Item = Script>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let model = Arc::new(ScriptedProvider::new("scripted", scripts));
        let server = open(&folder, &model).await;
        let studio = server.by(Caller::local());
        let prompt = Some(Prompt::new(TEXT));
        let new = CreatePrompt { title: "Uses".into(), prompt, ..CreatePrompt::default() };
        let prompt = studio.create_prompt(new).await.unwrap().id;
        Self { studio, server, model, prompt, folder }
    }

    /// Opens the studio again after its end.
    pub(crate) async fn reopened(self) -> Self {
        let server = open(&self.folder, &self.model).await;
        Self { studio: server.by(Caller::local()), server, ..self }
    }

    /// Opens the studio again as after a crash: on a copy of its files, made in the middle of everything.
    pub(crate) async fn crashed(self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for file in ["attune.sqlite3", "attune.sqlite3-wal"] {
            std::fs::copy(self.folder.path().join(file), folder.path().join(file)).unwrap();
        }
        let server = open(&folder, &self.model).await;
        Self { studio: server.by(Caller::local()), server, folder, ..self }
    }

    /// Everything that is kept, as it stands on the disk.
    pub(crate) fn files(&self) -> Vec<Vec<u8>> {
        let names = ["attune.sqlite3", "attune.sqlite3-wal"];
        names.iter().map(|name| std::fs::read(self.folder.path().join(name)).unwrap()).collect()
    }

    pub(crate) fn models(&self) -> PromptModels {
        PromptModels { model: Some(self.model.model()), ..PromptModels::default() }
    }

    pub(crate) async fn run(&self, text: &str) -> Result<StartedRun, ServiceError> {
        let start = StartRun {
            prompt_id: self.prompt,
            prompt: Prompt::new(text),
            base: Some(1),
            values: scissors(),
            models: self.models(),
        };
        self.studio.start_run(start).await
    }

    pub(crate) async fn ended_run(&self, id: RunId) -> Run {
        for _ in 0..400 {
            let run = self.studio.run(id).await.unwrap();
            if run.state != RunState::Running {
                return run;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the run does not end");
    }

    /// The wish for a draft on `text` with one piece of feedback.
    pub(crate) fn order(&self, text: &str, feedback: &str) -> DraftOrder {
        DraftOrder {
            prompt_id: self.prompt,
            prompt: Prompt::new(text),
            base: Some(1),
            run_id: None,
            pieces: Vec::new(),
            feedback: vec![Feedback::whole(feedback)],
            alignment_model: Some(self.model.model()),
            workflow: Workflow::Direct,
            start: StartFrom::Newest,
            candidates: 1,
        }
    }

    /// Asks for a draft on `text` with one piece of feedback.
    pub(crate) async fn draft(&self, text: &str, feedback: &str) -> Result<Draft, ServiceError> {
        self.start(self.order(text, feedback)).await
    }

    /// Asks for one draft.
    pub(crate) async fn start(&self, start: DraftOrder) -> Result<Draft, ServiceError> {
        Ok(self.studio.start_draft(start).await?.remove(0))
    }

    pub(crate) async fn ended_draft(&self, base: u32, id: DraftId) -> Draft {
        for _ in 0..400 {
            let all = self.studio.drafts_of_version(self.prompt, base).await.unwrap();
            let draft = all.into_iter().find(|draft| draft.id == id).unwrap();
            if draft.state != DraftState::Drafting {
                return draft;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the draft does not end");
    }

    pub(crate) async fn numbers(&self) -> Vec<u32> {
        let versions = self.studio.versions(self.prompt, None, 100).await.unwrap();
        versions.iter().map(|version| version.number).collect()
    }
}

async fn open(folder: &TempDir, model: &Arc<ScriptedProvider>) -> Studio {
    let store = Store::open(folder.path()).await.unwrap();
    Studio::open(store, Models::new(vec![model.clone()])).await.unwrap()
}

pub(crate) fn scissors() -> Values {
    Values::from([("item".to_owned(), "scissors".to_owned())])
}

/// A reply as an alignment model gives it.
pub(crate) fn reply(text: &str) -> Script {
    Script::text(format!(
        "<rationale>Because.</rationale>\n<revised_prompt>\n{text}\n</revised_prompt>"
    ))
}

/// An event as a browser reads it.
#[derive(Clone, Debug)]
pub(crate) struct PromptEvent {
    pub(crate) id: EventId,
    pub(crate) event: Event,
}

impl PromptEvent {
    pub(crate) fn read(event: &EncodedEvent) -> Self {
        let block = str::from_utf8(event.block()).unwrap();
        let field = |name| block.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        let event = serde_json::from_str(field("data: ")).unwrap();
        Self { id: EventId::parse(field("id: ")).unwrap(), event }
    }
}

/// Collects events until `last` holds for one of them.
pub(crate) async fn until(
    events: impl Stream<Item = EncodedEvent>,
    last: impl Fn(&Event) -> bool,
) -> Vec<PromptEvent> {
    let mut all = Vec::new();
    let mut events = std::pin::pin!(events);
    let collected = tokio::time::timeout(Duration::from_secs(10), async {
        while let Some(event) = events.next().await {
            let event = PromptEvent::read(&event);
            let is_last = last(&event.event);
            all.push(event);
            if is_last {
                return;
            }
        }
    });
    collected.await.expect("the last event never came");
    all
}

/// Whether an event says that a run ended.
pub(crate) fn run_ended(event: &Event) -> bool {
    matches!(event, Event::Run(run) if run.state != RunState::Running)
}

/// The output that run deltas add up to; each must begin where the last one ended.
pub(crate) fn streamed(events: &[PromptEvent], from: usize) -> String {
    let mut text = String::new();
    for event in events {
        if let Event::RunDelta { offset, text: more, .. } = &event.event {
            assert_eq!(usize::try_from(*offset).unwrap(), from + text.len());
            text.push_str(more);
        }
    }
    text
}

/// The kind of a run's failure.
pub(crate) fn failure_kind(run: &Run) -> Option<model::FailureKind> {
    run.failure.as_ref().map(|failure| failure.kind)
}
