//! Thoughts that stand in the text of an answer: between marks such as `<think>` and `</think>`, or in
//! the channels of gpt-oss ("harmony", <https://cookbook.openai.com/articles/openai-harmony>).
//!
//! Marks count where models write them: an opening one at the very beginning, a closing one outside of
//! code. Anywhere else they are text that someone asked for. What may become a mark is held back until
//! it is one or is none, so that no half of a mark is ever shown.

use crate::call::StreamEvent;

/// Pairs of marks around thoughts, in lower case.
const MARKS: [(&str, &str); 7] = [
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"),
    ("<seed:think>", "</seed:think>"),
    ("[think]", "[/think]"),
    ("◁think▷", "◁/think▷"),
];

/// What begins a header of harmony, which names a channel.
const HEADERS: [&str; 2] = ["<|start|>", "<|channel|>"];

/// What ends a header of harmony.
const MESSAGE: &str = "<|message|>";

/// What ends a channel of harmony.
const ENDS: [&str; 3] = ["<|end|>", "<|return|>", "<|call|>"];

/// The longest header that is waited for, in bytes.
const HEADER_LIMIT_BYTES: usize = 256;

/// Sorts the text of an answer into text and thoughts.
#[derive(Debug, Default)]
pub(super) struct Splitter {
    state: State,
    /// What may become a mark.
    held: String,
    /// Whether nothing has left since the state began.
    is_fresh: bool,
    code: Code,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// Nothing but whitespace has come; an opening mark may.
    #[default]
    Beginning,
    /// Within thoughts that end with this mark.
    Thinking(&'static str),
    /// After thoughts, before the first word of what follows.
    After,
    /// Within an answer that began without a mark; a closing one may still come.
    Unmarked,
    /// Within the answer; nothing is a mark any more.
    Answer,
    /// Within a header of harmony.
    Header,
    /// Within a channel of harmony.
    Channel(Role),
}

/// What a channel of harmony holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Answer,
    Thought,
}

/// Whether a step used up something.
#[derive(PartialEq, Eq)]
enum Step {
    Again,
    Wait,
}

impl Splitter {
    /// The pieces of more text.
    pub(super) fn push(&mut self, text: &str, pieces: &mut Vec<StreamEvent>) {
        self.held.push_str(text);
        while !self.held.is_empty() && self.step(pieces) == Step::Again {}
    }

    /// What was held back and became no mark.
    pub(super) fn end(&mut self, pieces: &mut Vec<StreamEvent>) {
        let rest = std::mem::take(&mut self.held);
        match self.state {
            State::Thinking(_) | State::Channel(Role::Thought) => {
                self.emit(StreamEvent::Thought, rest.trim_end(), pieces);
            }
            State::Header => {}
            State::Beginning | State::After if rest.trim().is_empty() => {}
            _ => self.emit(StreamEvent::Text, &rest, pieces),
        }
    }

    fn step(&mut self, pieces: &mut Vec<StreamEvent>) -> Step {
        match self.state {
            State::Beginning => self.beginning(State::Unmarked),
            State::After => self.beginning(State::Answer),
            State::Thinking(mark) => self.thinking(mark, pieces),
            State::Unmarked => self.unmarked(pieces),
            State::Header => self.header(),
            State::Channel(role) => self.channel(role, pieces),
            State::Answer => {
                let text = std::mem::take(&mut self.held);
                self.emit(StreamEvent::Text, &text, pieces);
                Step::Wait
            }
        }
    }

    /// Looks for an opening mark; without one, `otherwise` begins.
    fn beginning(&mut self, otherwise: State) -> Step {
        let text = self.held.trim_start();
        let openings = || MARKS.iter().flat_map(|(open, close)| [*open, *close]).chain(HEADERS);
        if HEADERS.iter().any(|mark| text.starts_with(mark)) {
            return self.go(State::Header, self.held.len() - text.len());
        }
        for (open, close) in MARKS {
            if starts_with(text, open) {
                return self.go(State::Thinking(close), self.held.len() - text.len() + open.len());
            }
            if starts_with(text, close) {
                return self.go(State::After, self.held.len() - text.len() + close.len());
            }
        }
        if openings().any(|mark| starts_with(mark, text)) {
            return Step::Wait;
        }
        let skipped = if otherwise == State::Answer { self.held.len() - text.len() } else { 0 };
        self.go(otherwise, skipped)
    }

    fn thinking(&mut self, mark: &'static str, pieces: &mut Vec<StreamEvent>) -> Step {
        if let Some(start) = find(&self.held, mark) {
            let thought = self.held[..start].trim_end().to_owned();
            self.emit(StreamEvent::Thought, &thought, pieces);
            return self.go(State::After, start + mark.len());
        }
        let free = free_of(&self.held, &[mark]);
        self.leave(StreamEvent::Thought, self.held[..free].trim_end().len(), pieces)
    }

