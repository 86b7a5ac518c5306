//! What must hold in between: snapshots in the middle of a stream, silence, dropped requests, two
//! pages at once. Each of these was once wrong.

use std::time::Duration;

use align::Prompt;
use align::record::{DraftOrder, Event, RunId, RunState, WorkingCopy};
use futures_util::StreamExt;
use models::testing::Script;
use service::{AcceptDraft, CreatePrompt, SaveVersion, ServiceError};

use crate::bench::{Bench, PromptEvent, TEXT, reply, until};

const BETTER: &str = "Give three surprising uses for: {item}";

fn is_run_delta(event: &Event) -> bool {
    matches!(event, Event::RunDelta { .. })
}

#[tokio::test]
async fn a_page_opened_in_the_middle_of_a_stream_has_no_gap() {
    let bench = Bench::new([Script::endless("more ", Duration::from_millis(20))]).await;
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    let run = bench.run(TEXT).await.unwrap().run;
    let deltas = events
        .map(|event| PromptEvent::read(&event).event)
        .filter(|event| std::future::ready(is_run_delta(event)));
    let twelve = deltas.take(12);
    twelve.for_each(|_| async {}).await;
    let page = bench.studio.workbench(bench.prompt).await.unwrap();
    let next =
        until(bench.studio.subscribe(bench.prompt, Some(page.cursor)).unwrap(), is_run_delta).await;
    bench.studio.stop_run(run.id).await.unwrap();
    let Event::RunDelta { offset, .. } = &next.last().unwrap().event else { unreachable!() };
    let known = page.run.unwrap().output.len() as u64;
    assert!(
        *offset <= known,
        "the snapshot holds {known} bytes, the next delta begins at {offset}"
    );
}

#[tokio::test]
async fn text_before_a_silence_is_written_down() {
    let bench = Bench::new([Script::empty().then("half").hang()]).await;
    let run = bench.run(TEXT).await.unwrap().run;
    for _ in 0..100 {
        if bench.studio.run(run.id).await.unwrap().output == "half" {
            bench.studio.stop_run(run.id).await.unwrap();
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it is only in memory");
}

#[tokio::test]
async fn a_page_opened_during_the_second_try_sees_the_second_try() {
    let second = Script::empty().then("<rationale>second").hang();
    let bench = Bench::new([reply("Lost the variable"), second]).await;
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    let id = bench.draft(TEXT, "Surprise me.").await.unwrap().id;
    until(events, |event| matches!(event, Event::DraftDelta { tries: 2, .. })).await;
    let page = bench.studio.workbench(bench.prompt).await.unwrap();
    bench.studio.stop_draft(id).await.unwrap();
    assert_eq!((page.drafts[0].tries, page.drafts[0].reply.as_str()), (2, "<rationale>second"));
}

#[tokio::test]
async fn a_request_that_is_dropped_leaves_no_run_behind() {
    let bench = Bench::new((0..200).map(|_| Script::text("ok"))).await;
    for step in 0..150 {
        let limit = Duration::from_micros(200 + step * 60);
        // Whether it came back in time is not the question.
        let _ = tokio::time::timeout(limit, bench.run(TEXT)).await;
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    for id in 1..=150 {
        if let Ok(run) = bench.studio.run(RunId(id)).await {
            assert_ne!(run.state, RunState::Running, "run {id}");
        }
    }
}

#[tokio::test]
async fn the_editor_follows_a_restore() {
    let bench = Bench::new([]).await;
    let prompt = Prompt::new("Second");
    let save = SaveVersion { prompt_id: bench.prompt, prompt, base: Some(1), note: String::new() };
    bench.studio.save_version(save).await.unwrap();
    let typed =
        WorkingCopy { prompt: Prompt::new("Second"), base: Some(2), ..WorkingCopy::default() };
    bench.studio.save_working_copy(bench.prompt, "page", typed).await.unwrap();
    bench.studio.restore_version(bench.prompt, 1, None).await.unwrap();
    let page = bench.studio.workbench(bench.prompt).await.unwrap();
    assert_eq!(page.working_copy.prompt.text, TEXT);
}

#[tokio::test]
async fn accepting_keeps_what_another_page_typed_and_tells_it() {
    let bench = Bench::new([reply(BETTER)]).await;
    let id = bench.draft(TEXT, "Surprise me.").await.unwrap().id;
    bench.ended_draft(1, id).await;
    let prompt = Prompt::new("Typed in another tab {item}");
    let typed = WorkingCopy { prompt, base: Some(1), ..WorkingCopy::default() };
    bench.studio.save_working_copy(bench.prompt, "other", typed).await.unwrap();
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    let accept = AcceptDraft { draft_id: id, seen: None, confirmed: false };
    bench.studio.accept_draft(accept).await.unwrap();
    until(events, |event| matches!(event, Event::WorkingCopy { .. })).await;
    let kept = bench.studio.version(bench.prompt, 2).await.unwrap();
    assert_eq!(kept.prompt.text, "Typed in another tab {item}");
}

#[tokio::test]
async fn events_of_other_prompts_send_nobody_back_to_the_snapshot() {
    let bench = Bench::new([]).await;
    let new = CreatePrompt { title: "Other".into(), ..CreatePrompt::default() };
    let other = bench.studio.create_prompt(new).await.unwrap().id;
    let page = bench.studio.workbench(bench.prompt).await.unwrap();
    bench.studio.rename_prompt(other, "Something else").await.unwrap();
    bench.studio.rename_prompt(bench.prompt, "New title").await.unwrap();
    let events = bench.studio.subscribe(bench.prompt, Some(page.cursor)).unwrap();
    let first = until(events, |_| true).await;
    assert!(matches!(&first[0].event, Event::Head(head) if head.title == "New title"));
}

#[tokio::test]
async fn a_draft_never_sees_the_output_of_another_prompt() {
    let bench = Bench::new([Script::text("somebody else's output")]).await;
    let run = bench.run(TEXT).await.unwrap().run;
    bench.ended_run(run.id).await;
    let prompt = Some(Prompt::new(TEXT));
    let new = CreatePrompt { title: "Other".into(), prompt, ..CreatePrompt::default() };
    let other = bench.studio.create_prompt(new).await.unwrap().id;
    let (prompt_id, run_id) = (other, Some(run.id));
    let start = DraftOrder { prompt_id, run_id, ..bench.order(TEXT, "Surprise me.") };
    let refused = bench.studio.start_draft(start).await;
    assert!(matches!(refused, Err(ServiceError::NotFound { .. })));
}

#[tokio::test]
async fn findings_of_an_edit_are_there_after_a_reload() {
    let bench = Bench::new([reply(BETTER)]).await;
    let id = bench.draft(TEXT, "Surprise me.").await.unwrap().id;
    bench.ended_draft(1, id).await;
    let lost = Some(Prompt::new("Give three surprising uses."));
    bench.studio.edit_draft(id, &Prompt::new(BETTER), lost).await.unwrap();
    let page = bench.studio.workbench(bench.prompt).await.unwrap();
    assert_eq!(page.drafts[0].proposal.as_ref().unwrap().findings.len(), 1);
}
