//! Prompts that run, and pages that watch them.

use std::time::Instant;

use anyhow::Context;
use bytes::Bytes;
use futures_util::future::try_join_all;
use serde_json::{Value, json};

use crate::client::Connection;
use crate::process::Process;
use crate::rounds::ms;
use crate::seed;
use crate::setup::connected_to;
use crate::watch::{Run, Watch};

/// A prompt with a page that watches it and a connection for its commands.
pub(super) struct Page {
    commands: Connection,
    watch: Watch,
    id: u64,
    text: String,
}

impl Page {
    /// Makes a prompt and opens its page.
    async fn open(address: &str, number: u32) -> anyhow::Result<Self> {
        let mut commands = Connection::open(address).await?;
        let text = seed::text(number).replace("{audience}", "makers");
        let body = json!({
            "title": format!("Prompt {number}"), "tags": [], "prompt": prompt(&text),
            "values": {}, "note": "",
        });
        let answer = commands.post("/api/prompts/create", body.to_string()).await?;
        let head: Value = serde_json::from_slice(&answer)?;
        let id = head["id"].as_u64().context("a prompt has no id")?;
        let watch = Watch::open(address, id).await?;
        Ok(Self { commands, watch, id, text })
    }

    /// Opens `count` of them.
    pub(super) async fn open_all(server: &Process, count: u32) -> anyhow::Result<Vec<Self>> {
        let mut pages = Vec::new();
        for number in 0..count {
            pages.push(Self::open(&server.address, number).await?);
        }
        Ok(pages)
    }

    /// The prompt's number.
    pub(super) fn id(&self) -> u64 {
        self.id
    }

    /// What is typed.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Calls a server function.
    pub(super) async fn call(&mut self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.commands.ask(&format!("/api/{path}"), body).await
    }

    /// Waits for `count` answers of the alignment model; when the last one was there.
    pub(super) async fn answered(&mut self, count: u32) -> anyhow::Result<Instant> {
        self.watch.answered(count).await
    }

    /// Types something, so that the next run saves a version first.
    pub(super) fn edit(&mut self, turn: u32) {
        self.text = format!("{}\n\nTake {turn}.", seed::text(turn).replace("{audience}", "makers"));
    }

    /// Starts a run; returns when the server answered.
    pub(super) async fn start(&mut self) -> anyhow::Result<()> {
        let body = json!({
            "prompt_id": self.id, "prompt": prompt(&self.text), "base": 1, "values": {},
            "models": {"model": "openai/echo", "alignment_model": null, "settings": {}},
        });
        self.commands.post("/api/runs/start", body.to_string()).await.map(drop)
    }

    /// Runs and waits for the end; milliseconds from the call to the first token, and the run.
    pub(super) async fn run(&mut self) -> anyhow::Result<(f64, Run)> {
        let started = Instant::now();
        self.start().await?;
        let run = self.watch.run().await?;
        Ok((ms(run.first_token - started), run))
    }

    /// Waits for the first token of the run that was started.
    pub(super) async fn first_token(&mut self) -> anyhow::Result<Instant> {
        self.watch.first_token().await
    }

    /// Waits for the end of the run that was started.
    pub(super) async fn ended(&mut self) -> anyhow::Result<Run> {
        self.watch.run().await
    }
}

/// Runs all pages at once; the milliseconds of each, and how many did not end well.
pub(super) async fn at_once(pages: &mut [Page]) -> anyhow::Result<(Vec<f64>, usize)> {
    let runs = try_join_all(pages.iter_mut().map(Page::run)).await?;
    let failed = runs.iter().filter(|(_, run)| !run.is_done).count();
    Ok((runs.into_iter().map(|(ms, _)| ms).collect(), failed))
}

/// A template as the wire has it.
pub(super) fn prompt(text: &str) -> Value {
    json!({"system_instructions": "", "text": text, "plain_names": []})
}

/// A call of the model server as Attune makes it, without Attune in between: the floor.
pub(super) struct Direct {
    connection: Connection,
    body: Bytes,
}

impl Direct {
    /// Connects to the model server.
    async fn open(model: &Process) -> anyhow::Result<Self> {
        let text = seed::text(0).replace("{audience}", "makers");
        let body = json!({
            "model": "echo", "stream": true, "stream_options": {"include_usage": true},
            "messages": [{"role": "user", "content": text}],
        });
        let connection = Connection::open(&model.address).await?;
        Ok(Self { connection, body: body.to_string().into() })
    }

    /// Opens `count` connections.
    pub(super) async fn open_all(model: &Process, count: u32) -> anyhow::Result<Vec<Self>> {
        let mut all = Vec::new();
        for _ in 0..count {
            all.push(Self::open(model).await?);
        }
        Ok(all)
    }

    /// Calls the model and reads its whole answer; milliseconds to the first token.
    pub(super) async fn run(&mut self) -> anyhow::Result<f64> {
        use http_body_util::BodyExt;
        let started = Instant::now();
        let path = "/v1/chat/completions";
        let mut answer = self.connection.start_post(path, self.body.clone()).await?.into_body();
        let mut first_token = None;
        while let Some(frame) = answer.frame().await {
            let Ok(bytes) = frame?.into_data() else { continue };
            if first_token.is_none() && crate::watch::find(&bytes, b"token1 ").is_some() {
                first_token = Some(ms(started.elapsed()));
            }
        }
        first_token.context("the model server sent no token")
    }
}

/// Calls the model server as often at once as there are connections.
pub(super) async fn direct_at_once(direct: &mut [Direct]) -> anyhow::Result<Vec<f64>> {
    try_join_all(direct.iter_mut().map(Direct::run)).await
}

/// The variables for a server that runs on `model`, ready after its models are listed.
pub(super) fn env(model: &Process) -> Vec<(&'static str, String)> {
    connected_to(model)
}
