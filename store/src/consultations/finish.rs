//! What an answer of the alignment model does to the guidelines: an addition at once, an edit or a
//! removal when a person accepts it. Each is one transaction with its entry of the ledger.

use align::direct::Finding;
use align::guidelines::is_same;
use align::model::{Failure, Usage};
use align::record::{
    Answer, ChangeKind, Consultation, ConsultationId, ConsultationState, GuidelineId,
    GuidelineState, PromptId, Timestamp,
};
use sqlx::SqliteConnection;
use sqlx::types::Json;

use crate::consultation_row::state_name;
use crate::guidelines::{self, Addition, GuidelineList, Source};
use crate::ledger::{self, Entry};
use crate::{Store, StoreError, consultations, places, prompts};

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

/// A consultation after a step, and the guidelines where it changed them.
#[derive(Clone, Debug, PartialEq)]
pub struct Consulted {
    /// The consultation.
    pub consultation: Consultation,
    /// The guidelines, if they changed.
    pub list: Option<GuidelineList>,
}

impl Store {
    /// Keeps how a consultation ended, and applies what it adds. [`StoreError::NotEditable`] if it had
    /// ended before.
    pub async fn finish_consultation(
        &self,
        end: &ConsultationEnd,
    ) -> Result<Consulted, StoreError> {
        let mut write = self.write().await?;
        let asked = consultations::get(&mut *write, end.id).await?;
        if asked.state != ConsultationState::Working {
            return Err(consultations::not_editable(end.id));
        }
        let (state, answer, failure) = outcome(&mut write, &asked, end).await?;
        let is_changed = matches!(answer, Some(Answer::Add { .. }));
        let finish = sqlx::query(
            "UPDATE consultations SET state = ?2, answer = ?3, failure = ?4, tries = ?5, usage = ?6,
                duration_ms = ?7, decided_at = iif(?2 = 'accepted', ?8, NULL)
            WHERE id = ?1",
        );
        finish
            .bind(end.id.0)
            .bind(state_name(state))
            .bind(answer.as_ref().map(Json))
            .bind(failure.map(Json))
            .bind(end.tries)
            .bind(end.usage.map(Json))
            .bind(end.duration_ms)
            .bind(end.now)
            .execute(&mut *write)
            .await?;
        let consulted = consulted(&mut write, end.id, is_changed).await?;
        write.commit().await?;
        Ok(consulted)
    }

    /// Does to the guideline what was proposed. Accepting again changes nothing.
    ///
    /// Errors: [`StoreError::GuidelineGone`] or [`StoreError::GuidelineChanged`] where it is not any
    /// more what the model was shown; the proposal stays. [`StoreError::ConsultationDecided`] if it was
    /// dismissed, [`StoreError::NotEditable`] if there is nothing to accept.
    pub async fn accept_consultation(
        &self,
        id: ConsultationId,
        author: &str,
        now: Timestamp,
    ) -> Result<Consulted, StoreError> {
        let mut write = self.write().await?;
        let consultation = consultations::get(&mut *write, id).await?;
        prompts::newest(&mut *write, consultation.prompt_id).await?;
        match consultation.state {
            ConsultationState::Accepted => return Ok(Consulted { consultation, list: None }),
            state @ ConsultationState::Dismissed => {
                return Err(StoreError::ConsultationDecided { state });
            }
            _ if !consultation.is_proposal() => return Err(consultations::not_editable(id)),
            _ => {}
        }
        apply(&mut write, &consultation, author, now).await?;
        consultations::decide(&mut write, id, ConsultationState::Accepted, now).await?;
        let consulted = consulted(&mut write, id, true).await?;
        write.commit().await?;
        Ok(consulted)
    }
}

async fn consulted(
    connection: &mut SqliteConnection,
    id: ConsultationId,
    is_changed: bool,
) -> Result<Consulted, StoreError> {
    let consultation = consultations::get(&mut *connection, id).await?;
    let prompt_id = consultation.prompt_id;
    let list = if is_changed {
        let guidelines = guidelines::list(connection, prompt_id).await?;
        Some(GuidelineList { prompt_id, guidelines })
    } else {
        None
    };
    Ok(Consulted { consultation, list })
}

type Kept = (ConsultationState, Option<Answer>, Option<Failure>);

async fn outcome(
    connection: &mut SqliteConnection,
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
    connection: &mut SqliteConnection,
    id: PromptId,
    text: &str,
) -> Result<Option<String>, StoreError> {
    let known = guidelines::list(connection, id).await?;
    let known = known.into_iter().find(|known| is_same(&known.text, text));
    Ok(known.map(|known| format!("“{}” says it already.", known.text)))
}

async fn add(
    connection: &mut SqliteConnection,
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
    connection: &mut SqliteConnection,
    asked: &Consultation,
    answer: &Answer,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some((_, id, _, after)) = proposed(answer) else { return Ok(()) };
    let (prompt_id, before) = places::find(&mut *connection, id).await?;
    let Some(before) = before else { return Ok(()) };
    let after = after.map(|text| GuidelineState { text: text.to_owned(), ..before.clone() });
    let entry = Entry::new(prompt_id, id, &asked.author, now, ChangeKind::Proposed);
    let consultation_id = Some(asked.id);
    ledger::write(connection, &Entry { before: Some(before), after, consultation_id, ..entry })
        .await
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

async fn apply(
    connection: &mut SqliteConnection,
    consultation: &Consultation,
    author: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some((kind, id, shown, after)) = consultation.answer.as_ref().and_then(proposed) else {
        return Err(consultations::not_editable(consultation.id));
    };
    let (prompt_id, before) = places::find(&mut *connection, id).await?;
    let before = before.ok_or(StoreError::GuidelineGone)?;
    if before.text != shown {
        return Err(StoreError::GuidelineChanged);
    }
    let after = after.map(|text| GuidelineState { text: text.to_owned(), ..before.clone() });
    let after = places::put(connection, prompt_id, id, after).await?;
    let entry = Entry::new(prompt_id, id, author, now, kind);
    let consultation_id = Some(consultation.id);
    ledger::write(connection, &Entry { before: Some(before), after, consultation_id, ..entry })
        .await
}
