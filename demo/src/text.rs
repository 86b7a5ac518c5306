//! Small tools for English and its neighbours: sentences, numbers, quotes.

use super::wish::Language;

/// Numbers as words, from one.
const NUMBERS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// Splits text into sentences, each trimmed. A line break ends a sentence, too.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    for line in text.lines() {
        let mut start = 0;
        for (place, c) in line.char_indices() {
            let end = place + c.len_utf8();
            let rest = &line[end..];
            let is_end = matches!(c, '.' | '!' | '?')
                && rest
                    .chars()
                    .next()
                    .is_none_or(|next| next.is_whitespace() || "”\"".contains(next))
                && !line[..place].ends_with("a.m")
                && !line[..place].ends_with("p.m")
                && !line[..place].ends_with("e.g");
            if is_end {
                let quote = rest.chars().next().filter(|next| "”\"".contains(*next));
                let end = end + quote.map_or(0, char::len_utf8);
                sentences.push(line[start..end].trim());
                start = end;
            }
        }
        sentences.push(line[start..].trim());
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// The words of a text in lower case, without punctuation around them.
pub(super) fn words(text: &str) -> Vec<String> {
    let words = text.split_whitespace().map(bare).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// A word without punctuation around it.
pub(super) fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The number that a word stands for.
pub(super) fn number(word: &str) -> Option<usize> {
    let word = bare(word);
    let place = NUMBERS.iter().position(|known| known.eq_ignore_ascii_case(word));
    place.map(|place| place + 1).or_else(|| word.parse().ok())
}

/// A number as a word, where it is short.
pub(super) fn number_word(number: usize) -> String {
    let word = number.checked_sub(1).and_then(|place| NUMBERS.get(place));
    word.map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// The first passage in quotes.
pub(super) fn quoted(text: &str) -> Option<&str> {
    let pairs = [('“', '”'), ('"', '"'), ('„', '“'), ('«', '»'), ('‘', '’')];
    let found = pairs.into_iter().filter_map(|(open, close)| {
        let start = text.find(open)? + open.len_utf8();
        let end = start + text[start..].find(close)?;
        (start < end).then_some((start, &text[start..end]))
    });
    found.min_by_key(|(start, _)| *start).map(|(_, passage)| passage.trim())
}

/// The text with its first letter in upper case.
pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The text on one line, at most `limit` characters.
pub(super) fn one_line(text: &str, limit: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// One of several things, by their plural as prompts name them.
pub(super) fn singular(plural: &str) -> &str {
    match plural {
        "activities" => "activity",
        "cities" => "city",
        "recipes" | "advantages" => &plural[..plural.len() - 1],
        plural => plural.strip_suffix('s').unwrap_or(plural),
    }
}

/// Things that come without an article, as they cannot be counted.
const UNCOUNTED: [&str; 40] = [
    "aluminium",
    "bread",
    "cardboard",
    "chalk",
    "clay",
    "coffee",
    "concrete",
    "cotton",
    "dough",
    "dust",
    "flour",
    "foil",
    "glass",
    "glue",
    "gum",
    "ice",
    "junk",
    "metal",
    "milk",
    "money",
    "mud",
    "music",
    "oil",
    "paper",
    "plastic",
    "rice",
    "rubber",
    "salt",
    "sand",
    "snow",
    "soap",
    "soda",
    "steel",
    "string",
    "sugar",
    "tape",
    "tea",
    "vinegar",
    "water",
    "wood",
];

/// A thing with its article, if it is one that needs it: "a paper clip", but "scissors" and "sand".
pub(super) fn with_article(thing: &str) -> String {
    let words: Vec<_> = thing.split_whitespace().collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return thing.to_owned() };
    let is_determined = number(first).is_some()
        || [
            "a", "an", "the", "my", "your", "our", "their", "his", "her", "its", "this", "that",
            "these", "those", "some", "any", "each", "every", "no",
        ]
        .contains(first);
    let is_plural = last.ends_with('s') && !last.ends_with("ss");
    let is_plain = thing.chars().all(|c| c.is_ascii_lowercase() || matches!(c, ' ' | '-'));
    if is_determined || is_plural || !is_plain || words.len() > 3 || UNCOUNTED.contains(last) {
        return thing.to_owned();
    }
    let article = if first.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {thing}")
}

/// The text with an end: a full stop, if it has none.
pub(super) fn closed(text: &str) -> String {
    let end = if text.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{text}{end}")
}

/// Words that give a language away.
const TELLING: [(Language, [&str; 12]); 4] = [
    (
        Language::English,
        ["the", "a", "of", "and", "for", "is", "in", "to", "with", "give", "write", "this"],
    ),
    (
        Language::German,
        [
            "der", "die", "das", "und", "für", "ein", "eine", "drei", "mit", "ist", "nenne",
            "schreibe",
        ],
    ),
    (
        Language::French,
        ["le", "la", "les", "des", "une", "pour", "trois", "est", "avec", "donne", "écris", "du"],
    ),
    (
        Language::Spanish,
        ["el", "los", "las", "una", "para", "tres", "con", "dame", "escribe", "del", "un", "sobre"],
    ),
];

/// The language of a text, as far as common words tell; English if they do not.
pub(super) fn language(text: &str) -> Language {
    let words = words(text);
    let count = |known: &[&str]| words.iter().filter(|word| known.contains(&word.as_str())).count();
    let counts = TELLING.iter().map(|(language, known)| (count(known), *language));
    let best = counts.rev().max_by_key(|(count, _)| *count).filter(|(count, _)| *count > 1);
    best.map(|(_, language)| language).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_marks_and_lines() {
        let text = "At 7 a.m. it is 1.5 m. Say “Yes.” Then go!\nNew line";
        assert_eq!(
            sentences(text),
            ["At 7 a.m. it is 1.5 m.", "Say “Yes.”", "Then go!", "New line"]
        );
    }

    #[test]
    fn numbers_are_read_and_written() {
        assert_eq!(number("Three"), Some(3));
        assert_eq!(number("(15)"), Some(15));
        assert_eq!(number("many"), None);
        assert_eq!(number_word(5), "five");
        assert_eq!(number_word(40), "40");
    }

    #[test]
    fn languages_are_told_apart_by_common_words() {
        assert_eq!(language("Give three uses for the item"), Language::English);
        assert_eq!(language("Schreibe eine Antwort für Kunden"), Language::German);
        assert_eq!(language("Donne trois idées pour une fête"), Language::French);
        assert_eq!(language("Dame tres ideas para una fiesta"), Language::Spanish);
        assert_eq!(language("scissors"), Language::English);
    }

    #[test]
    fn things_get_the_article_they_need() {
        for (thing, expected) in [
            ("paper clip", "a paper clip"),
            ("umbrella", "an umbrella"),
            ("glass", "glass"),
            ("scissors", "scissors"),
            ("a kite", "a kite"),
            ("my hat", "my hat"),
            ("duct tape", "duct tape"),
            ("Big Ben", "Big Ben"),
            ("two bricks", "two bricks"),
            ("“Name a bird”", "“Name a bird”"),
        ] {
            assert_eq!(with_article(thing), expected);
        }
    }

    #[test]
    fn the_first_quote_counts() {
        assert_eq!(quoted("say “a b” or \"c\""), Some("a b"));
        assert_eq!(quoted("it's"), None);
    }
}
