//! A model's Markdown as views: nothing in it can act by itself. Raw HTML is shown as text, images
//! become links, links lead only to the web or a mail program and only when a person follows them.

mod blocks;
mod tree;
mod view;

use leptos::prelude::*;

use crate::components::list::{Entry, List};
use blocks::{Block, Blocks};

/// Renders Markdown that may still grow. Only the last block is parsed and rendered again.
#[component]
pub(crate) fn Markdown(
    /// The text so far.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let blocks = Memo::new(move |previous: Option<&Blocks>| {
        text.with(|text| previous.cloned().unwrap_or_default().follow(text))
    });
    view! {
        <List entries=Box::new(move || blocks.with(Blocks::all).into_iter().map(entry).collect())/>
    }
}

fn entry(block: Block) -> Entry {
    Entry::new(block.key(), move || view::block(&block.markdown))
}
