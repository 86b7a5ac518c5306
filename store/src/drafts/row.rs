//! The row of a draft.

use align::record::{Draft, DraftId, DraftState, PromptId, RunId};

use crate::StoreError;
use crate::columns::{Columns, Table};
use crate::sqlite::Row;

static DRAFTS: Table = Table { name: "drafts", key: &["id"] };

pub(super) fn read(row: &Row) -> Result<Draft, StoreError> {
    let row = Columns::new(row, &DRAFTS);
    Ok(Draft {
        id: DraftId(row.get("id")?),
        prompt_id: PromptId(row.get("prompt_id")?),
        number: row.number("number")?,
        base: row.number("base")?,
        rewrites: row.optional_number("rewrites")?.map_or_else(|| row.number("base"), Ok)?,
        batch: row.get::<Option<i64>>("batch")?.map(DraftId),
        run_id: row.get::<Option<i64>>("run_id")?.map(RunId),
        author: row.get("author")?,
        model: row.parsed("model")?,
        feedback: row.json("feedback")?,
        guidelines: row.json("guidelines")?,
        state: read_state(&row)?,
        waiting: None,
        reply: row.get("reply")?,
        tries: row.number("tries")?,
        proposal: row.optional_json("proposal")?,
        edited: row.optional_json("edited")?,
        left_out: row.json("left_out")?,
        failure: row.optional_json("failure")?,
        usage: row.optional_json("usage")?,
        started_at: row.get("started_at")?,
        duration_ms: row.optional_number("duration_ms")?,
    })
}

pub(super) fn state_name(state: DraftState) -> &'static str {
    match state {
        DraftState::Drafting => "drafting",
        DraftState::Ready => "ready",
        DraftState::Accepted { .. } => "accepted",
        DraftState::Rejected => "rejected",
        DraftState::Stopped => "stopped",
        DraftState::Failed => "failed",
        DraftState::Interrupted => "interrupted",
    }
}

fn read_state(row: &Columns<'_>) -> Result<DraftState, StoreError> {
    match row.get("state")? {
        "drafting" => Ok(DraftState::Drafting),
        "ready" => Ok(DraftState::Ready),
        "accepted" => Ok(DraftState::Accepted { version: row.number("accepted_version")? }),
        "rejected" => Ok(DraftState::Rejected),
        "stopped" => Ok(DraftState::Stopped),
        "failed" => Ok(DraftState::Failed),
        "interrupted" => Ok(DraftState::Interrupted),
        _ => Err(row.corrupt("state", "not a state")),
    }
}
