//! Leases: what this server works on stays its own, and what a dead one left is ended.

use std::sync::Arc;

use align::record::{Consultation, Draft, PromptId, Run};
use store::{Interrupted, Store, StoreError};

use super::Record;
use crate::Studio;
use crate::clock::now;

/// Rounds in the time of one lease, so that a slow disk or a busy moment ends nothing.
const ROUNDS: u32 = 4;

impl Studio {
    /// Tends the leases from time to time until the server ends.
    pub(crate) fn keep_leases(&self) {
        // A studio that nobody uses any more needs no leases.
        let shared = Arc::downgrade(&self.shared);
        let ending = self.shared.jobs.ending();
        self.shared.jobs.spawn(async move {
            while tokio::time::timeout(Store::LEASE / ROUNDS, ending.cancelled()).await.is_err() {
                let Some(shared) = shared.upgrade() else { return };
                if let Err(error) = (Self { shared }).tend_leases().await {
                    tracing::warn!(%error, "the leases could not be tended; it is tried again");
                }
            }
        });
    }

    /// Renews the leases of the jobs that go on, and ends what another server left behind.
    async fn tend_leases(&self) -> Result<(), StoreError> {
        if !self.shared.jobs.is_idle() {
            self.shared.store.renew_leases(now()).await?;
        }
        self.end_abandoned().await
    }

    /// Ends what servers that are gone left unfinished, and tells everyone.
    pub(crate) async fn end_abandoned(&self) -> Result<(), StoreError> {
        let ended = self.shared.store.interrupt_unfinished(now()).await?;
        if ended.is_empty() {
            return Ok(());
        }
        let Interrupted { runs, drafts, consultations } = ended;
        tracing::warn!(
            runs = runs.len(),
            drafts = drafts.len(),
            consultations = consultations.len(),
            "a server ended without finishing these"
        );
        self.tell_rows::<Run>(runs).await?;
        self.tell_rows::<Draft>(drafts).await?;
        self.tell_rows::<Consultation>(consultations).await
    }

    async fn tell_rows<R: Record>(&self, rows: Vec<(PromptId, R::Id)>) -> Result<(), StoreError> {
        for (_, id) in rows {
            if let Some(record) = R::load(&self.shared.store, id).await? {
                self.tell(record);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use align::record::{PromptModels, RunState};
    use align::{Prompt, Values};
    use futures_util::{FutureExt, StreamExt};
    use models::Models;
    use models::testing::{Script, ScriptedProvider};
    use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
    use sqlx::{AssertSqlSafe, Connection};
    use tempfile::TempDir;

    use super::*;
    use crate::{Caller, CreatePrompt, EncodedEvent, StartRun, UseCases};

    /// A studio with a run that goes on until it is stopped.
    struct Scene {
        studio: Studio,
        local: UseCases,
        run: Run,
        folder: TempDir,
    }

    impl Scene {
        async fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let script = Script::endless("more ", Duration::from_millis(20));
            let model = Arc::new(ScriptedProvider::new("scripted", [script]));
            let models = PromptModels { model: Some(model.model()), ..PromptModels::default() };
            let store = Store::open(folder.path()).await.unwrap();
            let studio = Studio::open(store, Models::new(vec![model])).await.unwrap();
            let local = studio.by(Caller::local());
            let new = CreatePrompt { title: "Uses".into(), ..CreatePrompt::default() };
            let start = StartRun {
                prompt_id: local.create_prompt(new).await.unwrap().id,
                prompt: Prompt::new("Say more."),
                base: None,
                values: Values::new(),
                models,
            };
            let run = local.start_run(start).await.unwrap().run;
            Self { studio, local, run, folder }
        }

        async fn database(&self) -> SqliteConnection {
            let file = self.folder.path().join("attune.sqlite3");
            let options = SqliteConnectOptions::new().filename(file);
            SqliteConnection::connect_with(&options).await.unwrap()
        }

        async fn set(&self, change: &str) {
            let sql = AssertSqlSafe(format!("UPDATE runs SET {change}"));
            sqlx::query(sql).execute(&mut self.database().await).await.unwrap();
        }

        async fn lease_until(&self) -> i64 {
            let lease = sqlx::query_scalar("SELECT lease_until FROM runs");
            lease.fetch_one(&mut self.database().await).await.unwrap()
        }
    }

    fn is_interrupted(event: &EncodedEvent) -> bool {
        event.block().windows(11).any(|bytes| bytes == b"interrupted")
    }

    #[tokio::test]
    async fn what_goes_on_here_keeps_its_lease() {
        let scene = Scene::new().await;
        scene.set("lease_until = 0").await;
        scene.studio.tend_leases().await.unwrap();
        assert!(scene.lease_until().await > now());
        assert_eq!(scene.local.run(scene.run.id).await.unwrap().state, RunState::Running);
    }

    #[tokio::test]
    async fn what_another_server_works_on_is_ended_only_when_its_lease_ran_out() {
        let scene = Scene::new().await;
        let Scene { studio, local, run, .. } = &scene;
        scene.set(&format!("owner = 'other', lease_until = {}", now() + 60_000)).await;
        studio.tend_leases().await.unwrap();
        assert_eq!(local.run(run.id).await.unwrap().state, RunState::Running);

        let events = local.subscribe(run.prompt_id, None).unwrap();
        scene.set("lease_until = 0").await;
        studio.tend_leases().await.unwrap();
        assert_eq!(local.run(run.id).await.unwrap().state, RunState::Interrupted);
        let mut told = events.filter(|event| std::future::ready(is_interrupted(event)));
        assert!(told.next().now_or_never().is_some(), "everybody hears of it");

        // Whoever worked on it meanwhile does not write over the end, and says what is kept.
        local.stop_run(run.id).await.unwrap();
        let end = tokio::time::timeout(Duration::from_secs(5), told.next());
        assert!(end.await.unwrap().is_some());
        assert_eq!(local.run(run.id).await.unwrap().state, RunState::Interrupted);
    }
}
