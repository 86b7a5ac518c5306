//! What stands before and after the text proper: tools, safety, and what makes it longer.

use super::super::content::howto;
use super::super::prompt::{Form, Reading};
use super::super::wish::{Language, Layout, Wish};
use super::Body;

/// The most words that an answer is made longer to.
const WORDS_LIMIT: usize = 1_500;

/// Sentences that say more about anything.
const MORE: [&str; 6] = [
    "More could be said about each part, and it is worth doing so in order.",
    "The first look tells what is there, and the second what is missing.",
    "What works at home often works elsewhere, if one takes the time to adapt it.",
    "A note on paper helps to come back to it later.",
    "Those who have done it before will know which part takes longest.",
    "In the end it is the small things that make the difference.",
];

/// The body with what the wishes want around it.
pub(super) fn with(mut body: Body, reading: &Reading) -> Body {
    let is_plain =
        matches!(reading.form, Form::List | Form::One | Form::HowTo | Form::Shopping | Form::Prose);
    if !is_plain || reading.language != Language::English {
        return body;
    }
    let job = howto::job(&reading.subject);
    let is_marked_up = reading.form != Form::HowTo || reading.layout().is_some_and(is_list);
    let label = |text: &str| if is_marked_up { format!("**{text}**") } else { text.to_owned() };
    if reading.wants(&Wish::Tools) {
        body.text = format!("{}: {}.\n\n{}", label("You need"), job.tools, body.text);
    }
    if reading.wants(&Wish::Safety) {
        body.text = format!("{}\n\n{}: {}", body.text, label("Watch out"), job.safety);
    }
    let least = reading.wishes.iter().find_map(|wish| match wish {
        Wish::MinWords(least) => Some((*least).min(WORDS_LIMIT)),
        _ => None,
    });
    if let Some(least) = least {
        body.text = lengthened(body.text, least);
    }
    body
}

fn is_list(layout: Layout) -> bool {
    layout != Layout::Prose
}

fn lengthened(mut text: String, least: usize) -> String {
    let mut more = MORE.iter().cycle();
    let mut gap = "\n\n";
    while text.split_whitespace().count() < least {
        text.extend([gap, more.next().copied().unwrap_or_default()]);
        gap = " ";
    }
    text
}
