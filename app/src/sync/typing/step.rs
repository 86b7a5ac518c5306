//! How each event changes the typing of a page.

use super::super::Side;
use super::super::merge::Payload;
use super::{Effect, Event, Kept, Notice, Other, Phase, Typing};
use crate::error::{AppError, ErrorKind};

/// How long typing pauses before it is sent.
const PAUSE_MS: u32 = 300;

/// How long to wait after a failed save.
const RETRY_MS: u32 = 2000;

type Effects<T> = Vec<Effect<T>>;

impl<T: Payload> Typing<T> {
    /// Takes an event. Answers to anything but what is waited for change nothing.
    pub(crate) fn on(&mut self, event: Event<T>) -> Effects<T> {
        match event {
            Event::Typed(text) => self.type_text(text),
            Event::Found(kept) => self.find(kept),
            Event::Woke(turn) if turn == self.turn => self.wake(),
            Event::Flush | Event::Connected => self.send_waiting(),
            Event::Sent(turn, outcome) if turn == self.turn => self.hear_sent(outcome),
            Event::Loaded(turn, outcome) if turn == self.turn => self.hear_loaded(outcome),
            Event::SavedElsewhere(revision) => self.hear_elsewhere(revision),
            Event::Reloaded(text, revision) => self.follow(text, revision),
            Event::Replaced { seen, by } => self.replace(&seen, &by),
            Event::Chosen(side) => self.choose(side),
            Event::VersionSaved(turn, outcome) if turn == self.turn => self.hear_version(outcome),
            Event::Woke(_) | Event::Sent(..) | Event::Loaded(..) | Event::VersionSaved(..) => {
                Vec::new()
            }
        }
    }

    fn type_text(&mut self, text: T) -> Effects<T> {
        if text == self.here {
            return Vec::new();
        }
        self.here = text;
        let mut effects = vec![self.keep()];
        match self.phase.clone() {
            Phase::Quiet | Phase::Following => effects.push(self.wait(PAUSE_MS)),
            Phase::Unfit(unfit) if unfit != self.here => effects.push(self.wait(PAUSE_MS)),
            // It may have become the same by now.
            Phase::Asking(other) if !self.merged(&other).is_conflict() => {
                effects.extend(self.adopt(other));
            }
            _ => {}
        }
        effects
    }

    /// Takes up what earlier pages left in the browser, one after the other.
    fn find(&mut self, kept: Vec<Kept<T>>) -> Effects<T> {
        for mut kept in kept {
            let behind = std::mem::take(&mut kept.left_behind);
            self.left_behind.push(kept);
            self.left_behind.extend(behind);
        }
        match self.phase {
            Phase::Quiet => self.rest(),
            // Typed before the page was live: that goes first.
            _ => vec![self.keep()],
        }
    }

    /// Nothing waits any more, unless an earlier page left something behind or another one saved.
    fn rest(&mut self) -> Effects<T> {
        self.phase = Phase::Quiet;
        self.turn += 1;
        self.sent = None;
        while let Some(kept) = self.left_behind.pop() {
            if !self.is_here(&kept.text) {
                return self.take_up(kept);
            }
        }
        if self.heard > self.revision || std::mem::take(&mut self.is_replaced) {
            return vec![Effect::Forget, self.load(Phase::Following)];
        }
        vec![Effect::Forget]
    }

    /// Goes on with what an earlier page left behind: unless another page saved since, it is newer than
    /// what the server has.
    fn take_up(&mut self, kept: Kept<T>) -> Effects<T> {
        let is_newer =
            kept.revision == self.revision || kept.sent.is_some_and(|sent| self.is_here(&sent));
        let other = Other { text: self.here.clone(), revision: self.revision };
        self.here = kept.text;
        let show = Effect::Show(self.here.clone());
        if is_newer {
            return vec![show, self.keep(), self.wait(PAUSE_MS)];
        }
        self.saved = None;
        self.revision = kept.revision;
        self.phase = Phase::Asking(other);
        vec![show, self.keep()]
    }

    fn wake(&mut self) -> Effects<T> {
        match self.phase.clone() {
            phase @ (Phase::Following | Phase::Asking(_)) => vec![self.load(phase)],
            _ => self.send_waiting(),
        }
    }

