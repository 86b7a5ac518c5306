//! What an output could do differently.

use super::Statement;
use crate::prompt::{Form, Reading};
use crate::text::singular;
use crate::wish::{CLOSINGS, Layout, OPENINGS, Wish, holds};

/// Critiques that fit the output, the most telling first. None asks for what the prompt asks for.
pub(super) fn of(reading: &Reading, output: &str) -> Vec<Statement> {
    let own = match reading.form {
        Form::Shopping => shopping(),
        Form::HowTo => how_to(),
        Form::List | Form::One => list(reading),
        Form::Json(_) => json(),
        _ => prose(),
    };
    let fits = |(wish, _): &Statement| !reading.wants(wish) && is_shown(wish, output);
    own.into_iter().chain(manners()).filter(fits).collect()
}

/// Whether the output gives a reason to say so.
fn is_shown(wish: &Wish, output: &str) -> bool {
    let output = output.to_lowercase();
    let mut lines = output.lines().filter(|line| !line.trim().is_empty());
    match wish {
        Wish::NoOpening => lines.next().is_some_and(|first| holds(first, OPENINGS)),
        Wish::NoClosing => lines.next_back().is_some_and(|last| holds(last, CLOSINGS)),
        Wish::NoExclamation => output.contains('!'),
        Wish::Layout(Layout::Numbered) => !output.contains("1. "),
        Wish::Layout(Layout::Bullets) => !output.contains("- "),
        _ => true,
    }
}

fn statement(wish: Wish, text: &str) -> Statement {
    (wish, text.to_owned())
}

fn shopping() -> Vec<Statement> {
    vec![
        statement(Wish::Grouped, "Group the ingredients by section of the store."),
        statement(Wish::Quantities, "Add quantities for each ingredient."),
        statement(Wish::NoStaples, "Leave out the ingredients most people have at home."),
    ]
}

fn how_to() -> Vec<Statement> {
    vec![
        statement(Wish::Layout(Layout::Numbered), "Write the steps as a numbered list."),
        statement(Wish::Tools, "Name the tools and materials before the first step."),
        statement(Wish::Safety, "Say what to watch out for, so that nobody gets hurt."),
        statement(Wish::OneSentence, "Say each step in one sentence."),
    ]
}

fn list(reading: &Reading) -> Vec<Statement> {
    let (items, item) = (&reading.items, singular(&reading.items));
    vec![
        (Wish::Surprising, format!("The {items} are obvious; choose more surprising ones.")),
        (Wish::OneSentence, format!("Say each {item} in one sentence.")),
        (Wish::Reasons, format!("Explain why each {item} works.")),
        (Wish::Examples, format!("Add a short example to each {item}.")),
    ]
}

fn json() -> Vec<Statement> {
    vec![statement(Wish::NoOpening, "Answer with JSON only, without any text around it.")]
}

fn prose() -> Vec<Statement> {
    vec![
        statement(Wish::Shorter, "It is too wordy for what it says."),
        statement(Wish::Examples, "It stays abstract; add an example."),
        statement(Wish::Layout(Layout::Bullets), "Write it as bullet points."),
        statement(Wish::Reasons, "Give reasons for what it claims."),
    ]
}

fn manners() -> Vec<Statement> {
    vec![
        statement(Wish::NoClosing, "Leave out the closing line."),
        statement(Wish::NoOpening, "Leave out the opening line."),
        statement(Wish::NoExclamation, "Write it without exclamation marks."),
        statement(Wish::EndWithQuestion, "End with a question to the reader."),
        statement(Wish::Emoji, "Put an emoji where it helps."),
    ]
}

#[cfg(test)]
mod tests {
    use align::Feedback;
    use align::model::{Conversation, Message};

    use super::*;
    use crate::wish::find_in_feedback;

    #[test]
    fn every_critique_is_understood_as_it_is_meant() {
        let prompts = [
            "Give three uses for a brick.",
            "Make a shopping list for shrimp scampi.",
            "How do I change the oil in my lawnmower?",
            "What is gravity?",
            "Answer in this shape: {\"a\": 1}",
        ];
        for prompt in prompts {
            let reading = Reading::new(&Conversation {
                system_instructions: String::new(),
                messages: vec![Message::user(prompt)],
            });
            let all = of(&reading, "Here are some!\n\nLet me know!");
            assert!(all.len() > 2, "{prompt}");
            for (wish, text) in all {
                assert!(find_in_feedback(&Feedback::whole(&*text)).contains(&wish), "{text}");
            }
        }
    }
}
