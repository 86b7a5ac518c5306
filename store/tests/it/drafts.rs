//! Drafts: from asking to a decision.

use align::direct::{Finding, FindingKind};
use align::model::{Failure, FailureKind, Usage};
use align::record::{
    Draft, DraftGuideline, DraftId, DraftState, GuidelineId, PromptId, Proposal, RunId, Source,
    Workflow,
};
use align::{Feedback, Prompt, Span};
use store::{NewDraft, Noun, StoreError};

use crate::fixture::{Fixture, NOW, accept, new_draft, proposing};

#[tokio::test]
async fn a_draft_is_kept_from_start_to_end() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let run = fixture.done(id, 1, "Cut paper").await.id;
    let span = Span { exact: "paper".into(), prefix: String::new(), suffix: String::new() };
    let feedback = vec![Feedback { text: "Why?".into(), span: Some(span) }];
    let new = NewDraft { run_id: Some(run), feedback, ..new_draft(id, 1) };
    let draft = fixture.asked(&new).await;
    assert_eq!((draft.state, draft.number, draft.tries), (DraftState::Drafting, 1, 1));

    store.save_draft_progress(draft.id, 2, "<prompt>").await.unwrap();
    let stored = store.draft(draft.id).await.unwrap().unwrap();
    assert_eq!((stored.reply.as_str(), stored.tries), ("<prompt>", 2));

    let finding = Finding {
        kind: FindingKind::VariableLost,
        message: "x".into(),
        asked_by: Some(Source::Feedback(0)),
    };
    let proposal = Proposal {
        prompt: Prompt::new("two"),
        diagnosis: "F1\nWish: Two.".into(),
        rationale: "Because.".into(),
        unchanged: false,
        findings: vec![finding],
        traces: Vec::new(),
        conflicts: Vec::new(),
    };
    let finished = Draft {
        state: DraftState::Ready,
        reply: "<prompt>two</prompt>".into(),
        tries: 2,
        proposal: Some(proposal),
        usage: Some(Usage::default()),
        duration_ms: Some(400),
        ..draft
    };
    store.finish_draft(&finished).await.unwrap();
    assert_eq!(store.draft(finished.id).await.unwrap(), Some(finished));
}

#[tokio::test]
async fn an_ended_draft_is_not_ended_again() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let failure = Failure {
        kind: FailureKind::Unusable,
        message: "The reply holds no prompt.".into(),
        hint: "Redraft.".into(),
        retry_after_ms: None,
    };
    let draft = fixture.draft(id, 1).await;
    let failed = Draft { state: DraftState::Failed, failure: Some(failure), ..draft };
    store.finish_draft(&failed).await.unwrap();
    store.save_draft_progress(failed.id, 2, "late").await.unwrap();
    for error in [
        store.finish_draft(&proposing(failed.clone(), "late")).await.unwrap_err(),
        store.edit_draft(failed.id, &Prompt::new(""), None).await.unwrap_err(),
        store.reject_draft(failed.id, NOW).await.unwrap_err(),
        store.accept_draft(accept(&proposing(failed.clone(), "late"))).await.unwrap_err(),
    ] {
        assert!(matches!(error, StoreError::NotEditable { noun: Noun::Draft(DraftId(1)) }));
    }
    assert_eq!(store.draft(failed.id).await.unwrap(), Some(failed));
}

#[tokio::test]
async fn finishing_is_no_decision() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let draft = fixture.draft(id, 1).await;
    for state in [DraftState::Accepted { version: 1 }, DraftState::Rejected] {
        let decided = Draft { state, ..draft.clone() };
        let error = fixture.store.finish_draft(&decided).await.unwrap_err();
        assert!(matches!(error, StoreError::NotEditable { .. }));
    }
    assert_eq!(fixture.store.draft(draft.id).await.unwrap(), Some(draft));
}

