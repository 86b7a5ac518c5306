//! Drafts that break the rewrite contract, and drafts that only seem to.

use expect_test::expect;

use super::scene::{few_shot, foreign, json, lawnmower, scissors};
use super::{check, revised};

#[test]
fn a_variable_lost() {
    check(
        &scissors(),
        &revised("Give three uses for the item, one sentence each."),
        &expect![[r#"
            Give three uses for the item, one sentence each.
            because: Because.
            grave: The variable {item} is gone.
        "#]],
    );
    check(
        &scissors(),
        &revised("Give three uses for: {{item}}, one sentence each."),
        &expect![[r#"
            Give three uses for: {{item}}, one sentence each.
            because: Because.
            grave: The variable {item} is gone: it is written {{item}} now.
            grave: “{{item}}” is new and looks like a placeholder, but nothing fills it.
        "#]],
    );
}

#[test]
fn a_variable_filled_in() {
    check(
        &scissors(),
        &revised("Give three uses for: scissors, one sentence each."),
        &expect![[r#"
            Give three uses for: scissors, one sentence each.
            because: Because.
            grave: The variable {item} is gone.
            light: “scissors” is copied from the value of {item}.
        "#]],
    );
}

#[test]
fn a_variable_invented() {
    check(
        &scissors(),
        &revised("Give {count} uses for: {item}, one sentence each."),
        &expect![[r#"
            Give {count} uses for: {item}, one sentence each.
            because: Because.
            grave: The variable {count} is new: the prompt did not have it.
        "#]],
    );
}

#[test]
fn a_variable_renamed() {
    check(
        &scissors(),
        &revised("Give three uses for: {object}, one sentence each."),
        &expect![[r#"
            Give three uses for: {object}, one sentence each.
            because: Because.
            grave: The variable {item} is gone.
            grave: The variable {object} is new: the prompt did not have it.
        "#]],
    );
}

#[test]
fn variables_that_the_feedback_asks_for() {
    check(
        &scissors().with_feedback("Add a variable for how many."),
        &revised("Give {count} uses for: {item}"),
        &expect![[r#"
            Give {count} uses for: {item}
            because: Because.
        "#]],
    );
    check(
        &scissors().with_feedback("Rename {item} to {object}."),
        &revised("Give three uses for: {object}"),
        &expect![[r#"
            Give three uses for: {object}
            because: Because.
        "#]],
    );
    check(
        &scissors().with_feedback("Remove the variable item, ask for a spoon."),
        &revised("Give three uses for a spoon."),
        &expect![[r#"
            Give three uses for a spoon.
            because: Because.
        "#]],
    );
    check(
        &scissors().with_feedback("Keep {item} at the end."),
        &revised("Give three uses for it."),
        &expect![[r#"
            Give three uses for it.
            because: Because.
            grave: The variable {item} is gone.
        "#]],
    );
}

#[test]
fn literals_touched() {
    let text = foreign().prompt.text;
    check(
        &foreign(),
        &revised(&text.replace("{{customer.name}}", "{customer}")),
        &expect![[r#"
            Write to {customer} about ${order:none}. Use the tone {tone} and end with {like this}.
            because: Because.
            grave: The variable {customer} is new: the prompt did not have it.
            grave: The literal text “{{customer.name}}” changed or is gone.
        "#]],
    );
    check(
        &foreign(),
        &revised(&text.replace("${order:none}", "{order}")),
        &expect![[r#"
            Write to {{customer.name}} about {order}. Use the tone {tone} and end with {like this}.
            because: Because.
            grave: The variable {order} is new: the prompt did not have it.
            grave: The literal text “${order:none}” changed or is gone.
        "#]],
    );
    check(
        &foreign(),
        &revised(&text.replace("{like this}", "a wish")),
        &expect![[r#"
            Write to {{customer.name}} about ${order:none}. Use the tone {tone} and end with a wish.
            because: Because.
            grave: The literal text “{like this}” changed or is gone.
        "#]],
    );
    check(
        &foreign(),
        &revised(&format!("Say sorry for the delay to {{{{customer.mood}}}} first. {text}")),
        &expect![[r#"
            Say sorry for the delay to {{customer.mood}} first. Write to {{customer.name}} about ${order:none}. Use the tone {tone} and end with {like this}.
            because: Because.
            grave: “{{customer.mood}}” is new and looks like a placeholder, but nothing fills it.
        "#]],
    );
}

#[test]
fn literals_kept() {
    check(
        &foreign(),
        &revised(&format!("Say sorry for the delay first. {}", foreign().prompt.text)),
        &expect![[r#"
            Say sorry for the delay first. Write to {{customer.name}} about ${order:none}. Use the tone {tone} and end with {like this}.
            because: Because.
        "#]],
    );
}

#[test]
fn json_touched() {
    let text = json().prompt.text;
    check(
        &json(),
        &revised(&text.replace("\"count\": 1", "\"number\": 1")),
        &expect![[r#"
            Extract the item from: {text}
            Answer as {"item": "{like this}", "number": 1} and nothing else.
            because: Because.
            grave: The literal text “{"item": "{like this}", "count": 1}” changed or is gone.
        "#]],
    );
    check(
        &json(),
        &revised(&text.replace("{\"item\"", "{{\"item\"").replace("1}", "1}}")),
        &expect![[r#"
            Extract the item from: {text}
            Answer as {{"item": "{like this}", "count": 1}} and nothing else.
            because: Because.
            grave: The literal text “{"item": "{like this}", "count": 1}” changed or is gone.
        "#]],
    );
    check(
        &json().with_feedback("Add a field for the colour."),
        &revised(&text.replace("\"count\": 1", "\"count\": 1, \"colour\": \"red\"")),
        &expect![[r#"
            Extract the item from: {text}
            Answer as {"item": "{like this}", "count": 1, "colour": "red"} and nothing else.
            because: Because.
        "#]],
    );
}

#[test]
fn a_prompt_in_json() {
    let mut scene = scissors().with_feedback("Ask for five sections and a friendlier tone.");
    let filler = "Give a detailed analysis of the style of the project and its parts. ".repeat(3);
    scene.prompt.text = format!("{{\"role\": \"Guide\", \"task\": \"{filler}\", \"sections\": 3}}");
    let text = scene.prompt.text.clone();
    check(
        &scene,
        &revised(&text.replace(": 3", ": 5")),
        &expect![[r#"
            {"role": "Guide", "task": "Give a detailed analysis of the style of the project and its parts. Give a detailed analysis of the style of the project and its parts. Give a detailed analysis of the style of the project and its parts. ", "sections": 5}
            because: Because.
        "#]],
    );
    check(
        &scene,
        &revised(&text.replace("\"role\": \"Guide\", ", "")),
        &expect![[r#"
            {"task": "Give a detailed analysis of the style of the project and its parts. Give a detailed analysis of the style of the project and its parts. Give a detailed analysis of the style of the project and its parts. ", "sections": 3}
            because: Because.
            grave: The key “role” of the JSON is gone.
        "#]],
    );
    check(
        &scene,
        &revised(&text.replace("sections\": 3}", "sections\": 5, }")),
        &expect![[r#"
            {"role": "Guide", "task": "Give a detailed analysis of the style of the project and its parts. Give a detailed analysis of the style of the project and its parts. Give a detailed analysis of the style of the project and its parts. ", "sections": 5, }
            because: Because.
            grave: The JSON is not valid any more.
        "#]],
    );
}

#[test]
fn examples() {
    let text = few_shot().prompt.text;
    check(
        &few_shot(),
        &revised(&text.replace("cold", "not bad")),
        &expect![[r#"
            Classify the sentiment.

            Text: The food was not bad.
            Sentiment: negative

            Text: Lovely staff!
            Sentiment: positive

            Text: {review}
            Sentiment:
            because: Because.
            light: The input “The food was cold.” of a worked example changed or is gone.
        "#]],
    );
    check(
        &few_shot(),
        &revised(&text.replace("sentiment.", "sentiment. An understatement counts as positive.")),
        &expect![[r#"
            Classify the sentiment. An understatement counts as positive.

            Text: The food was cold.
            Sentiment: negative

            Text: Lovely staff!
            Sentiment: positive

            Text: {review}
            Sentiment:
            because: Because.
        "#]],
    );
    check(
        &few_shot().with_feedback("Use an example with an understatement."),
        &revised(&text.replace("cold", "not bad")),
        &expect![[r#"
            Classify the sentiment.

            Text: The food was not bad.
            Sentiment: negative

            Text: Lovely staff!
            Sentiment: positive

            Text: {review}
            Sentiment:
            because: Because.
        "#]],
    );
}

#[test]
fn markdown_where_none_was() {
    check(
        &scissors(),
        &revised("# Task\nGive **three** uses for: {item}"),
        &expect![[r#"
            # Task
            Give **three** uses for: {item}
            because: Because.
            light: The draft has headings; the prompt was plain text.
        "#]],
    );
    check(
        &scissors().with_feedback("Use headings and bold."),
        &revised("# Task\nGive **three** uses for: {item}"),
        &expect![[r#"
            # Task
            Give **three** uses for: {item}
            because: Because.
        "#]],
    );
}

#[test]
fn leaks() {
    let scene = scissors();
    check(
        &scene,
        &revised(
            "Give three uses for: {item}, for example trimming loose threads from clothes or opening parcels without tearing what is inside.",
        ),
        &expect![[r#"
            Give three uses for: {item}, for example trimming loose threads from clothes or opening parcels without tearing what is inside.
            because: Because.
            light: “opening parcels without tearing what is inside” is copied from the output.
        "#]],
    );
    check(
        &scene,
        &revised("Give three uses for {item} such as scissors, one sentence each."),
        &expect![[r#"
            Give three uses for {item} such as scissors, one sentence each.
            because: Because.
            light: “scissors” is copied from the value of {item}.
        "#]],
    );
    check(
        &scissors().with_feedback("With scissors it should say how."),
        &revised("Give three uses for {item}. For tools such as scissors say how."),
        &expect![[r#"
            Give three uses for {item}. For tools such as scissors say how.
            because: Because.
        "#]],
    );
    let quoting = scissors().with_quote("Opening parcels without tearing what is inside");
    check(
        &quoting,
        &revised(
            "Give three uses for: {item}, each like “Opening parcels without tearing what is inside”.",
        ),
        &expect![[r#"
            Give three uses for: {item}, each like “Opening parcels without tearing what is inside”.
            because: Because.
        "#]],
    );
}

#[test]
fn general_advice_is_no_leak() {
    check(
        &lawnmower(),
        &revised(
            "How do I change the oil in my lawnmower? I have never opened a machine, so use everyday words and explain each tool.",
        ),
        &expect![[r#"
            How do I change the oil in my lawnmower? I have never opened a machine, so use everyday words and explain each tool.
            because: Because.
        "#]],
    );
}
