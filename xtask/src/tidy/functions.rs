//! Lengths of functions, from their signature to their closing brace.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::Context;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, ImplItemFn, ItemFn, Signature, TraitItemFn};

use super::CRATES;
use super::files::{REASON, files};

/// Half of all functions are at most this long.
const MEDIAN: usize = 10;

/// Nine of ten functions are at most this long.
const NINE_OF_TEN: usize = 40;

/// A function or component longer than this says why in the comment above it ([`REASON`]). Tests in
/// `tests/` may be longer: a table of cases or a story of many steps is read from top to bottom.
const MAX_LINES: usize = 60;

/// One function.
struct Function {
    name: String,
    line: usize,
    lines: usize,
    is_component: bool,
    has_reason: bool,
}

/// Lengths of all functions of one kind, in order.
#[derive(Default)]
struct Lengths(Vec<usize>);

/// How long functions and components are.
pub(super) struct Sizes {
    functions: Lengths,
    components: Lengths,
}

/// Measures every function of every crate, and names those that are too long.
pub(super) fn check(root: &Path, problems: &mut Vec<String>) -> anyhow::Result<Sizes> {
    let mut sizes = Sizes { functions: Lengths::default(), components: Lengths::default() };
    for name in CRATES {
        for path in files(&root.join(name), "rs")? {
            let shown = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            let text = fs::read_to_string(&path)?;
            let is_test = path.components().any(|part| part.as_os_str() == "tests");
            for function in functions(&text).with_context(|| shown.clone())? {
                if function.lines > MAX_LINES && !function.has_reason && !is_test {
                    let Function { name, line, lines, .. } = &function;
                    problems.push(format!("{shown}:{line}: `{name}` has {lines} lines"));
                }
                sizes.of(function.is_component).0.push(function.lines);
            }
        }
    }
    for lengths in [&mut sizes.functions, &mut sizes.components] {
        lengths.0.sort_unstable();
    }
    if sizes.functions.at(50) > MEDIAN || sizes.functions.at(90) > NINE_OF_TEN {
        problems
            .push(format!("functions grew: {sizes}; {MEDIAN} and {NINE_OF_TEN} are the limits"));
    }
    Ok(sizes)
}

impl Sizes {
    fn of(&mut self, is_component: bool) -> &mut Lengths {
        if is_component { &mut self.components } else { &mut self.functions }
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "lines of {}; of {}",
            self.functions.tell("functions"),
            self.components.tell("components")
        )
    }
}

impl Lengths {
    /// The length that so many of a hundred do not exceed.
    fn at(&self, percent: usize) -> usize {
        let last = self.0.len().saturating_sub(1);
        self.0.get(last * percent / 100).copied().unwrap_or_default()
    }

    fn tell(&self, what: &str) -> String {
        let count = self.0.len();
        format!(
            "{count} {what}: median {}, 90th percentile {}, longest {}",
            self.at(50),
            self.at(90),
            self.at(100)
        )
    }
}

/// All functions of a file. Those that macros make are not seen.
fn functions(text: &str) -> syn::Result<Vec<Function>> {
    let mut found = Found { lines: text.lines().collect(), functions: Vec::new() };
    found.visit_file(&syn::parse_file(text)?);
    Ok(found.functions)
}

struct Found<'a> {
    lines: Vec<&'a str>,
    functions: Vec<Function>,
}

impl Found<'_> {
    fn add(&mut self, attributes: &[Attribute], signature: &Signature, body: &Block) {
        let first = signature.span().start().line;
        let last = body.span().end().line;
        let has_reason = self.comment_above(first).any(|line| line.contains(REASON));
        self.functions.push(Function {
            name: signature.ident.to_string(),
            line: first,
            lines: last + 1 - first,
            is_component: attributes.iter().any(|it| it.path().is_ident("component")),
            has_reason,
        });
    }

    /// The lines of comments and attributes right above a line.
    fn comment_above(&self, line: usize) -> impl Iterator<Item = &str> {
        let above = self.lines[..line - 1].iter().rev().map(|line| line.trim_start());
        above.take_while(|line| line.starts_with("//") || line.starts_with("#["))
    }
}

impl<'a> Visit<'a> for Found<'_> {
    fn visit_item_fn(&mut self, item: &'a ItemFn) {
        self.add(&item.attrs, &item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'a ImplItemFn) {
        self.add(&item.attrs, &item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'a TraitItemFn) {
        if let Some(body) = &item.default {
            self.add(&item.attrs, &item.sig, body);
        }
        visit::visit_trait_item_fn(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_measured_with_their_signature() {
        let text = "struct A;\nimpl A {\n    pub fn a(\n        &self,\n    ) {\n    }\n}\n
/// Long because it is a table.\n#[component]\nfn B() {}\ntrait T {\n    fn none();\n}\n";
        let found = functions(text).unwrap();
        let shown: Vec<_> = found
            .iter()
            .map(|it| (it.name.as_str(), it.line, it.lines, it.is_component, it.has_reason))
            .collect();
        assert_eq!(shown, [("a", 3, 4, false, false), ("B", 11, 1, true, true)]);
    }

    #[test]
    fn percentiles_are_lengths_that_occur() {
        let lengths = Lengths((1..=11).collect());
        assert_eq!((lengths.at(50), lengths.at(90), lengths.at(100)), (6, 10, 11));
        assert_eq!(Lengths::default().at(50), 0);
    }
}
