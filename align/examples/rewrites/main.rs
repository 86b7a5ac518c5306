//! Writes the requests for drafts of a file of cases, and reads replies to them, so that people can judge
//! rewrites without a server:
//!
//! ```sh
//! cargo run -q -p align --example rewrites -- requests align/tests/data/refine-cases.json
//! cargo run -q -p align --example rewrites -- drafts align/tests/data/refine-cases.json replies.json
//! ```
//!
//! Requests are a list of `{"id", "system_instructions", "messages": [{"role", "text"}]}`. Replies are an
//! object of texts, `{"d01": "…"}`, or of two texts where the first was sent back, `{"d01": ["…", "…"]}`.
//! What would be sent back is in `second_try` of the drafts.

mod case;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;

use align::direct::{Problem, Unusable, better_of, read_reply};
use align::model::{Conversation, FinishReason};
use align::record::Proposal;
use serde_json::{Value, json};

use self::case::Case;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let written: Vec<Value> = match arguments[..] {
        ["requests", cases] => read::<Vec<Case>>(cases)?.iter().map(request).collect(),
        ["drafts", cases, replies] => {
            let (cases, replies) = (read::<Vec<Case>>(cases)?, read::<Replies>(replies)?);
            let answered = cases.iter().filter_map(|case| Some((case, replies.get(&case.id)?)));
            answered.map(|(case, reply)| draft(case, reply)).collect()
        }
        _ => return Err("use: requests CASES, or drafts CASES REPLIES".into()),
    };
    writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&written)?)?;
    Ok(())
}

/// One reply or two, by the names of the cases.
type Replies = BTreeMap<String, Value>;

fn read<T: serde::de::DeserializeOwned>(path: &str) -> Result<T, Box<dyn Error>> {
    Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?)
}

fn request(case: &Case) -> Value {
    let mut written = case.ask(|request| conversation_of(&request.conversation()));
    written["id"] = json!(case.id);
    written
}

fn conversation_of(conversation: &Conversation) -> Value {
    json!({
        "system_instructions": conversation.system_instructions,
        "messages": conversation.messages,
    })
}

/// What a person would be shown, read as a draft's job reads it.
fn draft(case: &Case, replies: &Value) -> Value {
    let replies: Vec<&str> = match replies {
        Value::Array(texts) => texts.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    case.ask(|request| {
        let readings = replies.iter().map(|reply| read_reply(request, reply, FinishReason::Stop));
        let reading = readings.reduce(better_of).unwrap_or(Err(Unusable::Empty));
        let again = replies.first().filter(|_| replies.len() == 1).and_then(|reply| {
            Problem::of(&reading).map(|problem| request.second_try(reply, &problem))
        });
        let mut written = draft_of(&reading);
        written["id"] = json!(case.id);
        written["second_try"] = again.as_ref().map_or(Value::Null, conversation_of);
        written
    })
}

fn draft_of(reading: &Result<Proposal, Unusable>) -> Value {
    let proposal = match reading {
        Ok(proposal) => proposal,
        Err(unusable) => return json!({ "unusable": unusable.to_string() }),
    };
    let findings = proposal.findings.iter().map(|it| {
        let weight = match (it.is_note(), it.is_grave()) {
            (true, _) => "note",
            (false, true) => "grave",
            (false, false) => "light",
        };
        json!({ "weight": weight, "message": it.message })
    });
    json!({
        "system_instructions": proposal.prompt.system_instructions,
        "prompt": proposal.prompt.text,
        "unchanged": proposal.unchanged,
        "diagnosis": proposal.diagnosis,
        "rationale": proposal.rationale,
        "findings": findings.collect::<Vec<_>>(),
        "traces": proposal.traces,
    })
}
