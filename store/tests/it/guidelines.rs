//! Guidelines and their ledger: every change is an entry, every entry can be undone.

use align::record::{ChangeKind, GuidelineChange, GuidelineId, GuidelineOrigin, PromptId};
use expect_test::{Expect, expect};
use store::{GuidelineEdit, StoreError};

use crate::fixture::{ANN, Fixture, NOW, accept, shown};

/// A prompt with the guidelines `a`, `b` and `c`.
async fn three() -> (Fixture, PromptId, [GuidelineId; 3]) {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let mut ids = [GuidelineId(0); 3];
    for (place, text) in ["a", "b", "c"].into_iter().enumerate() {
        ids[place] = fixture.guideline(id, text).await;
    }
    (fixture, id, ids)
}

impl Fixture {
    async fn change(&self, id: GuidelineId, edit: GuidelineEdit) {
        self.store.change_guideline(id, edit, "bob", NOW + 1).await.unwrap();
    }

    /// The newest entry.
    async fn last(&self, id: PromptId) -> GuidelineChange {
        self.store.guideline_changes(id, None, 1).await.unwrap().remove(0)
    }

    async fn undo_last(&self, id: PromptId) {
        let last = self.last(id).await.id;
        self.store.undo_guideline_change(last, ANN, NOW + 2).await.unwrap();
    }

    async fn check(&self, id: PromptId, expected: &str) {
        assert_eq!(shown(&self.store.guidelines(id).await.unwrap()), expected);
    }
}

fn text(before: &str, after: &str) -> GuidelineEdit {
    GuidelineEdit::Text { before: before.to_owned(), after: after.to_owned() }
}

/// What the ledger says, oldest entry first.
async fn check_ledger(fixture: &Fixture, id: PromptId, expected: &Expect) {
    let mut changes = fixture.store.guideline_changes(id, None, 100).await.unwrap();
    changes.reverse();
    let state = |state: &Option<align::record::GuidelineState>| {
        state.as_ref().map_or("–".to_owned(), |it| {
            format!("{}{}@{}", if it.is_on { "" } else { "-" }, it.text, it.position)
        })
    };
    let lines = changes.iter().map(|it| {
        let undoes = it.undoes.map_or(String::new(), |id| format!(" of {id}"));
        let undone = if it.undone { " (undone)" } else { "" };
        let (before, after) = (state(&it.before), state(&it.after));
        format!("{} {} {:?}{undoes}: {before} → {after}{undone}\n", it.id, it.author, it.kind)
    });
    expected.assert_eq(&lines.collect::<String>());
}

