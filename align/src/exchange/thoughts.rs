//! Takes a model's thoughts off its reply.

use super::mark::Mark;

/// How models mark the beginning and end of thoughts.
const MARKERS: [(&str, &str); 7] = [
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"),
    ("<scratchpad>", "</scratchpad>"),
    ("[THINK]", "[/THINK]"),
    ("◁think▷", "◁/think▷"),
];

/// Begins the answer in the "harmony" format of open-weight models, after their thoughts.
const FINAL_CHANNEL: &str = "<|channel|>final<|message|>";

/// A reply without its thoughts.
pub(crate) struct Thoughts<'a> {
    pub(crate) body: &'a str,
    /// The thoughts never ended, so `body` may still be a part of them.
    pub(crate) is_unclosed: bool,
}

/// Why there is nothing to read in a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blank {
    /// There is no text in it.
    Empty,
    /// It holds thoughts and nothing after them.
    OnlyThoughts,
}

/// What a reply says, without its thoughts and the space around it.
pub(crate) fn said<'a>(reply: &'a str, mark: &Mark) -> Result<Thoughts<'a>, Blank> {
    let Thoughts { body, is_unclosed } = strip(reply, mark);
    match body.trim() {
        "" if reply.trim().is_empty() => Err(Blank::Empty),
        "" => Err(Blank::OnlyThoughts),
        body => Ok(Thoughts { body, is_unclosed }),
    }
}

/// Takes off thoughts at the beginning, also where only their end is marked.
fn strip<'a>(reply: &'a str, mark: &Mark) -> Thoughts<'a> {
    let mut body = reply.trim_start();
    if let Some((_, answer)) = body.rsplit_once(FINAL_CHANNEL) {
        body = answer.trim_start();
    }
    while let Some((open, close)) = leading(body) {
        match body.split_once(close) {
            Some((_, after)) => body = after.trim_start(),
            None => return Thoughts { body: &body[open.len()..], is_unclosed: true },
        }
    }
    Thoughts { body: without_orphan(body, mark), is_unclosed: false }
}

/// The markers of thoughts that the text begins with.
pub(crate) fn leading(text: &str) -> Option<(&'static str, &'static str)> {
    MARKERS.into_iter().find(|(open, _)| {
        text.get(..open.len()).is_some_and(|start| start.eq_ignore_ascii_case(open))
    })
}

/// Some servers cut the opening marker off. An end of thoughts counts unless it stands after the
/// answer began: then it belongs to the prompt.
fn without_orphan<'a>(body: &'a str, mark: &Mark) -> &'a str {
    for (_, close) in MARKERS {
        if let Some((before, after)) = body.split_once(close)
            && !after.trim().is_empty()
            && (after.contains(&format!("<revised_prompt-{mark}>"))
                || !before.contains(mark.as_str()))
        {
            return after.trim_start();
        }
    }
    body
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(reply: &str, expected: &Expect) {
        let thoughts = strip(reply, &Mark::from_bytes([7; 8]));
        expected.assert_eq(&format!("{}|{}", thoughts.body, thoughts.is_unclosed));
    }

    #[test]
    fn thoughts_are_taken_off() {
        check("<think>hm</think>\nyes", &expect!["yes|false"]);
        check("<THINKING>a</thinking><think>b</think>c", &expect!["c|false"]);
        check("hm, well\n</think>\n\nyes", &expect!["yes|false"]);
        check("<think>hm", &expect!["hm|true"]);
        check("[THINK]hm[/THINK]yes", &expect!["yes|false"]);
        check(
            "<|channel|>analysis<|message|>hm<|end|><|channel|>final<|message|>yes",
            &expect!["yes|false"],
        );
        check("Explain what <think> does.", &expect!["Explain what <think> does.|false"]);
    }
}
