//! The workbench's snapshot, and what is typed in it.

use align::record::{Event, EventId, PromptId, Run, Version, Workbench, WorkingCopy};

use crate::access::UseCase;
use crate::clock::now;
use crate::error::ServiceError;
use crate::events::{EventStream, Topic};
use crate::{Caller, Studio, UseCases, limits};

/// Bytes of a page's name at most; pages make theirs up.
const MAX_PAGE_NAME_BYTES: usize = 64;

impl UseCases {
    /// Everything the workbench of a prompt shows. The cursor is taken first: what happens while the
    /// rest is read comes again as an event, and events say nothing new when they come twice.
    pub async fn workbench(&self, id: PromptId) -> Result<Workbench, ServiceError> {
        let studio = self.allow(UseCase::Workbench)?;
        let cursor = studio.shared.hub.cursor();
        let store = &studio.shared.store;
        let head = studio.head(id).await?;
        let newest = store.newest_version(id).await?;
        let run = store.newest_run(id).await?;
        let before = match &run {
            Some(run) => store.run_before(id, run.id, run.version).await?,
            None => None,
        };
        let feedback = match &run {
            Some(run) => store.open_feedback(run.id).await?,
            None => Vec::new(),
        };
        let drafts = match &newest {
            Some(newest) => {
                studio.current_drafts(store.open_drafts(id, newest.summary.number).await?).await?
            }
            None => Vec::new(),
        };
        let run = run.map(|run| studio.current(run));
        let working_copy = studio.typed(self.caller(), id, newest.as_ref(), run.as_ref()).await?;
        let guidelines = store.guidelines(id).await?;
        let consultations = studio.open_consultations(id).await?;
        Ok(Workbench {
            head,
            newest,
            working_copy,
            run,
            before,
            feedback,
            drafts,
            guidelines,
            consultations,
            cursor,
        })
    }

    /// What is typed, as it was saved last.
    pub async fn working_copy(&self, id: PromptId) -> Result<WorkingCopy, ServiceError> {
        let studio = self.allow(UseCase::WorkingCopy)?;
        let newest = studio.shared.store.newest_version(id).await?;
        let run = studio.shared.store.newest_run(id).await?;
        studio.typed(self.caller(), id, newest.as_ref(), run.as_ref()).await
    }

    /// What happens to a topic from the place `after` on (or from now). Where something before is
    /// not remembered any more, the only item is `Event::Reset`: load the snapshot again.
    pub fn subscribe(
        &self,
        topic: impl Into<Topic>,
        after: Option<EventId>,
    ) -> Result<EventStream, ServiceError> {
        Ok(self.allow(UseCase::Subscribe)?.shared.hub.subscribe(topic, after))
    }

    /// Saves what is typed in the page that names itself `page`; answers the new revision. A copy that
    /// was read before somebody else saved is a conflict.
    pub async fn save_working_copy(
        &self,
        id: PromptId,
        page: &str,
        copy: WorkingCopy,
    ) -> Result<u64, ServiceError> {
        let studio = self.allow(UseCase::SaveWorkingCopy)?;
        limits::typed(&copy)?;
        let revision =
            studio.shared.store.save_working_copy(id, self.caller().name(), &copy, now()).await?;
        let page = page[..page.floor_char_boundary(MAX_PAGE_NAME_BYTES)].to_owned();
        studio.shared.hub.publish(id, Event::WorkingCopy { page, revision });
        Ok(revision)
    }
}

impl Studio {
    /// Tells the author's pages that the editor holds something else, which none of them typed. It followed
    /// in the transaction that changed it, under a revision that no page knows.
    pub(crate) async fn tell_working_copy(&self, id: PromptId, author: &str) {
        // What cannot be read now is read by the pages when they save next.
        if let Ok(Some(copy)) = self.shared.store.working_copy(id, author).await {
            let revision = copy.revision;
            self.shared.hub.publish(id, Event::WorkingCopy { page: String::new(), revision });
        }
    }

    /// The stored copy, or one that begins with the newest version and the newest run's values.
    async fn typed(
        &self,
        caller: &Caller,
        id: PromptId,
        newest: Option<&Version>,
        run: Option<&Run>,
    ) -> Result<WorkingCopy, ServiceError> {
        if let Some(copy) = self.shared.store.working_copy(id, caller.name()).await? {
            return Ok(copy);
        }
        Ok(WorkingCopy {
            prompt: newest.map(|newest| newest.prompt.clone()).unwrap_or_default(),
            base: newest.map(|newest| newest.summary.number),
            values: run.map(|run| run.values.clone()).unwrap_or_default(),
            ..WorkingCopy::default()
        })
    }
}
