//! The row of a run.

use align::model::FinishReason;
use align::record::{PromptId, Run, RunId, RunPurpose, RunState};

use crate::StoreError;
use crate::columns::{Columns, Table};
use crate::sqlite::Row;

pub(crate) static RUNS: Table = Table { name: "runs", key: &["id"] };

pub(super) fn read(row: &Row) -> Result<Run, StoreError> {
    let row = Columns::new(row, &RUNS);
    Ok(Run {
        id: RunId(row.get("id")?),
        prompt_id: PromptId(row.get("prompt_id")?),
        version: row.number("version")?,
        author: row.get("author")?,
        model: row.parsed("model")?,
        purpose: read_purpose(&row)?,
        settings: row.json("settings")?,
        values: row.json("variable_values")?,
        state: read_state(&row)?,
        waiting: None,
        instructions_moved: row.get("instructions_moved")?,
        thoughts: row.get("thoughts")?,
        output: row.get("output")?,
        finish: read_finish(&row)?,
        usage: row.optional_json("usage")?,
        failure: row.optional_json("failure")?,
        started_at: row.get("started_at")?,
        first_token_ms: row.optional_number("first_token_ms")?,
        duration_ms: row.optional_number("duration_ms")?,
    })
}

pub(super) fn purpose_name(purpose: RunPurpose) -> &'static str {
    match purpose {
        RunPurpose::Interactive => "interactive",
    }
}

fn read_purpose(row: &Columns<'_>) -> Result<RunPurpose, StoreError> {
    match row.get("purpose")? {
        "interactive" => Ok(RunPurpose::Interactive),
        _ => Err(row.corrupt("purpose", "not a purpose")),
    }
}

pub(super) fn state_name(state: RunState) -> &'static str {
    match state {
        RunState::Running => "running",
        RunState::Done => "done",
        RunState::Stopped => "stopped",
        RunState::Failed => "failed",
        RunState::Interrupted => "interrupted",
    }
}

pub(super) fn read_state(row: &Columns<'_>) -> Result<RunState, StoreError> {
    match row.get("state")? {
        "running" => Ok(RunState::Running),
        "done" => Ok(RunState::Done),
        "stopped" => Ok(RunState::Stopped),
        "failed" => Ok(RunState::Failed),
        "interrupted" => Ok(RunState::Interrupted),
        _ => Err(row.corrupt("state", "not a state")),
    }
}

pub(super) fn finish_name(finish: FinishReason) -> &'static str {
    match finish {
        FinishReason::Stop => "stop",
        FinishReason::Length => "length",
    }
}

pub(super) fn read_finish(row: &Columns<'_>) -> Result<Option<FinishReason>, StoreError> {
    match row.get("finish")? {
        None => Ok(None),
        Some("stop") => Ok(Some(FinishReason::Stop)),
        Some("length") => Ok(Some(FinishReason::Length)),
        Some(_) => Err(row.corrupt("finish", "not a finish reason")),
    }
}
