//! Restoring an earlier version: one transaction keeps what is typed, makes the version and brings the
//! author's working copy along, or nothing happens.

use align::record::{Origin, PromptId, SeenText, Timestamp, Version, VersionNumber};

use super::append::{Addition, append};
use super::find;
use super::replaced::{Replaced, keep};
use crate::{Noun, Store, StoreError, prompts, working_copies};

const KEPT_NOTE: &str = "Unsaved edits kept before restoring";

/// The wish to restore an earlier version.
#[derive(Clone, Debug)]
pub struct RestoreVersion {
    /// The prompt.
    pub prompt_id: PromptId,
    /// The version whose text becomes the newest one's.
    pub number: VersionNumber,
    /// Who restores it.
    pub author: String,
    /// What the author's page shows as typed; `None` where nothing is typed on that page.
    pub seen: Option<SeenText>,
    /// The time.
    pub now: Timestamp,
}

/// What restoring made.
#[derive(Clone, Debug, PartialEq)]
pub struct RestoredVersion {
    /// The versions that keep what was typed and would be lost, oldest first.
    pub kept: Vec<Version>,
    /// The version with the restored text.
    pub version: Version,
}

impl Store {
    /// Makes a version with the text of an earlier one. What is typed and nowhere saved becomes a version
    /// first.
    pub async fn restore_version(
        &self,
        restore: RestoreVersion,
    ) -> Result<RestoredVersion, StoreError> {
        let RestoreVersion { prompt_id, number, author, seen, now } = restore;
        let missing = || StoreError::NotFound { noun: Noun::Version(prompt_id, number) };
        let mut write = self.write().await?;
        let newest = prompts::newest(&mut *write, prompt_id).await?.ok_or_else(missing)?;
        let old = find(&mut *write, prompt_id, number).await?.ok_or_else(missing)?;
        let replaced = Replaced {
            prompt_id,
            newest,
            author: &author,
            seen: seen.as_ref(),
            by: &old.prompt,
            note: KEPT_NOTE,
            now,
        };
        let kept = keep(&mut write, replaced).await?;
        let addition = Addition {
            prompt_id,
            newest: Some(kept.last().map_or(newest, |version| version.summary.number)),
            parent: Some(number),
            author: &author,
            origin: Origin::Restored { from: number },
            note: &format!("Restored from v{number}"),
            prompt: &old.prompt,
            now,
        };
        let version = append(&mut write, addition).await?;
        working_copies::follow(&mut write, &author, &version, now).await?;
        write.commit().await?;
        Ok(RestoredVersion { kept, version })
    }
}
