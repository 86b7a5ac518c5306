//! Views of parsed Markdown.

use leptos::prelude::*;

use super::tree::{Element, Node, parse};

/// Renders one block.
pub(super) fn block(markdown: &str) -> AnyView {
    views(parse(markdown))
}

fn views(nodes: Vec<Node>) -> AnyView {
    nodes.into_iter().map(node).collect_view().into_any()
}

fn node(node: Node) -> AnyView {
    match node {
        Node::Text(text) => text.into_any(),
        Node::Element(Element::Table, rows) => table(rows),
        Node::Element(kind, children) => element(kind, views(children)),
    }
}

fn element(kind: Element, children: AnyView) -> AnyView {
    match kind {
        Element::Paragraph => view! { <p>{children}</p> }.into_any(),
        Element::Heading(level) => heading(level, children),
        Element::Quote => view! { <blockquote>{children}</blockquote> }.into_any(),
        Element::CodeBlock(language) => {
            view! { <pre tabindex="0" data-language=language><code>{children}</code></pre> }
                .into_any()
        }
        Element::Bullets => view! { <ul>{children}</ul> }.into_any(),
        Element::Numbers(first) => view! { <ol start=first.to_string()>{children}</ol> }.into_any(),
        Element::Item => view! { <li>{children}</li> }.into_any(),
        Element::TableHead | Element::TableRow => view! { <tr>{children}</tr> }.into_any(),
        Element::Cell { head: true } => view! { <th scope="col">{children}</th> }.into_any(),
        Element::Cell { head: false } => view! { <td>{children}</td> }.into_any(),
        Element::Emphasis => view! { <em>{children}</em> }.into_any(),
        Element::Strong => view! { <strong>{children}</strong> }.into_any(),
        Element::Strikethrough => view! { <s>{children}</s> }.into_any(),
        Element::Code => view! { <code>{children}</code> }.into_any(),
        Element::Link(address) => link(address, children),
        Element::Task { done } => if done { "☑ " } else { "☐ " }.into_any(),
        Element::Rule => view! { <hr/> }.into_any(),
        Element::Break => view! { <br/> }.into_any(),
        Element::Table | Element::Plain => children,
    }
}

fn heading(level: u8, children: AnyView) -> AnyView {
    match level {
        3 => view! { <h3>{children}</h3> }.into_any(),
        4 => view! { <h4>{children}</h4> }.into_any(),
        5 => view! { <h5>{children}</h5> }.into_any(),
        _ => view! { <h6>{children}</h6> }.into_any(),
    }
}

fn link(address: String, children: AnyView) -> AnyView {
    view! {
        <a href=address target="_blank" rel="noopener noreferrer nofollow">{children}</a>
    }
    .into_any()
}

/// The first row is the head.
fn table(mut rows: Vec<Node>) -> AnyView {
    let body = rows.split_off(rows.len().min(1));
    view! {
        <div class="table-scroll" tabindex="0">
            <table>
                <thead>{views(rows)}</thead>
                <tbody>{views(body)}</tbody>
            </table>
        </div>
    }
    .into_any()
}
