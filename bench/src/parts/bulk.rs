//! What a person waits for beside what runs in bulk: the first token of a run while a thousand bulk
//! calls wait for the same provider.
//!
//! Measured at the crate `models`, in the process of the bench, against the model server: no page
//! starts bulk calls yet. The bulk calls take their turns all the time, so that a turn ends every now
//! and then; the call of the person may wait for the first that does, and not much longer.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use align::model::{Conversation, Message, ModelRef, Settings};
use anyhow::Context;
use futures_util::StreamExt;
use models::{
    ApiKey, BaseUrl, Concurrency, Config, Connection, ModelStream, Models, Ollama, Priority,
    StreamEvent,
};
use tokio::task::LocalSet;

use crate::budget::BESIDE_BULK;
use crate::process::Process;
use crate::report::{Measured, shown};
use crate::rounds::ms;
use crate::setup::{Setup, Timing};
use crate::stats::{median, percentile};

/// A model that answers with one token after this time.
const BULK: Timing = Timing { first_token_ms: 200, token_ms: 0, tokens: 1 };

/// Calls that the provider answers at once.
const AT_ONCE: usize = 4;

/// Bulk calls that wait at any time.
const WAITING: usize = 1_000;

const SAMPLES: usize = 25;

/// Measures it.
pub(super) async fn measure(setup: &mut Setup) -> anyhow::Result<Vec<Measured>> {
    let model = setup.model(BULK)?;
    let models = connect(&model).await?;
    let mut alone = Vec::new();
    for _ in 0..SAMPLES {
        alone.push(first_token(call(&models, Priority::Interactive)).await?.1);
    }
    let alone = median(&alone).unwrap_or_default();
    let samples = LocalSet::new().run_until(beside_bulk(&models)).await?;
    let added: Vec<f64> = samples.iter().map(|sample| sample.total - sample.rest - alone).collect();
    let rests: Vec<f64> = samples.iter().map(|sample| sample.rest).collect();
    let note = format!(
        "{SAMPLES} samples, {AT_ONCE} calls at once; the rest of a bulk call was {} ms in the median and \
        {} ms at most; slowest {} ms; floor: the same call with nothing beside it",
        shown(median(&rests).unwrap_or_default()),
        shown(percentile(&rests, 100.0).unwrap_or_default()),
        shown(percentile(&added, 100.0).unwrap_or_default()),
    );
    let added = median(&added).unwrap_or(f64::NAN);
    Ok(vec![Measured { floor: Some(alone), ..Measured::new(BESIDE_BULK, added) }.noting(note)])
}

/// The first token of one call of a person.
struct Sample {
    /// Milliseconds to the first token.
    total: f64,
    /// Milliseconds until the first of the bulk calls ended that were answered when it came.
    rest: f64,
}

async fn beside_bulk(models: &Models) -> anyhow::Result<Vec<Sample>> {
    let ends = Rc::new(RefCell::new(Vec::new()));
    let mut bulk = Vec::new();
    for _ in 0..WAITING + AT_ONCE {
        let (models, ends) = (models.clone(), ends.clone());
        bulk.push(tokio::task::spawn_local(async move {
            // One that was answered makes room for another, so that as many wait all the time.
            while first_token(call(&models, Priority::Bulk)).await.is_ok() {
                ends.borrow_mut().push(Instant::now());
            }
        }));
    }
    let mut samples = Vec::new();
    for place in 0..SAMPLES {
        // At another moment of the bulk calls each time.
        let pause = 150 + 17 * u64::try_from(place)?;
        tokio::time::sleep(Duration::from_millis(pause)).await;
        let (begun, total) = first_token(call(models, Priority::Interactive)).await?;
        let ends = std::mem::take(&mut *ends.borrow_mut());
        let end = ends.into_iter().find(|end| *end > begun).context("no bulk call ended")?;
        samples.push(Sample { total, rest: ms(end - begun) });
    }
    bulk.iter().for_each(tokio::task::JoinHandle::abort);
    Ok(samples)
}

/// When the call began, and the milliseconds to its first token. Reads it to its end.
async fn first_token(mut answer: ModelStream) -> anyhow::Result<(Instant, f64)> {
    let begun = Instant::now();
    let mut first = None;
    while let Some(event) = answer.next().await {
        if matches!(event?, StreamEvent::Text(_)) {
            first.get_or_insert_with(|| ms(begun.elapsed()));
        }
    }
    Ok((begun, first.context("an answer has no token")?))
}

fn call(models: &Models, priority: Priority) -> ModelStream {
    let conversation = Conversation {
        system_instructions: String::new(),
        messages: vec![Message::user("Name three uses for scissors.")],
    };
    let model = ModelRef::new("openai", "echo");
    models.stream_at(priority, &model, conversation, Settings::default())
}

async fn connect(model: &Process) -> anyhow::Result<Models> {
    let base_url = BaseUrl::parse("OPENAI_BASE_URL", &format!("http://{}/v1", model.address))?;
    let key = ApiKey::new("OPENAI_API_KEY", "bench")?;
    let openai = Connection { base_url: Some(base_url), key: Some(key), ..Connection::default() };
    let concurrency = Concurrency { usual: Some(AT_ONCE), ..Concurrency::default() };
    let config =
        Config { openai: Some(openai), concurrency, ollama: Ollama::Off, ..Config::default() };
    Ok(Models::connect(config).await?)
}
