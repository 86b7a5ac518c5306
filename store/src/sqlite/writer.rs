//! The one writer: calls take turns in a transaction, and those that wait share one sync of the disk.
//!
//! A commit costs a sync, and a sync costs more than everything else of a short transaction. So the
//! transaction stays open while further calls wait for their turn: each writes within a savepoint of
//! its own, then all are committed at once. A call is told that it is done when the commit that
//! holds it is durable, never before. A call that fails or is dropped takes only its own savepoint
//! back. When nobody waits, which is the usual case, a call is committed alone and at once.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::sqlite::{SqliteConnection, SqlitePool};
use sqlx::{Sqlite, Transaction};
use tokio::sync::{mpsc, oneshot};

use crate::StoreError;

/// How long a call waits for its turn before the storage counts as unavailable.
const TURN_TIMEOUT: Duration = Duration::from_secs(15);

/// Calls that share a commit at most, and how long the first of them waits for others: what is done
/// should not wait long for what is not.
const GROUP_CALLS: usize = 64;
const GROUP_TIME: Duration = Duration::from_millis(10);

type Responder<T> = oneshot::Sender<Result<T, StoreError>>;

type WaitingCalls = mpsc::UnboundedReceiver<WaitingCall>;

/// Hands out turns. The task behind it ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Writer {
    calls: mpsc::UnboundedSender<WaitingCall>,
}

/// A call that waits for its turn.
#[derive(Debug)]
struct WaitingCall {
    extent: Extent,
    answer: Responder<Write>,
}

/// How much a call writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// One statement, which SQLite carries out as a whole or not at all: it needs no savepoint.
    Statement,
    /// Several statements that belong together.
    Statements,
}

/// The connection after a call.
#[derive(Debug)]
struct Returned {
    transaction: Transaction<'static, Sqlite>,
    /// Who waits for what was written to be durable; `None` takes it back.
    done: Option<Responder<()>>,
}

impl Writer {
    /// Starts to hand out turns on the only connection of `pool`.
    pub(crate) fn start(pool: SqlitePool) -> Self {
        // Every waiting call holds one entry, so their number is bounded by the callers.
        let (calls, mut waiting) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Some(first) = waiting.recv().await {
                group(&pool, first, &mut waiting).await;
            }
        });
        Self { calls }
    }

    /// Waits for a turn.
    pub(crate) async fn begin(&self, extent: Extent) -> Result<Write, StoreError> {
        let (answer, turn) = oneshot::channel();
        self.calls.send(WaitingCall { extent, answer }).map_err(|_| ended())?;
        let turn = tokio::time::timeout(TURN_TIMEOUT, turn).await;
        turn.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| ended())?
    }
}

/// A turn to write. Dropping it without [`Write::commit`] takes everything back, also where it is
/// dropped on the way to a call that does not wait any more.
#[derive(Debug)]
pub(crate) struct Write {
    /// There until it is given back.
    held: Option<Held>,
}

/// The connection, and the way back.
#[derive(Debug)]
struct Held {
    transaction: Transaction<'static, Sqlite>,
    back: oneshot::Sender<Returned>,
}

impl Write {
    /// Returns when everything written is durable.
    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        let (done, durable) = oneshot::channel();
        self.give_back(Some(done));
        durable.await.map_err(|_| ended())?
    }

    fn give_back(&mut self, done: Option<Responder<()>>) {
        if let Some(Held { transaction, back }) = self.held.take() {
            // If nobody takes it the runtime is gone, and the connection with it.
            let _ = back.send(Returned { transaction, done });
        }
    }
}

impl Drop for Write {
    fn drop(&mut self) {
        self.give_back(None);
    }
}

impl Deref for Write {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.held.as_ref().expect("a turn ends by consuming or dropping it").transaction
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.held.as_mut().expect("a turn ends by consuming or dropping it").transaction
    }
}

/// One transaction: the turn of `first` and of those that wait, then the commit of all.
async fn group(pool: &SqlitePool, first: WaitingCall, waiting: &mut WaitingCalls) {
    // IMMEDIATE takes the write lock first: a check and the write that depends on it see the same
    // state.
    match pool.begin_with("BEGIN IMMEDIATE").await {
        Ok(transaction) => {
            let mut group = Group { done: Vec::new() };
            if let Err(error) = group.serve(transaction, first, waiting).await {
                group.fail(error);
            }
        }
        // Whoever left needs no answer, here and below.
        Err(error) => _ = first.answer.send(Err(error.into())),
    }
}

/// The calls of one transaction.
struct Group {
    /// Those that wrote, and wait for that to be durable.
    done: Vec<Responder<()>>,
}

