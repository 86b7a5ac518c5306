//! The title, the models and the settings of the prompt, and bringing it back.

use align::model::ModelRef;
use align::record::PromptModels;
use leptos::prelude::*;

use super::PromptState;
use crate::api;
use crate::error::{AppError, ErrorKind};
use crate::typed_titles;

impl PromptState {
    /// Gives the prompt another title.
    pub(crate) fn rename(self, title: String) {
        let id = self.page.id();
        if title.is_empty() || self.head.with_untracked(|head| head.title == title) {
            typed_titles::keep(id, "");
            return;
        }
        self.set_head.update(|head| head.title.clone_from(&title));
        self.page.command(async move {
            let outcome = api::rename_prompt(id, title.clone()).await;
            typed_titles::settle(id, &title, &outcome);
            self.set_head.try_set(outcome?);
            Ok(())
        });
    }

    /// Brings the prompt back after it was deleted. That it is there again comes as an event.
    pub(crate) fn undelete(self) {
        self.page
            .once("undelete", async move { api::undelete_prompt(self.page.id()).await.map(drop) });
    }

    /// Changes models or settings and remembers them for this prompt.
    pub(crate) fn change_models(self, change: impl FnOnce(&mut PromptModels)) {
        self.set_head.update(|head| change(&mut head.models));
        let models = self.models_now();
        self.page.command(async move { api::set_models(self.page.id(), models).await.map(drop) });
    }

    /// The models and settings that are chosen now.
    pub(crate) fn models_now(self) -> PromptModels {
        self.head.with_untracked(|head| head.models.clone())
    }

    /// The target model: the chosen one, else the preferred one.
    pub(crate) fn model(self) -> Option<ModelRef> {
        let chosen = self.head.with(|head| head.models.model.clone());
        chosen.or_else(|| self.preferred())
    }

    /// The alignment model: the chosen one, else the preferred one.
    pub(crate) fn alignment_model(self) -> Option<ModelRef> {
        let chosen = self.head.with(|head| head.models.alignment_model.clone());
        chosen.or_else(|| self.preferred())
    }

    fn preferred(self) -> Option<ModelRef> {
        self.page.models().with(|models| models.as_ref().map(|models| models.preferred.clone()))
    }

    /// Whether the box of a setting holds something that cannot be sent.
    pub(crate) fn is_wrong_setting(self, label: &str) -> bool {
        self.wrong_settings.with(|wrong| wrong.contains(label))
    }

    /// Notes whether the box of a setting holds something that can be sent.
    pub(crate) fn check_setting(self, label: &'static str, is_wrong: bool) {
        self.wrong_settings.update(|all| {
            if is_wrong {
                all.insert(label)
            } else {
                all.remove(label)
            };
        });
    }

    /// Why no run can start with the settings as they are.
    pub(crate) fn wrong_setting(self) -> Option<AppError> {
        let label = self.wrong_settings.with_untracked(|wrong| wrong.first().copied())?;
        Some(AppError::new(
            ErrorKind::Invalid,
            format!("{label} holds something that cannot be sent."),
            "Correct it, or leave it empty for the model's default.",
        ))
    }
}
