//! Kept pieces of feedback, and the comment that is being written.

use align::record::{Evidence, PlacedFeedback, Workflow};
use align::{Feedback, Span};
use leptos::html::Textarea;
use leptos::prelude::*;

use super::super::use_bench;
use crate::components::escape::element_text;
use crate::components::list::{Entry, List};
use crate::components::text_area::{bind, take_focus, typed_text};
use crate::components::{Button, ButtonKind};
use crate::reactive::{Change, Look, Show, dynamic, hear, memo};

/// The list of pieces and the open comment.
#[component]
pub(super) fn Pieces() -> impl IntoView {
    let bench = use_bench();
    let commenting = memo(move || bench.editor.comment.look(|c| c.clone()?.span));
    view! {
        <ul class="pieces" aria-label="Kept feedback">
            <List entries=Box::new(move || bench.pieces.get().into_iter().map(entry).collect())/>
        </ul>
        {dynamic(move || commenting.get().map(|span| view! { <Comment span/> }))}
    }
}

/// A piece that was changed is another entry.
fn entry(piece: PlacedFeedback) -> Entry {
    let key = format!("{} {}", piece.id, piece.feedback.text);
    Entry::new(key, move || view! { <Piece piece/> })
}

/// One kept piece: quote, words, Edit and Remove.
#[component]
fn Piece(piece: PlacedFeedback) -> impl IntoView {
    let bench = use_bench();
    let (id, run_id) = (piece.id, piece.run_id);
    let given = StoredValue::new(piece.feedback.clone());
    let text = StoredValue::new(piece.feedback.text.clone());
    let editing = memo(move || bench.editing_piece.get() == Some(id));
    let element = NodeRef::<Textarea>::new();
    take_focus(element);
    let typed = RwSignal::new(piece.feedback.text);
    let save = move |()| {
        bench.editing_piece.set(None);
        let changed = typed.get_untracked().trim().to_owned();
        if !changed.is_empty() && text.with_value(|text| *text != changed) {
            bench.change_piece(id, changed);
        }
    };
    let words = move || {
        if editing.get() {
            view! {
                <textarea
                    node_ref=element
                    rows="2"
                    aria-label="Change feedback"
                    prop:value=Signal::derive(move || typed.get())
                    on:input=hear(move |event| typed.set(typed_text(&event)))
                ></textarea>
                <div class="row">
                    <Button on_press=save>"Save feedback"</Button>
                </div>
            }
            .into_any()
        } else {
            let learn = move |evidence: fn(Feedback) -> Evidence| {
                bench.distil(run_id, evidence(given.get_value()), || ());
            };
            let edit = move |()| bench.editing_piece.set(Some(id));
            let remove = move |()| bench.remove_piece(id);
            view! {
                <p>{text.get_value()}</p>
                <div class="row">
                    <Button kind=ButtonKind::Quiet on_press=edit>"Edit feedback"</Button>
                    <Button kind=ButtonKind::Quiet on_press=remove>"Remove feedback"</Button>
                    <Show when=Signal::derive(move || bench.workflow.get() == Workflow::Guidelines)>
                        <Button kind=ButtonKind::Quiet on_press=move |()| learn(Evidence::Critique)>
                            "Distil as critique"
                        </Button>
                        <Button kind=ButtonKind::Quiet on_press=move |()| learn(Evidence::Kudos)>
                            "Distil as kudos"
                        </Button>
                    </Show>
                </div>
            }
            .into_any()
        }
    };
    view! { <li class="piece"><Quote span=piece.feedback.span/>{words}</li> }
}

/// What a piece is about.
#[component]
fn Quote(span: Option<Span>) -> impl IntoView {
    span.map(|span| view! { <blockquote class="quote">{format!("“{}”", span.exact)}</blockquote> })
}

/// A comment on a selection, being written.
#[component]
fn Comment(span: Span) -> impl IntoView {
    let bench = use_bench();
    let element = NodeRef::<Textarea>::new();
    let comment = bench.editor.comment;
    let text =
        memo(move || comment.look(|c| c.as_ref().map(|c| c.text.clone()).unwrap_or_default()));
    let set = Callback::new(move |text| {
        comment.change(|comment: &mut Option<Feedback>| {
            if let Some(comment) = comment {
                comment.text = text;
            }
        });
    });
    bind(element, text.into(), set);
    take_focus(element);
    view! {
        <div class="piece writing">
            <Quote span=Some(span)/>
            <label class="field">
                <span>"Comment"</span>
                <textarea
                    node_ref=element
                    rows="2"
                    placeholder="What should be different here?"
                    on:input=hear(move |event| set.run(typed_text(&event)))
                >
                    {element_text(text.get_untracked())}
                </textarea>
            </label>
            <div class="row">
                <Button
                    disabled=Signal::derive(move || text.look(|text| text.trim().is_empty()))
                    on_press=move |()| bench.keep_comment()
                >
                    "Add comment"
                </Button>
                <Button kind=ButtonKind::Quiet on_press=move |()| comment.set(None)>"Cancel comment"</Button>
            </div>
        </div>
    }
}
