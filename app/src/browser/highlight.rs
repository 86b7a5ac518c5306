//! Marking spans in the output without touching its elements (CSS Custom Highlight API).

use align::Span;
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Node, Range};

/// Marks `spans` in `container` under the name `feedback`, for `::highlight(feedback)`. Browsers
/// without the API show no marks; the feedback cards quote the text anyway.
pub(crate) fn mark(container: &Element, spans: &[Span]) {
    let Some(document) = container.owner_document() else { return };
    let texts = text_nodes(container);
    let ranges: Array = spans.iter().filter_map(|span| find(&document, &texts, span)).collect();
    // Without the API one of these look-ups fails, and there is nothing to do.
    let _ = register(&ranges);
}

fn register(ranges: &Array) -> Result<(), JsValue> {
    let global = js_sys::global();
    let highlights = Reflect::get(&Reflect::get(&global, &"CSS".into())?, &"highlights".into())?;
    let constructor: Function = Reflect::get(&global, &"Highlight".into())?.dyn_into()?;
    let highlight = Reflect::construct(&constructor, ranges)?;
    let set: Function = Reflect::get(&highlights, &"set".into())?.dyn_into()?;
    set.call2(&highlights, &"feedback".into(), &highlight)?;
    Ok(())
}

/// The text nodes below `container` in order, with their texts as UTF-16, the unit of ranges.
fn text_nodes(container: &Element) -> Vec<(Node, Vec<u16>)> {
    let mut found = Vec::new();
    collect(container, &mut found);
    found
}

fn collect(node: &Node, found: &mut Vec<(Node, Vec<u16>)>) {
    if node.node_type() == Node::TEXT_NODE {
        let text = node.text_content().unwrap_or_default().encode_utf16().collect();
        found.push((node.clone(), text));
        return;
    }
    let children = node.child_nodes();
    for index in 0..children.length() {
        if let Some(child) = children.get(index) {
            collect(&child, found);
        }
    }
}

fn find(document: &Document, texts: &[(Node, Vec<u16>)], span: &Span) -> Option<Range> {
    let all: Vec<u16> = texts.iter().flat_map(|(_, text)| text.iter().copied()).collect();
    let start = best_match(&all, span)?;
    let end = start + span.exact.encode_utf16().count();
    let range = document.create_range().ok()?;
    let (node, offset) = locate(texts, start)?;
    range.set_start(node, offset).ok()?;
    // The end belongs to the node that holds the last selected unit.
    let (node, offset) = locate(texts, end - 1)?;
    range.set_end(node, offset + 1).ok()?;
    Some(range)
}

/// Where `span` begins in `all`: of all places with its text, the one whose surroundings agree most.
fn best_match(all: &[u16], span: &Span) -> Option<usize> {
    let [exact, prefix, suffix] = [&span.exact, &span.prefix, &span.suffix]
        .map(|text| text.encode_utf16().collect::<Vec<_>>());
    if exact.is_empty() || exact.len() > all.len() {
        return None;
    }
    places(all, &exact).into_iter().max_by_key(|&at| {
        let before = all[..at].iter().rev().zip(prefix.iter().rev());
        let after = all[at + exact.len()..].iter().zip(&suffix);
        before.take_while(|(a, b)| a == b).count() + after.take_while(|(a, b)| a == b).count()
    })
}

/// Where `exact`, which is not empty, stands in `all`. In linear time (Knuth, Morris and Pratt 1977):
/// in a megabyte of one letter, comparing at every place would take minutes.
fn places(all: &[u16], exact: &[u16]) -> Vec<usize> {
    let mut borders = vec![0; exact.len()];
    let extend = |borders: &[usize], mut length: usize, unit: u16| {
        while length > 0 && (length == exact.len() || exact[length] != unit) {
            length = borders[length - 1];
        }
        if exact[length] == unit { length + 1 } else { 0 }
    };
    for at in 1..exact.len() {
        borders[at] = extend(&borders, borders[at - 1], exact[at]);
    }
    let mut length = 0;
    let mut places = Vec::new();
    for (at, &unit) in all.iter().enumerate() {
        length = extend(&borders, length, unit);
        if length == exact.len() {
            places.push(at + 1 - length);
        }
    }
    places
}

fn locate(texts: &[(Node, Vec<u16>)], mut at: usize) -> Option<(&Node, u32)> {
    for (node, text) in texts {
        if at < text.len() {
            return Some((node, u32::try_from(at).ok()?));
        }
        at -= text.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, prefix: &str, suffix: &str, expected: Option<usize>) {
        let all: Vec<u16> = text.encode_utf16().collect();
        let span = Span { exact: "cut".into(), prefix: prefix.into(), suffix: suffix.into() };
        assert_eq!(best_match(&all, &span), expected);
    }

    #[test]
    fn every_place_is_found_in_linear_time() {
        let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
        assert_eq!(places(&units("abababa"), &units("aba")), [0, 2, 4]);
        assert_eq!(places(&units("aabaaab"), &units("aab")), [0, 4]);
        assert_eq!(places(&units("x"), &units("x")), [0]);
        assert!(places(&units("abc"), &units("d")).is_empty());
        let (all, exact) = ("a".repeat(1 << 20), "a".repeat(60_000) + "b");
        assert!(places(&units(&all), &units(&exact)).is_empty());
    }

    #[test]
    fn the_surroundings_tell_equal_words_apart() {
        check("to cut paper, to cut hair", "to ", " hair", Some(17));
        check("to cut paper, to cut hair", "to ", " paper", Some(3));
        check("nothing here", "", "", None);
    }
}
