//! Drafts: the contract, the second try, accepting in every order.

use align::direct::FindingKind;
use align::model::FailureKind;
use align::record::{DraftOrder, DraftState, Event, Origin, SeenText};
use align::{Feedback, Prompt};
use models::testing::Script;
use service::{AcceptDraft, SaveVersion, ServiceError};

use crate::bench::{Bench, TEXT, reply};

const BETTER: &str = "Give three surprising uses for: {item}";

fn accept(id: align::record::DraftId) -> AcceptDraft {
    AcceptDraft { draft_id: id, seen: None, confirmed: false }
}

#[tokio::test]
async fn a_draft_becomes_the_newest_version() {
    let bench = Bench::new([reply(BETTER)]).await;
    let draft = bench.draft(TEXT, "Surprise me.").await.unwrap();
    let draft = bench.ended_draft(1, draft.id).await;
    assert_eq!((draft.state, draft.tries), (DraftState::Ready, 1));
    assert_eq!(draft.text().unwrap().text, BETTER);
    assert_eq!(draft.proposal.as_ref().unwrap().findings, []);
    let accepted = bench.studio.accept_draft(accept(draft.id)).await.unwrap();
    assert_eq!(accepted.version.prompt.text, BETTER);
    assert_eq!(accepted.version.summary.origin, Origin::DraftAccepted { draft: draft.id });
    assert_eq!(accepted.version.summary.note, "Because.");
    assert_eq!(bench.numbers().await, [2, 1]);
    let again = bench.studio.accept_draft(accept(draft.id)).await;
    assert!(matches!(again, Err(ServiceError::Conflict { .. })), "a second accept changes nothing");
    assert_eq!(bench.numbers().await, [2, 1]);
}

#[tokio::test]
async fn two_accepts_at_once_make_one_version() {
    let bench = Bench::new([reply(BETTER)]).await;
    let id = bench.draft(TEXT, "Surprise me.").await.unwrap().id;
    bench.ended_draft(1, id).await;
    let (one, other) =
        tokio::join!(bench.studio.accept_draft(accept(id)), bench.studio.accept_draft(accept(id)),);
    assert_ne!(one.is_ok(), other.is_ok());
    assert_eq!(bench.numbers().await, [2, 1]);
}

#[tokio::test]
async fn a_draft_on_an_older_version_never_overwrites() {
    let bench = Bench::new([reply(BETTER)]).await;
    let id = bench.draft(TEXT, "Surprise me.").await.unwrap().id;
    bench.ended_draft(1, id).await;
    let prompt = Prompt::new("Typed meanwhile: {item}");
    let save = SaveVersion { prompt_id: bench.prompt, prompt, base: Some(1), note: String::new() };
    bench.studio.save_version(save).await.unwrap();
    let refused = bench.studio.accept_draft(accept(id)).await.unwrap_err();
    assert!(matches!(&refused, ServiceError::Conflict { message, .. } if message.contains("v2")));
    let workbench = bench.studio.workbench(bench.prompt).await.unwrap();
    assert_eq!(workbench.newest.unwrap().prompt.text, "Typed meanwhile: {item}");
    assert_eq!(workbench.drafts.len(), 1, "the stale draft is still there to look at");
}

#[tokio::test]
async fn typed_text_beside_a_draft_is_kept_as_a_version() {
    let bench = Bench::new([reply(BETTER)]).await;
    let id = bench.draft(TEXT, "Surprise me.").await.unwrap().id;
    bench.ended_draft(1, id).await;
    let seen = Some(SeenText { prompt: Prompt::new("Half typed {item}"), revision: 0 });
    let accepted = bench.studio.accept_draft(AcceptDraft { seen, ..accept(id) }).await.unwrap();
    assert_eq!(accepted.kept[0].prompt.text, "Half typed {item}");
    assert_eq!(accepted.version.summary.number, 3);
}

