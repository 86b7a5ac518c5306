//! Rule 5: it is a prompt, complete, and nothing else.

use super::leaks::grams;
use super::style::is_translated;
use super::{Asked, quoted};
use crate::direct::finding::{Finding, FindingKind};
use crate::direct::request::Request;
use crate::direct::section::{NAMES, Scan};
use crate::exchange::chatter::{is_closing_line, is_opening_line, refusal};
use crate::exchange::fenced::is_fence;
use crate::exchange::scan::Trust;
use crate::prompt::Prompt;
use crate::words::{share_kept, words};

/// The share of its word runs from which a draft that has them from the output is an answer.
const ANSWER_SHARE: f64 = 0.3;

/// Below this share of the base's words a draft without the base's variables is something else.
const UNRELATED_SHARE: f64 = 0.2;

/// Below this share of the base's words a draft that repeats the output has replaced the base.
const REPLACED_SHARE: f64 = 0.7;

/// Words that leave a part of the prompt out, when a line of a draft begins or ends with them.
const ELISIONS: [&str; 14] = [
    "rest of the prompt",
    "rest of prompt",
    "rest remains",
    "rest stays",
    "rest unchanged",
    "remains unchanged",
    "remainder unchanged",
    "same as before",
    "same as above",
    "as before",
    "unchanged",
    "existing instructions",
    "rest des prompts",
    "continues as before",
];

/// Stems of words by which feedback asks for a shorter prompt.
const SHORTER: [&str; 12] = [
    "short", "concise", "brief", "cut", "trim", "remov", "simpl", "less", "kürz", "court", "corto",
    "短",
];

pub(super) fn check(
    base: &Prompt,
    draft: &Prompt,
    context: &Request<'_>,
    asked: &Asked,
) -> Vec<Finding> {
    let is_emptied = draft.text.trim().is_empty() && !base.text.trim().is_empty();
    if is_emptied || draft.is_blank() {
        return vec![Finding::new(FindingKind::Empty, "The draft is empty.")];
    }
    let mut findings = Vec::new();
    findings.extend(not_a_prompt(base, draft, context, asked));
    findings.extend(cut_short(&base.text, &draft.text, asked));
    findings.extend(remains(base, draft, context));
    findings
}

fn not_a_prompt(
    base: &Prompt,
    draft: &Prompt,
    context: &Request<'_>,
    asked: &Asked,
) -> Option<Finding> {
    let message = if refusal(&draft.text).is_some() && refusal(&base.text).is_none() {
        "The draft is a refusal, not a prompt."
    } else if context.output.is_some_and(|output| repeats(base, draft, output))
        || (is_unrelated(base, draft) && !is_translated(base, draft, asked))
    {
        "The draft looks like an answer to the prompt, not like a prompt."
    } else {
        return None;
    };
    Some(Finding::new(FindingKind::NotAPrompt, message))
}

/// Whether much of the draft is the output again, in place of what the base says.
fn repeats(base: &Prompt, draft: &Prompt, output: &str) -> bool {
    let known = grams(&super::whole(base));
    let (new, output) = (grams(&draft.text), grams(output));
    let repeated = new.iter().filter(|gram| output.contains(gram) && !known.contains(gram)).count();
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more precision")]
    let share = repeated as f64 / new.len().max(1) as f64;
    repeated >= 5 && share >= ANSWER_SHARE && is_below(REPLACED_SHARE, base, draft)
}

/// Whether neither variables nor words of the base are left.
fn is_unrelated(base: &Prompt, draft: &Prompt) -> bool {
    words(&base.text).count() >= 5 && is_below(UNRELATED_SHARE, base, draft)
}

/// Whether no variable and less than this share of the words of the base is left.
fn is_below(share: f64, base: &Prompt, draft: &Prompt) -> bool {
    let variables = draft.variables();
    !base.variables().iter().any(|name| variables.contains(name))
        && share_kept(&base.text, &draft.text) < share
}

fn cut_short(base: &str, draft: &str, asked: &Asked) -> Option<Finding> {
    let elided = draft.lines().find(|line| is_elision(line) && !base.contains(line.trim()));
    if let Some(line) = elided {
        let message = format!("The draft leaves a part of the prompt out: {}.", quoted(line));
        return Some(Finding::new(FindingKind::CutShort, message));
    }
    let ends = |text: &str| {
        !text.trim_end().ends_with(|c: char| c.is_alphanumeric() || ",-–—(".contains(c))
    };
    let is_much_shorter = draft.len() * 10 < base.len() * 6 && base.len() > 200;
    (is_much_shorter && ends(base) && !ends(draft) && !asked.is_about(&SHORTER)).then(|| {
        Finding::new(FindingKind::CutShort, "The draft stops in the middle of a sentence.")
    })
}

/// A line in brackets or after dots that stands for text left out, such as "[rest unchanged]".
fn is_elision(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['-', '*', '#', '/', ' ']).to_lowercase();
    let is_marked = line.starts_with(['[', '(', '<', '…', '{']) || line.starts_with("...");
    let is_short = line.chars().count() <= 80;
    is_marked && is_short && ELISIONS.iter().any(|words| line.contains(words))
}

/// Tags of ours, fences and chatter that the base does not have.
fn remains(base: &Prompt, draft: &Prompt, context: &Request<'_>) -> Option<Finding> {
    let (old, new) = (base.text.trim(), draft.text.trim());
    let message = if let Some(tag) = new_tag(&super::whole(base), &super::whole(draft)) {
        format!("The tag {} is left in the draft.", quoted(&tag))
    } else if super::whole(draft).contains(context.safe_mark().as_str()) {
        // No text of the request holds its mark, so what does is a tag that was garbled.
        "A broken tag of the reply is left in the draft.".to_owned()
    } else if has_stray_fence(old, new) {
        "A code fence is left around the draft.".to_owned()
    } else {
        format!("{} talks to you and is no part of the prompt.", quoted(chatter(old, new)?))
    };
    Some(Finding::new(FindingKind::Remains, message))
}

fn new_tag(old: &str, new: &str) -> Option<String> {
    let scan = Scan::new(new, NAMES, None);
    let ours = scan.tags.iter().filter(|tag| tag.trust > Trust::Alias);
    let mut texts = ours.map(|tag| &new[tag.start..tag.end]);
    texts.find(|tag| !old.contains(tag)).map(str::to_owned)
}

fn has_stray_fence(old: &str, new: &str) -> bool {
    let fences = |text: &str| text.lines().filter(|line| is_fence(line)).count();
    let is_wrapped =
        new.lines().next().is_some_and(is_fence) && !old.lines().next().is_some_and(is_fence);
    is_wrapped || (fences(new) % 2 == 1 && fences(old) % 2 == 0)
}

/// The first or last line, if it talks to the person.
fn chatter<'a>(old: &str, new: &'a str) -> Option<&'a str> {
    let first = new.lines().next().filter(|line| is_opening_line(line));
    let last = new.rsplit_once('\n').map(|(_, last)| last).filter(|line| is_closing_line(line));
    first.or(last).filter(|line| !old.contains(line.trim()))
}
