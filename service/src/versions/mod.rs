//! Versions: save, list, restore.

use align::Prompt;
use align::record::{Event, PromptId, SeenText, Version, VersionNumber, VersionSummary};
use store::{NewVersion, RestoreVersion, RestoredVersion, SavedVersion};

use crate::access::UseCase;
use crate::clock::now;
use crate::error::ServiceError;
use crate::studio::detached;
use crate::{Caller, Studio, UseCases, limits};

/// Versions of one answer at most.
const MAX_LISTED: u32 = 200;

/// Typed text to save as a version.
#[derive(Clone, Debug, PartialEq)]
pub struct SaveVersion {
    /// The prompt.
    pub prompt_id: PromptId,
    /// The text.
    pub prompt: Prompt,
    /// The version the typing started from.
    pub base: Option<VersionNumber>,
    /// What the author says about it.
    pub note: String,
}

impl UseCases {
    /// Saves typed text as a version; text equal to the newest version makes none.
    pub async fn save_version(&self, save: SaveVersion) -> Result<SavedVersion, ServiceError> {
        let studio = self.allow(UseCase::SaveVersion)?;
        limits::not_blank(&save.prompt)?;
        limits::note(&save.note)?;
        studio.save_typed(self.caller(), save).await
    }

    /// The versions before `before` (or the newest ones), newest first, at most 200.
    pub async fn versions(
        &self,
        id: PromptId,
        before: Option<VersionNumber>,
        limit: u32,
    ) -> Result<Vec<VersionSummary>, ServiceError> {
        Ok(self
            .allow(UseCase::Versions)?
            .shared
            .store
            .versions(id, before, limit.min(MAX_LISTED))
            .await?)
    }

    /// One version.
    pub async fn version(
        &self,
        id: PromptId,
        number: VersionNumber,
    ) -> Result<Version, ServiceError> {
        self.allow(UseCase::Version)?.version(id, number).await
    }

    /// The newest version, in the same time however long the history is.
    pub async fn newest_version(&self, id: PromptId) -> Result<Version, ServiceError> {
        let studio = self.allow(UseCase::NewestVersion)?;
        let version = studio.shared.store.living_newest_version(id).await?;
        version.ok_or_else(|| ServiceError::missing("version"))
    }

    /// Makes a new version with the text of an earlier one. `seen` is what the caller's page shows as
    /// typed, `None` where nothing is typed on that page; what of it, or of what another page saved
    /// meanwhile, is nowhere saved becomes a version first.
    pub async fn restore_version(
        &self,
        prompt_id: PromptId,
        number: VersionNumber,
        seen: Option<SeenText>,
    ) -> Result<RestoredVersion, ServiceError> {
        let studio = self.allow(UseCase::RestoreVersion)?;
        seen.as_ref().map_or(Ok(()), |seen| limits::prompt(&seen.prompt))?;
        let author = self.caller().name().to_owned();
        let restore = RestoreVersion { prompt_id, number, author, seen, now: now() };
        let studio = studio.clone();
        detached(async move { studio.restore(restore).await }).await
    }
}

impl Studio {
    /// Restores and tells everyone.
    async fn restore(&self, restore: RestoreVersion) -> Result<RestoredVersion, ServiceError> {
        let RestoreVersion { prompt_id, author, .. } = restore.clone();
        let restored = self.shared.store.restore_version(restore).await?;
        restored.kept.iter().for_each(|kept| self.tell_version(kept));
        self.tell_version(&restored.version);
        self.tell_working_copy(prompt_id, &author).await;
        Ok(restored)
    }

    pub(crate) async fn version(
        &self,
        id: PromptId,
        number: VersionNumber,
    ) -> Result<Version, ServiceError> {
        let version = self.shared.store.version(id, number).await?;
        version.ok_or_else(|| ServiceError::missing("version"))
    }

    /// Saves typed text, if it differs from the newest version, and tells everyone.
    pub(crate) async fn save_typed(
        &self,
        caller: &Caller,
        save: SaveVersion,
    ) -> Result<SavedVersion, ServiceError> {
        limits::prompt(&save.prompt)?;
        let SaveVersion { prompt_id, prompt, base, note } = save;
        let parent = match base {
            Some(base) => Some(base),
            None => self.shared.store.newest_version(prompt_id).await?.map(|it| it.summary.number),
        };
        let author = caller.name().to_owned();
        let new = NewVersion { prompt_id, parent, author, note, prompt, now: now() };
        let saved = self.shared.store.save_version(new).await?;
        if saved.is_new {
            self.tell_version(&saved.version);
        }
        Ok(saved)
    }

    pub(crate) fn tell_version(&self, version: &Version) {
        let event = Event::Version(Box::new(version.clone()));
        self.shared.hub.publish(version.summary.prompt_id, event);
    }
}
