//! Suggestions fit the output, and none is made twice.

use align::guidelines::Tone;
use expect_test::{Expect, expect};

use super::new_desk;

fn check(prompt: &str, tone: Tone, said: &[&str], expected: &Expect) {
    expected.assert_eq(&new_desk(prompt).suggest(tone, said).join("\n"));
}

#[test]
fn kudos_praise_what_is_there() {
    check(
        "Make a shopping list for shrimp scampi.",
        Tone::Kudos,
        &[],
        &expect![[r#"
            The bullet points are easy to tick off.
            It is written in English, as the question is.
            It stays within 50 words."#]],
    );
    check(
        "Give three uses for: {item}",
        Tone::Kudos,
        &[],
        &expect![[r#"
        The numbered list is easy to refer to.
        A short title tells at once what each is about.
        It gives exactly three uses."#]],
    );
    check(
        "How do I change the oil in my lawnmower?",
        Tone::Kudos,
        &[],
        &expect![[r#"
        It is written in whole sentences.
        It is written in English, as the question is.
        It reads well as running text."#]],
    );
    check(
        "What is gravity?",
        Tone::Kudos,
        &[],
        &expect![[r#"
            It is written in whole sentences.
            It is written in English, as the question is.
            It reads well as running text."#]],
    );
    check(
        "Make a shopping list for soup. Group the ingredients by section of the store.",
        Tone::Kudos,
        &[],
        &expect![[r#"
            It is easy to find things, as the ingredients are grouped.
            The bullet points are easy to tick off.
            It is written in English, as the question is."#]],
    );
}

#[test]
fn what_was_said_is_not_suggested() {
    let said = ["Say it in one sentence each.", "Why so boring?"];
    check(
        "Give three uses for: {item}",
        Tone::Critiques,
        &said,
        &expect![[r#"
        Explain why each use works.
        Add a short example to each use.
        Leave out the closing line."#]],
    );
    check(
        "Give three uses for: {item}\n\nAdd a short example to each use.",
        Tone::Critiques,
        &said,
        &expect![[r#"
            Explain why each use works.
            Leave out the closing line.
            Leave out the opening line."#]],
    );
    check(
        "What is gravity?",
        Tone::Critiques,
        &[],
        &expect![[r#"
        It is too wordy for what it says.
        It stays abstract; add an example.
        Write it as bullet points."#]],
    );
    check(
        "Describe a lamp in this shape: {\"lamp\": \"…\"}",
        Tone::Critiques,
        &[],
        &expect![[r#"
            Answer with JSON only, without any text around it.
            Leave out the opening line.
            End with a question to the reader."#]],
    );
}

#[test]
fn every_suggestion_is_distilled_rewritten_and_followed() {
    let prompts = [
        "Make a shopping list for shrimp scampi.",
        "Give three uses for: {item}",
        "How do I change the oil in my lawnmower?",
        "How do I tune a piano?",
        "What is gravity?",
        "Give five ideas for a garden party.",
    ];
    for prompt in prompts {
        let mut said: Vec<String> = Vec::new();
        for _ in 0..2 {
            let so_far: Vec<_> = said.iter().map(String::as_str).collect();
            let new = new_desk(prompt).suggest(Tone::Critiques, &so_far);
            assert_eq!(new.len(), 3, "{prompt}: {new:?}");
            said.extend(new);
        }
        for critique in said {
            let mut desk = new_desk(prompt);
            let before = desk.output.clone();
            desk.learn(&critique);
            assert_eq!(desk.guidelines.len(), 1, "{critique}");
            desk.accept(&[]);
            assert_ne!(desk.output, before, "{prompt}: {critique}");
        }
    }
}

#[test]
fn kudos_keep_what_they_praise() {
    for prompt in ["Give three uses for: {item}", "Make a shopping list for soup."] {
        let desk = new_desk(prompt);
        let before = desk.output.clone();
        for praise in desk.suggest(Tone::Kudos, &[]) {
            let mut desk = new_desk(prompt);
            desk.learn(&praise);
            desk.accept(&[]);
            assert_eq!(desk.output, before, "{praise}");
        }
    }
}
