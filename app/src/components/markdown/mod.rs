//! A model's Markdown as views: nothing in it can act by itself. Raw HTML is shown as text, images
//! become links, links lead only to the web or a mail program and only when a person follows them.

mod blocks;
mod rows;
mod tree;
mod view;

use leptos::prelude::*;

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
        text.with(|text| previous.cloned().unwrap_or_default().follow(text))
    });
    view! {
        <For each=move || blocks.with(Blocks::all) key=Block::key let(block)>
            {show(blocks, &block)}
        </For>
    }
}

fn show(blocks: Memo<Blocks>, block: &Block) -> AnyView {
    if block.has_rows {
        let start = block.start;
        rows::growing(Memo::new(move |_| blocks.with(|blocks| blocks.source(start))))
    } else {
        view::block(&block.markdown)
    }
}
