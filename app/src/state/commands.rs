//! What a person can do in a workbench. Each asks the server; the answer and the events that follow
//! change the state.

use std::future::Future;

use align::model::ModelRef;
use align::record::{
    ConsultationState, Draft, DraftId, DraftOrder, DraftState, FeedbackId, PromptModels, StartFrom,
    Version, VersionNumber, Workflow,
};
use align::{Feedback, Span};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::bench::Bench;
use super::typing::Answered;
use crate::api;
use crate::error::{AppError, ErrorKind};
use crate::sync::typed::Typed;

/// What a person asked for, on its way to the server.
impl Bench {
    /// Runs what is typed.
    pub(crate) fn start_run(self) {
        if untrack(|| self.is_running()) {
            return;
        }
        if let Some(label) = self.wrong_settings.with_untracked(|wrong| wrong.first().copied()) {
            self.error.set(Some(AppError::new(
                ErrorKind::Invalid,
                format!("{label} holds something that cannot be sent."),
                "Correct it, or leave it empty for the model's default.",
            )));
            return;
        }
        self.send_typed();
        self.once("run", async move {
            let prompt = untrack(|| self.editor.prompt());
            let base = self.editor.base.get_untracked();
            let values = untrack(|| self.editor.values_in_use());
            let models = self.head.with_untracked(|head| head.models.clone());
            let started = api::start_run(self.id, prompt, base, values, models).await?;
            if self.is_alive() {
                self.take_newest(Some(started.version));
                // Events may have been faster than this answer, up to the end of the run.
                let known = self.run.with_untracked(|run| run.as_ref().map(|run| run.id));
                if known != Some(started.run.id) {
                    self.take_run(started.run);
                }
            }
            Ok(())
        });
    }

    /// Stops the run, or else the drafts that are being written, or else what the alignment model is
    /// asked.
    pub(crate) fn stop(self) {
        let run = self.run.with_untracked(|run| run.as_ref().map(|run| run.id));
        if untrack(|| self.is_running())
            && let Some(id) = run
        {
            self.command(api::stop_run(id));
            return;
        }
        let drafting = self.drafting();
        let asked = self.consultations.with_untracked(|all| {
            let working = all.iter().filter(|it| it.state == ConsultationState::Working);
            working.map(|it| it.id).collect::<Vec<_>>()
        });
        if drafting.is_empty() {
            for id in asked {
                self.stop_consultation(id);
            }
        }
        for id in drafting {
            self.command(api::stop_draft(id));
        }
    }

    /// Saves what is typed as a version.
    pub(crate) fn save_version(self) {
        self.send_typed();
        self.once("save", async move {
            let prompt = untrack(|| self.editor.prompt());
            let base = self.editor.base.get_untracked();
            let known = self.newest.with_untracked(|newest| newest.as_ref().map(number));
            let version = api::save_version(self.id, prompt, base, String::new()).await?;
            if self.is_alive() {
                let saved = number(&version);
                self.notice.set(if known == Some(saved) {
                    format!("Nothing changed since v{saved}.")
                } else {
                    format!("Saved as v{saved}.")
                });
                self.take_newest(Some(version));
            }
            Ok(())
        });
    }

    /// Asks the alignment model for rewrites that answer all feedback.
    pub(crate) fn start_draft(self, candidates: u8) {
        let typed = self.editor.feedback.get_untracked();
        let typed = typed.trim();
        let pieces = self.pieces.with_untracked(|all| all.iter().map(|piece| piece.id).collect());
        let feedback = if typed.is_empty() { Vec::new() } else { vec![Feedback::whole(typed)] };
        self.order(|order| DraftOrder { pieces, feedback, candidates, ..order });
    }

