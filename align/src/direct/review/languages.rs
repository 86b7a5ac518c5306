//! Which language and script a text is written in, as far as it is plain.

/// Writing systems that a draft must not change between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Script {
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Devanagari,
    Thai,
    Hangul,
    Kana,
    Han,
}

/// Frequent short words that other languages written in Latin letters hardly have.
const STOP_WORDS: [(&str, &[&str]); 8] = [
    (
        "English",
        &["the", "and", "of", "to", "you", "is", "for", "with", "your", "that", "this", "are"],
    ),
    (
        "German",
        &[
            "der", "die", "das", "und", "nicht", "ein", "eine", "mit", "für", "ist", "auf", "du",
            "den",
        ],
    ),
    (
        "French",
        &["le", "les", "des", "et", "une", "est", "pour", "dans", "vous", "avec", "sur", "du"],
    ),
    ("Spanish", &["el", "los", "las", "y", "una", "es", "para", "por", "con", "del", "tu", "que"]),
    ("Italian", &["il", "gli", "di", "è", "una", "per", "con", "della", "che", "non", "sono"]),
    (
        "Portuguese",
        &["o", "os", "um", "uma", "não", "para", "com", "do", "da", "em", "você", "que"],
    ),
    ("Dutch", &["het", "een", "en", "van", "niet", "je", "voor", "met", "zijn", "dat", "op"]),
    ("Turkish", &["ve", "bir", "bu", "için", "ile", "olarak", "olan", "daha", "gibi"]),
];

/// Letters from which a script is plain.
const PLAIN_LETTERS: usize = 8;

/// Stop words from which a language is plain.
const PLAIN_WORDS: usize = 4;

/// The script of most letters. Japanese mixes Han with Kana: some Kana make it Kana.
pub(super) fn script(text: &str) -> Option<Script> {
    let mut counts = std::collections::BTreeMap::new();
    for script in text.chars().filter_map(script_of) {
        *counts.entry(script).or_insert(0_usize) += 1;
    }
    let kana = counts.get(&Script::Kana).copied().unwrap_or_default();
    let han = counts.get(&Script::Han).copied().unwrap_or_default();
    if kana * 10 > han {
        counts.insert(Script::Kana, kana + han);
        counts.remove(&Script::Han);
    }
    let (script, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count >= PLAIN_LETTERS).then_some(script)
}

/// The language of a text in Latin letters, by its stop words; `None` if two are close.
pub(super) fn language(words: &[String]) -> Option<&'static str> {
    let hits = |stop_words: &[&str]| {
        words.iter().filter(|word| stop_words.contains(&word.as_str())).count()
    };
    let mut scores: Vec<_> = STOP_WORDS.iter().map(|(name, list)| (hits(list), *name)).collect();
    scores.sort_unstable_by(|a, b| b.cmp(a));
    let (best, second) = (scores[0], scores[1]);
    (best.0 >= PLAIN_WORDS && best.0 >= 2 * second.0).then_some(best.1)
}

fn script_of(c: char) -> Option<Script> {
    Some(match u32::from(c) {
        0x41..=0x5A | 0x61..=0x7A | 0xC0..=0x24F | 0x1E00..=0x1EFF => Script::Latin,
        0x370..=0x3FF => Script::Greek,
        0x400..=0x52F => Script::Cyrillic,
        0x5D0..=0x5EA => Script::Hebrew,
        0x620..=0x6FF => Script::Arabic,
        0x900..=0x97F => Script::Devanagari,
        0xE01..=0xE5B => Script::Thai,
        0x1100..=0x11FF | 0xAC00..=0xD7AF => Script::Hangul,
        0x3041..=0x30FF => Script::Kana,
        0x3400..=0x9FFF => Script::Han,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::lower_words;

    #[test]
    fn scripts_and_languages_are_told_apart() {
        assert_eq!(script("Напиши три примера"), Some(Script::Cyrillic));
        assert_eq!(script("次の文を英語に翻訳してください"), Some(Script::Kana));
        assert_eq!(script("把这段文字翻译成英文"), Some(Script::Han));
        assert_eq!(script("123 {}"), None);
        let language = |text| language(&lower_words(text));
        assert_eq!(
            language("Give the reader three uses of the item and say which is best for you."),
            Some("English")
        );
        assert_eq!(
            language("Nenne drei Verwendungen für das Ding und sag, welche die beste ist."),
            Some("German")
        );
        assert_eq!(language("Three uses: item"), None);
    }
}
