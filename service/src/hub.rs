//! The event streams of prompts: a bounded memory of what happened and everyone who listens.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use align::record::{
    Event, EventId, Guideline, GuidelineOrigin, PromptEvent, PromptId, Question, Waiting,
};
use align::{Feedback, Prompt};
use async_stream::stream;
use futures_util::Stream;
use tokio::sync::broadcast::{self, Receiver, Sender};

/// Events that a listener may be behind before it is sent back to the snapshot.
const MAX_BEHIND: usize = 1024;

/// Events remembered per prompt, for pages that connect again.
const MAX_EVENTS: usize = 2048;

/// Bytes of text remembered per prompt.
const MAX_BYTES: usize = 1 << 20;

/// Prompts remembered before those without listeners are forgotten.
const MAX_IDLE: usize = 64;

/// All event streams of the process.
pub(crate) struct Hub {
    epoch: u64,
    state: Mutex<State>,
}

struct State {
    /// One count for all prompts, so that a forgotten prompt never gives out a number again.
    sequence: u64,
    /// The newest number among forgotten prompts: whoever is behind it may have missed something.
    forgotten: u64,
    channels: HashMap<PromptId, Channel>,
}

struct Channel {
    recent: VecDeque<Arc<PromptEvent>>,
    bytes: usize,
    /// Everything of this prompt after this number is in `recent`.
    complete_after: u64,
    sender: Sender<Arc<PromptEvent>>,
}

impl Hub {
    /// A hub that tells its events from those of other starts of the server by `epoch`.
    pub(crate) fn new(epoch: u64) -> Self {
        Self {
            epoch,
            state: Mutex::new(State { sequence: 0, forgotten: 0, channels: HashMap::new() }),
        }
    }

    /// The place of the newest event. A snapshot read after asking includes everything up to it.
    pub(crate) fn cursor(&self) -> EventId {
        EventId { epoch: self.epoch, sequence: self.state().sequence }
    }

    /// Tells everyone who listens to the prompt. Never waits.
    pub(crate) fn publish(&self, prompt: PromptId, event: Event) {
        let mut state = self.state();
        state.sequence += 1;
        let id = EventId { epoch: self.epoch, sequence: state.sequence };
        state.forget_idle(prompt);
        let channel = state.channel(prompt);
        let event = Arc::new(PromptEvent { id, event });
        channel.remember(event.clone());
        // Without listeners there is nobody to tell; the memory has it.
        let _ = channel.sender.send(event);
    }

    /// Everything that happened to the prompt after the place `after` (or from now), then everything
    /// that happens. A listener for whom something is missing gets one [`Event::Reset`] as its last.
    pub(crate) fn subscribe(
        &self,
        prompt: PromptId,
        after: Option<EventId>,
    ) -> impl Stream<Item = PromptEvent> + Send + use<> {
        let (missed, mut receiver, reset) = self.join(prompt, after);
        stream! {
            for event in missed.into_iter().flatten() {
                yield PromptEvent::clone(&event);
            }
            while let Some(event) = next(&mut receiver).await {
                yield PromptEvent::clone(&event);
            }
            yield reset;
        }
    }

