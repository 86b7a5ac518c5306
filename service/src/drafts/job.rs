//! The job of a draft: ask, read, check, ask once more if it has to be.

use align::direct::{Problem, Request, Unusable, better_of, read_reply};
use align::model::Failure;
use align::record::{Draft, DraftId, DraftState, Event, PromptId, Proposal, Waiting};
use store::{NewDraft, Store, StoreError};

use super::inputs::{DraftInputs, offered, request};
use crate::jobs::{Arrived, Asking, Delta, Ended, Exchange, Job, JobId, Record, Reply, Unanswered};

/// A draft that is written.
pub(super) struct DraftJob {
    draft: Draft,
    inputs: DraftInputs,
}

impl Job for DraftJob {
    type Record = Draft;
    /// Drafts to record, and what each is made from.
    type Plan = (NewDraft, Vec<DraftInputs>);
    type Answer = Proposal;

    async fn record_plan(
        (new, inputs): Self::Plan,
        store: &Store,
    ) -> Result<Vec<Self>, StoreError> {
        let count = u8::try_from(inputs.len()).unwrap_or(u8::MAX);
        let drafts = store.insert_drafts(&new, count).await?.into_iter();
        Ok(drafts.zip(inputs).map(|(draft, inputs)| Self { draft, inputs }).collect())
    }

    fn record(&self) -> &Draft {
        &self.draft
    }

    async fn ask(&self, asking: &Asking<'_, Self>) -> Result<Proposal, Unanswered> {
        let DraftInputs { given, run, variant, mark, .. } = &self.inputs;
        let guidelines = offered(&self.draft);
        let request = Request {
            variant: variant.as_deref(),
            ..request(given, run.as_ref(), &self.draft, &guidelines, mark)
        };
        let exchange = Exchange {
            first: request.conversation(),
            read: |reply: &Reply| read_reply(&request, &reply.text, reply.finish),
            again: |reply: &Reply, reading: &Result<Proposal, Unusable>| {
                Problem::of(reading).map(|problem| request.second_try(&reply.text, &problem))
            },
            better: better_of,
        };
        match asking.exchange(&self.draft.model, exchange).await? {
            Ok(proposal) => Ok(self.compared(proposal)),
            Err(unusable) => Err(Unanswered::Failed(unusable.failure())),
        }
    }

    fn arrives(&self, delta: Delta) -> Option<Event> {
        let Delta { tries, offset, text, .. } = delta;
        Some(Event::DraftDelta { draft_id: self.draft.id, tries, offset, text })
    }

    fn waits(&self, waiting: Option<Waiting>) -> Event {
        Event::DraftWaiting { draft_id: self.draft.id, waiting }
    }

    async fn keep(&self, store: &Store, arrived: Arrived) -> Result<(), StoreError> {
        store.save_draft_progress(self.draft.id, arrived.tries, &arrived.text).await
    }

    async fn finish(
        &self,
        store: &Store,
        ended: &Ended<Proposal>,
    ) -> Result<Vec<Event>, StoreError> {
        let draft = self.ended(ended);
        store.finish_draft(&draft).await?;
        Ok(vec![draft.event()])
    }

    fn unsaved(&self, ended: &Ended<Proposal>, because: Failure) -> Draft {
        let draft = self.ended(ended);
        Draft { failure: draft.failure.or(Some(because)), ..draft }
    }
}

impl DraftJob {
    /// A proposal is read against the text that the model was given; people compare it with the
    /// newest one.
    fn compared(&self, proposal: Proposal) -> Proposal {
        let DraftInputs { newest, given, .. } = &self.inputs;
        if given == newest {
            return proposal;
        }
        if proposal.unchanged && !proposal.conflicts.is_empty() {
            // It was not rewritten at all.
            return Proposal { prompt: newest.clone(), ..proposal };
        }
        Proposal { unchanged: proposal.prompt == *newest, ..proposal }
    }

    fn ended(&self, ended: &Ended<Proposal>) -> Draft {
        let (state, proposal, failure) = match &ended.answer {
            Ok(proposal) => (DraftState::Ready, Some(proposal.clone()), None),
            Err(Unanswered::Stopped) => (DraftState::Stopped, None, None),
            Err(Unanswered::Interrupted) => (DraftState::Interrupted, None, None),
            Err(Unanswered::Failed(failure)) => (DraftState::Failed, None, Some(failure.clone())),
        };
        Draft {
            state,
            proposal,
            failure,
            reply: ended.arrived.text.clone(),
            tries: ended.arrived.tries,
            usage: ended.arrived.usage,
            duration_ms: Some(ended.duration_ms),
            ..self.draft.clone()
        }
    }
}

impl Record for Draft {
    type Id = DraftId;

    const NOUN: &'static str = "draft";

    fn id(&self) -> DraftId {
        self.id
    }

    fn job_id(id: DraftId) -> JobId {
        (Self::NOUN, id.0)
    }

    fn prompt_id(&self) -> PromptId {
        self.prompt_id
    }

    fn is_working(&self) -> bool {
        self.state == DraftState::Drafting
    }

    async fn load(store: &Store, id: DraftId) -> Result<Option<Self>, StoreError> {
        store.draft(id).await
    }

    fn with_arrived(self, arrived: Arrived) -> Self {
        let waiting = arrived.waiting();
        match arrived.unsaved {
            Some(Event::Draft(unsaved)) => *unsaved,
            _ => Self { tries: arrived.tries, reply: arrived.text, waiting, ..self },
        }
    }

    fn event(self) -> Event {
        Event::Draft(Box::new(self))
    }
}