    /// Looks for a closing mark, outside of code, whose opening one came before the answer.
    fn unmarked(&mut self, pieces: &mut Vec<StreamEvent>) -> Step {
        let closing = MARKS.map(|(_, close)| close);
        let found = closing.iter().filter_map(|mark| Some((find(&self.held, mark)?, *mark))).min();
        let Some((start, mark)) = found else {
            return self.leave(StreamEvent::Text, free_of(&self.held, &closing), pieces);
        };
        if self.code.clone().after(&self.held[..start]) {
            return self.leave(StreamEvent::Text, start + mark.len(), pieces);
        }
        pieces.push(StreamEvent::TextWasThought);
        let thought = self.held[..start].to_owned();
        self.emit(StreamEvent::Thought, &thought, pieces);
        self.go(State::After, start + mark.len())
    }

    fn header(&mut self) -> Step {
        let Some(end) = self.held.find(MESSAGE) else {
            let is_header = self.held.len() <= HEADER_LIMIT_BYTES;
            return if is_header { Step::Wait } else { self.go(State::Answer, 0) };
        };
        let channel = self.held[..end].split(HEADERS[1]).nth(1);
        let is_answer = channel.is_none_or(|name| name.trim_start().starts_with("final"));
        let role = if is_answer { Role::Answer } else { Role::Thought };
        self.go(State::Channel(role), end + MESSAGE.len())
    }

    fn channel(&mut self, role: Role, pieces: &mut Vec<StreamEvent>) -> Step {
        let kind = match role {
            Role::Answer => StreamEvent::Text,
            Role::Thought => StreamEvent::Thought,
        };
        let marks = [ENDS[0], ENDS[1], ENDS[2], HEADERS[0], HEADERS[1]];
        let found = marks.iter().filter_map(|mark| Some((self.held.find(mark)?, *mark))).min();
        let Some((start, mark)) = found else {
            return self.leave(kind, free_of(&self.held, &marks), pieces);
        };
        let text = self.held[..start].to_owned();
        self.emit(kind, &text, pieces);
        let is_end = ENDS.contains(&mark);
        let next = if is_end { State::After } else { State::Header };
        self.go(next, if is_end { start + mark.len() } else { start })
    }

    /// Goes on in another state after so many bytes.
    fn go(&mut self, state: State, used: usize) -> Step {
        self.held.drain(..used);
        self.state = state;
        self.is_fresh = true;
        Step::Again
    }

    /// Lets so many bytes leave and waits for more.
    fn leave(
        &mut self,
        kind: fn(String) -> StreamEvent,
        length: usize,
        pieces: &mut Vec<StreamEvent>,
    ) -> Step {
        let text: String = self.held.drain(..length).collect();
        self.emit(kind, &text, pieces);
        if text.is_empty() || self.state != State::Unmarked { Step::Wait } else { Step::Again }
    }

    fn emit(&mut self, kind: fn(String) -> StreamEvent, text: &str, pieces: &mut Vec<StreamEvent>) {
        let is_thought = matches!(self.state, State::Thinking(_) | State::Channel(Role::Thought));
        let text = if self.is_fresh && is_thought { text.trim_start() } else { text };
        if !text.is_empty() {
            self.is_fresh = false;
            self.code.after(text);
            pieces.push(kind(text.to_owned()));
        }
    }
}

/// Whether the end of a text stands in code or in quotes.
#[derive(Clone, Debug, Default)]
struct Code {
    /// Backticks at the end of the text.
    ticks: usize,
    is_fenced: bool,
    is_inline: bool,
}

impl Code {
    /// The same after more text.
    fn after(&mut self, text: &str) -> bool {
        for c in text.chars() {
            if c == '`' {
                self.ticks += 1;
                continue;
            }
            self.end_ticks();
            self.is_inline &= c != '\n';
        }
        let mut end = self.clone();
        end.end_ticks();
        end.is_fenced || end.is_inline
    }

    fn end_ticks(&mut self) {
        match std::mem::take(&mut self.ticks) {
            0 => {}
            1 | 2 => self.is_inline = !self.is_inline,
            _ => self.is_fenced = !self.is_fenced,
        }
    }
}

/// Whether `text` begins with `start`, in whichever case of ASCII letters.
fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start))
}

/// Where a mark begins, in whichever case of ASCII letters.
fn find(text: &str, mark: &str) -> Option<usize> {
    let first = mark.chars().next()?;
    let places = text.match_indices(first).map(|(place, _)| place);
    places.into_iter().find(|&place| starts_with(&text[place..], mark))
}