impl Group {
    /// Lets the calls write, one after the other, and commits. An error means that the transaction
    /// is gone, with all that it held.
    async fn serve(
        &mut self,
        mut transaction: Transaction<'static, Sqlite>,
        first: WaitingCall,
        waiting: &mut WaitingCalls,
    ) -> Result<(), sqlx::Error> {
        let begun = Instant::now();
        let mut next = Some(first);
        while let Some(WaitingCall { extent, answer }) = next {
            // What the first one writes is undone by undoing the whole transaction.
            let is_first = self.done.is_empty();
            let has_savepoint = !is_first && extent == Extent::Statements;
            if has_savepoint {
                execute(&mut transaction, "SAVEPOINT turn").await?;
            }
            let returned = take_turn(transaction, answer).await?;
            transaction = returned.transaction;
            let is_undone = returned.done.is_none();
            self.done.extend(returned.done);
            if is_undone && is_first {
                return transaction.rollback().await;
            }
            // When the disk is full SQLite may have ended the whole transaction by itself. Then
            // what follows here, or the commit, fails, and with it every call of the group.
            if is_undone && has_savepoint {
                execute(&mut transaction, "ROLLBACK TO turn").await?;
            }
            if has_savepoint {
                execute(&mut transaction, "RELEASE turn").await?;
            }
            let is_whole = !is_undone || has_savepoint;
            let has_room = self.done.len() < GROUP_CALLS && begun.elapsed() < GROUP_TIME;
            next = if is_whole && has_room { waiting.try_recv().ok() } else { None };
        }
        transaction.commit().await?;
        self.done.drain(..).for_each(|done| _ = done.send(Ok(())));
        Ok(())
    }

    /// Tells the calls that nothing of them was written.
    fn fail(self, error: sqlx::Error) {
        let error = Arc::new(error);
        for done in self.done {
            let _ = done.send(Err(StoreError::shared(&error)));
        }
    }
}

/// Lends the connection to one call and waits until it comes back.
async fn take_turn(
    transaction: Transaction<'static, Sqlite>,
    answer: Responder<Write>,
) -> Result<Returned, sqlx::Error> {
    let (back, returned) = oneshot::channel();
    // To whom does not wait any more it is not lent: it comes back at once.
    let _ = answer.send(Ok(Write { held: Some(Held { transaction, back }) }));
    // A turn gives the connection back when it ends, so this never fails.
    returned.await.map_err(|_| sqlx::Error::WorkerCrashed)
}

async fn execute(
    transaction: &mut Transaction<'static, Sqlite>,
    statement: &'static str,
) -> Result<(), sqlx::Error> {
    sqlx::query(statement).execute(&mut **transaction).await.map(drop)
}

fn ended() -> StoreError {
    sqlx::Error::PoolClosed.into()
}

#[cfg(test)]
mod tests {
    use sqlx::Row;
    use tempfile::TempDir;

    use super::super::connection;
    use super::*;

