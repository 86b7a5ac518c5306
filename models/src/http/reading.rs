//! What an answer says, from its bytes: no clock and no network, so that any cut of the bytes can be
//! tried.

use std::sync::Arc;

use align::model::{FinishReason, Usage};
use serde_json::Value;

use super::body::describe;
use super::events::{Event, Events, NoEvents};
use super::mended::Mended;
use super::{Peer, json, status};
use crate::call::StreamEvent;
use crate::error::{Cause, Missing};

/// Reads the values of one wire format. Fields that are missing, null, new or of another type are passed
/// over: only what makes an answer unusable is a cause.
pub(crate) trait Decoder: Send {
    /// Reads one value into texts and thoughts. What it held is in `pieces` even where it also says that
    /// the answer failed.
    fn read(&mut self, value: &Value, pieces: &mut Vec<StreamEvent>) -> Result<(), Cause>;

    /// Reads the end marker `[DONE]`.
    fn done(&mut self) {}

    /// Why the answer ended; `None` until its end marker was read.
    fn finish(&self) -> Option<Finish>;

    /// Tokens, as far as they were counted.
    fn usage(&self) -> Option<Usage>;

    /// Whether nothing can follow any more.
    fn is_over(&self) -> bool;
}

/// Why an answer ended, and what it may have held instead of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Finish {
    /// The model was done.
    Stop,
    /// The limit of output tokens cut the answer.
    Length,
    /// The model asked for a tool.
    ToolCall,
    /// The model declined, in a field of its own; the text is what it said.
    Refusal,
}

/// How sure it is that nothing follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// The end marker has not come.
    Open,
    /// An end marker came before any text, or text came after one: some servers send it with every event,
    /// so that only an orderly end of the stream tells.
    Unreliable,
    /// An end marker came together with text, so that it is not known yet whether it is reliable.
    Doubtful,
    /// The end marker came by itself, after text.
    Ended,
    /// Nothing can follow.
    Over,
}

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closed {
    /// In good order.
    Properly,
    /// It broke.
    Broken,
}

/// The most bytes that one event may take, so that a line without an end does not fill the memory.
const EVENT_LIMIT_BYTES: usize = 16 << 20;

/// Words that some servers send as data to keep a connection open.
const SIGNS_OF_LIFE: [&str; 5] = ["ping", "pong", "heartbeat", "keepalive", "keep-alive"];

/// Reads the bytes of one answer.
pub(super) struct Reading {
    events: Events,
    decoder: Box<dyn Decoder>,
    peer: Arc<Peer>,
    model: String,
    progress: Progress,
    has_text: bool,
    has_thoughts: bool,
    /// Whether something came that is JSON, but means nothing here.
    is_strange: bool,
    mended: Mended,
}

impl Reading {
    pub(super) fn new(decoder: Box<dyn Decoder>, peer: Arc<Peer>, model: &str) -> Self {
        Self {
            events: Events::default(),
            decoder,
            peer,
            model: model.to_owned(),
            progress: Progress::Open,
            has_text: false,
            has_thoughts: false,
            is_strange: false,
            mended: Mended::default(),
        }
    }

    pub(super) fn progress(&self) -> Progress {
        self.progress
    }

    /// Reads more bytes; gives the end of the answer once nothing can follow. What the bytes held is in
    /// `pieces`, also where they end in a failure.
    pub(super) fn push(
        &mut self,
        bytes: &[u8],
        pieces: &mut Vec<StreamEvent>,
    ) -> Result<Option<StreamEvent>, Cause> {
        let mut ready = Vec::new();
        let pushed = self.events.push(bytes, &mut ready);
        let mut read = self.read_all(&ready, pieces);
        if read.is_ok() && self.progress != Progress::Over {
            read = match pushed {
                Err(NoEvents(what)) => Err(malformed(what)),
                Ok(()) if self.events.size_bytes() > EVENT_LIMIT_BYTES => {
                    self.unreadable("a line without an end")
                }
                Ok(()) => Ok(()),
            };
        }
        match read {
            Ok(()) if self.progress != Progress::Over => Ok(None),
            read => {
                self.flush(pieces);
                read.and_then(|()| self.done()).map(Some)
            }
        }
    }

    /// Reads what is left when no more bytes come, and says how the answer ended.
    pub(super) fn end(
        &mut self,
        closed: Closed,
        pieces: &mut Vec<StreamEvent>,
    ) -> Result<StreamEvent, Cause> {
        let mut ready = Vec::new();
        self.events.end(&mut ready);
        let is_bare = ready.iter().all(|event| event.is_bare);
        let read = self.read_all(&ready, pieces);
        self.flush(pieces);
        match read {
            // What is broken at the end of the bytes was cut there, unless it is all there is.
            Err(Cause::Malformed { .. }) if self.has_begun() || !is_bare => {}
            read => read?,
        }
        if closed == Closed::Broken && self.progress == Progress::Unreliable {
            return Err(self.cut_short());
        }
        self.done()
    }

