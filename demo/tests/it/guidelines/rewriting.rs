//! Rewrites from guidelines: every one is followed, or named.

use align::direct::{Mark, Request, read_reply};
use align::guidelines::{Evidence, Tone};
use align::model::FinishReason;
use align::{Feedback, Prompt, Values};
use expect_test::{Expect, expect};

use align::record::{Proposal, Source};

use super::{ask, new_desk};

const USES: &str = "Give three uses for the following item: {item}";

fn check(text: &str, guidelines: &[&str], feedback: &[&str], expected: &Expect) {
    let mut desk = new_desk(text).with(guidelines);
    let feedback: Vec<_> = feedback.iter().map(|text| Feedback::whole(*text)).collect();
    let proposal = desk.rewrite(&feedback);
    let traces = traces(&proposal);
    if !proposal.unchanged {
        desk.accept(&feedback);
    }
    let conflicts = proposal.conflicts.iter().map(|conflict| {
        let ids: Vec<_> = conflict.guidelines.iter().map(|id| format!("G{id}")).collect();
        format!("conflict of {}: {}\n", ids.join(" and "), conflict.reason)
    });
    let conflicts: String = conflicts.collect();
    let change = if proposal.unchanged { "unchanged" } else { &proposal.prompt.text };
    expected.assert_eq(&format!("{}\n---\n{change}\n---\n{traces}{conflicts}", proposal.rationale));
}

/// Which words follow what, one per line.
fn traces(proposal: &Proposal) -> String {
    let lines = proposal.traces.iter().map(|trace| match trace.source {
        Source::Feedback(place) => format!("F{}: {}\n", place + 1, trace.quote),
        Source::Guideline(id) => format!("G{id}: {}\n", trace.quote),
    });
    lines.collect()
}

