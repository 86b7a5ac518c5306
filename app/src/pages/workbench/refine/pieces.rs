//! Kept pieces of feedback, and the comment that is being written.

use align::record::{Evidence, FeedbackId, PlacedFeedback, Reworded, Workflow};
use align::{Feedback, Span};
use leptos::prelude::*;

use super::super::use_workbench;
use super::reword::Reword;
use crate::components::text_area::Text;
use crate::components::{Button, ButtonKind, TextArea};
use crate::state::WorkbenchState;

/// The list of pieces and the open comment.
#[component]
pub(super) fn Pieces() -> impl IntoView {
    let workbench = use_workbench();
    let commenting =
        Memo::new(move |_| workbench.prompt.editor().comment().with(|c| c.clone()?.span));
    view! {
        <ul class="pieces" aria-label="Kept feedback">
            <For each=move || shown(workbench) key=|id| *id let(id)>
                <Piece id/>
            </For>
        </ul>
        {move || commenting.get().map(|span| view! { <Comment span/> })}
    }
}

/// The kept pieces, then those that are gone while their words were being changed.
fn shown(workbench: WorkbenchState) -> Vec<FeedbackId> {
    let ids = workbench.refine.pieces().with(|all| all.iter().map(|piece| piece.id).collect());
    workbench.prompt.and_reworded(ids, |of| match of {
        Reworded::Feedback(id) => Some(id),
        Reworded::Guideline(_) => None,
    })
}

/// One kept piece: quote, words, and what can be done with it.
#[component]
fn Piece(id: FeedbackId) -> impl IntoView {
    let workbench = use_workbench();
    let of = Reworded::Feedback(id);
    let piece = Memo::new(move |_| {
        workbench.refine.pieces().with(|all| all.iter().find(|piece| piece.id == id).cloned())
    });
    let text = Memo::new(move |_| piece.with(|it| it.as_ref().map(|it| it.feedback.text.clone())));
    let editing = Memo::new(move |_| workbench.prompt.rewording(of).is_some());
    let quote = move || piece.with(|it| it.as_ref().and_then(|it| it.feedback.span.clone()));
    view! {
        <li class="piece">
            {move || view! { <Quote span=quote()/> }}
            {move || if editing.get() {
                view! { <Reword of now=text/> }.into_any()
            } else {
                view! { <p>{move || text.get()}</p><Actions piece/> }.into_any()
            }}
        </li>
    }
}

#[component]
fn Actions(piece: Memo<Option<PlacedFeedback>>) -> impl IntoView {
    let workbench = use_workbench();
    let on_piece = move |action: fn(WorkbenchState, PlacedFeedback)| {
        move |()| {
            if let Some(piece) = piece.get_untracked() {
                action(workbench, piece);
            }
        }
    };
    let edit = on_piece(|workbench, piece| {
        workbench.prompt.begin_rewording(Reworded::Feedback(piece.id), piece.feedback.text);
    });
    let criticise = on_piece(|workbench, piece| {
        workbench.distil(piece.run_id, Evidence::Critique(piece.feedback), || ());
    });
    let praise = on_piece(|workbench, piece| {
        workbench.distil(piece.run_id, Evidence::Kudos(piece.feedback), || ());
    });
    view! {
        <div class="row">
            <Button kind=ButtonKind::Quiet on_press=edit>"Edit feedback"</Button>
            <Button
                kind=ButtonKind::Quiet
                on_press=on_piece(|workbench, piece| workbench.refine.remove_piece(piece.id))
            >
                "Remove feedback"
            </Button>
            <Show when=move || workbench.refine.workflow().get() == Workflow::Guidelines>
                <Button kind=ButtonKind::Quiet on_press=criticise>"Distil as critique"</Button>
                <Button kind=ButtonKind::Quiet on_press=praise>"Distil as kudos"</Button>
            </Show>
        </div>
    }
}

/// What a piece is about.
#[component]
fn Quote(span: Option<Span>) -> impl IntoView {
    span.map(|span| view! { <blockquote class="quote">{format!("“{}”", span.exact)}</blockquote> })
}

/// A comment on a selection, being written.
#[component]
fn Comment(span: Span) -> impl IntoView {
    let workbench = use_workbench();
    let comment = workbench.prompt.editor().comment();
    let text = Memo::new(move |_| {
        comment.with(|c| c.as_ref().map(|c| c.text.clone()).unwrap_or_default())
    });
    let set = move |text| {
        comment.update(|comment: &mut Option<Feedback>| {
            if let Some(comment) = comment {
                comment.text = text;
            }
        });
    };
    let focus = workbench.page.is_begun_here();
    view! {
        <div class="piece writing">
            <Quote span=Some(span)/>
            <TextArea
                label="Comment"
                text=Text::new(text, set)
                placeholder="What should be different here?"
                focus
                on_submit=move |()| workbench.keep_comment()
            />
            <div class="row">
                <Button
                    disabled=Signal::derive(move || text.with(|text| text.trim().is_empty()))
                    on_press=move |()| workbench.keep_comment()
                >
                    "Add comment"
                </Button>
                <Button kind=ButtonKind::Quiet on_press=move |()| comment.set(None)>"Cancel comment"</Button>
            </div>
        </div>
    }
}
