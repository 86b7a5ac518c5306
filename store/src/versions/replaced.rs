//! Keeping typed text that gives way to a version.

use align::Prompt;
use align::record::{Origin, PromptId, SeenText, Timestamp, Version, VersionNumber};

use super::SELECT_SAME;
use super::append::{Addition, append};
use crate::json::Json;
use crate::sqlite::{Connection, Executor};
use crate::{StoreError, working_copies};

/// The typed text of `author` that gives way to `by`.
pub(crate) struct Replaced<'a> {
    pub(crate) prompt_id: PromptId,
    pub(crate) newest: VersionNumber,
    pub(crate) author: &'a str,
    /// What the page that asks for it shows; `None` where it is not typed on that page.
    pub(crate) seen: Option<&'a SeenText>,
    pub(crate) by: &'a Prompt,
    /// What the versions say that keep it.
    pub(crate) note: &'a str,
    pub(crate) now: Timestamp,
}

/// Makes versions of what would be lost: of the stored working copy, where another page saved it after
/// the last save that this page knows of, and of what this page shows. Text that a version holds, or that
/// says the same as `by`, is not lost.
pub(crate) async fn keep(
    connection: &mut Connection,
    replaced: Replaced<'_>,
) -> Result<Vec<Version>, StoreError> {
    let Replaced { prompt_id, newest, author, seen, by, note, now } = replaced;
    let stored = working_copies::find(&mut *connection, prompt_id, author).await?;
    let unseen = stored.filter(|copy| seen.is_none_or(|seen| seen.revision < copy.revision));
    let texts = [unseen.as_ref().map(|copy| &copy.prompt), seen.map(|seen| &seen.prompt)];
    let mut kept: Vec<Version> = Vec::new();
    for prompt in texts.into_iter().flatten() {
        let is_nothing = prompt.is_blank() || prompt == by;
        if is_nothing || is_a_version(&mut *connection, prompt_id, prompt).await? {
            continue;
        }
        let last = kept.last().map_or(newest, |version| version.summary.number);
        let addition = Addition {
            prompt_id,
            newest: Some(last),
            parent: Some(newest),
            author,
            origin: Origin::Typed,
            note,
            prompt,
            now,
        };
        kept.push(append(connection, addition).await?);
    }
    Ok(kept)
}

/// Whether a version of the prompt says exactly this.
pub(crate) async fn is_a_version(
    executor: impl Executor<'_>,
    id: PromptId,
    prompt: &Prompt,
) -> Result<bool, StoreError> {
    let Prompt { system_instructions, text, plain_names } = prompt;
    let found = sqlx::query(SELECT_SAME)
        .bind(id.0)
        .bind(text)
        .bind(system_instructions)
        .bind(Json(plain_names))
        .fetch_optional(executor)
        .await?;
    Ok(found.is_some())
}
