//! Suggestions fit the output, and none is made twice.

use align::guidelines::Tone;
use expect_test::{Expect, expect};

use crate::desk::Desk;

async fn check(prompt: &str, tone: Tone, said: &[&str], expected: &Expect) {
    expected.assert_eq(&Desk::new(prompt).await.suggest(tone, said).await.join("\n"));
}

#[tokio::test]
async fn kudos_praise_what_is_there() {
    check(
        "Make a shopping list for shrimp scampi.",
        Tone::Kudos,
        &[],
        &expect![[r#"
            The bullet points are easy to tick off.
            It is written in English, as the question is.
            It stays within 50 words."#]],
    )
    .await;
    check(
        "Give three uses for: {item}",
        Tone::Kudos,
        &[],
        &expect![[r#"
        The numbered list is easy to refer to.
        A short title tells at once what each is about.
        It gives exactly three uses."#]],
    )
    .await;
    check(
        "How do I change the oil in my lawnmower?",
        Tone::Kudos,
        &[],
        &expect![[r#"
        It is written in whole sentences.
        It is written in English, as the question is.
        It reads well as running text."#]],
    )
    .await;
    check(
        "What is gravity?",
        Tone::Kudos,
        &[],
        &expect![[r#"
            It is written in whole sentences.
            It is written in English, as the question is.
            It reads well as running text."#]],
    )
    .await;
    check(
        "Make a shopping list for soup. Group the ingredients by section of the store.",
        Tone::Kudos,
        &[],
        &expect![[r#"
            It is easy to find things, as the ingredients are grouped.
            The bullet points are easy to tick off.
            It is written in English, as the question is."#]],
    )
    .await;
}

#[tokio::test]
async fn what_was_said_is_not_suggested() {
    let said = ["Say it in one sentence each.", "Why so boring?"];
    check(
        "Give three uses for: {item}",
        Tone::Critiques,
        &said,
        &expect![[r#"
        Explain why each use works.
        Add a short example to each use.
        Leave out the closing line."#]],
    )
    .await;
    check(
        "Give three uses for: {item}\n\nAdd a short example to each use.",
        Tone::Critiques,
        &said,
        &expect![[r#"
            Explain why each use works.
            Leave out the closing line.
            Leave out the opening line."#]],
    )
    .await;
    check(
        "What is gravity?",
        Tone::Critiques,
        &[],
        &expect![[r#"
        It is too wordy for what it says.
        It stays abstract; add an example.
        Write it as bullet points."#]],
    )
    .await;
    check(
        "Describe a lamp in this shape: {\"lamp\": \"…\"}",
        Tone::Critiques,
        &[],
        &expect![[r#"
            Answer with JSON only, without any text around it.
            Leave out the opening line.
            End with a question to the reader."#]],
    )
    .await;
}

#[tokio::test]
async fn every_suggestion_is_distilled_rewritten_and_followed() {
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
            let new = Desk::new(prompt).await.suggest(Tone::Critiques, &so_far).await;
            assert_eq!(new.len(), 3, "{prompt}: {new:?}");
            said.extend(new);
        }
        for critique in said {
            let mut desk = Desk::new(prompt).await;
            let before = desk.output.clone();
            desk.learn(&critique).await;
            assert_eq!(desk.guidelines.len(), 1, "{critique}");
            desk.accept(&[]).await;
            assert_ne!(desk.output, before, "{prompt}: {critique}");
        }
    }
}

#[tokio::test]
async fn kudos_keep_what_they_praise() {
    for prompt in ["Give three uses for: {item}", "Make a shopping list for soup."] {
        let desk = Desk::new(prompt).await;
        let before = desk.output.clone();
        for praise in desk.suggest(Tone::Kudos, &[]).await {
            let mut desk = Desk::new(prompt).await;
            desk.learn(&praise).await;
            desk.accept(&[]).await;
            assert_eq!(desk.output, before, "{praise}");
        }
    }
}
