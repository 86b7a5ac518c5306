//! Replies that are not as we asked for them.

use align::Feedback;
use align::direct::Mark;
use align::guidelines::{Evidence, Unusable, read_distillation};
use align::model::FinishReason;
use expect_test::expect;

use super::{GUIDELINES, check, check_with, distil, tagged};

#[test]
fn targets_that_are_no_guideline() {
    for target in
        ["99", "0", "2", "In 2 words: 1", "G3", "G0", "G1, G2", "the second", "G-1", "[1, 2]"]
    {
        check_target(target);
    }
}

fn check_target(target: &str) {
    let critique = Feedback::whole("None of these are creative.");
    for decision in ["edit", "remove"] {
        let reply = tagged(decision, target, "Number the uses with letters.")
            .replace("MARK", Mark::from_bytes([0x5a; 8]).as_str());
        let read = distil(&GUIDELINES, Evidence::Critique(&critique), |request| {
            read_distillation(request, &reply, FinishReason::Stop)
        });
        assert_eq!(read, Err(Unusable::UnknownGuideline(target.to_owned())), "{decision}");
    }
}

#[test]
fn no_target_where_one_is_needed() {
    check(
        &tagged("edit", "", "Number the uses with letters."),
        &expect![[r#"
            unusable: The reply does not say which guideline it is about.
            (sent back)
        "#]],
    );
    check(
        &tagged("remove", "none", ""),
        &expect![[r#"
            unusable: The reply does not say which guideline it is about.
            (sent back)
        "#]],
    );
    check_with(
        &[],
        &tagged("remove", "G1", ""),
        FinishReason::Stop,
        &expect![[r#"
        unusable: The reply names no guideline that there is: “G1”.
        (sent back)
    "#]],
    );
}

#[test]
fn decisions_that_are_none() {
    check(
        &tagged("add, edit, remove or none", "", "x y z"),
        &expect![[r#"
        unusable: The reply does not decide between add, edit, remove and none.
        (sent back)
    "#]],
    );
    check(
        &tagged("99", "", ""),
        &expect![[r#"
        unusable: The reply does not decide between add, edit, remove and none.
        (sent back)
    "#]],
    );
    check(
        &tagged("", "", "Be creative."),
        &expect![[r#"
        unusable: The reply does not decide between add, edit, remove and none.
        (sent back)
    "#]],
    );
    check(
        "In 2 words: 1",
        &expect![[r#"
        unusable: The reply does not decide between add, edit, remove and none.
        (sent back)
    "#]],
    );
    check(
        "1",
        &expect![[r#"
        unusable: The reply does not decide between add, edit, remove and none.
        (sent back)
    "#]],
    );
    check(
        "The output is fine as it is, in my opinion.",
        &expect![[r#"
        unusable: The reply does not decide between add, edit, remove and none.
        (sent back)
    "#]],
    );
}

#[test]
fn contradictions() {
    check(
        &tagged("add", "G2", "Be creative."),
        &expect![[r#"
        unusable: The reply contradicts itself: it adds a guideline and names G2.
        (sent back)
    "#]],
    );
    check(
        &tagged("remove, then add", "G2", "Be creative."),
        &expect![[r#"
        unusable: The reply does not decide between add, edit, remove and none.
        (sent back)
    "#]],
    );
}

#[test]
fn nothing_at_all() {
    check(
        "",
        &expect![[r#"
        unusable: The alignment model answered nothing.
        (sent back)
    "#]],
    );
    check(
        " \n\t ",
        &expect![[r#"
        unusable: The alignment model answered nothing.
        (sent back)
    "#]],
    );
    check(
        "<think>Let me see. The critique",
        &expect![[r#"
        unusable: The alignment model sent its thoughts but no answer.
        (sent back)
    "#]],
    );
    check(
        "<think>Hm.</think>",
        &expect![[r#"
        unusable: The alignment model sent its thoughts but no answer.
        (sent back)
    "#]],
    );
}

#[test]
fn refusals() {
    check(
        "I'm sorry, but I can't help with that.",
        &expect![[r#"
        unusable: The alignment model declined: “I'm sorry, but I can't help with that.”
        (sent back)
    "#]],
    );
    check(
        &tagged("add", "", "I cannot help with that."),
        &expect![[r#"
        unusable: The alignment model declined: “I cannot help with that.”
        (sent back)
    "#]],
    );
}

#[test]
fn guidelines_that_are_none() {
    check(
        &tagged("add", "", ""),
        &expect![[r#"
        unusable: The reply holds no text of a guideline.
        (sent back)
    "#]],
    );
    check(
        &tagged("add", "", "   "),
        &expect![[r#"
        unusable: The reply holds no text of a guideline.
        (sent back)
    "#]],
    );
    check(
        &tagged("add", "", "(none)"),
        &expect![[r#"
        unusable: The reply holds no text of a guideline.
        (sent back)
    "#]],
    );
    check(
        &tagged("add", "", "```\n```"),
        &expect![[r#"
        unusable: The reply holds no text of a guideline.
        (sent back)
    "#]],
    );
    check(
        &tagged("add", "", &"Be creative. ".repeat(60)),
        &expect![[r#"
        unusable: The guideline is longer than 500 characters.
        (sent back)
    "#]],
    );
}

#[test]
fn guidelines_with_things_around_them() {
    check(
        &tagged("add", "", "\"Be creative.\""),
        &expect![[r#"
        add: Be creative.
        because: Because.
    "#]],
    );
    check(
        &tagged("add", "", "- Guideline: Be creative."),
        &expect![[r#"
        add: Be creative.
        because: Because.
    "#]],
    );
    check(
        &tagged("add", "", "```text\nBe creative.\n```"),
        &expect![[r#"
        add: Be creative.
        because: Because.
    "#]],
    );
    check(
        &tagged("edit", "G1", "G1: Write one vivid sentence\nfor each use."),
        &expect![[r#"
        edit 41: Write one vivid sentence for each use.
        because: Because.
    "#]],
    );
}

#[test]
fn thoughts_and_chatter_around_the_parts() {
    let reply = format!(
        "<think>add or edit? G1…</think>\nSure! Here is my decision:\n{}\nLet me know!",
        tagged("add", "", "Be creative.")
    );
    check(
        &reply,
        &expect![[r#"
        add: Be creative.
        because: Because.
    "#]],
    );
    let fenced = format!("```xml\n{}```", tagged("add", "", "Be creative."));
    check(
        &fenced,
        &expect![[r#"
        add: Be creative.
        because: Because.
    "#]],
    );
}

#[test]
fn tags_without_the_mark() {
    let unmarked =
        tagged("edit", "G1", "Write one vivid sentence for each use.").replace("-MARK", "");
    check(
        &unmarked,
        &expect![[r#"
        edit 41: Write one vivid sentence for each use.
        because: Because.
    "#]],
    );
    check(
        "<action>add</action><text>Be creative.</text>",
        &expect![[r#"
        add: Be creative.
    "#]],
    );
    let other = tagged("remove", "G2", "").replace("MARK", "0000111122223333");
    check(
        &other,
        &expect![[r#"
        remove 7
        because: Because.
    "#]],
    );
}

#[test]
fn tags_that_do_not_end() {
    check(
        "<decision-MARK>add\n<guideline-MARK>Be creative.",
        &expect![[r#"
        add: Be creative.
    "#]],
    );
    let corrected = format!("{}\nWait.\n{}", tagged("add", "", "Be kind."), tagged("none", "", ""));
    check(
        &corrected,
        &expect![[r#"
        nothing
        because: Because.
    "#]],
    );
}

#[test]
fn json() {
    check(
        r#"{"decision": "add", "guideline": "Be creative.", "reason": "Because."}"#,
        &expect![[r#"
            add: Be creative.
            because: Because.
        "#]],
    );
    check(
        "```json\n{\"action\": \"edit\", \"target\": \"G1\", \"text\": \"Write one vivid\nsentence.\"}\n```",
        &expect![[r#"
            edit 41: Write one vivid sentence.
        "#]],
    );
    check(
        r#"{"decision": "remove", "target": 2}"#,
        &expect![[r#"
        unusable: The reply names no guideline that there is: “2”.
        (sent back)
    "#]],
    );
    check(
        r#"{"decision": "remove", "target": ["G1", "G2"]}"#,
        &expect![[r#"
        unusable: The reply names no guideline that there is: “["G1","G2"]”.
        (sent back)
    "#]],
    );
    check(
        r#"{"decision": null}"#,
        &expect![[r#"
        unusable: The reply does not decide between add, edit, remove and none.
        (sent back)
    "#]],
    );
    check(
        r#"Here it is: {"decision": "none", "target": null, "reason": "Said."} Bye."#,
        &expect![[r#"
            nothing
            because: Said.
        "#]],
    );
}

#[test]
fn labelled_lines() {
    check(
        "Decision: add\nGuideline: Be creative.\nReason: Because.",
        &expect![[r#"
        add: Be creative.
        because: Because.
    "#]],
    );
    check(
        "**Decision:** edit\n**Target:** G2\n**Guideline:** Number the uses\nwith letters.",
        &expect![[r#"
            edit 7: Number the uses with letters.
        "#]],
    );
    check(
        "Action: remove\nTarget: 2",
        &expect![[r#"
        unusable: The reply names no guideline that there is: “2”.
        (sent back)
    "#]],
    );
}

#[test]
fn cut_short() {
    let cut =
        |reply: &str, expected| check_with(&GUIDELINES, reply, FinishReason::Length, expected);
    cut(
        "<decision-MARK>add</decision-MARK><guideline-MARK>Be creat",
        &expect![[r#"
        unusable: The reply was cut off before it was complete.
        (sent back)
    "#]],
    );
    cut(
        "<reason-MARK>The person",
        &expect![[r#"
        unusable: The reply was cut off before it was complete.
        (sent back)
    "#]],
    );
    cut(
        &tagged("add", "", "Be creative."),
        &expect![[r#"
        add: Be creative.
        because: Because.
    "#]],
    );
    cut(
        "Decision: add\nGuideline: Be creat",
        &expect![[r#"
        unusable: The reply was cut off before it was complete.
        (sent back)
    "#]],
    );
}
