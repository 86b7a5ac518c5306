//! The row of a version.

use align::Prompt;
use align::record::{DraftId, Origin, PromptId, Version, VersionSummary};

use crate::StoreError;
use crate::columns::{Columns, Table};
use crate::sqlite::Row;

pub(super) static VERSIONS: Table = Table { name: "versions", key: &["prompt_id", "number"] };

pub(super) fn read(row: &Row) -> Result<Version, StoreError> {
    let row = Columns::new(row, &VERSIONS);
    let prompt = Prompt {
        system_instructions: row.get("system_instructions")?,
        text: row.get("text")?,
        plain_names: row.json("plain_names")?,
    };
    Ok(Version { summary: read_summary(&row)?, prompt })
}

pub(super) fn read_summary(row: &Columns<'_>) -> Result<VersionSummary, StoreError> {
    Ok(VersionSummary {
        prompt_id: PromptId(row.get("prompt_id")?),
        number: row.number("number")?,
        parent: row.optional_number("parent")?,
        author: row.get("author")?,
        origin: read_origin(row)?,
        note: row.get("note")?,
        created_at: row.get("created_at")?,
        model_choice: row.optional_json("model_choice")?,
    })
}

fn read_origin(row: &Columns<'_>) -> Result<Origin, StoreError> {
    match row.get("origin")? {
        "typed" => Ok(Origin::Typed),
        "draft_accepted" => Ok(Origin::DraftAccepted { draft: DraftId(row.get("draft_id")?) }),
        "restored" => Ok(Origin::Restored { from: row.number("restored_from")? }),
        _ => Err(row.corrupt("origin", "not an origin")),
    }
}
