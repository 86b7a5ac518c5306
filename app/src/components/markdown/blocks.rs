//! A growing text cut into top-level blocks, so that a delta touches the last one only.

use std::sync::Arc;

use super::tree::{self, Start};

/// One top-level block (a paragraph, a list, a fence …), by its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) start: usize,
    /// Whether it is a table or a list, which grows by rows.
    pub(super) has_rows: bool,
    /// The source of the block.
    pub(super) markdown: Arc<str>,
}

impl Block {
    /// Tells blocks apart. A block that grew is another one, unless it grows by rows.
    pub(super) fn key(&self) -> String {
        if self.has_rows {
            format!("{} rows", self.start)
        } else {
            format!("{}+{}", self.start, self.markdown.len())
        }
    }
}

/// The blocks of a text. All but the last two are final while the text grows: what begins as a
/// paragraph may turn out to continue the list before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Blocks {
    finished: Vec<Block>,
    last: Vec<Block>,
    /// Byte at which the unfinished part begins.
    unfinished: usize,
    /// The last bytes of the finished part, to notice that the text was replaced.
    seen: Arc<str>,
}

/// The longest block, in bytes. A longer one is cut, and what follows begins a block of its own: a
/// line of a megabyte would be parsed and laid out anew with every word that arrives.
const MAX_BLOCK_BYTES: usize = 32 << 10;

impl Blocks {
    /// The blocks of `text`, reusing what is known of its beginning.
    pub(super) fn follow(self, text: &str) -> Self {
        let continues = text.get(..self.unfinished).is_some_and(|head| head == &*self.seen);
        let mut blocks = if continues { self } else { Self::default() };
        let rest = &text[blocks.unfinished..];
        let starts = cut(rest, tree::top_level(rest));
        let offset = blocks.unfinished;
        let ends = starts.iter().skip(1).map(|next| next.at).chain([rest.len()]);
        let mut found: Vec<_> = starts
            .iter()
            .zip(ends)
            .map(|(start, end)| Block {
                start: offset + start.at,
                has_rows: start.has_rows,
                markdown: rest[start.at..end].into(),
            })
            .collect();
        blocks.last = found.split_off(found.len().saturating_sub(2));
        blocks.finished.extend(found);
        if let Some(first) = blocks.last.first() {
            blocks.unfinished = first.start;
            blocks.seen = text[..blocks.unfinished].into();
        }
        blocks
    }

    /// All blocks in order.
    pub(super) fn all(&self) -> Vec<Block> {
        self.finished.iter().chain(&self.last).cloned().collect()
    }

    /// The source of the block that begins at `start`; empty if there is none.
    pub(super) fn source(&self, start: usize) -> Arc<str> {
        let found = self.last.iter().chain(self.finished.iter().rev()).find(|it| it.start == start);
        found.map_or_else(|| "".into(), |block| block.markdown.clone())
    }
}

/// The starts of blocks and, within long ones, of their pieces: at a line where there is one.
fn cut(text: &str, starts: Vec<Start>) -> Vec<Start> {
    let ends = starts.iter().skip(1).map(|next| next.at).chain([text.len()]).collect::<Vec<_>>();
    let mut all = Vec::with_capacity(starts.len());
    for (start, end) in starts.into_iter().zip(ends) {
        all.push(start);
        let mut piece = start.at;
        while end - piece > MAX_BLOCK_BYTES {
            let most = text.floor_char_boundary(piece + MAX_BLOCK_BYTES);
            let line = text[piece..most].rfind('\n').map_or(most, |newline| piece + newline + 1);
            piece = line;
            all.push(Start::at(piece));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(blocks: &Blocks) -> Vec<String> {
        blocks.all().iter().map(|block| block.markdown.to_string()).collect()
    }

    #[test]
    fn growing_gives_the_same_blocks_as_parsing_at_once() {
        let text = "# Title\n\nOne *two*\nthree.\n\n1. a\n\n2. b\n\n```rust\nfn x() {}\n\nlet y;\n```\n\nEnd.";
        let mut grown = Blocks::default();
        for end in 0..=text.len() {
            grown = grown.follow(&text[..end]);
        }
        let whole = Blocks::default().follow(text);
        assert_eq!(sources(&grown), sources(&whole));
        assert_eq!(whole.all().len(), 5);
        assert_eq!(sources(&whole).concat(), text);
    }

    #[test]
    fn a_long_line_is_cut_into_blocks() {
        let line = "wörd".repeat(250_000);
        let whole = Blocks::default().follow(&line);
        assert_eq!(sources(&whole).concat(), line);
        assert!(whole.all().iter().all(|block| block.markdown.len() <= MAX_BLOCK_BYTES));
        let mut grown = Blocks::default();
        for end in (0..=line.len()).step_by(50_000).chain([line.len()]) {
            grown = grown.follow(&line[..line.floor_char_boundary(end)]);
            assert!(end - grown.unfinished <= 3 * MAX_BLOCK_BYTES, "little is parsed again");
        }
        assert_eq!(sources(&grown).concat(), line);
        let code = format!("```\n{}```\n", "a line of code\n".repeat(10_000));
        let blocks = Blocks::default().follow(&code);
        assert_eq!(sources(&blocks).concat(), code);
        assert!(blocks.all()[1].markdown.starts_with("a line of code\n"));
    }

    #[test]
    fn a_replaced_text_starts_over() {
        let first = Blocks::default().follow("One.\n\nTwo.\n\nThree.");
        let second = first.follow("Other.\n\nText entirely, and longer than the first.");
        assert_eq!(second.all().len(), 2);
        assert_eq!(&*second.all()[0].markdown, "Other.\n\n");
        assert!(second.follow("").all().is_empty());
    }
}
