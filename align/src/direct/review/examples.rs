//! Rule 3: worked examples keep their inputs.

use super::{Asked, Shown, quoted, whole};
use crate::direct::finding::{Finding, FindingKind};
use crate::prompt::Prompt;

/// Labels that begin the input of an example, in lower case.
const INPUTS: [&str; 22] = [
    "input",
    "q",
    "question",
    "user",
    "human",
    "text",
    "example",
    "example input",
    "sentence",
    "review",
    "message",
    "eingabe",
    "frage",
    "entrada",
    "pregunta",
    "entrée",
    "输入",
    "问题",
    "入力",
    "質問",
    "ввод",
    "вопрос",
];

/// Labels that begin its answer.
const ANSWERS: [&str; 24] = [
    "output",
    "a",
    "answer",
    "assistant",
    "ai",
    "model",
    "response",
    "label",
    "sentiment",
    "result",
    "example output",
    "category",
    "reply",
    "ausgabe",
    "antwort",
    "salida",
    "respuesta",
    "sortie",
    "réponse",
    "输出",
    "答案",
    "出力",
    "回答",
    "ответ",
];

/// Arrows between an input and its answer on one line.
const ARROWS: [&str; 4] = ["->", "=>", "→", "⇒"];

/// How many examples of a prompt are looked at, so that hostile texts cost little.
const MOST_EXAMPLES: usize = 400;

/// Stems of words by which feedback asks for other examples.
const EXAMPLE: [&str; 8] =
    ["example", "beispiel", "exemple", "ejemplo", "esempio", "例", "пример", "sample"];

pub(super) fn check(
    base: &Prompt,
    draft: &Prompt,
    asked: &Asked,
    shown: &Shown<'_>,
) -> Option<Finding> {
    if asked.is_about(&EXAMPLE) {
        return None;
    }
    let draft = normal(&whole(draft));
    let lost = inputs(&whole(base)).into_iter().filter(|input| !draft.contains(input));
    let mut lost = lost.map(|input| {
        let message =
            format!("The input {} of a worked example changed or is gone.", quoted(&input));
        let source = shown.asks_to_drop(&input);
        Finding::new(FindingKind::ExampleChanged, message).asked_by(source)
    });
    // One that nobody asked for says more.
    let first = lost.next()?;
    if first.is_note() { lost.find(|it| !it.is_note()).or(Some(first)) } else { Some(first) }
}

pub(super) fn has_examples(prompt: &Prompt) -> bool {
    !inputs(&whole(prompt)).is_empty()
}

/// The inputs of worked examples. One that holds a variable is the place of the real input.
fn inputs(text: &str) -> Vec<String> {
    let mut inputs = labelled_inputs(text);
    inputs.extend(arrow_inputs(text));
    inputs.retain(|input| !input.trim().is_empty() && Prompt::new(&**input).variables().is_empty());
    inputs.truncate(MOST_EXAMPLES);
    inputs
}

fn labelled_inputs(text: &str) -> Vec<String> {
    let mut inputs = Vec::new();
    let mut open: Option<String> = None;
    for line in text.lines() {
        let label = label_of(line);
        match (&mut open, label) {
            (_, Some((label, rest))) if INPUTS.contains(&&*label) => open = Some(rest.to_owned()),
            (Some(_), Some((label, answer))) if ANSWERS.contains(&&*label) => {
                // An empty answer is for the model to write.
                inputs.extend(
                    open.take().filter(|_| !answer.trim().is_empty()).map(|it| normal(&it)),
                );
            }
            (Some(input), _) => input.extend(["\n", line]),
            (None, _) => {}
        }
    }
    inputs
}

/// The label in lower case and what follows its colon.
fn label_of(line: &str) -> Option<(String, &str)> {
    let (label, rest) = line.split_once([':', '：'])?;
    let label = label.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let label = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '#');
    (label.chars().count() <= 20).then(|| (label.to_owned(), rest.trim_start_matches('*')))
}

/// Lines such as `happy -> :)`, if there are two or more of them.
fn arrow_inputs(text: &str) -> Vec<String> {
    let parts = text.lines().filter_map(|line| {
        let arrow = ARROWS.iter().find(|arrow| line.contains(**arrow))?;
        let (input, answer) = line.split_once(arrow)?;
        let is_pair = !answer.contains(arrow) && !answer.trim().is_empty();
        is_pair.then(|| normal(input))
    });
    let inputs: Vec<_> = parts.collect();
    if inputs.len() >= 2 { inputs } else { Vec::new() }
}

fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expected: &Expect) {
        expected.assert_eq(&inputs(text).join(" | "));
    }

    #[test]
    fn inputs_of_examples_are_found() {
        check("Input: a\nb\nOutput: c\n\nInput: {x}\nOutput:", &expect!["a b"]);
        check("**Q1:** Why?\n**A1:** So.", &expect!["Why?"]);
        check("glad -> good\nsad -> bad\n{word} ->", &expect!["glad | sad"]);
        check("Step one -> step two", &expect![""]);
        check("Text: {text}\nAnswer: in one word", &expect![""]);
        check("Question: to be asked by the user", &expect![""]);
    }
}
