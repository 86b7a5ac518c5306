//! Guidelines and their sets: limits, events, and what people are told.

use align::Prompt;
use align::record::{Event, Guideline, PromptId, Replace};
use expect_test::{Expect, expect};
use service::{CreatePrompt, ServiceError};

use crate::bench::{Bench, TEXT, until};

/// What a refusal says, with its hint.
pub(crate) fn said<T: std::fmt::Debug>(outcome: Result<T, ServiceError>) -> String {
    match outcome.unwrap_err() {
        ServiceError::Invalid { message, hint } | ServiceError::Conflict { message, hint } => {
            format!("{message} {hint}")
        }
        other => format!("{other:?}"),
    }
}

fn texts(list: &[Guideline]) -> Vec<&str> {
    list.iter().map(|guideline| guideline.text.as_str()).collect()
}

impl Bench {
    /// Adds guidelines and gives the list.
    pub(crate) async fn guidelines(&self, texts: &[&str]) -> Vec<Guideline> {
        for text in texts {
            self.studio.add_guideline(self.prompt, text).await.unwrap();
        }
        self.studio.workbench(self.prompt).await.unwrap().guidelines
    }

    async fn other_prompt(&self) -> PromptId {
        let prompt = Some(Prompt::new(TEXT));
        let new = CreatePrompt { title: "Other".into(), prompt, ..CreatePrompt::default() };
        self.studio.create_prompt(new).await.unwrap().id
    }
}

#[tokio::test]
async fn every_change_reaches_every_page_as_the_whole_list() {
    let bench = Bench::new([]).await;
    let (studio, prompt) = (&bench.studio, bench.prompt);
    let events = studio.subscribe(prompt, None).unwrap();
    let [first, second] = bench.guidelines(&["Be brief.", "Say why."]).await.try_into().unwrap();
    studio.edit_guideline(first.id, "Be brief.", "Be very brief.").await.unwrap();
    studio.switch_guideline(second.id, false).await.unwrap();
    studio.move_guideline(second.id, 0).await.unwrap();
    studio.remove_guideline(first.id).await.unwrap();
    let changes = studio.guideline_changes(prompt, None).await.unwrap();
    studio.undo_guideline_change(changes[0].id).await.unwrap();
    studio.rename_prompt(prompt, "End").await.unwrap();
    let told = until(events, |event| matches!(event, Event::Head(_))).await;
    let lists = told.iter().filter_map(|event| match &event.event {
        Event::Guidelines(list) => Some(texts(list).join(" | ") + "\n"),
        _ => None,
    });
    expect![[r"
        Be brief.
        Be brief. | Say why.
        Be very brief. | Say why.
        Be very brief. | Say why.
        Say why. | Be very brief.
        Say why.
        Say why. | Be very brief.
    "]]
    .assert_eq(&lists.collect::<String>());
}

async fn check_refused(text: &str, expected: &Expect) {
    let bench = Bench::new([]).await;
    bench.guidelines(&["Be brief."]).await;
    expected.assert_eq(&said(bench.studio.add_guideline(bench.prompt, text).await));
}

#[tokio::test]
async fn a_guideline_is_one_short_paragraph() {
    let bench = Bench::new([]).await;
    let list = bench.guidelines(&["  Name\n\na \u{202E}price.\0 "]).await;
    assert_eq!(texts(&list), ["Name a price."]);
    check_refused(
        " \n\u{200B}",
        &expect!["The guideline is empty. Say in a sentence what the prompt should follow."],
    )
    .await;
    check_refused(
        &"x".repeat(501),
        &expect!["The guideline is longer than 500 characters. Shorten it."],
    )
    .await;
    check_refused("be BRIEF", &expect!["The list has this guideline already. Switch it on if it is off, or write something else."]).await;
}

#[tokio::test]
async fn a_list_has_an_end() {
    let bench = Bench::new([]).await;
    for number in 0..100 {
        bench.guidelines(&[&format!("Rule {number}.")]).await;
    }
    let refused = bench.studio.add_guideline(bench.prompt, "One more.").await;
    expect!["This prompt has 100 guidelines; the limit is 100. Remove some, or say in one what several say."].assert_eq(&said(refused));
}

#[tokio::test]
async fn what_stands_in_the_way_of_a_change_is_said() {
    let bench = Bench::new([]).await;
    let id = bench.guidelines(&["Be brief."]).await[0].id;
    bench.studio.edit_guideline(id, "Be brief.", "Be kind.").await.unwrap();
    let late = bench.studio.edit_guideline(id, "Be brief.", "Be late.").await;
    expect!["This was given other words on another page meanwhile. Read what it says now; saving once more replaces it."].assert_eq(&said(late));
    bench.studio.edit_guideline(id, "Be kind.", "Be honest.").await.unwrap();
    let changes = bench.studio.guideline_changes(bench.prompt, None).await.unwrap();
    let undo = |place: usize| bench.studio.undo_guideline_change(changes[place].id);
    expect!["This guideline was changed again since. Undo the later change first, or edit the guideline as it is now."].assert_eq(&said(undo(1).await));
    undo(0).await.unwrap();
    expect!["This change was undone before. To do it again, undo the entry that undid it."]
        .assert_eq(&said(undo(0).await));
    assert_eq!(texts(&undo(1).await.unwrap()), ["Be brief."]);
    bench.studio.remove_guideline(id).await.unwrap();
    let gone = bench.studio.edit_guideline(id, "Be brief.", "Be late.").await;
    expect!["This guideline was removed meanwhile. Undo the removal in Changes first, or dismiss the proposal."].assert_eq(&said(gone));
}

#[tokio::test]
async fn sets_go_from_prompt_to_prompt() {
    let bench = Bench::new([]).await;
    let studio = &bench.studio;
    let long = "x".repeat(81);
    let save = |name| studio.save_guideline_set(name, bench.prompt, Replace::Never);
    expect!["There are no guidelines to save. Add some to the prompt, then save them as a set."]
        .assert_eq(&said(save("Style").await));
    bench.guidelines(&["Be brief.", "Say why."]).await;
    expect!["The set has no name. Give it one."].assert_eq(&said(save(" ").await));
    expect!["The name is longer than 80 characters. Shorten it."]
        .assert_eq(&said(save(&long).await));
    let set = save(" House\nstyle ").await.unwrap().remove(0);
    assert_eq!(set.name, "House style");
    expect![
        "There is a guideline set “HOUSE STYLE” already. Choose another name, or replace that set."
    ]
    .assert_eq(&said(save("HOUSE STYLE").await));

    let other = bench.other_prompt().await;
    let events = studio.subscribe(other, None).unwrap();
    let applied = studio.apply_guideline_set(set.id, other).await.unwrap();
    assert_eq!(texts(&applied), ["Be brief.", "Say why."]);
    until(events, |event| *event == Event::Guidelines(applied.clone())).await;
    assert_eq!(studio.guideline_sets().await.unwrap()[0].used_by[0].prompt_id, other);
    assert_eq!(studio.delete_guideline_set(set.id).await.unwrap(), []);
}
