//! Tags of prompts.

use std::collections::BTreeMap;

use align::record::PromptId;

use crate::StoreError;
use crate::columns::Columns;
use crate::sqlite::Connection;

/// Characters of a tag at most; the rest is cut off.
const LENGTH: usize = 40;

/// Replaces the tags of a prompt.
pub(crate) async fn replace(
    connection: &mut Connection,
    id: PromptId,
    tags: &[String],
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM prompt_tags WHERE prompt_id = $1")
        .bind(id.0)
        .execute(&mut *connection)
        .await?;
    for (folded, name) in normalized(tags) {
        let tag = tag_id(connection, &folded, &name).await?;
        sqlx::query("INSERT INTO prompt_tags (prompt_id, tag_id) VALUES ($1, $2)")
            .bind(id.0)
            .bind(tag)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// The tags of a prompt from a column that holds one on each line: a tag has no line breaks.
pub(super) fn read_tags(row: &Columns<'_>) -> Result<Vec<String>, StoreError> {
    Ok(row.lines("tags")?.into_iter().map(str::to_owned).collect())
}

/// What makes two spellings the same tag.
pub(crate) fn folded(tag: &str) -> String {
    one_line(tag).to_lowercase()
}

/// The spelling of a tag in use stays; one that nobody uses takes the new spelling.
async fn tag_id(connection: &mut Connection, folded: &str, name: &str) -> Result<i64, StoreError> {
    let id = sqlx::query_scalar(
        "INSERT INTO tags (folded, name) VALUES ($1, $2)
        ON CONFLICT (folded) DO UPDATE SET name = CASE WHEN tags.prompts = 0 THEN excluded.name ELSE tags.name END
        RETURNING id",
    );
    Ok(id.bind(folded).bind(name).fetch_one(connection).await?)
}

/// Each tag once, by its folded form, in its first spelling.
fn normalized(tags: &[String]) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for tag in tags {
        let name = one_line(tag);
        if !name.is_empty() {
            names.entry(folded(&name)).or_insert(name);
        }
    }
    names
}

fn one_line(tag: &str) -> String {
    let words = tag.split(|c: char| c.is_whitespace() || c.is_control());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    line.chars().take(LENGTH).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(tags: &[&str], expected: &Expect) {
        let tags: Vec<_> = tags.iter().map(|&tag| tag.to_owned()).collect();
        expected.assert_eq(&format!("{:?}", normalized(&tags)));
    }

    #[test]
    fn spaces_and_case_make_no_difference() {
        check(
            &["  To  do ", "to do", "API", "Äpfel", "äpfel", "", " \n"],
            &expect![[r#"{"api": "API", "to do": "To do", "äpfel": "Äpfel"}"#]],
        );
    }

    #[test]
    fn long_tags_are_cut() {
        let long = "x".repeat(39) + " yz";
        assert_eq!(normalized(&[long]).into_values().next().unwrap(), "x".repeat(39));
    }
}
