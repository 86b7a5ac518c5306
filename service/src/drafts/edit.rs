//! What a person makes of a draft before it is accepted: an edit, or a choice among its changes.

use std::collections::BTreeSet;

use align::Prompt;
use align::direct::{Finding, changes, chosen, recheck};
use align::record::{Draft, DraftId, Run};

use super::inputs::{offered, request};
use crate::access::UseCase;
use crate::error::ServiceError;
use crate::studio::mark;
use crate::{Studio, UseCases, limits};

impl UseCases {
    /// Keeps a person's edit of a draft that said `known`, or with `None` goes back to the proposal; no
    /// change is left out then. The findings in the answer are those of the edited text.
    pub async fn edit_draft(
        &self,
        id: DraftId,
        known: &Prompt,
        prompt: Option<Prompt>,
    ) -> Result<Draft, ServiceError> {
        let studio = self.allow(UseCase::EditDraft)?;
        if let Some(prompt) = &prompt {
            limits::prompt(prompt)?;
        }
        let draft = studio.shared.store.edit_draft(id, known, prompt.as_ref()).await?;
        let draft = studio.with_current_findings(draft).await?;
        studio.tell(draft.clone());
        Ok(draft)
    }

    /// Keeps which changes of a draft a person leaves out: places from 0 among the changes between its
    /// base and its text. The findings in the answer are those of what is left.
    pub async fn choose_hunks(
        &self,
        id: DraftId,
        left_out: Vec<u32>,
    ) -> Result<Draft, ServiceError> {
        let studio = self.allow(UseCase::ChooseHunks)?;
        let draft = studio.find::<Draft>(id).await?;
        let Some(text) = draft.text() else {
            return Err(ServiceError::conflict(
                "This draft is not complete.",
                "Wait until it is, or ask for another.",
            ));
        };
        let base = studio.version(draft.prompt_id, draft.base).await?.prompt;
        let left_out = among(left_out, changes(&base, text))?;
        let draft = studio.shared.store.leave_out(id, text, &left_out).await?;
        let draft = studio.with_current_findings(draft).await?;
        studio.tell(draft.clone());
        Ok(draft)
    }
}

impl Studio {
    /// The findings of a draft that was edited, or of which something is left out, are those of what
    /// would be accepted, not of what was proposed.
    pub(crate) async fn with_current_findings(
        &self,
        mut draft: Draft,
    ) -> Result<Draft, ServiceError> {
        let Some(text) = draft.text() else { return Ok(draft) };
        if draft.edited.is_none() && draft.left_out.is_empty() {
            return Ok(draft);
        }
        let base = self.version(draft.prompt_id, draft.base).await?.prompt;
        let text = chosen(&base, text, &draft.left_out);
        let run = match draft.run_id {
            Some(id) => self.shared.store.run(id).await?,
            None => None,
        };
        let mut findings = findings(&base, run.as_ref(), &draft, &text)?;
        if draft.rewrites != draft.base {
            // What either of the two versions has is nobody's invention.
            let given = self.version(draft.prompt_id, draft.rewrites).await?.prompt;
            let against_given = self::findings(&given, run.as_ref(), &draft, &text)?;
            findings.retain(|it| against_given.iter().any(|other| other.kind == it.kind));
        }
        if let Some(proposal) = &mut draft.proposal {
            proposal.findings = findings;
        }
        Ok(draft)
    }
}

fn findings(
    base: &Prompt,
    run: Option<&Run>,
    draft: &Draft,
    text: &Prompt,
) -> Result<Vec<Finding>, ServiceError> {
    let traces = draft.proposal.as_ref().map_or(&[][..], |proposal| &proposal.traces);
    let (offered, mark) = (offered(draft), mark()?);
    Ok(recheck(&request(base, run, draft, &offered, &mark), text, traces))
}

/// The places in order, each once, all of them among the `count` changes.
fn among(places: Vec<u32>, count: u32) -> Result<Vec<u32>, ServiceError> {
    if places.iter().any(|place| *place >= count) {
        return Err(ServiceError::invalid(
            "The draft does not have that change.",
            "Load the page again; the draft may have been edited on another one.",
        ));
    }
    Ok(places.into_iter().collect::<BTreeSet<_>>().into_iter().collect())
}
