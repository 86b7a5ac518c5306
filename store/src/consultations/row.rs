//! The row of a consultation.

use align::guidelines::Tone;
use align::record::{Consultation, ConsultationId, ConsultationState, PromptId, Question, RunId};

use crate::StoreError;
use crate::columns::{Columns, Table};
use crate::sqlite::Row;

static CONSULTATIONS: Table = Table { name: "consultations", key: &["id"] };

const STATES: [(&str, ConsultationState); 7] = [
    ("working", ConsultationState::Working),
    ("ready", ConsultationState::Ready),
    ("accepted", ConsultationState::Accepted),
    ("dismissed", ConsultationState::Dismissed),
    ("stopped", ConsultationState::Stopped),
    ("failed", ConsultationState::Failed),
    ("interrupted", ConsultationState::Interrupted),
];

pub(super) fn read(row: &Row) -> Result<Consultation, StoreError> {
    let row = Columns::new(row, &CONSULTATIONS);
    Ok(Consultation {
        id: ConsultationId(row.get("id")?),
        prompt_id: PromptId(row.get("prompt_id")?),
        run_id: RunId(row.get("run_id")?),
        author: row.get("author")?,
        model: row.parsed("model")?,
        question: row.json("question")?,
        state: read_state(&row)?,
        answer: row.optional_json("answer")?,
        waiting: None,
        tries: row.number("tries")?,
        usage: row.optional_json("usage")?,
        failure: row.optional_json("failure")?,
        started_at: row.get("started_at")?,
        duration_ms: row.optional_number("duration_ms")?,
    })
}

pub(super) fn state_name(state: ConsultationState) -> &'static str {
    STATES.iter().find(|(_, known)| *known == state).map_or("", |(name, _)| name)
}

/// What is asked, as far as queries need it.
pub(super) fn kind_name(question: &Question) -> &'static str {
    match question {
        Question::Distil { .. } => "distil",
        Question::Suggest { tone: Tone::Critiques } => "suggest_critiques",
        Question::Suggest { tone: Tone::Kudos } => "suggest_kudos",
    }
}

fn read_state(row: &Columns<'_>) -> Result<ConsultationState, StoreError> {
    let name: &str = row.get("state")?;
    let known = STATES.iter().find(|(known, _)| *known == name).map(|(_, state)| *state);
    known.ok_or_else(|| row.corrupt("state", "not a state"))
}
