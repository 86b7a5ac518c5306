//! Rows that Attune did not write are named, and nothing else suffers.

use expect_test::{Expect, expect};
use store::StoreError;

use crate::fixture::{ANN, Fixture};
use crate::opening::sql;

fn check<T: std::fmt::Debug>(result: Result<T, StoreError>, expected: &Expect) {
    let error = result.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error:?}");
    expected.assert_eq(&error.to_string());
}

#[tokio::test]
async fn corrupt_rows_are_named_without_their_contents() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "Give uses", &[]).await.id;
    let other = fixture.prompt("Other", "Other", &[]).await.id;
    let run = fixture.done(id, 1, "output").await;
    let draft = fixture.ready(id, 1, "draft").await;
    let copy = align::record::WorkingCopy::default();
    fixture.store.save_working_copy(id, ANN, &copy, 1).await.unwrap();
    fixture.feedback(run.id, "Shorter").await;
    sql(
        fixture.folder.path(),
        "UPDATE prompts SET models = '\"secret\"' WHERE id = 1;
        UPDATE runs SET settings = '{', model = 'secret';
        UPDATE drafts SET proposal = '{\"secret\": 1}';
        UPDATE feedback SET span = '7';
        UPDATE working_copies SET prompt = 'secret';
        DROP TRIGGER versions_stay;
        UPDATE versions SET plain_names = 'secret' WHERE prompt_id = 1;",
    )
    .await;
    let store = &fixture.store;
    check(
        store.prompt(id).await,
        &expect!["prompts 1 is corrupt: column models is not the expected JSON"],
    );
    check(
        store.newest_version(id).await,
        &expect!["versions 1/1 is corrupt: column plain_names is not the expected JSON"],
    );
    check(
        store.run(run.id).await,
        &expect!["runs 1 is corrupt: column model is not of its written form"],
    );
    check(
        store.draft(draft.id).await,
        &expect!["drafts 1 is corrupt: column proposal is not the expected JSON"],
    );
    check(
        store.open_feedback(run.id).await,
        &expect!["feedback 1 is corrupt: column span is not the expected JSON"],
    );
    check(
        store.working_copy(id, ANN).await,
        &expect!["working_copies 1 is corrupt: column prompt is not the expected JSON"],
    );
    assert_eq!(fixture.newest(other).await.prompt.text, "Other");
    assert_eq!(fixture.found("").await.len(), 2);
}

#[tokio::test]
async fn numbers_out_of_range_and_broken_text_are_corrupt() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "Give uses", &[]).await.id;
    let run = fixture.done(id, 1, "output").await;
    sql(
        fixture.folder.path(),
        "UPDATE runs SET duration_ms = -1;
        UPDATE prompts SET title = CAST(x'ff' AS TEXT)",
    )
    .await;
    check(
        fixture.store.run(run.id).await,
        &expect!["runs 1 is corrupt: column duration_ms is not of its type or out of range"],
    );
    check(
        fixture.store.prompt(id).await,
        &expect!["prompts 1 is corrupt: column title is not of its type or out of range"],
    );
}
