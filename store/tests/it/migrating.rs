//! Databases of every released schema, as the program of that day wrote them, are brought up to
//! date and read to the last row.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use align::record::{PromptId, PromptQuery, RunId};
use sqlx::migrate::Migrator;
use sqlx::{Connection, SqliteConnection};
use store::Store;

use crate::fixture::typed;

/// Migrations that landed, with the SHA-384 of their files. Only ever add to it: whoever has one
/// of these in their database cannot start a program in which it reads differently.
const LANDED: &[(i64, &str)] = &[
    (
        1,
        "30aacd256cb53ce1f3be45ab77260c7cb081d0897bb014a4943804e8b7fc1015b2ecf4a8102271680dae9398a2dd9fed",
    ),
    (
        2,
        "6bfd8864785c2f0c53bc7d7dd4f90e521ac0b1971bc343977f68f971f7769c5f6d54d28dc0d90b981d0fe28809f58134",
    ),
    (
        3,
        "ccac8d8c227039eb56579d297a6570df99571b4d56eaeac4269747888306f5255499a2faa1a5f17e22e8044ee0024604",
    ),
    (
        4,
        "33e6d7bc600b3084482305ab5caa4fa95bebbd2adc55f19a2dbcc43341b28dfca4b40ce8542a2f72f53bbdc7a5e4f47b",
    ),
    (
        5,
        "e6352d6c1d6e765e89a8114c905424bd265f7a9172f315be79e2689302cb69f57fefd75933ef74963c9711ec5048163b",
    ),
    (
        6,
        "3d7dde90162fb515b885bffa1c1e67a7d6f9f22b463c3daf129be8d0200b67dacd50bdd6bdb772d49000ddaaa773c68d",
    ),
    (
        7,
        "bdc7fafac014deacb5e50aa548f76b0459372bd30d46b4fdb0d12cbc6cbb58f7a7b3f9f84bc75b21799d030d76c8c78e",
    ),
];

#[tokio::test]
async fn landed_migrations_are_unchanged() {
    let found: Vec<_> = migrations()
        .await
        .iter()
        .map(|migration| {
            let checksum = migration.checksum.iter().map(|byte| format!("{byte:02x}"));
            (migration.version, checksum.collect::<String>())
        })
        .collect();
    let landed: Vec<_> =
        LANDED.iter().map(|(version, sum)| (*version, (*sum).to_owned())).collect();
    assert_eq!(found, landed, "a new migration is added to LANDED; a landed one never changes");
}

#[tokio::test]
async fn every_schema_has_its_database() {
    let schemas: BTreeSet<_> = migrations().await.iter().map(|it| it.version).collect();
    let databases: BTreeSet<_> = databases().into_iter().map(|(version, _)| version).collect();
    assert_eq!(databases, schemas, "store/README.md says how a database for a schema is made");
}

#[tokio::test]
async fn databases_of_every_schema_are_read_to_the_last_row() {
    for (version, database) in databases() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(&database, folder.path().join("attune.sqlite3")).unwrap();
        let before = rows(folder.path()).await;
        let known = match version {
            1 => 7,
            2..5 => before.len() - 1,
            _ => before.len(),
        };
        assert!(before[..known].iter().all(|count| *count > 0), "schema {version}: {before:?}");
        let store = Store::open(folder.path()).await.unwrap();
        assert_eq!(read_everything(&store, before[0]).await, before[1..], "schema {version}");
        let query = PromptQuery { search: "scissors".into(), ..PromptQuery::default() };
        store.list_prompts(&query).await.unwrap();
        assert_eq!(runs_without_their_words(folder.path()).await, 0, "schema {version}");
        let newest = store.newest_version(PromptId(1)).await.unwrap().unwrap().summary.number;
        let saved = store.save_version(typed(PromptId(1), "It goes on.")).await.unwrap();
        assert_eq!(saved.version.summary.number, newest + 1);
        store.close().await.unwrap();
        assert_eq!(rows(folder.path()).await[2], before[2] + 1);
    }
}

