//! Finds wishes in what people wrote.

use align::Feedback;

use super::{Language, Layout, Register, Wish};
use crate::demo::text::{number, one_line, quoted, sentences, words};

/// The wishes of a prompt's instructions, each once.
pub(in crate::demo) fn find(text: &str) -> Vec<Wish> {
    let mut wishes = Vec::new();
    for sentence in sentences(text) {
        if let Some(own_words) = sentence.strip_prefix(Wish::OTHER) {
            add(&mut wishes, Wish::Other(own_words.to_owned()));
        } else {
            for wish in in_sentence(sentence) {
                add(&mut wishes, wish);
            }
        }
    }
    wishes
}

/// The wishes of a piece of feedback, at least one: what is not understood is kept in its own words.
pub(in crate::demo) fn find_in_feedback(feedback: &Feedback) -> Vec<Wish> {
    let mut wishes = about_span(feedback);
    // Feedback asks for things by calling their absence or their opposite.
    let complaints = complaints(&feedback.text.to_lowercase());
    for wish in complaints.into_iter().chain(find(&feedback.text)) {
        add(&mut wishes, wish);
    }
    if wishes.is_empty() {
        // Braces of a person are no variables of the prompt.
        let own_words = one_line(&feedback.text, 300).replace('{', "(").replace('}', ")");
        let end = if own_words.ends_with(['.', '!', '?', '…']) { "" } else { "." };
        wishes.push(Wish::Other(format!("{own_words}{end}")));
    }
    wishes
}

fn add(wishes: &mut Vec<Wish>, wish: Wish) {
    if !wishes.contains(&wish) {
        wishes.push(wish);
    }
}

/// Feedback on the opening or the closing line that does not want it.
fn about_span(feedback: &Feedback) -> Vec<Wish> {
    let Some(span) = &feedback.span else { return Vec::new() };
    let text = feedback.text.to_lowercase();
    let drops = [
        "remov",
        "drop",
        "delet",
        "leave",
        "not need",
        "no need",
        "unnecessary",
        "skip",
        "cut",
        "without",
        "don't",
        "no ",
        "useless",
        "filler",
    ];
    if !holds(&text, &drops) {
        return Vec::new();
    }
    let passage = span.exact.to_lowercase();
    let mut wishes = Vec::new();
    if holds(&passage, &["here are", "here is", "hier sind", "voici", "aquí"]) {
        wishes.push(Wish::NoOpening);
    }
    if holds(&passage, &["let me know", "sag bescheid", "dites-moi", "dime"]) {
        wishes.push(Wish::NoClosing);
    }
    wishes
}

fn complaints(text: &str) -> Vec<Wish> {
    let table: [(&[&str], Wish); 6] = [
        (
            &[
                "boring",
                "obvious",
                "predictable",
                "generic",
                "cliché",
                "too ordinary",
                "bland",
                "langweilig",
                "everyone knows",
            ],
            Wish::Surprising,
        ),
        (&["too long", "too wordy", "verbose", "too much text", "rambl", "zu lang"], Wish::Shorter),
        (
            &["too short", "too vague", "more depth", "superficial", "not specific"],
            Wish::MoreDetail,
        ),
        (
            &["too complicated", "too difficult", "hard to understand", "jargon"],
            Wish::Register(Register::Simple),
        ),
        (&["too casual", "unprofessional", "sloppy"], Wish::Register(Register::Formal)),
        (&["too formal", "too stiff", "too cold"], Wish::Register(Register::Friendly)),
    ];
    table.into_iter().filter(|(signs, _)| holds(text, signs)).map(|(_, wish)| wish).collect()
}

fn in_sentence(sentence: &str) -> Vec<Wish> {
    let text = sentence.to_lowercase().replace("no emoji", "").replace("without emoji", "");
    let mut wishes: Vec<_> = signs()
        .into_iter()
        .filter(|(signs, _)| holds(&text, signs))
        .map(|(_, wish)| wish)
        .collect();
    if holds(
        &text,
        &[
            "chatter",
            "chatty",
            "nothing else",
            "no fluff",
            "only the list",
            "json only",
            "only json",
            "no small talk",
        ],
    ) {
        wishes.extend([Wish::NoOpening, Wish::NoClosing]);
    }
    wishes.extend(language(&text).map(Wish::Language));
    wishes.extend(register(&text).map(Wish::Register));
    wishes.extend(layout(&text).map(Wish::Layout));
    wishes.extend(limit(&text));
    wishes.extend(count(&text));
    wishes.extend(given_words(sentence, &text));
    wishes
}