    /// A writer over a table of numbers.
    async fn writer() -> (TempDir, SqlitePool, Arc<Writer>) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let pool = connection::writer(&file).await.unwrap();
        sqlx::query("CREATE TABLE numbers (number INTEGER UNIQUE)").execute(&pool).await.unwrap();
        let writer = Arc::new(Writer::start(pool.clone()));
        (folder, pool, writer)
    }

    async fn insert(write: &mut Write, number: i64) -> Result<(), StoreError> {
        let insert = sqlx::query("INSERT INTO numbers VALUES (?1)").bind(number);
        insert.execute(&mut **write).await?;
        Ok(())
    }

    async fn write(writer: &Writer, number: i64) -> Result<(), StoreError> {
        let mut write = writer.begin(Extent::Statement).await?;
        insert(&mut write, number).await?;
        write.commit().await
    }

    /// What another connection sees: only what is committed.
    async fn numbers(folder: &TempDir) -> Vec<i64> {
        let readers = connection::readers(&folder.path().join("file")).await.unwrap();
        let rows = sqlx::query("SELECT number FROM numbers ORDER BY number").fetch_all(&readers);
        rows.await.unwrap().iter().map(|row| row.get(0)).collect()
    }

    #[tokio::test]
    async fn what_is_acknowledged_is_committed() {
        let (folder, _pool, writer) = writer().await;
        for number in 1..=3 {
            write(&writer, number).await.unwrap();
            assert_eq!(numbers(&folder).await, (1..=number).collect::<Vec<_>>());
        }
    }

    #[tokio::test]
    async fn waiting_calls_share_a_commit_and_a_failing_one_takes_back_only_its_own() {
        let (folder, _pool, writer) = writer().await;
        let mut first = writer.begin(Extent::Statements).await.unwrap();
        insert(&mut first, 1).await.unwrap();
        let calls: Vec<_> = [2, 3, 2, 4]
            .map(|number| {
                let writer = writer.clone();
                tokio::spawn(async move { write(&writer, number).await })
            })
            .into_iter()
            .collect();
        // One that fails after it wrote, and one that leaves without a word.
        let failing = tokio::spawn({
            let writer = writer.clone();
            async move {
                let mut write = writer.begin(Extent::Statements).await?;
                insert(&mut write, 5).await?;
                insert(&mut write, 1).await
            }
        });
        tokio::task::yield_now().await;
        let leaving = tokio::spawn({
            let writer = writer.clone();
            async move { write(&writer, 6).await }
        });
        tokio::task::yield_now().await;
        leaving.abort();
        assert_eq!(numbers(&folder).await, [0_i64; 0], "nothing is seen before the commit");
        first.commit().await.unwrap();
        let mut outcomes = Vec::new();
        for call in calls {
            outcomes.push(call.await.unwrap().is_ok());
        }
        assert_eq!(outcomes, [true, true, false, true]);
        assert!(failing.await.unwrap().is_err());
        write(&writer, 7).await.unwrap();
        assert_eq!(numbers(&folder).await, [1, 2, 3, 4, 7]);
    }

    /// Nobody is told that a write is durable while it waits for others.
    #[tokio::test]
    async fn a_call_that_shares_a_commit_waits_for_it() {
        let (folder, _pool, writer) = writer().await;
        let mut first = writer.begin(Extent::Statements).await.unwrap();
        insert(&mut first, 1).await.unwrap();
        let second = tokio::spawn({
            let writer = writer.clone();
            async move { writer.begin(Extent::Statements).await }
        });
        // The second one waits for its turn before the first one ends.
        tokio::task::yield_now().await;
        let first = tokio::spawn(first.commit());
        let second = second.await.unwrap().unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(!first.is_finished(), "nothing is committed yet");
        assert_eq!(numbers(&folder).await, [0_i64; 0]);
        drop(second);
        first.await.unwrap().unwrap();
        assert_eq!(numbers(&folder).await, [1]);
    }

    /// A page may leave in the very moment in which its turn comes.
    #[tokio::test]
    async fn a_call_that_leaves_when_its_turn_comes_breaks_nothing() {
        for extent in [Extent::Statement, Extent::Statements] {
            let (folder, _pool, writer) = writer().await;
            let mut first = writer.begin(Extent::Statements).await.unwrap();
            insert(&mut first, 1).await.unwrap();
            let mut leaving = Box::pin(writer.begin(extent));
            let waited = tokio::time::timeout(Duration::from_millis(5), &mut leaving).await;
            assert!(waited.is_err(), "it is not its turn yet");
            let first = tokio::spawn(first.commit());
            tokio::time::sleep(Duration::from_millis(20)).await;
            // Its turn is on the way, and nobody takes it.
            drop(leaving);
            first.await.unwrap().unwrap();
            write(&writer, 2).await.unwrap();
            assert_eq!(numbers(&folder).await, [1, 2]);
        }
    }

    /// A full disk makes SQLite end the whole transaction: every call of the group hears of it.
    async fn check_that_a_break_acknowledges_nobody(extent: Extent) {
        let (folder, _pool, writer) = writer().await;
        write(&writer, 1).await.unwrap();
        let mut first = writer.begin(Extent::Statements).await.unwrap();
        insert(&mut first, 2).await.unwrap();
        let breaking = tokio::spawn({
            let writer = writer.clone();
            async move {
                let mut write = writer.begin(extent).await?;
                // As a full disk does.
                sqlx::query("ROLLBACK").execute(&mut *write).await?;
                Err::<(), _>(ended())
            }
        });
        tokio::task::yield_now().await;
        let after = tokio::spawn({
            let writer = writer.clone();
            async move {
                let mut write = writer.begin(Extent::Statements).await?;
                insert(&mut write, 3).await?;
                write.commit().await
            }
        });
        tokio::task::yield_now().await;
        assert!(first.commit().await.is_err(), "{extent:?}");
        assert!(breaking.await.unwrap().is_err());
        // What comes after the break is a transaction of its own.
        assert!(after.await.unwrap().is_ok(), "{extent:?}");
        assert_eq!(numbers(&folder).await, [1, 3], "{extent:?}");
    }

    #[tokio::test]
    async fn a_transaction_that_breaks_acknowledges_nobody() {
        check_that_a_break_acknowledges_nobody(Extent::Statement).await;
        check_that_a_break_acknowledges_nobody(Extent::Statements).await;
    }
}
