//! What a prompt is about, read from its rendered text: which form, how many items, of what.

use align::model::Conversation;
use serde::de::IgnoredAny;

use super::text::{bare, number, one_line, quoted, sentences, words};
use super::wish::{Language, Things, Wish, find};

/// A prompt as the demo model understands it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// The form of the answer.
    pub(super) form: Form,
    /// How many items.
    pub(super) count: usize,
    /// What is listed, e.g. "uses".
    pub(super) items: String,
    /// What it is about, e.g. the value of a variable.
    pub(super) subject: String,
    /// The longer text to work on; empty if there is none.
    pub(super) material: String,
    /// The language to answer in.
    pub(super) language: Language,
    /// What it asks for besides.
    pub(super) wishes: Vec<Wish>,
}

/// The form of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Several things.
    List,
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

/// Words for things that come in lists, as plural and singular.
const ITEMS: [(&str, &str); 32] = [
    ("uses", "use"),
    ("ideas", "idea"),
    ("ways", "way"),
    ("tips", "tip"),
    ("reasons", "reason"),
    ("names", "name"),
    ("facts", "fact"),
    ("questions", "question"),
    ("examples", "example"),
    ("steps", "step"),
    ("titles", "title"),
    ("slogans", "slogan"),
    ("suggestions", "suggestion"),
    ("recommendations", "recommendation"),
    ("benefits", "benefit"),
    ("problems", "problem"),
    ("advantages", "advantage"),
    ("features", "feature"),
    ("topics", "topic"),
    ("activities", "activity"),
    ("gifts", "gift"),
    ("recipes", "recipe"),
    ("arguments", "argument"),
    ("options", "option"),
    ("headlines", "headline"),
    ("birds", "bird"),
    ("animals", "animal"),
    ("colours", "colour"),
    ("colors", "color"),
    ("fruits", "fruit"),
    ("cities", "city"),
    ("points", "point"),
];

impl Reading {
    /// Reads the last message and the system instructions.
    pub(super) fn new(conversation: &Conversation) -> Self {
        let text = conversation.messages.last().map(|it| it.text.trim()).unwrap_or_default();
        let (instructions, material) = split(text);
        let asked = format!("{}\n{instructions}", conversation.system_instructions);
        let mut wishes = find(&asked);
        let listed = items(&instructions);
        let form = form(&instructions, listed.is_some());
        let asked_count = wishes.iter().find_map(|wish| match wish {
            Wish::Count(count) => Some(*count),
            _ => None,
        });
        let count = asked_count.or_else(|| count(&instructions, listed)).unwrap_or(match form {
            Form::One => 1,
            _ => 3,
        });
        let form = if form == Form::List && count == 1 { Form::One } else { form };
        let (plural, singular) = listed.unwrap_or(("items", "item"));
        let items = if count == 1 { singular } else { plural }.to_owned();
        // Of a letter's parts, one may have to be one sentence.
        if !matches!(form, Form::List | Form::One | Form::Prose | Form::Summary) {
            wishes.retain(|wish| *wish != Wish::OneSentence);
        }
        let language = wishes.iter().find_map(|wish| match wish {
            Wish::Language(language) => Some(*language),
            _ => None,
        });
        let language = language.unwrap_or_else(|| super::text::language(&instructions));
        let subject = subject(&instructions, &material);
        Self { form, count: count.clamp(1, 24), items, subject, material, language, wishes }
    }

    /// Whether it asks for this.
    pub(super) fn wants(&self, wish: &Wish) -> bool {
        self.wishes.contains(wish)
    }
}

/// What a prompt asks for, in the words of its instructions.
pub(super) fn things(text: &str) -> Things {
    // Variables may stand where JSON has values.
    if json_shape(text).is_some() || (text.contains("JSON") && text.contains("\":")) {
        return Things::Json;
    }
    let items = items(text);
    items.map_or(Things::Answer, |(plural, singular)| Things::named(plural, singular))
}

