//! The four outcomes, for the three kinds of evidence.

use align::Feedback;
use align::guidelines::Evidence;
use align::model::FinishReason;
use expect_test::expect;

use super::{GUIDELINES, check, check_evidence, check_with, tagged};

const CREATIVE: &str = "Prefer uses that most people would not think of.";

#[test]
fn add() {
    check(
        &tagged("add", "", CREATIVE),
        &expect![[r#"
        add: Prefer uses that most people would not think of.
        because: Because.
    "#]],
    );
    check_with(
        &[],
        &tagged("add", "", CREATIVE),
        FinishReason::Stop,
        &expect![[r#"
        add: Prefer uses that most people would not think of.
        because: Because.
    "#]],
    );
    check(
        &tagged("Add", "none", CREATIVE),
        &expect![[r#"
        add: Prefer uses that most people would not think of.
        because: Because.
    "#]],
    );
}

#[test]
fn edit() {
    check(
        &tagged("edit", "G1", "Write one short, surprising sentence for each use."),
        &expect![[r#"
            edit 41: Write one short, surprising sentence for each use.
            because: Because.
        "#]],
    );
    check(
        &tagged("edit G2", "", "Number the uses with letters."),
        &expect![[r#"
        edit 7: Number the uses with letters.
        because: Because.
    "#]],
    );
}

#[test]
fn remove() {
    check(
        &tagged("remove", "G2", ""),
        &expect![[r#"
        remove 7
        because: Because.
    "#]],
    );
    check(
        &tagged("remove", "**G2**", "Number the uses."),
        &expect![[r#"
        remove 7
        because: Because.
    "#]],
    );
}

#[test]
fn nothing() {
    check(
        &tagged("none", "", ""),
        &expect![[r#"
        nothing
        because: Because.
    "#]],
    );
    check(
        &tagged("no change", "G1", ""),
        &expect![[r#"
        nothing
        because: Because.
    "#]],
    );
}

#[test]
fn what_is_said_already_is_no_change() {
    check(
        &tagged("add", "", "Number the uses!"),
        &expect![[r#"
        nothing
        because: “Number the uses.” says it already.
    "#]],
    );
    check(
        &tagged("edit", "G2", "number the uses"),
        &expect![[r#"
        nothing
        because: “Number the uses.” says it already.
    "#]],
    );
}

#[test]
fn reasons_name_guidelines_by_their_words() {
    let reply = "<decision-MARK>none</decision-MARK><reason-MARK>Because (G1) already asks for it, as \
                 does G2.</reason-MARK>";
    check(
        reply,
        &expect![[r#"
        nothing
        because: Because (“Write one short sentence for each use.”) already asks for it, as does “Number the uses.”.
    "#]],
    );
}

#[test]
fn kudos() {
    let kudos = Feedback::whole("I like that each use is one sentence.");
    let check = |reply: &str, expected| {
        check_evidence(&GUIDELINES, Evidence::Kudos(&kudos), reply, FinishReason::Stop, expected);
    };
    check(
        &tagged("none", "", ""),
        &expect![[r#"
        nothing
        because: Because.
    "#]],
    );
    check(
        &tagged("add", "", "Keep each use to one sentence."),
        &expect![[r#"
        add: Keep each use to one sentence.
        because: Because.
    "#]],
    );
}

#[test]
fn corrected_outputs_teach_the_change_and_not_the_facts() {
    let corrected = "Scissors are useful for opening letters from the tax office and for pruning \
                     bonsai trees on the balcony.";
    let check = |reply: &str, expected| {
        let evidence = Evidence::CorrectedOutput(corrected);
        check_evidence(&GUIDELINES, evidence, reply, FinishReason::Stop, expected);
    };
    check(
        &tagged("add", "", "Write one flowing sentence instead of a list."),
        &expect![[r#"
        add: Write one flowing sentence instead of a list.
        because: Because.
    "#]],
    );
    check(
        &tagged(
            "add",
            "",
            "Mention opening letters from the tax office and pruning bonsai trees on the balcony.",
        ),
        &expect![[r#"
            add: Mention opening letters from the tax office and pruning bonsai trees on the balcony.
            because: Because.
            finding: “opening letters from the tax office and” is copied from the corrected output.
            (sent back)
        "#]],
    );
}

#[test]
fn words_of_this_run_are_sent_back() {
    check(
        &tagged("add", "", "Name uses for scissors that surprise."),
        &expect![[r#"
        add: Name uses for scissors that surprise.
        because: Because.
        finding: “scissors” is copied from the value of {item}.
        (sent back)
    "#]],
    );
    check(
        &tagged(
            "add",
            "",
            "Avoid things like cutting paper into shapes for school projects and crafts.",
        ),
        &expect![[r#"
            add: Avoid things like cutting paper into shapes for school projects and crafts.
            because: Because.
            finding: “cutting paper into shapes for school projects and crafts” is copied from the output.
            (sent back)
        "#]],
    );
}

#[test]
fn the_persons_own_words_may_be_repeated() {
    let critique = Feedback::whole("Say more about what scissors are made of.");
    check_evidence(
        &GUIDELINES,
        Evidence::Critique(&critique),
        &tagged("add", "", "Say what scissors are made of."),
        FinishReason::Stop,
        &expect![[r#"
            add: Say what scissors are made of.
            because: Because.
        "#]],
    );
}