#[tokio::test]
async fn a_broken_draft_is_sent_back_once_with_the_finding() {
    let bench = Bench::new([reply("Give three surprising uses for it"), reply(BETTER)]).await;
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    let id = bench.draft(TEXT, "Surprise me.").await.unwrap().id;
    let draft = bench.ended_draft(1, id).await;
    assert_eq!((draft.state, draft.tries), (DraftState::Ready, 2));
    assert_eq!(draft.text().unwrap().text, BETTER);
    let second = &bench.model.calls()[1].conversation.messages;
    assert!(second.last().unwrap().text.contains("{item}"), "the second try names what was lost");
    let told = crate::bench::until(
        events,
        |event| matches!(event, Event::Draft(draft) if draft.tries == 2 && draft.state == DraftState::Ready),
    );
    told.await;
}

#[tokio::test]
async fn a_draft_that_breaks_twice_asks_before_it_is_accepted() {
    let broken = "Give three surprising uses for it";
    let bench = Bench::new([reply(broken), reply(broken)]).await;
    let id = bench.draft(TEXT, "Surprise me.").await.unwrap().id;
    let draft = bench.ended_draft(1, id).await;
    let lost = FindingKind::VariableLost;
    assert!(draft.proposal.unwrap().findings.iter().any(|finding| finding.kind == lost));
    let asked = bench.studio.accept_draft(accept(id)).await;
    assert!(matches!(asked, Err(ServiceError::NeedsConfirmation { .. })));
    assert_eq!(bench.numbers().await, [1]);
    let confirmed = AcceptDraft { confirmed: true, ..accept(id) };
    bench.studio.accept_draft(confirmed).await.unwrap();
    assert_eq!(bench.numbers().await, [2, 1]);
}

#[tokio::test]
async fn an_edit_is_checked_like_a_draft() {
    let bench = Bench::new([reply(BETTER)]).await;
    let id = bench.draft(TEXT, "Surprise me.").await.unwrap().id;
    bench.ended_draft(1, id).await;
    let lost = Prompt::new("Give three surprising uses.");
    let edited =
        bench.studio.edit_draft(id, &Prompt::new(BETTER), Some(lost.clone())).await.unwrap();
    assert_eq!(edited.proposal.unwrap().findings.len(), 1);
    let asked = bench.studio.accept_draft(accept(id)).await;
    assert!(matches!(asked, Err(ServiceError::NeedsConfirmation { .. })));
    let mended = Some(Prompt::new("Give three wild uses for: {item}"));
    bench.studio.edit_draft(id, &lost, mended).await.unwrap();
    let accepted = bench.studio.accept_draft(accept(id)).await.unwrap();
    assert_eq!(accepted.version.prompt.text, "Give three wild uses for: {item}");
}

#[tokio::test]
async fn nothing_usable_twice_is_an_honest_failure() {
    let bench = Bench::new([Script::text(""), Script::text("  ")]).await;
    let id = bench.draft(TEXT, "Surprise me.").await.unwrap().id;
    let draft = bench.ended_draft(1, id).await;
    assert_eq!(draft.state, DraftState::Failed);
    assert_eq!(draft.failure.unwrap().kind, FailureKind::Unusable);
    assert_eq!(bench.model.calls().len(), 2, "one second try, not more");
    let refused = bench.studio.accept_draft(accept(id)).await;
    assert!(matches!(refused, Err(ServiceError::Conflict { .. })));
}

#[tokio::test]
async fn kept_feedback_goes_into_the_draft_and_is_taken_up_with_it() {
    let bench = Bench::new([Script::text("1. Cut paper"), reply(BETTER)]).await;
    let run = bench.run(TEXT).await.unwrap().run;
    bench.ended_run(run.id).await;
    let span =
        align::Span { exact: "Cut paper".into(), prefix: "1. ".into(), suffix: String::new() };
    let piece = Feedback { text: "Everybody knows this.".into(), span: Some(span) };
    let piece = bench.studio.add_feedback(run.id, &piece).await.unwrap();
    let (run_id, pieces) = (Some(run.id), vec![piece.id]);
    let start = DraftOrder { run_id, pieces, ..bench.order(TEXT, "Surprise me.") };
    let draft = bench.start(start).await.unwrap();
    assert_eq!(draft.feedback.len(), 2);
    bench.ended_draft(1, draft.id).await;
    let asked = &bench.model.calls()[1].conversation.messages[0].text;
    for words in ["Everybody knows this.", "Surprise me.", "1. Cut paper", "{item}", "scissors"] {
        assert!(asked.contains(words), "{words} is missing");
    }
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    bench.studio.accept_draft(accept(draft.id)).await.unwrap();
    crate::bench::until(events, |event| *event == Event::FeedbackGone(piece.id)).await;
    let workbench = bench.studio.workbench(bench.prompt).await.unwrap();
    assert!(workbench.feedback.is_empty());
}

