//! Taking a draft hunk by hunk.

use align::record::DraftId;
use leptos::prelude::*;

use super::bench::Bench;
use crate::api;
use crate::error::AppError;
use crate::reactive::{Change, Look};

/// What sends the choice; several changes of it in a row are one deed.
const DEED: &str = "hunks";

impl Bench {
    /// Takes a change of a draft or leaves it out. It shows at once; the server checks the result.
    pub(crate) fn choose_hunk(self, id: DraftId, hunk: u32, is_taken: bool) {
        self.drafts.change(|drafts| {
            if let Some(draft) = drafts.iter_mut().find(|draft| draft.id == id) {
                draft.left_out.retain(|known| *known != hunk);
                if !is_taken {
                    draft.left_out.push(hunk);
                    draft.left_out.sort_unstable();
                }
            }
        });
        self.once(DEED, async move {
            let mut sent = None;
            while self.is_alive() && sent != self.left_out(id) {
                sent = self.left_out(id);
                self.send_hunks(id).await?;
            }
            Ok(())
        });
    }

    /// Before anything is decided, the server has to know the choice that is shown.
    pub(super) async fn send_hunks_on_their_way(self, id: DraftId) -> Result<(), AppError> {
        if self.doing.look_untracked(|doing| doing.contains(DEED)) {
            self.send_hunks(id).await?;
        }
        Ok(())
    }

    async fn send_hunks(self, id: DraftId) -> Result<(), AppError> {
        let Some(left_out) = self.left_out(id) else { return Ok(()) };
        let draft = api::choose_hunks(id, left_out.clone()).await?;
        // A newer choice is shown already and will be sent.
        if self.is_alive() && self.left_out(id).as_ref() == Some(&left_out) {
            self.take_draft(draft);
        }
        Ok(())
    }

    fn left_out(self, id: DraftId) -> Option<Vec<u32>> {
        let drafts = self.drafts.try_get_untracked()?;
        drafts.into_iter().find(|draft| draft.id == id).map(|draft| draft.left_out)
    }
}
