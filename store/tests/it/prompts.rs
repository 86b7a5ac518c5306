//! Prompts: making, renaming, tagging, duplicating, deleting.

use align::model::{ModelRef, Settings};
use align::record::{PromptId, PromptModels, PromptQuery, WorkingCopy};
use align::{Prompt, Values};
use store::{NewPrompt, Noun, StoreError};

use crate::fixture::{ANN, Fixture, NOW};

#[tokio::test]
async fn a_prompt_starts_with_or_without_a_version() {
    let fixture = Fixture::new().await;
    let with = fixture.prompt("Uses", "Give uses", &["b", "A "]).await;
    assert_eq!(with.tags, ["A", "b"]);
    assert_eq!(with.models, PromptModels::default());
    let version = fixture.newest(with.id).await;
    assert_eq!((version.summary.number, version.summary.note.as_str()), (1, "first"));

    let new = NewPrompt {
        title: "Empty\0".into(),
        tags: Vec::new(),
        author: ANN.into(),
        prompt: None,
        note: String::new(),
        now: NOW,
    };
    let without = fixture.store.create_prompt(new).await.unwrap();
    assert_eq!(without.title, "Empty\0");
    assert_eq!(fixture.store.newest_version(without.id).await.unwrap(), None);
    assert_eq!(fixture.store.prompt(without.id).await.unwrap(), Some(without));
}

#[tokio::test]
async fn renaming_changes_head_list_and_search() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "text", &[]).await.id;
    let head = fixture.store.rename_prompt(id, "Applications", "bob", NOW + 5).await.unwrap();
    assert_eq!(head.title, "Applications");
    assert_eq!(fixture.found("uses").await, Vec::<String>::new());
    assert_eq!(fixture.found("appl").await, ["Applications"]);
    let list = fixture.store.list_prompts(&PromptQuery::default()).await.unwrap();
    assert_eq!((list.prompts[0].author.as_str(), list.prompts[0].updated_at), ("bob", NOW + 5));
}

#[tokio::test]
async fn tags_are_replaced_counted_and_found() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("One", "text", &["Red", "green"]).await.id;
    fixture.prompt("Two", "text", &["RED"]).await;
    let tags = || async { fixture.store.list_prompts(&PromptQuery::default()).await.unwrap().tags };
    assert_eq!(tags().await, [("Red".into(), 2), ("green".into(), 1)]);

    let new = [" blue\nsky ".into(), "GREEN".into()];
    let head = fixture.store.set_tags(id, &new, ANN, NOW).await.unwrap();
    assert_eq!(head.tags, ["blue sky", "GREEN"]);
    assert_eq!(tags().await, [("blue sky".into(), 1), ("GREEN".into(), 1), ("Red".into(), 1)]);
    assert_eq!(fixture.found("sky").await, ["One"]);
    assert_eq!(fixture.found("red").await, ["Two"]);

    let query = PromptQuery { tag: Some(" BLUE  sky".into()), ..PromptQuery::default() };
    assert_eq!(fixture.store.list_prompts(&query).await.unwrap().total, 1);
}

#[tokio::test]
async fn models_are_remembered_and_change_no_place() {
    let fixture = Fixture::new().await;
    let first = fixture.prompt("First", "text", &[]).await.id;
    fixture.prompt("Second", "text", &[]).await;
    let models = PromptModels {
        model: Some(ModelRef::new("ollama", "hf.co/some/model:q4")),
        alignment_model: None,
        settings: Settings { stop_sequences: vec!["\n".into()], ..Settings::default() },
    };
    assert_eq!(fixture.store.set_models(first, &models).await.unwrap().models, models);
    assert_eq!(fixture.store.prompt(first).await.unwrap().unwrap().models, models);
    assert_eq!(fixture.found("").await, ["Second", "First"]);
}

