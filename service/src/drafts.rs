//! Drafts: ask for one, edit it, accept or reject it.

use align::direct::{Finding, Mark, Request, review};
use align::model::ModelRef;
use align::record::{
    Draft, DraftId, DraftState, Event, FeedbackId, PromptId, Run, RunId, VersionNumber,
};
use align::{Feedback, Prompt, Values};
use store::{Accepted, NewDraft, StoreError};

use crate::clock::now;
use crate::drafting::{self, Order};
use crate::error::ServiceError;
use crate::studio::whole;
use crate::tasks::{Ended, Work};
use crate::versions::SaveVersion;
use crate::{Studio, limits};

/// The longest note that an accepted draft's rationale becomes, in characters.
const MAX_NOTE_CHARS: usize = 300;

/// A draft to ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct StartDraft {
    /// The prompt.
    pub prompt_id: PromptId,
    /// The typed text; saved as a version first where it differs from the newest.
    pub prompt: Prompt,
    /// The version the typing started from.
    pub base: Option<VersionNumber>,
    /// The run whose output the feedback is about.
    pub run_id: Option<RunId>,
    /// Kept pieces of feedback on that run.
    pub pieces: Vec<FeedbackId>,
    /// Further feedback.
    pub feedback: Vec<Feedback>,
    /// The alignment model; `None` for the preferred one.
    pub alignment_model: Option<ModelRef>,
}

/// A draft to accept.
#[derive(Clone, Debug, PartialEq)]
pub struct AcceptDraft {
    /// The draft.
    pub draft_id: DraftId,
    /// Text that is typed and nowhere saved; it becomes a version of its own first.
    pub unsaved: Option<Prompt>,
    /// Whether a person saw the grave findings and wants it anyway.
    pub confirmed: bool,
}

impl Studio {
    /// Asks the alignment model for a rewrite that answers the feedback.
    pub async fn start_draft(
        &self,
        author: &str,
        start: StartDraft,
    ) -> Result<Draft, ServiceError> {
        let StartDraft { prompt_id, prompt, base, run_id, .. } = start;
        limits::not_blank(&prompt)?;
        let run = match run_id {
            Some(id) => Some(self.run(id).await?),
            None => None,
        };
        if run.as_ref().is_some_and(|run| run.prompt_id != prompt_id) {
            return Err(ServiceError::missing("run"));
        }
        let (pieces, feedback) = self.feedback_for(run_id, &start.pieces, start.feedback).await?;
        limits::all_feedback(&feedback)?;
        let mark = mark()?;
        let note = "Saved by Draft rewrite".to_owned();
        let save = SaveVersion { prompt_id, prompt, base, note };
        let version = self.save_typed(author, save).await?.version;
        let model = self.model_or_preferred(start.alignment_model).await;
        let new = NewDraft {
            prompt_id,
            base: version.summary.number,
            run_id,
            author: author.to_owned(),
            model,
            feedback,
            pieces,
            now: now(),
        };
        let order = Order { base: version.prompt, run, mark };
        let studio = self.clone();
        whole(async move {
            let draft = studio.shared.store.insert_draft(new).await?;
            let stops = studio.shared.tasks.register(Work::Draft(draft.id));
            studio.tell_draft(&draft);
            let task = drafting::write(studio.clone(), draft.clone(), order, stops);
            studio.shared.tasks.spawn(task);
            Ok(draft)
        })
        .await
    }

    /// Stops a draft that is being written. One that has ended is no failure.
    pub async fn stop_draft(&self, id: DraftId) -> Result<(), ServiceError> {
        if !self.shared.tasks.stop(Work::Draft(id)) {
            self.draft(id).await?;
        }
        Ok(())
    }

    /// Keeps a person's edit of a draft, or with `None` goes back to the proposal. The findings in the
    /// answer are those of the edited text.
    pub async fn edit_draft(
        &self,
        id: DraftId,
        prompt: Option<Prompt>,
    ) -> Result<Draft, ServiceError> {
        if let Some(prompt) = &prompt {
            limits::prompt(prompt)?;
        }
        let draft = self.shared.store.edit_draft(id, prompt.as_ref()).await?;
        let draft = self.with_current_findings(draft).await?;
        self.tell_draft(&draft);
        Ok(draft)
    }

    /// Says no to a draft. Saying it twice is no failure.
    pub async fn reject_draft(&self, id: DraftId) -> Result<Draft, ServiceError> {
        let draft = self.shared.store.reject_draft(id, now()).await?;
        self.tell_draft(&draft);
        Ok(draft)
    }

    /// Makes a draft the newest version, in one transaction, and tells everyone.
    pub async fn accept_draft(
        &self,
        author: &str,
        accept: AcceptDraft,
    ) -> Result<Accepted, ServiceError> {
        let AcceptDraft { draft_id, unsaved, confirmed } = accept;
        let draft = self.with_current_findings(self.draft(draft_id).await?).await?;
        self.not_stale(&draft).await?;
        let (prompt, note) = acceptable(&draft, confirmed)?;
        let unsaved = self.typed_or_kept(author, draft.prompt_id, unsaved).await?;
        let accept = store::AcceptDraft {
            draft_id,
            prompt,
            note,
            author: author.to_owned(),
            unsaved,
            now: now(),
        };
        let studio = self.clone();
        whole(async move { studio.accept(accept).await }).await
    }

