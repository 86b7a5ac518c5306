//! Consultations: started, finished, put away.

use align::model::ModelRef;
use align::record::{
    Consultation, ConsultationId, ConsultationState, PromptId, Question, RunId, Timestamp,
};
use sqlx::types::Json;
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::consultation_row::{kind_name, read, state_name};
use crate::error::missing;
use crate::{Store, StoreError, prompts};

const SELECT: &str = "SELECT * FROM consultations WHERE id = ?1";

pub(crate) const SELECT_OPEN: &str = "
    SELECT * FROM consultations WHERE prompt_id = ?1 AND state NOT IN ('accepted', 'dismissed')
    ORDER BY id DESC LIMIT ?2";

pub(crate) const SELECT_SUGGESTED: &str = "
    SELECT id FROM consultations WHERE prompt_id = ?1 AND state NOT IN ('accepted', 'dismissed')
        AND state = 'ready' AND kind = ?2
    ORDER BY id";

/// A question to the alignment model.
#[derive(Clone, Debug)]
pub struct NewConsultation {
    /// The prompt.
    pub prompt_id: PromptId,
    /// The run it is about.
    pub run_id: RunId,
    /// Who asks.
    pub author: String,
    /// The alignment model.
    pub model: ModelRef,
    /// What is asked.
    pub question: Question,
    /// The consultation without an answer that is asked again, and put away.
    pub again: Option<ConsultationId>,
    /// The time.
    pub now: Timestamp,
}

/// A consultation that started.
#[derive(Clone, Debug, PartialEq)]
pub struct StartedConsultation {
    /// It.
    pub consultation: Consultation,
    /// Those that it takes the place of.
    pub dismissed: Vec<Consultation>,
}

impl Store {
    /// Keeps a consultation that starts. Suggestions that wait are put away by new ones of their tone.
    /// [`StoreError::NotEditable`] if one is to be asked again that goes on or has an answer.
    pub async fn insert_consultation(
        &self,
        new: NewConsultation,
    ) -> Result<StartedConsultation, StoreError> {
        let mut write = self.write().await?;
        prompts::newest(&mut *write, new.prompt_id).await?;
        let mut dismissed = Vec::new();
        if let Question::Suggest { .. } = new.question {
            dismissed = dismiss_suggested(&mut write, &new).await?;
        }
        if let Some(again) = new.again {
            dismissed.push(dismiss_unanswered(&mut write, again, new.now).await?);
        }
        let id = insert(&mut write, &new).await?;
        let consultation = get(&mut *write, id).await?;
        write.commit().await?;
        Ok(StartedConsultation { consultation, dismissed })
    }

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
        let rows =
            sqlx::query(SELECT_OPEN).bind(id.0).bind(limit).fetch_all(self.readers()).await?;
        rows.iter().rev().map(read).collect()
    }

    /// Puts a consultation away that has ended. Doing it again changes nothing; one that was accepted is
    /// [`StoreError::ConsultationDecided`], one that goes on [`StoreError::NotEditable`].
    pub async fn dismiss_consultation(
        &self,
        id: ConsultationId,
        now: Timestamp,
    ) -> Result<Consultation, StoreError> {
        let mut write = self.write().await?;
        let consultation = get(&mut *write, id).await?;
        match consultation.state {
            ConsultationState::Dismissed => return Ok(consultation),
            ConsultationState::Working => return Err(not_editable(id)),
            state @ ConsultationState::Accepted => {
                return Err(StoreError::ConsultationDecided { state });
            }
            _ => {}
        }
        decide(&mut write, id, ConsultationState::Dismissed, now).await?;
        let consultation = get(&mut *write, id).await?;
        write.commit().await?;
        Ok(consultation)
    }
}

/// The consultation, which must exist.
pub(crate) async fn get(
    executor: impl SqliteExecutor<'_>,
    id: ConsultationId,
) -> Result<Consultation, StoreError> {
    find(executor, id).await?.ok_or_else(|| StoreError::not_found(named(id)))
}

/// Notes a decision.
pub(crate) async fn decide(
    connection: &mut SqliteConnection,
    id: ConsultationId,
    state: ConsultationState,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE consultations SET state = ?2, decided_at = ?3 WHERE id = ?1")
        .bind(id.0)
        .bind(state_name(state))
        .bind(now)
        .execute(connection)
        .await?;
    Ok(())
}

pub(crate) fn not_editable(id: ConsultationId) -> StoreError {
    StoreError::not_editable(named(id))
}

/// As people know it: what the model proposes.
fn named(id: ConsultationId) -> String {
    format!("proposal {id}")
}

async fn find(
    executor: impl SqliteExecutor<'_>,
    id: ConsultationId,
) -> Result<Option<Consultation>, StoreError> {
    let row = sqlx::query(SELECT).bind(id.0).fetch_optional(executor).await?;
    row.as_ref().map(read).transpose()
}

async fn dismiss_suggested(
    connection: &mut SqliteConnection,
    new: &NewConsultation,
) -> Result<Vec<Consultation>, StoreError> {
    let waiting: Vec<i64> = sqlx::query_scalar(SELECT_SUGGESTED)
        .bind(new.prompt_id.0)
        .bind(kind_name(&new.question))
        .fetch_all(&mut *connection)
        .await?;
    let mut dismissed = Vec::with_capacity(waiting.len());
    for id in waiting.into_iter().map(ConsultationId) {
        decide(connection, id, ConsultationState::Dismissed, new.now).await?;
        dismissed.push(get(&mut *connection, id).await?);
    }
    Ok(dismissed)
}

async fn dismiss_unanswered(
    connection: &mut SqliteConnection,
    id: ConsultationId,
    now: Timestamp,
) -> Result<Consultation, StoreError> {
    match get(&mut *connection, id).await?.state {
        ConsultationState::Failed | ConsultationState::Stopped | ConsultationState::Interrupted => {
        }
        _ => return Err(not_editable(id)),
    }
    decide(connection, id, ConsultationState::Dismissed, now).await?;
    get(connection, id).await
}

async fn insert(
    connection: &mut SqliteConnection,
    new: &NewConsultation,
) -> Result<ConsultationId, StoreError> {
    let id = sqlx::query_scalar(
        "INSERT INTO consultations (prompt_id, run_id, author, model, kind, state, tries, started_at,
            question)
        VALUES (?1, ?2, ?3, ?4, ?5, 'working', 1, ?6, ?7) RETURNING id",
    )
    .bind(new.prompt_id.0)
    .bind(new.run_id.0)
    .bind(&new.author)
    .bind(new.model.to_string())
    .bind(kind_name(&new.question))
    .bind(new.now)
    .bind(Json(&new.question))
    .fetch_one(connection)
    .await
    .map_err(|error| missing(error, || format!("run {}", new.run_id)))?;
    Ok(ConsultationId(id))
}
