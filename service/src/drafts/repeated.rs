//! Rewriting again with nothing changed in between.

use align::direct::{Finding, FindingKind};
use align::record::{Draft, DraftGuideline, Origin, Proposal, StartFrom, Version};
use store::NewDraft;

use crate::Studio;
use crate::error::ServiceError;

impl Studio {
    /// The answer where it is known: the newest version is such a draft, accepted whole, and nothing
    /// has changed since.
    pub(crate) async fn known_proposal(
        &self,
        newest: &Version,
        start: StartFrom,
        candidates: u8,
        new: &NewDraft,
    ) -> Result<Option<Proposal>, ServiceError> {
        let is_plain = start == StartFrom::Newest && candidates == 1 && new.feedback.is_empty();
        let Origin::DraftAccepted { draft } = newest.summary.origin else { return Ok(None) };
        if !is_plain || new.guidelines.is_empty() {
            return Ok(None);
        }
        let before = self.find::<Draft>(draft).await?;
        Ok(is_as_before(&before, new).then(|| Proposal {
            prompt: newest.prompt.clone(),
            diagnosis: String::new(),
            rationale: format!(
                "v{} was written from these guidelines, and nothing has changed since.",
                newest.summary.number,
            ),
            unchanged: true,
            findings: Vec::new(),
            traces: Vec::new(),
            conflicts: Vec::new(),
        }))
    }
}

/// Whether a draft that was accepted says all that a new one could.
fn is_as_before(before: &Draft, new: &NewDraft) -> bool {
    let texts = |guidelines: &[DraftGuideline]| -> Vec<String> {
        guidelines.iter().map(|it| it.text.clone()).collect()
    };
    let is_followed = before.proposal.as_ref().is_some_and(|proposal| {
        let is_missed = |it: &Finding| it.kind == FindingKind::NotFollowed;
        proposal.conflicts.is_empty() && !proposal.findings.iter().any(is_missed)
    });
    let is_whole = before.edited.is_none() && before.left_out.is_empty();
    let is_same = texts(&before.guidelines) == texts(&new.guidelines) && before.model == new.model;
    is_followed && is_whole && is_same
}
