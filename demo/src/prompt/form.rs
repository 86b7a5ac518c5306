//! The form of an answer, read from the words of a prompt.

use serde::de::IgnoredAny;

use crate::text::sentences;

/// The form of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Several things.
    List,
    /// How something is done, step by step.
    HowTo,
    /// What to buy for a dish.
    Shopping,
    /// One thing, in a line.
    One,
    /// JSON of this shape.
    Json(String),
    /// A short version of the material.
    Summary,
    /// An answer to a letter.
    Letter,
    /// A paragraph that describes something.
    Description,
    /// Remarks on a change of code.
    Review,
    /// A poem of three lines.
    Haiku,
    /// A poem of two stanzas.
    Poem,
    /// A few sentences.
    Prose,
}

pub(super) fn form(text: &str, has_items: bool) -> Form {
    let lower = text.to_lowercase();
    let has = |signs: &[&str]| signs.iter().any(|sign| lower.contains(sign));
    if let Some(shape) = json_shape(text) {
        return Form::Json(shape.to_owned());
    }
    if is_shopping(text) {
        return Form::Shopping;
    }
    if is_how_to(text) {
        return Form::HowTo;
    }
    let table: [(&[&str], Form); 6] = [
        (&["haiku"], Form::Haiku),
        (&["poem", "gedicht", "verse"], Form::Poem),
        (&["summar", "zusammenfass", "tl;dr"], Form::Summary),
        (
            &[
                "reply",
                "write an email",
                "write an e-mail",
                "write a letter",
                "answer the customer",
            ],
            Form::Letter,
        ),
        (&["product description", "describe", "description of"], Form::Description),
        (
            &["review this change", "code review", "review the code", "review this code"],
            Form::Review,
        ),
    ];
    if let Some((_, form)) = table.into_iter().find(|(signs, _)| has(signs)) {
        return form;
    }
    let is_list = has_items || has(&["list ", "bullet", "numbered"]);
    if is_list { Form::List } else { Form::Prose }
}

/// How questions about doing something begin.
pub(super) const HOW: [&str; 7] = [
    "how do i ",
    "how do you ",
    "how do we ",
    "how can i ",
    "how should i ",
    "how would i ",
    "how to ",
];

/// Whether it asks how something is done.
pub(super) fn is_how_to(text: &str) -> bool {
    first_sentence(text).is_some_and(|first| HOW.iter().any(|how| first.starts_with(how)))
}

/// Whether it asks for a list of things to buy.
pub(super) fn is_shopping(text: &str) -> bool {
    let lists = ["shopping list", "grocery list", "list of groceries", "list of ingredients"];
    first_sentence(text).is_some_and(|first| lists.iter().any(|list| first.contains(list)))
}

fn first_sentence(text: &str) -> Option<String> {
    sentences(text).first().map(|first| first.to_lowercase())
}

/// The first JSON of the text that holds a key.
pub(super) fn json_shape(text: &str) -> Option<&str> {
    text.match_indices(['{', '[']).find_map(|(start, _)| {
        let rest = &text[start..];
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        values.next()?.ok()?;
        Some(&rest[..values.byte_offset()]).filter(|shape| shape.contains("\":"))
    })
}
