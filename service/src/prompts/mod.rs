//! Prompts: find, make, name, tag, copy, delete.

use align::record::{
    Event, PromptHead, PromptId, PromptList, PromptModels, PromptQuery, WorkingCopy,
};
use align::{Prompt, Values};
use store::NewPrompt;

use crate::access::UseCase;
use crate::clock::now;
use crate::error::ServiceError;
use crate::{Studio, UseCases, limits};

/// A prompt to make.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreatePrompt {
    /// Its title, up to 200 characters.
    pub title: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its text, which becomes version 1; without it the prompt has no version yet.
    pub prompt: Option<Prompt>,
    /// Values of its variables to start with.
    pub values: Values,
    /// The note of version 1.
    pub note: String,
}

impl UseCases {
    /// One page of the prompts that match.
    pub async fn list_prompts(&self, query: &PromptQuery) -> Result<PromptList, ServiceError> {
        let studio = self.allow(UseCase::ListPrompts)?;
        limits::search(query)?;
        Ok(studio.shared.store.list_prompts(query).await?)
    }

    /// Makes a prompt.
    pub async fn create_prompt(&self, new: CreatePrompt) -> Result<PromptHead, ServiceError> {
        let studio = self.allow(UseCase::CreatePrompt)?;
        let CreatePrompt { title, tags, prompt, values, note } = new;
        let title = limits::title(&title)?;
        limits::values(&values)?;
        let tags = limits::tags(&tags)?;
        limits::note(&note)?;
        if let Some(prompt) = &prompt {
            limits::prompt(prompt)?;
        }
        let base = prompt.is_some().then_some(1);
        let typed = prompt.clone().unwrap_or_default();
        let author = self.caller().name();
        let new = NewPrompt { title, tags, author: author.to_owned(), prompt, note, now: now() };
        let head = studio.shared.store.create_prompt(new).await?;
        if !values.is_empty() {
            let copy = WorkingCopy { prompt: typed, base, values, ..WorkingCopy::default() };
            studio.shared.store.save_working_copy(head.id, author, &copy, now()).await?;
        }
        Ok(head)
    }

    /// Gives a prompt another title.
    pub async fn rename_prompt(
        &self,
        id: PromptId,
        title: &str,
    ) -> Result<PromptHead, ServiceError> {
        let studio = self.allow(UseCase::RenamePrompt)?;
        let title = limits::title(title)?;
        let head =
            studio.shared.store.rename_prompt(id, &title, self.caller().name(), now()).await?;
        Ok(studio.tell_head(head))
    }

    /// Replaces the tags of a prompt.
    pub async fn set_tags(
        &self,
        id: PromptId,
        tags: &[String],
    ) -> Result<PromptHead, ServiceError> {
        let studio = self.allow(UseCase::SetTags)?;
        let tags = limits::tags(tags)?;
        let head = studio.shared.store.set_tags(id, &tags, self.caller().name(), now()).await?;
        Ok(studio.tell_head(head))
    }

    /// Remembers models and settings for a prompt.
    pub async fn set_models(
        &self,
        id: PromptId,
        models: PromptModels,
    ) -> Result<PromptHead, ServiceError> {
        let studio = self.allow(UseCase::SetModels)?;
        limits::models(&models)?;
        let head = studio.shared.store.set_models(id, &models).await?;
        Ok(studio.tell_head(head))
    }

    /// Copies a prompt: newest text, tags, models and values.
    pub async fn duplicate_prompt(&self, id: PromptId) -> Result<PromptHead, ServiceError> {
        let studio = self.allow(UseCase::DuplicatePrompt)?;
        let original = studio.head(id).await?;
        let kept: String = original.title.chars().take(190).collect();
        let title = format!("{kept} (copy)");
        Ok(studio.shared.store.duplicate_prompt(id, &title, self.caller().name(), now()).await?)
    }

    /// Deletes a prompt; [`UseCases::undelete_prompt`] brings it back.
    pub async fn delete_prompt(&self, id: PromptId) -> Result<(), ServiceError> {
        let studio = self.allow(UseCase::DeletePrompt)?;
        studio.shared.store.delete_prompt(id, now()).await?;
        studio.shared.hub.publish(id, Event::Deleted);
        Ok(())
    }

    /// Brings a deleted prompt back.
    pub async fn undelete_prompt(&self, id: PromptId) -> Result<PromptHead, ServiceError> {
        let studio = self.allow(UseCase::UndeletePrompt)?;
        let head = studio.shared.store.undelete_prompt(id).await?;
        Ok(studio.tell_head(head))
    }

    /// The prompt, unless it was deleted.
    pub async fn head(&self, id: PromptId) -> Result<PromptHead, ServiceError> {
        self.allow(UseCase::Head)?.head(id).await
    }
}

impl Studio {
    pub(crate) async fn head(&self, id: PromptId) -> Result<PromptHead, ServiceError> {
        let head = self.shared.store.prompt(id).await?;
        head.ok_or_else(|| ServiceError::missing("prompt"))
    }

    fn tell_head(&self, head: PromptHead) -> PromptHead {
        self.shared.hub.publish(head.id, Event::Head(Box::new(head.clone())));
        head
    }
}