    /// Sends what waits to be sent. What may have reached the server already is sent again as it was:
    /// whatever became of it, the answer tells.
    fn send_waiting(&mut self) -> Effects<T> {
        if self.phase != Phase::Pausing {
            return Vec::new();
        }
        if self.sent.is_none() && self.is_saved() {
            return self.relieved_rest();
        }
        let text = self.sent.clone().unwrap_or_else(|| self.here.clone());
        self.sent = Some(text.clone());
        self.phase = Phase::Sending;
        self.turn += 1;
        vec![self.keep(), Effect::Send { turn: self.turn, text, revision: self.revision }]
    }

    fn hear_sent(&mut self, outcome: Result<Option<u64>, AppError>) -> Effects<T> {
        let Some(sent) = self.sent.clone().filter(|_| self.phase == Phase::Sending) else {
            return Vec::new();
        };
        match outcome {
            Ok(Some(revision)) => self.confirmed(sent, revision),
            Ok(None) => vec![self.load(Phase::Meeting)],
            Err(error) if error.kind == ErrorKind::Offline => {
                self.is_unreached = true;
                vec![self.wait(RETRY_MS)]
            }
            Err(error) => {
                self.sent = None;
                let mut effects = self.refused(error.clone());
                // The same text would be refused again: only other text is worth another try.
                if error.kind != ErrorKind::Invalid {
                    effects.push(self.wait(RETRY_MS));
                } else if self.here == sent {
                    self.phase = Phase::Unfit(sent);
                    self.turn += 1;
                } else {
                    effects.push(self.wait(PAUSE_MS));
                }
                effects
            }
        }
    }

    /// Tells once why the server does not take what is typed, however often it is sent again.
    fn refused(&mut self, error: AppError) -> Effects<T> {
        self.is_unreached = false;
        if self.refused.as_ref() == Some(&error) {
            return Vec::new();
        }
        self.refused = Some(error.clone());
        vec![Effect::Tell(Notice::Refused(error))]
    }

    fn confirmed(&mut self, text: T, revision: u64) -> Effects<T> {
        self.saved = Some(text);
        self.revision = revision;
        self.sent = None;
        if self.is_saved() {
            return self.relieved_rest();
        }
        let mut effects = self.relieved();
        effects.extend([self.keep(), self.wait(PAUSE_MS)]);
        effects
    }

    fn relieved_rest(&mut self) -> Effects<T> {
        let mut effects = self.relieved();
        effects.extend(self.rest());
        effects
    }

    /// What kept typing from being saved is over.
    fn relieved(&mut self) -> Effects<T> {
        self.is_unreached = false;
        self.refused.take().map(|over| Effect::Tell(Notice::Saved(over))).into_iter().collect()
    }

    fn hear_loaded(&mut self, outcome: Result<(T, u64), AppError>) -> Effects<T> {
        match (&self.phase, outcome) {
            (Phase::Meeting, Ok((text, revision))) => self.meet(text, revision),
            (Phase::Meeting, Err(_)) => vec![self.wait(RETRY_MS)],
            (Phase::Following | Phase::Asking(_), Ok((text, revision))) => {
                self.follow(text, revision)
            }
            (Phase::Following | Phase::Asking(_), Err(_)) => {
                self.turn += 1;
                vec![Effect::Wait(self.turn, RETRY_MS)]
            }
            _ => Vec::new(),
        }
    }

    /// Another page saved first, or this one did and never had the answer.
    fn meet(&mut self, text: T, revision: u64) -> Effects<T> {
        self.heard = revision;
        if self.sent.as_ref().is_some_and(|sent| sent.has_words_of(&text)) {
            return self.confirmed(text, revision);
        }
        self.adopt(Other { text, revision })
    }

    fn hear_elsewhere(&mut self, revision: u64) -> Effects<T> {
        if revision <= self.heard {
            return Vec::new();
        }
        self.heard = revision;
        match &self.phase {
            Phase::Quiet | Phase::Following => vec![self.load(Phase::Following)],
            Phase::Asking(other) => vec![self.load(Phase::Asking(other.clone()))],
            _ => Vec::new(),
        }
    }

