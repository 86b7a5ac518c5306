//! What the end of a server leaves unfinished.

use align::record::Timestamp;

use crate::{Store, StoreError};

/// How much was unfinished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interrupted {
    /// Runs that were running.
    pub runs: u32,
    /// Drafts that were being written.
    pub drafts: u32,
    /// Consultations that were being answered.
    pub consultations: u32,
}

impl Store {
    /// Marks every unfinished run, draft and consultation as interrupted. What was saved of their texts stays.
    ///
    /// For the start of a server, before it starts anything, and for its end, after everything
    /// has stopped.
    pub async fn interrupt_unfinished(&self, now: Timestamp) -> Result<Interrupted, StoreError> {
        let mut write = self.write().await?;
        let runs = sqlx::query(
            "UPDATE runs SET state = 'interrupted', interrupted_at = ?1 WHERE state = 'running'",
        );
        let runs = runs.bind(now).execute(&mut *write).await?.rows_affected();
        let drafts = sqlx::query(
            "UPDATE drafts SET state = 'interrupted', interrupted_at = ?1 WHERE state = 'drafting'",
        );
        let drafts = drafts.bind(now).execute(&mut *write).await?.rows_affected();
        let consultations = sqlx::query(
            "UPDATE consultations SET state = 'interrupted', interrupted_at = ?1
            WHERE state = 'working'",
        );
        let consultations = consultations.bind(now).execute(&mut *write).await?.rows_affected();
        write.commit().await?;
        Ok(Interrupted {
            runs: count(runs),
            drafts: count(drafts),
            consultations: count(consultations),
        })
    }
}

fn count(rows: u64) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
