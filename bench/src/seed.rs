//! A database as it is after years: many prompts, and one with a long history.

use std::path::{Path, PathBuf};

use align::Prompt;
use align::record::PromptId;
use futures_util::{StreamExt, TryStreamExt, stream};
use store::{NewPrompt, NewVersion, Store, StoreError};

/// How many prompts, and how many versions the long history has.
pub(crate) const MANY: u32 = 10_000;

/// Writes that wait at the same time, so that they share their syncs.
const AT_ONCE: usize = 64;

/// A database with [`MANY`] prompts.
#[derive(Clone, Debug)]
pub(crate) struct Full {
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// A prompt with one version.
    pub(crate) short: i64,
    /// A prompt with [`MANY`] versions.
    pub(crate) long: i64,
}

/// Fills `folder` through the store itself.
pub(crate) async fn full(folder: &Path) -> anyhow::Result<Full> {
    eprintln!("    filling a database with {MANY} prompts");
    let store = Store::open(folder).await?;
    let ids = stream::iter(0..MANY)
        .map(|number| create(&store, number))
        .buffered(AT_ONCE)
        .try_collect::<Vec<_>>();
    let ids = ids.await?;
    let [short, long] = [ids[0], ids[1]];
    stream::iter(2..=MANY)
        .map(|number| save(&store, long, number))
        .buffered(AT_ONCE)
        .try_for_each(|()| std::future::ready(Ok(())))
        .await?;
    store.close().await?;
    Ok(Full { folder: folder.to_owned(), short: short.0, long: long.0 })
}

async fn create(store: &Store, number: u32) -> Result<PromptId, StoreError> {
    let new = NewPrompt {
        title: format!("Prompt number {number}"),
        tags: vec![format!("tag {}", number % 80), format!("team {}", number % 7)],
        author: "local".to_owned(),
        prompt: Some(Prompt::new(text(number))),
        note: String::new(),
        now: 1_780_000_000_000 + i64::from(number) * 1_000,
    };
    store.create_prompt(new).await.map(|head| head.id)
}

async fn save(store: &Store, prompt_id: PromptId, number: u32) -> Result<(), StoreError> {
    let new = NewVersion {
        prompt_id,
        parent: None,
        author: "local".to_owned(),
        note: "Saved by Run".to_owned(),
        prompt: Prompt::new(text(number)),
        now: 1_790_000_000_000 + i64::from(number) * 1_000,
    };
    store.save_version(new).await.map(drop)
}

/// A prompt of an everyday length.
pub(crate) fn text(number: u32) -> String {
    format!(
        "Write a paragraph about topic{number} for {{audience}}, with {} examples and a summary at \
        the end.\n\nKeep the tone of a magazine for makers. Use short sentences. Do not repeat the \
        question, and do not add a closing line. Name the sources you know, each with its year.\n\n\
        Answer in the language of the reader, and keep names as they are written.",
        number % 7 + 2,
    )
}
