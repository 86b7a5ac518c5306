//! The behaviour that the name of a model selects. The README lists them.

use std::time::Duration;

use crate::behaviour::{Answer, Behaviour, FaultKind, Finish, Status};
use crate::rewrite;
use crate::wire::Asked;

/// Text of answers that only have to be there.
const TEXT: &str = "One two three four five six seven eight nine ten.";

/// How a model answers what it was asked.
pub(crate) fn behaviour(asked: &Asked) -> Behaviour {
    let text = Answer::text(TEXT);
    let answer = match asked.model.as_str() {
        "slow" => Answer { token: Duration::from_millis(50), ..numbered(200) },
        "long" => numbered(4_000),
        "thinking" => Answer { thoughts: words("Let me think about it."), ..echo(asked) },
        "length" => text.with_finish(Finish::Length),
        "empty" => Answer::text(""),
        "blocked" => text.with_finish(Finish::Blocked),
        "blocked-prompt" => text.with_finish(Finish::PromptBlocked),
        "error-event" => text.with_fault(3, FaultKind::ErrorEvent { status: 503 }),
        "cut" => text.with_fault(3, FaultKind::Cut),
        "unfinished" => text.with_fault(3, FaultKind::Unfinished),
        "broken-json" => text.with_fault(3, FaultKind::BrokenJson),
        "silent" => text.with_fault(3, FaultKind::Silence),
        "html" => {
            let page = "<!doctype html><title>Sign in</title><p>Please sign in.</p>";
            return Status::body(200, "text/html", page).into();
        }
        "split" => {
            Answer { packet_bytes: Some(1), ..Answer::text("Grüße 👋 from Tokyo 東京.") }
        }
        name if name.contains("unknown") => return Status::error(404).into(),
        name => match name.strip_prefix("error-").and_then(|code| code.parse().ok()) {
            Some(code @ (429 | 503)) => {
                return Status::error(code).with_header("retry-after", "32").into();
            }
            Some(code @ 400..600) => return Status::error(code).into(),
            _ => echo(asked),
        },
    };
    answer.into()
}

/// An answer of `count` tokens, each with its number.
pub(crate) fn numbered(count: usize) -> Answer {
    Answer {
        tokens: (1..=count).map(|number| format!("token{number} ")).collect(),
        ..Answer::text("")
    }
}

fn echo(asked: &Asked) -> Answer {
    let text = rewrite::reply(&asked.message);
    Answer::text(&text.unwrap_or_else(|| format!("Echo: {}", asked.message)))
}

fn words(text: &str) -> Vec<String> {
    text.split_inclusive(' ').map(str::to_owned).collect()
}