/// What a prompt lists: "three uses" before "uses" before "a use". Many of the words are verbs, too.
fn items(text: &str) -> Option<(&'static str, &'static str)> {
    let words = words(text);
    let is_counted = |place: usize| {
        let before = &words[place.saturating_sub(3)..place];
        before.iter().any(|word| number(word).is_some())
    };
    let find = |is_meant: &dyn Fn(usize, &str, &str) -> bool| {
        words.iter().enumerate().find_map(|(place, word)| {
            let known =
                ITEMS.iter().find(|(plural, singular)| word == plural || word == singular)?;
            is_meant(place, word, known.0).then_some(*known)
        })
    };
    let follows = |place: usize, articles: &[&str]| {
        place.checked_sub(1).is_some_and(|before| articles.contains(&words[before].as_str()))
    };
    find(&|place, word, plural| word == plural && is_counted(place))
        .or_else(|| find(&|_, word, plural| word == plural))
        .or_else(|| {
            find(&|place, word, plural| word != plural && follows(place, &["a", "an", "one"]))
        })
}

/// Parts a prompt into its instructions and the material below a label such as `E-mail:`.
fn split(text: &str) -> (String, String) {
    let paragraphs: Vec<_> = text.split("\n\n").collect();
    let is_label = |line: &str| {
        let line = line.trim();
        line.ends_with(':') && line.split_whitespace().count() <= 8
    };
    for (place, paragraph) in paragraphs.iter().enumerate().rev() {
        let (first, below) = paragraph.split_once('\n').unwrap_or((paragraph, ""));
        if is_label(first) && !below.trim().is_empty() && !below.contains("\":") {
            let mut rest = paragraphs.clone();
            rest.remove(place);
            return (format!("{}\n\n{first}", rest.join("\n\n")), below.trim().to_owned());
        }
    }
    // A change of code, or a long text without a label.
    match paragraphs.last() {
        Some(last) if paragraphs.len() > 1 && (is_code(last) || last.len() > 240) => {
            (paragraphs[..paragraphs.len() - 1].join("\n\n"), (*last).to_owned())
        }
        _ => (text.to_owned(), String::new()),
    }
}

fn is_code(text: &str) -> bool {
    text.lines().filter(|line| line.trim_start().starts_with(['+', '-'])).count() > 1
}

