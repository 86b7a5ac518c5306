//! Guidelines: calls of the alignment model, and what Attune adds to their time.
//!
//! The clock starts when the server function is called and stops when the page's event stream has the
//! draft that is ready, or the answer. The model takes 200 ms and then answers in one piece.

use std::time::Instant;

use anyhow::ensure;
use serde_json::{Value, json};

use crate::budget::{
    DISTILLATION_CALLS, REWRITE_1, REWRITE_4, REWRITE_8, REWRITE_CALLS, THREE_DRAFTS,
};
use crate::client::Connection;
use crate::parts::runs::{Page, env, prompt};
use crate::process::Process;
use crate::report::{Measured, shown};
use crate::rounds::ms;
use crate::setup::Setup;
use crate::stats::median;

/// The alignment model: it takes 200 ms.
const MODEL: &str = "paced-200";
const SAMPLES: u32 = 20;
const WARM_UP: u32 = 2;

/// Measures all of it.
pub(super) async fn measure(setup: &mut Setup) -> anyhow::Result<Vec<Measured>> {
    let model = setup.named_models()?;
    let data = setup.fresh("guidelines");
    let server = setup.server(&data, &env(&model))?;
    let mut counted = CountedServer { calls: Calls::open(&model).await?, server };
    let own = counted.calls.own_ms().await?;
    let mut figures = Vec::new();
    let mut most_calls = 0;
    for (figure, guidelines) in [(REWRITE_1, 1), (REWRITE_4, 4), (REWRITE_8, 8)] {
        let taken = counted.rewrites(guidelines, 1).await?;
        most_calls = most_calls.max(taken.most_calls);
        figures.push(Measured::new(figure, taken.ms).over(own));
    }
    figures.push(Measured::new(REWRITE_CALLS, f64::from(most_calls)));
    figures.push(counted.distillation(own).await?);
    figures.push(counted.three_drafts().await?);
    counted.server.stop()?;
    Ok(figures)
}

/// A server, and the model server that counts the calls it makes.
struct CountedServer {
    server: Process,
    calls: Calls,
}

/// What some samples took.
struct Taken {
    /// The time in the middle.
    ms: f64,
    /// The most calls of one.
    most_calls: u32,
}

impl CountedServer {
    /// Rewrites from so many guidelines, as many drafts at once as asked for.
    async fn rewrites(&mut self, guidelines: u32, drafts: u32) -> anyhow::Result<Taken> {
        let mut page = self.page(guidelines).await?;
        let order = json!({ "order": {
            "prompt_id": page.id(), "prompt": prompt(page.text()), "base": 1, "run_id": null,
            "pieces": [], "feedback": [], "alignment_model": format!("openai/{MODEL}"),
            "workflow": "guidelines", "candidates": drafts,
        }});
        self.sample(&mut page, "drafts/start", drafts, |_| order.clone()).await
    }

    /// Three drafts beside one. Both workflows ask for them alike.
    async fn three_drafts(&mut self) -> anyhow::Result<Measured> {
        let one = self.rewrites(4, 1).await?;
        let three = self.rewrites(4, 3).await?;
        let note = format!("{} ms and {} ms, from 4 guidelines", shown(three.ms), shown(one.ms));
        Ok(Measured::new(THREE_DRAFTS, three.ms / one.ms).noting(note))
    }

    /// Each time another critique of the same output becomes a guideline.
    async fn distillation(&mut self, own: f64) -> anyhow::Result<Measured> {
        let mut page = self.page(1).await?;
        page.run().await?;
        let bench = page.call("workbench/load", &json!({ "id": page.id() })).await?;
        let run = bench["run"]["id"].clone();
        let question = |turn: u32| {
            let critique =
                json!({ "text": format!("Name {} makers more.", turn + 2), "span": null });
            json!({
                "run_id": run, "evidence": { "critique": critique },
                "alignment_model": format!("openai/{MODEL}"),
            })
        };
        let taken = self.sample(&mut page, "consultations/distil", 1, question).await?;
        let note = format!("each took {} ms, the model itself {} ms", shown(taken.ms), shown(own));
        Ok(Measured::new(DISTILLATION_CALLS, f64::from(taken.most_calls)).noting(note))
    }

    /// A page of a prompt with so many guidelines.
    async fn page(&self, guidelines: u32) -> anyhow::Result<Page> {
        let mut pages = Page::open_all(&self.server, 1).await?;
        let mut page = pages.remove(0);
        for number in 1..=guidelines {
            let text = format!("Name at least {number} sources of kind {number}.");
            page.call("guidelines/add", &json!({ "id": page.id(), "text": text })).await?;
        }
        Ok(page)
    }

    /// Asks again and again for `answers` answers at once.
    async fn sample(
        &mut self,
        page: &mut Page,
        path: &str,
        answers: u32,
        body: impl Fn(u32) -> Value,
    ) -> anyhow::Result<Taken> {
        let (mut times, mut most_calls) = (Vec::new(), 0);
        for turn in 0..SAMPLES + WARM_UP {
            let before = self.calls.count().await?;
            let started = Instant::now();
            page.call(path, &body(turn)).await?;
            let ended = page.answered(answers).await?;
            most_calls = most_calls.max(self.calls.count().await? - before);
            if turn >= WARM_UP {
                times.push(ms(ended - started));
            }
        }
        ensure!(most_calls >= answers, "the model was not asked");
        Ok(Taken { ms: median(&times).unwrap_or(f64::NAN), most_calls })
    }
}

/// The model server, which knows how often it was called.
struct Calls {
    connection: Connection,
}

impl Calls {
    async fn open(model: &Process) -> anyhow::Result<Self> {
        Ok(Self { connection: Connection::open(&model.address).await? })
    }

    /// How often the alignment model was called so far.
    async fn count(&mut self) -> anyhow::Result<u32> {
        let requests = self.connection.get("/_requests").await?;
        let requests: Vec<Value> = serde_json::from_slice(&requests)?;
        Ok(u32::try_from(requests.iter().filter(|it| it["body"]["model"] == MODEL).count())?)
    }

    /// What a call takes without Attune.
    async fn own_ms(&mut self) -> anyhow::Result<f64> {
        let body = json!({
            "model": MODEL, "stream": true, "messages": [{ "role": "user", "content": "Hello." }],
        });
        let mut times = Vec::new();
        for _ in 0..SAMPLES {
            let started = Instant::now();
            self.connection.post("/v1/chat/completions", body.to_string()).await?;
            times.push(ms(started.elapsed()));
        }
        Ok(median(&times).unwrap_or(f64::NAN))
    }
}
