//! A comparison of two texts, inline or side by side.

use std::collections::BTreeSet;

use align::diff::{Hunk, diff};
use align::hidden::{self, Piece};
use align::template::{Segment, Template};
use leptos::prelude::*;

/// How a comparison is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DiffLayout {
    /// Removed and added text in one column.
    #[default]
    Inline,
    /// The old text on the left, the new one on the right.
    SideBySide,
}

/// Shows how `new` differs from `old`.
#[component]
pub(crate) fn Diff(
    /// The old text.
    old: String,
    /// The new text.
    new: String,
    /// How it is laid out.
    #[prop(into)]
    layout: Signal<DiffLayout>,
) -> impl IntoView {
    let hunks = StoredValue::new(diff(&old, &new));
    move || match layout.get() {
        DiffLayout::Inline => {
            view! { <div class="diff">{hunks.with_value(|hunks| inline(hunks))}</div> }.into_any()
        }
        DiffLayout::SideBySide => view! {
            <div class="diff-columns">
                <div class="diff">{hunks.with_value(|hunks| side(hunks, Side::Old))}</div>
                <div class="diff">{hunks.with_value(|hunks| side(hunks, Side::New))}</div>
            </div>
        }
        .into_any(),
    }
}

fn inline(hunks: &[Hunk]) -> Vec<AnyView> {
    let views = hunks.iter().flat_map(|hunk| match hunk {
        Hunk::Same(text) => vec![same(text)],
        Hunk::Change { removed, added } => vec![deletion(removed), insertion(added)],
    });
    views.collect()
}

#[derive(Clone, Copy)]
enum Side {
    Old,
    New,
}

fn side(hunks: &[Hunk], side: Side) -> Vec<AnyView> {
    let views = hunks.iter().map(|hunk| match (hunk, side) {
        (Hunk::Same(text), _) => same(text),
        (Hunk::Change { removed, .. }, Side::Old) => deletion(removed),
        (Hunk::Change { added, .. }, Side::New) => insertion(added),
    });
    views.collect()
}

fn same(text: &str) -> AnyView {
    view! { <span>{marked(text)}</span> }.into_any()
}

/// The text with its variables marked.
fn marked(text: &str) -> Vec<AnyView> {
    let template = Template::parse(text, &BTreeSet::new());
    let pieces = template.segments().iter().map(|segment| match segment {
        Segment::Text(text) => revealed(text).into_any(),
        Segment::Variable(name) => view! { <mark>{format!("{{{name}}}")}</mark> }.into_any(),
    });
    pieces.collect()
}

/// The text with names in the place of characters that would hide: a comparison shows everything that
/// changed, and nothing in it may turn the reading direction of the rest.
pub(crate) fn revealed(text: &str) -> Vec<AnyView> {
    let pieces = hidden::pieces(text).into_iter().map(|piece| match piece {
        Piece::Text(text) => text.to_owned().into_any(),
        Piece::Hidden(hidden) => {
            let name = hidden::name(hidden);
            view! { <span class="hidden-character" title="A character that cannot be seen">{name}</span> }
                .into_any()
        }
    });
    pieces.collect()
}

fn deletion(text: &str) -> AnyView {
    (!text.is_empty()).then(|| view! { <del>{marked(text)}</del> }).into_any()
}

fn insertion(text: &str) -> AnyView {
    (!text.is_empty()).then(|| view! { <ins>{marked(text)}</ins> }).into_any()
}
