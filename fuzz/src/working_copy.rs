//! What must hold of everything that a page can send as typed text: it is refused with a sentence,
//! or what is kept is exactly what was sent. The input is the JSON of a working copy.

use std::cell::OnceCell;

use align::Prompt;
use align::record::{PromptId, WorkingCopy};
use models::Models;
use models::testing::ScriptedProvider;
use service::{Caller, CreatePrompt, ServiceError, Studio, UseCases};
use store::Store;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// A studio that serves all inputs of a thread.
struct Place {
    runtime: Runtime,
    studio: UseCases,
    prompt: PromptId,
    _folder: TempDir,
}

thread_local! {
    static PLACE: OnceCell<Place> = const { OnceCell::new() };
}

pub(crate) fn check(data: &[u8]) {
    let Ok(copy) = serde_json::from_slice::<WorkingCopy>(data) else { return };
    PLACE.with(|place| place.get_or_init(Place::new).takes_exactly_or_refuses(copy));
}

impl Place {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        let folder = tempfile::tempdir().expect("a folder");
        let (studio, prompt) = runtime.block_on(async {
            let store = Store::open(folder.path()).await.expect("a store");
            let models = Models::new(vec![std::sync::Arc::new(ScriptedProvider::new("test", []))]);
            let studio = Studio::open(store, models).await.expect("a studio");
            let studio = studio.by(Caller::local());
            let new = CreatePrompt {
                title: "Typed".to_owned(),
                prompt: Some(Prompt::new("Give three uses for: {item}")),
                ..CreatePrompt::default()
            };
            let head = studio.create_prompt(new).await.expect("a prompt");
            (studio, head.id)
        });
        Self { runtime, studio, prompt, _folder: folder }
    }

    fn takes_exactly_or_refuses(&self, copy: WorkingCopy) {
        self.runtime.block_on(async {
            let before = self.kept().await;
            // The page names the revision it read; what else it names is up to the input.
            let copy = WorkingCopy { revision: before.revision, ..copy };
            let saved = self.studio.save_working_copy(self.prompt, "page", copy.clone()).await;
            let after = self.kept().await;
            match saved {
                Ok(revision) => {
                    assert_eq!(revision, before.revision + 1);
                    let expected =
                        WorkingCopy { revision, updated_at: after.updated_at, ..copy.clone() };
                    assert_eq!(after, expected, "what is kept is what was sent");
                    self.late_saves_are_refused(&copy).await;
                }
                Err(ServiceError::Invalid { message, hint }) => {
                    assert!(!message.is_empty() && !hint.is_empty());
                    assert_eq!(after, before, "a refusal changes nothing");
                }
                Err(ServiceError::NotFound { .. }) => {
                    assert!(copy.base.is_some(), "only a base can be missing");
                    assert_eq!(after, before, "a refusal changes nothing");
                }
                Err(error) => panic!("{error:?}"),
            }
        });
        // What was typed can be rendered, or says what is missing.
        let kept = self.runtime.block_on(self.kept());
        if let Err(missing) = kept.prompt.render(&kept.values) {
            assert!(missing.names.iter().all(|name| !kept.values.contains_key(name)));
        }
    }

    async fn kept(&self) -> WorkingCopy {
        self.studio.working_copy(self.prompt).await.expect("it is kept")
    }

    async fn late_saves_are_refused(&self, copy: &WorkingCopy) {
        let late = self.studio.save_working_copy(self.prompt, "late", copy.clone()).await;
        assert!(matches!(late, Err(ServiceError::Conflict { .. })), "{late:?}");
    }
}
