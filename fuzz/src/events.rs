//! What must hold of every streamed answer. The first byte of the input chooses the wire format, the
//! second how the rest, the body, is cut into packets.

use align::model::FailureKind;
use bytes::Bytes;
use futures_util::StreamExt;
use models::testing::{Wire, read_recorded};
use models::{ModelError, StreamEvent};

pub(crate) fn check(data: &[u8]) {
    let [wire, cut, body @ ..] = data else { return };
    let wire = match wire % 3 {
        0 => Wire::OpenAi,
        1 => Wire::Gemini,
        _ => Wire::Anthropic,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let runtime = runtime.expect("a runtime without I/O");
    let read = |pieces| runtime.block_on(read_recorded(wire, pieces).collect::<Vec<_>>());
    let whole = Outcome::of(read(vec![Bytes::copy_from_slice(body)]));
    let size = usize::from(*cut % 32) + 1;
    let pieces = Outcome::of(read(body.chunks(size).map(Bytes::copy_from_slice).collect()));
    assert_eq!(whole, pieces, "packets change nothing");
    // A line that is cut at its end brings less, never something else.
    let half = Outcome::of(read(vec![Bytes::copy_from_slice(&body[..body.len() / 2])]));
    // What was text until its closing mark came is a thought from then on.
    if whole.was_relabelled == half.was_relabelled {
        assert!(whole.text.starts_with(&half.text), "{:?} then {:?}", half.text, whole.text);
        assert!(whole.thoughts.starts_with(&half.thoughts));
    }
}

/// What an answer amounts to.
#[derive(Debug, PartialEq)]
struct Outcome {
    text: String,
    thoughts: String,
    was_relabelled: bool,
    end: String,
}

impl Outcome {
    /// An answer ends once: done, or with an error that says something.
    fn of(events: Vec<Result<StreamEvent, ModelError>>) -> Self {
        let (mut text, mut thoughts, mut end) = (String::new(), String::new(), None);
        let mut was_relabelled = false;
        for event in events {
            assert_eq!(end, None, "nothing comes after the end");
            match event {
                Ok(
                    event @ (StreamEvent::Waiting(_)
                    | StreamEvent::Asking
                    | StreamEvent::InstructionsMoved),
                ) => {
                    panic!("a decoder only reads: {event:?}")
                }
                Ok(StreamEvent::Text(more)) => text += &more,
                Ok(StreamEvent::Thought(more)) => thoughts += &more,
                Ok(StreamEvent::TextWasThought) => {
                    thoughts += &std::mem::take(&mut text);
                    was_relabelled = true;
                }
                Ok(StreamEvent::Done { finish, usage }) => {
                    end = Some(format!("{finish:?} {usage:?}"));
                }
                Err(error) => end = Some(said(&error)),
            }
        }
        Self { text, thoughts, was_relabelled, end: end.expect("an answer has an end") }
    }
}

fn said(error: &ModelError) -> String {
    let failure = error.failure();
    assert!(failure.message.contains("The model server"), "{}", failure.message);
    assert!(failure.message.ends_with(['.', '”', '…', '!', '?']), "{}", failure.message);
    assert!(failure.message.chars().count() < 600, "{}", failure.message);
    assert!(!failure.message.contains(char::is_control), "{:?}", failure.message);
    // What an unreadable answer is said to look like is judged by its first packet.
    let words = if failure.kind == FailureKind::Malformed { "" } else { &failure.message };
    format!("{:?} {words}", failure.kind)
}
