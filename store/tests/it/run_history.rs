//! The history of runs: pages, versions, words, and what each row says.

use align::Feedback;
use align::Values;
use align::model::{ModelRef, Settings};
use align::record::{PromptId, PromptModels, Run, RunHistory, RunId, RunQuery, RunState};
use store::NewRun;

use crate::fixture::{ANN, Fixture, NOW, new_run};

async fn page(fixture: &Fixture, id: PromptId, query: RunQuery) -> RunHistory {
    fixture.store.run_history(id, &query).await.unwrap()
}

async fn found(fixture: &Fixture, id: PromptId, search: &str) -> Vec<RunId> {
    let query = RunQuery { search: search.into(), ..RunQuery::default() };
    page(fixture, id, query).await.runs.into_iter().map(|run| run.id).collect()
}

/// A run that is done, of other values.
async fn done_with(fixture: &Fixture, id: PromptId, value: &str, output: &str) -> Run {
    let values = Values::from([("item".into(), value.into())]);
    let new = NewRun { values, ..new_run(id, 1) };
    let run = fixture.store.insert_run(new).await.unwrap();
    let run = Run { state: RunState::Done, output: output.into(), ..run };
    fixture.store.finish_run(&run).await.unwrap();
    run
}

#[tokio::test]
async fn pages_follow_each_other_newest_first() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let other = fixture.prompt("Other", "one", &[]).await.id;
    for number in 1..=120 {
        fixture.done(id, 1, &format!("output {number}")).await;
    }
    fixture.done(other, 1, "of another prompt").await;
    let mut seen = Vec::new();
    let mut before = None;
    for expected in [(50, true), (50, true), (20, false)] {
        let page = page(&fixture, id, RunQuery { before, ..RunQuery::default() }).await;
        assert_eq!((page.runs.len(), page.has_more), expected);
        before = page.runs.last().map(|run| run.id);
        seen.extend(page.runs.into_iter().map(|run| run.id.0));
    }
    assert_eq!(seen, (1..=120).rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn a_row_says_what_ran_and_what_came_of_it() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let run = fixture.done(id, 1, &"long output ".repeat(100)).await;
    for text in ["Shorter.", "Surprise a maker."] {
        fixture.store.add_feedback(run.id, ANN, &Feedback::whole(text), NOW).await.unwrap();
    }
    let row = page(&fixture, id, RunQuery::default()).await.runs.remove(0);
    assert_eq!((row.id, row.version, row.state), (run.id, 1, RunState::Done));
    assert_eq!((row.model, row.settings, row.values), (run.model, run.settings, Some(run.values)));
    assert!(row.excerpt.starts_with("long output long") && row.excerpt.len() == 280);
    assert_eq!(row.feedback_count, 2);
    assert_eq!(row.newest_feedback.as_deref(), Some("Surprise a maker."));
}

#[tokio::test]
async fn values_that_are_too_long_for_a_list_are_left_out() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    done_with(&fixture, id, &"x".repeat(30_000), "Read it.").await;
    assert_eq!(page(&fixture, id, RunQuery::default()).await.runs[0].values, None);
}

#[tokio::test]
async fn one_version_or_all_of_them() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    fixture.save(id, "two").await;
    fixture.done(id, 1, "first").await;
    fixture.done(id, 2, "second").await;
    let query = RunQuery { version: Some(1), ..RunQuery::default() };
    let versions: Vec<_> =
        page(&fixture, id, query).await.runs.iter().map(|run| run.version).collect();
    assert_eq!(versions, [1]);
    assert_eq!(page(&fixture, id, RunQuery::default()).await.runs.len(), 2);
}

