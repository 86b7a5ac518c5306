//! Guideline sets: save a list under a name, apply it to another prompt.

use align::record::{Guideline, GuidelineSet, GuidelineSetId, PromptId, Replace};

use crate::clock::now;
use crate::error::ServiceError;
use crate::{Studio, limits};

impl Studio {
    /// Every set with the prompts that use it, by name.
    pub async fn guideline_sets(&self) -> Result<Vec<GuidelineSet>, ServiceError> {
        Ok(self.shared.store.guideline_sets().await?)
    }

    /// Saves the guidelines of a prompt, in their order, as a set; answers all sets.
    pub async fn save_guideline_set(
        &self,
        author: &str,
        name: &str,
        id: PromptId,
        replace: Replace,
    ) -> Result<Vec<GuidelineSet>, ServiceError> {
        let name = limits::set_name(name)?;
        limits::some_to_save(&self.shared.store.guidelines(id).await?)?;
        Ok(self.shared.store.save_guideline_set(&name, id, replace, author, now()).await?)
    }

    /// Adds the guidelines of a set to a prompt, except those that it has.
    pub async fn apply_guideline_set(
        &self,
        author: &str,
        set: GuidelineSetId,
        id: PromptId,
    ) -> Result<Vec<Guideline>, ServiceError> {
        let texts = self.shared.store.guideline_set(set).await?.texts;
        limits::more_guidelines(self.shared.store.guidelines(id).await?.len(), texts.len())?;
        Ok(self.told(self.shared.store.apply_guideline_set(set, id, author, now()).await?))
    }

    /// Deletes a set; guidelines that came with it stay. Answers the other sets.
    pub async fn delete_guideline_set(
        &self,
        id: GuidelineSetId,
    ) -> Result<Vec<GuidelineSet>, ServiceError> {
        Ok(self.shared.store.delete_guideline_set(id).await?)
    }
}
