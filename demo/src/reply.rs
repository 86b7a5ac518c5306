//! A reply in the pieces in which it streams.

use align::model::{Conversation, FinishReason, Settings, Usage};

/// The most pieces of one reply: long ones come in larger pieces instead of taking longer.
const MAX_PIECES: usize = 90;

/// What the demo model says. A word counts as a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The text, cut after words; none is empty.
    pub pieces: Vec<String>,
    /// Why it ends.
    pub finish: FinishReason,
    /// Its words and those of the conversation.
    pub usage: Usage,
}

impl Reply {
    /// The `text` within the limit of tokens and up to the stop sequences of the `settings`.
    pub(crate) fn new(text: String, conversation: &Conversation, settings: &Settings) -> Self {
        let text = before_stops(text, settings);
        let mut words: Vec<_> = text.split_inclusive([' ', '\n']).collect();
        let limit = settings.max_output_tokens.map_or(usize::MAX, |limit| limit as usize);
        let finish = if words.len() > limit { FinishReason::Length } else { FinishReason::Stop };
        words.truncate(limit);
        let usage = Usage {
            input_tokens: count(input_words(conversation)),
            output_tokens: count(words.len()),
            thought_tokens: 0,
        };
        let per_piece = words.len().div_ceil(MAX_PIECES).max(1);
        Self { pieces: words.chunks(per_piece).map(<[_]>::concat).collect(), finish, usage }
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.pieces.concat()
    }
}

fn before_stops(mut text: String, settings: &Settings) -> String {
    let stops = settings.stop_sequences.iter().filter(|stop| !stop.is_empty());
    if let Some(end) = stops.filter_map(|stop| text.find(stop)).min() {
        text.truncate(end);
    }
    text
}

fn input_words(conversation: &Conversation) -> usize {
    let texts = conversation.messages.iter().map(|message| &message.text);
    texts.chain([&conversation.system_instructions]).map(|it| it.split_whitespace().count()).sum()
}

fn count(words: usize) -> u32 {
    u32::try_from(words).unwrap_or(u32::MAX)
}
