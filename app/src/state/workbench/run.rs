//! Running the prompt, and stopping what is under way.

use align::model::Setting;
use leptos::prelude::*;

use super::WorkbenchState;
use crate::api;

impl WorkbenchState {
    /// Runs what is typed. Where a variable has no value, nothing is sent, and the page says which one.
    pub(crate) fn start_run(self) {
        if untrack(|| self.output.is_running() || self.prompt.is_held_by_values()) {
            return;
        }
        if let Some(error) = self.prompt.wrong_setting() {
            self.page.fail(error);
            return;
        }
        self.prompt.send_typed();
        self.page.once("run", async move {
            let editor = self.prompt.editor();
            let text = untrack(|| editor.typed()).text;
            let values = untrack(|| editor.values_in_use());
            let (id, models) = (self.page.id(), self.prompt.models_now());
            let started = api::start_run(id, text.prompt, text.base, values, models).await?;
            if self.page.is_alive() {
                self.prompt.take_newest(Some(started.version));
                // Events may have been faster than this answer, up to the end of the run.
                if untrack(|| self.output.run_id()) != Some(started.run.id) {
                    self.take_run(started.run);
                }
            }
            Ok(())
        });
    }

    /// Runs what is typed after giving up a setting that the model does not take.
    pub(crate) fn run_without(self, setting: Setting) {
        self.prompt.change_models(|models| {
            models.settings = std::mem::take(&mut models.settings).without(setting);
        });
        self.start_run();
    }

    /// Runs what is typed with nothing in place of the variables that have no value.
    pub(crate) fn run_with_empty(self) {
        self.prompt.allow_empty();
        self.start_run();
    }

    /// Stops the run, or else the drafts that are being written, or else what the alignment model is
    /// asked.
    pub(crate) fn stop(self) {
        if !self.output.stop() && !self.refine.stop() {
            self.guidelines.stop();
        }
    }
}
