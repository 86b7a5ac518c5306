//! A model's Markdown as views: nothing in it can act by itself. Raw HTML is shown as text, images
//! become links, links lead only to the web or a mail program and only when a person follows them.

mod blocks;
mod rows;
mod tree;
mod view;

use leptos::prelude::*;

use crate::components::list::{Entry, List};
use crate::reactive::{Look, memo};
use blocks::{Block, Blocks};

/// Renders Markdown that may still grow. Only the last block is parsed and rendered again, and of a
/// table or a list the last row.
#[component]
pub(crate) fn Markdown(
    /// The text so far.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let blocks = Memo::new(move |previous: Option<&Blocks>| {
        text.look(|text| previous.cloned().unwrap_or_default().follow(text))
    });
    view! {
        <List entries=Box::new(move || {
            blocks.look(Blocks::all).into_iter().map(|block| entry(blocks, block)).collect()
        })/>
    }
}

fn entry(blocks: Memo<Blocks>, block: Block) -> Entry {
    let Block { start, has_rows, .. } = block;
    Entry::new(block.key(), move || {
        if has_rows {
            rows::growing(memo(move || blocks.look(|blocks| blocks.source(start))))
        } else {
            view::block(&block.markdown)
        }
    })
}
