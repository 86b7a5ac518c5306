//! The words of runs: what was answered, and the values it was answered to.

use align::Values;
use align::record::RunId;
use sqlx::SqliteConnection;

use super::spaced;
use crate::StoreError;
use crate::columns::Columns;
use crate::runs::RUNS;

/// Runs that are read into memory together: an output can be megabytes.
const BATCH: i64 = 16;

/// Selects the runs in which an FTS5 expression, bound as `$3`, is found.
macro_rules! select_runs_by_words {
    () => {
        "SELECT rowid FROM run_search WHERE run_search MATCH $3"
    };
}
pub(crate) use select_runs_by_words;

/// The beginning of an output, or the part around the word that is bound as `$5`.
macro_rules! excerpt_of_output {
    () => {
        "substr(output, max(1, instr(lower(output), lower($5)) - 60), 280) AS excerpt,
        instr(lower(output), lower($5)) > 61 AS is_from_the_middle"
    };
}
pub(crate) use excerpt_of_output;

pub(crate) const SELECT_TO_INDEX: &str = "
    SELECT id, output, variable_values FROM runs WHERE indexed = 0 AND state <> 'running'
    ORDER BY id LIMIT ?1";

/// Puts the words of all runs that have ended since into the index.
pub(crate) async fn index_ended_runs(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    while index_some(connection).await? == BATCH {}
    Ok(())
}

/// Indexes one batch; answers how many runs that were.
async fn index_some(connection: &mut SqliteConnection) -> Result<i64, StoreError> {
    let rows = sqlx::query(SELECT_TO_INDEX).bind(BATCH).fetch_all(&mut *connection).await?;
    let mut count = 0;
    for row in &rows {
        let row = Columns::new(row, &RUNS);
        let id: i64 = row.get("id")?;
        // Values that cannot be read do not keep a store from opening: whoever reads their run is told.
        let values: Values = row.json("variable_values").unwrap_or_default();
        index_run(connection, RunId(id), row.get("output")?, &values).await?;
        sqlx::query("UPDATE runs SET indexed = 1 WHERE id = ?1")
            .bind(id)
            .execute(&mut *connection)
            .await?;
        count += 1;
    }
    Ok(count)
}

/// Indexes the words of one run.
pub(crate) async fn index_run(
    connection: &mut SqliteConnection,
    id: RunId,
    output: &str,
    values: &Values,
) -> Result<(), StoreError> {
    let inputs: Vec<_> = values.values().map(String::as_str).collect();
    sqlx::query("INSERT OR REPLACE INTO run_search (rowid, output, inputs) VALUES (?1, ?2, ?3)")
        .bind(id.0)
        .bind(spaced(output))
        .bind(spaced(&inputs.join("\n")))
        .execute(connection)
        .await?;
    Ok(())
}
