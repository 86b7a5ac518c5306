//! `{{name}}`, the variables of other tools: noticed, and turned into ours where a person wants it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::code::fenced;
use super::{in_name, is_name};

/// The names that stand between doubled braces, each once and in order, but not in code. Spaces within the
/// braces do not matter. Three braces, and braces after `$`, mean something else in the tools that know them.
pub fn doubled_names(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (_, name) in doubled(text) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The text with `{name}` in place of `{{name}}` for each of these names.
pub fn with_variables(text: &str, names: &BTreeSet<&str>) -> String {
    let mut result = String::with_capacity(text.len());
    let mut end = 0;
    for (place, name) in doubled(text).filter(|(_, name)| names.contains(name)) {
        result.push_str(&text[end..place.start]);
        result.extend(["{", name, "}"]);
        end = place.end;
    }
    result.push_str(&text[end..]);
    result
}

/// The places of names between doubled braces, with the braces.
fn doubled(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let fenced = fenced(text);
    let found = text.match_indices("{{").filter_map(move |(start, _)| {
        let inside = text[start + 2..].trim_start_matches(' ');
        let name = &inside[..inside.find(|c| !in_name(c)).unwrap_or(inside.len())];
        let close = inside[name.len()..].trim_start_matches(' ');
        let is_alone = !text[..start].ends_with(['{', '$']) && !close.starts_with("}}}");
        let is_doubled = is_name(name) && close.starts_with("}}") && is_alone;
        let end = text.len() - close.len() + 2;
        is_doubled.then_some((start..end, name))
    });
    found.filter(move |(place, _)| !fenced.iter().any(|code| code.contains(&place.start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, names: &[&str], converted: &str) {
        assert_eq!(doubled_names(text), names, "{text}");
        let names = names.iter().copied().collect();
        assert_eq!(with_variables(text, &names), converted, "{text}");
    }

    #[test]
    fn names_in_doubled_braces_are_noticed_and_converted() {
        check("Dear {{customer}},", &["customer"], "Dear {customer},");
        check("{{ a }} {{b}} {{a}} {c}", &["a", "b"], "{a} {b} {a} {c}");
        check("{{größe}}{{質問}}", &["größe", "質問"], "{größe}{質問}");
        check("“{{a}}”: {{b", &["a"], "“{a}”: {{b");
    }

    #[test]
    fn what_only_looks_like_it_stays() {
        for text in [
            "{{}} {{ }} {{a b}} {{a.b}} {{#if a}} {{/if}} {{1a}}",
            "{{{a}}} ${{a}} {{a}}}",
            "{{a} {a}}",
            "```\n{{a}}\n```",
            "{{\na\n}}",
        ] {
            check(text, &[], text);
        }
    }

    #[test]
    fn one_of_several_can_be_chosen() {
        let text = "{{a}} and {{b}}";
        assert_eq!(with_variables(text, &BTreeSet::from(["b"])), "{{a}} and {b}");
    }
}
