//! What a prompt is about, read from its rendered text: which form, how many items, of what.

mod form;
mod items;
mod subject;

use align::model::Conversation;

pub(super) use self::form::Form;
use self::form::form;
use self::items::count;
pub(super) use self::items::{items, things};
use self::subject::{split, subject};
use super::text::with_article;
use super::wish::{Language, Wish, find};

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
            // As many as there are.
            Form::HowTo | Form::Shopping => 24,
            _ => 3,
        });
        let form = if form == Form::List && count == 1 { Form::One } else { form };
        let (plural, singular) = listed.unwrap_or(("items", "item"));
        let items = if count == 1 { singular } else { plural }.to_owned();
        // Of a letter's parts, one may have to be one sentence.
        let is_letter = !matches!(
            form,
            Form::List | Form::One | Form::HowTo | Form::Shopping | Form::Prose | Form::Summary
        );
        if is_letter {
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

    /// The subject with the article that a thing needs in an English sentence: "a paper clip".
    pub(super) fn named_subject(&self) -> String {
        let is_thing = self.items.starts_with("use") && self.language == Language::English;
        if is_thing { with_article(&self.subject) } else { self.subject.clone() }
    }

    /// Whether it asks for this.
    pub(super) fn wants(&self, wish: &Wish) -> bool {
        self.wishes.contains(wish)
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
        check(
            "Write a shopping list for making shrimp scampi for four people.",
            &expect!["Shopping · 24 ingredients · shrimp scampi · - · []"],
        );
        check(
            "How can I clean my keyboard? Use emoji.",
            &expect!["HowTo · 24 steps · clean your keyboard · - · [Emoji]"],
        );
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