#[tokio::test]
async fn words_of_outputs_and_values_find_runs_of_their_prompt() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let other = fixture.prompt("Other", "one", &[]).await.id;
    let scissors = done_with(&fixture, id, "scissors", "Cut résumés into confetti 🙂").await.id;
    let bell = done_with(&fixture, id, "a bell", "買い物リスト: ring it.").await.id;
    done_with(&fixture, other, "scissors", "Cut confetti").await;
    for (search, expected) in [
        ("confetti", vec![scissors]),
        ("CONF", vec![scissors]),
        ("resumes", vec![scissors]),
        ("cut bell", vec![]),
        ("bell ring", vec![bell]),
        ("い物", vec![bell]),
        ("🙂", vec![scissors]),
        ("\"confetti\" OR (", vec![]),
        ("", vec![bell, scissors]),
    ] {
        assert_eq!(found(&fixture, id, search).await, expected, "{search:?}");
    }
}

#[tokio::test]
async fn the_excerpt_shows_the_word_that_was_looked_for() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    fixture.done(id, 1, &format!("{}a Telescope at last", "word ".repeat(400))).await;
    let query = RunQuery { search: "telescope".into(), ..RunQuery::default() };
    let row = page(&fixture, id, query).await.runs.remove(0);
    assert!(row.is_from_the_middle && row.excerpt.ends_with("a Telescope at last"));
    let row = page(&fixture, id, RunQuery::default()).await.runs.remove(0);
    assert!(!row.is_from_the_middle && row.excerpt.starts_with("word word"));
}

#[tokio::test]
async fn what_was_cut_off_is_found_too() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let run = fixture.run(id, 1).await;
    fixture.store.save_run_progress(run.id, "Half an answer", "", None).await.unwrap();
    assert!(found(&fixture, id, "half").await.is_empty(), "it goes on");
    fixture.store.interrupt_own(NOW).await.unwrap();
    assert_eq!(found(&fixture, id, "half").await, [run.id]);
}

/// As after the migration that brought the index.
#[tokio::test]
async fn runs_that_are_not_indexed_are_when_the_store_opens() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    for _ in 0..40 {
        fixture.done(id, 1, "confetti").await;
    }
    let unindex = "DELETE FROM run_search; UPDATE runs SET indexed = 0";
    crate::opening::sql(fixture.folder.path(), unindex).await;
    assert!(found(&fixture, id, "confetti").await.is_empty());
    let fixture = fixture.reopened().await;
    assert_eq!(found(&fixture, id, "confetti").await.len(), 40);
}

#[tokio::test]
async fn a_run_of_the_same_input_is_the_one_to_compare_with() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let same = done_with(&fixture, id, "scissors {x}\0", "same input").await;
    let other_model = NewRun { model: ModelRef::new("other", "model"), ..new_run(id, 1) };
    let other_model = store.insert_run(other_model).await.unwrap();
    let other_model =
        Run { state: RunState::Done, output: "same input, other model".into(), ..other_model };
    store.finish_run(&other_model).await.unwrap();
    let newest = done_with(&fixture, id, "a bell", "other input").await;
    fixture.save(id, "two").await;
    let run = fixture.run(id, 2).await;
    assert_eq!(store.run_before(id, run.id, 2).await.unwrap().unwrap().id, same.id);
    let new = NewRun { values: Values::new(), ..new_run(id, 2) };
    let alone = store.insert_run(new).await.unwrap();
    assert_eq!(store.run_before(id, alone.id, 2).await.unwrap().unwrap().id, newest.id);
}

#[tokio::test]
async fn a_version_remembers_the_model_and_settings_in_force() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let models = PromptModels {
        model: Some(ModelRef::new("demo", "demo-1")),
        alignment_model: None,
        settings: Settings { temperature: Some(0.4), ..Settings::default() },
    };
    fixture.store.set_models(id, &models).await.unwrap();
    let saved = fixture.save(id, "two").await.version.summary;
    fixture.store.set_models(id, &PromptModels::default()).await.unwrap();
    assert_eq!(saved.model_choice, Some(models.choice()));
    assert_eq!(fixture.newest(id).await.summary, saved);
    let listed = fixture.store.versions(id, None, 9).await.unwrap();
    let remembered: Vec<_> = listed.into_iter().map(|it| it.model_choice.unwrap().model).collect();
    assert_eq!(remembered, [models.model, None]);
}
