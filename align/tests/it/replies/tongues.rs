//! Prompts and replies in other languages and scripts.

use expect_test::expect;

use super::scene::{Scene, scissors};
use super::{check, revised};

fn scene(text: &str) -> Scene {
    let mut scene = scissors().with_feedback("Shorter, please.");
    scene.prompt.text = text.into();
    scene
}

#[test]
fn german() {
    let german =
        scene("Nenne drei Verwendungen für {item} und sag, welche die beste ist und warum.");
    check(
        &german,
        &revised(
            "Nenne drei Verwendungen für {item} in je einem kurzen Satz und sag, welche die beste ist.",
        ),
        &expect![[r#"
            Nenne drei Verwendungen für {item} in je einem kurzen Satz und sag, welche die beste ist.
            because: Because.
        "#]],
    );
    check(
        &german,
        &revised(
            "Name three uses of {item} in one sentence each and say which of them is the best for you and why.",
        ),
        &expect![[r#"
            Name three uses of {item} in one sentence each and say which of them is the best for you and why.
            because: Because.
            light: The draft is in English; the prompt was in German.
        "#]],
    );
    check(
        &german,
        "Gerne!\n\n```\nNenne kurz drei Verwendungen für {item}.\n```",
        &expect![[r#"
            Nenne kurz drei Verwendungen für {item}.
        "#]],
    );
}

#[test]
fn chinese() {
    let chinese = scene("请列出{item}的三种用途，并说明原因和使用方法。");
    check(
        &chinese,
        &revised("请用一句话列出{item}的三种用途，并说明原因和使用方法。"),
        &expect![[r#"
            请用一句话列出{item}的三种用途，并说明原因和使用方法。
            because: Because.
        "#]],
    );
    check(
        &chinese,
        &revised("List three uses of {item} and explain why."),
        &expect![[r#"
            List three uses of {item} and explain why.
            because: Because.
            light: The draft is written in another script than the prompt.
        "#]],
    );
    check(
        &chinese,
        "修改后的提示词：\n请简短列出{item}的三种用途，并说明原因和使用方法。",
        &expect![[r#"
            请简短列出{item}的三种用途，并说明原因和使用方法。
        "#]],
    );
}

#[test]
fn japanese() {
    let japanese = scene("次の道具の使い方を三つ教えてください：{item}");
    check(
        &japanese,
        &revised("次の道具の使い方を三つ、短く教えてください：{item}"),
        &expect![[r#"
            次の道具の使い方を三つ、短く教えてください：{item}
            because: Because.
        "#]],
    );
}

#[test]
fn right_to_left() {
    let arabic = scene("اكتب ثلاثة استخدامات للعنصر التالي: {item}");
    check(
        &arabic,
        &revised("اكتب ثلاثة استخدامات قصيرة للعنصر التالي: {item}"),
        &expect![[r#"
            اكتب ثلاثة استخدامات قصيرة للعنصر التالي: {item}
            because: Because.
        "#]],
    );
    let hebrew = scene("כתוב שלושה שימושים עבור: {item}");
    check(
        &hebrew,
        &revised("כתוב שלושה שימושים קצרים עבור: {item}").replace("-MARK", ""),
        &expect![[r#"
            כתוב שלושה שימושים קצרים עבור: {item}
            because: Because.
        "#]],
    );
}

#[test]
fn translation_that_was_asked_for() {
    let scene = scissors().with_feedback("Write the prompt in German.");
    check(
        &scene,
        &revised(
            "Nenne drei Verwendungen für {item} und sag, welche die beste ist und warum das so ist.",
        ),
        &expect![[r#"
            Nenne drei Verwendungen für {item} und sag, welche die beste ist und warum das so ist.
            because: Because.
        "#]],
    );
}

#[test]
fn a_translation_is_no_answer() {
    let scene =
        scene("How do I change the oil in my lawnmower, and which of the tools do I need for it?");
    let german = revised(
        "Wie wechsle ich das Öl in meinem Rasenmäher, und welche der Werkzeuge brauche ich für die Arbeit mit ihm?",
    );
    check(
        &scene,
        &german,
        &expect![[r#"
            Wie wechsle ich das Öl in meinem Rasenmäher, und welche der Werkzeuge brauche ich für die Arbeit mit ihm?
            because: Because.
            light: The draft is in German; the prompt was in English.
        "#]],
    );
    check(
        &scene.with_feedback("Auf Deutsch, bitte."),
        &german,
        &expect![[r#"
            Wie wechsle ich das Öl in meinem Rasenmäher, und welche der Werkzeuge brauche ich für die Arbeit mit ihm?
            because: Because.
        "#]],
    );
}

#[test]
fn emoji() {
    let scene = scene("✨ Écris trois idées pour {item} ✨");
    check(
        &scene,
        &revised("✨ Écris trois courtes idées 👩‍🚀 pour {item} ✨"),
        &expect![[r#"
            ✨ Écris trois courtes idées 👩‍🚀 pour {item} ✨
            because: Because.
        "#]],
    );
}
