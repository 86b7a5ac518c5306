//! Replies without tags and JSON: a fenced block, or just text.

use super::parts::Parts;
use crate::direct::outcome::Unusable;
use crate::exchange::chatter::{is_closing_line, is_label, is_opening_line, refusal};
use crate::exchange::fenced::{self, Block};
use crate::prompt::Prompt;
use crate::words::{share_kept, words};

/// The share of the base's words from which a text without any mark is taken for a version of it.
/// Answers to a prompt share fewer: they name its subject but not its instructions.
const LIKENESS: f64 = 0.6;

/// The same for a text with all variables of the base, which answers have put values in the place of.
const LIKENESS_WITH_VARIABLES: f64 = 0.4;

/// Models say in these words that nothing needs to change.
const NO_CHANGE: [&str; 9] = [
    "no change",
    "no changes",
    "nothing needs to change",
    "nothing to change",
    "the prompt already",
    "keine änderung",
    "aucun changement",
    "no es necesario cambiar",
    "无需更改",
];

pub(super) fn read(body: &str, base: &Prompt) -> Result<Parts, Unusable> {
    if let Some(sentence) = refusal(body) {
        return Err(Unusable::Refusal(sentence));
    }
    if let Some(reason) = no_change(body) {
        return Ok(Parts { no_change: Some(reason), ..Parts::default() });
    }
    let body = body.trim();
    if body.contains("\"revised_prompt\"") {
        // JSON that was cut or broken: its escapes and rationale must not become the prompt.
        return Err(Unusable::NoPrompt);
    }
    if is_like(body, base) && has_same_fences(body, base) {
        return Ok(unlabelled(body));
    }
    fenced_prompt(body, base)
        .or_else(|| labelled(body))
        .or_else(|| is_like(body, base).then(|| unlabelled(body)))
        .ok_or(Unusable::NoPrompt)
}

fn no_change(body: &str) -> Option<String> {
    let start = body.trim_start_matches(['*', '#', ' ']).to_lowercase();
    let is_short = body.len() <= 600 && !body.contains("```");
    (is_short && NO_CHANGE.iter().any(|phrase| start.starts_with(phrase)))
        .then(|| body.trim().to_owned())
}

/// Whether the text keeps most words of the base.
fn is_like(text: &str, base: &Prompt) -> bool {
    let kept = share_kept(&base.text, text);
    let length = words(text).count();
    let is_kept =
        kept >= LIKENESS || (kept >= LIKENESS_WITH_VARIABLES && has_variables_of(base, text));
    is_kept && length <= 3 * words(&base.text).count() + 60
}

/// Whether the base has variables, and the text all of them.
fn has_variables_of(base: &Prompt, text: &str) -> bool {
    let names = base.variables();
    !names.is_empty() && names.iter().all(|name| text.contains(&format!("{{{name}}}")))
}

/// A prompt with fenced blocks of its own is not wrapped in one.
fn has_same_fences(body: &str, base: &Prompt) -> bool {
    let fences = |text: &str| text.lines().filter(|line| fenced::is_fence(line)).count();
    let own = fences(&base.text);
    own > 0 && fences(body) == own
}

/// The block that holds the prompt: of several, the last that is not the base again.
fn fenced_prompt(body: &str, base: &Prompt) -> Option<Parts> {
    let blocks = fenced::blocks(body);
    let is_prompt = |block: &&Block<'_>| {
        let content = block.content.trim();
        !content.is_empty() && (blocks.len() == 1 || content != base.text.trim())
    };
    let block = blocks.iter().rfind(is_prompt)?;
    let after = body.rsplit_once(block.content).map_or("", |(_, after)| after);
    Some(Parts {
        rationale: prose([
            block.before,
            after.lines().skip(1).collect::<Vec<_>>().join("\n").as_str(),
        ]),
        text: Some(block.content.to_owned()),
        is_open: block.is_open,
        ..Parts::default()
    })
}

/// What follows a line such as "Revised prompt:".
fn labelled(body: &str) -> Option<Parts> {
    let (before, after) = split_after_line(body, is_label)?;
    let text = without_closing(after);
    (!text.trim().is_empty()).then(|| Parts {
        rationale: prose([before]),
        text: Some(text.to_owned()),
        is_open: true,
        ..Parts::default()
    })
}

fn unlabelled(body: &str) -> Parts {
    let text = match body.split_once('\n') {
        Some((first, rest)) if is_opening_line(first) => rest,
        _ => body,
    };
    Parts { text: Some(without_closing(text).to_owned()), is_open: true, ..Parts::default() }
}

/// Drops a last paragraph that talks to the person.
fn without_closing(text: &str) -> &str {
    match text.trim_end().rsplit_once("\n\n") {
        Some((before, last)) if is_closing_line(last) => before,
        _ => text,
    }
}

fn split_after_line(text: &str, is_it: fn(&str) -> bool) -> Option<(&str, &str)> {
    let mut position = 0;
    for line in text.split_inclusive('\n') {
        if is_it(line) {
            return Some((&text[..position], &text[position + line.len()..]));
        }
        position += line.len();
    }
    None
}

/// The lines that explain something, without those that only lead to the prompt.
fn prose<const N: usize>(texts: [&str; N]) -> String {
    let lines = texts.into_iter().flat_map(str::lines).map(str::trim);
    let lines = lines.filter(|line| {
        let is_greeting = line.ends_with('!') && words(line).count() <= 3;
        let is_chatter = is_opening_line(line) || is_closing_line(line) || line.ends_with(':');
        !line.is_empty() && !is_chatter && !is_greeting
    });
    lines.collect::<Vec<_>>().join("\n")
}
