//! Rule 2: literal text that looks like a placeholder stays literal.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::ops::Range;

use super::{Asked, Shown, answers, quoted, whole};
use crate::direct::finding::{Finding, FindingKind};
use crate::prompt::Prompt;
use crate::record::Source;
use crate::template::{Segment, Template};
use crate::words::words;

/// The longest literal, in bytes, that must stay character by character. In longer ones, such as a
/// prompt written in JSON, the instructions are in the strings: there the keys must stay.
const EXACT_BYTES: usize = 240;

/// How many literals of a prompt are looked at, so that hostile texts cost little.
const MOST_LITERALS: usize = 400;

/// How many findings are told; more would hide the others.
const MOST_FINDINGS: usize = 8;

impl FindingKind {
    pub(super) fn is_about_literals(self) -> bool {
        matches!(self, Self::LiteralChanged)
    }
}

/// A stretch of text in braces that is no variable.
struct Literal {
    text: String,
    /// Some `"key":` is in it.
    is_json: bool,
}

/// Which kinds of literals a prompt has.
pub(super) struct Kinds {
    pub(super) has_json: bool,
    pub(super) has_placeholders: bool,
}

impl Kinds {
    pub(super) fn of(prompt: &Prompt) -> Self {
        let literals = literals(prompt);
        Self {
            has_json: literals.iter().any(|it| it.is_json),
            has_placeholders: literals.iter().any(|it| !it.is_json),
        }
    }
}

pub(super) fn check(
    base: &Prompt,
    draft: &Prompt,
    asked: &Asked,
    shown: &Shown<'_>,
) -> Vec<Finding> {
    let (old, new) = (literals(base), literals(draft));
    let (old_text, new_text) = (whole(base), whole(draft));
    let draft_text = squeezed(&new_text);
    let left = LazyCell::new(|| words(&new_text).collect());
    let mut findings: Vec<Finding> = Vec::new();
    for literal in &old {
        let message = if literal.text.len() <= EXACT_BYTES {
            changed(literal, &draft_text)
        } else {
            broken(literal, &new)
        };
        if let Some(message) = message.filter(|_| !is_asked_for(literal, &left, asked)) {
            findings
                .push(finding(message).asked_by(change_asked_by(literal, &new, &old_text, shown)));
        }
    }
    let foreign = new.iter().filter(|it| is_foreign(&it.text) && !old_text.contains(&it.text));
    findings.extend(foreign.filter(|it| !is_asked_for(it, &left, asked)).map(|literal| {
        let message = format!(
            "{} is new and looks like a placeholder, but nothing fills it.",
            quoted(&literal.text)
        );
        finding(message).asked_by(shown.asks_for(&literal.text))
    }));
    findings.dedup();
    // What nobody asked for is told before the rest is cut.
    findings.sort_by_key(Finding::is_note);
    findings.truncate(MOST_FINDINGS);
    findings
}

/// What asks for a literal to go, or for the changes of a JSON one.
fn change_asked_by(
    literal: &Literal,
    new: &[Literal],
    old_text: &str,
    shown: &Shown<'_>,
) -> Option<Source> {
    let successors = new.iter().map(|it| &*it.text).filter(|text| !old_text.contains(text));
    shown
        .asks_to_drop(&literal.text)
        .or_else(|| answers::asked_by(&literal.text, successors, shown))
}

fn finding(message: String) -> Finding {
    Finding::new(FindingKind::LiteralChanged, message)
}

fn changed(literal: &Literal, draft_text: &str) -> Option<String> {
    (!holds(draft_text, &squeezed(&literal.text)))
        .then(|| format!("The literal text {} changed or is gone.", quoted(&literal.text)))
}

/// Whether the text holds the literal, and not only inside doubled braces.
fn holds(text: &str, literal: &str) -> bool {
    text.match_indices(literal).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + literal.len()..]);
        let is_doubled = before.ends_with('{') && after.starts_with('}');
        !is_doubled && !before.ends_with('$')
    })
}

/// A long literal must keep its keys and, if it was JSON, stay JSON.
fn broken(literal: &Literal, new: &[Literal]) -> Option<String> {
    let left: HashSet<&str> = new.iter().flat_map(|it| keys(&it.text)).collect();
    let lost = keys(&literal.text).into_iter().find(|key| !left.contains(key));
    if let Some(key) = lost {
        return Some(format!("The key {} of the JSON is gone.", quoted(key.trim_matches('"'))));
    }
    let was_valid = is_valid_json(&literal.text);
    (was_valid && !new.iter().any(|it| is_valid_json(&it.text)))
        .then(|| "The JSON is not valid any more.".to_owned())
}

