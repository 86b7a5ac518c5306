//! Search: what is indexed of a prompt and of its runs, and what a person's words ask for.
//!
//! SQLite's tokenizer finds words by the spaces and signs between them, ignoring case and accents.
//! Scripts that write without spaces (Chinese, Japanese, Korean, Thai, …) are split into single
//! characters before they are indexed and before they are searched, and a searched word becomes a
//! phrase of them: so any part of such a text is found, from one character on.

mod runs;

use align::record::PromptId;
use sqlx::SqliteConnection;

#[cfg(test)]
pub(crate) use self::runs::SELECT_TO_INDEX;
pub(crate) use self::runs::{excerpt_of_output, index_ended_runs, index_run, select_runs_by_words};
use crate::StoreError;
use crate::columns::Columns;
use crate::prompts::PROMPTS;

/// More of a search than this is ignored; SQLite limits the depth of its expressions.
const MAX_WORDS: usize = 24;
const MAX_CHARS: usize = 400;

/// Selects the prompts in which an FTS5 expression, bound as `$1`, is found.
macro_rules! select_by_words {
    () => {
        "SELECT rowid FROM prompt_search WHERE prompt_search MATCH $1"
    };
}
pub(crate) use select_by_words;

const SELECT_TEXTS: &str = "
    SELECT prompts.id, title, system_instructions, text, deleted_at,
        (SELECT group_concat(name, ' ') FROM prompt_tags JOIN tags ON tags.id = tag_id
            WHERE prompt_tags.prompt_id = prompts.id) AS tag_names,
        (SELECT group_concat(prompt ->> '$.text' || ' ' || (prompt ->> '$.system_instructions'), ' ')
            FROM working_copies WHERE working_copies.prompt_id = prompts.id) AS typed
    FROM prompts
    LEFT JOIN versions ON versions.prompt_id = prompts.id AND number = newest_version
    WHERE prompts.id = ?1";

/// What a person's words ask for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Search {
    /// Everything.
    All,
    /// An FTS5 expression: every word, the last one as a prefix unless a sign ends it: `c++` does
    /// not look for every word that begins with c.
    Words(String),
    /// Signs alone, e.g. `{}` or an emoji, which no word index knows: this exact text in a title,
    /// an excerpt or a tag.
    Signs(String),
}

impl Search {
    /// Reads what was typed; every input is a search.
    pub(crate) fn parse(input: &str) -> Self {
        let input: String = input.chars().take(MAX_CHARS).map(without_control).collect();
        let words: Vec<&str> = input.split_whitespace().collect();
        let mut phrases: Vec<String> = words
            .iter()
            .filter(|word| word.contains(char::is_alphanumeric))
            .take(MAX_WORDS)
            .map(|word| phrase(word))
            .collect();
        match phrases.last_mut() {
            Some(last) => {
                if !input.trim_end().ends_with(|c: char| c.is_ascii_punctuation()) {
                    last.push('*');
                }
                Self::Words(phrases.join(" "))
            }
            None if words.is_empty() => Self::All,
            None => Self::Signs(words.join(" ")),
        }
    }
}

/// Brings the search index of one prompt up to date with what the transaction has written.
pub(crate) async fn index(
    connection: &mut SqliteConnection,
    id: PromptId,
) -> Result<(), StoreError> {
    let row = sqlx::query(SELECT_TEXTS).bind(id.0).fetch_one(&mut *connection).await?;
    let row = Columns::new(&row, &PROMPTS);
    if row.get::<Option<i64>>("deleted_at")?.is_some() {
        sqlx::query("DELETE FROM prompt_search WHERE rowid = ?1")
            .bind(id.0)
            .execute(connection)
            .await?;
        return Ok(());
    }
    let [title, text, system_instructions, tags, typed] =
        ["title", "text", "system_instructions", "tag_names", "typed"]
            .map(|column| row.get::<Option<&str>>(column).map(Option::unwrap_or_default));
    sqlx::query(
        "INSERT OR REPLACE INTO prompt_search (rowid, title, body, tags) VALUES (?1, ?2, ?3, ?4)",
    )
    .bind(id.0)
    .bind(spaced(title?))
    .bind(spaced(&format!("{}\n{}\n{}", text?, system_instructions?, typed?)))
    .bind(spaced(tags?))
    .execute(connection)
    .await?;
    Ok(())
}

/// Quotes one word: inside quotes FTS5 has no operators, only words.
fn phrase(word: &str) -> String {
    format!("\"{}\"", spaced(&word.replace('"', " ")).trim())
}

/// Puts spaces around the characters of scripts that have none.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    for character in text.chars().map(without_control) {
        if is_written_without_spaces(character) {
            out.extend([' ', character, ' ']);
        } else {
            out.push(character);
        }
    }
    out
}

fn without_control(character: char) -> char {
    if character.is_control() { ' ' } else { character }
}

/// Ranges of the Unicode blocks; Korean has spaces, but its particles cling to the words.
fn is_written_without_spaces(character: char) -> bool {
    matches!(u32::from(character),
        0x0E00..=0x0EFF     // Thai, Lao
        | 0x1000..=0x109F   // Myanmar
        | 0x1100..=0x11FF   // Hangul Jamo
        | 0x1780..=0x17FF   // Khmer
        | 0x2E80..=0x2FDF   // CJK radicals
        | 0x3005..=0x3007   // iteration mark, ideographic zero
        | 0x3040..=0x30FF   // Hiragana, Katakana
        | 0x3100..=0x31FF   // Bopomofo, Hangul compatibility Jamo, Katakana extensions
        | 0x3400..=0x4DBF   // CJK extension A
        | 0x4E00..=0x9FFF   // CJK
        | 0xA960..=0xA97F   // Hangul Jamo extended
        | 0xAC00..=0xD7FF   // Hangul
        | 0xF900..=0xFAFF   // CJK compatibility
        | 0xFF66..=0xFF9F   // halfwidth Katakana
        | 0x20000..=0x3FFFF // CJK extensions
    )
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(input: &str, expected: &Expect) {
        expected.assert_eq(&format!("{:?}", Search::parse(input)));
    }

    #[test]
    fn words_are_quoted_and_the_last_is_a_prefix() {
        check("shopping list", &expect![[r#"Words("\"shopping\" \"list\"*")"#]]);
        check("c++", &expect![[r#"Words("\"c++\"")"#]]);
        check("  ", &expect!["All"]);
    }

    #[test]
    fn operators_are_words() {
        check("a OR b", &expect![[r#"Words("\"a\" \"OR\" \"b\"*")"#]]);
        check("NEAR(a b", &expect![[r#"Words("\"NEAR(a\" \"b\"*")"#]]);
        check("title:x*", &expect![[r#"Words("\"title:x*\"")"#]]);
        check("say \"hi\"\0 ^-", &expect![[r#"Words("\"say\" \"hi\"")"#]]);
    }

    #[test]
    fn scripts_without_spaces_become_phrases() {
        check("買い物 list", &expect![[r#"Words("\"買  い  物\" \"list\"*")"#]]);
    }

    #[test]
    fn signs_alone_are_taken_literally() {
        check(" {}  🙂 ", &expect![[r#"Signs("{} 🙂")"#]]);
    }

    #[test]
    fn long_input_is_cut() {
        let Search::Words(words) = Search::parse(&"word ".repeat(10_000)) else { panic!() };
        assert_eq!(words.split(' ').count(), MAX_WORDS);
    }
}