/// Wishes that a few words give away, in the languages people write in most.
fn signs() -> [(&'static [&'static str], Wish); 12] {
    [
        (
            &[
                "surpris",
                "creative",
                "unusual",
                "original ",
                "unexpected",
                "inventive",
                "imaginative",
                "out of the box",
                "outside the box",
                "kreativ",
                "überrasch",
                "ungewöhnlich",
                "créati",
                "surprenant",
                "sorprend",
                "creativ",
            ],
            Wish::Surprising,
        ),
        (
            &[
                "opening line",
                "opening sentence",
                "introduction",
                "intro ",
                "preamble",
                "straight to the",
                "“here are",
                "\"here are",
            ],
            Wish::NoOpening,
        ),
        (
            &[
                "closing line",
                "closing sentence",
                "closing remark",
                "last line",
                "outro",
                "let me know",
                "closing.",
            ],
            Wish::NoClosing,
        ),
        (
            &[
                "one sentence each",
                "each in one sentence",
                "in one sentence each",
                "in one sentence",
                "single sentence",
                "in einem satz",
                "en una frase",
                "en une phrase",
            ],
            Wish::OneSentence,
        ),
        (
            &[
                "shorter",
                "concise",
                "keep it short",
                "be brief",
                "briefer",
                "more compact",
                "kürzer",
                "plus court",
                "más corto",
            ],
            Wish::Shorter,
        ),
        (
            &[
                "more detail",
                "longer",
                "elaborate",
                "more specific",
                "be specific",
                "how each",
                "explain how",
                "ausführlicher",
                "step by step",
            ],
            Wish::MoreDetail,
        ),
        (
            &["why each", "explain why", "reasons", "a reason", "say why", "sentence why", "warum"],
            Wish::Reasons,
        ),
        (
            &["an example", "a short example", "examples to", "add examples", "ein beispiel"],
            Wish::Examples,
        ),
        (
            &[
                "end with a question",
                "end with one question",
                "question at the end",
                "closing question",
            ],
            Wish::EndWithQuestion,
        ),
        (
            &["upper case", "uppercase", "capital letters", "all caps", "großbuchstaben"],
            Wish::UpperCase,
        ),
        (&["emoji"], Wish::Emoji),
        (&["no exclamation", "without exclamation", "fewer exclamation"], Wish::NoExclamation),
    ]
}

fn language(text: &str) -> Option<Language> {
    let table = [
        (["in german", "auf deutsch", "en allemand"], Language::German),
        (["in french", "en français", "auf französisch"], Language::French),
        (["in spanish", "en español", "auf spanisch"], Language::Spanish),
        (["in english", "auf englisch", "en anglais"], Language::English),
    ];
    table.into_iter().find(|(signs, _)| holds(text, signs)).map(|(_, language)| language)
}

fn register(text: &str) -> Option<Register> {
    let table: [(&[&str], Register); 4] = [
        (
            &[
                "simple words",
                "for children",
                "for a child",
                "for kids",
                "plain language",
                "simpler",
                "beginner",
                "five-year-old",
                "like i'm five",
                "easy words",
            ],
            Register::Simple,
        ),
        (
            &[
                "for experienced",
                "for experts",
                "for an expert",
                "for professionals",
                "an experienced maker",
                "experienced makers",
                "advanced reader",
            ],
            Register::Expert,
        ),
        (
            &[
                "formal tone",
                "more formal",
                "formally",
                "professional tone",
                "more professional",
                "be formal",
            ],
            Register::Formal,
        ),
        (
            &["friendly", "warm", "casual tone", "more casual", "kinder", "empath"],
            Register::Friendly,
        ),
    ];
    let is_no = holds(text, &["informal", "less formal"]);
    let found = table.into_iter().find(|(signs, _)| holds(text, signs)).map(|(_, it)| it);
    if is_no { Some(Register::Friendly) } else { found }
}

fn layout(text: &str) -> Option<Layout> {
    let table: [(&[&str], Layout); 4] = [
        (
            &[
                "running text",
                "no list",
                "not a list",
                "as prose",
                "one paragraph",
                "in a paragraph",
            ],
            Layout::Prose,
        ),
        (&["bullet", "stichpunkt"], Layout::Bullets),
        (
            &["as a table", "in a table", "markdown table", "table with", "als tabelle"],
            Layout::Table,
        ),
        (&["numbered list", "number the", "numbered points"], Layout::Numbered),
    ];
    table.into_iter().find(|(signs, _)| holds(text, signs)).map(|(_, layout)| layout)
}