    /// Accepts and tells everyone.
    async fn accept(&self, accept: store::AcceptDraft) -> Result<Accepted, ServiceError> {
        let author = accept.author.clone();
        let accepted = self.shared.store.accept_draft(accept).await?;
        let prompt_id = accepted.draft.prompt_id;
        if let Some(unsaved) = &accepted.unsaved {
            self.tell_version(unsaved);
        }
        self.tell_version(&accepted.version);
        self.tell_draft(&accepted.draft);
        for id in &accepted.taken_up {
            self.shared.hub.publish(prompt_id, Event::FeedbackGone(*id));
        }
        // The author's editor follows in the same transaction, under a revision that no page knows.
        if let Ok(Some(copy)) = self.shared.store.working_copy(prompt_id, &author).await {
            self.tell_working_copy(prompt_id, copy.revision);
        }
        Ok(accepted)
    }

    /// Every draft made on a version, oldest first.
    pub async fn drafts_of_version(
        &self,
        id: PromptId,
        number: VersionNumber,
    ) -> Result<Vec<Draft>, ServiceError> {
        let drafts = self.shared.store.drafts_of_version(id, number).await?;
        self.current(drafts).await
    }

    /// The drafts as they are now: with what has arrived since their rows were written, and with the
    /// findings of edited texts.
    pub(crate) async fn current(&self, drafts: Vec<Draft>) -> Result<Vec<Draft>, ServiceError> {
        let mut current = Vec::with_capacity(drafts.len());
        for mut draft in drafts {
            if draft.state == DraftState::Drafting
                && let Some(arrived) = self.shared.tasks.arrived(Work::Draft(draft.id))
            {
                if let Some(Ended::Draft(ended)) = arrived.ended.as_deref() {
                    draft = ended.clone();
                } else {
                    draft.waiting = arrived.waiting_now();
                    (draft.tries, draft.reply) = (arrived.tries, arrived.text);
                }
            }
            let is_open = draft.state == DraftState::Ready;
            current.push(if is_open { self.with_current_findings(draft).await? } else { draft });
        }
        Ok(current)
    }

    /// An edited draft's findings are those of the edited text, not of what was proposed.
    pub(crate) async fn with_current_findings(
        &self,
        mut draft: Draft,
    ) -> Result<Draft, ServiceError> {
        let Some(edited) = draft.edited.clone() else { return Ok(draft) };
        let base = self.version(draft.prompt_id, draft.base).await?.prompt;
        let run = match draft.run_id {
            Some(id) => self.shared.store.run(id).await?,
            None => None,
        };
        let mark = mark()?;
        let findings = review(&base, &edited, &request(&base, run.as_ref(), &draft, &mark));
        if let Some(proposal) = &mut draft.proposal {
            proposal.findings = findings;
        }
        Ok(draft)
    }

    /// The kept pieces that are still there, and all feedback in words: pieces first.
    async fn feedback_for(
        &self,
        run: Option<RunId>,
        pieces: &[FeedbackId],
        given: Vec<Feedback>,
    ) -> Result<(Vec<FeedbackId>, Vec<Feedback>), ServiceError> {
        let mut ids = Vec::new();
        let mut all = Vec::new();
        if let Some(run) = run.filter(|_| !pieces.is_empty()) {
            let open = self.shared.store.open_feedback(run).await?;
            for piece in open.into_iter().filter(|piece| pieces.contains(&piece.id)) {
                ids.push(piece.id);
                all.push(piece.feedback);
            }
        }
        all.extend(given);
        Ok((ids, all))
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

    async fn draft(&self, id: DraftId) -> Result<Draft, ServiceError> {
        self.shared.store.draft(id).await?.ok_or_else(|| ServiceError::missing("draft"))
    }

    pub(crate) fn tell_draft(&self, draft: &Draft) {
        self.shared.hub.publish(draft.prompt_id, Event::Draft(Box::new(draft.clone())));
    }
}

/// The text to accept and the note of its version, or why it cannot be accepted.
fn acceptable(draft: &Draft, confirmed: bool) -> Result<(Prompt, String), ServiceError> {
    let (Some(text), Some(proposal)) = (draft.text(), &draft.proposal) else {
        return Err(ServiceError::conflict(
            "This draft is not complete.",
            "Wait until it is, or ask for another.",
        ));
    };
    limits::not_blank(text)?;
    let is_open = draft.state == DraftState::Ready;
    if is_open && !confirmed && proposal.findings.iter().any(Finding::is_grave) {
        return Err(ServiceError::NeedsConfirmation { findings: proposal.findings.clone() });
    }
    Ok((text.clone(), proposal.rationale.chars().take(MAX_NOTE_CHARS).collect()))
}

/// What the alignment model is asked, or was.
pub(crate) fn request<'a>(
    base: &'a Prompt,
    run: Option<&'a Run>,
    draft: &'a Draft,
    mark: &'a Mark,
) -> Request<'a> {
    static NO_VALUES: Values = Values::new();
    Request {
        prompt: base,
        values: run.map_or(&NO_VALUES, |run| &run.values),
        output: run.map(|run| run.output.as_str()),
        feedback: &draft.feedback,
        guidelines: &[],
        variant: None,
        mark,
    }
}

/// A fresh mark for the delimiters of one request.
fn mark() -> Result<Mark, ServiceError> {
    let mut bytes = [0; 8];
    crate::studio::random(&mut bytes)?;
    Ok(Mark::from_bytes(bytes))
}
