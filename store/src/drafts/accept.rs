//! Accepting a draft: one transaction makes the version, decides the draft, takes the feedback up
//! and brings the author's working copy along, or nothing happens.

use align::Prompt;
use align::direct::chosen;
use align::record::{
    Draft, DraftId, DraftState, FeedbackId, GuidelineId, Origin, SeenText, Timestamp, Version,
    VersionNumber, VersionSummary,
};

use super::{get, not_ready};
use crate::guidelines::{self, GuidelineList};
use crate::sqlite::Connection;
use crate::versions::{self, Addition, Replaced};
use crate::{Noun, Store, StoreError, feedback, prompts, working_copies};

const KEPT_NOTE: &str = "Unsaved edits kept before accepting a draft";

/// The wish to accept a draft.
#[derive(Clone, Debug)]
pub struct AcceptDraft {
    /// The draft.
    pub draft_id: DraftId,
    /// The text that becomes the version: that of the draft, without the changes that are left out.
    pub prompt: Prompt,
    /// The note of the version.
    pub note: String,
    /// Who accepts.
    pub author: String,
    /// What the author's page shows as typed; `None` where nothing is typed on that page.
    pub seen: Option<SeenText>,
    /// The guidelines that the version follows.
    pub followed: Vec<GuidelineId>,
    /// The time.
    pub now: Timestamp,
}

/// What accepting made.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    /// The versions that keep what was typed and would be lost, oldest first.
    pub kept: Vec<Version>,
    /// The version made from the draft.
    pub version: Version,
    /// The draft, accepted.
    pub draft: Draft,
    /// The kept pieces of feedback that it took up.
    pub taken_up: Vec<FeedbackId>,
    /// The guidelines, if the version follows any.
    pub list: Option<GuidelineList>,
}

impl Store {
    /// Makes a version of a draft that is ready and whose base is the newest version. What is typed and
    /// nowhere saved becomes a version first.
    ///
    /// Errors: [`StoreError::AlreadyDecided`], [`StoreError::StaleDraft`], [`StoreError::DraftEdited`],
    /// [`StoreError::NotEditable`] for one that is not ready, [`StoreError::NotFound`].
    pub async fn accept_draft(&self, accept: AcceptDraft) -> Result<Accepted, StoreError> {
        let mut write = self.write().await?;
        let draft = get(&mut *write, accept.draft_id).await?;
        let newest = newest_if_current(&mut write, &draft).await?;
        is_its_text(&draft, &newest.prompt, &accept.prompt)?;
        let kept = keep_typed(&mut write, &accept, &newest).await?;
        let last = kept.last().unwrap_or(&newest).summary.number;
        let version = append_accepted(&mut write, &accept, &draft, last).await?;
        let state = DraftState::Accepted { version: version.summary.number };
        decide(&mut write, draft.id, version.summary.number, accept.now).await?;
        let taken_up = feedback::take_up(&mut write, &draft).await?;
        working_copies::take_up(&mut write, &accept.author, &draft).await?;
        working_copies::follow(&mut write, &accept.author, &version, accept.now).await?;
        let list = follow(&mut write, &version, &accept.followed).await?;
        write.commit().await?;
        Ok(Accepted { kept, version, draft: Draft { state, ..draft }, taken_up, list })
    }
}

/// The newest version, which must be the one that the undecided draft rewrites.
async fn newest_if_current(
    connection: &mut Connection,
    draft: &Draft,
) -> Result<Version, StoreError> {
    if draft.state != DraftState::Ready {
        return Err(not_ready(draft.id, draft.state));
    }
    prompts::newest(&mut *connection, draft.prompt_id).await?;
    let newest = versions::find_newest(connection, draft.prompt_id)
        .await?
        .ok_or(StoreError::NotFound { noun: Noun::Version(draft.prompt_id, draft.base) })?;
    if newest.summary.number == draft.base {
        Ok(newest)
    } else {
        Err(StoreError::StaleDraft { base: draft.base, newest: newest.summary.number })
    }
}

/// Another page may have edited the draft, or left changes out, since this one asked for it.
fn is_its_text(draft: &Draft, base: &Prompt, text: &Prompt) -> Result<(), StoreError> {
    let now = draft.text().map(|text| chosen(base, text, &draft.left_out));
    if now.as_ref() == Some(text) { Ok(()) } else { Err(StoreError::DraftEdited) }
}

async fn keep_typed(
    connection: &mut Connection,
    accept: &AcceptDraft,
    newest: &Version,
) -> Result<Vec<Version>, StoreError> {
    let replaced = Replaced {
        prompt_id: newest.summary.prompt_id,
        newest: newest.summary.number,
        author: &accept.author,
        seen: accept.seen.as_ref(),
        by: &accept.prompt,
        note: KEPT_NOTE,
        now: accept.now,
    };
    versions::keep(connection, replaced).await
}

/// The parent is the draft's base: typed text that was kept in between is not in its text.
async fn append_accepted(
    connection: &mut Connection,
    accept: &AcceptDraft,
    draft: &Draft,
    newest: VersionNumber,
) -> Result<Version, StoreError> {
    let addition = Addition {
        prompt_id: draft.prompt_id,
        newest: Some(newest),
        parent: Some(draft.base),
        author: &accept.author,
        origin: Origin::DraftAccepted { draft: draft.id },
        note: &accept.note,
        prompt: &accept.prompt,
        now: accept.now,
    };
    versions::append(connection, addition).await
}

/// Notes which guidelines the version follows.
async fn follow(
    connection: &mut Connection,
    version: &Version,
    followed: &[GuidelineId],
) -> Result<Option<GuidelineList>, StoreError> {
    if followed.is_empty() {
        return Ok(None);
    }
    let VersionSummary { prompt_id, number, .. } = version.summary;
    guidelines::follow(connection, prompt_id, number, followed).await?;
    let guidelines = guidelines::list(connection, prompt_id).await?;
    Ok(Some(GuidelineList { prompt_id, guidelines }))
}

async fn decide(
    connection: &mut Connection,
    id: DraftId,
    version: VersionNumber,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE drafts SET state = 'accepted', accepted_version = $2, decided_at = $3
        WHERE id = $1",
    )
    .bind(id.0)
    .bind(i64::from(version))
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}
