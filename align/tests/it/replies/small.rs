//! What small models reply: our own words again, or the revised prompt and nothing else, as the second
//! try asks.

use expect_test::{Expect, expect};

use super::check;
use super::scene::{few_shot, scissors};

fn unusable(reply: &str, expected: &Expect) {
    check(&scissors(), reply, expected);
}

#[test]
fn our_own_words_are_no_draft() {
    let echo = expect![[r#"
        unusable: The alignment model repeated its instructions instead of rewriting the prompt.
    "#]];
    unusable("<revised_prompt-MARK>\nThe complete revised prompt.\n</revised_prompt-MARK>", &echo);
    unusable("<revised_prompt>The complete revised prompt.</revised_prompt>", &echo);
    unusable(
        "<revised_prompt>\nGive three uses for: {item}\nThe complete revised prompt.\n</revised_prompt>",
        &echo,
    );
    unusable(r#"{"revised_prompt": "The complete revised prompt."}"#, &echo);
    unusable("```\nThe complete revised prompt.\n```", &echo);
    unusable(
        "<revised_prompt-MARK>\nYou revise prompts for language models. People ran a prompt, read \
         what it wrote, and said what should be different: {item}.\n</revised_prompt-MARK>",
        &echo,
    );
    unusable(
        "<no_change-MARK>\nOne sentence to the person: why.\n</no_change-MARK>",
        &expect![[r#"
            unusable: The reply holds no revised prompt.
        "#]],
    );
}

#[test]
fn our_own_words_beside_a_draft_are_left_out() {
    check(
        &scissors().with_system("You write lists."),
        "<diagnosis-MARK>\nNotes for the person, in the language of the feedback, as short as they \
         can be.\n</diagnosis-MARK>\n\
         <rationale-MARK>\nOne or two sentences to the person, in the language of the feedback: what \
         you changed, and why.\n</rationale-MARK>\n\
         <revised_system_instructions-MARK>\nThe complete new system instructions.\n\
         </revised_system_instructions-MARK>\n\
         <revised_prompt-MARK>\nGive three uses for: {item}, one sentence each.\n</revised_prompt-MARK>",
        &expect![[r#"
            Give three uses for: {item}, one sentence each.
        "#]],
    );
}

#[test]
fn the_revised_prompt_alone() {
    check(
        &scissors(),
        "Give three uses for: {item}. Write one sentence for each of them.",
        &expect![[r#"
            Give three uses for: {item}. Write one sentence for each of them.
        "#]],
    );
    // Few words are left of a short prompt, but its variable is.
    check(
        &scissors(),
        "Name three things that people do with {item}, for each one sentence.",
        &expect![[r#"
            Name three things that people do with {item}, for each one sentence.
        "#]],
    );
    check(
        &scissors(),
        "<current_prompt-MARK>\nGive three uses for: {item}, in sentences.\n</current_prompt-MARK>",
        &expect![[r#"
            Give three uses for: {item}, in sentences.
        "#]],
    );
    check(
        &few_shot(),
        "Positive. People say that what is not bad at all is good.",
        &expect![[r#"
            unusable: The reply holds no revised prompt.
        "#]],
    );
}
