//! The words that give wishes away, in the languages people write in most. Alternatives stand
//! between bars; each may be a part of a word.

use super::{Language, Layout, Register, Wish};

/// Words that ask for something.
pub(super) static SIGNS: [(&str, Wish); 21] = [
    (
        "surpris|creative|unusual|original |unexpected|inventive|imaginative|out of the box|outside \
         the box|kreativ|überrasch|ungewöhnlich|créati|surprenant|sorprend|creativ",
        Wish::Surprising,
    ),
    (
        "opening line|opening sentence|introduction|intro |preamble|straight to the|“here are|\"here \
         are",
        Wish::NoOpening,
    ),
    (
        "closing line|closing sentence|closing remark|last line|outro|let me know|closing.",
        Wish::NoClosing,
    ),
    (CHATTER, Wish::NoOpening),
    (CHATTER, Wish::NoClosing),
    (
        "in one sentence|one sentence each|single sentence|in einem satz|en una frase|en une phrase",
        Wish::OneSentence,
    ),
    (
        "shorter|concise|keep it short|be brief|briefer|more compact|be short|keep answers short|\
         keep the answer short|keep them short|short answer|brief answer|keep it brief|kürzer|\
         plus court|más corto",
        Wish::Shorter,
    ),
    (
        "more detail|longer|elaborate|more specific|be specific|how each|explain how|step by step|\
         long answer|be thorough|in depth|at length|detailed|ausführlicher",
        Wish::MoreDetail,
    ),
    ("why each|explain why|reasons|a reason|say why|sentence why|warum", Wish::Reasons),
    ("an example|a short example|examples to|add examples|ein beispiel", Wish::Examples),
    (
        "end with a question|end with one question|question at the end|closing question",
        Wish::EndWithQuestion,
    ),
    ("upper case|uppercase|capital letters|all caps|großbuchstaben", Wish::UpperCase),
    ("emoji", Wish::Emoji),
    (
        "section of the store|sections of the store|by section|by aisle|group the|group them|group it|\
         grouped|under a heading|by category|nach abteilung",
        Wish::Grouped,
    ),
    (
        "quantities|the quantity|a quantity|amounts of|the amounts|how much of|how much or how many",
        Wish::Quantities,
    ),
    ("most people have|most kitchens|pantry|staples|have at home", Wish::NoStaples),
    (
        "tools and materials|which tools|what tools|the tools|tools first|tools needed|what i need|\
         what you need",
        Wish::Tools,
    ),
    ("watch out for|safety|gets hurt|get hurt|dangerous|what can go wrong", Wish::Safety),
    ("title in bold|bold title|titles in bold|short title", Wish::Titles),
    ("whole sentence|complete sentence|full sentence|fragments", Wish::WholeSentences),
    ("no exclamation|without exclamation|fewer exclamation", Wish::NoExclamation),
];

const CHATTER: &str =
    "chatter|chatty|nothing else|no fluff|only the list|json only|only json|no small talk";

/// Words that complain about the opposite.
pub(super) static COMPLAINTS: [(&str, Wish); 6] = [
    (
        "boring|obvious|predictable|generic|cliché|too ordinary|bland|everyone knows|langweilig",
        Wish::Surprising,
    ),
    ("too long|too wordy|verbose|too much text|rambl|zu lang", Wish::Shorter),
    ("too short|too vague|more depth|superficial|not specific", Wish::MoreDetail),
    ("too complicated|too difficult|hard to understand|jargon", Wish::Register(Register::Simple)),
    ("too casual|unprofessional|sloppy", Wish::Register(Register::Formal)),
    ("too formal|too stiff|too cold", Wish::Register(Register::Friendly)),
];

/// Words of which one sentence takes the first that fits.
pub(super) static REGISTERS: [(&str, Register); 5] = [
    (
        "simple words|for children|for a child|for kids|plain language|simpler|beginner|\
         five-year-old|like i'm five|easy words",
        Register::Simple,
    ),
    (
        "for experienced|for experts|for an expert|for professionals|an experienced maker|\
         experienced makers|advanced reader",
        Register::Expert,
    ),
    ("informal|less formal", Register::Friendly),
    (
        "formal tone|more formal|formally|professional tone|more professional|be formal",
        Register::Formal,
    ),
    ("friendly|warm|casual tone|more casual|kinder|empath", Register::Friendly),
];

pub(super) static LAYOUTS: [(&str, Layout); 5] = [
    (
        "running text|no list|not a list|not use list|not use a list|without list|without a list|\
         avoid list|n't use list|n't use a list|never use list|never use a list|as prose|\
         one paragraph|in a paragraph",
        Layout::Prose,
    ),
    ("bullet|stichpunkt", Layout::Bullets),
    ("as a table|in a table|markdown table|table with|als tabelle", Layout::Table),
    ("numbered list|number the|numbered points", Layout::Numbered),
    ("as a list|use a list|use lists", Layout::List),
];

pub(super) static LANGUAGES: [(&str, Language); 4] = [
    ("in german|auf deutsch|en allemand", Language::German),
    ("in french|en français|auf französisch", Language::French),
    ("in spanish|en español|auf spanisch", Language::Spanish),
    ("in english|auf englisch|en anglais", Language::English),
];

/// Words before a limit.
pub(super) const LIMITS: &str = "at most|under|fewer than|less than|no more than|max|up to|within|\
    in total|exactly|in two sent|in three sent|höchstens";

/// Words right before a number that is a limit.
pub(super) const LIMITING: [&str; 7] = ["most", "least", "than", "to", "under", "over", "within"];

/// Words that do not want a passage.
pub(crate) const DROPS: &str = "remov|drop|delet|leave|not need|no need|unnecessary|skip|cut|without|\
    don't|no |useless|filler";

/// Words of opening and closing lines as the demo model writes them.
pub(crate) const OPENINGS: &str = "here are|here is|hier sind|voici|aquí|please find";
pub(crate) const CLOSINGS: &str = "let me know|sag bescheid|dites-moi|dime|do not hesitate";

/// Words that look like a wish and are none.
pub(super) const NO_WISHES: [&str; 5] =
    ["no emoji", "without emoji", "no longer", "no bullet", "without bullet"];

/// Beginnings of sentences that want something not to be there.
pub(super) const NEGATIONS: [&str; 6] =
    ["do not ", "do without ", "don't ", "don’t ", "never ", "no need "];

/// Whether a text in lower case holds one of the alternatives.
pub(crate) fn holds(text: &str, signs: &str) -> bool {
    signs.split('|').any(|sign| text.contains(sign))
}

/// What the first fitting entry of a table stands for.
pub(super) fn first<T: Copy>(text: &str, table: &[(&str, T)]) -> Option<T> {
    table.iter().find(|(signs, _)| holds(text, signs)).map(|(_, found)| *found)
}

/// What all fitting entries of a table stand for.
pub(super) fn all<'a>(text: &'a str, table: &'a [(&str, Wish)]) -> impl Iterator<Item = Wish> + 'a {
    table.iter().filter(|(signs, _)| holds(text, signs)).map(|(_, wish)| wish.clone())
}
