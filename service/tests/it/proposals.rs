//! Proposals of the alignment model: cards that a person accepts or dismisses.

use align::record::ConsultationState;
use expect_test::expect;

use crate::bench::until;
use crate::consultations::{bench, is_over, reply};
use crate::guidelines::said;

#[tokio::test]
async fn an_edit_waits_for_a_person() {
    let (bench, run) = bench([reply("edit", "G1", "Be brief and surprising.")]).await;
    let proposed = bench.learn(run).await;
    assert!(proposed.is_proposal());
    assert_eq!(bench.listed().await, ["Be brief."]);
    let page = bench.studio.workbench(bench.prompt).await.unwrap();
    assert_eq!(page.consultations, std::slice::from_ref(&proposed));
    let accept = || bench.studio.accept_consultation(proposed.id);
    let (one, other) = tokio::join!(accept(), accept());
    assert_eq!(one.unwrap(), other.unwrap(), "two pages at once are both right");
    assert_eq!(bench.listed().await, ["Be brief and surprising."]);
    expect!["This proposal was accepted before. To take it back, undo the change in Changes."]
        .assert_eq(&said(bench.studio.dismiss_consultation(proposed.id).await));
}

#[tokio::test]
async fn a_removal_can_be_dismissed() {
    let (bench, run) = bench([reply("remove", "G1", "")]).await;
    let proposed = bench.learn(run).await;
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    bench.studio.dismiss_consultation(proposed.id).await.unwrap();
    bench.studio.dismiss_consultation(proposed.id).await.expect("twice is no failure");
    until(events, |event| is_over(event, ConsultationState::Dismissed)).await;
    expect!["This proposal was dismissed before. Edit the guideline by hand, or ask again."]
        .assert_eq(&said(bench.studio.accept_consultation(proposed.id).await));
    assert_eq!(bench.listed().await, ["Be brief."]);
}

#[tokio::test]
async fn undoing_a_proposal_dismisses_its_card() {
    let (bench, run) = bench([reply("remove", "G1", "")]).await;
    let proposed = bench.learn(run).await;
    let entry = bench.studio.guideline_changes(bench.prompt, None).await.unwrap()[0].id;
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    bench.studio.undo_guideline_change(entry).await.unwrap();
    until(events, |event| is_over(event, ConsultationState::Dismissed)).await;
    assert_eq!(bench.consulted(proposed.id).await.state, ConsultationState::Dismissed);
}

#[tokio::test]
async fn a_proposal_about_an_edited_guideline_says_so() {
    let (bench, run) = bench([reply("edit", "G1", "Be brief and surprising.")]).await;
    let proposed = bench.learn(run).await;
    let id = bench.guidelines(&[]).await[0].id;
    bench.studio.edit_guideline(id, "Be brief.", "Be kind.").await.unwrap();
    expect!["This guideline was edited after the proposal was made. Dismiss the proposal, and edit the guideline by hand or ask again."].assert_eq(&said(bench.studio.accept_consultation(proposed.id).await));
    assert_eq!(bench.listed().await, ["Be kind."]);
    bench.studio.dismiss_consultation(proposed.id).await.unwrap();
}
