//! Accepting a draft: all of it, or what a person took of it.

use align::Prompt;
use align::direct::{Finding, chosen, followed};
use align::record::{Draft, DraftId, DraftState, Event, GuidelineId, SeenText};
use store::{Accepted, StoreError};

use super::inputs::{offered, request};
use crate::access::UseCase;
use crate::clock::now;
use crate::error::ServiceError;
use crate::studio::detached;
use crate::studio::mark;
use crate::{Studio, UseCases, limits};

/// The longest note that an accepted draft's rationale becomes, in characters.
const MAX_NOTE_CHARS: usize = 300;

/// A draft to accept.
#[derive(Clone, Debug, PartialEq)]
pub struct AcceptDraft {
    /// The draft.
    pub draft_id: DraftId,
    /// What the caller's page shows as typed; `None` where nothing is typed on that page. What of it, or
    /// of what another page saved meanwhile, is nowhere saved becomes a version first.
    pub seen: Option<SeenText>,
    /// Whether a person saw the grave findings and wants it anyway.
    pub confirmed: bool,
}

impl UseCases {
    /// Makes a draft the newest version, in one transaction, and tells everyone.
    pub async fn accept_draft(&self, accept: AcceptDraft) -> Result<Accepted, ServiceError> {
        let studio = self.allow(UseCase::AcceptDraft)?;
        let AcceptDraft { draft_id, seen, confirmed } = accept;
        seen.as_ref().map_or(Ok(()), |seen| limits::prompt(&seen.prompt))?;
        let draft = studio.with_current_findings(studio.find::<Draft>(draft_id).await?).await?;
        studio.not_stale(&draft).await?;
        let base = studio.version(draft.prompt_id, draft.base).await?.prompt;
        let (prompt, note) = acceptable(&draft, &base, confirmed)?;
        let followed = followed_by(&draft, &base, &prompt)?;
        let accept = store::AcceptDraft {
            draft_id,
            prompt,
            note,
            author: self.caller().name().to_owned(),
            seen,
            followed,
            now: now(),
        };
        let studio = studio.clone();
        detached(async move { studio.accept(accept).await }).await
    }
}

impl Studio {
    /// Accepts and tells everyone.
    async fn accept(&self, accept: store::AcceptDraft) -> Result<Accepted, ServiceError> {
        let author = accept.author.clone();
        let accepted = self.shared.store.accept_draft(accept).await?;
        let prompt_id = accepted.draft.prompt_id;
        accepted.kept.iter().for_each(|kept| self.tell_version(kept));
        self.tell_version(&accepted.version);
        self.tell(accepted.draft.clone());
        for id in &accepted.taken_up {
            self.shared.hub.publish(prompt_id, Event::FeedbackGone(*id));
        }
        if let Some(list) = accepted.list.clone() {
            self.tell_guidelines(list);
        }
        self.tell_working_copy(prompt_id, &author).await;
        Ok(accepted)
    }

    /// Says that a draft is out of date before anybody is asked about its findings. The transaction
    /// that accepts it checks again.
    async fn not_stale(&self, draft: &Draft) -> Result<(), ServiceError> {
        let newest = self.shared.store.newest_version(draft.prompt_id).await?;
        let newest = newest.map_or(0, |newest| newest.summary.number);
        if draft.state == DraftState::Ready && newest != draft.base {
            return Err(StoreError::StaleDraft { base: draft.base, newest }.into());
        }
        Ok(())
    }
}

/// The text to accept and the note of its version, or why it cannot be accepted.
fn acceptable(
    draft: &Draft,
    base: &Prompt,
    confirmed: bool,
) -> Result<(Prompt, String), ServiceError> {
    let (Some(text), Some(proposal)) = (draft.text(), &draft.proposal) else {
        return Err(ServiceError::conflict(
            "This draft is not complete.",
            "Wait until it is, or ask for another.",
        ));
    };
    let text = chosen(base, text, &draft.left_out);
    limits::not_blank(&text)?;
    if draft.state == DraftState::Ready {
        changes_something(draft, &text, base)?;
        if !confirmed && proposal.findings.iter().any(Finding::is_grave) {
            return Err(ServiceError::NeedsConfirmation { findings: proposal.findings.clone() });
        }
    }
    Ok((text, proposal.rationale.chars().take(MAX_NOTE_CHARS).collect()))
}

/// A draft that leaves all as it is makes no version.
fn changes_something(draft: &Draft, text: &Prompt, base: &Prompt) -> Result<(), ServiceError> {
    if text != base {
        return Ok(());
    }
    Err(if draft.left_out.is_empty() {
        ServiceError::conflict(
            "This draft changes nothing.",
            "There is nothing to accept; reject it to put it away.",
        )
    } else {
        ServiceError::conflict(
            "Nothing of this draft is taken: every change is left out.",
            "Take at least one change, or reject the draft.",
        )
    })
}

/// The guidelines that the accepted text follows.
fn followed_by(
    draft: &Draft,
    base: &Prompt,
    text: &Prompt,
) -> Result<Vec<GuidelineId>, ServiceError> {
    let traces = draft.proposal.as_ref().map_or(&[][..], |proposal| &proposal.traces);
    let (offered, mark) = (offered(draft), mark()?);
    Ok(followed(&request(base, None, draft, &offered, &mark), text, traces))
}
