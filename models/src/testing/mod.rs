//! For tests: a provider that answers from a queue of scripts and keeps the calls it got, and answers
//! read from recorded bytes.

mod recorded;

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use align::model::{FinishReason, ModelInfo, ModelRef, Usage};
use async_stream::try_stream;
use async_trait::async_trait;

pub use recorded::{Wire, read_recorded};

use crate::call::{Call, ModelStream, StreamEvent};
use crate::error::{Cause, ModelError};
use crate::provider::Provider;

/// One answer, step by step.
#[derive(Debug)]
pub struct Script {
    steps: Vec<Step>,
}

#[derive(Debug)]
enum Step {
    Text(String),
    Thought(String),
    TextWasThought,
    Pause(Duration),
    Done(FinishReason, Option<Usage>),
    Fail(Cause),
    /// Repeats a text with a pause before each, for ever.
    Endless(String, Duration),
    /// Sends nothing more and does not end.
    Hang,
}

impl Script {
    /// An answer of one text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::empty().then(text).done()
    }

    /// An answer whose words come one by one, with a pause before each.
    pub fn words(text: &str, pause: Duration) -> Self {
        let words = text.split_inclusive(' ');
        words.fold(Self::empty(), |script, word| script.pause(pause).then(word)).done()
    }

    /// A call that fails before its answer begins.
    pub fn error(cause: Cause) -> Self {
        Self::empty().fail(cause)
    }

    /// An answer that repeats `text` with a pause before each, until it is dropped.
    pub fn endless(text: impl Into<String>, pause: Duration) -> Self {
        Self { steps: vec![Step::Endless(text.into(), pause)] }
    }

    /// A script without steps, to be built up. An answer that ends without `done` or `fail` is cut
    /// short.
    pub fn empty() -> Self {
        Self { steps: Vec::new() }
    }

    /// Adds text.
    #[must_use]
    pub fn then(self, text: impl Into<String>) -> Self {
        self.with(Step::Text(text.into()))
    }

    /// Adds a thought.
    #[must_use]
    pub fn thought(self, text: impl Into<String>) -> Self {
        self.with(Step::Thought(text.into()))
    }

    /// Makes thoughts of all text so far, as a closing mark alone does.
    #[must_use]
    pub fn text_was_thought(self) -> Self {
        self.with(Step::TextWasThought)
    }

    /// Adds a pause.
    #[must_use]
    pub fn pause(self, pause: Duration) -> Self {
        self.with(Step::Pause(pause))
    }

    /// Ends the answer as a complete one, without token counts.
    #[must_use]
    pub fn done(self) -> Self {
        self.with(Step::Done(FinishReason::Stop, None))
    }

    /// Ends the answer with this reason and these counts.
    #[must_use]
    pub fn done_with(self, finish: FinishReason, usage: Usage) -> Self {
        self.with(Step::Done(finish, Some(usage)))
    }

    /// Ends the answer with a failure. As the first step, the call itself fails.
    #[must_use]
    pub fn fail(self, cause: Cause) -> Self {
        self.with(Step::Fail(cause))
    }

    /// Lets the answer hang: nothing more comes, until it is dropped.
    #[must_use]
    pub fn hang(self) -> Self {
        self.with(Step::Hang)
    }

    fn with(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }
}

/// A provider that answers each call with the next script of its queue. Cheap to clone; clones
/// share the queue, so a test keeps one and gives [`Models`](crate::Models) the other.
#[derive(Clone)]
pub struct ScriptedProvider {
    shared: Arc<Shared>,
}

struct Shared {
    id: String,
    scripts: Mutex<VecDeque<Script>>,
    calls: Mutex<Vec<Call>>,
    open: Arc<AtomicUsize>,
}

/// The name of its only model.
pub const MODEL: &str = "scripted-1";