#[tokio::test]
async fn a_duplicate_has_text_tags_models_and_what_is_typed() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &["tag"]).await.id;
    fixture.save(id, "two {item}").await;
    let values = Values::from([("item".into(), "scissors".into())]);
    let typed = WorkingCopy {
        prompt: Prompt::new("unsaved"),
        values: values.clone(),
        feedback: "Shorter".into(),
        ..WorkingCopy::default()
    };
    fixture.store.save_working_copy(id, ANN, &typed, NOW).await.unwrap();

    let copy = fixture.store.duplicate_prompt(id, "Uses (copy)", ANN, NOW + 1).await.unwrap();

    assert_eq!((copy.title.as_str(), copy.tags.as_slice()), ("Uses (copy)", &["tag".into()][..]));
    let version = fixture.newest(copy.id).await;
    assert_eq!((version.summary.number, version.prompt.text.as_str()), (1, "two {item}"));
    assert_eq!(version.summary.note, "Copied from “Uses”");
    let copied = fixture.store.working_copy(copy.id, ANN).await.unwrap().unwrap();
    assert_eq!((copied.values, copied.base, copied.feedback.as_str()), (values, Some(1), ""));
    assert_eq!(copied.prompt.text, "unsaved");
    assert_eq!(fixture.found("two").await, ["Uses (copy)", "Uses"]);
    assert_eq!(fixture.found("unsaved").await, ["Uses (copy)", "Uses"]);
}

#[tokio::test]
async fn a_duplicate_begins_with_the_newest_version_where_nothing_is_unsaved() {
    for text in ["one", ""] {
        let fixture = Fixture::new().await;
        let id = fixture.prompt("Uses", "one", &[]).await.id;
        fixture.save(id, "two").await;
        let typed = WorkingCopy { prompt: Prompt::new(text), ..WorkingCopy::default() };
        fixture.store.save_working_copy(id, ANN, &typed, NOW).await.unwrap();
        let copy = fixture.store.duplicate_prompt(id, "Copy", ANN, NOW).await.unwrap();
        let copied = fixture.store.working_copy(copy.id, ANN).await.unwrap().unwrap();
        assert_eq!(copied.prompt.text, "two", "{text:?}");
    }
}

#[tokio::test]
async fn deleting_hides_and_undoing_brings_everything_back() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "Give uses", &["tag"]).await.id;
    store.delete_prompt(id, NOW + 1).await.unwrap();

    assert_eq!(store.prompt(id).await.unwrap(), None);
    let list = store.list_prompts(&PromptQuery::default()).await.unwrap();
    assert_eq!((list.total, list.prompts.len(), list.tags.len()), (0, 0, 0));
    assert!(fixture.found("uses").await.is_empty());
    let gone = |error| matches!(error, StoreError::NotFound { noun: Noun::Prompt(PromptId(1)) });
    assert!(gone(store.rename_prompt(id, "x", ANN, NOW).await.unwrap_err()));
    assert!(gone(store.set_tags(id, &["x".into()], ANN, NOW).await.unwrap_err()));
    assert!(gone(store.set_models(id, &PromptModels::default()).await.unwrap_err()));
    assert!(gone(store.duplicate_prompt(id, "x", ANN, NOW).await.unwrap_err()));
    assert!(gone(store.delete_prompt(id, NOW).await.unwrap_err()));
    assert!(gone(store.save_version(crate::fixture::typed(id, "x")).await.unwrap_err()));
    assert!(gone(store.insert_run(crate::fixture::new_run(id, 1)).await.unwrap_err()));
    assert!(gone(store.insert_drafts(&crate::fixture::new_draft(id, 1), 1).await.unwrap_err()));
    // Typing goes on in another tab until it hears of the deletion.
    store.save_working_copy(id, ANN, &WorkingCopy::default(), NOW).await.unwrap();

    let head = store.undelete_prompt(id).await.unwrap();
    assert_eq!((head.title.as_str(), head.tags.as_slice()), ("Uses", &["tag".into()][..]));
    assert_eq!(fixture.found("uses").await, ["Uses"]);
    let list = store.list_prompts(&PromptQuery::default()).await.unwrap();
    assert_eq!((list.prompts[0].updated_at, list.tags), (NOW, vec![("tag".into(), 1)]));
    assert_eq!(store.undelete_prompt(id).await.unwrap(), head);
}
