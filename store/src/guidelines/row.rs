//! The row of a guideline.

use align::record::{
    ConsultationId, Evidence, Guideline, GuidelineId, GuidelineOrigin, PromptId, Question, RunId,
    VersionNumber,
};

use crate::StoreError;
use crate::columns::{Columns, Table};
use crate::sqlite::Row;

pub(super) static GUIDELINES: Table = Table { name: "guidelines", key: &["id"] };

/// Reads a row with the run and the question of its consultation and the versions that follow it.
pub(super) fn read(row: &Row) -> Result<Guideline, StoreError> {
    let row = Columns::new(row, &GUIDELINES);
    Ok(Guideline {
        id: GuidelineId(row.get("id")?),
        prompt_id: PromptId(row.get("prompt_id")?),
        text: row.get("text")?,
        is_on: row.get("is_on")?,
        origin: read_origin(&row)?,
        author: row.get("author")?,
        created_at: row.get("created_at")?,
        followed_by: read_versions(&row)?,
    })
}

fn read_versions(row: &Columns<'_>) -> Result<Vec<VersionNumber>, StoreError> {
    let versions = row.lines("followed_by")?.into_iter().map(str::parse);
    versions.collect::<Result<_, _>>().map_err(|_| row.corrupt("followed_by", "not numbers"))
}

fn read_origin(row: &Columns<'_>) -> Result<GuidelineOrigin, StoreError> {
    let consultation: Option<i64> = row.get("consultation_id")?;
    let set: Option<String> = row.get("set_name")?;
    match (consultation, set) {
        (Some(id), _) => read_distilled(row, ConsultationId(id)),
        (None, Some(name)) => Ok(GuidelineOrigin::Set { name }),
        (None, None) => Ok(GuidelineOrigin::Handwritten),
    }
}

fn read_distilled(
    row: &Columns<'_>,
    consultation_id: ConsultationId,
) -> Result<GuidelineOrigin, StoreError> {
    match row.json("question")? {
        Question::Distil { evidence } => Ok(GuidelineOrigin::Distilled {
            consultation_id,
            run_id: RunId(row.get("run_id")?),
            evidence: evidence.kind(),
            said: beginning(&evidence),
        }),
        Question::Suggest { .. } => Err(row.corrupt("consultation_id", "no distillation")),
    }
}

fn beginning(evidence: &Evidence) -> String {
    evidence.said().chars().take(GuidelineOrigin::SAID_CHARS).collect()
}
