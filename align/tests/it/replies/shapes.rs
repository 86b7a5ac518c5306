//! The same rewrite in every shape that models send it.

use expect_test::expect;

use super::scene::{fenced, few_shot, in_tags, json, lawnmower, long, scissors};
use super::{check, revised};

const GOOD: &str = "Give three uses for: {item}\nWrite one sentence for each use, without numbers.";

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
fn fenced_as_a_whole() {
    check(
        &scissors(),
        &format!("```xml\n{}```", revised(GOOD)),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
}

#[test]
fn fenced_inside_the_tags() {
    check(
        &scissors(),
        &revised(&format!("```text\n{GOOD}\n```")),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
}

#[test]
fn fenced_without_tags() {
    check(
        &scissors(),
        &format!(
            "I added a sentence.\n\nRevised prompt:\n```\n{GOOD}\n```\nLet me know if it helps."
        ),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: I added a sentence.
        "#]],
    );
}

#[test]
fn two_blocks_the_old_and_the_new() {
    check(
        &scissors(),
        &format!("Original:\n```\nGive three uses for: {{item}}\n```\nRevised:\n```\n{GOOD}\n```"),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
        "#]],
    );
}

#[test]
fn a_prompt_with_fences_of_its_own() {
    let text = "Say first what the program does, then explain this code:\n```rust\nfn main() {}\n```\nUse the words of a {audience}.";
    check(
        &fenced(),
        &revised(text),
        &expect![[r#"
            Say first what the program does, then explain this code:
            ```rust
            fn main() {}
            ```
            Use the words of a {audience}.
            because: Because.
        "#]],
    );
    check(
        &fenced(),
        text,
        &expect![[r#"
            Say first what the program does, then explain this code:
            ```rust
            fn main() {}
            ```
            Use the words of a {audience}.
        "#]],
    );
    check(
        &fenced(),
        &format!("````\n{text}\n````"),
        &expect![[r#"
            Say first what the program does, then explain this code:
            ```rust
            fn main() {}
            ```
            Use the words of a {audience}.
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

#[test]
fn as_json() {
    let reply = r#"{"rationale": "Because.", "revised_prompt": "Give three uses for: {item}\nOne sentence each."}"#;
    check(
        &scissors(),
        reply,
        &expect![[r#"
            Give three uses for: {item}
            One sentence each.
            because: Because.
        "#]],
    );
    check(
        &scissors(),
        &format!("```json\n{reply}\n```"),
        &expect![[r#"
            Give three uses for: {item}
            One sentence each.
            because: Because.
        "#]],
    );
    check(
        &scissors(),
        &format!("Here you go: {reply} Enjoy!"),
        &expect![[r#"
            Give three uses for: {item}
            One sentence each.
            because: Because.
        "#]],
    );
    check(
        &scissors(),
        r#"{"no_change": true, "reason": "It says so already.", "revised_prompt": ""}"#,
        &expect![[r#"
            unchanged
            because: It says so already.
        "#]],
    );
}

#[test]
fn plain_text_that_is_plainly_the_prompt() {
    check(
        &scissors(),
        GOOD,
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
        "#]],
    );
    check(
        &scissors(),
        &format!(
            "Certainly! Here's an improved prompt:\n\n{GOOD}\n\nLet me know if you need more."
        ),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
        "#]],
    );
    check(
        &lawnmower(),
        "**Revised prompt:**\nHow do I change the oil in my lawnmower? Explain it to someone who has never opened a machine.",
        &expect![[r#"
            How do I change the oil in my lawnmower? Explain it to someone who has never opened a machine.
        "#]],
    );
}

#[test]
fn windows_line_breaks() {
    check(
        &scissors(),
        &revised(GOOD).replace('\n', "\r\n"),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
    let mut scene = few_shot();
    scene.prompt.text = scene.prompt.text.replace('\n', "\r\n");
    let text =
        few_shot().prompt.text.replace("sentiment.", "sentiment; an understatement is positive.");
    check(
        &scene,
        &revised(&text),
        &expect![[r#"
            Classify the sentiment; an understatement is positive.␍
            ␍
            Text: The food was cold.␍
            Sentiment: negative␍
            ␍
            Text: Lovely staff!␍
            Sentiment: positive␍
            ␍
            Text: {review}␍
            Sentiment:
            because: Because.
        "#]],
    );
}

#[test]
fn no_change() {
    check(
        &scissors(),
        "<no_change-MARK>\nThe prompt asks for it already.\n</no_change-MARK>",
        &expect![[r#"
            unchanged
            because: The prompt asks for it already.
        "#]],
    );
    check(
        &scissors(),
        "No changes are needed: the prompt already asks for it.",
        &expect![[r#"
            unchanged
            because: No changes are needed: the prompt already asks for it.
        "#]],
    );
    check(
        &scissors(),
        &revised("Give three uses for: {item}"),
        &expect![[r#"
            unchanged
            because: Because.
        "#]],
    );
    check(
        &scissors(),
        &format!("<no_change-MARK></no_change-MARK>{}", revised(GOOD)),
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            because: Because.
        "#]],
    );
}

#[test]
fn very_long() {
    let text = long().prompt.text.replace("columns", "funny columns");
    check(
        &long(),
        &revised(&text),
        &expect![[r#"
            You write funny columns.
            Rule 1: the answer about {topic} respects the reader number 1.
            Rule 2: the answer about {topic} respects the reader number 2.
            Rule 3: the answer about {topic} respects the reader number 3.
            Rule 4: the answer about {topic} respects the reader number 4.
            Rule 5: the answer about {topic} respects the reader number 5.
            Rule 6: the answer about {topic} respects the reader number 6.
            Rule 7: the answer about {topic} respects the reader number 7.
            Rule 8: the answer about {topic} respects the reader number 8.
            Rule 9: the answer about {topic} respects the reader number 9.
            Rule 10: the answer about {topic} respects the reader number 10.
            Rule 11: the answer about {topic} respects the reader number 11.
            Rule 12: the answer about {topic} respects the reader number 12.
            End with a question.
            because: Because.
        "#]],
    );
}
