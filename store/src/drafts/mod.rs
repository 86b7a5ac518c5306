//! Drafts: from asking to a decision.

mod accept;
mod edit;
mod finish;
mod row;
mod start;

use align::record::{Draft, DraftId, DraftState, PromptId, VersionNumber};

pub use self::accept::{AcceptDraft, Accepted};
use self::row::read;
pub use self::start::NewDraft;
use crate::sqlite::Executor;
use crate::{Noun, Store, StoreError};

const SELECT: &str = "SELECT * FROM drafts WHERE id = $1";

pub(crate) const SELECT_OPEN: &str = "
    SELECT * FROM drafts WHERE prompt_id = $1 AND base = $2
    UNION ALL
    SELECT * FROM drafts WHERE prompt_id = $1 AND base < $2 AND state IN ('drafting', 'ready')
    ORDER BY id";

pub(crate) const SELECT_OF_VERSION: &str =
    "SELECT * FROM drafts WHERE prompt_id = $1 AND base = $2 ORDER BY number";

impl Store {
    /// Reads one draft.
    pub async fn draft(&self, id: DraftId) -> Result<Option<Draft>, StoreError> {
        find(self.readers(), id).await
    }

    /// Drafts on the newest version, and those on earlier ones that wait for a decision or are
    /// being written; oldest first.
    pub async fn open_drafts(
        &self,
        id: PromptId,
        newest: VersionNumber,
    ) -> Result<Vec<Draft>, StoreError> {
        let rows = sqlx::query(SELECT_OPEN).bind(id.0).bind(i64::from(newest));
        rows.fetch_all(self.readers()).await?.iter().map(read).collect()
    }

    /// Every draft on one version, in order of their numbers.
    pub async fn drafts_of_version(
        &self,
        id: PromptId,
        base: VersionNumber,
    ) -> Result<Vec<Draft>, StoreError> {
        let rows = sqlx::query(SELECT_OF_VERSION).bind(id.0).bind(i64::from(base));
        rows.fetch_all(self.readers()).await?.iter().map(read).collect()
    }
}

/// The draft, which must exist.
pub(crate) async fn get(executor: impl Executor<'_>, id: DraftId) -> Result<Draft, StoreError> {
    find(executor, id).await?.ok_or(StoreError::NotFound { noun: Noun::Draft(id) })
}

/// Why a draft in `state` cannot be decided.
pub(crate) fn not_ready(id: DraftId, state: DraftState) -> StoreError {
    if is_decided(state) { StoreError::AlreadyDecided { state } } else { not_editable(id) }
}

fn is_decided(state: DraftState) -> bool {
    matches!(state, DraftState::Accepted { .. } | DraftState::Rejected)
}

fn not_editable(id: DraftId) -> StoreError {
    StoreError::NotEditable { noun: Noun::Draft(id) }
}

async fn find(executor: impl Executor<'_>, id: DraftId) -> Result<Option<Draft>, StoreError> {
    let row = sqlx::query(SELECT).bind(id.0).fetch_optional(executor).await?;
    row.as_ref().map(read).transpose()
}
