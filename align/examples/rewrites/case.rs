//! What a person ran and said about it, as `tests/data/refine-cases.json` holds it.

use align::direct::{Mark, Request};
use align::{Feedback, Prompt, Values};
use serde::Deserialize;

/// One case. The file has more, for the people who judge rewrites.
#[derive(Deserialize)]
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) system: String,
    pub(crate) prompt: String,
    values: Values,
    output: String,
    feedback: Vec<String>,
}

impl Case {
    /// The request for a draft. Its mark is made of the case's name, so that a reply can be read later.
    pub(crate) fn ask<T>(&self, ask: impl FnOnce(&Request<'_>) -> T) -> T {
        let system_instructions = self.system.clone();
        let prompt = Prompt { system_instructions, ..Prompt::new(self.prompt.clone()) };
        let feedback: Vec<_> = self.feedback.iter().map(Feedback::whole).collect();
        let mut bytes = [0; 8];
        bytes.iter_mut().zip(self.id.bytes()).for_each(|(byte, letter)| *byte = letter);
        ask(&Request {
            prompt: &prompt,
            values: &self.values,
            output: Some(&self.output),
            feedback: &feedback,
            guidelines: &[],
            variant: None,
            mark: &Mark::from_bytes(bytes),
        })
    }
}
