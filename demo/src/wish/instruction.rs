//! Wishes as instructions for a prompt and as words for a rationale.

use super::{Language, Layout, Register, Wish};
use crate::text::{number_word, one_line};

/// What a prompt asks for, as instructions call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Things {
    /// Things of a list, by their plural and singular, e.g. "uses" and "use".
    Named(String, String),
    /// JSON.
    Json,
    /// An answer of some other kind.
    Answer,
}

impl Things {
    pub(crate) fn named(plural: &str, singular: &str) -> Self {
        Self::Named(plural.to_owned(), singular.to_owned())
    }

    /// Several of them.
    fn plural(&self) -> &str {
        match self {
            Self::Named(plural, _) => plural,
            Self::Json | Self::Answer => "things",
        }
    }

    /// One of them.
    fn singular(&self) -> &str {
        match self {
            Self::Named(_, singular) => singular,
            Self::Json | Self::Answer => "thing",
        }
    }
}

/// "one use", "five uses".
fn counted(count: usize, plural: &str, singular: &str) -> String {
    format!("{} {}", number_word(count), if count == 1 { singular } else { plural })
}

impl Wish {
    /// One or two sentences that ask for it.
    pub(crate) fn instruction(&self, things: &Things) -> String {
        match (self, things) {
            (Self::NoOpening | Self::NoClosing, Things::Json) => {
                "Answer with JSON only, without any text around it.".to_owned()
            }
            (_, Things::Named(plural, singular)) => self.about_named(plural, singular),
            _ => self.about_answer(),
        }
    }

    fn about_named(&self, items: &str, item: &str) -> String {
        match self {
            Self::Surprising => format!(
                "Choose {items} that would surprise even an experienced reader: unusual, but \
                 possible. Leave out the obvious ones."
            ),
            Self::NoOpening => format!("Begin with the first {item}, without an opening line."),
            Self::NoClosing => format!("Stop after the last {item}, without a closing line."),
            Self::OneSentence => format!("Write each {item} in one sentence."),
            Self::Shorter => format!("Keep it short: at most ten words for each {item}."),
            Self::MoreDetail => format!("Explain in more detail how each {item} is done."),
            Self::Reasons => format!("Say in half a sentence why each {item} works."),
            Self::Examples => format!("Add a short example to each {item}."),
            Self::Grouped if items == "ingredients" => {
                "Group the ingredients by section of the store.".to_owned()
            }
            Self::Grouped => format!("Group the {items}, each group under a heading."),
            Self::Quantities if items == "ingredients" => {
                "Add the quantity of each ingredient.".to_owned()
            }
            Self::Quantities => format!("Say how much or how many for each {item}."),
            Self::NoStaples => format!("Leave out {items} that most people have at home."),
            Self::Tools => format!("Name the tools and materials before the first {item}."),
            Self::Titles => format!("Begin each {item} with a short title in bold."),
            Self::Count(count) => format!("Give exactly {}.", counted(*count, items, item)),
            Self::Emoji => format!("Put a fitting emoji before each {item}."),
            _ => self.about_answer(),
        }
    }

    fn about_answer(&self) -> String {
        match self {
            Self::Surprising => "Choose something that would surprise even an experienced reader: \
                unusual, but possible."
                .to_owned(),
            Self::NoOpening => "Start right with the answer, without an opening line.".to_owned(),
            Self::NoClosing => "Stop after the answer, without a closing line.".to_owned(),
            Self::OneSentence => "Write it in one sentence.".to_owned(),
            Self::Shorter => "Keep it short and leave out what nobody needs.".to_owned(),
            Self::MoreDetail => "Explain it in more detail.".to_owned(),
            Self::Reasons => "Say why in half a sentence.".to_owned(),
            Self::Examples => "Add a short example.".to_owned(),
            Self::Grouped => "Group it by topic, each group under a heading.".to_owned(),
            Self::Quantities => "Say how much or how many of everything.".to_owned(),
            Self::NoStaples => "Leave out what most people have at home.".to_owned(),
            Self::Tools => "Begin with the tools and materials that are needed.".to_owned(),
            Self::Safety => "Say what to watch out for, so that nobody gets hurt.".to_owned(),
            Self::Titles => "Begin each part with a short title in bold.".to_owned(),
            Self::WholeSentences => "Write whole sentences.".to_owned(),
            Self::MinWords(limit) => format!("Write at least {limit} words."),
            Self::MaxWords(limit) => format!("Use at most {limit} words in total."),
            Self::MaxSentences(limit) => {
                format!("Use at most {} in total.", counted(*limit, "sentences", "sentence"))
            }
            Self::Count(count) => format!("Give exactly {}.", number_word(*count)),
            Self::Language(language) => format!("Answer in {}.", language.name()),
            Self::Register(register) => register.instruction().to_owned(),
            Self::Layout(layout) => layout.instruction().to_owned(),
            Self::StartWith(words) => format!("Start with “{words}”."),
            Self::EndWith(words) => format!("End with “{words}”."),
            Self::EndWithQuestion => "End with a question to the reader.".to_owned(),
            Self::NoMention(words) => format!("Do not mention {words}."),
            Self::UpperCase => "Write everything in capital letters.".to_owned(),
            Self::Emoji => "Put a fitting emoji at the beginning.".to_owned(),
            Self::NoExclamation => "Use no exclamation marks.".to_owned(),
            Self::Other(words) => format!("{}{words}", Self::OTHER),
        }
    }

