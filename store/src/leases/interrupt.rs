//! Ending what nobody works on any more.

use align::record::{ConsultationId, DraftId, PromptId, RunId, Timestamp};

use crate::sqlite::{Connection, search};
use crate::{Store, StoreError};

/// Ends the unfinished rows of a table that meet a condition, at `$1`; `$2` is this store's name.
macro_rules! interrupt {
    ($table:literal, $state:literal, $condition:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET state = 'interrupted', interrupted_at = $1, lease_until = NULL WHERE state = '",
            $state,
            "' AND ",
            $condition,
            " RETURNING prompt_id, id"
        )
    };
}

/// The same for runs, drafts and consultations.
macro_rules! interrupt_all {
    ($condition:literal) => {
        [
            interrupt!("runs", "running", $condition),
            interrupt!("drafts", "drafting", $condition),
            interrupt!("consultations", "working", $condition),
        ]
    };
}

/// One statement for runs, one for drafts, one for consultations.
type Statements = [&'static str; 3];

pub(crate) const EXPIRED: Statements =
    interrupt_all!("owner IS DISTINCT FROM $2 AND lease_until <= $1");

pub(crate) const OWN: Statements = interrupt_all!("owner = $2");

/// What became interrupted, with the prompts it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interrupted {
    /// Runs that were running.
    pub runs: Vec<(PromptId, RunId)>,
    /// Drafts that were being written.
    pub drafts: Vec<(PromptId, DraftId)>,
    /// Consultations that were being answered.
    pub consultations: Vec<(PromptId, ConsultationId)>,
}

impl Interrupted {
    /// Whether nothing was left unfinished.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty() && self.drafts.is_empty() && self.consultations.is_empty()
    }
}

impl Store {
    /// Marks what other servers left unfinished, and whose lease has run out, as interrupted. What was
    /// saved of the texts stays. What this store has begun is left alone, whatever its lease says.
    ///
    /// For the start of a server and, where several share a database, from time to time.
    pub async fn interrupt_unfinished(&self, now: Timestamp) -> Result<Interrupted, StoreError> {
        self.interrupt(&EXPIRED, now).await
    }

    /// Marks what this store has begun and not finished as interrupted.
    ///
    /// For the end of a server, after everything has stopped.
    pub async fn interrupt_own(&self, now: Timestamp) -> Result<Interrupted, StoreError> {
        self.interrupt(&OWN, now).await
    }

    async fn interrupt(
        &self,
        [runs, drafts, consultations]: &Statements,
        now: Timestamp,
    ) -> Result<Interrupted, StoreError> {
        let mut write = self.write().await?;
        let owner = self.owner();
        let interrupted = Interrupted {
            runs: end(&mut write, runs, owner, now, RunId).await?,
            drafts: end(&mut write, drafts, owner, now, DraftId).await?,
            consultations: end(&mut write, consultations, owner, now, ConsultationId).await?,
        };
        search::index_ended_runs(&mut write).await?;
        write.commit().await?;
        Ok(interrupted)
    }
}

async fn end<Id: Ord>(
    connection: &mut Connection,
    statement: &'static str,
    owner: &str,
    now: Timestamp,
    id: fn(i64) -> Id,
) -> Result<Vec<(PromptId, Id)>, StoreError> {
    let rows = sqlx::query_as(statement).bind(now).bind(owner).fetch_all(connection).await?;
    let mut ended: Vec<_> =
        rows.into_iter().map(|(prompt, row): (i64, i64)| (PromptId(prompt), id(row))).collect();
    ended.sort_unstable();
    Ok(ended)
}