    /// Asks the alignment model for rewrites that follow all guidelines that are switched on; a switch
    /// that is on its way comes first.
    pub(crate) fn rewrite(self, start: StartFrom, candidates: u8) {
        if self.changes_on_their_way.get_value() > 0 {
            self.rewrite_waits.set_value(Some((start, candidates)));
            return;
        }
        let workflow = Workflow::Guidelines;
        self.order(|order| DraftOrder { workflow, start, candidates, ..order });
    }

    fn order(self, with: impl FnOnce(DraftOrder) -> DraftOrder) {
        if untrack(|| self.is_drafting()) {
            return;
        }
        let order = with(DraftOrder {
            prompt_id: self.id,
            prompt: untrack(|| self.editor.prompt()),
            base: self.editor.base.get_untracked(),
            run_id: self.run.with_untracked(|run| run.as_ref().map(|run| run.id)),
            pieces: Vec::new(),
            feedback: Vec::new(),
            alignment_model: self.head.with_untracked(|head| head.models.alignment_model.clone()),
            workflow: Workflow::Direct,
            start: StartFrom::Newest,
            candidates: 1,
        });
        self.send_typed();
        self.ordered_here.set_value(true);
        self.once("draft", async move {
            let drafts = api::start_draft(order).await;
            if drafts.is_err() {
                self.ordered_here.try_set_value(false);
            }
            let drafts = drafts?;
            if self.is_alive() {
                // Events may have been faster than this answer.
                let is_new = |draft: &Draft| {
                    self.drafts.with_untracked(|all| all.iter().all(|known| known.id != draft.id))
                };
                drafts.into_iter().filter(is_new).for_each(|draft| self.take_draft(draft));
            }
            Ok(())
        });
    }

    /// Keeps a comment on a span of the output as a piece of feedback.
    pub(crate) fn keep_comment(self) {
        let Some(comment) = self.editor.comment.get_untracked() else { return };
        self.keep_feedback(comment, move || self.editor.comment.set(None));
    }

    /// Keeps what stands in the Feedback box as a piece, so that another can be written.
    pub(crate) fn keep_box(self) {
        let text = self.editor.feedback.get_untracked().trim().to_owned();
        self.keep_feedback(Feedback::whole(text), move || self.editor.feedback.set(String::new()));
    }

    fn keep_feedback(self, feedback: Feedback, then: impl Fn() + 'static) {
        let run = self.run.with_untracked(|run| run.as_ref().map(|run| run.id));
        let Some(run) = run.filter(|_| !feedback.text.trim().is_empty()) else { return };
        self.command(async move {
            let piece = api::add_feedback(run, feedback).await?;
            if self.is_alive() {
                self.take_piece(piece);
                then();
            }
            Ok(())
        });
    }

    /// Begins a comment on `span`.
    pub(crate) fn begin_comment(self, span: Span) {
        self.begun_here.set_value(true);
        self.editor.comment.set(Some(Feedback { text: String::new(), span: Some(span) }));
    }

    /// Removes a kept piece.
    pub(crate) fn remove_piece(self, id: FeedbackId) {
        self.command(async move {
            api::remove_feedback(id).await?;
            self.pieces.try_update(|pieces| pieces.retain(|piece| piece.id != id));
            Ok(())
        });
    }

    /// Makes the shown draft the newest version and, if wanted, runs it.
    pub(crate) fn accept(self, rerun: bool, confirmed: bool) {
        let Some(draft) = untrack(|| self.draft()) else { return };
        self.confirming.set(None);
        let seen = untrack(|| self.editor.typed());
        self.once("accept", async move {
            self.send_edit().await?;
            self.send_hunks_on_their_way(draft.id).await?;
            let unsaved = Some(seen.text.prompt.clone());
            match api::accept_draft(draft.id, unsaved, confirmed).await {
                Ok(version) if self.is_alive() => {
                    self.accepted(&draft, version, seen, rerun);
                    if rerun && self.is_alive() {
                        self.start_run();
                    }
                    Ok(())
                }
                Err(error) if error.kind == ErrorKind::NeedsConfirmation && self.is_alive() => {
                    self.confirming.set(Some((error.findings, rerun)));
                    Ok(())
                }
                outcome => outcome.map(drop),
            }
        });
    }

