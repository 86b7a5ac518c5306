//! Appending a version to a history.

use crate::error::missing;
use crate::json::Json;
use crate::prompts::{self, excerpt};
use crate::sqlite::{Connection, search};
use crate::{Noun, StoreError};
use align::Prompt;
use align::record::{
    ModelChoice, Origin, PromptId, Timestamp, Version, VersionNumber, VersionSummary,
};

const INSERT: &str = "
    INSERT INTO versions (prompt_id, number, parent, author, origin, draft_id, restored_from,
        created_at, note, plain_names, system_instructions, text, model_choice)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

/// A version that is appended to a history whose newest one is known.
pub(crate) struct Addition<'a> {
    pub(crate) prompt_id: PromptId,
    pub(crate) newest: Option<VersionNumber>,
    pub(crate) parent: Option<VersionNumber>,
    pub(crate) author: &'a str,
    pub(crate) origin: Origin,
    pub(crate) note: &'a str,
    pub(crate) prompt: &'a Prompt,
    pub(crate) now: Timestamp,
}

/// Appends a version, with the model and settings now in force, and brings the prompt's row and the search up to date with it.
pub(crate) async fn append(
    connection: &mut Connection,
    addition: Addition<'_>,
) -> Result<Version, StoreError> {
    let number = addition.newest.unwrap_or(0) + 1;
    let choice = prompts::models(connection, addition.prompt_id).await?.choice();
    insert(connection, &addition, number, &choice).await?;
    sqlx::query(
        "UPDATE prompts SET newest_version = $2, excerpt = $3, author = $4, updated_at = $5
        WHERE id = $1",
    )
    .bind(addition.prompt_id.0)
    .bind(i64::from(number))
    .bind(excerpt(addition.prompt))
    .bind(addition.author)
    .bind(addition.now)
    .execute(&mut *connection)
    .await?;
    search::index(connection, addition.prompt_id).await?;
    let summary = VersionSummary {
        prompt_id: addition.prompt_id,
        number,
        parent: addition.parent,
        author: addition.author.to_owned(),
        origin: addition.origin,
        note: addition.note.to_owned(),
        created_at: addition.now,
        model_choice: Some(choice),
    };
    Ok(Version { summary, prompt: addition.prompt.clone() })
}

async fn insert(
    connection: &mut Connection,
    addition: &Addition<'_>,
    number: VersionNumber,
    choice: &ModelChoice,
) -> Result<(), StoreError> {
    let (origin, draft, from) = match addition.origin {
        Origin::Typed => ("typed", None, None),
        Origin::DraftAccepted { draft } => ("draft_accepted", Some(draft.0), None),
        Origin::Restored { from } => ("restored", None, Some(from)),
    };
    let Prompt { system_instructions, text, plain_names } = addition.prompt;
    check_earlier(addition, [addition.parent, from])?;
    sqlx::query(INSERT)
        .bind(addition.prompt_id.0)
        .bind(i64::from(number))
        .bind(addition.parent.map(i64::from))
        .bind(addition.author)
        .bind(origin)
        .bind(draft)
        .bind(from.map(i64::from))
        .bind(addition.now)
        .bind(addition.note)
        .bind(Json(plain_names))
        .bind(system_instructions)
        .bind(text)
        .bind(Json(choice))
        .execute(connection)
        .await
        .map_err(|error| missing(error, source(addition)))?;
    Ok(())
}

/// What a broken foreign key points at.
fn source(addition: &Addition<'_>) -> Noun {
    match addition.origin {
        Origin::DraftAccepted { draft } => Noun::Draft(draft),
        Origin::Typed | Origin::Restored { .. } => Noun::Prompt(addition.prompt_id),
    }
}

/// Versions have no gaps, so those that exist are 1 to the newest.
fn check_earlier(
    addition: &Addition<'_>,
    earlier: [Option<VersionNumber>; 2],
) -> Result<(), StoreError> {
    let known = 1..=addition.newest.unwrap_or(0);
    match earlier.into_iter().flatten().find(|number| !known.contains(number)) {
        Some(number) => {
            Err(StoreError::NotFound { noun: Noun::Version(addition.prompt_id, number) })
        }
        None => Ok(()),
    }
}
