//! The rewrite contract on real prompts: it finds what broke and leaves good rewrites alone.

use align::direct::{Finding, FindingKind, Mark, Request, kept, read_reply, review};
use align::model::FinishReason;
use align::{Feedback, Prompt, Values};
use expect_test::expect;

use crate::prompts::prompts;

/// Reads a clean reply with this text and gives its draft and findings.
fn rewritten(base: &Prompt, text: &str, feedback: &str) -> (String, Vec<Finding>) {
    let mark = Mark::from_bytes([3; 8]);
    let request = Request {
        prompt: base,
        values: &Values::new(),
        output: Some("Here is what you asked for, in a few words."),
        feedback: &[Feedback::whole(feedback)],
        guidelines: &[],
        variant: None,
        mark: &mark,
    };
    let reply = format!("<revised_prompt-{mark}>\n{text}\n</revised_prompt-{mark}>");
    let proposal = read_reply(&request, &reply, FinishReason::Stop).expect("it is complete");
    (proposal.prompt.text, proposal.findings)
}

#[test]
fn a_sentence_more_is_no_breach_in_any_real_prompt() {
    for text in prompts() {
        let base = Prompt::new(&*text);
        for new in [
            format!("{}\nUse everyday words.", text.trim_end()),
            format!("Use everyday words. {}", text.trim_start()),
        ] {
            let (draft, findings) = rewritten(&base, &new, "Too many foreign words");
            assert_eq!(draft.trim(), new.trim());
            assert_eq!(findings, [], "{text}");
        }
    }
}

#[test]
fn the_same_text_is_no_change_in_any_real_prompt() {
    for text in prompts() {
        let base = Prompt::new(&*text);
        let (draft, findings) = rewritten(&base, &text, "Shorter");
        assert_eq!((draft, findings), (text, Vec::new()));
    }
}

#[test]
fn broken_literals_of_real_prompts_are_found() {
    let (mut broken, mut found) = (0, 0);
    for text in prompts() {
        let new = text.replace("${", "{").replace("{{", "{").replace("{like this}", "{x}");
        if new == text {
            continue;
        }
        broken += 1;
        let (_, findings) = rewritten(&Prompt::new(&*text), &new, "Shorter");
        found += usize::from(findings.iter().any(Finding::is_grave));
    }
    assert_eq!((broken, found), (121, 121));
}

#[test]
fn an_edited_draft_is_held_against_the_same_contract() {
    let base = Prompt::new("Give three uses for: {item}");
    let mark = Mark::from_bytes([3; 8]);
    let values = Values::from([("item".into(), "a paper clip".into())]);
    let request = Request {
        prompt: &base,
        values: &values,
        output: None,
        feedback: &[],
        guidelines: &[],
        variant: None,
        mark: &mark,
    };
    let kinds = |text: &str| {
        let findings = review(&base, &Prompt::new(text), &request, &[]);
        findings.into_iter().map(|finding| finding.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds("Give four uses for: {item}"), []);
    assert_eq!(kinds("Give four uses"), [FindingKind::VariableLost]);
    assert_eq!(kinds(" \n"), [FindingKind::Empty]);
    assert_eq!(kinds("Give four uses for: {item}, such as a paper clip"), [FindingKind::Leak]);
}

#[test]
fn what_was_kept_is_said_where_it_applies() {
    let base = Prompt::new("Q: Why?\nA: So.\n\nAnswer {x} as {\"a\": 1} or {like this}.");
    let broken =
        Finding { kind: FindingKind::VariableLost, message: String::new(), asked_by: None };
    expect![[r#"
        Variables kept
        JSON untouched
        Literal braces untouched
        Examples kept
        Nothing copied from the output"#]]
    .assert_eq(&kept(&base, Some("out"), &[]).join("\n"));
    expect![[r#"
        JSON untouched
        Literal braces untouched
        Examples kept"#]]
    .assert_eq(&kept(&base, None, &[broken]).join("\n"));
    assert_eq!(kept(&Prompt::new("Say hello."), None, &[]), [""; 0]);
}
