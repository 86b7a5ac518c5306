//! Duplicating a prompt.

use align::record::{PromptHead, PromptId, Timestamp, WorkingCopy};

use super::{NewPrompt, create, head};
use crate::sqlite::search;
use crate::{Store, StoreError, guidelines, versions, working_copies};

impl Store {
    /// Makes a prompt with the newest text of this one as its first version, the same guidelines, tags,
    /// models and settings, and what `author` has typed: text that no version holds, still unsaved, and
    /// values. History, runs, drafts and what is typed about them stay behind.
    pub async fn duplicate_prompt(
        &self,
        id: PromptId,
        title: &str,
        author: &str,
        now: Timestamp,
    ) -> Result<PromptHead, StoreError> {
        let mut write = self.write().await?;
        let source = head(&mut *write, id).await?;
        let newest = versions::find_newest(&mut *write, id).await?;
        let typed = working_copies::find(&mut *write, id, author).await?;
        let new = NewPrompt {
            title: title.to_owned(),
            tags: source.tags,
            author: author.to_owned(),
            prompt: newest.map(|version| version.prompt),
            note: format!("Copied from “{}”", source.title),
            now,
        };
        let copy = create::insert(&mut write, &new, &source.models).await?;
        guidelines::copy(&mut write, id, copy, author, now).await?;
        if let Some(typed) = typed {
            let is_unsaved = !typed.prompt.is_blank()
                && !versions::is_a_version(&mut *write, id, &typed.prompt).await?;
            let text = new.prompt.clone().filter(|_| !is_unsaved).unwrap_or(typed.prompt);
            let base = new.prompt.is_some().then_some(1);
            let typed =
                WorkingCopy { base, prompt: text, values: typed.values, ..WorkingCopy::default() };
            working_copies::put(&mut write, copy, author, &typed, now).await?;
            search::index(&mut write, copy).await?;
        }
        let head = head(&mut *write, copy).await?;
        write.commit().await?;
        Ok(head)
    }
}
