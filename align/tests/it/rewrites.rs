//! Hard cases of real feedback, each with a right rewrite, in which the contract finds no violation, and
//! some with a wrong one, in which it does.

use std::collections::BTreeMap;

use align::direct::{Finding, FindingKind, Problem, read_reply};
use align::model::FinishReason;
use align::record::{Proposal, Source};
use serde::Deserialize;

use self::case::Case;

#[path = "../../examples/rewrites/case.rs"]
mod case;

/// A rewrite, as replacements in the prompt, with the lines that trace it to the feedback.
#[derive(Deserialize)]
struct Rewrite {
    system_edits: Vec<(String, String)>,
    edits: Vec<(String, String)>,
    followed: Vec<String>,
}

/// A rewrite that does something that nobody asked for.
#[derive(Deserialize)]
struct Wrong {
    case: String,
    what: String,
    #[serde(flatten)]
    rewrite: Rewrite,
    /// The rule of the contract that it breaks.
    reported: String,
}

#[derive(Deserialize)]
struct Rewrites {
    right: BTreeMap<String, Rewrite>,
    wrong: Vec<Wrong>,
}

fn cases() -> BTreeMap<String, Case> {
    let cases: Vec<Case> =
        serde_json::from_str(include_str!("../data/refine-cases.json")).expect("it is valid");
    cases.into_iter().map(|case| (case.id.clone(), case)).collect()
}

fn rewrites() -> Rewrites {
    serde_json::from_str(include_str!("../data/rewrites.json")).expect("it is valid")
}

/// What is read from a reply with this rewrite.
fn read(case: &Case, rewrite: &Rewrite) -> Proposal {
    case.ask(|request| {
        let mark = request.mark;
        let part = |name: &str, text: &str| format!("<{name}-{mark}>\n{text}\n</{name}-{mark}>\n");
        let reply = part("rationale", "It is so.")
            + &part("revised_system_instructions", &edited(&case.system, &rewrite.system_edits))
            + &part("revised_prompt", &edited(&case.prompt, &rewrite.edits))
            + &part("followed", &rewrite.followed.join("\n"));
        read_reply(request, &reply, FinishReason::Stop).expect("it is complete")
    })
}

fn edited(text: &str, edits: &[(String, String)]) -> String {
    let edit = |text: String, (old, new): &(String, String)| {
        assert_eq!(text.matches(old).count(), 1, "{old:?}");
        text.replace(old, new)
    };
    edits.iter().fold(text.to_owned(), edit)
}

#[test]
fn right_rewrites_break_nothing() {
    let (cases, rewrites) = (cases(), rewrites());
    assert_eq!(cases.len(), rewrites.right.len());
    for (id, case) in &cases {
        let proposal = read(case, &rewrites.right[id]);
        let violations: Vec<_> = proposal.findings.iter().filter(|it| !it.is_note()).collect();
        assert!(violations.is_empty(), "{id}: {violations:?}");
        assert!(Problem::of(&Ok(proposal)).is_none(), "{id} is sent back");
    }
}

/// Without these, the test above would hold for rewrites that change little.
#[test]
fn what_the_feedback_asked_for_is_noted() {
    let (cases, rewrites) = (cases(), rewrites());
    let notes = |id: &str| {
        let findings = read(&cases[id], &rewrites.right[id]).findings;
        findings.into_iter().map(|it| (it.kind, it.asked_by)).collect::<Vec<_>>()
    };
    let feedback = |place| Some(Source::Feedback(place));
    assert_eq!(notes("d06"), [(FindingKind::VariableInvented, feedback(0))]);
    let (first, second) = (feedback(0), feedback(1));
    let changed = |source| (FindingKind::LiteralChanged, source);
    assert_eq!(notes("d14"), [changed(first), changed(second), changed(first)]);
}

#[test]
fn wrong_rewrites_are_reported() {
    let (cases, rewrites) = (cases(), rewrites());
    assert!(rewrites.wrong.len() >= 5);
    for wrong in &rewrites.wrong {
        let proposal = read(&cases[&wrong.case], &wrong.rewrite);
        let is_it = |it: &Finding| !it.is_note() && rule(it.kind) == wrong.reported;
        let Wrong { case, what, .. } = wrong;
        assert!(proposal.findings.iter().any(is_it), "{case}, {what}: {:?}", proposal.findings);
    }
}

/// The name of a rule as findings are stored with it.
fn rule(kind: FindingKind) -> String {
    let json = serde_json::to_value(kind).expect("it is data");
    json["rule"].as_str().expect("it has a name").to_owned()
}
