//! Fenced code blocks.

/// One fenced block of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block<'a> {
    /// What stands beside the opening fence, e.g. `json`.
    pub(crate) info: &'a str,
    /// Its lines.
    pub(crate) content: &'a str,
    /// The text before it since the block before.
    pub(crate) before: &'a str,
    /// It was never closed.
    pub(crate) is_open: bool,
}

/// Whether a line opens or closes a block.
pub(crate) fn is_fence(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("```") || line.starts_with("~~~")
}

/// The blocks of a text in order. A block ends at a bare fence at least as long as its own; a fence
/// with an info string inside opens an inner block, which stays part of the content.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, usize, usize)> = None;
    let (mut inner_depth, mut before_start, mut position) = (0, 0, 0);
    for line in text.split_inclusive('\n') {
        let start = position;
        position += line.len();
        if !is_fence(line) {
            continue;
        }
        let line = line.trim();
        let marker = marker_of(line);
        match open {
            None => {
                open = Some((line, position, start));
                inner_depth = 0;
            }
            Some((fence, ..)) if marker.len() < marker_of(fence).len() => {}
            Some(_) if line.len() > marker.len() => inner_depth += 1,
            Some(_) if inner_depth > 0 => inner_depth -= 1,
            Some((fence, content, fence_start)) => {
                blocks.push(Block {
                    info: fence[marker_of(fence).len()..].trim(),
                    content: &text[content..start],
                    before: &text[before_start..fence_start],
                    is_open: false,
                });
                before_start = position;
                open = None;
            }
        }
    }
    if let Some((fence, content, fence_start)) = open {
        blocks.push(Block {
            info: fence[marker_of(fence).len()..].trim(),
            content: &text[content..],
            before: &text[before_start..fence_start],
            is_open: true,
        });
    }
    blocks
}

/// The content of a text that is one fenced block and nothing else.
pub(crate) fn unwrap(text: &str) -> Option<&str> {
    let text = text.trim();
    match &blocks(text)[..] {
        [block]
            if is_fence(text) && !block.is_open && text.lines().last().is_some_and(is_fence) =>
        {
            Some(block.content)
        }
        _ => None,
    }
}

fn marker_of(line: &str) -> &str {
    let first = line.chars().next().unwrap_or('`');
    &line[..line.find(|c| c != first).unwrap_or(line.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_may_hold_blocks() {
        let text = "Here:\n```text\nSay:\n```rust\nfn x() {}\n```\nend\n```\nBye";
        let blocks = blocks(text);
        assert_eq!(blocks.len(), 1);
        assert_eq!(blocks[0].content, "Say:\n```rust\nfn x() {}\n```\nend\n");
        assert_eq!((blocks[0].info, blocks[0].before), ("text", "Here:\n"));
    }

    #[test]
    fn only_a_lone_block_is_unwrapped() {
        assert_eq!(unwrap("```\na\n```"), Some("a\n"));
        assert_eq!(unwrap("````\n```\na\n```\n````"), Some("```\na\n```\n"));
        assert_eq!(unwrap("a\n```\nb\n```"), None);
        assert_eq!(unwrap("```\na\n```\nb"), None);
        assert_eq!(unwrap("```\na"), None);
    }
}
