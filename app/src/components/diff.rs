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

/// Puts the change of a number, counted from 0, into something of its own.
pub(crate) type Wrap = Box<dyn Fn(u32, AnyView) -> AnyView + Send + Sync>;

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
    /// What goes around each change; side by side, around what is new.
    #[prop(optional)]
    wrap: Option<Wrap>,
) -> impl IntoView {
    let hunks = StoredValue::new(diff(&old, &new));
    let wrap = StoredValue::new(wrap.unwrap_or_else(|| Box::new(|_, change| change)));
    let views =
        move |side| wrap.with_value(|wrap| hunks.with_value(|hunks| views(hunks, side, wrap)));
    move || match layout.get() {
        DiffLayout::Inline => view! { <div class="diff">{views(Side::Both)}</div> }.into_any(),
        DiffLayout::SideBySide => view! {
            <div class="diff-columns">
                <div class="diff">{views(Side::Old)}</div>
                <div class="diff">{views(Side::New)}</div>
            </div>
        }
        .into_any(),
    }
}

#[derive(Clone, Copy)]
enum Side {
    Both,
    Old,
    New,
}

fn views(hunks: &[Hunk], side: Side, wrap: &Wrap) -> Vec<AnyView> {
    let mut numbers = 0..;
    let views = hunks.iter().map(|hunk| match hunk {
        Hunk::Same(text) => same(text),
        Hunk::Change { removed, added } => {
            let number = numbers.next().unwrap_or_default();
            match side {
                Side::Both => wrap(number, (deletion(removed), insertion(added)).into_any()),
                Side::Old => deletion(removed),
                Side::New => wrap(number, insertion(added)),
            }
        }
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
