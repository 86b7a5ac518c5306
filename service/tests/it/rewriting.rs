//! Rewrites from guidelines: what they start from, what they follow, and when nothing is left to do.

use align::Prompt;
use align::record::{Draft, DraftOrder, DraftState, Event, StartFrom, Workflow};
use expect_test::expect;
use models::testing::Script;
use service::{AcceptDraft, SaveVersion, ServiceError};

use crate::bench::{Bench, TEXT, reply, until};
use crate::guidelines::said;

const BETTER: &str = "Give three surprising uses for: {item}";

fn followed(text: &str, lines: &str) -> Script {
    Script::text(format!(
        "<rationale>Because.</rationale><revised_prompt>\n{text}\n</revised_prompt>\
        <followed>\n{lines}\n</followed>"
    ))
}

impl Bench {
    /// The wish for a rewrite of `text` from guidelines alone.
    pub(crate) fn guideline_order(&self, text: &str) -> DraftOrder {
        let (feedback, workflow) = (Vec::new(), Workflow::Guidelines);
        DraftOrder { feedback, workflow, ..self.order(text, "") }
    }

    /// Asks for a draft on `base` and waits for its end.
    async fn rewritten(&self, base: u32, start: DraftOrder) -> Draft {
        let id = self.start(start).await.unwrap().id;
        self.ended_draft(base, id).await
    }

    async fn accept(&self, draft: &Draft) -> Result<u32, ServiceError> {
        let accept = AcceptDraft { draft_id: draft.id, seen: None, confirmed: false };
        Ok(self.studio.accept_draft(accept).await?.version.summary.number)
    }
}

#[tokio::test]
async fn one_call_follows_every_guideline_that_is_on() {
    let bench = Bench::new([followed(BETTER, "G1: \"surprising\"\nG2: not followed")]).await;
    let list = bench.guidelines(&["Surprise.", "Say why.", "Be brief."]).await;
    bench.studio.switch_guideline(list[2].id, false).await.unwrap();
    let draft = bench.rewritten(1, bench.guideline_order(TEXT)).await;
    let texts: Vec<_> = draft.guidelines.iter().map(|it| it.text.as_str()).collect();
    assert_eq!((texts, draft.workflow()), (vec!["Surprise.", "Say why."], Workflow::Guidelines));
    assert_eq!((bench.model.calls().len(), draft.tries), (1, 1));
    let asked = &bench.model.calls()[0].conversation.messages[0].text;
    assert!(asked.contains("G2: Say why.") && !asked.contains("Be brief."), "{asked}");
    let findings = &draft.proposal.as_ref().unwrap().findings;
    expect!["The draft does not show where it follows “Say why.”."].assert_eq(&findings[0].message);

    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    assert_eq!(bench.accept(&draft).await.unwrap(), 2);
    until(events, |event| matches!(event, Event::Guidelines(_))).await;
    let followed: Vec<_> =
        bench.guidelines(&[]).await.into_iter().map(|it| it.followed_by).collect();
    assert_eq!(followed, [vec![2], vec![], vec![]]);
}

#[tokio::test]
async fn no_guideline_that_is_on_is_said_before_any_call() {
    let bench = Bench::new([]).await;
    let id = bench.guidelines(&["Surprise."]).await[0].id;
    bench.studio.switch_guideline(id, false).await.unwrap();
    let refused = bench.start(bench.guideline_order(TEXT)).await;
    expect!["No guideline is switched on, so there is nothing to rewrite from. Switch one on or add one, or draft from feedback."].assert_eq(&said(refused));
    assert!(bench.model.calls().is_empty());
}

#[tokio::test]
async fn the_direct_workflow_sends_feedback_alone() {
    let bench = Bench::new([reply(BETTER)]).await;
    bench.guidelines(&["Surprise."]).await;
    let draft = bench.rewritten(1, bench.order(TEXT, "Wilder.")).await;
    assert_eq!(draft.workflow(), Workflow::Direct);
    assert!(!bench.model.calls()[0].conversation.messages[0].text.contains("Surprise."));
}

#[tokio::test]
async fn both_workflows_mix() {
    let bench = Bench::new([reply(BETTER)]).await;
    bench.guidelines(&["Surprise."]).await;
    let start = DraftOrder { workflow: Workflow::Guidelines, ..bench.order(TEXT, "Wilder.") };
    bench.rewritten(1, start).await;
    let asked = &bench.model.calls()[0].conversation.messages[0].text;
    assert!(asked.contains("Surprise.") && asked.contains("Wilder."));
}