fn form(text: &str, has_items: bool) -> Form {
    let lower = text.to_lowercase();
    let has = |signs: &[&str]| signs.iter().any(|sign| lower.contains(sign));
    if let Some(shape) = json_shape(text) {
        return Form::Json(shape.to_owned());
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

/// The first JSON of the text that holds a key.
fn json_shape(text: &str) -> Option<&str> {
    text.match_indices(['{', '[']).find_map(|(start, _)| {
        let rest = &text[start..];
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        values.next()?.ok()?;
        Some(&rest[..values.byte_offset()]).filter(|shape| shape.contains("\":"))
    })
}

/// The number before the items: "three uses", "10 very good ideas", "a bird".
fn count(text: &str, items: Option<(&str, &str)>) -> Option<usize> {
    let (items, singular) = items?;
    for sentence in sentences(text) {
        let words: Vec<_> = sentence.split_whitespace().map(bare).collect();
        let place = words.iter().position(|word| {
            let word = word.to_lowercase();
            word == items || word == singular
        });
        let Some(place) = place else { continue };
        let before = &words[place.saturating_sub(4)..place];
        if let Some(count) = before.iter().rev().find_map(|word| number(word)) {
            return Some(count);
        }
        if matches!(before.last(), Some(&("a" | "an"))) {
            return Some(1);
        }
    }
    None
}

/// What a prompt is about: what stands after a colon, in quotes, or after "for", "of" and "about".
fn subject(instructions: &str, material: &str) -> String {
    let after_colon = instructions.lines().find_map(|line| {
        let (label, value) = line.split_once(": ")?;
        let value = value.trim();
        (!label.contains('"') && !value.is_empty() && value.len() <= 80).then_some(value)
    });
    let after_word = || {
        let first = sentences(instructions).into_iter().next()?;
        let words = [" about ", " for ", " of ", " in "];
        let (place, word) = words.iter().find_map(|word| Some((first.rfind(word)?, word)))?;
        let rest = first[place + word.len()..].trim_end_matches(['.', '!', '?', ':']);
        let rest = [" as ", " with ", " using ", ", "]
            .iter()
            .fold(rest, |rest, stop| rest.split(stop).next().unwrap_or_default());
        (!rest.is_empty() && rest.len() <= 80).then_some(rest)
    };
    let found = after_colon.or_else(after_word).or_else(|| quoted(instructions));
    let found = found.or_else(|| sentences(material).into_iter().next());
    let own_words = || {
        let first = sentences(instructions).into_iter().next()?;
        Some(format!("“{}”", one_line(first.trim_end_matches(['.', '!', '?']), 60)))
    };
    match found {
        Some(found) => one_line(found.trim_end_matches(['.', '!', '?']), 60),
        None => own_words().unwrap_or_else(|| "the topic".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use align::model::Message;
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expected: &Expect) {
        let reading = Reading::new(&Conversation {
            system_instructions: String::new(),
            messages: vec![Message::user(text)],
        });
        let Reading { form, count, items, subject, material, wishes, .. } = reading;
        let form = format!("{form:?}");
        let form = form.split('(').next().unwrap_or_default();
        expected.assert_eq(&format!(
            "{form} · {count} {items} · {subject} · {} · {wishes:?}",
            material.lines().next().unwrap_or("-"),
        ));
    }

    #[test]
    fn prompts_are_understood() {
        check(
            "Give three uses for the following item: scissors",
            &expect!["List · 3 uses · scissors · - · []"],
        );
        check(
            "Give three uses for the following item: scissors\n\nChoose uses that would surprise even an experienced reader: unusual, but possible. Leave out the obvious ones.",
            &expect!["List · 3 uses · scissors · - · [Surprising]"],
        );
        check("Name one bird of Norway.", &expect!["One · 1 bird · Norway · - · []"]);
        check("Name a bird.", &expect!["One · 1 bird · “Name a bird” · - · []"]);
        check(
            "List 5 ideas for a garden party.",
            &expect!["List · 5 ideas · a garden party · - · [Count(5)]"],
        );
        check("Write a haiku about the sea.", &expect!["Haiku · 3 items · the sea · - · []"]);
        check("Hello.", &expect!["Prose · 3 items · “Hello” · - · []"]);
        check(
            "Extract the order.\n\nAnswer with JSON only, in exactly this shape:\n{\"customer\": \"…\", \"items\": [{\"name\": \"…\", \"quantity\": 1}]}\n\nE-mail:\nHello, this is Mara.",
            &expect!["Json · 3 items · customer · Hello, this is Mara. · [NoOpening, NoClosing]"],
        );
        check(
            "Summarize the text below for a city council in three bullet points.\nKeep numbers.\n\nText:\nFrom May on.",
            &expect![
                "Summary · 3 points · a city council in three bullet points · From May on. · [Layout(Bullets)]"
            ],
        );
        check(
            "Write a product description of 60 to 80 words for a scale.\n\nUse these facts and no others:\nweighs up to 5 kg; folds\n\nNo exclamation marks, no superlatives. Start with what the product is good for.",
            &expect![
                "Description · 3 facts · a scale · weighs up to 5 kg; folds · [NoExclamation]"
            ],
        );
        check(
            "Review this change to a Rust project.\n\nList at most three problems, the worst first.\n\n- a\n+ b\n+ c",
            &expect!["Review · 3 problems · - a · - a · []"],
        );
    }
}
