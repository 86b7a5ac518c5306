//! Consultations: what the alignment model was asked about a run, and what came of it.

mod decide;
mod finish;
mod row;
mod start;

use align::record::{
    Answer, ChangeKind, Consultation, ConsultationId, ConsultationState, GuidelineId, PromptId,
    Timestamp,
};

pub use self::finish::{ConsultationEnd, Outcome};
use self::row::{read, state_name};
#[cfg(test)]
pub(crate) use self::start::SELECT_SUGGESTED;
pub use self::start::{NewConsultation, StartedConsultation};
use crate::guidelines::{self, GuidelineList};
use crate::sqlite::{Connection, Executor};
use crate::{Noun, Store, StoreError};

const SELECT: &str = "SELECT * FROM consultations WHERE id = $1";

pub(crate) const SELECT_OPEN: &str = "
    SELECT * FROM consultations WHERE prompt_id = $1 AND state NOT IN ('accepted', 'dismissed')
    ORDER BY id DESC LIMIT $2";

/// A consultation after a step, and the guidelines where it changed them.
#[derive(Clone, Debug, PartialEq)]
pub struct Consulted {
    /// The consultation.
    pub consultation: Consultation,
    /// The guidelines, if they changed.
    pub list: Option<GuidelineList>,
}

impl Store {
    /// Reads one consultation.
    pub async fn consultation(
        &self,
        id: ConsultationId,
    ) -> Result<Option<Consultation>, StoreError> {
        find(self.readers(), id).await
    }

    /// The newest consultations that go on or wait for a person, oldest first.
    pub async fn open_consultations(
        &self,
        id: PromptId,
        limit: u32,
    ) -> Result<Vec<Consultation>, StoreError> {
        let rows = sqlx::query(SELECT_OPEN)
            .bind(id.0)
            .bind(i64::from(limit))
            .fetch_all(self.readers())
            .await?;
        rows.iter().rev().map(read).collect()
    }
}

/// The consultation, which must exist.
pub(crate) async fn get(
    executor: impl Executor<'_>,
    id: ConsultationId,
) -> Result<Consultation, StoreError> {
    find(executor, id).await?.ok_or(StoreError::NotFound { noun: Noun::Consultation(id) })
}

/// Notes a decision.
pub(crate) async fn decide(
    connection: &mut Connection,
    id: ConsultationId,
    state: ConsultationState,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE consultations SET state = $2, decided_at = $3 WHERE id = $1")
        .bind(id.0)
        .bind(state_name(state))
        .bind(now)
        .execute(connection)
        .await?;
    Ok(())
}

pub(crate) fn not_editable(id: ConsultationId) -> StoreError {
    StoreError::NotEditable { noun: Noun::Consultation(id) }
}

async fn find(
    executor: impl Executor<'_>,
    id: ConsultationId,
) -> Result<Option<Consultation>, StoreError> {
    let row = sqlx::query(SELECT).bind(id.0).fetch_optional(executor).await?;
    row.as_ref().map(read).transpose()
}

async fn consulted(
    connection: &mut Connection,
    id: ConsultationId,
    is_changed: bool,
) -> Result<Consulted, StoreError> {
    let consultation = get(&mut *connection, id).await?;
    let prompt_id = consultation.prompt_id;
    let list = if is_changed {
        let guidelines = guidelines::list(connection, prompt_id).await?;
        Some(GuidelineList { prompt_id, guidelines })
    } else {
        None
    };
    Ok(Consulted { consultation, list })
}

/// The kind of change, the guideline, what it says and what it is to say.
fn proposed(answer: &Answer) -> Option<(ChangeKind, GuidelineId, &str, Option<&str>)> {
    match answer {
        Answer::Edit { guideline_id, before, after, .. } => {
            Some((ChangeKind::Edited, *guideline_id, before, Some(after)))
        }
        Answer::Remove { guideline_id, before, .. } => {
            Some((ChangeKind::Removed, *guideline_id, before, None))
        }
        _ => None,
    }
}