#[tokio::test]
async fn rewriting_twice_with_nothing_changed_proposes_no_change() {
    let again = followed("Give three wild uses for: {item}", "G1: \"wild\"");
    let bench = Bench::new([followed(BETTER, "G1: \"surprising\""), again]).await;
    let id = bench.guidelines(&["Surprise."]).await[0].id;
    let draft = bench.rewritten(1, bench.guideline_order(TEXT)).await;
    bench.accept(&draft).await.unwrap();
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    let same = bench.start(bench.guideline_order(BETTER)).await.unwrap();
    assert_eq!((same.state, same.tries, bench.model.calls().len()), (DraftState::Ready, 0, 1));
    let proposal = same.proposal.as_ref().unwrap();
    assert!(proposal.unchanged);
    expect!["v2 was written from these guidelines, and nothing has changed since."]
        .assert_eq(&proposal.rationale);
    until(events, |event| matches!(event, Event::Draft(told) if **told == same)).await;
    expect!["This draft changes nothing. There is nothing to accept; reject it to put it away."]
        .assert_eq(&said(bench.accept(&same).await));

    bench.studio.edit_guideline(id, "Surprise.", "Surprise wildly.").await.unwrap();
    let draft = bench.rewritten(2, bench.guideline_order(BETTER)).await;
    assert_eq!((draft.tries, bench.model.calls().len()), (1, 2), "now something changed");
}

#[tokio::test]
async fn hand_edits_are_what_a_rewrite_starts_from() {
    let wild = followed("Give three wild uses for: {item}", "G1: \"wild\"");
    let bench = Bench::new([followed(BETTER, "G1: \"surprising\""), wild]).await;
    bench.guidelines(&["Surprise."]).await;
    let draft = bench.rewritten(1, bench.guideline_order(TEXT)).await;
    bench.accept(&draft).await.unwrap();
    let typed = "Give three surprising uses for: {item}\n\nTyped by hand.";
    let draft = bench.rewritten(3, bench.guideline_order(typed)).await;
    assert_eq!((draft.base, draft.rewrites, draft.tries), (3, 3, 1));
    assert!(bench.model.calls()[1].conversation.messages[0].text.contains("Typed by hand."));
}

async fn edited_by_hand(replies: impl IntoIterator<Item = Script>) -> (Bench, DraftOrder) {
    let bench = Bench::new(replies).await;
    bench.guidelines(&["Surprise."]).await;
    let newest = "List {count} uses for: {item}";
    let (prompt, base) = (Prompt::new(newest), Some(1));
    let save = SaveVersion { prompt_id: bench.prompt, prompt, base, note: String::new() };
    bench.studio.save_version(save).await.unwrap();
    let start = DraftOrder { start: StartFrom::Original, ..bench.guideline_order(newest) };
    (bench, start)
}

#[tokio::test]
async fn a_new_start_is_made_from_the_original_and_compared_with_the_newest() {
    let (bench, start) = edited_by_hand([followed(BETTER, "G1: \"surprising\"")]).await;
    let draft = bench.rewritten(2, start).await;
    assert_eq!((draft.base, draft.rewrites, draft.tries), (2, 1, 1));
    let asked = &bench.model.calls()[0].conversation.messages[0].text;
    assert!(asked.contains(TEXT) && !asked.contains("{count}"));
    assert_eq!(draft.proposal.as_ref().unwrap().findings, [], "{{count}} was not in the original");
    let half = bench.studio.choose_hunks(draft.id, vec![0]).await.unwrap();
    assert!(half.proposal.unwrap().findings.iter().all(|it| !it.is_grave()));
    bench.studio.choose_hunks(draft.id, Vec::new()).await.unwrap();
    assert_eq!(bench.accept(&draft).await.unwrap(), 3);
}

#[tokio::test]
async fn an_original_that_needs_no_change_is_a_change_of_the_newest() {
    let (bench, start) =
        edited_by_hand([Script::text("<no_change>It surprises.</no_change>")]).await;
    let draft = bench.rewritten(2, start).await;
    assert_eq!(draft.text().unwrap().text, TEXT);
    assert!(!draft.proposal.as_ref().unwrap().unchanged);
    assert_eq!(bench.accept(&draft).await.unwrap(), 3);
}

#[tokio::test]
async fn conflicts_are_shown_and_nothing_can_be_accepted() {
    for start in [StartFrom::Newest, StartFrom::Original] {
        let conflicts = "<conflicts>G1, G2: one wants it short, the other long</conflicts>";
        let (bench, wish) = edited_by_hand([Script::text(conflicts)]).await;
        bench.guidelines(&["Bore."]).await;
        let draft = bench.rewritten(2, DraftOrder { start, ..wish }).await;
        let proposal = draft.proposal.as_ref().unwrap();
        assert_eq!((draft.state, proposal.unchanged), (DraftState::Ready, true));
        assert_eq!(proposal.conflicts[0].guidelines.len(), 2);
        assert!(said(bench.accept(&draft).await).starts_with("This draft changes nothing."));
    }
}
