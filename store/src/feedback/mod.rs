//! Feedback kept beside a run until an accepted draft takes it up.

use crate::columns::{Columns, Table};
use crate::error::missing;
use crate::json::Json;
use crate::sqlite::{Connection, Executor, Row};
use crate::{Noun, Store, StoreError};
use align::Feedback;
use align::record::{Draft, FeedbackId, PlacedFeedback, RunId, Timestamp};

static FEEDBACK: Table = Table { name: "feedback", key: &["id"] };

pub(crate) const SELECT_OPEN: &str =
    "SELECT * FROM feedback WHERE run_id = $1 AND taken_up_by IS NULL ORDER BY id";

const SELECT_ANSWERED: &str = "
    SELECT feedback.* FROM draft_feedback
    JOIN feedback ON feedback.id = draft_feedback.feedback_id
    WHERE draft_feedback.draft_id = $1 AND taken_up_by IS NULL ORDER BY feedback.id";

impl Store {
    /// Keeps a piece of feedback on a run.
    pub async fn add_feedback(
        &self,
        run_id: RunId,
        author: &str,
        feedback: &Feedback,
        now: Timestamp,
    ) -> Result<PlacedFeedback, StoreError> {
        let mut write = self.write().await?;
        let id = sqlx::query_scalar(
            "INSERT INTO feedback (run_id, author, created_at, span, text)
            VALUES ($1, $2, $3, $4, $5) RETURNING id",
        )
        .bind(run_id.0)
        .bind(author)
        .bind(now)
        .bind(feedback.span.as_ref().map(Json))
        .bind(&feedback.text)
        .fetch_one(&mut *write)
        .await
        .map_err(|error| missing(error, Noun::Run(run_id)))?;
        write.commit().await?;
        Ok(PlacedFeedback {
            id: FeedbackId(id),
            run_id,
            author: author.to_owned(),
            created_at: now,
            feedback: feedback.clone(),
        })
    }

    /// Changes the words of an open piece from `before`; [`StoreError::NotEditable`] once it was taken
    /// up, and [`StoreError::Reworded`] if it says something else by now.
    pub async fn change_feedback(
        &self,
        id: FeedbackId,
        before: &str,
        text: &str,
    ) -> Result<PlacedFeedback, StoreError> {
        let mut write = self.write().await?;
        let row = sqlx::query(
            "UPDATE feedback SET text = $3
            WHERE id = $1 AND taken_up_by IS NULL AND text IN ($2, $3) RETURNING *",
        )
        .bind(id.0)
        .bind(before)
        .bind(text)
        .fetch_optional(&mut *write)
        .await?;
        let Some(row) = row else { return Err(why_unchanged(&mut *write, id).await?) };
        let piece = read(&row)?;
        write.commit().await?;
        Ok(piece)
    }

    /// Removes an open piece and names its run; `None` if it was removed or taken up before.
    pub async fn remove_feedback(&self, id: FeedbackId) -> Result<Option<RunId>, StoreError> {
        let mut write = self.write().await?;
        let run = sqlx::query_scalar(
            "DELETE FROM feedback WHERE id = $1 AND taken_up_by IS NULL RETURNING run_id",
        );
        let run = run.bind(id.0).fetch_optional(&mut *write).await?;
        write.commit().await?;
        Ok(run.map(RunId))
    }

    /// The open pieces on a run, oldest first.
    pub async fn open_feedback(&self, run: RunId) -> Result<Vec<PlacedFeedback>, StoreError> {
        let rows = sqlx::query(SELECT_OPEN).bind(run.0).fetch_all(self.readers()).await?;
        rows.iter().map(read).collect()
    }
}

/// Marks the open pieces that a draft answers as taken up by it, and names them. One that says something
/// else by now stays open: the draft does not know those words.
pub(crate) async fn take_up(
    connection: &mut Connection,
    draft: &Draft,
) -> Result<Vec<FeedbackId>, StoreError> {
    let rows = sqlx::query(SELECT_ANSWERED).bind(draft.id.0).fetch_all(&mut *connection).await?;
    let mut taken_up = Vec::new();
    for piece in rows.iter().map(read) {
        let piece = piece?;
        if !draft.feedback.contains(&piece.feedback) {
            continue;
        }
        let update = sqlx::query("UPDATE feedback SET taken_up_by = $2 WHERE id = $1");
        update.bind(piece.id.0).bind(draft.id.0).execute(&mut *connection).await?;
        taken_up.push(piece.id);
    }
    Ok(taken_up)
}

async fn why_unchanged(
    executor: impl Executor<'_>,
    id: FeedbackId,
) -> Result<StoreError, StoreError> {
    let open: Option<bool> =
        sqlx::query_scalar("SELECT taken_up_by IS NULL FROM feedback WHERE id = $1")
            .bind(id.0)
            .fetch_optional(executor)
            .await?;
    let noun = Noun::Feedback(id);
    Ok(match open {
        Some(true) => StoreError::Reworded,
        Some(false) => StoreError::NotEditable { noun },
        None => StoreError::NotFound { noun },
    })
}

fn read(row: &Row) -> Result<PlacedFeedback, StoreError> {
    let row = Columns::new(row, &FEEDBACK);
    Ok(PlacedFeedback {
        id: FeedbackId(row.get("id")?),
        run_id: RunId(row.get("run_id")?),
        author: row.get("author")?,
        created_at: row.get("created_at")?,
        feedback: Feedback { text: row.get("text")?, span: row.optional_json("span")? },
    })
}