#[tokio::test]
async fn every_change_is_an_entry() {
    let (fixture, id, [a, b, c]) = three().await;
    fixture.change(a, text("a", "A")).await;
    fixture.change(b, GuidelineEdit::Switch(false)).await;
    fixture.change(c, GuidelineEdit::Move(0)).await;
    fixture.change(a, GuidelineEdit::Remove).await;
    fixture.check(id, "c, -b").await;
    check_ledger(
        &fixture,
        id,
        &expect![[r"
        1 ann Added: – → a@0
        2 ann Added: – → b@1
        3 ann Added: – → c@2
        4 bob Edited: a@0 → A@0
        5 bob Switched: b@1 → -b@1
        6 bob Moved: c@2 → c@0
        7 bob Removed: A@1 → –
    "]],
    )
    .await;
    let listed = fixture.store.guidelines(id).await.unwrap();
    assert_eq!((listed[0].author.as_str(), listed[0].created_at), (ANN, NOW));
    assert_eq!(
        (&listed[0].origin, &listed[0].followed_by),
        (&GuidelineOrigin::Handwritten, &vec![])
    );
}

#[tokio::test]
async fn what_changes_nothing_is_no_entry() {
    let (fixture, id, [a, b, c]) = three().await;
    for (guideline, edit) in [
        (a, text("a", "a")),
        (b, GuidelineEdit::Switch(true)),
        (c, GuidelineEdit::Move(2)),
        (c, GuidelineEdit::Move(99)),
    ] {
        fixture.change(guideline, edit).await;
    }
    assert_eq!(fixture.last(id).await.kind, ChangeKind::Added);
    fixture.change(a, GuidelineEdit::Remove).await;
    let removed = fixture.last(id).await;
    fixture.change(a, GuidelineEdit::Remove).await;
    assert_eq!(fixture.last(id).await, removed, "gone already");
    let gone = fixture.store.change_guideline(a, text("a", "x"), ANN, NOW).await.unwrap_err();
    assert!(matches!(gone, StoreError::GuidelineGone), "{gone:?}");
    let nobody = GuidelineId(99);
    let unknown =
        fixture.store.change_guideline(nobody, text("a", "x"), ANN, NOW).await.unwrap_err();
    assert!(matches!(unknown, StoreError::NotFound { .. }), "{unknown:?}");
}

#[tokio::test]
async fn an_edit_names_the_words_it_began_with() {
    let (fixture, id, [a, _, _]) = three().await;
    fixture.change(a, text("a", "by ann")).await;
    let refused = fixture.store.change_guideline(a, text("a", "by bob"), ANN, NOW).await;
    assert!(matches!(refused, Err(StoreError::Reworded)), "{refused:?}");
    fixture.change(a, text("a", "by ann")).await;
    fixture.check(id, "by ann, b, c").await;
    fixture.change(a, text("by ann", "by bob")).await;
    fixture.check(id, "by bob, b, c").await;
}

#[tokio::test]
async fn every_kind_of_change_is_undone_and_done_again() {
    for (edit, changed) in [
        (text("b", "B"), "a, B, c"),
        (GuidelineEdit::Switch(false), "a, -b, c"),
        (GuidelineEdit::Move(0), "b, a, c"),
        (GuidelineEdit::Move(7), "a, c, b"),
        (GuidelineEdit::Remove, "a, c"),
    ] {
        let (fixture, id, [_, b, _]) = three().await;
        fixture.change(b, edit).await;
        fixture.check(id, changed).await;
        fixture.undo_last(id).await;
        fixture.check(id, "a, b, c").await;
        fixture.undo_last(id).await;
        fixture.check(id, changed).await;
        fixture.undo_last(id).await;
        fixture.check(id, "a, b, c").await;
        let entries = fixture.store.guideline_changes(id, None, 100).await.unwrap();
        assert_eq!(entries.iter().filter(|it| it.undone).count(), 3);
    }
}

#[tokio::test]
async fn an_addition_is_undone() {
    let (fixture, id, _) = three().await;
    fixture.undo_last(id).await;
    fixture.check(id, "a, b").await;
    fixture.undo_last(id).await;
    fixture.check(id, "a, b, c").await;
}

#[tokio::test]
async fn an_entry_is_undone_once() {
    let (fixture, id, [a, ..]) = three().await;
    fixture.change(a, text("a", "A")).await;
    let edit = fixture.last(id).await.id;
    fixture.store.undo_guideline_change(edit, ANN, NOW).await.unwrap();
    let again = fixture.store.undo_guideline_change(edit, ANN, NOW).await.unwrap_err();
    assert!(matches!(again, StoreError::UndoneBefore), "{again:?}");
}

#[tokio::test]
async fn undoing_never_loses_a_later_change() {
    let (fixture, id, [a, ..]) = three().await;
    fixture.change(a, text("a", "A")).await;
    let edit = fixture.last(id).await.id;
    fixture.change(a, text("A", "AA")).await;
    let refused = fixture.store.undo_guideline_change(edit, ANN, NOW).await.unwrap_err();
    assert!(matches!(refused, StoreError::ChangedAgain), "{refused:?}");
    fixture.check(id, "AA, b, c").await;
    // A change of something else stays beside it.
    fixture.undo_last(id).await;
    fixture.change(a, GuidelineEdit::Switch(false)).await;
    fixture.change(a, GuidelineEdit::Move(2)).await;
    fixture.store.undo_guideline_change(edit, ANN, NOW).await.unwrap();
    fixture.check(id, "b, c, -a").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_undo_at_once_one_is_told_of_the_other() {
    let (fixture, id, [a, ..]) = three().await;
    for round in 0..20 {
        fixture.change(a, text("a", &format!("A{round}"))).await;
        let edit = fixture.last(id).await.id;
        let undo = || fixture.store.undo_guideline_change(edit, ANN, NOW);
        let (one, other) = tokio::join!(undo(), undo());
        assert_ne!(one.is_ok(), other.is_ok());
        let refused = one.err().or(other.err()).unwrap();
        assert!(matches!(refused, StoreError::UndoneBefore), "{refused:?}");
        fixture.check(id, "a, b, c").await;
    }
}

#[tokio::test]
async fn the_ledger_is_read_in_pages() {
    let (fixture, id, _) = three().await;
    let page = fixture.store.guideline_changes(id, None, 2).await.unwrap();
    let rest = fixture.store.guideline_changes(id, Some(page[1].id), 2).await.unwrap();
    let ids: Vec<_> = page.iter().chain(&rest).map(|it| it.id.0).collect();
    assert_eq!(ids, [3, 2, 1]);
}

#[tokio::test]
async fn a_guideline_knows_the_versions_that_follow_it() {
    let (fixture, id, [a, b, _]) = three().await;
    let draft = fixture.ready(id, 1, "two").await;
    let mut wish = accept(&draft);
    wish.followed = vec![a, b];
    let accepted = fixture.store.accept_draft(wish).await.unwrap();
    let followed: Vec<_> =
        accepted.list.unwrap().guidelines.into_iter().map(|it| it.followed_by).collect();
    assert_eq!(followed, [vec![2], vec![2], vec![]]);
    let draft = fixture.ready(id, 2, "three").await;
    let mut wish = accept(&draft);
    wish.followed = vec![a, GuidelineId(99)];
    fixture.store.accept_draft(wish).await.unwrap();
    assert_eq!(fixture.store.guidelines(id).await.unwrap()[0].followed_by, [2, 3]);
}

#[tokio::test]
async fn a_copy_of_a_prompt_has_its_guidelines() {
    let (fixture, id, [a, b, _]) = three().await;
    fixture.change(a, GuidelineEdit::Move(2)).await;
    fixture.change(b, GuidelineEdit::Switch(false)).await;
    let copy = fixture.store.duplicate_prompt(id, "Copy", "bob", NOW + 5).await.unwrap().id;
    fixture.check(copy, "-b, c, a").await;
    fixture.undo_last(copy).await;
    fixture.check(copy, "-b, c").await;
    fixture.check(id, "-b, c, a").await;
}

#[tokio::test]
async fn a_deleted_prompt_takes_no_change() {
    let (fixture, id, [a, ..]) = three().await;
    let last = fixture.last(id).await.id;
    fixture.store.delete_prompt(id, NOW).await.unwrap();
    for refused in [
        fixture.store.change_guideline(a, text("a", "x"), ANN, NOW).await.unwrap_err(),
        fixture.store.add_guideline(id, "x", ANN, NOW).await.unwrap_err(),
        fixture.store.undo_guideline_change(last, ANN, NOW).await.unwrap_err(),
    ] {
        assert!(matches!(refused, StoreError::NotFound { .. }), "{refused:?}");
    }
}
