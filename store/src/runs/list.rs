//! The history of a prompt's runs, page by page.

use align::record::{PromptId, RunHistory, RunId, RunQuery, RunSummary};

use super::row::{RUNS, read_finish, read_state};
use crate::columns::Columns;
use crate::pattern::containing;
use crate::sqlite::Row;
use crate::sqlite::search::{Search, excerpt_of_output, select_runs_by_words};
use crate::{Store, StoreError};

/// `$1` prompt, `$2` the run before whose start the page begins, `$3` words, `$4` a pattern of signs,
/// `$5` the word that the excerpt is around, `$6` a version; `$3`, `$4` and `$6` null for any. Values
/// that are too long for a list are left out.
pub(crate) const SELECT_PAGE: &str = concat!(
    "SELECT id, prompt_id, version, author, model, settings, state, finish, usage, started_at,
        duration_ms,
        CASE WHEN length(variable_values) <= 20000 THEN variable_values END AS variable_values,
        (SELECT count(*) FROM feedback WHERE run_id = runs.id) AS feedback_count,
        (SELECT substr(text, 1, 200) FROM feedback WHERE run_id = runs.id
            ORDER BY feedback.id DESC LIMIT 1) AS newest_feedback, ",
    excerpt_of_output!(),
    " FROM runs WHERE prompt_id = $1 AND purpose = 'interactive' AND id < $2
        AND ($6 IS NULL OR version = $6)
        AND ($3 IS NULL OR id IN (",
    select_runs_by_words!(),
    "))
        AND ($4 IS NULL OR output LIKE $4 ESCAPE '!')
    ORDER BY id DESC LIMIT $7"
);

impl Store {
    /// Lists interactive runs of a prompt, newest first. Words are looked for in outputs and values of
    /// runs that have ended; signs like `{}` or an emoji alone are looked for in outputs.
    pub async fn run_history(
        &self,
        id: PromptId,
        query: &RunQuery,
    ) -> Result<RunHistory, StoreError> {
        let (words, signs) = match Search::parse(&query.search) {
            Search::All => (None, None),
            Search::Words(words) => (Some(words), None),
            Search::Signs(signs) => (None, Some(containing(&signs))),
        };
        let around = query.search.split_whitespace().next().unwrap_or_default();
        let rows = sqlx::query(SELECT_PAGE)
            .bind(id.0)
            .bind(query.before.map_or(i64::MAX, |run| run.0))
            .bind(words)
            .bind(signs)
            .bind(around)
            .bind(query.version.map(i64::from))
            .bind(i64::from(RunHistory::PAGE_SIZE) + 1)
            .fetch_all(self.readers())
            .await?;
        let mut runs = rows.iter().map(read_summary).collect::<Result<Vec<_>, _>>()?;
        let has_more = runs.len() > RunHistory::PAGE_SIZE as usize;
        runs.truncate(RunHistory::PAGE_SIZE as usize);
        Ok(RunHistory { runs, has_more })
    }
}

fn read_summary(row: &Row) -> Result<RunSummary, StoreError> {
    let row = Columns::new(row, &RUNS);
    Ok(RunSummary {
        id: RunId(row.get("id")?),
        prompt_id: PromptId(row.get("prompt_id")?),
        version: row.number("version")?,
        author: row.get("author")?,
        model: row.parsed("model")?,
        settings: row.json("settings")?,
        values: row.optional_json("variable_values")?,
        state: read_state(&row)?,
        excerpt: row.get("excerpt")?,
        is_from_the_middle: row.get("is_from_the_middle")?,
        finish: read_finish(&row)?,
        usage: row.optional_json("usage")?,
        started_at: row.get("started_at")?,
        duration_ms: row.optional_number("duration_ms")?,
        feedback_count: row.number("feedback_count")?,
        newest_feedback: row.get("newest_feedback")?,
    })
}
