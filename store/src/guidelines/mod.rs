//! Guidelines: the list of a prompt, in its order. Every change makes an entry of the ledger.

use align::record::{
    ChangeKind, ConsultationId, Guideline, GuidelineId, GuidelineSetId, GuidelineState, PromptId,
    Timestamp, VersionNumber,
};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::guideline_row::read;
use crate::ledger::{self, Entry};
use crate::places::{find, put};
use crate::{Store, StoreError, prompts};

pub(crate) const SELECT_LISTED: &str = "
    SELECT guidelines.*, consultations.run_id, consultations.question,
        (SELECT json_group_array(version ORDER BY version) FROM guideline_versions
            WHERE guideline_id = guidelines.id AND prompt_id = guidelines.prompt_id) AS followed_by
    FROM guidelines LEFT JOIN consultations ON consultations.id = guidelines.consultation_id
    WHERE guidelines.prompt_id = ?1 AND position IS NOT NULL ORDER BY position";

/// The guidelines of a prompt after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuidelineList {
    /// The prompt.
    pub prompt_id: PromptId,
    /// All of them, in their order.
    pub guidelines: Vec<Guideline>,
}

/// A change that a person makes to a guideline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuidelineEdit {
    /// Let it say something else.
    Text {
        /// What it says, as far as the author of the edit knows.
        before: String,
        /// What it is to say.
        after: String,
    },
    /// Switch it on or off.
    Switch(bool),
    /// Put it at this place from 0; beyond the end is the end.
    Move(u32),
    /// Remove it.
    Remove,
}

/// Where a guideline comes from that is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source<'a> {
    Handwritten,
    Consultation(ConsultationId),
    Set(GuidelineSetId, &'a str),
}

impl Store {
    /// The guidelines of a prompt, in their order.
    pub async fn guidelines(&self, id: PromptId) -> Result<Vec<Guideline>, StoreError> {
        list(self.readers(), id).await
    }

    /// Adds a guideline that a person wrote at the end of the list, switched on.
    pub async fn add_guideline(
        &self,
        id: PromptId,
        text: &str,
        author: &str,
        now: Timestamp,
    ) -> Result<GuidelineList, StoreError> {
        let mut write = self.write().await?;
        prompts::newest(&mut *write, id).await?;
        let new = Addition { prompt_id: id, text, is_on: true, source: Source::Handwritten };
        add(&mut write, new, author, now).await?;
        let guidelines = list(&mut *write, id).await?;
        write.commit().await?;
        Ok(GuidelineList { prompt_id: id, guidelines })
    }

    /// Changes a guideline. What changes nothing makes no entry; removing one that is gone is no
    /// failure, changing it otherwise is [`StoreError::GuidelineGone`]. A text
    /// that is not the one the edit began with is [`StoreError::Reworded`].
    pub async fn change_guideline(
        &self,
        id: GuidelineId,
        edit: GuidelineEdit,
        author: &str,
        now: Timestamp,
    ) -> Result<GuidelineList, StoreError> {
        let mut write = self.write().await?;
        let (prompt_id, before) = find(&mut *write, id).await?;
        prompts::newest(&mut *write, prompt_id).await?;
        let Some((kind, after)) = edited(before.as_ref(), edit)? else {
            return Ok(GuidelineList {
                prompt_id,
                guidelines: list(&mut *write, prompt_id).await?,
            });
        };
        let after = put(&mut write, prompt_id, id, after).await?;
        if after != before {
            let entry = Entry { before, after, ..Entry::new(prompt_id, id, author, now, kind) };
            ledger::write(&mut write, &entry).await?;
        }
        let guidelines = list(&mut *write, prompt_id).await?;
        write.commit().await?;
        Ok(GuidelineList { prompt_id, guidelines })
    }
}

