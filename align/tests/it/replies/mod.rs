//! Replies as real models give them, with what they are read as.
//!
//! `MARK` in a reply stands for the mark of its request. A snapshot shows the draft, the rationale
//! and the findings, or why the reply is unusable.

mod broken;
mod contract;
mod diagnosed;
mod dressed;
mod scene;
mod shapes;
mod small;
mod tongues;

use align::direct::{Mark, Request, read_reply};
use align::model::FinishReason;
use expect_test::Expect;

use self::scene::Scene;

/// A good rewrite of [`scene::scissors`].
const GOOD: &str = "Give three uses for: {item}\nWrite one sentence for each use, without numbers.";

/// A complete reply.
fn check(scene: &Scene, reply: &str, expected: &Expect) {
    expected.assert_eq(&read(scene, reply, FinishReason::Stop));
}

/// A reply cut at the limit of tokens.
fn check_cut(scene: &Scene, reply: &str, expected: &Expect) {
    expected.assert_eq(&read(scene, reply, FinishReason::Length));
}

/// A reply in our tags with this text.
fn revised(text: &str) -> String {
    format!(
        "<rationale-MARK>\nBecause.\n</rationale-MARK>\n<revised_prompt-MARK>\n{text}\n</revised_prompt-MARK>\n"
    )
}

fn read(scene: &Scene, reply: &str, finish: FinishReason) -> String {
    let mark = Mark::from_bytes([0x5a; 8]);
    let request = Request {
        prompt: &scene.prompt,
        values: &scene.values,
        output: scene.output.as_deref(),
        feedback: &scene.feedback,
        guidelines: &[],
        variant: None,
        mark: &mark,
    };
    let proposal = match read_reply(&request, &reply.replace("MARK", mark.as_str()), finish) {
        Ok(proposal) => proposal,
        Err(unusable) => return format!("unusable: {unusable}\n"),
    };
    let mut lines = Vec::new();
    if proposal.unchanged {
        assert_eq!(proposal.prompt, scene.prompt);
        assert!(proposal.findings.is_empty());
        lines.push("unchanged".to_owned());
    } else {
        if proposal.prompt.system_instructions != scene.prompt.system_instructions {
            lines.push(format!("system: {}", proposal.prompt.system_instructions));
        }
        lines.push(proposal.prompt.text.replace('\r', "␍"));
    }
    if !proposal.diagnosis.is_empty() {
        lines.push(format!("diagnosis: {}", proposal.diagnosis));
    }
    if !proposal.rationale.is_empty() {
        lines.push(format!("because: {}", proposal.rationale));
    }
    for finding in &proposal.findings {
        let weight = if finding.is_grave() { "grave" } else { "light" };
        lines.push(format!("{weight}: {}", finding.message));
    }
    lines.join("\n") + "\n"
}
