//! Replies of the guideline workflow as real models give them, with what they are read as.
//!
//! `MARK` in a reply stands for the mark of its request.

mod distilling;
mod messy;
mod reading;
mod requests;
mod rewriting;
mod suggesting;

use align::direct::Mark;
use align::guidelines::{
    Change, Distil, Distillation, Evidence, Offered, Problem, read_distillation,
};
use align::model::FinishReason;
use align::record::GuidelineId;
use align::{Feedback, Prompt, Values};
use expect_test::Expect;

const OUTPUT: &str = "1. Cutting paper into shapes for school projects and crafts.\n2. Trimming loose \
                      threads from clothes.\n3. Opening parcels without tearing what is inside.";

/// Guidelines of the scene, by their labels `G1` and `G2`.
const GUIDELINES: [Offered<'static>; 2] = [
    Offered { id: GuidelineId(41), text: "Write one short sentence for each use." },
    Offered { id: GuidelineId(7), text: "Number the uses." },
];

/// Asks about the output of "Give three uses for: {item}" with scissors.
fn distil<T>(
    guidelines: &[Offered<'_>],
    evidence: Evidence<'_>,
    ask: impl FnOnce(&Distil<'_>) -> T,
) -> T {
    let prompt = Prompt::new("Give three uses for: {item}");
    let values = Values::from([("item".to_owned(), "scissors".to_owned())]);
    let mark = Mark::from_bytes([0x5a; 8]);
    let (prompt, values, mark) = (&prompt, &values, &mark);
    ask(&Distil { prompt, values, output: OUTPUT, guidelines, evidence, mark })
}

/// A complete reply about the critique "None of these are creative.".
fn check(reply: &str, expected: &Expect) {
    check_with(&GUIDELINES, reply, FinishReason::Stop, expected);
}

fn check_with(guidelines: &[Offered<'_>], reply: &str, finish: FinishReason, expected: &Expect) {
    let critique = Feedback::whole("None of these are creative.");
    check_evidence(guidelines, Evidence::Critique(&critique), reply, finish, expected);
}

fn check_evidence(
    guidelines: &[Offered<'_>],
    evidence: Evidence<'_>,
    reply: &str,
    finish: FinishReason,
    expected: &Expect,
) {
    let reply = reply.replace("MARK", Mark::from_bytes([0x5a; 8]).as_str());
    let read = distil(guidelines, evidence, |request| read_distillation(request, &reply, finish));
    let mut lines = match &read {
        Err(unusable) => vec![format!("unusable: {unusable}")],
        Ok(distillation) => lines_of(distillation),
    };
    if Problem::of(&read).is_some() {
        lines.push("(sent back)".to_owned());
    }
    let text = lines.join("\n") + "\n";
    expected.assert_eq(&text);
}

fn lines_of(distillation: &Distillation) -> Vec<String> {
    let mut lines = vec![match &distillation.change {
        Change::Add { text } => format!("add: {text}"),
        Change::Edit { id, text } => format!("edit {id}: {text}"),
        Change::Remove { id } => format!("remove {id}"),
        Change::Nothing => "nothing".to_owned(),
    }];
    if !distillation.reason.is_empty() {
        lines.push(format!("because: {}", distillation.reason));
    }
    lines.extend(distillation.findings.iter().map(|it| format!("finding: {}", it.message)));
    lines
}

/// A reply in our tags; empty parts are left out.
fn tagged(decision: &str, target: &str, guideline: &str) -> String {
    let parts = [("decision", decision), ("target", target), ("guideline", guideline)];
    let parts = parts.iter().filter(|(name, text)| *name == "decision" || !text.is_empty());
    let parts = parts.map(|(name, text)| format!("<{name}-MARK>\n{text}\n</{name}-MARK>\n"));
    "<reason-MARK>\nBecause.\n</reason-MARK>\n".to_owned() + &parts.collect::<String>()
}