/// What an edit makes of a guideline; `None` if it is gone and was to be.
fn edited(
    before: Option<&GuidelineState>,
    edit: GuidelineEdit,
) -> Result<Option<(ChangeKind, Option<GuidelineState>)>, StoreError> {
    let Some(before) = before.cloned() else {
        let is_done = edit == GuidelineEdit::Remove;
        return if is_done { Ok(None) } else { Err(StoreError::GuidelineGone) };
    };
    Ok(Some(match edit {
        GuidelineEdit::Text { before: known, after } => {
            // Equal words were saved before, by another page or by this one.
            if before.text != known && before.text != after {
                return Err(StoreError::Reworded);
            }
            (ChangeKind::Edited, Some(GuidelineState { text: after, ..before }))
        }
        GuidelineEdit::Switch(is_on) => {
            (ChangeKind::Switched, Some(GuidelineState { is_on, ..before }))
        }
        GuidelineEdit::Move(position) => {
            (ChangeKind::Moved, Some(GuidelineState { position, ..before }))
        }
        GuidelineEdit::Remove => (ChangeKind::Removed, None),
    }))
}

/// A guideline to add at the end of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Addition<'a> {
    pub(crate) prompt_id: PromptId,
    pub(crate) text: &'a str,
    pub(crate) is_on: bool,
    pub(crate) source: Source<'a>,
}

/// Adds a guideline and its entry.
pub(crate) async fn add(
    connection: &mut SqliteConnection,
    new: Addition<'_>,
    author: &str,
    now: Timestamp,
) -> Result<GuidelineId, StoreError> {
    let (consultation_id, set) = match new.source {
        Source::Handwritten => (None, None),
        Source::Consultation(id) => (Some(id), None),
        Source::Set(id, name) => (None, Some((id, name))),
    };
    let id = sqlx::query_scalar(
        "INSERT INTO guidelines (prompt_id, is_on, author, created_at, consultation_id, set_id,
            set_name, text)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id",
    )
    .bind(new.prompt_id.0)
    .bind(new.is_on)
    .bind(author)
    .bind(now)
    .bind(consultation_id.map(|id| id.0))
    .bind(set.map(|(id, _)| id.0))
    .bind(set.map(|(_, name)| name))
    .bind(new.text)
    .fetch_one(&mut *connection)
    .await?;
    let (id, end) = (GuidelineId(id), u32::MAX);
    let state = GuidelineState { text: new.text.to_owned(), is_on: new.is_on, position: end };
    let after = put(connection, new.prompt_id, id, Some(state)).await?;
    let entry = Entry::new(new.prompt_id, id, author, now, ChangeKind::Added);
    ledger::write(connection, &Entry { after, consultation_id, ..entry }).await?;
    Ok(id)
}

/// The guidelines of a prompt, in their order.
pub(crate) async fn list(
    executor: impl SqliteExecutor<'_>,
    id: PromptId,
) -> Result<Vec<Guideline>, StoreError> {
    let rows = sqlx::query(SELECT_LISTED).bind(id.0).fetch_all(executor).await?;
    rows.iter().map(read).collect()
}

/// Notes that a version follows these guidelines.
pub(crate) async fn follow(
    connection: &mut SqliteConnection,
    prompt_id: PromptId,
    version: VersionNumber,
    guidelines: &[GuidelineId],
) -> Result<(), StoreError> {
    for id in guidelines {
        sqlx::query(
            "INSERT INTO guideline_versions (guideline_id, prompt_id, version)
            SELECT id, ?2, ?3 FROM guidelines WHERE id = ?1",
        )
        .bind(id.0)
        .bind(prompt_id.0)
        .bind(version)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Copies the list of a prompt to another, with where each came from.
pub(crate) async fn copy(
    connection: &mut SqliteConnection,
    from: PromptId,
    to: PromptId,
    author: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    for guideline in list(&mut *connection, from).await? {
        let Guideline { text, is_on, .. } = &guideline;
        let new = Addition { prompt_id: to, text, is_on: *is_on, source: Source::Handwritten };
        let id = add(connection, new, author, now).await?;
        sqlx::query(
            "UPDATE guidelines SET (author, created_at, consultation_id, set_id, set_name) =
                (SELECT author, created_at, consultation_id, set_id, set_name FROM guidelines
                    WHERE id = ?2)
            WHERE id = ?1",
        )
        .bind(id.0)
        .bind(guideline.id.0)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
