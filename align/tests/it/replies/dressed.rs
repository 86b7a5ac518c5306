//! The same rewrite in fences, in JSON, as plain text, and the ways to say that nothing changes.

use expect_test::expect;

use super::scene::{fenced, few_shot, lawnmower, long, scissors};
use super::{GOOD, check, revised};

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

#[test]
fn tags_escaped_as_in_markdown() {
    let escaped = revised(GOOD)
        .replace('<', r"\<")
        .replace('>', r"\>")
        .replace("revised_prompt", r"revised\_prompt");
    check(
        &scissors(),
        &escaped,
        &expect![[r#"
        Give three uses for: {item}
        Write one sentence for each use, without numbers.
        because: Because.
    "#]],
    );
}

#[test]
fn tags_of_its_own_around_the_prompt() {
    check(
        &scissors(),
        &format!("<VARIABLE>\n{GOOD}\n</VARIABLE>"),
        &expect![[r#"
        Give three uses for: {item}
        Write one sentence for each use, without numbers.
    "#]],
    );
    check(
        &scissors(),
        &revised(&format!("<VARIABLE>\n{GOOD}\n</VARIABLE>")),
        &expect![[r#"
        Give three uses for: {item}
        Write one sentence for each use, without numbers.
        because: Because.
    "#]],
    );
}
