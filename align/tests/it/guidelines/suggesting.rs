//! Suggested statements in every shape that models give them.

use align::direct::Mark;
use align::guidelines::{Suggest, Tone, read_suggestions};
use align::model::FinishReason;
use align::{Prompt, Values};
use expect_test::{Expect, expect};

use super::OUTPUT;

fn check(reply: &str, expected: &Expect) {
    check_finished(reply, FinishReason::Stop, expected);
}

fn check_finished(reply: &str, finish: FinishReason, expected: &Expect) {
    let (prompt, values) = (Prompt::new("Give three uses for: {item}"), Values::new());
    let mark = Mark::from_bytes([0x5a; 8]);
    let request = Suggest {
        prompt: &prompt,
        values: &values,
        output: OUTPUT,
        tone: Tone::Critiques,
        said: &["The uses are dull."],
        mark: &mark,
    };
    let text = match read_suggestions(&request, &reply.replace("MARK", mark.as_str()), finish) {
        Ok(found) => found.join("\n") + "\n",
        Err(unusable) => format!("unusable: {unusable}\n"),
    };
    expected.assert_eq(&text);
}

fn tagged(texts: &[&str]) -> String {
    let parts = texts.iter().map(|text| format!("<suggestion-MARK>\n{text}\n</suggestion-MARK>\n"));
    parts.collect()
}

const THREE: [&str; 3] =
    ["The uses are all of the same kind.", "It is too long.", "No age is named."];

#[test]
fn in_tags() {
    check(
        &tagged(&THREE),
        &expect![[r#"
        The uses are all of the same kind.
        It is too long.
        No age is named.
    "#]],
    );
    check(
        &tagged(&THREE).replace("-MARK", ""),
        &expect![[r#"
        The uses are all of the same kind.
        It is too long.
        No age is named.
    "#]],
    );
    check(
        &format!("Sure!\n{}", tagged(&THREE[..1])),
        &expect![[r#"
        The uses are all of the same kind.
    "#]],
    );
    check(
        "<suggestion-MARK>It is long.\n<suggestion-MARK>It is dull.",
        &expect![[r#"
        It is long.
        It is dull.
    "#]],
    );
}

#[test]
fn more_than_three_and_repeated_ones() {
    check(
        &tagged(&[
            "It is too long.",
            "it is too long!",
            "The uses are dull",
            "A.",
            "B.",
            "C.",
            "D.",
        ]),
        &expect![[r#"
            It is too long.
            A.
            B.
        "#]],
    );
}

#[test]
fn whitespace_is_no_suggestion() {
    check(
        &tagged(&[" ", "", "\n\n", "It is long."]),
        &expect![[r#"
        It is long.
    "#]],
    );
    check(
        &tagged(&[" ", ""]),
        &expect![[r#"
        unusable: The reply holds no suggestions.
    "#]],
    );
    check(
        "\n \n",
        &expect![[r#"
        unusable: The alignment model answered nothing.
    "#]],
    );
}

#[test]
fn lists() {
    check(
        "1. The uses are all alike.\n2. It is too long.\n\n3. \"No age is named.\"",
        &expect![[r#"
            The uses are all alike.
            It is too long.
            No age is named.
        "#]],
    );
    check(
        "Here are three critiques:\n\n- **Critique 1:** The uses are all alike.\n- It is too long.\n\nLet me know if you need more!",
        &expect![[r#"
            The uses are all alike.
            It is too long.
        "#]],
    );
    check(
        "The uses are all alike.\n\nIt is too long.",
        &expect![[r#"
        The uses are all alike.
        It is too long.
    "#]],
    );
}

#[test]
fn json() {
    check(
        r#"["The uses are all alike.", "It is too long."]"#,
        &expect![[r#"
        The uses are all alike.
        It is too long.
    "#]],
    );
    check(
        "```json\n{\"suggestions\": [{\"text\": \"It is too long.\"}, 3]}\n```",
        &expect![[r#"
        It is too long.
    "#]],
    );
    check(
        "{\"suggestions\": []}",
        &expect![[r#"
        unusable: The reply holds no suggestions.
    "#]],
    );
}

#[test]
fn refusals_and_thoughts() {
    check(
        "I cannot help with that.",
        &expect![[r#"
        unusable: The alignment model declined: “I cannot help with that.”
    "#]],
    );
    check(
        &tagged(&["I cannot help with that.", "It is too long."]),
        &expect![[r#"
        It is too long.
    "#]],
    );
    check(
        "<think>hm",
        &expect![[r#"
            unusable: The alignment model sent its thoughts but no answer.
        "#]],
    );
}

#[test]
fn cut_short() {
    let cut = |reply: &str, expected| check_finished(reply, FinishReason::Length, expected);
    cut(
        "<suggestion-MARK>It is too long.</suggestion-MARK>\n<suggestion-MARK>The us",
        &expect![[r#"
            It is too long.
        "#]],
    );
    cut(
        "<suggestion-MARK>The us",
        &expect![[r#"
        unusable: The reply was cut off before it was complete.
    "#]],
    );
    cut(
        "1. It is too long.\n2. The us",
        &expect![[r#"
        It is too long.
    "#]],
    );
}

#[test]
fn too_long_for_a_chip() {
    check(
        &tagged(&[&"It is long. ".repeat(40), "It is too long."]),
        &expect![[r#"
        It is too long.
    "#]],
    );
}

#[test]
fn our_own_words_are_no_suggestions() {
    check(
        &tagged(&[
            "What the output should have done differently.",
            "The first statement.",
            "Plain words, as a person says them.",
        ]),
        &expect![[r#"
            unusable: The reply holds no suggestions.
        "#]],
    );
    check(
        &tagged(&["The first statement.", "It is too long."]),
        &expect![[r#"
            It is too long.
        "#]],
    );
}
