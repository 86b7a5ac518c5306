//! What a person changes about a guideline.

use align::record::{ChangeKind, GuidelineId, GuidelineState, Timestamp};

use super::ledger::{self, Entry};
use super::positions::{find, put};
use super::{GuidelineList, list};
use crate::{Store, StoreError, prompts};

/// A change that a person makes to a guideline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuidelineEdit {
    /// Let it say something else.
    Text {
        /// What it says, as far as the author of the edit knows.
        before: String,
        /// What it is to say.
        after: String,
    },
    /// Switch it on or off.
    Switch(bool),
    /// Put it at this place from 0; beyond the end is the end.
    Move(u32),
    /// Remove it.
    Remove,
}

impl Store {
    /// Changes a guideline. What changes nothing makes no entry; removing one that is gone is no
    /// failure, changing it otherwise is [`StoreError::GuidelineGone`]. A text
    /// that is not the one the edit began with is [`StoreError::Reworded`].
    pub async fn change_guideline(
        &self,
        id: GuidelineId,
        edit: GuidelineEdit,
        author: &str,
        now: Timestamp,
    ) -> Result<GuidelineList, StoreError> {
        let mut write = self.write().await?;
        let (prompt_id, before) = find(&mut *write, id).await?;
        prompts::newest(&mut *write, prompt_id).await?;
        let Some((kind, after)) = edited(before.as_ref(), edit)? else {
            return Ok(GuidelineList {
                prompt_id,
                guidelines: list(&mut *write, prompt_id).await?,
            });
        };
        let after = put(&mut write, prompt_id, id, after).await?;
        if after != before {
            let entry = Entry { before, after, ..Entry::new(prompt_id, id, author, now, kind) };
            ledger::write(&mut write, &entry).await?;
        }
        let guidelines = list(&mut *write, prompt_id).await?;
        write.commit().await?;
        Ok(GuidelineList { prompt_id, guidelines })
    }
}

/// What an edit makes of a guideline; `None` if it is gone and was to be.
fn edited(
    before: Option<&GuidelineState>,
    edit: GuidelineEdit,
) -> Result<Option<(ChangeKind, Option<GuidelineState>)>, StoreError> {
    let Some(before) = before.cloned() else {
        let is_done = edit == GuidelineEdit::Remove;
        return if is_done { Ok(None) } else { Err(StoreError::GuidelineGone) };
    };
    Ok(Some(match edit {
        GuidelineEdit::Text { before: known, after } => {
            // Equal words were saved before, by another page or by this one.
            if before.text != known && before.text != after {
                return Err(StoreError::Reworded);
            }
            (ChangeKind::Edited, Some(GuidelineState { text: after, ..before }))
        }
        GuidelineEdit::Switch(is_on) => {
            (ChangeKind::Switched, Some(GuidelineState { is_on, ..before }))
        }
        GuidelineEdit::Move(position) => {
            (ChangeKind::Moved, Some(GuidelineState { position, ..before }))
        }
        GuidelineEdit::Remove => (ChangeKind::Removed, None),
    }))
}