impl ScriptedProvider {
    /// A provider called `id` with these scripts.
    pub fn new(id: impl Into<String>, scripts: impl IntoIterator<Item = Script>) -> Self {
        let shared = Shared {
            id: id.into(),
            scripts: Mutex::new(scripts.into_iter().collect()),
            calls: Mutex::default(),
            open: Arc::default(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// The name under which its model is called.
    pub fn model(&self) -> ModelRef {
        ModelRef::new(&*self.shared.id, MODEL)
    }

    /// Adds a script at the end of the queue.
    pub fn push(&self, script: Script) {
        lock(&self.shared.scripts).push_back(script);
    }

    /// The calls it got, oldest first.
    pub fn calls(&self) -> Vec<Call> {
        lock(&self.shared.calls).clone()
    }

    /// How many answers are neither ended nor dropped.
    pub fn open_streams(&self) -> usize {
        self.shared.open.load(Ordering::SeqCst)
    }
}

/// A poisoned lock means that a test has failed already; its data is whole.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Counts an answer for as long as it lives.
struct Open(Arc<AtomicUsize>);

impl Open {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[async_trait]
impl Provider for ScriptedProvider {
    fn id(&self) -> &str {
        &self.shared.id
    }

    fn label(&self) -> &'static str {
        "Scripted model"
    }

    fn base_url(&self) -> Option<&str> {
        None
    }

    async fn list_models(&self) -> Result<Vec<ModelInfo>, ModelError> {
        Ok(vec![ModelInfo { model: self.model(), label: MODEL.to_owned() }])
    }

    /// Fails with [`Cause::InvalidRequest`] when the queue is empty.
    async fn stream(&self, call: &Call) -> Result<ModelStream, ModelError> {
        lock(&self.shared.calls).push(call.clone());
        let script = lock(&self.shared.scripts).pop_front();
        let mut steps = script.unwrap_or_else(no_script).steps;
        if matches!(steps.first(), Some(Step::Fail(_)))
            && let Step::Fail(cause) = steps.swap_remove(0)
        {
            return Err(ModelError::new(self.label(), cause));
        }
        Ok(play(steps, Open::new(&self.shared.open)))
    }
}

fn no_script() -> Script {
    let said = Some("no script is left for this call".to_owned());
    Script::error(Cause::InvalidRequest { status: None, said })
}

fn play(steps: Vec<Step>, open: Open) -> ModelStream {
    Box::pin(try_stream! {
        let _open = open;
        for step in steps {
            match step {
                Step::Text(text) => yield StreamEvent::Text(text),
                Step::Thought(text) => yield StreamEvent::Thought(text),
                Step::TextWasThought => yield StreamEvent::TextWasThought,
                Step::Pause(pause) => tokio::time::sleep(pause).await,
                Step::Done(finish, usage) => {
                    yield StreamEvent::Done { finish, usage };
                    return;
                }
                Step::Fail(cause) => Err(ModelError::new("Scripted model", cause))?,
                Step::Endless(text, pause) => loop {
                    tokio::time::sleep(pause).await;
                    yield StreamEvent::Text(text.clone());
                },
                Step::Hang => std::future::pending::<()>().await,
            }
        }
        Err(ModelError::new("Scripted model", Cause::CutShort))?;
    })
}

#[cfg(test)]
mod tests {
    use align::model::{Conversation, FailureKind, Message, Settings};
    use futures_util::StreamExt;

    use super::*;

    fn call() -> Call {
        let messages = vec![Message::user("Hello")];
        Call {
            model: MODEL.to_owned(),
            conversation: Conversation { system_instructions: String::new(), messages },
            settings: Settings::default(),
            form: crate::Form::default(),
        }
    }

    #[tokio::test]
    async fn scripts_are_played_in_order_and_calls_are_kept() {
        let provider = ScriptedProvider::new("test", [Script::text("one")]);
        provider.push(Script::error(Cause::CutShort));
        let events: Vec<_> = provider.stream(&call()).await.unwrap().collect().await;
        assert_eq!(events.len(), 2);
        assert_eq!(*events[0].as_ref().unwrap(), StreamEvent::Text("one".into()));
        assert_eq!(provider.stream(&call()).await.err().unwrap().kind(), FailureKind::CutShort);
        assert_eq!(
            provider.stream(&call()).await.err().unwrap().kind(),
            FailureKind::InvalidRequest
        );
        assert_eq!(provider.calls().len(), 3);
    }

    #[tokio::test]
    async fn an_endless_answer_ends_when_it_is_dropped() {
        let provider = ScriptedProvider::new("test", [Script::endless("x", Duration::ZERO)]);
        let mut answer = provider.stream(&call()).await.unwrap();
        assert!(answer.next().await.unwrap().is_ok());
        assert_eq!(provider.open_streams(), 1);
        drop(answer);
        assert_eq!(provider.open_streams(), 0);
    }

    #[tokio::test]
    async fn a_script_without_an_end_is_cut_short() {
        let provider = ScriptedProvider::new("test", [Script::empty().then("half")]);
        let events: Vec<_> = provider.stream(&call()).await.unwrap().collect().await;
        assert_eq!(events[1].as_ref().unwrap_err().kind(), FailureKind::CutShort);
    }
}
