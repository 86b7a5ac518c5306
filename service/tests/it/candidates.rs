//! Several drafts at once: concurrent, different, all or none.

use std::time::{Duration, Instant};

use align::record::{DraftOrder, DraftState};
use expect_test::expect;
use models::testing::Script;
use service::{AcceptDraft, ServiceError};

use crate::bench::{Bench, TEXT, reply};
use crate::guidelines::said;

#[tokio::test]
async fn three_drafts_are_written_at_the_same_time() {
    let pause = Duration::from_millis(300);
    let slow = |text: &str| {
        Script::empty().pause(pause).then(format!("<revised_prompt>{text}</revised_prompt>")).done()
    };
    let texts = ["Three wild uses: {item}", "Three odd uses: {item}", "Three new uses: {item}"];
    let bench = Bench::new(texts.map(slow)).await;
    let begun = Instant::now();
    let start = DraftOrder { candidates: 3, ..bench.order(TEXT, "Wilder.") };
    let drafts = bench.studio.start_draft(start).await.unwrap();
    assert!(drafts.iter().all(|draft| draft.batch == Some(drafts[0].id)));
    let mut written = Vec::new();
    for draft in &drafts {
        written.push(bench.ended_draft(1, draft.id).await);
    }
    assert!(begun.elapsed() < 2 * pause, "one after the other: {:?}", begun.elapsed());
    let mut seen: Vec<_> = written.iter().map(|it| it.text().unwrap().text.as_str()).collect();
    seen.sort_unstable();
    assert_eq!(seen, [texts[2], texts[1], texts[0]]);
    let calls = bench.model.calls();
    let mut ways: Vec<_> = calls
        .iter()
        .map(|call| call.conversation.messages[0].text.lines().last().unwrap())
        .collect();
    ways.sort_unstable();
    expect![[r"
        Draft 1 of 3: change as little as will do.
        Draft 2 of 3: take another way than the most obvious one.
        Draft 3 of 3: rethink how the whole prompt is built."]]
    .assert_eq(&ways.join("\n"));
}

#[tokio::test]
async fn one_that_fails_leaves_the_others() {
    let bench =
        Bench::new([reply("Three wild uses: {item}"), Script::text(""), Script::text("")]).await;
    let start = DraftOrder { candidates: 2, ..bench.order(TEXT, "Wilder.") };
    let drafts = bench.studio.start_draft(start).await.unwrap();
    let mut states = Vec::new();
    for draft in &drafts {
        states.push(bench.ended_draft(1, draft.id).await);
    }
    let ready = states.iter().find(|it| it.state == DraftState::Ready).unwrap();
    assert!(states.iter().any(|it| it.state == DraftState::Failed));
    let accept = AcceptDraft { draft_id: ready.id, seen: None, confirmed: false };
    bench.studio.accept_draft(accept).await.unwrap();
    assert_eq!(bench.numbers().await, [2, 1]);
}

#[tokio::test]
async fn the_number_of_drafts_has_limits() {
    let bench = Bench::new([]).await;
    let start = |candidates| DraftOrder { candidates, ..bench.order(TEXT, "Wilder.") };
    assert!(matches!(bench.start(start(0)).await, Err(ServiceError::Invalid { .. })));
    expect!["4 drafts were asked for; 1 to 3 can be. Ask for one draft, or for three."]
        .assert_eq(&said(bench.start(start(4)).await));
}
