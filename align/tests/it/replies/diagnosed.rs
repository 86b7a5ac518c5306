//! Replies with a diagnosis before the rewrite and a check after it, as models write them.

use expect_test::expect;

use super::scene::{in_tags, scissors};
use super::{GOOD, check, check_cut, revised};

const DIAGNOSIS: &str =
    "F1\nCause: Nothing says how long a use may be.\nWish: One sentence for each use.";

fn diagnosed(text: &str) -> String {
    format!("<diagnosis-MARK>\n{DIAGNOSIS}\n</diagnosis-MARK>\n{}", revised(text))
}

const CHECKED: &str = "<self_check-MARK>\nF1: done\nNobody asked for: nothing\n</self_check-MARK>\n\
                       <followed-MARK>\nF1: one sentence for each use\n</followed-MARK>\n";

#[test]
fn in_full() {
    let all = expect![[r#"
        Give three uses for: {item}
        Write one sentence for each use, without numbers.
        diagnosis: F1
        Cause: Nothing says how long a use may be.
        Wish: One sentence for each use.
        because: Because.
    "#]];
    let reply = diagnosed(GOOD) + CHECKED;
    check(&scissors(), &reply, &all);
    check(&scissors(), &reply.replace("-MARK", ""), &all);
    check(&scissors(), &format!("<think>\nF1 is about form.\n</think>\n{reply}"), &all);
    check(&scissors(), &reply.replace("diagnosis-MARK", "analysis-MARK"), &all);
    // Its end may be missing, and so may the whole check.
    check(&scissors(), &reply.replace("</diagnosis-MARK>\n", ""), &all);
    check(&scissors(), &diagnosed(GOOD), &all);
}

#[test]
fn in_json() {
    let reply = format!(
        r#"{{"diagnosis": {{"F1": "Nothing says how long."}}, "rationale": "Because.", "revised_prompt": {GOOD:?}}}"#
    );
    check(
        &scissors(),
        &reply,
        &expect![[r#"
            Give three uses for: {item}
            Write one sentence for each use, without numbers.
            diagnosis: F1: Nothing says how long.
            because: Because.
        "#]],
    );
}

#[test]
fn a_check_that_finds_a_fault_is_followed_by_the_corrected_prompt() {
    let first = diagnosed("Give three uses for: {item}\nOne or two sentences for each.");
    let reply = format!(
        "{first}<self_check-MARK>\nF1: two sentences are not one\n</self_check-MARK>\n\
         <revised_prompt-MARK>\n{GOOD}\n</revised_prompt-MARK>\n"
    );
    let corrected = expect![[r#"
        Give three uses for: {item}
        Write one sentence for each use, without numbers.
        diagnosis: F1
        Cause: Nothing says how long a use may be.
        Wish: One sentence for each use.
        because: Because.
    "#]];
    check(&scissors(), &reply, &corrected);
    // The first is still complete where the correction is cut off.
    let cut = reply.split_once(", without").map(|(cut, _)| cut).expect("it is in the last part");
    check_cut(
        &scissors(),
        cut,
        &expect![[r#"
            Give three uses for: {item}
            One or two sentences for each.
            diagnosis: F1
            Cause: Nothing says how long a use may be.
            Wish: One sentence for each use.
            because: Because.
        "#]],
    );
}

#[test]
fn a_diagnosis_alone_is_no_draft() {
    let reply = format!("<diagnosis-MARK>\n{DIAGNOSIS}\n</diagnosis-MARK>\n");
    check(
        &scissors(),
        &reply,
        &expect![[r#"
            unusable: The reply holds no revised prompt.
        "#]],
    );
    check_cut(
        &scissors(),
        &reply,
        &expect![[r#"
            unusable: The reply was cut off before the revised prompt began.
        "#]],
    );
    check(
        &scissors(),
        &format!("{reply}<no_change-MARK>\nIt asks for that.\n</no_change-MARK>"),
        &expect![[r#"
            unchanged
            diagnosis: F1
            Cause: Nothing says how long a use may be.
            Wish: One sentence for each use.
            because: It asks for that.
        "#]],
    );
}

#[test]
fn tags_of_its_name_in_a_prompt_are_words_of_the_prompt() {
    let text = "You test prompts. Read <prompt> and </prompt>, then answer in <revised_prompt> tags \
                and close with </revised_prompt>. Write <diagnosis>ten words</diagnosis> at most.\n\
                Topic: {topic}";
    check(
        &in_tags(),
        &revised(text),
        &expect![[r#"
            You test prompts. Read <prompt> and </prompt>, then answer in <revised_prompt> tags and close with </revised_prompt>. Write <diagnosis>ten words</diagnosis> at most.
            Topic: {topic}
            because: Because.
            grave: The tag “<diagnosis>” is left in the draft.
        "#]],
    );
}
