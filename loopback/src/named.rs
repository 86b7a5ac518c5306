//! The behaviour that the name of a model selects. The README lists them.

use std::time::Duration;

use serde_json::{Value, json};

use crate::alignment;
use crate::behaviour::{Behaviour, FaultKind, Finish, ScriptedAnswer, Status};
use crate::recorded;
use crate::wire::Asked;

/// Text of answers that only have to be there.
const TEXT: &str = "One two three four five six seven eight nine ten.";

/// Text whose characters are one to four bytes long.
const CHARACTERS: &str = "Grüße 👋 from Tokyo 東京.";

/// Pause between the bytes of a slow drip.
const DRIP: Duration = Duration::from_millis(50);

/// The size of an answer that is far too large.
const HUGE_BYTES: usize = 50 << 20;

/// How a model answers what it was asked.
pub(crate) fn behaviour(asked: &Asked) -> Behaviour {
    if let Some(refusal) = refusal(&asked.model, &asked.body) {
        return refusal.into();
    }
    let text = ScriptedAnswer::text(TEXT);
    let answer = match asked.model.as_str() {
        "slow" => ScriptedAnswer { token: Duration::from_millis(50), ..numbered(200) },
        "long" => numbered(4_000),
        "recorded-stories" => recorded::answer(&asked.message),
        "thinking" => ScriptedAnswer { thoughts: words("Let me think about it."), ..echo(asked) },
        "thinking-slow" => thinking_slowly(asked),
        "length" => text.with_finish(Finish::Length),
        "empty" => ScriptedAnswer::text(""),
        "blocked" => text.with_finish(Finish::Blocked),
        "blocked-prompt" => text.with_finish(Finish::PromptBlocked),
        "error-event" => text.with_fault(3, FaultKind::ErrorEvent { status: 503 }),
        "cut" => text.with_fault(3, FaultKind::Cut),
        "unfinished" => text.with_fault(3, FaultKind::Unfinished),
        "broken-json" => text.with_fault(3, FaultKind::BrokenJson),
        "cut-in-character" => text.with_fault(3, FaultKind::CutInCharacter),
        "reset-later" => text.with_fault(3, FaultKind::Reset),
        "no-json" => text.with_fault(0, FaultKind::NoJson),
        "silent" => text.with_fault(3, FaultKind::Silence),
        "silent-first" => text.with_fault(0, FaultKind::Silence),
        "html" => {
            let page = "<!doctype html><title>Sign in</title><p>Please sign in.</p>";
            return Status::body(200, "text/html", page).into();
        }
        "plain" => return Status::body(200, "text/plain", "Welcome to the proxy.").into(),
        "split" => ScriptedAnswer { packet_bytes: Some(1), ..ScriptedAnswer::text(CHARACTERS) },
        "split-slow" => ScriptedAnswer {
            packet_bytes: Some(3),
            packet_pause: Duration::from_millis(2),
            ..ScriptedAnswer::text(CHARACTERS)
        },
        "joined" => ScriptedAnswer { joined: true, ..ScriptedAnswer::text(CHARACTERS) },
        "drip" => text.with_fault(3, FaultKind::Drip { pause: DRIP }),
        "drip-first" => text.with_fault(0, FaultKind::Drip { pause: DRIP }),
        "keep-alive" => text.with_fault(0, FaultKind::KeepAlive { pause: DRIP }),
        "huge" => text.with_fault(3, FaultKind::Flood { bytes: HUGE_BYTES }),
        "huge-event" => text.with_fault(3, FaultKind::HugeEvent { bytes: HUGE_BYTES }),
        name if name.contains("unknown") => return Status::error(404).into(),
        name => match paced(name) {
            Some(pause) => ScriptedAnswer { first_token: pause, joined: true, ..echo(asked) },
            None => return fault(name).unwrap_or_else(|| echo(asked).into()),
        },
    };
    answer.into()
}

/// A model that fails some times before it answers.
pub(crate) struct Flaky {
    pub(crate) times: u32,
    pub(crate) fault: Behaviour,
}

/// Reads `flaky-TIMES-FAULT`, e.g. `flaky-2-503` or `flaky-1-reset`.
pub(crate) fn flaky(name: &str) -> Option<Flaky> {
    let (times, name) = name.strip_prefix("flaky-")?.split_once('-')?;
    let fault = fault(name).or_else(|| fault(&format!("error-{name}")))?;
    Some(Flaky { times: times.parse().ok()?, fault })
}

/// Reads `paced-MILLISECONDS`: how long after it was asked a model answers, all at once.
fn paced(name: &str) -> Option<Duration> {
    name.strip_prefix("paced-")?.parse().ok().map(Duration::from_millis)
}

/// Reads `refuses-NAME`, and refuses a request in which that name or role occurs.
fn refusal(name: &str, body: &Value) -> Option<Status> {
    let refused = name.strip_prefix("refuses-")?;
    let message = format!("Unsupported: this model takes no parameter or role '{refused}'.");
    let error = json!({ "error": { "message": message } });
    let is_there = body.to_string().contains(&format!("\"{refused}\""));
    is_there.then(|| Status::body(400, "application/json", error.to_string()))
}

/// The faults that come before an answer begins.
fn fault(name: &str) -> Option<Behaviour> {
    match name {
        "reset" => return Some(Behaviour::Reset),
        "closed" => return Some(ScriptedAnswer::text(TEXT).with_fault(0, FaultKind::Cut).into()),
        _ => {}
    }
    let (code, after) = match name.strip_prefix("error-")?.split_once("-after-") {
        Some((code, seconds)) => (code, Some(seconds.parse().ok()?)),
        None => (name.strip_prefix("error-")?, None),
    };
    let code = code.parse().ok().filter(|code| (400..600).contains(code))?;
    let status = Status::error(code);
    Some(after.map_or(status.clone(), |seconds| status.retry_after(seconds)).into())
}

/// An answer of `count` tokens, each with its number.
pub(crate) fn numbered(count: usize) -> ScriptedAnswer {
    ScriptedAnswer {
        tokens: (1..=count).map(|number| format!("token{number} ")).collect(),
        ..ScriptedAnswer::text("")
    }
}

fn echo(asked: &Asked) -> ScriptedAnswer {
    let text = alignment::reply(&asked.message);
    ScriptedAnswer::text(&text.unwrap_or_else(|| format!("Echo: {}", asked.message)))
}

fn thinking_slowly(asked: &Asked) -> ScriptedAnswer {
    let thoughts = numbered(100).tokens;
    ScriptedAnswer { thoughts, token: Duration::from_millis(50), ..echo(asked) }
}

fn words(text: &str) -> Vec<String> {
    text.split_inclusive(' ').map(str::to_owned).collect()
}
