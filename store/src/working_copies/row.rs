//! The row of a working copy.

use align::record::WorkingCopy;

use crate::StoreError;
use crate::columns::{Columns, Table};
use crate::sqlite::Row;

pub(super) static WORKING_COPIES: Table = Table { name: "working_copies", key: &["prompt_id"] };

pub(super) fn read(row: &Row) -> Result<WorkingCopy, StoreError> {
    let row = Columns::new(row, &WORKING_COPIES);
    Ok(WorkingCopy {
        prompt: row.json("prompt")?,
        base: row.optional_number("base")?,
        values: row.json("variable_values")?,
        feedback: row.get("feedback")?,
        comment: row.optional_json("comment")?,
        correction: row.optional_json("correction")?,
        guideline: row.get("guideline")?,
        rewordings: row.json("rewordings")?,
        revision: read_revision(&row)?,
        updated_at: row.get("updated_at")?,
    })
}

pub(super) fn read_revision(row: &Columns<'_>) -> Result<u64, StoreError> {
    row.number("revision")
}
