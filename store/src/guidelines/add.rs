//! Adding guidelines, one or a whole list.

use align::record::{
    ChangeKind, ConsultationId, Guideline, GuidelineId, GuidelineSetId, GuidelineState, PromptId,
    Timestamp,
};

use super::ledger::{self, Entry};
use super::positions::put;
use super::{GuidelineList, list};
use crate::sqlite::Connection;
use crate::{Store, StoreError, prompts};

/// Where a guideline comes from that is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source<'a> {
    Handwritten,
    Consultation(ConsultationId),
    Set(GuidelineSetId, &'a str),
}

impl Store {
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
    connection: &mut Connection,
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
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
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

/// Copies the list of a prompt to another, with where each came from.
pub(crate) async fn copy(
    connection: &mut Connection,
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
                    WHERE id = $2)
            WHERE id = $1",
        )
        .bind(id.0)
        .bind(guideline.id.0)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
