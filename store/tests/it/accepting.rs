//! Accepting: all of it or nothing, once, and never over a newer version.

use align::record::{Correction, DraftState, Origin, PromptId, SeenText, WorkingCopy};
use align::{Feedback, Prompt};
use store::{AcceptDraft, NewDraft, Noun, StoreError};

use crate::fixture::{ANN, Fixture, NOW, accept, new_draft, proposing, seen};

#[tokio::test]
async fn an_accepted_draft_becomes_the_newest_version() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let draft = fixture.ready(id, 1, "two").await;
    let accepted = fixture.store.accept_draft(accept(&draft)).await.unwrap();

    let summary = &accepted.version.summary;
    assert_eq!((summary.number, summary.parent), (2, Some(1)));
    assert_eq!(summary.origin, Origin::DraftAccepted { draft: draft.id });
    assert_eq!((summary.note.as_str(), accepted.version.prompt.text.as_str()), ("Because.", "two"));
    assert_eq!(accepted.draft.state, DraftState::Accepted { version: 2 });
    assert_eq!(accepted.kept, []);
    assert_eq!(fixture.newest(id).await, accepted.version);
    assert_eq!(fixture.store.draft(draft.id).await.unwrap(), Some(accepted.draft));
    assert_eq!(fixture.found("two").await, ["Uses"]);
}

#[tokio::test]
async fn typed_text_becomes_its_own_version_first() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let draft = fixture.ready(id, 1, "two").await;
    let seen = Some(seen("one, typed on", 0));
    let accepted =
        fixture.store.accept_draft(AcceptDraft { seen, ..accept(&draft) }).await.unwrap();

    let [kept] = &*accepted.kept else { panic!("{:?}", accepted.kept) };
    assert_eq!((kept.summary.number, kept.summary.parent), (2, Some(1)));
    assert_eq!(kept.summary.origin, Origin::Typed);
    assert_eq!(kept.summary.note, "Unsaved edits kept before accepting a draft");
    assert_eq!(fixture.store.version(id, 2).await.unwrap().as_ref(), Some(kept));
    assert_eq!((accepted.version.summary.number, accepted.version.summary.parent), (3, Some(1)));
    assert_eq!(fixture.newest(id).await, accepted.version);
}

#[tokio::test]
async fn typed_text_that_says_nothing_new_is_not_kept() {
    for text in ["older", "one", "two", " \n"] {
        let fixture = Fixture::new().await;
        let id = fixture.prompt("Uses", "older", &[]).await.id;
        fixture.save(id, "one").await;
        let draft = fixture.ready(id, 2, "two").await;
        let seen = Some(seen(text, 0));
        let accepted =
            fixture.store.accept_draft(AcceptDraft { seen, ..accept(&draft) }).await.unwrap();
        assert_eq!((accepted.kept, accepted.version.summary.number), (vec![], 3), "{text:?}");
    }
}

#[tokio::test]
async fn what_another_page_saved_unheard_becomes_a_version_too() {
    /// Accepts on a page that knows of save `known` of 2 and shows `shown`; what is kept.
    async fn check(seen: Option<SeenText>, expected: &[&str]) {
        let fixture = Fixture::new().await;
        let store = &fixture.store;
        let id = fixture.prompt("Uses", "one", &[]).await.id;
        for (revision, text) in ["mine", "theirs"].into_iter().enumerate() {
            let revision = revision as u64;
            let prompt = Prompt::new(text);
            let copy = WorkingCopy { prompt, revision, ..WorkingCopy::default() };
            store.save_working_copy(id, ANN, &copy, NOW).await.unwrap();
        }
        let draft = fixture.ready(id, 1, "two").await;
        let wish = AcceptDraft { seen: seen.clone(), ..accept(&draft) };
        let accepted = store.accept_draft(wish).await.unwrap();
        let kept: Vec<_> = accepted.kept.iter().map(|it| it.prompt.text.as_str()).collect();
        assert_eq!(kept, expected, "{seen:?}");
        assert_eq!(fixture.newest(id).await.prompt.text, "two");
    }
    check(Some(seen("mine, typed on", 1)), &["theirs", "mine, typed on"]).await;
    check(Some(seen("one", 1)), &["theirs"]).await;
    check(Some(seen("theirs", 1)), &["theirs"]).await;
    check(Some(seen("theirs, typed on", 2)), &["theirs, typed on"]).await;
    check(None, &["theirs"]).await;
}

