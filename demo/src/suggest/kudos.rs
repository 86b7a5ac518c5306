//! What an output does well and should go on doing.

use super::Statement;
use crate::prompt::{Form, Reading};
use crate::text::{language, number_word};
use crate::wish::{Language, Layout, Wish};

/// Limits of words are praised in round numbers.
const ROUND_WORDS: usize = 50;

/// Kudos that fit the output: first what the prompt asks for and got, then what it got by itself.
pub(super) fn of(reading: &Reading, output: &str) -> Vec<Statement> {
    let asked =
        reading.wishes.iter().filter_map(|wish| Some((wish.clone(), praise(wish, reading)?)));
    let mut all: Vec<Statement> = asked.collect();
    let mut add = |is_shown: bool, wish: Wish| {
        let praise = praise(&wish, reading).filter(|_| is_shown);
        all.extend(praise.map(|praise| (wish, praise)));
    };
    let lines = |start: &str| output.lines().filter(|line| line.starts_with(start)).count();
    let items = output.lines().filter(|line| is_numbered(line)).count();
    add(items > 1, Wish::Layout(Layout::Numbered));
    add(lines("- ") > 1, Wish::Layout(Layout::Bullets));
    add(output.contains("**:"), Wish::Titles);
    let count = items.max(lines("- "));
    add((2..=24).contains(&count) && reading.form == Form::List, Wish::Count(count));
    add(output.matches(". ").count() > 1, Wish::WholeSentences);
    let is_english = language(output) == Language::English;
    add(is_english, Wish::Language(Language::English));
    let is_prose = matches!(reading.form, Form::HowTo | Form::Prose) && count == 0;
    add(is_prose, Wish::Layout(Layout::Prose));
    add(!output.contains('!'), Wish::NoExclamation);
    let limit = (output.split_whitespace().count() / ROUND_WORDS + 1) * ROUND_WORDS;
    add(limit <= 6 * ROUND_WORDS, Wish::MaxWords(limit));
    each_once(all)
}

/// What was asked for may be found in the output again.
fn each_once(all: Vec<Statement>) -> Vec<Statement> {
    let mut once: Vec<Statement> = Vec::new();
    for statement in all {
        if once.iter().all(|(wish, _)| *wish != statement.0) {
            once.push(statement);
        }
    }
    once
}

fn is_numbered(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    digits.len() < line.len() && digits.starts_with(". ")
}

/// A sentence that praises, and that is understood as the wish.
fn praise(wish: &Wish, reading: &Reading) -> Option<String> {
    let items = &reading.items;
    let praise = match wish {
        Wish::Grouped => format!("It is easy to find things, as the {items} are grouped."),
        Wish::Quantities => "It is handy that it names the quantities.".to_owned(),
        Wish::NoStaples => "It leaves out what most people have at home.".to_owned(),
        Wish::Tools => "It names the tools and materials first.".to_owned(),
        Wish::Safety => "It says what to watch out for.".to_owned(),
        Wish::Surprising => format!("The {items} are surprising."),
        Wish::OneSentence => "It says each in one sentence.".to_owned(),
        Wish::Reasons => "It is convincing, since it gives reasons.".to_owned(),
        Wish::NoClosing => "It stops without a closing line.".to_owned(),
        Wish::NoOpening => "It begins without an opening line.".to_owned(),
        Wish::Layout(Layout::Numbered) => "The numbered list is easy to refer to.".to_owned(),
        Wish::Layout(Layout::Bullets) => "The bullet points are easy to tick off.".to_owned(),
        Wish::Layout(Layout::Prose) => "It reads well as running text.".to_owned(),
        Wish::Titles => "A short title tells at once what each is about.".to_owned(),
        Wish::Count(count) => format!("It gives exactly {} {items}.", number_word(*count)),
        Wish::WholeSentences => "It is written in whole sentences.".to_owned(),
        Wish::Language(Language::English) => {
            "It is written in English, as the question is.".to_owned()
        }
        Wish::MaxWords(limit) => format!("It stays within {limit} words."),
        Wish::NoExclamation => "It does without exclamation marks.".to_owned(),
        _ => return None,
    };
    Some(praise)
}

#[cfg(test)]
mod tests {
    use align::Feedback;
    use align::model::{Conversation, Message};

    use super::*;
    use crate::wish::find_in_feedback;

    #[test]
    fn every_praise_is_understood_as_it_is_meant() {
        let prompt = "Give three uses for a brick. Group them. Name the tools and materials. Add \
                      quantities. Leave out what most people have at home. Say what to watch out \
                      for. Surprise me. Say why each works. In one sentence. No closing line.";
        let reading = Reading::new(&Conversation {
            system_instructions: String::new(),
            messages: vec![Message::user(prompt)],
        });
        let all =
            of(&reading, "1. **A**: Is so. B. C. D\n2. The end of a brick is in it.\n- a\n- b");
        assert!(all.len() > 12, "{all:?}");
        for (wish, text) in all {
            assert_eq!(find_in_feedback(&Feedback::whole(&*text)), [wish], "{text}");
        }
    }
}
