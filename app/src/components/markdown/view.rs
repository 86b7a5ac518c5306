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

/// A node with all that is in it.
pub(super) fn node(node: Node) -> AnyView {
    match node {
        Node::Text(text) => text.into_any(),
        Node::Element(Element::Table, mut rows) => {
            let body = rows.split_off(rows.len().min(1));
            table(views(rows), views(body))
        }
        Node::Element(kind, children) => element(kind, views(children)),
    }
}

/// An element around its children.
pub(super) fn element(kind: Element, children: AnyView) -> AnyView {
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

/// A table of a head and a body.
pub(super) fn table(head: AnyView, body: AnyView) -> AnyView {
    view! {
        <div class="table-scroll" tabindex="0">
            <table>
                <thead>{head}</thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}