#[tokio::test]
async fn a_stale_draft_changes_nothing() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let draft = fixture.ready(id, 1, "draft").await;
    let newest = fixture.save(id, "two").await.version;
    let seen = Some(seen("typed", 0));
    let error = store.accept_draft(AcceptDraft { seen, ..accept(&draft) }).await.unwrap_err();
    assert!(matches!(error, StoreError::StaleDraft { base: 1, newest: 2 }), "{error:?}");
    assert_eq!(fixture.newest(id).await, newest);
    assert_eq!(store.draft(draft.id).await.unwrap().unwrap().state, DraftState::Ready);
}

#[tokio::test]
async fn what_another_page_edited_meanwhile_is_not_accepted_unseen() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let draft = fixture.ready(id, 1, "two").await;
    fixture
        .store
        .edit_draft(draft.id, &Prompt::new("two"), Some(&Prompt::new("three")))
        .await
        .unwrap();
    let error = fixture.store.accept_draft(accept(&draft)).await.unwrap_err();
    assert!(matches!(error, StoreError::DraftEdited), "{error:?}");
    assert_eq!(fixture.newest(id).await.summary.number, 1);
}

#[tokio::test]
async fn a_second_accept_is_told_of_the_first() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let draft = fixture.ready(id, 1, "two").await;
    fixture.store.accept_draft(accept(&draft)).await.unwrap();
    for error in [
        fixture.store.accept_draft(accept(&draft)).await.unwrap_err(),
        fixture.store.reject_draft(draft.id, NOW).await.unwrap_err(),
    ] {
        let StoreError::AlreadyDecided { state } = error else { panic!("{error:?}") };
        assert_eq!(state, DraftState::Accepted { version: 2 });
    }
    assert_eq!(fixture.newest(id).await.summary.number, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_at_once_exactly_one_wins() {
    let fixture = Fixture::new().await;
    for round in 0..20 {
        let id = fixture.prompt("Uses", "one", &[]).await.id;
        let draft = fixture.ready(id, 1, "two").await;
        let seen = Some(seen("typed", 0));
        let wish = AcceptDraft { seen, ..accept(&draft) };
        let accepts = [0, 1].map(|_| {
            let (store, wish) = (fixture.store.clone(), wish.clone());
            tokio::spawn(async move { store.accept_draft(wish).await })
        });
        let mut won = 0;
        for accept in accepts {
            match accept.await.unwrap() {
                Ok(_) => won += 1,
                Err(StoreError::AlreadyDecided { state }) => {
                    assert_eq!(state, DraftState::Accepted { version: 3 });
                }
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!((won, fixture.newest(id).await.summary.number), (1, 3), "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_drafts_on_one_base_do_not_overwrite_each_other() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let drafts = [fixture.ready(id, 1, "a").await, fixture.ready(id, 1, "b").await];
    let accepts = drafts.map(|draft| {
        let store = fixture.store.clone();
        tokio::spawn(async move { store.accept_draft(accept(&draft)).await })
    });
    let mut results = Vec::new();
    for accept in accepts {
        results.push(accept.await.unwrap());
    }
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    let error = results.into_iter().find_map(Result::err).unwrap();
    assert!(matches!(error, StoreError::StaleDraft { base: 1, newest: 2 }), "{error:?}");
}

#[tokio::test]
async fn a_deleted_prompt_accepts_nothing() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let draft = fixture.ready(id, 1, "two").await;
    fixture.store.delete_prompt(id, NOW).await.unwrap();
    let error = fixture.store.accept_draft(accept(&draft)).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound { noun: Noun::Prompt(PromptId(1)) }));
}

#[tokio::test]
async fn the_editor_of_the_author_follows() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let typed = WorkingCopy {
        prompt: Prompt::new("typed"),
        base: Some(1),
        values: [("item".into(), "scissors".into())].into(),
        feedback: "Shorter.".into(),
        ..WorkingCopy::default()
    };
    for author in [ANN, "bob"] {
        store.save_working_copy(id, author, &typed, NOW).await.unwrap();
    }
    let draft = fixture.ready(id, 1, "two").await;
    store.accept_draft(accept(&draft)).await.unwrap();

    let copy = store.working_copy(id, ANN).await.unwrap().unwrap();
    // What was typed is v2.
    assert_eq!((copy.prompt.text.as_str(), copy.base), ("two", Some(3)));
    assert_eq!((copy.feedback.as_str(), copy.revision), ("", 2));
    assert_eq!((&copy.values, copy.updated_at), (&typed.values, NOW + 1));
    let other = store.working_copy(id, "bob").await.unwrap().unwrap();
    assert_eq!((other.prompt.text.as_str(), other.revision), ("typed", 1));
}

#[tokio::test]
async fn words_that_the_draft_does_not_know_stay_in_the_feedback_box() {
    for (typed, left) in
        [(" Shorter.\n", ""), ("Shorter. And in French.", "Shorter. And in French.")]
    {
        let fixture = Fixture::new().await;
        let store = &fixture.store;
        let id = fixture.prompt("Uses", "one", &[]).await.id;
        let draft = fixture.ready(id, 1, "two").await;
        let copy = WorkingCopy { feedback: typed.into(), ..WorkingCopy::default() };
        store.save_working_copy(id, ANN, &copy, NOW).await.unwrap();
        store.accept_draft(accept(&draft)).await.unwrap();
        assert_eq!(store.working_copy(id, ANN).await.unwrap().unwrap().feedback, left);
    }
}

#[tokio::test]
async fn a_piece_that_was_given_other_words_stays_open() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let run = fixture.done(id, 1, "1. Cutting paper.").await.id;
    let pieces = [fixture.feedback(run, "Shorter.").await, fixture.feedback(run, "Louder.").await];
    let feedback = ["Shorter.", "Louder."].map(Feedback::whole).to_vec();
    let new = NewDraft { feedback, pieces: pieces.to_vec(), ..new_draft(id, 1) };
    let draft = proposing(fixture.asked(&new).await, "two");
    store.finish_draft(&draft).await.unwrap();
    store.change_feedback(pieces[1], "Louder.", "Softer.").await.unwrap();
    let accepted = store.accept_draft(accept(&draft)).await.unwrap();
    assert_eq!(accepted.taken_up, [pieces[0]]);
    let open = store.open_feedback(run).await.unwrap();
    assert_eq!(open.iter().map(|it| it.feedback.text.as_str()).collect::<Vec<_>>(), ["Softer."]);
}

#[tokio::test]
async fn a_draft_that_answered_no_feedback_leaves_what_is_typed_in_the_boxes() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let run_id = fixture.done(id, 1, "1. Cutting paper.").await.id;
    let typed = WorkingCopy {
        feedback: "Half a sent".into(),
        correction: Some(Correction { run_id, text: "1. A bell for a kite.".into() }),
        guideline: "Name uses for mak".into(),
        ..WorkingCopy::default()
    };
    store.save_working_copy(id, ANN, &typed, NOW).await.unwrap();
    let from_guidelines = NewDraft { feedback: Vec::new(), ..new_draft(id, 1) };
    let draft = proposing(fixture.asked(&from_guidelines).await, "two");
    store.finish_draft(&draft).await.unwrap();
    store.accept_draft(accept(&draft)).await.unwrap();

    let copy = store.working_copy(id, ANN).await.unwrap().unwrap();
    assert_eq!((copy.prompt.text.as_str(), copy.feedback.as_str()), ("two", "Half a sent"));
    assert_eq!((copy.correction, copy.guideline), (typed.correction, typed.guideline));
}
