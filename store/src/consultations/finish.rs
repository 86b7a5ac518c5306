//! How a consultation ended. What it adds to the guidelines is added at once, what it wants edited or
//! removed is proposed; either with an entry of the ledger, in one transaction.

use super::row::state_name;
use super::{Consulted, consulted, get, not_editable, proposed};
use crate::guidelines::ledger::{self, Entry};
use crate::guidelines::{self, Addition, Source, positions};
use crate::json::Json;
use crate::sqlite::Connection;
use crate::{Store, StoreError};
use align::direct::Finding;
use align::guidelines::is_same;
use align::model::{Failure, Usage};
use align::record::{
    Answer, ChangeKind, Consultation, ConsultationId, ConsultationState, GuidelineId,
    GuidelineState, PromptId, Timestamp,
};

/// How a consultation ended.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsultationEnd {
    /// The consultation.
    pub id: ConsultationId,
    /// What came of it.
    pub outcome: Outcome,
    /// How often the model was asked.
    pub tries: u8,
    /// Tokens of all tries.
    pub usage: Option<Usage>,
    /// Milliseconds from the start to the end.
    pub duration_ms: u32,
    /// The time.
    pub now: Timestamp,
}

/// What came of a consultation.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A guideline to add.
    Add {
        /// What it says.
        text: String,
        /// Why.
        reason: String,
        /// Words copied out of the run.
        findings: Vec<Finding>,
    },
    /// An answer that waits for a person.
    Answered(Answer),
    /// No answer: stopped, failed or interrupted.
    Ended(ConsultationState, Option<Failure>),
}

impl Store {
    /// Keeps how a consultation ended, and applies what it adds. [`StoreError::NotEditable`] if it had
    /// ended before.
    pub async fn finish_consultation(
        &self,
        end: &ConsultationEnd,
    ) -> Result<Consulted, StoreError> {
        let mut write = self.write().await?;
        let asked = get(&mut *write, end.id).await?;
        if asked.state != ConsultationState::Working {
            return Err(not_editable(end.id));
        }
        let (state, answer, failure) = outcome(&mut write, &asked, end).await?;
        let is_changed = matches!(answer, Some(Answer::Add { .. }));
        let finish = sqlx::query(
            "UPDATE consultations SET state = $2, answer = $3, failure = $4, tries = $5, usage = $6,
                duration_ms = $7, decided_at = $8, lease_until = NULL
            WHERE id = $1",
        );
        finish
            .bind(end.id.0)
            .bind(state_name(state))
            .bind(answer.as_ref().map(Json))
            .bind(failure.map(Json))
            .bind(i64::from(end.tries))
            .bind(end.usage.map(Json))
            .bind(i64::from(end.duration_ms))
            .bind((state == ConsultationState::Accepted).then_some(end.now))
            .execute(&mut *write)
            .await?;
        let consulted = consulted(&mut write, end.id, is_changed).await?;
        write.commit().await?;
        Ok(consulted)
    }
}

type Kept = (ConsultationState, Option<Answer>, Option<Failure>);

async fn outcome(
    connection: &mut Connection,
    asked: &Consultation,
    end: &ConsultationEnd,
) -> Result<Kept, StoreError> {
    Ok(match &end.outcome {
        Outcome::Add { text, reason, findings } => {
            if let Some(reason) = said_already(connection, asked.prompt_id, text).await? {
                return Ok((ConsultationState::Ready, Some(Answer::Nothing { reason }), None));
            }
            let guideline_id = add(connection, asked, text, end.now).await?;
            let (text, reason, findings) = (text.clone(), reason.clone(), findings.clone());
            let answer = Answer::Add { guideline_id, text, reason, findings };
            (ConsultationState::Accepted, Some(answer), None)
        }
        Outcome::Answered(answer) => {
            propose(connection, asked, answer, end.now).await?;
            (ConsultationState::Ready, Some(answer.clone()), None)
        }
        Outcome::Ended(state, failure) => (*state, None, failure.clone()),
    })
}

/// Why nothing is added: somebody else was faster with the same words.
async fn said_already(
    connection: &mut Connection,
    id: PromptId,
    text: &str,
) -> Result<Option<String>, StoreError> {
    let known = guidelines::list(connection, id).await?;
    let known = known.into_iter().find(|known| is_same(&known.text, text));
    Ok(known.map(|known| format!("“{}” says it already.", known.text)))
}

async fn add(
    connection: &mut Connection,
    asked: &Consultation,
    text: &str,
    now: Timestamp,
) -> Result<GuidelineId, StoreError> {
    let source = Source::Consultation(asked.id);
    let new = Addition { prompt_id: asked.prompt_id, text, is_on: true, source };
    guidelines::add(connection, new, &asked.author, now).await
}

/// Writes down what is proposed for a guideline that is in the list.
async fn propose(
    connection: &mut Connection,
    asked: &Consultation,
    answer: &Answer,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some((_, id, _, after)) = proposed(answer) else { return Ok(()) };
    let (prompt_id, before) = positions::find(&mut *connection, id).await?;
    let Some(before) = before else { return Ok(()) };
    let after = after.map(|text| GuidelineState { text: text.to_owned(), ..before.clone() });
    let entry = Entry::new(prompt_id, id, &asked.author, now, ChangeKind::Proposed);
    let consultation_id = Some(asked.id);
    ledger::write(connection, &Entry { before: Some(before), after, consultation_id, ..entry })
        .await
}
