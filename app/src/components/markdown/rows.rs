//! Tables and lists, which grow by rows: the rows that were there stay the same elements.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use leptos::prelude::*;

use super::tree::{Element, Node, parse};
use super::view;

/// A row or an item, and what tells it from others that stood in its place.
#[derive(Clone)]
struct Row {
    key: u64,
    node: Arc<Node>,
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// Renders the table or list whose source is `markdown`.
pub(super) fn growing(markdown: Memo<Arc<str>>) -> AnyView {
    let rows = Memo::new(move |_| markdown.with(|markdown| rows(markdown)));
    match markdown.with_untracked(|markdown| kind(markdown)) {
        Some(Element::Table) => view::table(list(rows, 0, 1), list(rows, 1, usize::MAX)),
        Some(kind) => view::element(kind, list(rows, 0, usize::MAX)),
        None => list(rows, 0, usize::MAX),
    }
}

/// The rows from `first` up to `end`.
fn list(rows: Memo<Vec<Row>>, first: usize, end: usize) -> AnyView {
    let each = move || {
        rows.with(|rows| {
            let rows = rows.iter().cloned().enumerate();
            rows.take(end).skip(first).collect::<Vec<_>>()
        })
    };
    view! {
        <For each key=|(place, row)| (*place, row.key) let((_, row))>
            {view::node(Arc::unwrap_or_clone(row.node))}
        </For>
    }
    .into_any()
}

fn kind(markdown: &str) -> Option<Element> {
    match parse(markdown).into_iter().next() {
        Some(Node::Element(kind, _)) => Some(kind),
        _ => None,
    }
}

fn rows(markdown: &str) -> Vec<Row> {
    let Some(Node::Element(_, rows)) = parse(markdown).into_iter().next() else {
        return Vec::new();
    };
    let keyed = rows.into_iter().map(|node| {
        let mut hasher = DefaultHasher::new();
        node.hash(&mut hasher);
        Row { key: hasher.finish(), node: Arc::new(node) }
    });
    keyed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(markdown: &str) -> Vec<u64> {
        rows(markdown).iter().map(|row| row.key).collect()
    }

    /// What was there before `more` stays, but for the last row.
    fn check(before: &str, more: &str) {
        let (known, grown) = (keys(before), keys(&format!("{before}{more}")));
        assert!(known.len() > 2 && grown.len() > known.len());
        assert_eq!(known[..known.len() - 1], grown[..known.len() - 1]);
    }

    #[test]
    fn rows_that_were_there_stay_while_more_arrive() {
        check("|a|b|\n|-|-|\n|1|2|\n|3|", "4|\n|5|6|\n");
        check("- one\n- two\n- th", "ree\n- four");
        check("1. one\n2. two\n3. th", "ree\n4. four");
    }

    #[test]
    fn equal_rows_differ_by_their_place_only() {
        assert_eq!(keys("- a\n- a"), [keys("- a")[0]; 2]);
        assert_ne!(keys("- a"), keys("- b"));
    }
}
