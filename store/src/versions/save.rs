//! Saving typed text as a version.

use align::Prompt;
use align::record::{Origin, PromptId, Timestamp, Version, VersionNumber};

use super::append::{Addition, append};
use super::find_living_newest;
use crate::sqlite::Executor;
use crate::{Store, StoreError, prompts};

/// Typed text that becomes a version.
#[derive(Clone, Debug)]
pub struct NewVersion {
    /// The prompt.
    pub prompt_id: PromptId,
    /// The version it was made from; `None` for the first.
    pub parent: Option<VersionNumber>,
    /// Who causes it.
    pub author: String,
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
    /// Makes the next version. A text equal to the newest version's makes none.
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
            origin: Origin::Typed,
            note: &new.note,
            prompt: &new.prompt,
            now: new.now,
        };
        let version = append(&mut write, addition).await?;
        write.commit().await?;
        Ok(SavedVersion { version, is_new: true })
    }
}

/// The newest version, if it says what is to be saved.
async fn unchanged(
    executor: impl Executor<'_>,
    new: &NewVersion,
) -> Result<Option<Version>, StoreError> {
    let newest = find_living_newest(executor, new.prompt_id).await?;
    Ok(newest.filter(|version| version.prompt == new.prompt))
}
