//! Rewrites that follow guidelines: what stands behind each hunk, what is not followed, and conflicts.

use align::diff::{Hunk, diff};
use align::direct::{Mark, Problem, Request, read_reply, read_request, sources_of};
use align::model::FinishReason;
use align::record::Source;
use align::{Feedback, Prompt, Values};
use expect_test::{Expect, expect};

use super::GUIDELINES;

const BASE: &str = "Give three uses for: {item}\nEnd with a summary.";
const GOOD: &str =
    "Give three uses for: {item}\nWrite one short sentence for each use.\nNumber the uses.";

fn check(reply: &str, expected: &Expect) {
    check_finished(reply, FinishReason::Stop, expected);
}

fn check_finished(reply: &str, finish: FinishReason, expected: &Expect) {
    let mark = Mark::from_bytes([0x5a; 8]);
    let (prompt, values) = (Prompt::new(BASE), Values::new());
    let feedback = [Feedback::whole("No summary, please.")];
    let request = Request {
        prompt: &prompt,
        values: &values,
        output: None,
        feedback: &feedback,
        guidelines: &GUIDELINES,
        variant: None,
        mark: &mark,
    };
    let read = read_reply(&request, &reply.replace("MARK", mark.as_str()), finish);
    let is_sent_back = Problem::of(&read).is_some();
    let mut lines = Vec::new();
    match read {
        Err(unusable) => lines.push(format!("unusable: {unusable}")),
        Ok(proposal) => {
            lines.push(if proposal.unchanged { "unchanged".into() } else { "changed".to_owned() });
            let hunks = diff(BASE, &proposal.prompt.text);
            let sources = sources_of(&hunks, &proposal.traces);
            for (hunk, sources) in hunks.iter().zip(sources) {
                if let Hunk::Change { removed, added } = hunk {
                    let names: Vec<_> = sources.iter().map(name).collect();
                    lines.push(format!("-{removed:?} +{added:?} by {}", names.join(", ")));
                }
            }
            lines.extend(proposal.findings.iter().map(|it| format!("finding: {}", it.message)));
            for conflict in &proposal.conflicts {
                lines.push(format!("conflict {:?}: {}", conflict.guidelines, conflict.reason));
            }
        }
    }
    if is_sent_back {
        lines.push("(sent back)".to_owned());
    }
    expected.assert_eq(&(lines.join("\n") + "\n"));
}

fn name(source: &Source) -> String {
    match source {
        Source::Feedback(place) => format!("feedback {place}"),
        Source::Guideline(id) => format!("guideline {id}"),
    }
}

fn revised(text: &str, followed: &str) -> String {
    format!(
        "<rationale-MARK>\nBecause.\n</rationale-MARK>\n<revised_prompt-MARK>\n{text}\n\
         </revised_prompt-MARK>\n<followed-MARK>\n{followed}\n</followed-MARK>\n"
    )
}

