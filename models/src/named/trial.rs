//! Trying a connection before it is used: its list of models, and one tiny call.

use std::sync::Arc;
use std::time::Duration;

use align::model::{Conversation, Failure, FailureKind, Message, ModelRef, Settings};
use align::record::ConnectionTest;
use futures_util::StreamExt;
use tokio::time::timeout;

use crate::call::{Call, Priority, StreamEvent};
use crate::calling;
use crate::connected::Models;
use crate::error::{Cause, Limit, ModelError};
use crate::form::{Form, Forms};
use crate::line::Line;
use crate::provider::Provider;
use crate::retries::Retries;

/// How long the list of models may take.
const LISTING_LIMIT: Duration = Duration::from_secs(10);

/// How long the tiny call may take: a local server may load the model for it first.
const CALL_LIMIT: Duration = Duration::from_mins(1);

/// Tokens of the tiny call. Some models refuse fewer.
const TOKENS: u32 = 16;

impl Models {
    /// Lists the models of a provider, which does not have to be connected, and asks one of them for a
    /// few tokens. Calls once, without another try.
    pub async fn test(provider: Arc<dyn Provider>) -> ConnectionTest {
        let listing = timeout(LISTING_LIMIT, provider.list_models()).await;
        let models = match listing {
            Ok(Ok(models)) => models,
            Ok(Err(error)) => return failed(error.failure()),
            Err(_) => return failed(too_slow(provider.as_ref(), LISTING_LIMIT)),
        };
        let listed = u32::try_from(models.len()).unwrap_or(u32::MAX);
        let Some(model) = provider.default_model(&models) else {
            return ConnectionTest { listed, asked: None, problem: None };
        };
        let asked = Some(ModelRef::new(provider.id(), &*model));
        let label = provider.label().to_owned();
        let problem = match timeout(CALL_LIMIT, ask(provider, &model)).await {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.failure()),
            Err(_) => Some(timed_out(&label, CALL_LIMIT)),
        };
        // Thoughts that used up the few tokens are an answer as good as any.
        let problem = problem.filter(|failure| failure.kind != FailureKind::NoText);
        ConnectionTest { listed, asked, problem }
    }
}

/// Waits for the first part of an answer.
async fn ask(provider: Arc<dyn Provider>, model: &str) -> Result<(), ModelError> {
    let call = Call {
        model: model.to_owned(),
        conversation: Conversation {
            system_instructions: String::new(),
            messages: vec![Message::user("Answer with the word OK.")],
        },
        settings: Settings { max_output_tokens: Some(TOKENS), ..Settings::default() },
        form: Form::default(),
    };
    let seat = Line::new(1).join(Priority::Interactive);
    let mut answer = calling::call(provider, seat, Retries::none(), Forms::default(), call);
    while let Some(event) = answer.next().await {
        if matches!(
            event?,
            StreamEvent::Text(_) | StreamEvent::Thought(_) | StreamEvent::Done { .. }
        ) {
            break;
        }
    }
    Ok(())
}

fn failed(problem: Failure) -> ConnectionTest {
    ConnectionTest { listed: 0, asked: None, problem: Some(problem) }
}

fn too_slow(provider: &dyn Provider, after: Duration) -> Failure {
    timed_out(provider.label(), after)
}

fn timed_out(label: &str, after: Duration) -> Failure {
    ModelError::new(label, Cause::Timeout { limit: Limit::FirstToken, after }).failure()
}
