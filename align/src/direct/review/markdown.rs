//! Tells Markdown from plain text.

/// The marks of Markdown that a text uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Markdown {
    headings: usize,
    bold: usize,
    fences: usize,
    bullets: usize,
    table_rows: usize,
}

impl Markdown {
    pub(super) fn of(text: &str) -> Self {
        let mut markdown = Self::default();
        for line in text.lines().map(str::trim) {
            markdown.headings += usize::from(is_heading(line));
            markdown.bold += usize::from(has_bold(line));
            markdown.fences += usize::from(line.starts_with("```"));
            markdown.bullets += usize::from(is_bullet(line));
            markdown.table_rows +=
                usize::from(line.starts_with('|') && line.ends_with('|') && line.len() > 2);
        }
        markdown
    }

    /// Whether the text uses any of it.
    pub(super) fn is_used(self) -> bool {
        self != Self::default()
    }

    /// The first mark, by its name, that this has although `base` has none at all. Two bullets are a
    /// list; a single line that begins with a dash is not.
    pub(super) fn introduced(self, base: Self) -> Option<&'static str> {
        if base.is_used() {
            return None;
        }
        let marks = [
            (self.headings > 0, "headings"),
            (self.bold > 0, "bold text"),
            (self.fences > 0, "code fences"),
            (self.table_rows > 1, "a table"),
            (self.bullets > 1, "bullets"),
        ];
        marks.into_iter().find_map(|(is_new, name)| is_new.then_some(name))
    }
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
}

fn is_bullet(line: &str) -> bool {
    ["- ", "* ", "+ ", "• "].iter().any(|mark| line.starts_with(mark))
}

/// Whether a line has `**` around words.
fn has_bold(line: &str) -> bool {
    let opens = |after: &str| after.starts_with(|c: char| !c.is_whitespace() && c != '*');
    line.split_once("**").is_some_and(|(_, after)| opens(after) && after.contains("**"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_markdown_is_named() {
        let introduced = |base, draft| Markdown::of(draft).introduced(Markdown::of(base));
        assert_eq!(introduced("Say hello.", "# Task\nSay hello."), Some("headings"));
        assert_eq!(introduced("Say hello.", "Say **hello**."), Some("bold text"));
        assert_eq!(introduced("Say hello.", "Say:\n- a\n- b"), Some("bullets"));
        assert_eq!(introduced("Say hello.", "Say #hello, 2 ** 3."), None);
        assert_eq!(introduced("- a", "# Task\n**a**"), None);
    }
}
