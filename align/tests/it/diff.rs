//! Diffs: they read well, and they always add up.

use align::diff::{Hunk, diff};
use expect_test::{Expect, expect};
use proptest::prelude::*;

use crate::prompts::prompts;

/// Shows changes as `[-removed-]` and `{+added+}`.
fn check(old: &str, new: &str, expected: &Expect) {
    let hunks = diff(old, new);
    assert_adds_up(old, new, &hunks);
    let shown: String = hunks
        .iter()
        .map(|hunk| match hunk {
            Hunk::Same(text) => text.clone(),
            Hunk::Change { removed, added } => {
                let mark = |open: &str, text: &str, close: &str| {
                    if text.is_empty() { String::new() } else { format!("{open}{text}{close}") }
                };
                mark("[-", removed, "-]") + &mark("{+", added, "+}")
            }
        })
        .collect();
    expected.assert_eq(&shown.replace('\r', "␍"));
}

fn assert_adds_up(old: &str, new: &str, hunks: &[Hunk]) {
    let (mut left, mut right) = (String::new(), String::new());
    for hunk in hunks {
        match hunk {
            Hunk::Same(text) => {
                assert!(!text.is_empty());
                left += text;
                right += text;
            }
            Hunk::Change { removed, added } => {
                assert!(!removed.is_empty() || !added.is_empty());
                left += removed;
                right += added;
            }
        }
    }
    assert_eq!((&*left, &*right), (old, new));
    let is_same = |hunk: &Hunk| matches!(hunk, Hunk::Same(_));
    assert!(hunks.windows(2).all(|pair| is_same(&pair[0]) != is_same(&pair[1])), "{hunks:?}");
}

#[test]
fn equal_and_empty_texts() {
    assert_eq!(diff("", ""), []);
    assert_eq!(diff("a", "a"), [Hunk::Same("a".into())]);
    check("", "a b", &expect!["{+a b+}"]);
    check("a b", "", &expect!["[-a b-]"]);
}

#[test]
fn prose() {
    check(
        "Give three uses for: {item}",
        "Give three uses for: {item}. Write one sentence for each use.",
        &expect!["Give three uses for: {item}{+. Write one sentence for each use.+}"],
    );
    check(
        "Give three uses for: {item}",
        "Give four surprising uses for the following item: {item}",
        &expect!["Give [-three uses for-]{+four surprising uses for the following item+}: {item}"],
    );
    check(
        "You are a kind teacher. Explain the topic to a child. Use short sentences.",
        "You are a kind teacher. Explain the topic to a child of ten. Give one example. Use short sentences.",
        &expect![
            "You are a kind teacher. Explain the topic to a child{+ of ten+}. {+Give one example. +}Use short sentences."
        ],
    );
    check(
        "The red, big and old house stands on the hill.",
        "The blue, small and new house stands on the hill.",
        &expect!["The [-red, big-]{+blue, small+} and [-old-]{+new+} house stands on the hill."],
    );
    check(
        "Write a friendly reply to the customer that apologises for the delay.",
        "Answer the complaint in two formal sentences without any apology.",
        &expect![
            "[-Write a friendly reply to the customer that apologises for the delay-]{+Answer the complaint in two formal sentences without any apology+}."
        ],
    );
}

