//! Whether a JSON literal changed only where it was asked to, as an answer of a worked example does when
//! the feedback makes it wrong.

use serde_json::{Map, Value};

use super::shown::Shown;
use crate::record::{Source, Trace};
use crate::words::lower_words;

/// What asks for the changes from `old` to the one of `new` that took its place; `None` if a key changed
/// that no words of a trace name.
pub(super) fn asked_by<'a>(
    old: &str,
    new: impl Iterator<Item = &'a str>,
    shown: &Shown<'_>,
) -> Option<Source> {
    let old = object(old)?;
    let objects = new.filter_map(object);
    let successor = objects.max_by_key(|new| in_common(&old, new))?;
    let mut sources = changed_keys(&old, &successor).map(|key| names(key, shown));
    let first = sources.next()??;
    sources.all(|source| source.is_some()).then_some(first)
}

fn object(text: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(text).ok()
}

/// How many entries two objects share, and then how many keys.
fn in_common(old: &Map<String, Value>, new: &Map<String, Value>) -> (usize, usize) {
    let entries = old.iter().filter(|(key, value)| new.get(*key) == Some(value)).count();
    (entries, old.keys().filter(|key| new.contains_key(*key)).count())
}

fn changed_keys<'a>(
    old: &'a Map<String, Value>,
    new: &'a Map<String, Value>,
) -> impl Iterator<Item = &'a String> {
    let gone = old.iter().filter(|(key, value)| new.get(*key) != Some(value));
    let come = new.keys().filter(|key| !old.contains_key(*key));
    gone.map(|(key, _)| key).chain(come)
}

/// What asks for something about this key: `"postcode": "01067"` or a rule on the postcode.
fn names(key: &str, shown: &Shown<'_>) -> Option<Source> {
    let key = lower_words(&key.replace('_', " "));
    let is_named = |trace: &&Trace| {
        let words = lower_words(&trace.quote.replace('_', " "));
        !key.is_empty() && words.windows(key.len()).any(|window| window == key)
    };
    shown.all().find(is_named).map(|trace| trace.source)
}
