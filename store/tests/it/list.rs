//! The Prompts page: order, pages, excerpts, tags.

use align::Prompt;
use align::record::{PromptList, PromptQuery};
use store::NewVersion;

use crate::fixture::{Fixture, NOW, typed};

#[tokio::test]
async fn pages_follow_each_other_newest_change_first() {
    let fixture = Fixture::new().await;
    for number in 0..123 {
        fixture.prompt(&format!("Prompt {number}"), "text", &["all"]).await;
    }
    let mut titles = Vec::new();
    for (page, rows) in [(0, 50), (1, 50), (2, 23), (3, 0), (u32::MAX, 0)] {
        let query = PromptQuery { search: "text".into(), tag: Some("all".into()), page };
        let list = fixture.store.list_prompts(&query).await.unwrap();
        assert_eq!((list.total, list.prompts.len()), (123, rows));
        titles.extend(list.prompts.into_iter().map(|prompt| prompt.title));
    }
    let expected: Vec<_> = (0..123).rev().map(|number| format!("Prompt {number}")).collect();
    assert_eq!(titles, expected);
    assert_eq!(PromptList::PAGE_SIZE, 50);
}

#[tokio::test]
async fn a_row_shows_the_newest_text() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("First", "old", &["b", "a"]).await.id;
    fixture.prompt("Second", "text", &[]).await;
    let long = format!("Line one\n\n  line\ttwo {}", "é".repeat(300));
    let new = NewVersion { author: "bob".into(), now: NOW + 9, ..typed(id, &long) };
    fixture.store.save_version(new).await.unwrap();

    let list = fixture.store.list_prompts(&PromptQuery::default()).await.unwrap();
    let row = &list.prompts[0];
    assert_eq!((row.title.as_str(), row.version), ("First", Some(2)));
    assert_eq!((row.author.as_str(), row.updated_at), ("bob", NOW + 9));
    assert_eq!(row.tags, ["a", "b"]);
    assert!(row.excerpt.starts_with("Line one line two éé"));
    assert_eq!(row.excerpt.chars().count(), 160);
}

#[tokio::test]
async fn at_most_fifty_tags_the_most_used_first() {
    let fixture = Fixture::new().await;
    let many: Vec<String> = (0..60).map(|number| format!("tag {number:02}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    fixture.prompt("One", "text", &many).await;
    fixture.prompt("Two", "text", &["zebra"]).await;
    fixture.prompt("Three", "text", &["Zebra"]).await;
    let tags = fixture.store.list_prompts(&PromptQuery::default()).await.unwrap().tags;
    assert_eq!(tags.len(), 50);
    assert_eq!(tags[..2], [("zebra".into(), 2), ("tag 00".into(), 1)]);
}

#[tokio::test]
async fn a_prompt_of_system_instructions_alone_has_an_excerpt() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Only", "text", &[]).await.id;
    let prompt = Prompt { system_instructions: "Be brief.".into(), ..Prompt::default() };
    fixture.store.save_version(NewVersion { prompt, ..typed(id, "") }).await.unwrap();
    let list = fixture.store.list_prompts(&PromptQuery::default()).await.unwrap();
    assert_eq!(list.prompts[0].excerpt, "Be brief.");
    assert_eq!(fixture.found("brief").await, ["Only"]);
    assert!(fixture.found("text").await.is_empty());
}