/// "At most 50 words", "under 20 words", "two sentences at most". "For each" is not in total.
fn limit(text: &str) -> Option<Wish> {
    let is_limit = [
        "at most",
        "under",
        "fewer than",
        "less than",
        "no more than",
        "max",
        "up to",
        "within",
        "in total",
        "höchstens",
        "exactly",
        "in two sent",
        "in three sent",
    ];
    if !holds(text, &is_limit) || holds(text, &["each", "per "]) {
        return None;
    }
    let words = words(text);
    words.windows(2).rev().find_map(|pair| {
        let count = number(&pair[0]).filter(|count| *count > 0)?;
        match pair[1].as_str() {
            "words" | "wörter" | "word" => Some(Wish::MaxWords(count)),
            "sentences" | "sätze" | "sentence" => Some(Wish::MaxSentences(count)),
            _ => None,
        }
    })
}

/// "Give exactly five uses": only this wording in a prompt, and "five instead of three" in feedback.
/// How many items a prompt asks for otherwise is read by [`crate::demo::prompt`].
fn count(text: &str) -> Option<Wish> {
    let words = words(text);
    let place = words.iter().enumerate().find_map(|(place, word)| {
        let before = place.checked_sub(1).map(|before| words[before].as_str());
        let after = words.get(place + 1).map(String::as_str);
        let is_asked = matches!(before, Some("exactly" | "want" | "me" | "need" | "list"))
            || after == Some("instead");
        let is_limit = matches!(after, Some("words" | "sentences" | "word" | "sentence"));
        (is_asked && !is_limit && number(word).is_some()).then_some(place)
    })?;
    number(&words[place]).filter(|count| (1..=24).contains(count)).map(Wish::Count)
}

/// Wishes that name the words they are about.
fn given_words(sentence: &str, text: &str) -> Option<Wish> {
    let quote = quoted(sentence).map(|it| one_line(it, 100).replace(['{', '}'], ""));
    if let Some(quote) = &quote {
        if holds(text, &["start with", "begin with", "starts with"]) {
            return Some(Wish::StartWith(quote.clone()));
        }
        if holds(text, &["end with", "finish with", "close with"]) {
            return Some(Wish::EndWith(quote.clone()));
        }
    }
    let signs = [
        "not mention",
        "n't mention",
        "without mentioning",
        "never mention",
        "leave out the word",
        "avoid the word",
        "not use the word",
        "never use the word",
    ];
    let (place, sign) = signs.iter().find_map(|sign| Some((text.find(sign)?, *sign)))?;
    if let Some(quote) = quote {
        return Some(Wish::NoMention(quote));
    }
    let rest = text.get(place + sign.len()..)?;
    let rest = rest.split(['.', ',', ';', '!', '?', ':', '{', '(']).next()?.trim();
    let rest: Vec<_> = rest.split_whitespace().take(4).collect();
    (!rest.is_empty()).then(|| Wish::NoMention(rest.join(" ")))
}

fn holds(text: &str, signs: &[&str]) -> bool {
    signs.iter().any(|sign| text.contains(sign))
}

#[cfg(test)]
mod tests {
    use align::Span;
    use expect_test::{Expect, expect};

    use super::*;

    fn check(feedback: &str, expected: &Expect) {
        expected.assert_eq(&format!("{:?}", find_in_feedback(&Feedback::whole(feedback))));
    }

    #[test]
    fn feedback_is_understood() {
        check(
            "None of the uses are creative. I want ones that surprise a maker, and no closing line.",
            &expect!["[Surprising, NoClosing]"],
        );
        check("Say it in one sentence each.", &expect!["[OneSentence]"]);
        check("Shorter, please.", &expect!["[Shorter]"]);
        check("More creative.", &expect!["[Surprising]"]);
        check("Write for experienced makers.", &expect!["[Register(Expert)]"]);
        check(
            "Too long and too obvious; at most 40 words.",
            &expect!["[Surprising, Shorter, MaxWords(40)]"],
        );
        check(
            "Please answer in German, as a table, and don't mention paper.",
            &expect![[r#"[Language(German), Layout(Table), NoMention("paper")]"#]],
        );
        check(
            "Start with \"Dear reader\" and use a more formal tone",
            &expect![[r#"[Register(Formal), StartWith("Dear reader")]"#]],
        );
        check("I want five instead of three", &expect!["[Count(5)]"]);
        check("Boring!", &expect!["[Surprising]"]);
    }

    #[test]
    fn what_is_not_understood_is_kept_without_braces() {
        check("Think of {my} cat", &expect![[r#"[Other("Think of (my) cat.")]"#]]);
    }

    #[test]
    fn a_span_tells_which_line_is_meant() {
        let span = |exact: &str| {
            let exact = exact.to_owned();
            Some(Span { exact, prefix: String::new(), suffix: String::new() })
        };
        let closing = Feedback { text: "Drop this.".into(), span: span("Let me know if") };
        assert_eq!(find_in_feedback(&closing), [Wish::NoClosing]);
        let opening = Feedback { text: "not needed".into(), span: span("Here are three uses") };
        assert_eq!(find_in_feedback(&opening), [Wish::NoOpening]);
    }
}
