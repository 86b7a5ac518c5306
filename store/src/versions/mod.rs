//! Versions: immutable, numbered from 1 without gaps.

use align::Prompt;
use align::record::{DraftId, Origin, PromptId, Timestamp, Version, VersionNumber, VersionSummary};
use sqlx::sqlite::SqliteRow;
use sqlx::types::Json;
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::columns::{Columns, Table};
use crate::error::missing;
use crate::excerpt::excerpt;
use crate::{Store, StoreError, prompts, search};

static VERSIONS: Table = Table { name: "versions", key: &["prompt_id", "number"] };

pub(crate) const SELECT_VERSION: &str =
    "SELECT * FROM versions WHERE prompt_id = ?1 AND number = ?2";

pub(crate) const SELECT_NEWEST: &str = "
    SELECT versions.* FROM prompts
    JOIN versions ON versions.prompt_id = prompts.id AND number = newest_version
    WHERE prompts.id = ?1";

pub(crate) const SELECT_LIVING_NEWEST: &str = "
    SELECT versions.* FROM prompts
    JOIN versions ON versions.prompt_id = prompts.id AND number = newest_version
    WHERE prompts.id = ?1 AND deleted_at IS NULL";

/// Leaves the texts out: a page of the history does not load them.
pub(crate) const SELECT_SUMMARIES: &str = "
    SELECT prompt_id, number, parent, author, origin, draft_id, restored_from, created_at, note
    FROM versions WHERE prompt_id = ?1 AND number < ?2 ORDER BY number DESC LIMIT ?3";

const INSERT: &str = "
    INSERT INTO versions (prompt_id, number, parent, author, origin, draft_id, restored_from,
        created_at, note, plain_names, system_instructions, text)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";

/// A version to be made.
#[derive(Clone, Debug)]
pub struct NewVersion {
    /// The prompt.
    pub prompt_id: PromptId,
    /// The version it was made from; `None` for the first.
    pub parent: Option<VersionNumber>,
    /// Who causes it.
    pub author: String,
    /// Where it comes from.
    pub origin: Origin,
    /// What is said about it; may be empty.
    pub note: String,
    /// Its text.
    pub prompt: Prompt,
    /// The time.
    pub now: Timestamp,
}

/// What saving gave.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedVersion {
    /// The version that holds the text.
    pub version: Version,
    /// Whether it was made now; else the newest version held this text already.
    pub is_new: bool,
}

impl Store {
    /// Makes the next version. A typed text equal to the newest version's makes none.
    pub async fn save_version(&self, new: NewVersion) -> Result<SavedVersion, StoreError> {
        // Running again what was not changed is the usual case, and takes no turn to write.
        if let Some(version) = unchanged(self.readers(), &new).await? {
            return Ok(SavedVersion { version, is_new: false });
        }
        let mut write = self.write().await?;
        let newest = prompts::newest(&mut *write, new.prompt_id).await?;
        if let Some(version) = unchanged(&mut *write, &new).await? {
            return Ok(SavedVersion { version, is_new: false });
        }
        let addition = Addition {
            prompt_id: new.prompt_id,
            newest,
            parent: new.parent,
            author: &new.author,
            origin: new.origin,
            note: &new.note,
            prompt: &new.prompt,
            now: new.now,
        };
        let version = append(&mut write, addition).await?;
        write.commit().await?;
        Ok(SavedVersion { version, is_new: true })
    }

    /// Lists versions older than `before` (all for `None`), newest first, without their texts.
    pub async fn versions(
        &self,
        id: PromptId,
        before: Option<VersionNumber>,
        limit: u32,
    ) -> Result<Vec<VersionSummary>, StoreError> {
        let before = before.map_or(i64::MAX, i64::from);
        let rows = sqlx::query(SELECT_SUMMARIES).bind(id.0).bind(before).bind(limit);
        let rows = rows.fetch_all(self.readers()).await?;
        rows.iter().map(|row| read_summary(&Columns::new(row, &VERSIONS))).collect()
    }

    /// Reads one version.
    pub async fn version(
        &self,
        id: PromptId,
        number: VersionNumber,
    ) -> Result<Option<Version>, StoreError> {
        let row = sqlx::query(SELECT_VERSION).bind(id.0).bind(number);
        row.fetch_optional(self.readers()).await?.as_ref().map(read).transpose()
    }