    /// What an instruction begins with that is kept in the person's own words.
    pub(crate) const OTHER: &str = "Also follow this: ";

    /// It in a few words, e.g. "no closing line".
    pub(crate) fn summary(&self, things: &Things) -> String {
        let items = things.plural();
        match self {
            Self::Surprising => format!("surprising {items}"),
            Self::NoOpening => "no opening line".to_owned(),
            Self::NoClosing => "no closing line".to_owned(),
            Self::OneSentence => "one sentence each".to_owned(),
            Self::Shorter => "a shorter answer".to_owned(),
            Self::MoreDetail => "more detail".to_owned(),
            Self::Reasons => "reasons".to_owned(),
            Self::Examples => "examples".to_owned(),
            Self::Grouped => format!("{items} in groups"),
            Self::Quantities => "quantities".to_owned(),
            Self::NoStaples => "nothing that is at home already".to_owned(),
            Self::Tools => "the tools first".to_owned(),
            Self::Safety => "a word on safety".to_owned(),
            Self::Titles => "titles".to_owned(),
            Self::WholeSentences => "whole sentences".to_owned(),
            Self::MinWords(limit) => format!("at least {limit} words"),
            Self::MaxWords(limit) => format!("at most {limit} words"),
            Self::MaxSentences(limit) => {
                format!("at most {}", counted(*limit, "sentences", "sentence"))
            }
            Self::Count(count) => counted(*count, items, things.singular()),
            Self::Language(language) => format!("an answer in {}", language.name()),
            Self::Register(register) => register.summary().to_owned(),
            Self::Layout(layout) => layout.summary().to_owned(),
            Self::StartWith(_) => "a given beginning".to_owned(),
            Self::EndWith(_) => "a given end".to_owned(),
            Self::EndWithQuestion => "a question at the end".to_owned(),
            Self::NoMention(words) => format!("no mention of {words}"),
            Self::UpperCase => "capital letters".to_owned(),
            Self::Emoji => "emoji".to_owned(),
            Self::NoExclamation => "no exclamation marks".to_owned(),
            Self::Other(words) => format!("“{}”", one_line(words.trim_end_matches('.'), 60)),
        }
    }
}

impl Language {
    fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "German",
            Self::French => "French",
            Self::Spanish => "Spanish",
        }
    }
}

impl Register {
    fn instruction(self) -> &'static str {
        match self {
            Self::Formal => "Use a formal tone.",
            Self::Friendly => "Use a warm, friendly tone.",
            Self::Simple => "Use simple words that a child understands.",
            Self::Expert => {
                "Write for experienced readers: skip the basics and name the technique."
            }
        }
    }

    fn summary(self) -> &'static str {
        match self {
            Self::Formal => "a formal tone",
            Self::Friendly => "a friendly tone",
            Self::Simple => "simple words",
            Self::Expert => "words for experienced readers",
        }
    }
}

impl Layout {
    fn instruction(self) -> &'static str {
        match self {
            Self::List => "Write it as a list.",
            Self::Numbered => "Write it as a numbered list.",
            Self::Bullets => "Write it as bullet points.",
            Self::Table => "Write it as a table.",
            Self::Prose => "Write it as running text, not as a list.",
        }
    }

    fn summary(self) -> &'static str {
        match self {
            Self::List => "a list",
            Self::Numbered => "a numbered list",
            Self::Bullets => "bullet points",
            Self::Table => "a table",
            Self::Prose => "running text",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::find;
    use super::*;

    #[test]
    fn every_instruction_is_recognised_again() {
        let wishes = [
            Wish::Surprising,
            Wish::NoOpening,
            Wish::NoClosing,
            Wish::OneSentence,
            Wish::Shorter,
            Wish::MoreDetail,
            Wish::Reasons,
            Wish::Examples,
            Wish::Grouped,
            Wish::Quantities,
            Wish::NoStaples,
            Wish::Tools,
            Wish::Safety,
            Wish::Titles,
            Wish::WholeSentences,
            Wish::MinWords(500),
            Wish::MaxWords(40),
            Wish::MaxSentences(2),
            Wish::Count(5),
            Wish::Language(Language::German),
            Wish::Register(Register::Formal),
            Wish::Register(Register::Friendly),
            Wish::Register(Register::Simple),
            Wish::Register(Register::Expert),
            Wish::Layout(Layout::List),
            Wish::Layout(Layout::Numbered),
            Wish::Layout(Layout::Bullets),
            Wish::Layout(Layout::Table),
            Wish::Layout(Layout::Prose),
            Wish::StartWith("Well".to_owned()),
            Wish::EndWith("Good luck".to_owned()),
            Wish::EndWithQuestion,
            Wish::NoMention("paper".to_owned()),
            Wish::UpperCase,
            Wish::Emoji,
            Wish::NoExclamation,
            Wish::Other("Think of my cat.".to_owned()),
        ];
        for wish in wishes {
            let ingredients = Things::named("ingredients", "ingredient");
            for things in [Things::named("uses", "use"), ingredients, Things::Answer] {
                assert_eq!(find(&wish.instruction(&things)), std::slice::from_ref(&wish));
            }
        }
        let json = Wish::NoOpening.instruction(&Things::Json);
        assert_eq!(find(&json), [Wish::NoOpening, Wish::NoClosing]);
    }
}
