//! Replies that hold no draft, or only a part of one.

use expect_test::expect;

use super::scene::{lawnmower, long, scissors};
use super::{check, check_cut, revised};

#[test]
fn empty() {
    check(
        &scissors(),
        "",
        &expect![[r#"
            unusable: The alignment model answered nothing.
        "#]],
    );
    check(
        &scissors(),
        " \r\n\t ",
        &expect![[r#"
            unusable: The alignment model answered nothing.
        "#]],
    );
    check(
        &scissors(),
        "<rationale-MARK></rationale-MARK>",
        &expect![[r#"
            unusable: The reply holds no revised prompt.
        "#]],
    );
    check_cut(
        &scissors(),
        "",
        &expect![[r#"
            unusable: The reply was cut off before the revised prompt began.
        "#]],
    );
}

#[test]
fn an_empty_prompt_never_wipes_the_prompt() {
    check(
        &scissors(),
        &revised(""),
        &expect![[r#"

            because: Because.
            grave: The draft is empty.
        "#]],
    );
    check(
        &scissors(),
        r#"{"revised_prompt": "  "}"#,
        &expect![[r#"

            grave: The draft is empty.
        "#]],
    );
    check(
        &scissors(),
        "```\n```",
        &expect![[r#"
            unusable: The reply holds no revised prompt.
        "#]],
    );
}

#[test]
fn only_thoughts() {
    check(
        &scissors(),
        "<think>The person wants",
        &expect![[r#"
            unusable: The alignment model sent its thoughts but no rewrite.
        "#]],
    );
    check(
        &scissors(),
        "<think>All said.</think>\n",
        &expect![[r#"
            unusable: The alignment model sent its thoughts but no rewrite.
        "#]],
    );
    check_cut(
        &scissors(),
        "<think>The person wants",
        &expect![[r#"
            unusable: The alignment model sent its thoughts but no rewrite.
        "#]],
    );
}

#[test]
fn refusals() {
    check(
        &scissors(),
        "I'm sorry, but I can't help with that. It is against my rules.",
        &expect![[r#"
            unusable: The alignment model declined: “I'm sorry, but I can't help with that.”
        "#]],
    );
    check(
        &scissors(),
        "I’m not able to rewrite this prompt.",
        &expect![[r#"
            unusable: The alignment model declined: “I’m not able to rewrite this prompt.”
        "#]],
    );
    check(
        &scissors(),
        "抱歉，我无法帮助您完成这个请求。",
        &expect![[r#"
            unusable: The alignment model declined: “抱歉，我无法帮助您完成这个请求”
        "#]],
    );
    check(
        &scissors(),
        &revised("I cannot help with that request."),
        &expect![[r#"
            I cannot help with that request.
            because: Because.
            grave: The draft is a refusal, not a prompt.
            grave: The variable {item} is gone.
        "#]],
    );
}

#[test]
fn cut_off() {
    check_cut(
        &scissors(),
        "<rationale-MARK>\nThe person wants sente",
        &expect![[r#"
            unusable: The reply was cut off before the revised prompt began.
        "#]],
    );
    check_cut(
        &scissors(),
        "Let me think about what the",
        &expect![[r#"
            unusable: The reply was cut off before the revised prompt began.
        "#]],
    );
    let whole = revised(&long().prompt.text.replace("columns", "funny columns"));
    check_cut(
        &long(),
        &whole[..whole.len() / 2],
        &expect![[r#"
            You write funny columns.
            Rule 1: the answer about {topic} respects the reader number 1.
            Rule 2: the answer about {topic} respects the reader number 2.
            Rule 3: the answer about {topic} respects the reader number 3.
            Rule 4: the answer about {topic} respects the reader number 4.
            Rule 5: the answer about {topic} respects the reader number 5.
            Rule 6: the answer about {topic} respects
            because: Because.
            grave: The draft stops in the middle of a sentence.
        "#]],
    );
    check(
        &long(),
        &whole[..whole.len() / 2],
        &expect![[r#"
            You write funny columns.
            Rule 1: the answer about {topic} respects the reader number 1.
            Rule 2: the answer about {topic} respects the reader number 2.
            Rule 3: the answer about {topic} respects the reader number 3.
            Rule 4: the answer about {topic} respects the reader number 4.
            Rule 5: the answer about {topic} respects the reader number 5.
            Rule 6: the answer about {topic} respects
            because: Because.
            grave: The draft stops in the middle of a sentence.
        "#]],
    );
    check_cut(
        &scissors(),
        &format!("{}\nAnd now to some furth", revised("Give three short uses for: {item}")),
        &expect![[r#"
            Give three short uses for: {item}
            because: Because.
        "#]],
    );
}

#[test]
fn cut_off_in_the_system_instructions() {
    let reply =
        "<rationale-MARK>Tone.</rationale-MARK><revised_system_instructions-MARK>You are ki";
    check_cut(
        &scissors().with_system("You write lists."),
        reply,
        &expect![[r#"
            unusable: The reply was cut off before the revised prompt began.
        "#]],
    );
}

#[test]
fn json_cut_off() {
    let reply = r#"{"rationale": "Because.", "revised_prompt": "Give three uses"#;
    check_cut(
        &scissors(),
        reply,
        &expect![[r#"
            unusable: The reply was cut off before the revised prompt began.
        "#]],
    );
    check(
        &scissors(),
        reply,
        &expect![[r#"
            unusable: The reply holds no revised prompt.
        "#]],
    );
}

#[test]
fn shortened_with_a_remark() {
    check(
        &long(),
        &revised("You write funny columns about {topic}.\n[rest of the prompt unchanged]"),
        &expect![[r#"
            You write funny columns about {topic}.
            [rest of the prompt unchanged]
            because: Because.
            grave: The draft leaves a part of the prompt out: “[rest of the prompt unchanged]”.
        "#]],
    );
    check(
        &long(),
        &revised("You write funny columns about {topic}.\n... (rest remains unchanged)"),
        &expect![[r#"
            You write funny columns about {topic}.
            ... (rest remains unchanged)
            because: Because.
            grave: The draft leaves a part of the prompt out: “... (rest remains unchanged)”.
        "#]],
    );
}

#[test]
fn an_answer_in_place_of_a_prompt() {
    let answer = "1. Cutting paper into shapes for school projects and crafts is easy.\n2. Trimming loose threads from clothes saves them.\n3. Opening parcels without tearing what is inside is quick.";
    check(
        &scissors(),
        answer,
        &expect![[r#"
            unusable: The reply holds no revised prompt.
        "#]],
    );
    check(
        &scissors(),
        &revised(answer),
        &expect![[r#"
            1. Cutting paper into shapes for school projects and crafts is easy.
            2. Trimming loose threads from clothes saves them.
            3. Opening parcels without tearing what is inside is quick.
            because: Because.
            grave: The draft looks like an answer to the prompt, not like a prompt.
            grave: The variable {item} is gone.
        "#]],
    );
    let steps = "Run the engine for a few minutes to warm the oil. Turn it off. Then drain the old oil into a pan and refill with SAE 30 oil up to the mark on the dipstick.";
    check(
        &lawnmower(),
        &revised(steps),
        &expect![[r#"
            Run the engine for a few minutes to warm the oil. Turn it off. Then drain the old oil into a pan and refill with SAE 30 oil up to the mark on the dipstick.
            because: Because.
            grave: The draft looks like an answer to the prompt, not like a prompt.
        "#]],
    );
}

#[test]
fn text_about_something_else() {
    check(
        &scissors(),
        "What a lovely day it is. How may I be of service?",
        &expect![[r#"
            unusable: The reply holds no revised prompt.
        "#]],
    );
    check(
        &lawnmower(),
        &revised("Bananas are yellow and grow in bunches."),
        &expect![[r#"
            Bananas are yellow and grow in bunches.
            because: Because.
            grave: The draft looks like an answer to the prompt, not like a prompt.
        "#]],
    );
    check(
        &scissors(),
        r#"{"error": "overloaded"}"#,
        &expect![[r#"
            unusable: The reply holds no revised prompt.
        "#]],
    );
}

#[test]
fn remains() {
    check(
        &scissors(),
        &revised("Give three uses for: {item}\nOne sentence each.\n</revised_prompt>"),
        &expect![[r#"
            Give three uses for: {item}
            One sentence each.
            </revised_prompt>
            because: Because.
            grave: The tag “</revised_prompt>” is left in the draft.
        "#]],
    );
    check(
        &scissors(),
        &revised("```\nGive three uses for: {item}, one sentence each."),
        &expect![[r#"
            ```
            Give three uses for: {item}, one sentence each.
            because: Because.
            grave: A code fence is left around the draft.
            light: The draft has code fences; the prompt was plain text.
        "#]],
    );
    check(
        &scissors(),
        &revised(
            "Give three uses for: {item}, one sentence each.\n\nLet me know if you want more.",
        ),
        &expect![[r#"
            Give three uses for: {item}, one sentence each.

            Let me know if you want more.
            because: Because.
            grave: “Let me know if you want more.” talks to you and is no part of the prompt.
        "#]],
    );
}
