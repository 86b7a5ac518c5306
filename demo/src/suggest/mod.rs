//! The demo model as prompter: what a person might say about an output, read off its build.

mod critiques;
mod kudos;

use align::Feedback;
use align::guidelines::{ReadSuggest, Tone};
use align::model::{Conversation, Message};
use align::prompt::Prompt;

use super::prompt::Reading;
use super::text::words;
use super::wish::{Wish, find_in_feedback};

/// How many statements are asked for.
const COUNT: usize = 3;

/// A statement, and the wish that it will be understood as.
type Statement = (Wish, String);

/// The reply to a request for suggestions.
pub(super) fn reply(request: &ReadSuggest) -> String {
    let reading = reading(request);
    let output = request.material.output.as_deref().unwrap_or_default();
    let statements = match request.tone {
        Tone::Critiques => critiques::of(&reading, output),
        Tone::Kudos => kudos::of(&reading, output),
    };
    let said: Vec<_> = request.said.iter().map(Feedback::whole).collect();
    let said: Vec<_> = said.iter().flat_map(find_in_feedback).collect();
    let is_new = |(wish, text): &Statement| {
        !said.contains(wish) && !request.said.iter().any(|known| words(known) == words(text))
    };
    let new = statements.into_iter().filter(is_new).map(|(_, text)| text);
    request.reply(&new.take(COUNT).collect::<Vec<_>>())
}

/// The prompt as it ran.
fn reading(request: &ReadSuggest) -> Reading {
    let material = &request.material;
    let prompt = Prompt {
        system_instructions: material.system_instructions.clone(),
        ..Prompt::new(&material.text)
    };
    let values = material.variables.iter().map(|name| {
        let value = material.values.get(name).cloned().unwrap_or_default();
        (name.clone(), value)
    });
    let mut values: align::Values = values.collect();
    // Names that were marked as plain text stand for themselves.
    for name in prompt.variables() {
        values.entry(name.clone()).or_insert_with(|| format!("{{{name}}}"));
    }
    let (system_instructions, text) = prompt
        .render(&values)
        .map(|it| (it.system_instructions, it.text))
        .unwrap_or((prompt.system_instructions, prompt.text));
    Reading::new(&Conversation { system_instructions, messages: vec![Message::user(text)] })
}
