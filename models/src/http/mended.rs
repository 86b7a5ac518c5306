//! The texts and thoughts of an answer as they leave: characters joined that were cut in two, and
//! thoughts sorted out of the text.

use super::halves::Joiner;
use super::thoughts::Splitter;
use crate::call::StreamEvent;

/// Mends pieces on their way out.
#[derive(Debug, Default)]
pub(super) struct Mended {
    /// Of texts and of thoughts; only once a half has come.
    joiners: Option<(Joiner, Joiner)>,
    splitter: Splitter,
}

impl Mended {
    /// From now on, halves of characters may come.
    pub(super) fn join_halves(&mut self) {
        self.joiners.get_or_insert_default();
    }

    /// The pieces without what may go on. None is empty.
    pub(super) fn push(&mut self, pieces: Vec<StreamEvent>) -> Vec<StreamEvent> {
        let mut mended = Vec::new();
        for piece in pieces {
            match (piece, &mut self.joiners) {
                (StreamEvent::Text(text), None) => self.splitter.push(&text, &mut mended),
                (StreamEvent::Text(text), Some((joiner, _))) => {
                    self.splitter.push(&joiner.push(&text), &mut mended);
                }
                (StreamEvent::Thought(text), Some((_, joiner))) => {
                    thought(joiner.push(&text), &mut mended);
                }
                (other, _) => mended.push(other),
            }
        }
        mended
    }

    /// What was held back.
    pub(super) fn end(&mut self) -> Vec<StreamEvent> {
        let mut rest = Vec::new();
        if let Some((mut texts, mut thoughts)) = self.joiners.take() {
            let (mut text, mut last) = (String::new(), String::new());
            thoughts.end(&mut last);
            thought(last, &mut rest);
            texts.end(&mut text);
            self.splitter.push(&text, &mut rest);
        }
        self.splitter.end(&mut rest);
        rest
    }
}

fn thought(text: String, pieces: &mut Vec<StreamEvent>) {
    if !text.is_empty() {
        pieces.push(StreamEvent::Thought(text));
    }
}