    #[expect(clippy::type_complexity, reason = "the three parts of one subscription")]
    fn join(
        &self,
        prompt: PromptId,
        after: Option<EventId>,
    ) -> (Option<Vec<Arc<PromptEvent>>>, Option<Receiver<Arc<PromptEvent>>>, PromptEvent) {
        let mut state = self.state();
        let now = EventId { epoch: self.epoch, sequence: state.sequence };
        state.forget_idle(prompt);
        let channel = state.channel(prompt);
        let after = after.unwrap_or(now);
        let known = after.epoch == self.epoch
            && (channel.complete_after..=now.sequence).contains(&after.sequence);
        let missed = known.then(|| channel.after(after.sequence));
        let receiver = known.then(|| channel.sender.subscribe());
        // No place at all: a browser that connects again with it is sent to the snapshot again.
        (missed, receiver, PromptEvent { id: EventId::default(), event: Event::Reset })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Every change under the lock is complete before anything in it can panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The next event; `None` when the listener is too far behind or should not listen at all.
async fn next(receiver: &mut Option<Receiver<Arc<PromptEvent>>>) -> Option<Arc<PromptEvent>> {
    receiver.as_mut()?.recv().await.ok()
}

impl State {
    fn channel(&mut self, prompt: PromptId) -> &mut Channel {
        let complete_after = self.forgotten;
        self.channels.entry(prompt).or_insert_with(|| Channel::new(complete_after))
    }

    /// Forgets prompts that nobody listens to, when there are many.
    fn forget_idle(&mut self, but: PromptId) {
        if self.channels.len() > MAX_IDLE && !self.channels.contains_key(&but) {
            let mut forgotten = self.forgotten;
            self.channels.retain(|_, channel| {
                let is_heard = channel.sender.receiver_count() > 0;
                if !is_heard {
                    let newest = channel.recent.back().map(|event| event.id.sequence);
                    forgotten = forgotten.max(newest.unwrap_or(channel.complete_after));
                }
                is_heard
            });
            self.forgotten = forgotten;
        }
    }
}

impl Channel {
    fn new(complete_after: u64) -> Self {
        let (sender, _) = broadcast::channel(MAX_BEHIND);
        Self { recent: VecDeque::new(), bytes: 0, complete_after, sender }
    }

    fn remember(&mut self, event: Arc<PromptEvent>) {
        self.bytes += size(&event.event);
        self.recent.push_back(event);
        while self.recent.len() > MAX_EVENTS || self.bytes > MAX_BYTES {
            let Some(oldest) = self.recent.pop_front() else { return };
            self.bytes -= size(&oldest.event);
            self.complete_after = oldest.id.sequence;
        }
    }

    fn after(&self, sequence: u64) -> Vec<Arc<PromptEvent>> {
        self.recent.iter().filter(|event| event.id.sequence > sequence).cloned().collect()
    }
}

/// About how much memory an event takes.
fn size(event: &Event) -> usize {
    let text = match event {
        Event::Run(run) => {
            let values = run.values.iter().map(|(name, value)| name.len() + value.len());
            run.output.len() + values.sum::<usize>()
        }
        Event::RunWaiting { waiting, .. }
        | Event::DraftWaiting { waiting, .. }
        | Event::ConsultationWaiting { waiting, .. } => waiting.as_ref().map_or(0, of_waiting),
        Event::Guidelines(list) => list.iter().map(of_guideline).sum(),
        Event::Consultation(consultation) => of_question(&consultation.question),
        Event::RunDelta { text, .. } | Event::DraftDelta { text, .. } => text.len(),
        Event::Draft(draft) => {
            let proposal = draft.proposal.as_ref().map(|proposal| &proposal.prompt);
            let prompts = proposal.into_iter().chain(&draft.edited).map(of_prompt);
            let feedback = draft.feedback.iter().map(of_feedback);
            draft.reply.len() + prompts.sum::<usize>() + feedback.sum::<usize>()
        }
        Event::Version(version) => of_prompt(&version.prompt),
        Event::Feedback(piece) => of_feedback(&piece.feedback),
        _ => 0,
    };
    text + 256
}

fn of_waiting(waiting: &Waiting) -> usize {
    match waiting {
        Waiting::Turn { provider, .. } => provider.len(),
        Waiting::Retry { cause, .. } => cause.len(),
    }
}

fn of_prompt(prompt: &Prompt) -> usize {
    prompt.system_instructions.len() + prompt.text.len()
}

fn of_guideline(guideline: &Guideline) -> usize {
    let said = match &guideline.origin {
        GuidelineOrigin::Distilled { said, .. } => said.len(),
        GuidelineOrigin::Handwritten | GuidelineOrigin::Set { .. } => 0,
    };
    guideline.text.len() + said + 128
}

fn of_question(question: &Question) -> usize {
    match question {
        Question::Distil { evidence } => evidence.said().len(),
        Question::Suggest { .. } => 0,
    }
}

fn of_feedback(feedback: &Feedback) -> usize {
    feedback.text.len() + feedback.span.as_ref().map_or(0, |span| span.exact.len())
}

#[cfg(test)]
mod tests {
    use align::record::FeedbackId;
    use futures_util::StreamExt;

    use super::*;

    const PROMPT: PromptId = PromptId(1);

    fn hub() -> Hub {
        Hub::new(7)
    }

    fn event(number: i64) -> Event {
        Event::FeedbackGone(FeedbackId(number))
    }

    async fn take(stream: impl Stream<Item = PromptEvent>, count: usize) -> Vec<Event> {
        stream.take(count).map(|event| event.event).collect().await
    }

    #[tokio::test]
    async fn a_page_that_connects_again_gets_exactly_what_it_missed() {
        let hub = hub();
        hub.publish(PROMPT, event(1));
        let cursor = hub.cursor();
        hub.publish(PROMPT, event(2));
        hub.publish(PromptId(2), event(99));
        hub.publish(PROMPT, event(3));
        let stream = hub.subscribe(PROMPT, Some(cursor));
        hub.publish(PROMPT, event(4));
        assert_eq!(take(stream, 3).await, [event(2), event(3), event(4)]);
    }

    #[tokio::test]
    async fn a_place_of_another_start_leads_to_the_snapshot() {
        let hub = hub();
        let old = EventId { epoch: 6, sequence: 0 };
        let all: Vec<_> = hub.subscribe(PROMPT, Some(old)).map(|event| event.event).collect().await;
        assert_eq!(all, [Event::Reset]);
        let future = EventId { epoch: 7, sequence: 5 };
        assert_eq!(take(hub.subscribe(PROMPT, Some(future)), 2).await, [Event::Reset]);
    }

    #[tokio::test]
    async fn a_place_before_the_memory_leads_to_the_snapshot() {
        let hub = hub();
        hub.publish(PROMPT, event(0));
        let cursor = hub.cursor();
        let count = i64::try_from(MAX_EVENTS).unwrap() + 1;
        for number in 0..count {
            hub.publish(PROMPT, event(number));
        }
        assert_eq!(take(hub.subscribe(PROMPT, Some(cursor)), 2).await, [Event::Reset]);
    }

    #[tokio::test]
    async fn a_forgotten_prompt_does_not_take_old_places_for_new() {
        let hub = hub();
        hub.publish(PROMPT, event(1));
        let cursor = hub.cursor();
        hub.publish(PROMPT, event(2));
        for id in 2..=i64::try_from(MAX_IDLE).unwrap() + 2 {
            hub.publish(PromptId(id), event(0));
        }
        assert_eq!(take(hub.subscribe(PROMPT, Some(cursor)), 2).await, [Event::Reset]);
    }

    #[tokio::test]
    async fn a_slow_listener_is_sent_back_and_slows_nobody() {
        let hub = hub();
        let slow = hub.subscribe(PROMPT, None);
        for number in 0..=i64::try_from(MAX_BEHIND).unwrap() * 2 {
            hub.publish(PROMPT, event(number));
        }
        let all: Vec<_> = slow.map(|event| event.event).collect().await;
        assert_eq!(all, [Event::Reset]);
    }
}