#[test]
fn paragraphs() {
    check(
        "Read the text.\n\nSummarise it in one line.\n\nText: {text}\n",
        "Read the text.\n\nSummarise it in three bullet points.\n\nName the author.\n\nText: {text}\n",
        &expect![[r#"
            Read the text.

            Summarise it in [-one line-]{+three bullet points+}.

            {+Name the author.

            +}Text: {text}
        "#]],
    );
}

#[test]
fn lists() {
    check(
        "Rules:\n- Be brief.\n- Be kind.\n- No jokes.\n",
        "Rules:\n- Be brief.\n- Name your sources.\n- Be kind.\n",
        &expect![[r#"
            Rules:
            - Be brief.
            {+- Name your sources.
            +}- Be kind.
            [-- No jokes.
            -]"#]],
    );
    check(
        "1. Eggs\n2. Milk\n3. Bread",
        "1. Bread\n2. Butter\n3. Jam",
        &expect![[r#"
            1. [-Eggs-]{+Bread+}
            2. [-Milk-]{+Butter+}
            3. [-Bread-]{+Jam+}"#]],
    );
}

#[test]
fn code() {
    check(
        "fn area(w: u32, h: u32) -> u32 {\n    w * h\n}\n",
        "fn area(width: u32, height: u32) -> u64 {\n    let area = width * height;\n    area.into()\n}\n",
        &expect![[r#"
            fn area([-w-]{+width+}: u32, [-h-]{+height+}: u32) -> [-u32-]{+u64+} {
                [-w * h-]{+let area = width * height;+}
            {+    area.into()
            +}}
        "#]],
    );
    check(
        "def f(x):\n    return x\n",
        "def f(x):\n    if x is None:\n        return 0\n    return x\n",
        &expect![[r#"
            def f(x):
            {+    if x is None:
                    return 0
            +}    return x
        "#]],
    );
}

#[test]
fn json() {
    check(
        "{\n  \"name\": \"{name}\",\n  \"age\": 3\n}",
        "{\n  \"name\": \"{name}\",\n  \"tags\": [\"a\"],\n  \"age\": 4\n}",
        &expect![[r#"
            {
              "name": "{name}",
            {+  "tags": ["a"],
            +}  "age": [-3-]{+4+}
            }"#]],
    );
}

#[test]
fn other_scripts_and_line_breaks() {
    check(
        "请把下面的文章翻译成英文。",
        "请把下面的短文翻译成法文，并保留格式。",
        &expect!["请把下面的[-文章-]{+短文+}翻译成[-英文-]{+法文，并保留格式+}。"],
    );
    check(
        "اكتب ثلاثة استخدامات للعنصر.",
        "اكتب أربعة استخدامات غريبة للعنصر.",
        &expect!["اكتب [-ثلاثة-]{+أربعة+} استخدامات {+غريبة +}للعنصر."],
    );
    check(
        "a\r\nb\r\nc",
        "a\r\nc",
        &expect![[r#"
            a␍
            [-b␍
            -]c"#]],
    );
    check("hello 👩‍🚀", "hello 👩‍🚒", &expect!["hello [-👩‍🚀-]{+👩‍🚒+}"]);
}

#[test]
fn every_real_prompt_against_the_next() {
    let prompts = prompts();
    for pair in prompts.windows(2) {
        assert_adds_up(&pair[0], &pair[1], &diff(&pair[0], &pair[1]));
        let edited = pair[0].replace("the", "a").replace(". ", ".\n");
        assert_adds_up(&pair[0], &edited, &diff(&pair[0], &edited));
    }
}

#[test]
fn large_texts_are_bounded() {
    let numbers =
        |step: usize| (0..60_000).map(|n| (n * step).to_string()).collect::<Vec<_>>().join(" ");
    let (old, new) = (numbers(3), numbers(7));
    assert_adds_up(&old, &new, &diff(&old, &new));
    let repeated = "a b\n".repeat(60_000);
    let shifted = "b a\n".repeat(60_000);
    assert_adds_up(&repeated, &shifted, &diff(&repeated, &shifted));
}

/// Texts of few different words, so that much is equal.
fn texts() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "a", "b", "the", "{x}", " ", "\n", "\r\n", ". ", ", ", "é", "日", "👍🏽",
    ]);
    prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn hunks_add_up(old in texts(), new in texts()) {
        assert_adds_up(&old, &new, &diff(&old, &new));
    }

    #[test]
    fn hunks_of_any_text_add_up(old in any::<String>(), new in any::<String>()) {
        assert_adds_up(&old, &new, &diff(&old, &new));
    }
}
