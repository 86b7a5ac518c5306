//! What the demo model has to say: short banks of phrases, with `{s}` for what a prompt is about.

mod english;
mod french;
mod german;
pub(super) mod howto;
mod lexicon;
pub(super) mod shopping;
mod spanish;

use super::wish::{Language, Register};

/// One thing of a list: a title and a sentence.
pub(super) type Phrase = (&'static str, &'static str);

/// What the demo model can say in one language.
pub(super) struct Bank {
    /// What comes to mind first.
    pub(super) ordinary: &'static [Phrase],
    /// What does not.
    pub(super) surprising: &'static [Phrase],
    /// Chatty second sentences for the ordinary.
    pub(super) filler: &'static [&'static str],
    /// Second sentences for the surprising.
    pub(super) surprising_filler: &'static [&'static str],
    /// Before a list, with `{n}` and `{items}`.
    pub(super) opening: &'static str,
    /// After an answer.
    pub(super) closing: &'static str,
    /// The same in a formal tone.
    pub(super) formal: (&'static str, &'static str),
    /// A question to the reader.
    pub(super) question: &'static str,
    /// A short text about anything.
    pub(super) prose: &'static [&'static str],
    /// Headings of a table.
    pub(super) table: (&'static str, &'static str),
}

/// The bank of a language.
pub(super) fn bank(language: Language) -> &'static Bank {
    match language {
        Language::English => &english::BANK,
        Language::German => &german::BANK,
        Language::French => &french::BANK,
        Language::Spanish => &spanish::BANK,
    }
}

/// Things to list, and what is said after each.
#[derive(Clone, Copy)]
pub(super) struct Things {
    pub(super) phrases: &'static [Phrase],
    pub(super) filler: &'static [&'static str],
}

/// Things to list, the ordinary and the surprising: names of a known kind, advice, or uses.
pub(super) fn things(language: Language, items: &str) -> (Things, Things) {
    let bank = bank(language);
    let with = |(ordinary, surprising): (&'static [Phrase], &'static [Phrase]), filler| {
        let ordinary = Things { phrases: ordinary, filler };
        (ordinary, Things { phrases: surprising, filler: bank.surprising_filler })
    };
    let is_use = items.starts_with("use");
    match lexicon::of(items).filter(|_| language == Language::English) {
        Some(names) => with(names, lexicon::FILLER),
        None if is_use || language != Language::English => {
            with((bank.ordinary, bank.surprising), bank.filler)
        }
        None => with((english::ADVICE, english::SURPRISING_ADVICE), bank.filler),
    }
}

/// What a register adds to an item.
pub(super) fn register_notes(register: Register) -> &'static [&'static str] {
    match register {
        Register::Formal => english::FORMAL_NOTES,
        Register::Friendly => english::FRIENDLY_NOTES,
        Register::Simple => english::SIMPLE_NOTES,
        Register::Expert => english::EXPERT_NOTES,
    }
}

pub(super) use english::{DETAILS, EMOJI, EXAMPLES, REASONS};