/// Whether the feedback is about this literal: about JSON at all, about a word that went from it, or
/// about the placeholder by its name.
fn is_asked_for(literal: &Literal, left: &HashSet<&str>, asked: &Asked) -> bool {
    const JSON: [&str; 9] =
        ["json", "schema", "field", "propert", "brace", "bracket", "format", "feld", "字段"];
    const PLACEHOLDER: [&str; 6] =
        ["placeholder", "variable", "brace", "platzhalter", "占位符", "变量"];
    if literal.is_json {
        let mut gone = words(&literal.text).filter(|word| !left.contains(word));
        return asked.is_about(&JSON) || gone.any(|word| asked.has_word(word));
    }
    let name = literal.text.trim_matches(|c: char| "${} ".contains(c));
    asked.is_about(&PLACEHOLDER) || (!name.is_empty() && asked.is_about(&[&name.to_lowercase()]))
}

/// `{{x}}` and `${x}` are placeholders of other tools.
fn is_foreign(text: &str) -> bool {
    let is_doubled = text.starts_with("{{") && text.ends_with("}}");
    text.len() <= 60 && !text.contains('"') && (is_doubled || text.starts_with("${"))
}

/// The outermost stretches in balanced braces, each once; variables inside belong to them. In long
/// ones the placeholders inside are literals of their own.
fn literals(prompt: &Prompt) -> Vec<Literal> {
    let mut found = Vec::new();
    let mut known = HashSet::new();
    for text in [&prompt.system_instructions, &prompt.text] {
        let mut own = own_stretches(text, prompt);
        own.retain(|stretch| known.insert(&text[stretch.clone()]));
        found.extend(own.into_iter().rev().map(|stretch| {
            let text = text[stretch].to_owned();
            Literal { is_json: !keys(&text).is_empty(), text }
        }));
    }
    found.truncate(MOST_LITERALS);
    found
}

/// The stretches that are literals, the last first.
fn own_stretches(text: &str, prompt: &Prompt) -> Vec<Range<usize>> {
    let mut outermost: Option<Range<usize>> = None;
    let mut own = Vec::new();
    for stretch in balanced(text, prompt).into_iter().rev() {
        let is_own = match &outermost {
            Some(outer) if outer.start <= stretch.start => {
                outer.len() > EXACT_BYTES && is_foreign(&text[stretch.clone()])
            }
            _ => {
                outermost = Some(stretch.clone());
                true
            }
        };
        if is_own {
            own.push(stretch);
        }
    }
    own
}

/// All stretches in balanced braces, with a `$` before them, the inner before the outer.
fn balanced(text: &str, prompt: &Prompt) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let mut open = Vec::new();
    let mut position = 0;
    for segment in Template::parse(text, &prompt.plain_names).segments() {
        let piece = match segment {
            Segment::Variable(name) => {
                position += name.len() + 2;
                continue;
            }
            Segment::Text(piece) => piece,
        };
        for (offset, brace) in piece.match_indices(['{', '}']) {
            let at = position + offset;
            if brace == "{" {
                open.push(at - usize::from(text[..at].ends_with('$')));
            } else if let Some(start) = open.pop() {
                stretches.push(start..at + 1);
            }
        }
        position += piece.len();
    }
    stretches
}

/// The quoted keys of JSON, as they are written.
fn keys(text: &str) -> Vec<&str> {
    let mut keys = Vec::new();
    let quotes: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
    for pair in quotes.windows(2) {
        let is_key = text[pair[1] + 1..].trim_start().starts_with(':')
            && text[..pair[0]].trim_end().ends_with(['{', ',']);
        if is_key {
            keys.push(&text[pair[0]..=pair[1]]);
        }
    }
    keys
}

fn is_valid_json(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outermost_braces_are_literals() {
        let prompt = Prompt::new(r#"{x} {"a": {x}, "b": {}} {like this} {{y}} ${z:1} {} {open"#);
        let texts: Vec<_> = literals(&prompt).into_iter().map(|it| it.text).collect();
        assert_eq!(texts, [r#"{"a": {x}, "b": {}}"#, "{like this}", "{{y}}", "${z:1}", "{}"]);
    }

    #[test]
    fn keys_are_told_from_strings() {
        assert_eq!(keys(r#"{"a": "b", "c d" : ["e"]}"#), ["\"a\"", "\"c d\""]);
    }
}
