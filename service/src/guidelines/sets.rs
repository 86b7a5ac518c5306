//! Guideline sets: save a list under a name, apply it to another prompt.

use align::record::{Guideline, GuidelineSet, GuidelineSetId, PromptId, Replace};

use crate::access::UseCase;
use crate::clock::now;
use crate::error::ServiceError;
use crate::{UseCases, limits};

impl UseCases {
    /// Every set with the prompts that use it, by name.
    pub async fn guideline_sets(&self) -> Result<Vec<GuidelineSet>, ServiceError> {
        Ok(self.allow(UseCase::GuidelineSets)?.shared.store.guideline_sets().await?)
    }

    /// Saves the guidelines of a prompt, in their order, as a set; answers all sets.
    pub async fn save_guideline_set(
        &self,
        name: &str,
        id: PromptId,
        replace: Replace,
    ) -> Result<Vec<GuidelineSet>, ServiceError> {
        let studio = self.allow(UseCase::SaveGuidelineSet)?;
        let name = limits::set_name(name)?;
        limits::some_to_save(&studio.shared.store.guidelines(id).await?)?;
        let author = self.caller().name();
        Ok(studio.shared.store.save_guideline_set(&name, id, replace, author, now()).await?)
    }

    /// Adds the guidelines of a set to a prompt, except those that it has.
    pub async fn apply_guideline_set(
        &self,
        set: GuidelineSetId,
        id: PromptId,
    ) -> Result<Vec<Guideline>, ServiceError> {
        let studio = self.allow(UseCase::ApplyGuidelineSet)?;
        let texts = studio.shared.store.guideline_set(set).await?.texts;
        limits::more_guidelines(studio.shared.store.guidelines(id).await?.len(), texts.len())?;
        let author = self.caller().name();
        let list = studio.shared.store.apply_guideline_set(set, id, author, now()).await?;
        Ok(studio.tell_guidelines(list))
    }

    /// Deletes a set; guidelines that came with it stay. Answers the other sets.
    pub async fn delete_guideline_set(
        &self,
        id: GuidelineSetId,
    ) -> Result<Vec<GuidelineSet>, ServiceError> {
        Ok(self.allow(UseCase::DeleteGuidelineSet)?.shared.store.delete_guideline_set(id).await?)
    }
}