    /// Reads the newest version, in the same time however long the history is.
    pub async fn newest_version(&self, id: PromptId) -> Result<Option<Version>, StoreError> {
        find_newest(self.readers(), id).await
    }

    /// The same, `None` also for a prompt that was deleted.
    pub async fn living_newest_version(&self, id: PromptId) -> Result<Option<Version>, StoreError> {
        find_living_newest(self.readers(), id).await
    }
}

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

/// Appends a version and brings the prompt's row and the search up to date with it.
pub(crate) async fn append(
    connection: &mut SqliteConnection,
    addition: Addition<'_>,
) -> Result<Version, StoreError> {
    let number = addition.newest.unwrap_or(0) + 1;
    insert(connection, &addition, number).await?;
    sqlx::query(
        "UPDATE prompts SET newest_version = ?2, excerpt = ?3, author = ?4, updated_at = ?5
        WHERE id = ?1",
    )
    .bind(addition.prompt_id.0)
    .bind(number)
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
    };
    Ok(Version { summary, prompt: addition.prompt.clone() })
}

/// The newest version, if there is one.
pub(crate) async fn find_newest(
    executor: impl SqliteExecutor<'_>,
    id: PromptId,
) -> Result<Option<Version>, StoreError> {
    let row = sqlx::query(SELECT_NEWEST).bind(id.0).fetch_optional(executor).await?;
    row.as_ref().map(read).transpose()
}

async fn find_living_newest(
    executor: impl SqliteExecutor<'_>,
    id: PromptId,
) -> Result<Option<Version>, StoreError> {
    let row = sqlx::query(SELECT_LIVING_NEWEST).bind(id.0).fetch_optional(executor).await?;
    row.as_ref().map(read).transpose()
}

/// The newest version, if it says what is to be saved as typed text.
async fn unchanged(
    executor: impl SqliteExecutor<'_>,
    new: &NewVersion,
) -> Result<Option<Version>, StoreError> {
    if new.origin != Origin::Typed {
        return Ok(None);
    }
    let newest = find_living_newest(executor, new.prompt_id).await?;
    Ok(newest.filter(|version| version.prompt == new.prompt))
}

/// Names a version in errors.
pub(crate) fn named(id: PromptId, number: VersionNumber) -> String {
    format!("version {number} of prompt {id}")
}

async fn insert(
    connection: &mut SqliteConnection,
    addition: &Addition<'_>,
    number: VersionNumber,
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
        .bind(number)
        .bind(addition.parent)
        .bind(addition.author)
        .bind(origin)
        .bind(draft)
        .bind(from)
        .bind(addition.now)
        .bind(addition.note)
        .bind(Json(plain_names))
        .bind(system_instructions)
        .bind(text)
        .execute(connection)
        .await
        .map_err(|error| missing(error, || "the draft of the version".to_owned()))?;
    Ok(())
}

/// Versions have no gaps, so those that exist are 1 to the newest.
fn check_earlier(
    addition: &Addition<'_>,
    earlier: [Option<VersionNumber>; 2],
) -> Result<(), StoreError> {
    let known = 1..=addition.newest.unwrap_or(0);
    match earlier.into_iter().flatten().find(|number| !known.contains(number)) {
        Some(number) => Err(StoreError::not_found(named(addition.prompt_id, number))),
        None => Ok(()),
    }
}

fn read(row: &SqliteRow) -> Result<Version, StoreError> {
    let row = Columns::new(row, &VERSIONS);
    let prompt = Prompt {
        system_instructions: row.get("system_instructions")?,
        text: row.get("text")?,
        plain_names: row.json("plain_names")?,
    };
    Ok(Version { summary: read_summary(&row)?, prompt })
}

fn read_summary(row: &Columns<'_>) -> Result<VersionSummary, StoreError> {
    Ok(VersionSummary {
        prompt_id: PromptId(row.get("prompt_id")?),
        number: row.get("number")?,
        parent: row.get("parent")?,
        author: row.get("author")?,
        origin: read_origin(row)?,
        note: row.get("note")?,
        created_at: row.get("created_at")?,
    })
}

fn read_origin(row: &Columns<'_>) -> Result<Origin, StoreError> {
    match row.get("origin")? {
        "typed" => Ok(Origin::Typed),
        "draft_accepted" => Ok(Origin::DraftAccepted { draft: DraftId(row.get("draft_id")?) }),
        "restored" => Ok(Origin::Restored { from: row.get("restored_from")? }),
        _ => Err(row.corrupt("origin", "not an origin")),
    }
}