    fn done(&self) -> Result<StreamEvent, Cause> {
        let finish = match self.decoder.finish().ok_or_else(|| self.cut_short())? {
            Finish::Length => FinishReason::Length,
            Finish::Refusal => return Err(Cause::NoText(Missing::Refused)),
            Finish::ToolCall if !self.has_text => return Err(Cause::NoText(Missing::ToolCall)),
            Finish::Stop if !self.has_text && self.has_thoughts => {
                return Err(Cause::NoText(Missing::OnlyThoughts));
            }
            Finish::Stop | Finish::ToolCall => FinishReason::Stop,
        };
        Ok(StreamEvent::Done { finish, usage: self.decoder.usage() })
    }

    fn cut_short(&self) -> Cause {
        match (self.has_begun(), self.is_strange) {
            (true, _) => Cause::CutShort,
            (false, true) => malformed("broken or unexpected JSON"),
            (false, false) => Cause::NoAnswer,
        }
    }

    fn has_begun(&self) -> bool {
        self.has_text || self.has_thoughts
    }

    /// Adds what was held back.
    fn flush(&mut self, pieces: &mut Vec<StreamEvent>) {
        let rest = self.mended.end();
        self.note(&rest);
        pieces.extend(rest);
    }

    fn read_all(&mut self, events: &[Event], pieces: &mut Vec<StreamEvent>) -> Result<(), Cause> {
        for event in events {
            self.read(event, pieces)?;
            if self.progress == Progress::Over {
                break;
            }
        }
        Ok(())
    }

    fn read(&mut self, event: &Event, pieces: &mut Vec<StreamEvent>) -> Result<(), Cause> {
        let was = self.decoder.finish();
        let mut raw = Vec::new();
        let read = self.read_data(event, &mut raw);
        self.is_strange |= event.is_bare && raw.is_empty() && self.decoder.finish().is_none();
        self.progress = self.progress_after(was.is_some(), !raw.is_empty());
        let mended = self.mended.push(raw);
        self.note(&mended);
        pieces.extend(mended);
        read
    }

    /// How sure the end is after an event that held text, or not, and came after an end marker, or not.
    fn progress_after(&self, had_end: bool, has_pieces: bool) -> Progress {
        match self.decoder.finish() {
            _ if self.decoder.is_over() => Progress::Over,
            None => Progress::Open,
            Some(_) if had_end && has_pieces => Progress::Unreliable,
            Some(_) if !self.has_begun() && !has_pieces => Progress::Unreliable,
            Some(_) if had_end => self.progress,
            Some(_) if has_pieces => Progress::Doubtful,
            Some(_) => Progress::Ended,
        }
    }

    fn read_data(&mut self, event: &Event, pieces: &mut Vec<StreamEvent>) -> Result<(), Cause> {
        let data = event.data.trim();
        if event.is_error {
            return Err(self.error_event(data));
        }
        let (data, is_done) = match data.strip_suffix("[DONE]") {
            Some(before) => (before.trim_end(), true),
            None => (data, false),
        };
        if !is_sign_of_life(data) {
            let Some((values, has_halves)) = json::values(data) else {
                return self.unreadable(describe(data.as_bytes()));
            };
            if has_halves || event.has_halves {
                self.mended.join_halves();
            }
            for value in values {
                self.read_value(&value, pieces)?;
            }
        }
        if is_done {
            self.decoder.done();
        }
        Ok(())
    }

    /// Reads one value. An error in it comes first, but takes nothing from what stands beside it.
    fn read_value(&mut self, value: &Value, pieces: &mut Vec<StreamEvent>) -> Result<(), Cause> {
        match value {
            Value::Object(_) => {}
            Value::String(text) if text == "[DONE]" => {
                self.decoder.done();
                return Ok(());
            }
            _ => return Ok(()),
        }
        let failed = status::of_event(value, self.has_begun(), &self.model, &self.peer);
        let read = self.decoder.read(value, pieces);
        failed.map_or(read, Err)
    }

    /// The cause behind an event that the stream itself calls an error.
    fn error_event(&self, data: &str) -> Cause {
        let value = json::values(data).and_then(|(values, _)| values.into_iter().next());
        let value = value.unwrap_or_else(|| Value::String(data.to_owned()));
        status::of_error(&value, self.has_begun(), &self.model, &self.peer)
    }

    /// What cannot be read takes nothing from an answer whose end has come.
    fn unreadable(&self, what: &str) -> Result<(), Cause> {
        if self.decoder.finish().is_some() { Ok(()) } else { Err(malformed(what)) }
    }

    fn note(&mut self, pieces: &[StreamEvent]) {
        for piece in pieces {
            match piece {
                StreamEvent::Text(text) => self.has_text |= !text.trim().is_empty(),
                StreamEvent::Thought(_) => self.has_thoughts = true,
                StreamEvent::TextWasThought => {
                    self.has_thoughts |= self.has_text;
                    self.has_text = false;
                }
                _ => {}
            }
        }
    }
}

fn is_sign_of_life(data: &str) -> bool {
    data.is_empty() || SIGNS_OF_LIFE.iter().any(|word| data.eq_ignore_ascii_case(word))
}

fn malformed(what: &str) -> Cause {
    Cause::Malformed { what: what.to_owned() }
}
