//! Hot queries use their indices: what SQLite plans for each, written down.
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::{Expect, expect};
use sqlx::Row;

use crate::guidelines::{ledger, positions};
use crate::sqlite::search;
use crate::{
    Store, consultations, drafts, feedback, guidelines, leases, prompts, runs, versions,
    working_copies,
};

async fn check(query: &'static str, expected: &Expect) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let explain = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
    let rows = sqlx::query(explain).fetch_all(store.readers()).await.unwrap();
    let steps = rows.iter().map(|row| row.get::<&str, _>("detail").to_owned() + "\n");
    expected.assert_eq(&steps.collect::<String>());
}

#[tokio::test]
async fn prompts_are_listed_by_index() {
    check(
        prompts::SELECT_PAGE,
        &expect![[r#"
            SCAN prompts USING INDEX prompts_by_change
            LIST SUBQUERY 2
            SCAN prompt_search VIRTUAL TABLE INDEX 0:M3
            CREATE BLOOM FILTER
            LIST SUBQUERY 4
            SEARCH tags USING COVERING INDEX sqlite_autoindex_tags_1 (folded=?)
            SEARCH prompt_tags USING COVERING INDEX prompt_tags_by_tag (tag_id=?)
            CREATE BLOOM FILTER
            LIST SUBQUERY 3
            SCAN prompt_tags USING COVERING INDEX prompt_tags_by_tag
            SEARCH tags USING INTEGER PRIMARY KEY (rowid=?)
            CREATE BLOOM FILTER
            CORRELATED SCALAR SUBQUERY 1
            USE TEMP B-TREE FOR string_agg(ORDER BY)
            SEARCH prompt_tags USING PRIMARY KEY (prompt_id=?)
            SEARCH tags USING INTEGER PRIMARY KEY (rowid=?)
        "#]],
    )
    .await;
    check(
        prompts::COUNT,
        &expect![[r#"
        SCAN prompts USING INDEX prompts_by_change
        LIST SUBQUERY 1
        SCAN prompt_search VIRTUAL TABLE INDEX 0:M3
        CREATE BLOOM FILTER
        LIST SUBQUERY 3
        SEARCH tags USING COVERING INDEX sqlite_autoindex_tags_1 (folded=?)
        SEARCH prompt_tags USING COVERING INDEX prompt_tags_by_tag (tag_id=?)
        CREATE BLOOM FILTER
        LIST SUBQUERY 2
        SCAN prompt_tags USING COVERING INDEX prompt_tags_by_tag
        SEARCH tags USING INTEGER PRIMARY KEY (rowid=?)
        CREATE BLOOM FILTER
    "#]],
    )
    .await;
    check(
        prompts::SELECT_TAGS,
        &expect![[r#"
        SEARCH tags USING INDEX tags_by_use (prompts>?)
    "#]],
    )
    .await;
    check(
        prompts::SELECT_HEAD,
        &expect![[r#"
            SEARCH prompts USING INTEGER PRIMARY KEY (rowid=?)
            CORRELATED SCALAR SUBQUERY 1
            USE TEMP B-TREE FOR string_agg(ORDER BY)
            SEARCH prompt_tags USING PRIMARY KEY (prompt_id=?)
            SEARCH tags USING INTEGER PRIMARY KEY (rowid=?)
        "#]],
    )
    .await;
}

#[tokio::test]
async fn versions_are_found_by_number() {
    check(
        versions::SELECT_NEWEST,
        &expect![[r#"
        SEARCH prompts USING INTEGER PRIMARY KEY (rowid=?)
        SEARCH versions USING INDEX sqlite_autoindex_versions_1 (prompt_id=? AND number=?)
    "#]],
    )
    .await;
    check(
        versions::SELECT_LIVING_NEWEST,
        &expect![[r#"
        SEARCH prompts USING INTEGER PRIMARY KEY (rowid=?)
        SEARCH versions USING INDEX sqlite_autoindex_versions_1 (prompt_id=? AND number=?)
    "#]],
    )
    .await;
    check(
        versions::SELECT_VERSION,
        &expect![[r#"
        SEARCH versions USING INDEX sqlite_autoindex_versions_1 (prompt_id=? AND number=?)
    "#]],
    )
    .await;
    check(
        versions::SELECT_SAME,
        &expect![[r#"
        SEARCH versions USING INDEX sqlite_autoindex_versions_1 (prompt_id=?)
    "#]],
    )
    .await;
    check(
        versions::SELECT_SUMMARIES,
        &expect![[r#"
        SEARCH versions USING INDEX sqlite_autoindex_versions_1 (prompt_id=? AND number<?)
    "#]],
    )
    .await;
}

#[tokio::test]
async fn runs_are_found_by_prompt() {
    check(
        runs::SELECT_NEWEST,
        &expect![[r#"
        SEARCH runs USING INDEX runs_interactive (prompt_id=?)
    "#]],
    )
    .await;
    check(
        runs::SELECT_BEFORE,
        &expect![[r#"
            CO-ROUTINE found
            CO-ROUTINE earlier
            SEARCH runs USING INDEX runs_interactive (prompt_id=? AND id<?)
            SEARCH this USING INTEGER PRIMARY KEY (rowid=?)
            SCAN earlier
            USE TEMP B-TREE FOR ORDER BY
            SCAN found
            SEARCH runs USING INTEGER PRIMARY KEY (rowid=?)
        "#]],
    )
    .await;
    check(
        runs::SELECT_PAGE,
        &expect![[r#"
        SEARCH runs USING INDEX runs_interactive (prompt_id=? AND id<?)
        LIST SUBQUERY 3
        SCAN run_search VIRTUAL TABLE INDEX 0:M2
        CREATE BLOOM FILTER
        CORRELATED SCALAR SUBQUERY 1
        SEARCH feedback USING COVERING INDEX feedback_by_run (run_id=?)
        CORRELATED SCALAR SUBQUERY 2
        SEARCH feedback USING INDEX feedback_by_run (run_id=?)
    "#]],
    )
    .await;
    check(
        search::SELECT_TO_INDEX,
        &expect![[r#"
        SCAN runs USING INDEX runs_to_index
    "#]],
    )
    .await;
}

#[tokio::test]
async fn the_rest_of_a_workbench_is_found_by_index() {
    check(
        drafts::SELECT_OPEN,
        &expect![[r#"
        MERGE (UNION ALL)
        LEFT
        SEARCH drafts USING INDEX sqlite_autoindex_drafts_1 (prompt_id=? AND base=?)
        USE TEMP B-TREE FOR ORDER BY
        RIGHT
        SEARCH drafts USING INDEX drafts_undecided (prompt_id=? AND base<?)
        USE TEMP B-TREE FOR ORDER BY
    "#]],
    )
    .await;
    check(
        drafts::SELECT_OF_VERSION,
        &expect![[r#"
        SEARCH drafts USING INDEX sqlite_autoindex_drafts_1 (prompt_id=? AND base=?)
    "#]],
    )
    .await;
    check(
        feedback::SELECT_OPEN,
        &expect![[r#"
            SEARCH feedback USING INDEX feedback_by_run (run_id=?)
        "#]],
    )
    .await;
    check(working_copies::SELECT, &expect![[r#"
        SEARCH working_copies USING INDEX sqlite_autoindex_working_copies_1 (prompt_id=? AND author=?)
    "#]]).await;
}

#[tokio::test]
async fn guidelines_are_found_by_prompt() {
    check(
        guidelines::SELECT_LISTED,
        &expect![[r#"
            SEARCH guidelines USING INDEX guidelines_listed (prompt_id=? AND position>?)
            SEARCH consultations USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
            CORRELATED SCALAR SUBQUERY 1
            USE TEMP B-TREE FOR string_agg(ORDER BY)
            SEARCH guideline_versions USING PRIMARY KEY (guideline_id=? AND prompt_id=?)
        "#]],
    )
    .await;
    check(
        positions::SELECT_PLACES,
        &expect![[r#"
        SEARCH guidelines USING COVERING INDEX guidelines_listed (prompt_id=? AND position>?)
    "#]],
    )
    .await;
    check(ledger::SELECT_OF_PROMPT, &expect![[r#"
        SEARCH entry USING INDEX guideline_changes_by_prompt (prompt_id=? AND id<?)
        SEARCH undoing USING COVERING INDEX sqlite_autoindex_guideline_changes_1 (undoes=?) LEFT-JOIN
        SEARCH consultations USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
    "#]]).await;
    check(
        guidelines::SELECT_SETS,
        &expect![[r#"
            SCAN guideline_sets USING INDEX sqlite_autoindex_guideline_sets_1
        "#]],
    )
    .await;
}

#[tokio::test]
async fn uses_of_guideline_sets_are_found_by_index() {
    check(
        guidelines::SELECT_SET_USES,
        &expect![[r#"
        SEARCH guidelines USING INDEX guidelines_by_set (set_id>?)
        SEARCH prompts USING INTEGER PRIMARY KEY (rowid=?)
        USE TEMP B-TREE FOR GROUP BY
        USE TEMP B-TREE FOR ORDER BY
    "#]],
    )
    .await;
}

#[tokio::test]
async fn open_consultations_are_found_by_index() {
    check(
        consultations::SELECT_OPEN,
        &expect![[r#"
        SEARCH consultations USING INDEX consultations_open (prompt_id=?)
    "#]],
    )
    .await;
    check(
        consultations::SELECT_SUGGESTED,
        &expect![[r#"
        SEARCH consultations USING INDEX consultations_open (prompt_id=?)
    "#]],
    )
    .await;
}

/// Few rows are unfinished at any time, however many there are.
#[tokio::test]
async fn what_is_unfinished_is_found_by_index() {
    let renew = [leases::RENEW_RUNS, leases::RENEW_DRAFTS, leases::RENEW_CONSULTATIONS];
    let by_index = [
        expect![[r#"
            SCAN runs USING INDEX runs_unfinished
        "#]],
        expect![[r#"
            SCAN drafts USING INDEX drafts_unfinished
        "#]],
        expect![[r#"
            SCAN consultations USING INDEX consultations_unfinished
        "#]],
    ];
    for statements in [renew, leases::EXPIRED, leases::OWN] {
        for (statement, expected) in statements.into_iter().zip(&by_index) {
            check(statement, expected).await;
        }
    }
}