    /// Takes over what the server holds, if that is newer and nothing of this page is on its way.
    fn follow(&mut self, text: T, revision: u64) -> Effects<T> {
        let (known_text, known) = match &self.phase {
            Phase::Quiet | Phase::Following => (self.saved.as_ref(), self.revision),
            Phase::Asking(other) => (Some(&other.text), other.revision),
            _ => return Vec::new(),
        };
        let is_new = revision > known || (revision == known && known_text != Some(&text));
        self.heard = self.heard.max(revision);
        if is_new {
            return self.adopt(Other { text, revision });
        }
        if self.phase == Phase::Following {
            self.phase = Phase::Quiet;
        }
        Vec::new()
    }

    /// Puts together what is typed here and what the server holds; where both changed the same box, a
    /// person has to choose.
    fn adopt(&mut self, other: Other<T>) -> Effects<T> {
        let merged = self.merged(&other);
        if merged.is_conflict() {
            self.sent = None;
            self.phase = Phase::Asking(other);
            return vec![self.keep()];
        }
        self.settle(merged.here, other)
    }

    /// Goes on with `text`, in the place of what `other` saved.
    fn settle(&mut self, text: T, other: Other<T>) -> Effects<T> {
        let mut effects = Vec::new();
        if text != self.here {
            effects.push(Effect::Show(text.clone()));
        }
        self.here = text;
        self.saved = Some(other.text);
        self.revision = other.revision;
        self.sent = None;
        if self.is_saved() {
            effects.extend(self.relieved_rest());
        } else {
            effects.extend([self.keep(), self.wait(PAUSE_MS)]);
        }
        effects
    }

    /// A version took the place of the text that was `seen`. What was typed since meets it as it meets
    /// what any other page saves.
    fn replace(&mut self, seen: &T, by: &T) -> Effects<T> {
        let merged = T::merge(Some(seen), &self.here, by);
        if merged.is_conflict() || merged.here == self.here {
            return Vec::new();
        }
        self.here = merged.here;
        let show = Effect::Show(self.here.clone());
        if matches!(self.phase, Phase::Asking(_) | Phase::KeepingVersion { .. }) {
            return vec![show, self.keep()];
        }
        self.saved = self.saved.take().map(|saved| T::merge(Some(seen), &saved, by).theirs);
        match self.phase {
            Phase::Quiet | Phase::Following if self.is_saved() => {
                vec![show, self.load(Phase::Following)]
            }
            Phase::Quiet | Phase::Following | Phase::Unfit(_) => {
                self.is_replaced = true;
                vec![show, self.keep(), self.wait(PAUSE_MS)]
            }
            _ => {
                self.is_replaced = true;
                vec![show, self.keep()]
            }
        }
    }

    fn choose(&mut self, side: Side) -> Effects<T> {
        let Phase::Asking(other) = self.phase.clone() else { return Vec::new() };
        let (chosen, loser) = self.merged(&other).choose(side);
        let Some(version) = loser.losing(&chosen) else { return self.settle(chosen, other) };
        self.phase = Phase::KeepingVersion { other, seen: self.here.clone(), chosen };
        self.turn += 1;
        vec![Effect::SaveVersion(self.turn, version)]
    }

    /// The text that was not chosen is a version now, or could not become one.
    fn hear_version(&mut self, outcome: Result<u32, AppError>) -> Effects<T> {
        let Phase::KeepingVersion { other, seen, chosen } = self.phase.clone() else {
            return Vec::new();
        };
        self.phase = Phase::Asking(other.clone());
        let number = match outcome {
            Ok(number) => number,
            Err(error) => return vec![Effect::Tell(Notice::NotKept(error))],
        };
        let mut effects = vec![Effect::Tell(Notice::KeptAs(number))];
        // What was typed after the choice, into a box that gives way to it, is asked about anew.
        let merged = T::merge(Some(&seen), &self.here, &chosen);
        if !merged.is_conflict() {
            effects.extend(self.settle(merged.here, other));
        }
        effects
    }

    fn load(&mut self, phase: Phase<T>) -> Effect<T> {
        self.phase = phase;
        self.turn += 1;
        Effect::Load(self.turn)
    }

    fn wait(&mut self, milliseconds: u32) -> Effect<T> {
        self.phase = Phase::Pausing;
        self.turn += 1;
        Effect::Wait(self.turn, milliseconds)
    }

    fn keep(&self) -> Effect<T> {
        Effect::Keep(Kept {
            text: self.here.clone(),
            revision: self.revision,
            sent: self.sent.clone(),
            left_behind: self.left_behind.clone(),
        })
    }

    fn is_here(&self, text: &T) -> bool {
        self.here == *text
    }
}
