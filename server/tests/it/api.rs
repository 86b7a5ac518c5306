//! Server functions over HTTP, as a page calls them, with every way in which a call can end.

use serde_json::Value;

use crate::program::{self, request};

/// Why a call has no result.
#[derive(Debug)]
pub(crate) enum Refused {
    /// No complete answer came: nothing was acknowledged.
    Unanswered,
    /// The server said no.
    Answered {
        /// The HTTP status.
        status: u16,
        /// The sentence with its hint.
        says: String,
    },
}

impl Refused {
    /// The sentence and the hint of a refusal with `status`.
    pub(crate) fn says(self, status: u16) -> String {
        match self {
            Self::Answered { status: answered, says } if answered == status => says,
            other => panic!("not a refusal with {status}: {other:?}"),
        }
    }
}

/// Calls a server function.
pub(crate) fn call(address: &str, path: &str, body: &Value) -> Result<Value, Refused> {
    let json = [("content-type", "application/json")];
    let answer = request(address, "POST", &format!("/api/{path}"), &json, &body.to_string());
    let answer = answer.and_then(program::read).map_err(|_| Refused::Unanswered)?;
    // An answer that was cut off acknowledges nothing.
    let body: Value = serde_json::from_str(&answer.body).map_err(|_| Refused::Unanswered)?;
    if answer.status == 200 {
        return Ok(body);
    }
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let says = format!("{} {}", text("message"), text("hint"));
    Err(Refused::Answered { status: answer.status, says })
}

/// A prompt as the server takes it.
pub(crate) fn prompt(text: &str) -> Value {
    serde_json::json!({ "system_instructions": "", "text": text, "plain_names": [] })
}

/// Makes a prompt and gives its number.
pub(crate) fn create(address: &str, title: &str, text: &str) -> Result<i64, Refused> {
    let body = serde_json::json!({
        "title": title, "tags": [], "prompt": prompt(text), "values": {}, "note": "",
    });
    Ok(call(address, "prompts/create", &body)?["id"].as_i64().unwrap())
}