#[test]
fn every_guideline_names_the_words_that_follow_it() {
    check(
        USES,
        &["Give exactly five uses.", "Write whole sentences.", "Use metric units {always}"],
        &[],
        &expect![[r#"
            Your guidelines ask for five uses, whole sentences and “Use metric units (always)”, so the prompt now says it plainly.
            ---
            Give five uses for the following item: {item}

            Write whole sentences. Also follow this: Use metric units (always).
            ---
            G1: five uses
            G2: Write whole sentences.
            G3: Also follow this: Use metric units (always).
        "#]],
    );
    check(
        USES,
        &["Use a formal tone."],
        &["No closing line.", "With an example"],
        &expect![[r#"
            Your feedback and guidelines ask for no closing line, examples and a formal tone, so the prompt now says it plainly.
            ---
            Give three uses for the following item: {item}

            Stop after the last use, without a closing line. Add a short example to each use. Use a formal tone.
            ---
            F1: Stop after the last use, without a closing line.
            F2: Add a short example to each use.
            G1: Use a formal tone.
        "#]],
    );
    check(
        "Be kind. {item}",
        &["Write two sentences at most, in simple words."],
        &[],
        &expect![[r#"
            Your guidelines ask for simple words and at most two sentences, so the prompt now says it plainly.
            ---
            Be kind. {item}

            Write two sentences at most, in simple words.
            ---
            G1: Write two sentences at most, in simple words.
        "#]],
    );
}

#[test]
fn what_is_followed_already_changes_nothing() {
    check(
        &format!("{USES}\n\nStart right away, without an opening line. Think of cats."),
        &["Give exactly three uses.", "Leave out the opening line.", "Think of cats."],
        &[],
        &expect![[r#"
            The prompt already asks for three uses, no opening line and “Think of cats”.
            ---
            unchanged
            ---
            G1: three uses
            G2: Start right away, without an opening line.
            G3: Think of cats.
        "#]],
    );
}

#[test]
fn what_the_prompt_asks_for_is_replaced() {
    check(
        &format!("{USES}\n\nAnswer in German."),
        &["Answer in French."],
        &[],
        &expect![[r#"
        Your guidelines ask for an answer in French, so the prompt now says it plainly.
        ---
        Give three uses for the following item: {item}

        Answer in French.
        ---
        G1: Answer in French.
    "#]],
    );
}

#[test]
fn guidelines_that_exclude_each_other_are_named() {
    check(
        USES,
        &["Give exactly five uses.", "Write whole sentences.", "Give exactly two uses."],
        &[],
        &expect![[r#"

            ---
            unchanged
            ---
            conflict of G1 and G3: one asks for five uses, the other for two uses.
        "#]],
    );
    check(
        USES,
        &["Be brief.", "Write at least 500 words."],
        &[],
        &expect![[r#"

        ---
        unchanged
        ---
        conflict of G1 and G2: one asks for a shorter answer, the other for at least 500 words.
    "#]],
    );
}

#[test]
fn guidelines_that_want_opposite_forms_or_lengths_are_named() {
    /// What each of two guidelines asks for, if they exclude each other.
    fn check(one: &str, other: &str, expected: Option<&str>) {
        let conflicts = new_desk(USES).with(&[one, other]).rewrite(&[]).conflicts;
        let reason = conflicts.first().map(|conflict| conflict.reason.as_str());
        assert_eq!(reason, expected, "{one} {other}");
    }
    let says = |one, other| Some(format!("one asks for {one}, the other for {other}."));
    for (one, other, reason) in [
        ("Use a list.", "No lists.", says("a list", "running text")),
        (
            "Write it as a numbered list.",
            "Do not use a list.",
            says("a numbered list", "running text"),
        ),
        ("Use a list.", "Use bullet points.", None),
        ("Use a list.", "No bullet points.", None),
        ("Keep answers short.", "Write long answers.", says("a shorter answer", "more detail")),
        ("Use at most 40 words.", "Be thorough.", says("at most 40 words", "more detail")),
        ("Use at most 400 words.", "Be thorough.", None),
        ("Give two uses.", "Give ten uses.", says("two uses", "ten uses")),
        ("Give one use.", "Give ten uses, each with a price.", says("one use", "ten uses")),
        ("Explain each use in two sentences.", "Give ten uses.", None),
        ("Give two examples for each use.", "Give ten uses.", None),
        ("Give at least two uses.", "Give ten uses.", None),
    ] {
        check(one, other, reason.as_deref());
    }
}

#[test]
fn a_guideline_with_several_parts_stands_in_the_draft_in_its_own_words() {
    let plain = format!("{USES}\n\nWrite whole sentences.");
    for (prompt, guideline) in [
        (USES, "Give exactly five uses, each with a price."),
        (&plain, "Write whole sentences and cite a source."),
        (&plain, "Each use should be safe for children and cost nothing."),
    ] {
        let mut desk = new_desk(prompt).with(&[guideline]);
        desk.accept(&[]);
        assert_eq!(desk.prompt.text.matches(guideline).count(), 1, "{}", desk.prompt.text);
    }
}

#[test]
fn one_of_something_is_named_in_the_singular() {
    check(
        USES,
        &["Give exactly one use.", "Use at most one sentence in total."],
        &[],
        &expect![[r#"
            Your guidelines ask for one use and at most one sentence, so the prompt now says it plainly.
            ---
            Give one use for the following item: {item}

            Use at most one sentence in total.
            ---
            G1: one use
            G2: Use at most one sentence in total.
        "#]],
    );
}

#[test]
fn feedback_counts_more_than_a_guideline() {
    let desk = new_desk(USES).with(&["Answer in German."]);
    let (mark, guidelines) = (Mark::from_bytes([7; 8]), desk.offered());
    let feedback = [Feedback::whole("In French, please.")];
    let request = Request {
        prompt: &desk.prompt,
        values: &desk.values,
        output: None,
        feedback: &feedback,
        guidelines: &guidelines,
        variant: None,
        mark: &mark,
    };
    let reply = ask(&request.conversation());
    let proposal = read_reply(&request, &reply, FinishReason::Stop).unwrap();
    assert!(proposal.prompt.text.ends_with("Answer in French."), "{reply}");
    let findings: Vec<_> = proposal.findings.into_iter().map(|it| it.message).collect();
    assert_eq!(findings, ["The draft does not show where it follows “Answer in German.”."]);
}

#[test]
fn prompts_in_other_languages_take_guidelines_as_they_are() {
    check(
        "Nenne drei Ideen für ein Fest mit {item} und schreibe sie auf.",
        &["Die Ideen sollen kreativ sein", "Nenne den Preis."],
        &[],
        &expect![[r#"
            Your guidelines ask for surprising things and “Nenne den Preis”, so the prompt now says it plainly.
            ---
            Nenne drei Ideen für ein Fest mit {item} und schreibe sie auf.

            Die Ideen sollen kreativ sein. Nenne den Preis.
            ---
            G1: Die Ideen sollen kreativ sein.
            G2: Nenne den Preis.
        "#]],
    );
}

#[test]
fn drafts_of_one_request_differ() {
    let (prompt, values) = (Prompt::new(USES), Values::new());
    let feedback =
        [Feedback::whole("Surprise me, in one sentence each, without mentioning paper.")];
    let mark = Mark::from_bytes([7; 8]);
    let request = Request {
        prompt: &prompt,
        values: &values,
        output: None,
        feedback: &feedback,
        guidelines: &[],
        variant: None,
        mark: &mark,
    };
    let mut drafts = Vec::new();
    for number in 1..=3 {
        let variant = format!("Draft {number} of 3: differ.");
        let request = Request { variant: Some(&variant), ..request };
        let reply = ask(&request.conversation());
        let proposal = read_reply(&request, &reply, FinishReason::Stop).unwrap();
        assert_eq!(proposal.findings, []);
        drafts.push(proposal.prompt.text);
    }
    expect![[r#"
        Give three uses for the following item: {item}

        Choose uses that would surprise even an experienced reader: unusual, but possible. Leave out the obvious ones. Write each use in one sentence. Do not mention paper.
        ======
        Give three uses for the following item: {item}

        In every answer, choose uses that would surprise even an experienced reader: unusual, but possible. Leave out the obvious ones.
        In every answer, write each use in one sentence.
        In every answer, do not mention paper.
        ======
        Give three uses for the following item: {item}

        Make sure not to mention paper. Make sure to write each use in one sentence. Make sure to choose uses that would surprise even an experienced reader: unusual, but possible. Leave out the obvious ones."#]].assert_eq(&drafts.join("\n======\n"));
}

#[test]
fn real_prompts_are_rewritten_once() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../align/tests/data/prompts.csv");
    let mut reader = csv::Reader::from_path(file).unwrap();
    for row in reader.records().map(Result::unwrap) {
        let prompt = Prompt::new(&row[1]);
        let values =
            prompt.variables().into_iter().map(|name| (name, "something".to_owned())).collect();
        let guidelines = ["Leave out the closing line.", "Use at most 70 words.", "Think {big}"];
        let mut desk = new_desk("").with(&guidelines);
        (desk.prompt, desk.values) = (prompt, values);
        desk.accept(&[]);
    }
}

#[test]
fn no_words_make_it_stumble() {
    let odd =
        ["{", "{}", "“", "🦀", "ß:\nü", "1 2 3", "stop ", "no need to ", "too ", "\u{200b}", "Ǆ"];
    for text in odd {
        let mut desk = new_desk(&format!("Give uses. {text}")).with(&[text, "Be kind."]);
        desk.output = text.to_owned();
        desk.distil(Evidence::CorrectedOutput("1. {\n|a|\n- é."));
        desk.learn(text);
        desk.suggest(Tone::Kudos, &[text]);
        desk.suggest(Tone::Critiques, &[text]);
        desk.rewrite(&[Feedback::whole(text)]);
    }
}
