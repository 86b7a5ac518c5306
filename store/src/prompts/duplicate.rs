//! Duplicating a prompt.

use align::Prompt;
use align::record::{PromptHead, PromptId, Timestamp, WorkingCopy};

use super::{NewPrompt, create, head};
use crate::{Store, StoreError, guidelines, versions, working_copies};

impl Store {
    /// Makes a prompt with the newest text of this one as its first version, the same guidelines, tags,
    /// models and settings, and the values that `author` has typed. History, runs and drafts stay behind.
    ///
    /// A prompt without a version gives what `author` has typed instead, still unsaved.
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
            let typed = copied(typed, new.prompt);
            working_copies::put(&mut write, copy, author, &typed, now).await?;
        }
        let head = head(&mut *write, copy).await?;
        write.commit().await?;
        Ok(head)
    }
}

/// The values, on the text of the first version if there is one.
fn copied(typed: WorkingCopy, first: Option<Prompt>) -> WorkingCopy {
    WorkingCopy {
        base: first.is_some().then_some(1),
        prompt: first.unwrap_or(typed.prompt),
        values: typed.values,
        ..WorkingCopy::default()
    }
}
