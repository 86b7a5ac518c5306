//! How each event changes the edit of a draft.

use align::Prompt;
use align::record::DraftId;

use super::super::Side;
use super::{DraftEditing, Edit, Effect, Event, Heard, Notice, Phase};
use crate::error::{AppError, ErrorKind};

/// How long typing pauses before it is sent.
const PAUSE_MS: u32 = 400;

/// How long to wait after the server did not take it.
const RETRY_MS: u32 = 2000;

type Effects = Vec<Effect>;

impl DraftEditing {
    /// Takes an event. Answers to anything but what is waited for change nothing.
    pub(crate) fn on(&mut self, event: Event) -> Effects {
        match event {
            Event::Opened(edit) => self.open(edit),
            Event::Typed(text) => self.type_text(text),
            Event::Found(edit, heard) => self.find(edit, heard),
            Event::Woke(turn) if turn == self.turn => self.send_waiting(),
            Event::Flush => self.flush(),
            Event::Sent(turn, outcome) if turn == self.turn => self.hear_sent(outcome),
            Event::Heard(heard) => self.hear(heard),
            Event::Chosen(side) => self.choose(side),
            Event::Closed if self.phase == Phase::Quiet => self.close(),
            Event::Discarded => self.close(),
            Event::Settled(id) => {
                self.left_over.retain(|edit| edit.id != id);
                vec![Effect::Forget(id)]
            }
            Event::Woke(_) | Event::Sent(..) | Event::Closed => Vec::new(),
        }
    }

    fn open(&mut self, edit: Edit) -> Effects {
        if self.phase != Phase::Quiet {
            return Vec::new();
        }
        self.edit = Some(edit);
        Vec::new()
    }

    fn type_text(&mut self, text: Prompt) -> Effects {
        let Some(edit) = self.edit.as_mut().filter(|edit| edit.typed != text) else {
            return Vec::new();
        };
        edit.typed = text;
        let mut effects = vec![Effect::Keep(edit.clone())];
        match &self.phase {
            Phase::Quiet => effects.push(self.wait(PAUSE_MS)),
            Phase::Asking(theirs) if *theirs == edit.typed => {
                edit.known.clone_from(&edit.typed);
                effects.extend(self.rest());
            }
            _ => {}
        }
        effects
    }

    /// Takes up what an earlier page typed and did not send. Without effects it has to wait: something is
    /// edited or left over already.
    fn find(&mut self, edit: Edit, heard: Option<Heard>) -> Effects {
        match heard {
            Some(heard) if heard.text == edit.typed => vec![Effect::Forget(edit.id)],
            Some(heard) if heard.is_ready => {
                if self.edit.is_some() {
                    return Vec::new();
                }
                self.edit = Some(edit.clone());
                let mut effects = vec![Effect::Keep(edit), self.wait(PAUSE_MS)];
                effects.extend(self.hear(heard));
                effects
            }
            _ if self.left_over.iter().any(|known| known.id == edit.id) => Vec::new(),
            _ => {
                self.left_over.push(edit.clone());
                vec![Effect::Keep(edit)]
            }
        }
    }

    /// Sends what waits to be sent. What may have reached the server already is sent again as it was.
    fn send_waiting(&mut self) -> Effects {
        let Some(edit) = self.edit.clone().filter(|_| self.phase == Phase::Pausing) else {
            return Vec::new();
        };
        if self.sent.is_none() && edit.typed == edit.known {
            return self.rest();
        }
        let typed = self.sent.clone().unwrap_or_else(|| edit.typed.clone());
        self.sent = Some(typed.clone());
        self.phase = Phase::Sending;
        self.turn += 1;
        vec![Effect::Send { turn: self.turn, edit: Edit { typed, ..edit } }]
    }

    fn flush(&mut self) -> Effects {
        match &self.phase {
            Phase::Quiet => vec![Effect::Flushed(Ok(()))],
            Phase::Asking(_) => vec![Effect::Flushed(Err(asked()))],
            Phase::Pausing => {
                self.is_flushing = true;
                self.send_waiting()
            }
            Phase::Sending => {
                self.is_flushing = true;
                Vec::new()
            }
        }
    }

    fn hear_sent(&mut self, outcome: Result<(), AppError>) -> Effects {
        let Some(sent) = self.sent.clone().filter(|_| self.phase == Phase::Sending) else {
            return Vec::new();
        };
        // The server took the edit only if the draft said what was known, so anything else came later.
        let known = self.edit.as_ref().map(|edit| edit.known.clone());
        let is_older = |heard: &Heard| {
            outcome.is_ok()
                && heard.is_ready
                && (heard.text == sent || Some(&heard.text) == known.as_ref())
        };
        let heard = self.heard.take().filter(|heard| !is_older(heard));
        let mut effects = match outcome {
            Ok(()) => self.confirmed(sent),
            Err(error) => self.refused(error),
        };
        effects.extend(heard.map(|heard| self.hear(heard)).unwrap_or_default());
        effects
    }

