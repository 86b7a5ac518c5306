//! Kept pieces of feedback, and the boxes that become one.

use align::record::{FeedbackId, PlacedFeedback};
use align::{Feedback, Span};
use leptos::prelude::*;

use super::RefineState;
use crate::api;
use crate::state::WorkbenchState;

impl RefineState {
    /// Feedback kept on the shown run.
    pub(crate) fn pieces(self) -> ReadSignal<Vec<PlacedFeedback>> {
        self.pieces
    }

    /// Takes a piece out that is no longer kept, if the page is still there.
    pub(crate) fn drop_piece(self, id: FeedbackId) {
        self.set_pieces.try_update(|pieces| pieces.retain(|piece| piece.id != id));
    }

    /// Another run is shown: what was said about the one before is not about it.
    pub(crate) fn clear_pieces(self) {
        self.set_pieces.set(Vec::new());
    }

    /// Removes a kept piece.
    pub(crate) fn remove_piece(self, id: FeedbackId) {
        self.page.command(async move {
            api::remove_feedback(id).await?;
            self.drop_piece(id);
            Ok(())
        });
    }
}

impl WorkbenchState {
    /// Adds a kept piece of feedback on the shown run, or replaces it.
    pub(crate) fn take_piece(self, piece: PlacedFeedback) {
        if untrack(|| self.output.run_id()) != Some(piece.run_id) {
            return;
        }
        self.refine.set_pieces.update(|pieces| {
            match pieces.iter_mut().find(|known| known.id == piece.id) {
                Some(known) => *known = piece,
                None => pieces.push(piece),
            }
        });
    }

    /// Begins a comment on `span`.
    pub(crate) fn begin_comment(self, span: Span) {
        self.page.begin_here();
        let comment = Feedback { text: String::new(), span: Some(span) };
        self.prompt.editor().comment().set(Some(comment));
    }

    /// Keeps a comment on a span of the output as a piece of feedback.
    pub(crate) fn keep_comment(self) {
        let comment = self.prompt.editor().comment();
        let Some(feedback) = comment.get_untracked() else { return };
        self.keep_feedback(feedback, move || comment.set(None));
    }

    /// Keeps what stands in the Feedback box as a piece, so that another can be written.
    pub(crate) fn keep_box(self) {
        let typed = self.prompt.editor().feedback();
        let text = typed.get_untracked().trim().to_owned();
        self.keep_feedback(Feedback::whole(text), move || typed.set(String::new()));
    }

    fn keep_feedback(self, feedback: Feedback, then: impl Fn() + 'static) {
        let run = untrack(|| self.output.run_id());
        let Some(run) = run.filter(|_| !feedback.text.trim().is_empty()) else { return };
        self.page.command(async move {
            let piece = api::add_feedback(run, feedback).await?;
            if self.page.is_alive() {
                self.take_piece(piece);
                then();
            }
            Ok(())
        });
    }
}
