//! A studio whose providers are the loopback model server, over real connections.

use std::time::Duration;

use align::model::ModelRef;
use align::record::{
    Draft, DraftOrder, DraftState, PromptId, PromptModels, Run, RunId, RunState, StartFrom,
    Workflow,
};
use align::{Feedback, Prompt, Values};
use loopback::Loopback;
use models::{ApiKey, BaseUrl, Config, Connection, Limits, Models, Ollama, Retries};
use service::{Caller, CreatePrompt, StartRun, Studio, UseCases};
use store::Store;
use tempfile::TempDir;

/// The providers whose wire formats differ.
pub(crate) const PROVIDERS: [&str; 3] = ["gemini", "openai", "anthropic"];

/// The prompt that runs.
pub(crate) const TEXT: &str = "Name a bird.";

/// A studio with one prompt, and the server behind its providers.
pub(crate) struct Lab {
    /// What the local person can do.
    pub(crate) studio: UseCases,
    /// What the server does besides.
    pub(crate) server: Studio,
    pub(crate) provider: Loopback,
    pub(crate) prompt: PromptId,
    _folder: TempDir,
}

impl Lab {
    /// With these retries, and time limits of a few seconds.
    pub(crate) async fn new(retries: Retries) -> Self {
        let provider = Loopback::start().await.unwrap();
        let address = provider.base_url();
        Self::at(provider, &address, retries).await
    }

    /// With providers at `address`, where something else than the server may be.
    pub(crate) async fn at(provider: Loopback, address: &str, retries: Retries) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let models = Models::connect(config(address, retries)).await.unwrap();
        let server = Studio::open(Store::open(folder.path()).await.unwrap(), models).await.unwrap();
        let studio = server.by(Caller::local());
        let prompt = Some(Prompt::new(TEXT));
        let new = CreatePrompt { title: "Bird".into(), prompt, ..CreatePrompt::default() };
        let prompt = studio.create_prompt(new).await.unwrap().id;
        Self { studio, server, provider, prompt, _folder: folder }
    }

    /// Starts a run of `provider/model`.
    pub(crate) async fn run(&self, model: &str) -> RunId {
        let models = PromptModels { model: Some(model_ref(model)), ..PromptModels::default() };
        let start = StartRun {
            prompt_id: self.prompt,
            prompt: Prompt::new(TEXT),
            base: Some(1),
            values: Values::new(),
            models,
        };
        self.studio.start_run(start).await.unwrap().run.id
    }

    /// Asks `provider/model` for a draft.
    pub(crate) async fn draft(&self, model: &str) -> Draft {
        let start = DraftOrder {
            prompt_id: self.prompt,
            prompt: Prompt::new(TEXT),
            base: Some(1),
            run_id: None,
            pieces: Vec::new(),
            feedback: vec![Feedback::whole("A bird of the north.")],
            alignment_model: Some(model_ref(model)),
            workflow: Workflow::Direct,
            start: StartFrom::Newest,
            candidates: 1,
        };
        self.studio.start_draft(start).await.unwrap().remove(0)
    }

    /// Waits until a run has ended.
    pub(crate) async fn ended(&self, id: RunId) -> Run {
        self.run_where(id, |run| run.state != RunState::Running).await
    }

    /// Waits until a run looks like this.
    pub(crate) async fn run_where(&self, id: RunId, wanted: impl Fn(&Run) -> bool) -> Run {
        for _ in 0..2_000 {
            let run = self.studio.run(id).await.unwrap();
            if wanted(&run) {
                return run;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the run never looks like that: {:?}", self.studio.run(id).await.unwrap());
    }

    /// Waits until the only draft has ended.
    pub(crate) async fn ended_draft(&self) -> Draft {
        self.draft_where(|draft| draft.state != DraftState::Drafting).await
    }

    /// Waits until the only draft looks like this, in the snapshot that pages load.
    pub(crate) async fn draft_where(&self, wanted: impl Fn(&Draft) -> bool) -> Draft {
        for _ in 0..2_000 {
            let page = self.studio.workbench(self.prompt).await.unwrap();
            if let Some(draft) = page.drafts.into_iter().next().filter(&wanted) {
                return draft;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the draft never looks like that");
    }

    /// How many requests a provider got for answers.
    pub(crate) fn requests(&self, provider: &str) -> usize {
        let path = match provider {
            "gemini" => "/v1beta/",
            "anthropic" => "/v1/messages",
            _ => "/v1/chat/",
        };
        let requests = self.provider.requests();
        let to = requests.iter().filter(|it| it.method == "POST" && it.path.starts_with(path));
        to.count()
    }
}

fn model_ref(name: &str) -> ModelRef {
    let (provider, model) = name.split_once('/').unwrap();
    ModelRef::new(provider, model)
}

fn config(address: &str, retries: Retries) -> Config {
    let connection = |address: &str, label: Option<&str>| {
        let base_url = Some(BaseUrl::parse("TEST_BASE_URL", address).unwrap());
        let key = Some(ApiKey::new("TEST_API_KEY", "test-key").unwrap());
        Some(Connection { base_url, key, label: label.map(str::to_owned), ..Connection::default() })
    };
    Config {
        gemini: connection(address, None),
        anthropic: connection(address, None),
        openai: connection(&format!("{address}/v1"), Some("Lab cluster")),
        ollama: Ollama::At(BaseUrl::parse("OLLAMA_HOST", address).unwrap()),
        limits: Limits {
            connect: Duration::from_secs(1),
            first_token: Duration::from_secs(3),
            silence: Duration::from_secs(2),
        },
        retries,
        ..Config::default()
    }
}