#[test]
fn every_hunk_names_what_stands_behind_it() {
    let followed = "F1: End with a summary.\nG1: Write one short sentence for each use.\nG2: Number \
                    the uses.";
    check(
        &revised(GOOD, followed),
        &expect![[r#"
        changed
        -"End with a summary" +"Write one short sentence for each use.\nNumber the uses" by feedback 0, guideline 41, guideline 7
    "#]],
    );
}

#[test]
fn quotes_and_labels_as_models_write_them() {
    let followed = "- **F1**: \"end with a summary\"\n- [g1]: “one short sentence”\n- Guideline G2: \
                    `Number the uses`";
    check(
        &revised(GOOD, followed),
        &expect![[r#"
        changed
        -"End with a summary" +"Write one short sentence for each use.\nNumber the uses" by feedback 0, guideline 41, guideline 7
    "#]],
    );
}

#[test]
fn guidelines_that_are_not_followed_are_findings() {
    let text = "Give three uses for: {item}\nNumber the uses.";
    check(
        &revised(text, "F1: End with a summary.\nG2: Number the uses."),
        &expect![[r#"
        changed
        -"End with a summary" +"Number the uses" by feedback 0, guideline 7
        finding: The draft does not show where it follows “Write one short sentence for each use.”.
    "#]],
    );
    check(
        &revised(text, "G1: not followed, it does not fit.\nG2: Number the uses."),
        &expect![[r#"
            changed
            -"End with a summary" +"Number the uses" by guideline 7
            finding: The draft does not show where it follows “Write one short sentence for each use.”.
        "#]],
    );
    check(
        &revised(text, "G1: Write one short sentence.\nG2: Number the uses."),
        &expect![[r#"
        changed
        -"End with a summary" +"Number the uses" by guideline 7
        finding: The draft does not show where it follows “Write one short sentence for each use.”.
    "#]],
    );
    check(
        &revised(text, ""),
        &expect![[r#"
        changed
        -"End with a summary" +"Number the uses" by 
        finding: The draft does not show where it follows “Write one short sentence for each use.”.
        finding: The draft does not show where it follows “Number the uses.”.
    "#]],
    );
}

#[test]
fn lines_about_what_was_not_offered_say_nothing() {
    let followed =
        "G1: one short sentence\nG2: Number\nG3: Number\nG99: Give\n2: Number\nF2: Give\nnonsense";
    check(
        &revised(GOOD, followed),
        &expect![[r#"
        changed
        -"End with a summary" +"Write one short sentence for each use.\nNumber the uses" by guideline 41, guideline 7
    "#]],
    );
}

#[test]
fn followed_already() {
    check(
        "<no_change-MARK>\nThe prompt says it all.\n</no_change-MARK>",
        &expect![[r#"
        unchanged
    "#]],
    );
    check(
        &revised(BASE, "G1: Give three uses\nG2: Give three uses"),
        &expect![[r#"
        unchanged
    "#]],
    );
}

#[test]
fn conflicts_are_named_before_a_rewrite() {
    check(
        "<conflicts-MARK>\nG1, G2: Numbers are no sentences.\n</conflicts-MARK>",
        &expect![[r#"
            unchanged
            conflict [GuidelineId(41), GuidelineId(7)]: Numbers are no sentences.
        "#]],
    );
    check(
        "<conflicts>\nG1 and G2\n</conflicts>",
        &expect![[r#"
        unchanged
        conflict [GuidelineId(41), GuidelineId(7)]: 
    "#]],
    );
    check(
        &format!(
            "<conflicts-MARK>\n(none)\n</conflicts-MARK>\n{}",
            revised(GOOD, "G1: one short sentence\nG2: Number")
        ),
        &expect![[r#"
            changed
            -"End with a summary" +"Write one short sentence for each use.\nNumber the uses" by guideline 41, guideline 7
        "#]],
    );
}

#[test]
fn conflicts_that_name_nothing_are_no_answer() {
    check(
        "<conflicts-MARK>\nG1, G7: They fight.\n</conflicts-MARK>",
        &expect![[r#"
        unusable: The reply holds no revised prompt.
        (sent back)
    "#]],
    );
    check(
        "<conflicts-MARK>\nG1: It fights itself.\n</conflicts-MARK>",
        &expect![[r#"
        unusable: The reply holds no revised prompt.
        (sent back)
    "#]],
    );
    check(
        "<conflicts-MARK>\n1, 2\n</conflicts-MARK>",
        &expect![[r#"
        unusable: The reply holds no revised prompt.
        (sent back)
    "#]],
    );
}

#[test]
fn in_json() {
    check(
        &serde_json::json!({
            "revised_prompt": GOOD,
            "rationale": "Because.",
            "followed": {"F1": "End with a summary", "G1": "one short sentence", "G2": "Number the uses"},
        })
        .to_string(),
        &expect![[r#"
            changed
            -"End with a summary" +"Write one short sentence for each use.\nNumber the uses" by feedback 0, guideline 41, guideline 7
        "#]],
    );
}

#[test]
fn a_followed_part_that_is_cut_takes_nothing_from_the_rewrite() {
    let reply = revised(GOOD, "G1: Write one short sentence\nG2: Num");
    let (reply, _) = reply.rsplit_once("\n</followed").expect("it is there");
    check_finished(
        reply,
        FinishReason::Length,
        &expect![[r#"
            changed
            -"End with a summary" +"Write one short sentence for each use.\nNumber the uses" by guideline 41, guideline 7
        "#]],
    );
}

#[test]
fn variables_are_held_as_ever() {
    check(
        &revised("Give three uses. Number the uses.", "G2: Number the uses."),
        &expect![[r#"
        changed
        -" for: {item}\nEnd with a summary" +". Number the uses" by guideline 7
        finding: The variable {item} is gone.
        finding: The draft does not show where it follows “Write one short sentence for each use.”.
        (sent back)
    "#]],
    );
}

#[test]
fn conflicts_in_json() {
    check(
        r#"{"conflicts": ["G1, G2: Numbers are no sentences."]}"#,
        &expect![[r#"
        unchanged
        conflict [GuidelineId(41), GuidelineId(7)]: Numbers are no sentences.
    "#]],
    );
}

#[test]
fn conflicts_are_written_as_they_are_read() {
    let mark = Mark::from_bytes([0x5a; 8]);
    let (prompt, values) = (Prompt::new(BASE), Values::new());
    let request = Request {
        prompt: &prompt,
        values: &values,
        output: None,
        feedback: &[],
        guidelines: &GUIDELINES,
        variant: None,
        mark: &mark,
    };
    let read = read_request(&request.conversation()).expect("it is a request");
    assert_eq!(read.guidelines, GUIDELINES.map(|it| it.text));
    check(
        &read.conflicts(&[(vec![0, 1], "Numbers are no sentences.".to_owned())]),
        &expect![[r#"
            unchanged
            conflict [GuidelineId(41), GuidelineId(7)]: Numbers are no sentences.
        "#]],
    );
}

#[test]
fn no_change_names_the_guidelines_it_says_nothing_of() {
    let reply = |followed: &str| {
        format!(
            "<no_change-MARK>\nAll is there.\n</no_change-MARK>\n<followed-MARK>\n{followed}\n</followed-MARK>\n"
        )
    };
    check(
        &reply("G2: Give three uses"),
        &expect![[r#"
        unchanged
        finding: The draft does not show where it follows “Write one short sentence for each use.”.
    "#]],
    );
    check(
        &reply(""),
        &expect![[r#"
        unchanged
    "#]],
    );
}