#[tokio::test]
async fn a_draft_without_feedback_is_refused_before_any_call() {
    let bench = Bench::new([]).await;
    assert!(matches!(bench.draft(TEXT, "  ").await, Err(ServiceError::Invalid { .. })));
    assert!(bench.model.calls().is_empty());
}

#[tokio::test]
async fn rejecting_keeps_the_draft_in_the_history() {
    let bench = Bench::new([reply(BETTER)]).await;
    let id = bench.draft(TEXT, "Surprise me.").await.unwrap().id;
    bench.ended_draft(1, id).await;
    bench.studio.reject_draft(id).await.unwrap();
    bench.studio.reject_draft(id).await.expect("twice is no failure");
    let all = bench.studio.drafts_of_version(bench.prompt, 1).await.unwrap();
    assert_eq!(
        (all[0].state, all[0].feedback[0].text.as_str()),
        (DraftState::Rejected, "Surprise me.")
    );
    let refused = bench.studio.accept_draft(accept(id)).await;
    assert!(matches!(refused, Err(ServiceError::Conflict { .. })));
}

#[tokio::test]
async fn stopping_a_draft_ends_the_call() {
    let bench =
        Bench::new([Script::endless("<rationale>", std::time::Duration::from_millis(10))]).await;
    let id = bench.draft(TEXT, "Surprise me.").await.unwrap().id;
    bench.studio.stop_draft(id).await.unwrap();
    assert_eq!(bench.ended_draft(1, id).await.state, DraftState::Stopped);
}

#[tokio::test]
async fn after_a_reply_of_no_use_the_revised_prompt_alone_is_asked_for() {
    let echo = Script::text("<revised_prompt>The complete revised prompt.</revised_prompt>");
    let bench = Bench::new([echo, Script::text(BETTER)]).await;
    let id = bench.draft(TEXT, "Surprise me.").await.unwrap().id;
    let draft = bench.ended_draft(1, id).await;
    assert_eq!((draft.state, draft.tries), (DraftState::Ready, 2));
    assert_eq!(draft.text().unwrap().text, BETTER);
    let second = &bench.model.calls()[1].conversation;
    assert_eq!(second.messages.len(), 1, "the reply of no use is not sent back");
    assert!(second.messages[0].text.ends_with("Write the new prompt.\n"));
}

#[tokio::test]
async fn what_the_feedback_asked_for_needs_no_second_try_and_no_question() {
    let text = "Give three uses for: {item}, for {reader}";
    let script = format!(
        "<diagnosis>\nF1\nWish: It knows the reader.\n</diagnosis>\n\
         <revised_prompt>\n{text}\n</revised_prompt>\n<followed>\nF1: for {{reader}}\n</followed>"
    );
    let bench = Bench::new([Script::text(&script)]).await;
    let id = bench.draft(TEXT, "Wir müssen angeben können, wer es liest.").await.unwrap().id;
    let draft = bench.ended_draft(1, id).await;
    assert_eq!((draft.state, draft.tries), (DraftState::Ready, 1));
    let proposal = draft.proposal.unwrap();
    assert_eq!(proposal.diagnosis, "F1\nWish: It knows the reader.");
    let messages: Vec<_> = proposal.findings.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        ["The variable {reader} is new: the prompt did not have it. F1 asks for it."]
    );
    let accepted = bench.studio.accept_draft(accept(id)).await.unwrap();
    assert_eq!(accepted.version.prompt.text, text);
}
