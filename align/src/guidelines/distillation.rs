//! What a reply means for the guidelines.

use super::answer::{self, Answer};
use super::distil::{Distil, INSTRUCTIONS};
use super::evidence::Evidence;
use super::outcome::Unusable;
use super::text::{is_same, statement};
use super::verb::{Verb, is_nothing};
use crate::direct::{Finding, leaks};
use crate::exchange::chatter::refusal;
use crate::exchange::echo;
use crate::exchange::label::Kind;
use crate::exchange::offered::Offered;
use crate::exchange::thoughts::{self, Thoughts};
use crate::model::FinishReason;
use crate::record::GuidelineId;

/// The longest guideline, in characters. Longer ones are prompts of their own.
const MAX_CHARACTERS: usize = 500;

/// How many words in a row a guideline may share with what it was learned from. Fewer than in a
/// prompt, which is longer: a rule that holds for all outputs has little to share with one.
const COPIED_WORDS: usize = 5;

/// The longest part of a reply that an error quotes, in characters.
const QUOTE_CHARACTERS: usize = 40;

/// What to do with the guidelines. Editing and removing are proposals to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Add a guideline.
    Add {
        /// What it says.
        text: String,
    },
    /// Let a guideline say something else.
    Edit {
        /// The guideline.
        id: GuidelineId,
        /// What it is to say.
        text: String,
    },
    /// Remove a guideline.
    Remove {
        /// The guideline.
        id: GuidelineId,
    },
    /// Change nothing.
    Nothing,
}

/// What the alignment model made of the evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distillation {
    /// What to do.
    pub change: Change,
    /// Why, in a sentence; may be empty.
    pub reason: String,
    /// What a person should know about the text: words copied out of the run.
    pub findings: Vec<Finding>,
}

/// Why a reply is sent back once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The guideline holds words of this one run; at least one finding.
    Findings(Vec<Finding>),
    /// Nothing in the reply can be used.
    Unusable(Unusable),
}

impl Problem {
    /// The problem of a reply as [`read_distillation`] read it, if it has one.
    pub fn of(reading: &Result<Distillation, Unusable>) -> Option<Self> {
        match reading {
            Err(unusable) => Some(Self::Unusable(unusable.clone())),
            Ok(distillation) if distillation.findings.is_empty() => None,
            Ok(distillation) => Some(Self::Findings(distillation.findings.clone())),
        }
    }

    /// One sentence for each thing that is wrong.
    pub fn sentences(&self) -> Vec<String> {
        match self {
            Self::Findings(findings) => findings.iter().map(|it| it.message.clone()).collect(),
            Self::Unusable(unusable) => vec![unusable.to_string()],
        }
    }
}

/// Which of two tries to go on with: the one that can be used, then the one with fewer findings, then
/// the second.
pub fn better_of(
    first: Result<Distillation, Unusable>,
    second: Result<Distillation, Unusable>,
) -> Result<Distillation, Unusable> {
    match (first, second) {
        (Ok(first), Ok(second)) if first.findings.len() < second.findings.len() => Ok(first),
        (Ok(first), Err(_)) => Ok(first),
        (_, second) => second,
    }
}

/// Reads a complete reply to `request`.
///
/// Tags with the mark are trusted most; then JSON, tags without the mark, and lines such as
/// "Decision: add". Anything else is unusable.
pub fn read_distillation(
    request: &Distil<'_>,
    reply: &str,
    finish: FinishReason,
) -> Result<Distillation, Unusable> {
    let mark = request.safe_mark();
    let Thoughts { body, is_unclosed } = thoughts::said(reply, &mark)?;
    let is_cut = finish == FinishReason::Length;
    let Some(answer) = answer::find(body, &mark) else {
        return Err(match refusal(body) {
            Some(sentence) => Unusable::Refusal(sentence),
            None if is_unclosed => Unusable::OnlyThoughts,
            None if is_cut => Unusable::CutShort,
            None => Unusable::NoDecision,
        });
    };
    if is_cut && answer.is_open {
        return Err(Unusable::CutShort);
    }
    let decided = decided(request, &answer)?;
    // A model may name its tags; the mark means nothing to people.
    let reason = answer.reason.trim().replace(&format!("-{mark}"), "");
    let reason = if echo::is_echo(&reason, INSTRUCTIONS, "") { String::new() } else { reason };
    Ok(distillation(request, decided, &reason))
}

