//! Which changes of a draft are left out: a choice shows at once, is sent one at a time, and goes back
//! where the server refuses it.

use super::Turn;
use crate::error::AppError;

/// The choice among the changes of one draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HunkChoice {
    /// What is shown: places from 0 of the changes that are left out, in order.
    shown: Vec<u32>,
    /// What the server holds.
    known: Vec<u32>,
    /// What is on its way to it.
    sent: Option<Vec<u32>>,
    turn: Turn,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// A person takes a change or leaves it out.
    Chosen {
        /// The place of the change.
        hunk: u32,
        /// Whether it is taken.
        is_taken: bool,
    },
    /// The answer to [`Effect::Send`].
    Sent(Turn, Result<(), AppError>),
    /// The server holds this; `has_same_text` if the changes are still those that were chosen among.
    Heard {
        /// What is left out there.
        left_out: Vec<u32>,
        /// Whether the draft says what it said.
        has_same_text: bool,
    },
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Tell the server what is left out.
    Send(Turn, Vec<u32>),
    /// Tell the person that a choice was not taken.
    Failed(AppError),
}

impl HunkChoice {
    /// A draft of which the server leaves out `known`.
    pub(crate) fn new(known: Vec<u32>) -> Self {
        Self { shown: known.clone(), known, sent: None, turn: 0 }
    }

    /// What is left out, as it is shown.
    pub(crate) fn shown(&self) -> &[u32] {
        &self.shown
    }

    /// Whether the server knows what is shown.
    pub(crate) fn is_settled(&self) -> bool {
        self.sent.is_none() && self.shown == self.known
    }

    /// Takes an event. Answers to anything but what is waited for change nothing.
    pub(crate) fn on(&mut self, event: Event) -> Option<Effect> {
        match event {
            Event::Chosen { hunk, is_taken } => {
                self.shown.retain(|known| *known != hunk);
                if !is_taken {
                    self.shown.push(hunk);
                    self.shown.sort_unstable();
                }
                self.send()
            }
            Event::Sent(turn, outcome) if turn == self.turn => {
                let sent = self.sent.take()?;
                match outcome {
                    Ok(()) => {
                        self.known = sent;
                        self.send()
                    }
                    Err(error) => {
                        self.shown.clone_from(&self.known);
                        Some(Effect::Failed(error))
                    }
                }
            }
            Event::Sent(..) => None,
            Event::Heard { left_out, has_same_text: true } if !self.is_settled() => {
                // The choice that is shown is newer, and on its way.
                self.known = left_out;
                None
            }
            Event::Heard { left_out, .. } => {
                self.shown.clone_from(&left_out);
                self.known = left_out;
                self.sent = None;
                self.turn += 1;
                None
            }
        }
    }

    /// Sends what is shown, unless something is on its way: its answer sends what was chosen since.
    fn send(&mut self) -> Option<Effect> {
        if self.sent.is_some() || self.shown == self.known {
            return None;
        }
        self.sent = Some(self.shown.clone());
        self.turn += 1;
        Some(Effect::Send(self.turn, self.shown.clone()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Plays a story with a draft of which nothing is left out; what is shown, and the last effect.
    fn check(story: &str, expected: &str) {
        let mut choice = HunkChoice::new(Vec::new());
        let mut last = None;
        for step in story.split(" | ") {
            last = choice.on(event(step, choice.turn));
        }
        let done = match last {
            Some(Effect::Send(_, left_out)) => format!(" send {left_out:?}"),
            Some(Effect::Failed(_)) => " failed".to_owned(),
            None => String::new(),
        };
        assert_eq!(format!("{:?}{done}", choice.shown), expected, "{story}");
    }

    fn event(step: &str, turn: Turn) -> Event {
        let (name, rest) = step.split_once(' ').unwrap_or((step, ""));
        let hunks = || rest.split(' ').filter_map(|hunk| hunk.parse().ok()).collect();
        match name {
            "leave" => Event::Chosen { hunk: rest.parse().unwrap(), is_taken: false },
            "take" => Event::Chosen { hunk: rest.parse().unwrap(), is_taken: true },
            "ok" => Event::Sent(turn, Ok(())),
            "late" => Event::Sent(turn - 1, Ok(())),
            "fails" => Event::Sent(turn, Err(AppError::offline())),
            "heard" => Event::Heard { left_out: hunks(), has_same_text: true },
            "edited" => Event::Heard { left_out: hunks(), has_same_text: false },
            _ => panic!("{step}"),
        }
    }

    #[test]
    fn a_choice_shows_at_once_and_is_sent_one_at_a_time() {
        check("leave 2", "[2] send [2]");
        check("leave 2 | leave 1", "[1, 2]");
        check("leave 2 | leave 1 | ok", "[1, 2] send [1, 2]");
        check("leave 2 | take 2 | ok", "[] send []");
        check("leave 2 | ok", "[2]");
        check("leave 2 | ok | take 2", "[] send []");
        check("take 2", "[]");
    }

    #[test]
    fn what_is_refused_goes_back_to_what_the_server_holds() {
        check("leave 2 | fails", "[] failed");
        check("leave 2 | ok | leave 1 | fails", "[2] failed");
        check("leave 2 | heard 3 | fails", "[3] failed");
    }

    #[test]
    fn what_is_heard_takes_back_no_newer_choice() {
        check("heard 1", "[1]");
        check("leave 2 | heard 1", "[2]");
        check("leave 2 | ok | heard 1", "[1]");
        check("leave 2 | leave 1 | late", "[1, 2]");
        check("leave 2 | edited", "[]");
        check("leave 2 | edited | ok", "[]");
    }

    proptest! {
        /// Whatever is chosen, and whenever the answers come: at last both sides say the same.
        #[test]
        fn page_and_server_come_to_one_choice(
            steps in prop::collection::vec((0..6_u32, any::<bool>(), any::<bool>()), 1..60),
        ) {
            let mut choice = HunkChoice::new(Vec::new());
            let (mut server, mut on_its_way) = (Vec::new(), None);
            for (hunk, is_taken, answers) in steps {
                let effect = choice.on(Event::Chosen { hunk, is_taken });
                prop_assert!(effect.is_none() || on_its_way.is_none(), "two at once");
                on_its_way = on_its_way.or(effect);
                if answers {
                    on_its_way = answer(&mut choice, &mut server, on_its_way);
                }
            }
            while on_its_way.is_some() {
                on_its_way = answer(&mut choice, &mut server, on_its_way);
            }
            prop_assert!(choice.is_settled());
            prop_assert_eq!(choice.shown(), &server[..]);
        }
    }

    /// The server takes what is on its way.
    fn answer(
        choice: &mut HunkChoice,
        server: &mut Vec<u32>,
        on_its_way: Option<Effect>,
    ) -> Option<Effect> {
        let Some(Effect::Send(turn, left_out)) = on_its_way else { return None };
        *server = left_out;
        choice.on(Event::Sent(turn, Ok(())))
    }
}
