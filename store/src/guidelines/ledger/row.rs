//! The row of an entry of the ledger.

use align::record::{ChangeKind, ConsultationId, GuidelineChange, GuidelineChangeId, GuidelineId};

use crate::StoreError;
use crate::columns::{Columns, Table};
use crate::sqlite::Row;

static CHANGES: Table = Table { name: "guideline_changes", key: &["id"] };

const KINDS: [(&str, ChangeKind); 7] = [
    ("proposed", ChangeKind::Proposed),
    ("added", ChangeKind::Added),
    ("edited", ChangeKind::Edited),
    ("switched", ChangeKind::Switched),
    ("moved", ChangeKind::Moved),
    ("removed", ChangeKind::Removed),
    ("undone", ChangeKind::Undone),
];

pub(super) fn read(row: &Row) -> Result<GuidelineChange, StoreError> {
    let row = Columns::new(row, &CHANGES);
    Ok(GuidelineChange {
        id: GuidelineChangeId(row.get("id")?),
        guideline_id: GuidelineId(row.get("guideline_id")?),
        author: row.get("author")?,
        at: row.get("at")?,
        kind: read_kind(&row)?,
        before: row.optional_json("before")?,
        after: row.optional_json("after")?,
        consultation_id: row.get::<Option<i64>>("consultation_id")?.map(ConsultationId),
        undoes: row.get::<Option<i64>>("undoes")?.map(GuidelineChangeId),
        undone: row.get("undone")?,
    })
}

pub(super) fn kind_name(kind: ChangeKind) -> &'static str {
    KINDS.iter().find(|(_, known)| *known == kind).map_or("", |(name, _)| name)
}

fn read_kind(row: &Columns<'_>) -> Result<ChangeKind, StoreError> {
    let name: &str = row.get("kind")?;
    let known = KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    known.ok_or_else(|| row.corrupt("kind", "not a kind"))
}