/// The decision as it was made, with a text that could be a guideline.
enum Decided<'a> {
    Add(String),
    Edit(Offered<'a>, String),
    Remove(Offered<'a>),
    Nothing,
}

fn decided<'a>(request: &Distil<'a>, answer: &Answer) -> Result<Decided<'a>, Unusable> {
    let (verb, rest) = Verb::read(&answer.decision).ok_or(Unusable::NoDecision)?;
    let target = if is_nothing(&answer.target) { rest } else { answer.target.as_str() };
    match verb {
        Verb::Nothing => Ok(Decided::Nothing),
        Verb::Add if Kind::Guideline.place(target).is_some() => {
            Err(Unusable::Contradiction(format!("it adds a guideline and names {target}")))
        }
        Verb::Add => guideline(answer).map(Decided::Add),
        Verb::Edit => Ok(Decided::Edit(offered(request, target)?, guideline(answer)?)),
        Verb::Remove => offered(request, target).map(Decided::Remove),
    }
}

/// The guideline that `target` names: one that was offered, never a guess.
fn offered<'a>(request: &Distil<'a>, target: &str) -> Result<Offered<'a>, Unusable> {
    if is_nothing(target) {
        return Err(Unusable::NoTarget);
    }
    let found =
        Kind::Guideline.place(target).and_then(|place| request.guidelines.get(place).copied());
    found.ok_or_else(|| {
        let said = target.split_whitespace().collect::<Vec<_>>().join(" ");
        Unusable::UnknownGuideline(said.chars().take(QUOTE_CHARACTERS).collect())
    })
}

/// The text of the guideline, if it is something that a prompt can follow.
fn guideline(answer: &Answer) -> Result<String, Unusable> {
    if let Some(sentence) = refusal(&answer.guideline) {
        return Err(Unusable::Refusal(sentence));
    }
    let text = statement(&answer.guideline);
    if text.is_empty() || is_nothing(&text) || echo::is_echo(&text, INSTRUCTIONS, "") {
        return Err(Unusable::NoGuideline);
    }
    if text.chars().count() > MAX_CHARACTERS {
        return Err(Unusable::TooLong(MAX_CHARACTERS));
    }
    Ok(text)
}

/// What a decision comes to: what is said already needs no change.
fn distillation(request: &Distil<'_>, decided: Decided<'_>, reason: &str) -> Distillation {
    let reason = in_words(request, reason);
    let nothing = |reason| Distillation { change: Change::Nothing, reason, findings: Vec::new() };
    let said_by = |text: &str| request.guidelines.iter().find(|it| is_same(it.text, text));
    match decided {
        Decided::Add(text) => {
            if let Some(known) = said_by(&text) {
                return nothing(format!("{} says it already.", quoted(known.text)));
            }
            let findings = findings(request, &text, "");
            Distillation { change: Change::Add { text }, reason, findings }
        }
        Decided::Edit(old, text) if is_same(old.text, &text) => {
            nothing(format!("{} says it already.", quoted(old.text)))
        }
        Decided::Edit(old, text) => {
            let findings = findings(request, &text, old.text);
            Distillation { change: Change::Edit { id: old.id, text }, reason, findings }
        }
        Decided::Remove(old) => {
            Distillation { change: Change::Remove { id: old.id }, reason, findings: Vec::new() }
        }
        Decided::Nothing => nothing(reason),
    }
}

/// Words of this one run in a guideline, which would make it a rule for this run only. What the prompt
/// says, the person said, and the guideline `old` said may be repeated.
fn findings(request: &Distil<'_>, text: &str, old: &str) -> Vec<Finding> {
    let prompt = request.prompt;
    let known =
        [&*prompt.system_instructions, &prompt.text, &request.evidence.words(), old].join("\n");
    let mut sources = vec![("the output", request.output)];
    if let Evidence::CorrectedOutput(corrected) = request.evidence {
        sources.push(("the corrected output", corrected));
    }
    leaks::of_text(text, &known, &sources, request.values, COPIED_WORDS)
}

/// The reason with the guidelines' own words where it names their labels, which mean nothing later.
fn in_words(request: &Distil<'_>, reason: &str) -> String {
    let words = reason.split(' ').map(|word| {
        let label = word.trim_matches(|c: char| !c.is_alphanumeric());
        let known = Kind::Guideline.place(label).and_then(|place| request.guidelines.get(place));
        known.map_or_else(|| word.to_owned(), |it| word.replace(label, &quoted(it.text)))
    });
    words.collect::<Vec<_>>().join(" ")
}

fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTE_CHARACTERS) {
        Some((end, _)) => format!("“{}…”", text[..end].trim_end()),
        None => format!("“{text}”"),
    }
}
