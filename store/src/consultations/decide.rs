//! What a person decides about a proposal.

use align::record::{Consultation, ConsultationId, ConsultationState, GuidelineState, Timestamp};

use super::{Consulted, consulted, decide, get, not_editable, proposed};
use crate::guidelines::ledger::{self, Entry};
use crate::guidelines::positions;
use crate::sqlite::Connection;
use crate::{Store, StoreError, prompts};

impl Store {
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
        let consultation = get(&mut *write, id).await?;
        prompts::newest(&mut *write, consultation.prompt_id).await?;
        match consultation.state {
            ConsultationState::Accepted => return Ok(Consulted { consultation, list: None }),
            state @ ConsultationState::Dismissed => {
                return Err(StoreError::ConsultationDecided { state });
            }
            _ if !consultation.is_proposal() => return Err(not_editable(id)),
            _ => {}
        }
        apply(&mut write, &consultation, author, now).await?;
        decide(&mut write, id, ConsultationState::Accepted, now).await?;
        let consulted = consulted(&mut write, id, true).await?;
        write.commit().await?;
        Ok(consulted)
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

async fn apply(
    connection: &mut Connection,
    consultation: &Consultation,
    author: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some((kind, id, shown, after)) = consultation.answer.as_ref().and_then(proposed) else {
        return Err(not_editable(consultation.id));
    };
    let (prompt_id, before) = positions::find(&mut *connection, id).await?;
    let before = before.ok_or(StoreError::GuidelineGone)?;
    if before.text != shown {
        return Err(StoreError::GuidelineChanged);
    }
    let after = after.map(|text| GuidelineState { text: text.to_owned(), ..before.clone() });
    let after = positions::put(connection, prompt_id, id, after).await?;
    let entry = Entry::new(prompt_id, id, author, now, kind);
    let consultation_id = Some(consultation.id);
    ledger::write(connection, &Entry { before: Some(before), after, consultation_id, ..entry })
        .await
}
