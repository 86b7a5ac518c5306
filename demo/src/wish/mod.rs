//! What people ask for: found in prompts and in feedback, written into prompts as instructions.

mod find;
mod instruction;
mod vocabulary;

pub(super) use find::{find, find_in_feedback, find_in_guideline};
pub(super) use instruction::Things;
pub(super) use vocabulary::{CLOSINGS, DROPS, OPENINGS, holds};

/// Something a person wants of an answer, as far as the demo model understands it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// Nothing obvious.
    Surprising,
    /// No line before the answer proper.
    NoOpening,
    /// No line after it.
    NoClosing,
    /// One sentence for each item, or in all.
    OneSentence,
    /// Less of everything.
    Shorter,
    /// How each item is done.
    MoreDetail,
    /// Why each item works.
    Reasons,
    /// An example for each item.
    Examples,
    /// Items under headings.
    Grouped,
    /// How much of each item.
    Quantities,
    /// Nothing that is in every kitchen.
    NoStaples,
    /// What is needed, first.
    Tools,
    /// What can go wrong, last.
    Safety,
    /// A bold title for each item.
    Titles,
    /// Whole sentences instead of fragments.
    WholeSentences,
    /// At least so many words in all.
    MinWords(usize),
    /// At most so many words in all.
    MaxWords(usize),
    /// At most so many sentences in all.
    MaxSentences(usize),
    /// Exactly so many items.
    Count(usize),
    /// Another language.
    Language(Language),
    /// A tone, or a kind of reader.
    Register(Register),
    /// A form of the list.
    Layout(Layout),
    /// These words first.
    StartWith(String),
    /// These words last.
    EndWith(String),
    /// A question last.
    EndWithQuestion,
    /// These words never.
    NoMention(String),
    /// Capital letters only.
    UpperCase,
    /// An emoji for each item.
    Emoji,
    /// No exclamation marks.
    NoExclamation,
    /// Something else, kept in the person's own words.
    Other(String),
}

/// The languages the demo model has phrases for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Language {
    #[default]
    English,
    German,
    French,
    Spanish,
}

/// Tones and readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Register {
    Formal,
    Friendly,
    Simple,
    Expert,
}

/// Forms of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Of whatever kind.
    List,
    Numbered,
    Bullets,
    Table,
    Prose,
}

impl Layout {
    /// Whether a text cannot have both; a list of some kind is a list.
    fn replaces(self, older: Self) -> bool {
        match (self, older) {
            (Self::List, other) | (other, Self::List) => other == Self::Prose,
            (layout, older) => layout != older,
        }
    }
}

impl Wish {
    /// Whether two wishes are about the same thing, so that the newer replaces the older.
    pub(super) fn replaces(&self, older: &Self) -> bool {
        use Wish::{
            Count, EndWith, EndWithQuestion, Language, Layout, MaxSentences, MaxWords, MinWords,
            MoreDetail, OneSentence, Register, Shorter, StartWith,
        };
        match (self, older) {
            (Shorter | OneSentence, MoreDetail | MinWords(_))
            | (MoreDetail | MinWords(_), Shorter | OneSentence) => true,
            (Layout(layout), Layout(older)) => layout.replaces(*older),
            (MaxWords(most), MinWords(least)) | (MinWords(least), MaxWords(most)) => most < least,
            (EndWith(_) | EndWithQuestion, EndWith(_) | EndWithQuestion)
            | (Language(_), Language(_))
            | (Register(_), Register(_))
            | (MinWords(_), MinWords(_))
            | (MaxWords(_), MaxWords(_))
            | (MaxSentences(_), MaxSentences(_))
            | (Count(_), Count(_))
            | (StartWith(_), StartWith(_)) => self != older,
            _ => false,
        }
    }

    /// Whether no answer can follow both.
    pub(super) fn excludes(&self, other: &Self) -> bool {
        use Register::{Expert, Formal, Friendly, Simple};
        match (self, other) {
            // The tighter limit holds.
            (Self::MaxWords(_), Self::MaxWords(_))
            | (Self::MinWords(_), Self::MinWords(_))
            | (Self::MaxSentences(_), Self::MaxSentences(_)) => false,
            (Self::Register(one), Self::Register(other)) => matches!(
                (one, other),
                (Formal, Friendly) | (Friendly, Formal) | (Simple, Expert) | (Expert, Simple)
            ),
            (one, other) if one.is_tight() && *other == Self::MoreDetail => true,
            (one, other) if other.is_tight() && *one == Self::MoreDetail => true,
            _ => self.replaces(other),
        }
    }

    /// Whether it is a limit that leaves no room for detail.
    fn is_tight(&self) -> bool {
        match self {
            Self::MaxWords(words) => *words <= 60,
            Self::MaxSentences(sentences) => *sentences <= 3,
            _ => false,
        }
    }

    /// Whether it wants something not to be there.
    pub(super) fn is_ban(&self) -> bool {
        use Wish::{NoClosing, NoExclamation, NoMention, NoOpening, NoStaples};
        matches!(self, NoOpening | NoClosing | NoMention(_) | NoExclamation | NoStaples)
    }
}
