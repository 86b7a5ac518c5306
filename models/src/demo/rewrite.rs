//! The demo model as alignment model: turns feedback into instructions and puts each where a reader
//! would look for it.

mod place;

use align::direct::ReadRequest;

use super::prompt::things;
use super::text::{language, number, number_word, one_line, sentences};
use super::wish::{Language, Things, Wish, find, find_in_feedback};

/// The reply to an alignment request.
pub(super) fn reply(request: &ReadRequest) -> String {
    let whole = format!("{}\n{}", request.material.system_instructions, request.material.text);
    let things = things(&whole);
    let known = find(&whole);
    let wishes = wishes(request);
    let new: Vec<_> = wishes.iter().filter(|wish| !known.contains(wish)).collect();
    if new.is_empty() {
        let asked = summary(wishes.iter(), &things);
        return request.no_change(&format!("The prompt already asks for {asked}."));
    }
    let mut draft = Draft::new(request);
    if language(&whole) == Language::English {
        for wish in &new {
            draft.apply(wish, &known, &things);
        }
    } else {
        draft.add_own_words(request);
    }
    let asked = summary(new.into_iter(), &things);
    let rationale = format!("Your feedback asks for {asked}, so the prompt now says it plainly.");
    let (system, text) = draft.finish();
    let system = Some(system).filter(|system| *system != request.material.system_instructions);
    request.reply(&rationale, system.as_deref(), &text, &[])
}

/// The wishes of all feedback, each once; the later one where two exclude each other.
fn wishes(request: &ReadRequest) -> Vec<Wish> {
    let mut wishes: Vec<Wish> = Vec::new();
    for wish in request.feedback.iter().flat_map(find_in_feedback) {
        wishes.retain(|older| *older != wish && !wish.replaces(older));
        wishes.push(wish);
    }
    wishes
}

fn summary<'a>(wishes: impl Iterator<Item = &'a Wish>, things: &Things) -> String {
    let parts: Vec<_> = wishes.map(|wish| wish.summary(things)).collect();
    match parts.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A prompt while it is rewritten.
struct Draft {
    system: String,
    text: String,
    added: Vec<String>,
}

impl Draft {
    fn new(request: &ReadRequest) -> Self {
        let (system, text) =
            (request.material.system_instructions.clone(), request.material.text.clone());
        Self { system, text, added: Vec::new() }
    }

    /// Changes the words that the wish is about, or adds an instruction.
    fn apply(&mut self, wish: &Wish, known: &[Wish], things: &Things) {
        if let (Wish::Count(count), Things::Named(items, _)) = (wish, things)
            && let Some(text) = with_count(&self.text, *count, items)
        {
            self.text = text;
            return;
        }
        let instruction = wish.instruction(things);
        for older in known.iter().filter(|older| wish.replaces(older)) {
            let old = older.instruction(things);
            for text in [&mut self.text, &mut self.system] {
                if text.contains(&old) {
                    *text = text.replacen(&old, &instruction, 1);
                    return;
                }
            }
        }
        if !self.added.contains(&instruction) {
            self.added.push(instruction);
        }
    }

    /// Adds the feedback as it was written: the instructions we know are English, the prompt is not.
    fn add_own_words(&mut self, request: &ReadRequest) {
        for feedback in &request.feedback {
            let words = one_line(&feedback.text, 300).replace('{', "(").replace('}', ")");
            let end = if words.ends_with(['.', '!', '?', '…']) { "" } else { "." };
            self.added.push(format!("{words}{end}"));
        }
    }

    /// System instructions and text with all that was added.
    fn finish(self) -> (String, String) {
        let Self { system, text, added } = self;
        if added.is_empty() {
            return (system, text);
        }
        let added = added.join(" ");
        let is_input_alone = text.trim().starts_with('{') && text.split_whitespace().count() == 1;
        if is_input_alone && !system.trim().is_empty() {
            (place::insert(&system, &added), text)
        } else {
            let text = place::insert(&text, &added);
            (system, text)
        }
    }
}

/// The text with another number before `items`, if it has one.
fn with_count(text: &str, count: usize, items: &str) -> Option<String> {
    let (place, word) = count_word(text, items)?;
    let is_digits = word.bytes().all(|byte| byte.is_ascii_digit());
    let new = if is_digits { count.to_string() } else { number_word(count) };
    Some(format!("{}{new}{}", &text[..place], &text[place + word.len()..]))
}

/// The number before `items`, with its place.
fn count_word<'a>(text: &'a str, items: &str) -> Option<(usize, &'a str)> {
    let sentence = sentences(text).into_iter().find(|sentence| sentence.contains(items))?;
    let start = text.find(sentence)?;
    let end = start + sentence.find(items)?;
    let word = text[start..end].split_whitespace().rev().take(3).find(|it| number(it).is_some())?;
    let place = start + text[start..end].rfind(word)?;
    Some((place, word))
}
