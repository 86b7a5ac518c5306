//! A draft hunk by hunk: what is taken is checked again and becomes the version.

use align::Prompt;
use align::direct::FindingKind;
use align::record::{Draft, Event};
use expect_test::expect;
use service::{AcceptDraft, ServiceError};

use crate::bench::{Bench, TEXT, reply, until};
use crate::guidelines::said;

const TWO_CHANGES: &str = "Give three surprising uses for: {item}\n\nEnd with a question.";

async fn two_changes() -> (Bench, Draft) {
    let bench = Bench::new([reply(TWO_CHANGES)]).await;
    let id = bench.draft(TEXT, "Surprise me, end with a question.").await.unwrap().id;
    let draft = bench.ended_draft(1, id).await;
    (bench, draft)
}

fn accept(draft: &Draft) -> AcceptDraft {
    AcceptDraft { draft_id: draft.id, seen: None, confirmed: false }
}

#[tokio::test]
async fn what_is_left_becomes_the_version() {
    let (bench, draft) = two_changes().await;
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    let chosen = bench.studio.choose_hunks(draft.id, vec![0, 0]).await.unwrap();
    assert_eq!(chosen.left_out, [0]);
    until(events, |event| matches!(event, Event::Draft(told) if **told == chosen)).await;
    let page = bench.studio.workbench(bench.prompt).await.unwrap();
    assert_eq!(page.drafts, [chosen]);
    let accepted = bench.studio.accept_draft(accept(&draft)).await.unwrap();
    assert_eq!(accepted.version.prompt.text, format!("{TEXT}\n\nEnd with a question."));
    assert_eq!(accepted.draft.left_out, [0]);
}

#[tokio::test]
async fn nothing_taken_is_no_version() {
    let (bench, draft) = two_changes().await;
    bench.studio.choose_hunks(draft.id, vec![1, 0]).await.unwrap();
    expect!["Nothing of this draft is taken: every change is left out. Take at least one change, or reject the draft."].assert_eq(&said(bench.studio.accept_draft(accept(&draft)).await));
    assert_eq!(bench.numbers().await, [1]);
    bench.studio.choose_hunks(draft.id, Vec::new()).await.unwrap();
    let accepted = bench.studio.accept_draft(accept(&draft)).await.unwrap();
    assert_eq!(accepted.version.prompt.text, TWO_CHANGES);
}

#[tokio::test]
async fn a_choice_that_breaks_the_prompt_is_found() {
    let old = "The item is {item}.\n\nGive three uses for it.\n\nBe brief.";
    let new = "Think first.\n\nGive three uses for it.\n\nThe item is {item}. Be brief.";
    let bench = Bench::new([reply(new)]).await;
    let id = bench.draft(old, "Think first.").await.unwrap().id;
    let draft = bench.ended_draft(2, id).await;
    assert_eq!(draft.proposal.as_ref().unwrap().findings, []);
    let chosen = bench.studio.choose_hunks(id, vec![1]).await.unwrap();
    let findings = chosen.proposal.unwrap().findings;
    assert_eq!(findings[0].kind, FindingKind::VariableLost);
    let asked = bench.studio.accept_draft(accept(&draft)).await;
    assert!(matches!(asked, Err(ServiceError::NeedsConfirmation { .. })));
    let confirmed = AcceptDraft { confirmed: true, ..accept(&draft) };
    let accepted = bench.studio.accept_draft(confirmed).await.unwrap();
    assert_eq!(accepted.version.prompt.text, new.replace("The item is {item}. ", ""));
}

#[tokio::test]
async fn an_edit_takes_everything_again() {
    let (bench, draft) = two_changes().await;
    bench.studio.choose_hunks(draft.id, vec![0]).await.unwrap();
    let edit = Some(Prompt::new("Give three wild uses for: {item}"));
    let edited = bench.studio.edit_draft(draft.id, draft.text().unwrap(), edit).await.unwrap();
    assert_eq!(edited.left_out, [0; 0]);
    let outside = bench.studio.choose_hunks(draft.id, vec![1]).await;
    expect!["The draft does not have that change. Load the page again; the draft may have been edited on another one."].assert_eq(&said(outside));
}
