//! The rewrite contract: what a draft must keep of its base.

mod answers;
mod asked;
mod examples;
mod languages;
pub(crate) mod leaks;
mod literals;
mod markdown;
mod nature;
mod shown;
mod style;
mod variables;

use self::asked::Asked;
use self::examples::has_examples;
use self::shown::Shown;
use super::finding::{Finding, FindingKind};
use super::request::Request;
use crate::prompt::Prompt;
use crate::record::Trace;

/// Holds `draft` against the rewrite contract, the grave findings first. What `traces` tie to feedback or a
/// guideline was asked for. Use it again on a draft that a person edited. A draft equal to its base has no
/// findings.
pub fn review(
    base: &Prompt,
    draft: &Prompt,
    context: &Request<'_>,
    traces: &[Trace],
) -> Vec<Finding> {
    if draft == base {
        return Vec::new();
    }
    let asked = Asked::new(context.feedback);
    let shown = Shown::new(base, draft, traces);
    let mut findings = nature::check(base, draft, context, &asked);
    if findings.iter().any(|it| matches!(it.kind, FindingKind::Empty)) {
        return findings;
    }
    let is_prompt = !findings.iter().any(|it| matches!(it.kind, FindingKind::NotAPrompt));
    findings.extend(variables::check(base, draft, &asked, &shown));
    if is_prompt {
        // What is no prompt at all breaks these rules, too; saying so would only hide the cause.
        findings.extend(literals::check(base, draft, &asked, &shown));
        findings.extend(examples::check(base, draft, &asked, &shown));
        findings.extend(style::check(base, draft, &asked, &shown));
        findings.extend(leaks::check(base, draft, context));
    }
    findings
}

/// What the contract kept, in words for people, as far as it applies to `base`. `output` is the
/// output that the alignment model was shown.
pub fn kept(base: &Prompt, output: Option<&str>, findings: &[Finding]) -> Vec<&'static str> {
    let is_kept = |rule: fn(FindingKind) -> bool| !findings.iter().any(|it| rule(it.kind));
    let literals = literals::Kinds::of(base);
    let had_output = output.is_some_and(|output| !output.trim().is_empty());
    let variables = is_kept(FindingKind::is_about_variables) && !base.variables().is_empty();
    let untouched = is_kept(FindingKind::is_about_literals);
    let examples = is_kept(|it| it == FindingKind::ExampleChanged) && has_examples(base);
    let is_copy = |it: FindingKind| matches!(it, FindingKind::Leak | FindingKind::NotAPrompt);
    let rules = [
        (variables, "Variables kept"),
        (untouched && literals.has_json, "JSON untouched"),
        (untouched && literals.has_placeholders, "Literal braces untouched"),
        (examples, "Examples kept"),
        (had_output && is_kept(is_copy), "Nothing copied from the output"),
    ];
    rules.into_iter().filter_map(|(holds, sentence)| holds.then_some(sentence)).collect()
}

/// Both texts of a prompt as one, for rules that do not tell them apart.
fn whole(prompt: &Prompt) -> String {
    format!("{}\n{}", prompt.system_instructions, prompt.text)
}

/// A quote for a finding: one line, at most 60 characters.
fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("“{}…”", line[..end].trim_end()),
        None => format!("“{line}”"),
    }
}
