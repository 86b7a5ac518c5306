//! What critiques, praise and corrected outputs become.

use align::guidelines::Evidence;
use align::{Feedback, Span};
use expect_test::{Expect, expect};

use super::new_desk;
use crate::desk::described;

const USES: &str = "Give three uses for the following item: {item}";

fn check(guidelines: &[&str], critique: &str, expected: &Expect) {
    let mut desk = new_desk(USES).with(guidelines);
    expected.assert_eq(&desk.learn(critique));
}

#[test]
fn what_is_new_is_added() {
    check(
        &[],
        "None of these are creative.",
        &expect![[r#"
        add: Choose uses that would surprise even an experienced reader: unusual, but possible. Leave out the obvious ones.
        (You ask for surprising uses, and no guideline says it yet.)"#]],
    );
    check(
        &["Write whole sentences."],
        "I want five instead of three",
        &expect![[r#"
        add: Give exactly five uses.
        (You ask for five uses, and no guideline says it yet.)"#]],
    );
    check(
        &[],
        "These are only fragments, and too long.",
        &expect![[r#"
        add: Keep it short: at most ten words for each use. Write whole sentences.
        (You ask for a shorter answer and whole sentences, and no guideline says it yet.)"#]],
    );
}

#[test]
fn what_replaces_a_guideline_edits_it() {
    check(
        &["Give exactly four uses."],
        "I want five instead",
        &expect![[r#"
        edit G1: Give exactly five uses.
        (You ask for five uses, and “Give exactly four uses.” is about the same.)"#]],
    );
    check(
        &["Number the uses.", "Use a formal tone. Write whole sentences."],
        "Too formal!",
        &expect![[r#"
            edit G2: Write whole sentences. Use a warm, friendly tone.
            (You ask for a friendly tone, and “Use a formal tone. Write whole sentences…” is about the same.)"#]],
    );
    check(
        &["Write at least 200 words."],
        "At most 40 words, please.",
        &expect![[r#"
        edit G1: Use at most 40 words in total.
        (You ask for at most 40 words, and “Write at least 200 words.” is about the same.)"#]],
    );
}

#[test]
fn what_is_no_longer_wanted_is_removed() {
    check(
        &["Give exactly five uses.", "Put a fitting emoji before each use."],
        "No need for emoji.",
        &expect![[r#"
            remove G2
            (You no longer want what “Put a fitting emoji before each use.” asks for.)"#]],
    );
    check(
        &["Add a price to each use."],
        "Stop adding prices",
        &expect![[r#"
        remove G1
        (You no longer want what “Add a price to each use.” asks for.)"#]],
    );
    check(
        &["Answer in German."],
        "Please don't answer in German any more.",
        &expect![[r#"
        remove G1
        (You no longer want what “Answer in German.” asks for.)"#]],
    );
    check(
        &["Stop after the last use, without a closing line."],
        "No need for a closing line",
        &expect![[r#"
            nothing
            (“Stop after the last use, without a closi…” already asks for it.)"#]],
    );
    check(
        &["Number the uses."],
        "No need to group the uses",
        &expect![[r#"
            add: Do not group the uses.
            (You ask for “Do not group the uses”, and no guideline says it yet.)"#]],
    );
}

#[test]
fn what_is_there_changes_nothing() {
    check(
        &["Write whole sentences.", "Give exactly five uses."],
        "I want five instead",
        &expect![[r#"
            nothing
            (“Give exactly five uses.” already asks for it.)"#]],
    );
    check(
        &["The list should rhyme."],
        "the list should rhyme",
        &expect![[r#"
        nothing
        (“The list should rhyme.” already asks for it.)"#]],
    );
}

#[test]
fn own_words_become_guidelines() {
    check(
        &[],
        "The list should be grouped by price",
        &expect![[r#"
        add: Group the uses, each group under a heading.
        (You ask for uses in groups, and no guideline says it yet.)"#]],
    );
    check(
        &[],
        "please think of {left-handed} people",
        &expect![[r#"
        add: Think of left-handed people.
        (You ask for “Think of left-handed people”, and no guideline says it yet.)"#]],
    );
    check(
        &[],
        "It doesn't say how sharp scissors are",
        &expect![[r#"
        add: Say how sharp the item are.
        (You ask for “Say how sharp the item are”, and no guideline says it yet.)"#]],
    );
}

fn check_evidence(evidence: Evidence<'_>, expected: &Expect) {
    let distillation = new_desk(USES).distil(evidence);
    expected.assert_eq(&format!("{}\n({})", described(&distillation.change), distillation.reason));
}

#[test]
fn praise_keeps_what_is_there() {
    let kudos = Feedback::whole("I like that each one has a bold title.");
    check_evidence(
        Evidence::Kudos(&kudos),
        &expect![[r#"
        add: Begin each use with a short title in bold.
        (What you like should stay: titles, and no guideline says it yet.)"#]],
    );
    let kudos = Feedback::whole("I like that it fits on one page.");
    check_evidence(
        Evidence::Kudos(&kudos),
        &expect![[r#"
        add: Keep this: it fits on one page.
        (What you like should stay: “Keep this: it fits on one page”, and no guideline says it yet.)"#]],
    );
}

#[test]
fn a_passage_tells_what_is_meant() {
    let of = |exact: &str| Feedback {
        text: "Drop this.".to_owned(),
        span: Some(Span { exact: exact.to_owned(), prefix: String::new(), suffix: String::new() }),
    };
    let closing = of("Let me know if you'd like more!");
    check_evidence(
        Evidence::Critique(&closing),
        &expect![[r#"
        add: Stop after the last use, without a closing line.
        (You ask for no closing line, and no guideline says it yet.)"#]],
    );
    let filler = of("Most people do this already.");
    check_evidence(
        Evidence::Critique(&filler),
        &expect![[r#"
        add: Leave out remarks that say nothing new.
        (You ask for “Leave out remarks that say nothing new”, and no guideline says it yet.)"#]],
    );
}

#[test]
fn corrected_outputs_show_their_build() {
    let desk = new_desk(USES);
    let check = |corrected: &str, expected: Expect| {
        check_evidence(Evidence::CorrectedOutput(corrected), &expected);
    };
    check(
        &desk.output,
        expect![[r#"
        nothing
        (Your version is built like the original; what differs are facts of this one output.)"#]],
    );
    check(
        &desk.output.replace("scissors", "a pair of scissors"),
        expect![[r#"
        nothing
        (Your version is built like the original; what differs are facts of this one output.)"#]],
    );
    check(
        &desk.output.replace("\n\nLet me know if you'd like more!", ""),
        expect![[r#"
        add: Stop after the last use, without a closing line.
        (Your version shows that you want no closing line, and no guideline says it yet.)"#]],
    );
    check(
        "- Cut paper.\n- Open letters.\n- Trim a beard.",
        expect![[r#"
        add: Write it as bullet points. Write each use in one sentence.
        (Your version shows that you want bullet points and one sentence each, and no guideline says it yet.)"#]],
    );
    check(
        "Cut paper, open letters and trim a beard.",
        expect![[r#"
        add: Write it as running text, not as a list. Write each use in one sentence.
        (Your version shows that you want running text and one sentence each, and no guideline says it yet.)"#]],
    );
    check(
        "{\"uses\": [\"Cut paper\"]}",
        expect![[r#"
        add: Answer with JSON only, without any text around it.
        (Your version shows that you want “Answer with JSON only, without any text around it”, and no guideline says it yet.)"#]],
    );
    check(
        "1. Papier schneiden.\n2. Briefe öffnen für die Post und den Chef.\n3. Die Hecke und der Bart.",
        expect![[r#"
        add: Answer in German. Write each use in one sentence.
        (Your version shows that you want an answer in German and one sentence each, and no guideline says it yet.)"#]],
    );
}