/// The length of the beginning of a text that no mark can reach into, once more text has come.
fn free_of(text: &str, marks: &[&str]) -> usize {
    let longest = marks.iter().map(|mark| mark.len()).max().unwrap_or_default();
    let from = text.floor_char_boundary(text.len().saturating_sub(longest));
    let places = text[from..].char_indices().map(|(place, _)| from + place);
    let held = places.into_iter().find(|&place| {
        let rest = &text[place..];
        marks.iter().any(|mark| mark.len() > rest.len() && starts_with(mark, rest))
    });
    held.unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    /// The pieces of a text, `[thought]` and text, the same however it is cut.
    fn check(text: &str, expected: &Expect) {
        let read = |pieces: &[&str]| {
            let (mut splitter, mut out) = (Splitter::default(), Vec::new());
            for piece in pieces {
                splitter.push(piece, &mut out);
            }
            splitter.end(&mut out);
            written(out)
        };
        let whole = read(&[text]);
        for (cut, _) in text.char_indices() {
            let (before, after) = text.split_at(cut);
            assert_eq!(read(&[before, after]), whole, "cut at {cut}");
        }
        let single: Vec<_> = text.split_inclusive(|_| true).collect();
        assert_eq!(read(&single), whole);
        expected.assert_eq(&format!("[{}]{}", whole.0, whole.1));
    }

    /// Thoughts and text in the end. No half of a mark may ever have been text.
    fn written(pieces: Vec<StreamEvent>) -> (String, String) {
        let (mut thoughts, mut text) = (String::new(), String::new());
        for piece in pieces {
            match piece {
                StreamEvent::Thought(more) => thoughts += &more,
                StreamEvent::Text(more) => text += &more,
                StreamEvent::TextWasThought => thoughts += &std::mem::take(&mut text),
                other => panic!("{other:?}"),
            }
        }
        (thoughts, text)
    }

    #[test]
    fn marks_at_the_beginning() {
        check("<think>\nHm.\n</think>\n\nHi.", &expect!["[Hm.]Hi."]);
        check(" \n<THINK>Hm. 1 < 2</Think>Hi <b>.", &expect!["[Hm. 1 < 2]Hi <b>."]);
        check("[THINK]Hm.[/THINK]Hi.", &expect!["[Hm.]Hi."]);
        check("◁think▷Hm.◁/think▷Hi.", &expect!["[Hm.]Hi."]);
        check("<think></think>Hi.", &expect!["[]Hi."]);
        check("<think>Hm.</think><think>Hm?</think>Hi.", &expect!["[Hm.Hm?]Hi."]);
        check("<think>Hm. And", &expect!["[Hm. And]"]);
        check("</think>\nHi.", &expect!["[]Hi."]);
    }

    #[test]
    fn a_closing_mark_alone() {
        check("Hm. So\nwhat?\n</think>\n\nHi.", &expect!["[Hm. So\nwhat?\n]Hi."]);
        check("Hm.</think>Hi. </think> is a tag.", &expect!["[Hm.]Hi. </think> is a tag."]);
    }

    #[test]
    fn marks_that_are_text() {
        check("Hi. <think>Hm.", &expect!["[]Hi. <think>Hm."]);
        check("`</think>` is a tag.", &expect!["[]`</think>` is a tag."]);
        check("```\n</think>\n```\nis one.", &expect!["[]```\n</think>\n```\nis one."]);
        check("<thin", &expect!["[]<thin"]);
        check(" <b>Hi</b> </thi", &expect!["[] <b>Hi</b> </thi"]);
        check("  Hi", &expect!["[]  Hi"]);
    }

    #[test]
    fn channels_of_harmony() {
        check(
            "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Hi.",
            &expect!["[Hm.]Hi."],
        );
        check(
            "<|start|>assistant<|channel|>final <|constrain|>json<|message|>{}<|return|>",
            &expect!["[]{}"],
        );
        check(
            "<|channel|>analysis<|message|>Hm. <|x|> <|channel|>final<|message|>Hi.",
            &expect!["[Hm. <|x|> ]Hi."],
        );
        check("<|channel|>commentary to=f<|message|>{}<|call|>", &expect!["[{}]"]);
        check("<|start|>assistant<|message|>Hi.<|end|>", &expect!["[]Hi."]);
    }

    #[test]
    fn no_half_of_a_mark_is_ever_text() {
        for mark in ["</think>", "<think>"] {
            for end in 1..mark.len() {
                let (mut splitter, mut pieces) = (Splitter::default(), Vec::new());
                let start = if mark.starts_with("</") { "Hm." } else { "" };
                splitter.push(&format!("{start}{}", &mark[..end]), &mut pieces);
                assert_eq!(written(pieces).1, start);
            }
        }
    }
}
