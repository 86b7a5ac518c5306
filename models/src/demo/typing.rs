//! An answer typed out word by word.

use std::time::Duration;

use align::model::{Conversation, FinishReason, Usage};
use async_stream::try_stream;

use crate::call::{Call, ModelStream, StreamEvent, stop_sequences};

/// The most chunks of one answer: long answers come in larger chunks instead of taking longer.
const CHUNKS_LIMIT: usize = 90;

/// Streams `answer`, within the call's limit of tokens and up to its stop sequences. A word counts
/// as a token.
pub(super) fn stream(mut answer: String, call: &Call, delay_ms: u64) -> ModelStream {
    let stops = stop_sequences(&call.settings);
    if let Some(end) = stops.iter().filter_map(|stop| answer.find(stop)).min() {
        answer.truncate(end);
    }
    let mut words: Vec<_> = answer.split_inclusive([' ', '\n']).map(str::to_owned).collect();
    let limit = call.settings.max_output_tokens.map_or(usize::MAX, |limit| limit as usize);
    let finish = if words.len() > limit { FinishReason::Length } else { FinishReason::Stop };
    words.truncate(limit);
    let usage = Usage {
        input_tokens: count(input_words(&call.conversation)),
        output_tokens: count(words.len()),
        thought_tokens: 0,
    };
    let per_chunk = words.len().div_ceil(CHUNKS_LIMIT).max(1);
    Box::pin(try_stream! {
        for chunk in words.chunks(per_chunk) {
            // A pause of nothing would still be a millisecond.
            if delay_ms > 0 {
                tokio::time::sleep(Duration::from_millis(delay_ms)).await;
            }
            yield StreamEvent::Text(chunk.concat());
        }
        yield StreamEvent::Done { finish, usage: Some(usage) };
    })
}

fn input_words(conversation: &Conversation) -> usize {
    let texts = conversation.messages.iter().map(|message| &message.text);
    texts.chain([&conversation.system_instructions]).map(|it| it.split_whitespace().count()).sum()
}

fn count(words: usize) -> u32 {
    u32::try_from(words).unwrap_or(u32::MAX)
}
