//! Markdown as a small tree of safe elements.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag};

/// A piece of rendered Markdown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Node {
    /// Plain text.
    Text(String),
    /// An element with its children.
    Element(Element, Vec<Node>),
}

/// The elements that Markdown can make. There are no others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Element {
    /// A paragraph.
    Paragraph,
    /// A heading; levels start below the page's own headings.
    Heading(u8),
    /// A quotation.
    Quote,
    /// A block of code in a named language (may be empty).
    CodeBlock(String),
    /// A bulleted list.
    Bullets,
    /// A numbered list and its first number.
    Numbers(u64),
    /// An item of a list.
    Item,
    /// A table.
    Table,
    /// The head of a table: one row.
    TableHead,
    /// A row of a table.
    TableRow,
    /// A cell, in the head or not.
    Cell {
        /// Whether it heads its column.
        head: bool,
    },
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Struck-out text.
    Strikethrough,
    /// Code within a line.
    Code,
    /// A link to the web or to a mail program.
    Link(String),
    /// A box of a task list.
    Task {
        /// Whether it is ticked.
        done: bool,
    },
    /// A rule across the text.
    Rule,
    /// A line break.
    Break,
    /// Children without an element of their own.
    Plain,
}

/// How deep elements are nested at most; deeper ones lose their element and keep their text. Views
/// are built and laid out by recursion, and nobody reads the hundredth quotation in a quotation.
const MAX_DEPTH: usize = 32;

fn options() -> Options {
    // Mathematics is not rendered, but what stands in it is no emphasis.
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
}

/// Where a top-level block begins, and whether it is made of rows: a table or a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Start {
    pub(super) at: usize,
    pub(super) has_rows: bool,
}

impl Start {
    /// A block without rows.
    pub(super) fn at(at: usize) -> Self {
        Self { at, has_rows: false }
    }
}

/// Byte offsets at which top-level blocks begin; the first is 0 unless there are none.
pub(super) fn top_level(markdown: &str) -> Vec<Start> {
    let mut depth = 0_usize;
    let mut starts = Vec::new();
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                if depth == 0 {
                    let has_rows = matches!(tag, Tag::Table(_) | Tag::List(_));
                    starts.push(Start { at: line_start(markdown, range.start), has_rows });
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ if depth == 0 => starts.push(Start::at(line_start(markdown, range.start))),
            _ => {}
        }
    }
    starts.dedup_by_key(|start| start.at);
    match starts.first_mut() {
        Some(first) => first.at = 0,
        // Only white space or link definitions so far: keep it as one unfinished block.
        None if !markdown.is_empty() => starts.push(Start::at(0)),
        None => {}
    }
    starts
}

/// Parsers report where content begins; indentation before it belongs to the block as well.
fn line_start(markdown: &str, at: usize) -> usize {
    markdown[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Parses Markdown.
pub(super) fn parse(markdown: &str) -> Vec<Node> {
    let mut open: Vec<(Element, Vec<Node>)> = vec![(Element::Plain, Vec::new())];
    let mut in_head = false;
    let mut too_deep = 0_usize;
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        match event {
            Event::Start(_) if open.len() > MAX_DEPTH => too_deep += 1,
            Event::End(_) if too_deep > 0 => too_deep -= 1,
            Event::Start(tag) => {
                in_head |= matches!(tag, Tag::TableHead);
                open.push((element(tag, in_head), Vec::new()));
            }
            Event::End(_) => {
                if let Some((element, children)) = open.pop() {
                    in_head &= element != Element::TableHead;
                    add(&mut open, Node::Element(element, children));
                }
            }
            Event::Text(text) if is_math_mark(markdown, range.start) => {
                add(&mut open, Node::Text(format!("\\{text}")));
            }
            other => add(&mut open, leaf(other)),
        }
    }
    open.into_iter().next().map(|(_, children)| children).unwrap_or_default()
}

fn add(open: &mut [(Element, Vec<Node>)], node: Node) {
    if let Some((_, children)) = open.last_mut() {
        children.push(node);
    }
}

/// How far the two brackets of a formula stand apart at most.
const MATH_LIMIT_BYTES: usize = 2_000;

/// Whether a bracket is one of TeX: `\(` with a `\)` behind it, `\[` with a `\]`, or the second of these.
/// Markdown takes the backslash for an escape.
fn is_math_mark(markdown: &str, at: usize) -> bool {
    let (before, after) = markdown.split_at(at);
    let before = &before[before.ceil_char_boundary(at.saturating_sub(MATH_LIMIT_BYTES))..];
    let after = &after[..after.floor_char_boundary(MATH_LIMIT_BYTES)];
    let Some(before) = before.strip_suffix('\\') else { return false };
    match after.chars().next() {
        Some('(') => after.contains("\\)"),
        Some('[') => after.contains("\\]"),
        Some(')') => before.contains("\\("),
        Some(']') => before.contains("\\["),
        _ => false,
    }
}

fn leaf(event: Event<'_>) -> Node {
    let empty = |element| Node::Element(element, Vec::new());
    match event {
        Event::Code(text) => Node::Element(Element::Code, vec![Node::Text(text.into_string())]),
        Event::Rule => empty(Element::Rule),
        Event::HardBreak => empty(Element::Break),
        Event::SoftBreak => Node::Text("\n".to_owned()),
        Event::TaskListMarker(done) => empty(Element::Task { done }),
        Event::Text(text)
        | Event::Html(text)
        | Event::InlineHtml(text)
        | Event::FootnoteReference(text) => Node::Text(text.into_string()),
        Event::InlineMath(text) => Node::Text(format!("${text}$")),
        Event::DisplayMath(text) => Node::Text(format!("$${text}$$")),
        Event::Start(_) | Event::End(_) => empty(Element::Plain),
    }
}

fn element(tag: Tag<'_>, in_head: bool) -> Element {
    match tag {
        Tag::Paragraph => Element::Paragraph,
        Tag::Heading { level, .. } => Element::Heading(heading(level)),
        Tag::BlockQuote(_) => Element::Quote,
        Tag::CodeBlock(CodeBlockKind::Fenced(language)) => {
            Element::CodeBlock(language.split_whitespace().next().unwrap_or_default().to_owned())
        }
        Tag::CodeBlock(CodeBlockKind::Indented) => Element::CodeBlock(String::new()),
        Tag::List(None) => Element::Bullets,
        Tag::List(Some(first)) => Element::Numbers(first),
        Tag::Item => Element::Item,
        Tag::Table(_) => Element::Table,
        Tag::TableHead => Element::TableHead,
        Tag::TableRow => Element::TableRow,
        Tag::TableCell => Element::Cell { head: in_head },
        Tag::Emphasis => Element::Emphasis,
        Tag::Strong => Element::Strong,
        Tag::Strikethrough => Element::Strikethrough,
        Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
            safe_link(&dest_url).map_or(Element::Plain, Element::Link)
        }
        _ => Element::Plain,
    }
}