    /// The accepted text takes the place of what was typed, which is a version of its own by now.
    fn accepted(self, draft: &Draft, version: Version, seen: Typed, rerun: bool) {
        let next = if rerun { "" } else { " Run it to see the difference." };
        let number = number(&version);
        let kept = match draft.base + 1 {
            unsaved if unsaved < number => format!(" What you had typed is kept as v{unsaved}."),
            _ => String::new(),
        };
        self.notice.set(format!("Accepted as v{number}.{kept}{next}"));
        let feedback = if draft.feedback.is_empty() { Answered::No } else { Answered::Yes };
        self.show_version(&version, seen, feedback);
        self.chosen_draft.set(None);
        let state = DraftState::Accepted { version: number };
        if let Some(known) = untrack(|| self.draft_of(draft.id)) {
            self.take_draft(Draft { state, ..known });
        }
        self.take_newest(Some(version));
    }

    /// Says no to the shown draft.
    pub(crate) fn reject(self) {
        let Some(draft) = untrack(|| self.draft()) else { return };
        self.once("reject", async move {
            let draft = api::reject_draft(draft.id).await?;
            if self.is_alive() {
                self.take_draft(draft);
                self.chosen_draft.set(None);
                self.notice.set("Draft rejected; it stays in the history.".to_owned());
            }
            Ok(())
        });
    }

    /// Makes a new version with the text of an earlier one.
    pub(crate) fn restore(self, from: VersionNumber) {
        let seen = untrack(|| self.editor.typed());
        self.once("restore", async move {
            let unsaved = Some(seen.text.prompt.clone());
            let version = api::restore_version(self.id, from, unsaved).await?;
            if self.is_alive() {
                let restored = number(&version);
                self.show_version(&version, seen, Answered::No);
                self.take_newest(Some(version));
                self.notice.set(format!("Restored v{from} as v{restored}."));
            }
            Ok(())
        });
    }

    /// Gives the prompt another title.
    pub(crate) fn rename(self, title: String) {
        self.command(async move {
            let head = api::rename_prompt(self.id, title).await?;
            self.head.try_set(head);
            Ok(())
        });
    }

    /// Changes models or settings and remembers them for this prompt.
    pub(crate) fn change_models(self, change: impl FnOnce(&mut PromptModels)) {
        self.head.update(|head| change(&mut head.models));
        let models = self.head.with_untracked(|head| head.models.clone());
        self.command(async move { api::set_models(self.id, models).await.map(drop) });
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
        self.models.with(|models| models.as_ref().map(|models| models.preferred.clone()))
    }

    fn drafting(self) -> Vec<DraftId> {
        self.drafts.with_untracked(|drafts| {
            let drafting = drafts.iter().filter(|draft| draft.state == DraftState::Drafting);
            drafting.map(|draft| draft.id).collect()
        })
    }

    /// Runs `command` unless the same `action` is in flight already: a double click is one click.
    pub(crate) fn once(
        self,
        action: &'static str,
        command: impl Future<Output = Result<(), AppError>> + 'static,
    ) {
        if self.in_flight.try_update(|actions| actions.insert(action)) != Some(true) {
            return;
        }
        self.command(async move {
            let outcome = command.await;
            self.in_flight.try_update(|actions| actions.remove(action));
            outcome
        });
    }

    /// Runs one command; its error is shown, and nothing else of the state changes.
    pub(super) fn command(self, command: impl Future<Output = Result<(), AppError>> + 'static) {
        self.error.set(None);
        spawn_local(async move {
            let outcome = command.await;
            if self.is_alive()
                && let Err(error) = outcome
            {
                self.error.set(Some(error));
            }
        });
    }
}

fn number(version: &Version) -> VersionNumber {
    version.summary.number
}