/// How many rows there are: the last prompt's number, living prompts, versions, runs, drafts,
/// working copies, open feedback, and from schema 2 on listed guidelines, their changes, open
/// consultations, sets, and guidelines that versions follow; from schema 5 on connections.
async fn rows(folder: &Path) -> Vec<i64> {
    let name = format!("sqlite://{}", folder.join("attune.sqlite3").display());
    let mut connection = SqliteConnection::connect(&name).await.unwrap();
    let mut counts = Vec::new();
    for query in [
        "SELECT max(id) FROM prompts",
        "SELECT count(*) FROM prompts WHERE deleted_at IS NULL",
        "SELECT count(*) FROM versions",
        "SELECT count(*) FROM runs",
        "SELECT count(*) FROM drafts",
        "SELECT count(*) FROM working_copies",
        "SELECT count(*) FROM feedback WHERE taken_up_by IS NULL",
    ] {
        counts.push(sqlx::query_scalar(query).fetch_one(&mut connection).await.unwrap());
    }
    let schema: i64 = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    for query in [
        "SELECT count(*) FROM guidelines WHERE position IS NOT NULL",
        "SELECT count(*) FROM guideline_changes",
        "SELECT count(*) FROM consultations WHERE state NOT IN ('accepted', 'dismissed')",
        "SELECT count(*) FROM guideline_sets",
        "SELECT count(*) FROM guideline_versions",
    ] {
        let count = sqlx::query_scalar(query);
        counts.push(if schema < 2 { 0 } else { count.fetch_one(&mut connection).await.unwrap() });
    }
    let count = sqlx::query_scalar("SELECT count(*) FROM connections");
    counts.push(if schema < 5 { 0 } else { count.fetch_one(&mut connection).await.unwrap() });
    connection.close().await.unwrap();
    counts
}

/// Runs that ended and cannot be found by their words.
async fn runs_without_their_words(folder: &Path) -> i64 {
    let name = format!("sqlite://{}", folder.join("attune.sqlite3").display());
    let mut connection = SqliteConnection::connect(&name).await.unwrap();
    let missing = "SELECT count(*) FROM runs
        WHERE state <> 'running' AND id NOT IN (SELECT rowid FROM run_search)";
    let missing = sqlx::query_scalar(missing).fetch_one(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    missing
}

/// Reads every row through the store and counts as [`rows`] does, from living prompts on.
async fn read_everything(store: &Store, last_prompt: i64) -> Vec<i64> {
    let listed = store.list_prompts(&PromptQuery::default()).await.unwrap();
    let mut counts = [0; 12];
    counts[11] = count(&store.connections().await.unwrap());
    counts[0] = i64::from(listed.total);
    counts[9] = count(&store.guideline_sets().await.unwrap());
    for id in (1..=last_prompt).map(PromptId) {
        // Deleted prompts have no head, but everything else.
        store.prompt(id).await.unwrap();
        let guidelines = store.guidelines(id).await.unwrap();
        counts[6] += count(&guidelines);
        counts[10] += guidelines.iter().map(|it| count(&it.followed_by)).sum::<i64>();
        counts[7] += count(&store.guideline_changes(id, None, 200).await.unwrap());
        counts[8] += count(&store.open_consultations(id, 200).await.unwrap());
        counts[4] += i64::from(store.working_copy(id, "local").await.unwrap().is_some());
        for summary in store.versions(id, None, 200).await.unwrap() {
            let version = store.version(id, summary.number).await.unwrap().unwrap();
            assert_eq!(version.summary, summary);
            counts[1] += 1;
            counts[3] += count(&store.drafts_of_version(id, summary.number).await.unwrap());
        }
    }
    for id in (1..).map(RunId) {
        let Some(run) = store.run(id).await.unwrap() else { break };
        counts[2] += 1;
        counts[5] += count(&store.open_feedback(run.id).await.unwrap());
    }
    counts.into()
}

fn count<T>(rows: &[T]) -> i64 {
    i64::try_from(rows.len()).unwrap()
}

/// The files of `migrations/`.
async fn migrations() -> Migrator {
    Migrator::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations")).await.unwrap()
}

/// The databases with their schema, from their names.
fn databases() -> Vec<(i64, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut databases: Vec<_> = files
        .filter_map(|path| {
            let name = path.file_name()?.to_str()?;
            let version = name.strip_prefix("schema-")?.strip_suffix(".sqlite3")?.parse().ok()?;
            Some((version, path))
        })
        .collect();
    databases.sort();
    databases
}
