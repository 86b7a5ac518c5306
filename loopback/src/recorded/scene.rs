//! What is asked, as recorded answers are chosen by it.

use crate::alignment::{AlignmentRequest, Task};

/// A message, with its parts if it is an alignment request.
pub(super) struct Scene<'a> {
    message: &'a str,
    request: Option<AlignmentRequest<'a>>,
    /// What is asked for, as the head of a recorded answer names it.
    pub(super) kind: &'static str,
}

impl<'a> Scene<'a> {
    pub(super) fn new(message: &'a str) -> Self {
        let request = AlignmentRequest::read(message);
        let kind = match request.as_ref().map(AlignmentRequest::task) {
            None if message.starts_with("That reply cannot be taken") => "second try",
            None => "run",
            Some(Task::Rewrite) => "rewrite",
            Some(Task::Distil(kind)) => kind,
            Some(Task::Suggest { is_kudos: false }) => "suggest critiques",
            Some(Task::Suggest { is_kudos: true }) => "suggest kudos",
        };
        Self { message, request, kind }
    }

    /// The words in a place, in lower case: the whole message, or a part of the request.
    pub(super) fn words_in(&self, place: &str) -> String {
        let Some(request) = &self.request else { return self.message.to_lowercase() };
        match place {
            "message" => self.message.to_lowercase(),
            "prompt" => request.part("current_prompt").unwrap_or_default().to_lowercase(),
            "feedback" => request.parts("feedback").join("\n").to_lowercase(),
            name => request.part(name).unwrap_or_default().to_lowercase(),
        }
    }

    /// A recorded text with the mark of this request, and the labels of its guidelines in the place of
    /// `LABEL[words of the guideline]`. A line about a guideline that is not there is left out.
    pub(super) fn filled(&self, text: &str) -> String {
        let lines = text.lines().filter_map(|line| self.labelled(line));
        lines.collect::<Vec<_>>().join("\n").replace("MARK", self.mark())
    }

    fn labelled(&self, line: &str) -> Option<String> {
        let Some((before, rest)) = line.split_once("LABEL[") else { return Some(line.to_owned()) };
        let (words, after) = rest.split_once(']')?;
        let guidelines =
            self.request.as_ref().map(AlignmentRequest::guidelines).unwrap_or_default();
        let is_it = |text: &str| text.to_lowercase().contains(&words.to_lowercase());
        let (label, _) = guidelines.into_iter().find(|(_, text)| is_it(text))?;
        self.labelled(&format!("{before}{label}{after}"))
    }

    /// The mark of the request; a second try names it around its problems.
    fn mark(&self) -> &'a str {
        if let Some(request) = &self.request {
            return request.mark;
        }
        let named =
            self.message.split_once("<problems-").and_then(|(_, rest)| rest.split_once('>'));
        named.map_or("MARK", |(mark, _)| mark)
    }
}
