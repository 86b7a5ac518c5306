//! The same rewrite in tags, as models write them.

use expect_test::expect;

use super::scene::{in_tags, json, scissors};
use super::{GOOD, check, revised};

#[test]
fn clean() {
    check(
        &scissors(),
        &revised(GOOD),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
    check(
        &json(),
        &revised(
            "Extract the item with its colours from: {text}\nAnswer as {\"item\": \"{like this}\", \"count\": 1} and nothing else.",
        ),
        &expect![[r#"
            Extract the item with its colours from: {text}
            Answer as {"item": "{like this}", "count": 1} and nothing else.
            because: Because.
        "#]],
    );
}

#[test]
fn clean_with_system_instructions() {
    let reply = format!(
        "<revised_system_instructions-MARK>\nYou write plain sentences.\n</revised_system_instructions-MARK>\n{}",
        revised("Give three uses for: {item}")
    );
    check(
        &scissors().with_system("You write lists."),
        &reply,
        &expect![[r#"
            system: You write plain sentences.
            Give three uses for: {item}
            because: Because.
        "#]],
    );
}

#[test]
fn only_the_system_instructions() {
    let reply = "<rationale-MARK>Tone.</rationale-MARK><revised_system_instructions-MARK>You write sentences.</revised_system_instructions-MARK>";
    check(
        &scissors().with_system("You write lists."),
        reply,
        &expect![[r#"
            system: You write sentences.
            Give three uses for: {item}
            because: Tone.
        "#]],
    );
}

#[test]
fn system_instructions_that_say_nothing() {
    let reply = format!(
        "<revised_system_instructions-MARK>\n(unchanged)\n</revised_system_instructions-MARK>\n{}",
        revised(GOOD)
    );
    check(
        &scissors().with_system("You write lists."),
        &reply,
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
    let reply = format!(
        "<revised_system_instructions-MARK>\n</revised_system_instructions-MARK>\n{}",
        revised(GOOD)
    );
    check(
        &scissors().with_system("You write lists."),
        &reply,
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
}

#[test]
fn everything_on_one_line() {
    check(
        &scissors(),
        "<rationale-MARK>Because.</rationale-MARK> <revised_prompt-MARK>Give three uses for: {item}, one sentence each.</revised_prompt-MARK>",
        &expect![[r#"
            Give three uses for: {item}, one sentence each.
            because: Because.
        "#]],
    );
}

#[test]
fn chatter_before_and_after() {
    check(
        &scissors(),
        &format!(
            "Sure! Here is the revised prompt:\n\n{}\nLet me know if you'd like anything else!",
            revised(GOOD)
        ),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
    check(
        &scissors(),
        &format!(
            "I made the sentences explicit.\n\n<revised_prompt-MARK>\n{GOOD}\n</revised_prompt-MARK>"
        ),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: I made the sentences explicit.
        "#]],
    );
}

#[test]
fn chatter_inside_the_tags() {
    check(
        &scissors(),
        &revised(&format!("Here is the revised prompt:\n\n{GOOD}")),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
}

#[test]
fn thoughts_before() {
    check(
        &scissors(),
        &format!(
            "<think>\nThe person wants <revised_prompt-MARK>sentences</revised_prompt-MARK>. Fine.\n</think>\n\n{}",
            revised(GOOD)
        ),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
    check(
        &scissors(),
        &format!("They want sentences.\n</think>\n{}", revised(GOOD)),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
    check(
        &scissors(),
        &format!(
            "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>{}",
            revised(GOOD)
        ),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
}

#[test]
fn a_prompt_about_thoughts() {
    let text = "Give three uses for: {item}\nThink between <think> and </think> first.";
    check(
        &scissors().with_feedback("Let it think in <think> tags first."),
        &revised(text),
        &expect![[r#"
            Give three uses for: {item}
            Think between <think> and </think> first.
            because: Because.
        "#]],
    );
}

#[test]
fn tags_without_the_mark() {
    check(
        &scissors(),
        &revised(GOOD).replace("-MARK", ""),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
    check(
        &scissors(),
        &revised(GOOD).replace("-MARK", "-1234567890abcdef"),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
}

#[test]
fn tags_written_carelessly() {
    check(
        &scissors(),
        &revised(GOOD).replace("revised_prompt-MARK", "Revised-Prompt MARK "),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
    check(
        &scissors(),
        &format!("<prompt>\n{GOOD}\n</prompt>"),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
        "#]],
    );
}

#[test]
fn missing_closing_tags() {
    check(
        &scissors(),
        &format!("<rationale-MARK>\nBecause.\n<revised_prompt-MARK>\n{GOOD}\n"),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
}

#[test]
fn missing_opening_tag() {
    check(
        &scissors(),
        &format!("<rationale-MARK>\nBecause.\n</rationale-MARK>\n{GOOD}\n</revised_prompt-MARK>"),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
}

#[test]
fn doubled_tags() {
    check(
        &scissors(),
        &format!(
            "<revised_prompt-MARK>\n<revised_prompt-MARK>\n{GOOD}\n</revised_prompt-MARK>\n</revised_prompt-MARK>"
        ),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
        "#]],
    );
}

#[test]
fn a_model_that_corrects_itself() {
    check(
        &scissors(),
        &format!(
            "{}\nWait, that lost the variable.\n{}",
            revised("Give three uses."),
            revised(GOOD)
        ),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
}

#[test]
fn the_tag_named_in_the_rationale() {
    let reply = format!(
        "<rationale-MARK>\nThe prompt is in <revised_prompt-MARK> below.\n</rationale-MARK>\n<revised_prompt-MARK>\n{GOOD}\n</revised_prompt-MARK>"
    );
    check(
        &scissors(),
        &reply,
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: The prompt is in <revised_prompt> below.
        "#]],
    );
}

#[test]
fn a_prompt_that_contains_the_tags_of_answers() {
    let text = "You test prompts. Read <prompt> and </prompt>, then answer in <revised_prompt> tags and close with </revised_prompt>. Use at most ten words.\nTopic: {topic}";
    check(
        &in_tags(),
        &revised(text),
        &expect![[r#"
            You test prompts. Read <prompt> and </prompt>, then answer in <revised_prompt> tags and close with </revised_prompt>. Use at most ten words.
            Topic: {topic}
            because: Because.
        "#]],
    );
    check(
        &in_tags(),
        &format!("<rationale>Ten.</rationale>\n<revised_prompt>\n{text}\n</revised_prompt>"),
        &expect![[r#"
            You test prompts. Read <prompt> and </prompt>, then answer in <revised_prompt> tags and close with </revised_prompt>. Use at most ten words.
            Topic: {topic}
            because: Ten.
        "#]],
    );
}