#[tokio::test]
async fn a_ready_draft_is_edited_and_rejected() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let draft = fixture.ready(id, 1, "two").await;
    let (two, more) = (Prompt::new("two"), Prompt::new("two and more"));
    let edited = store.edit_draft(draft.id, &two, Some(&more)).await.unwrap();
    assert_eq!(edited.text(), Some(&more));
    assert_eq!(store.draft(draft.id).await.unwrap(), Some(edited.clone()));
    let other = Prompt::new("two or other");
    let late = store.edit_draft(draft.id, &two, Some(&other)).await.unwrap_err();
    assert!(matches!(late, StoreError::DraftEdited), "{late:?}");
    let late = store.edit_draft(draft.id, &two, None).await.unwrap_err();
    assert!(matches!(late, StoreError::DraftEdited), "{late:?}");
    assert_eq!(store.edit_draft(draft.id, &two, Some(&more)).await.unwrap(), edited, "twice");
    let back = store.edit_draft(draft.id, &more, None).await.unwrap();
    assert_eq!(back.text().unwrap().text, "two");

    let rejected = store.reject_draft(draft.id, NOW).await.unwrap();
    assert_eq!(rejected.state, DraftState::Rejected);
    assert_eq!(store.reject_draft(draft.id, NOW + 1).await.unwrap(), rejected);
    let error = store.edit_draft(draft.id, &two, None).await.unwrap_err();
    assert!(matches!(error, StoreError::NotEditable { .. }));
    let error = store.accept_draft(accept(&draft)).await.unwrap_err();
    assert!(matches!(error, StoreError::AlreadyDecided { state: DraftState::Rejected }));
    let error = store.reject_draft(DraftId(9), NOW).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound { noun: Noun::Draft(DraftId(9)) }));
}

#[tokio::test]
async fn candidates_are_counted_per_base_and_listed() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    fixture.save(id, "two").await;
    let waiting = fixture.ready(id, 1, "a").await;
    let rejected = fixture.ready(id, 1, "b").await;
    store.reject_draft(rejected.id, NOW).await.unwrap();
    let writing = fixture.draft(id, 1).await;
    let on_newest = fixture.ready(id, 2, "c").await;
    store.reject_draft(on_newest.id, NOW).await.unwrap();
    assert_eq!((waiting.number, rejected.number, writing.number), (1, 2, 3));
    assert_eq!(on_newest.number, 1);

    let ids = |drafts: Vec<Draft>| drafts.into_iter().map(|draft| draft.id).collect::<Vec<_>>();
    let open = ids(store.open_drafts(id, 2).await.unwrap());
    assert_eq!(open, [waiting.id, writing.id, on_newest.id]);
    let first = ids(store.drafts_of_version(id, 1).await.unwrap());
    assert_eq!(first, [waiting.id, rejected.id, writing.id]);
}

#[tokio::test]
async fn a_draft_names_a_version_and_a_run_that_exist() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let error = fixture.store.insert_drafts(&new_draft(id, 5), 1).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound { noun: Noun::Version(PromptId(1), 5) }));
    let new = NewDraft { run_id: Some(RunId(9)), ..new_draft(id, 1) };
    let error = fixture.store.insert_drafts(&new, 1).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound { .. }));
}

#[tokio::test]
async fn drafts_asked_for_together_are_kept_together() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let guidelines = vec![DraftGuideline { id: GuidelineId(1), text: "Be brief.".into() }];
    let new = NewDraft { guidelines: guidelines.clone(), rewrites: 1, ..new_draft(id, 1) };
    let drafts = store.insert_drafts(&new, 3).await.unwrap();
    let first = Some(drafts[0].id);
    for (number, draft) in (1..).zip(&drafts) {
        assert_eq!((draft.number, draft.batch, draft.rewrites), (number, first, 1));
        assert_eq!((&draft.guidelines, draft.workflow()), (&guidelines, Workflow::Guidelines));
    }
    assert_eq!(store.drafts_of_version(id, 1).await.unwrap(), drafts);
    assert_eq!(store.insert_drafts(&new, 1).await.unwrap()[0].batch, None);
}

#[tokio::test]
async fn a_known_answer_is_ready_at_once() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let proposal = proposing(fixture.draft(id, 1).await, "one").proposal;
    let new = NewDraft { proposal: proposal.clone(), ..new_draft(id, 1) };
    let draft = fixture.store.insert_drafts(&new, 1).await.unwrap().remove(0);
    assert_eq!((draft.state, draft.tries), (DraftState::Ready, 0));
    assert_eq!(draft.proposal, proposal);
}

#[tokio::test]
async fn changes_are_left_out_of_the_text_they_were_counted_in() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let draft = fixture.ready(id, 1, "two").await;
    let text = draft.text().unwrap();
    store.leave_out(draft.id, text, &[0]).await.unwrap();
    assert_eq!(store.draft(draft.id).await.unwrap().unwrap().left_out, [0]);
    let edited = store.edit_draft(draft.id, text, Some(&Prompt::new("three"))).await.unwrap();
    assert_eq!(edited.left_out, [0; 0], "an edit begins anew");
    let outdated = store.leave_out(draft.id, text, &[0]).await.unwrap_err();
    assert!(matches!(outdated, StoreError::DraftEdited), "{outdated:?}");
    store.reject_draft(draft.id, NOW).await.unwrap();
    let decided = store.leave_out(draft.id, text, &[0]).await.unwrap_err();
    assert!(matches!(decided, StoreError::NotEditable { .. }), "{decided:?}");
}
