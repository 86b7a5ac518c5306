//! Consultations that start.

use super::row::kind_name;
use super::{decide, get, not_editable};
use crate::error::missing;
use crate::json::Json;
use crate::leases::Lease;
use crate::sqlite::Connection;
use crate::{Noun, Store, StoreError, prompts};
use align::model::ModelRef;
use align::record::{
    Consultation, ConsultationId, ConsultationState, PromptId, Question, RunId, Timestamp,
};

pub(crate) const SELECT_SUGGESTED: &str = "
    SELECT id FROM consultations WHERE prompt_id = $1 AND state NOT IN ('accepted', 'dismissed')
        AND state = 'ready' AND kind = $2
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
        let lease = self.lease(new.now);
        let mut write = self.write().await?;
        prompts::newest(&mut *write, new.prompt_id).await?;
        let mut dismissed = Vec::new();
        if let Question::Suggest { .. } = new.question {
            dismissed = dismiss_suggested(&mut write, &new).await?;
        }
        if let Some(again) = new.again {
            dismissed.push(dismiss_unanswered(&mut write, again, new.now).await?);
        }
        let id = insert(&mut write, &new, lease).await?;
        let consultation = get(&mut *write, id).await?;
        write.commit().await?;
        Ok(StartedConsultation { consultation, dismissed })
    }
}

async fn dismiss_suggested(
    connection: &mut Connection,
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
    connection: &mut Connection,
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
    connection: &mut Connection,
    new: &NewConsultation,
    lease: Lease<'_>,
) -> Result<ConsultationId, StoreError> {
    let id = sqlx::query_scalar(
        "INSERT INTO consultations (prompt_id, run_id, author, model, kind, state, tries, started_at,
            question, owner, lease_until)
        VALUES ($1, $2, $3, $4, $5, 'working', 1, $6, $7, $8, $9) RETURNING id",
    )
    .bind(new.prompt_id.0)
    .bind(new.run_id.0)
    .bind(&new.author)
    .bind(new.model.to_string())
    .bind(kind_name(&new.question))
    .bind(new.now)
    .bind(Json(&new.question))
    .bind(lease.owner)
    .bind(lease.until)
    .fetch_one(connection)
    .await
    .map_err(|error| missing(error, Noun::Run(new.run_id)))?;
    Ok(ConsultationId(id))
}
