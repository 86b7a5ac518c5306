//! Titles that are typed and not on the server yet, kept in the browser: the list of prompts shows them,
//! however quickly a person went to it.

use align::record::{PromptHead, PromptId};

use crate::api;
use crate::browser::storage;
use crate::error::{AppError, ErrorKind};

const KEY: &str = "attune:typed-title";

/// Keeps what is typed as the title of a prompt. A title cannot be blank.
pub(crate) fn keep(id: PromptId, typed: &str) {
    match typed.trim() {
        "" => storage::remove(&key(id)),
        title => storage::write(&key(id), &title),
    }
}

/// The title of a prompt that an earlier page kept.
pub(crate) fn kept(id: PromptId) -> Option<String> {
    storage::read(&key(id))
}

/// Forgets `title` once the server took it or never will, unless another one was typed since.
pub(crate) fn settle(id: PromptId, title: &str, outcome: &Result<PromptHead, AppError>) {
    let is_over = outcome
        .as_ref()
        .err()
        .is_none_or(|error| matches!(error.kind, ErrorKind::Invalid | ErrorKind::NotFound));
    if is_over && kept(id).as_deref() == Some(title) {
        storage::remove(&key(id));
    }
}

/// Sends all that are kept; whether there were any.
pub(crate) async fn send_all() -> bool {
    let keys = storage::keys(KEY);
    for key in &keys {
        let id = key.rsplit(':').next().and_then(|id| id.parse().ok()).map(PromptId);
        let Some((id, title)) = id.and_then(|id| Some((id, storage::read::<String>(key)?))) else {
            continue;
        };
        let outcome = api::rename_prompt(id, title.clone()).await;
        settle(id, &title, &outcome);
    }
    !keys.is_empty()
}

fn key(id: PromptId) -> String {
    format!("{KEY}:{id}")
}