/// The page itself has headings of the first two levels.
fn heading(level: HeadingLevel) -> u8 {
    (level as u8 + 2).min(6)
}

/// The address, if following it can only open a web page or a mail program.
fn safe_link(address: &str) -> Option<String> {
    let lower = address.trim_start().to_ascii_lowercase();
    let safe = ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
    safe.then(|| address.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(nodes: &[Node]) -> String {
        let parts = nodes.iter().map(|node| match node {
            Node::Text(text) => text.clone(),
            Node::Element(element, children) => format!("[{element:?}: {}]", outline(children)),
        });
        parts.collect()
    }

    fn check(markdown: &str, expected: &str) {
        assert_eq!(outline(&parse(markdown)), expected);
    }

    #[test]
    fn markdown_becomes_elements() {
        check("1. **Cut** paper", "[Numbers(1): [Item: [Strong: Cut] paper]]");
        check("# Big", "[Heading(3): Big]");
        check("```rs x\nfn\n```", "[CodeBlock(\"rs\"): fn\n]");
        check("a  \nb", "[Paragraph: a[Break: ]b]");
    }

    #[test]
    fn mathematics_stays_as_written() {
        check(r"The roots \(x_1\) and \(x_2\):", r"[Paragraph: The roots \(x_1\) and \(x_2\):]");
        check(
            "\\[\nx_{1,2} = \\frac{-b \\pm c}{2a}\n\\]",
            "[Paragraph: \\[\nx_{1,2} = \\frac{-b \\pm c}{2a}\n\\]]",
        );
        check("$a_i * b_i * c$ and _x_", "[Paragraph: $a_i * b_i * c$ and [Emphasis: x]]");
        check(r"$$a & b \\ c_i$$", r"[Paragraph: $$a & b \\ c_i$$]");
        check(r"costs $5 and $6, \(sic", r"[Paragraph: costs $5 and $6, (sic]");
    }

    #[test]
    fn nothing_acts_by_itself() {
        check("<script>alert(1)</script>", "[Plain: <script>alert(1)</script>]");
        check("a <img src=x onerror=alert(1)>", "[Paragraph: a <img src=x onerror=alert(1)>]");
        check("[x](javascript:alert(1))", "[Paragraph: [Plain: x]]");
        check("[x]( JaVaScRiPt:alert(1))", "[Paragraph: [Plain: x]]");
        check("[x](data:text/html,hi)", "[Paragraph: [Plain: x]]");
        check(
            "![p](https://a.example/p.png)",
            "[Paragraph: [Link(\"https://a.example/p.png\"): p]]",
        );
        check("[m](mailto:a@b.example)", "[Paragraph: [Link(\"mailto:a@b.example\"): m]]");
    }

    fn depth(nodes: &[Node]) -> usize {
        let depths = nodes.iter().map(|node| match node {
            Node::Text(_) => 0,
            Node::Element(_, children) => 1 + depth(children),
        });
        depths.max().unwrap_or_default()
    }

    #[test]
    fn nesting_has_an_end_and_keeps_its_text() {
        for (open, close) in [("> ", ""), ("- ", ""), ("*a ", " a*"), ("[", "](https://a.example)")]
        {
            let markdown = format!("{}deep{}", open.repeat(20_000), close.repeat(20_000));
            let nodes = parse(&markdown);
            assert!(depth(&nodes) <= MAX_DEPTH + 1, "{open}: {}", depth(&nodes));
            assert!(outline(&nodes).contains("deep"), "{open}");
        }
    }

    #[test]
    fn tables_have_heads_and_rows() {
        check(
            "|a|b|\n|-|-|\n|1|2|",
            "[Table: [TableHead: [Cell { head: true }: a][Cell { head: true }: b]]\
             [TableRow: [Cell { head: false }: 1][Cell { head: false }: 2]]]",
        );
    }
}