    fn confirmed(&mut self, text: Prompt) -> Effects {
        self.sent = None;
        let Some(edit) = &mut self.edit else { return self.rest() };
        edit.known = text;
        if edit.typed == edit.known {
            return self.rest();
        }
        let mut effects = vec![Effect::Keep(edit.clone())];
        effects.extend(self.over());
        let wait = self.wait(PAUSE_MS);
        effects.extend(if self.is_flushing { self.send_waiting() } else { vec![wait] });
        effects
    }

    /// It stays in the text boxes, and is sent again. Why is told once.
    fn refused(&mut self, error: AppError) -> Effects {
        if error.kind != ErrorKind::Offline {
            self.sent = None;
        }
        let mut effects = vec![self.wait(RETRY_MS)];
        effects.extend(self.flushed(Err(error.clone())));
        if self.refused.as_ref() != Some(&error) {
            self.refused = Some(error.clone());
            effects.push(Effect::Tell(Notice::Refused(error)));
        }
        effects
    }

    /// Follows what became of the draft, unless something else is typed here; once it is decided on, what
    /// is typed and not in it is left over.
    fn hear(&mut self, heard: Heard) -> Effects {
        let Some(edit) = self.edit.clone().filter(|edit| edit.id == heard.id) else {
            return Vec::new();
        };
        if self.phase == Phase::Sending {
            // What is on its way decides what there is to follow.
            self.heard = Some(heard);
            return Vec::new();
        }
        let Heard { text, is_ready, .. } = heard;
        if !is_ready {
            return self.decided(edit, &text);
        }
        if self.phase == Phase::Quiet {
            if text != edit.known {
                self.edit = Some(Edit { known: text.clone(), typed: text, ..edit });
            }
            Vec::new()
        } else if text == edit.typed || self.sent.as_ref() == Some(&text) {
            self.confirmed(text)
        } else if text != edit.known {
            self.phase = Phase::Asking(text);
            self.turn += 1;
            self.sent = None;
            self.flushed(Err(asked())).into_iter().collect()
        } else if matches!(self.phase, Phase::Asking(_)) {
            vec![self.wait(PAUSE_MS)]
        } else {
            Vec::new()
        }
    }

    fn decided(&mut self, edit: Edit, text: &Prompt) -> Effects {
        let is_left_over = self.phase != Phase::Quiet && edit.typed != *text;
        let mut effects = self.close();
        if is_left_over {
            effects.push(Effect::Keep(edit.clone()));
            self.left_over.push(edit);
        }
        effects
    }

    fn choose(&mut self, side: Side) -> Effects {
        let Phase::Asking(theirs) = self.phase.clone() else { return Vec::new() };
        let Some(edit) = &mut self.edit else { return Vec::new() };
        edit.known.clone_from(&theirs);
        match side {
            Side::Here => {
                let keep = Effect::Keep(edit.clone());
                self.phase = Phase::Pausing;
                let mut effects = vec![keep];
                effects.extend(self.send_waiting());
                effects
            }
            Side::Theirs => {
                edit.typed = theirs;
                self.rest()
            }
        }
    }

    /// The server has what is typed.
    fn rest(&mut self) -> Effects {
        self.phase = Phase::Quiet;
        self.turn += 1;
        self.sent = None;
        let mut effects: Effects = self.id().map(Effect::Forget).into_iter().collect();
        effects.extend(self.flushed(Ok(())));
        effects.extend(self.over());
        effects
    }

    fn close(&mut self) -> Effects {
        let effects = self.rest();
        self.edit = None;
        self.heard = None;
        effects
    }

    fn id(&self) -> Option<DraftId> {
        self.edit.as_ref().map(|edit| edit.id)
    }

    fn flushed(&mut self, outcome: Result<(), AppError>) -> Option<Effect> {
        std::mem::take(&mut self.is_flushing).then_some(Effect::Flushed(outcome))
    }

    fn over(&mut self) -> Option<Effect> {
        self.refused.take().map(|error| Effect::Tell(Notice::Over(error)))
    }

    fn wait(&mut self, milliseconds: u32) -> Effect {
        self.phase = Phase::Pausing;
        self.turn += 1;
        Effect::Wait(self.turn, milliseconds)
    }
}

fn asked() -> AppError {
    AppError::new(
        ErrorKind::Conflict,
        "This draft was also edited on another page.",
        "Choose which text to go on with.",
    )
}
