//! What a corrected output shows: how it is built differently, never what it says.

use super::super::wish::{CLOSINGS, Language, Layout, OPENINGS, Wish, holds};
use crate::text::{language, sentences};

/// The most wishes learned from one correction: a guideline is one sentence, or two.
const MOST: usize = 2;

/// What the person changed in the build of the output.
pub(super) fn wishes(original: &str, corrected: &str) -> Vec<Wish> {
    let (old, new) = (Shape::of(original), Shape::of(corrected));
    if new.is_json && !old.is_json {
        return vec![Wish::Other("Answer with JSON only, without any text around it.".to_owned())];
    }
    let mut wishes = Vec::new();
    let mut learn = |is_learned: bool, wish: Wish| {
        if is_learned {
            wishes.push(wish);
        }
    };
    learn(old.language != new.language, Wish::Language(new.language));
    learn(old.layout != new.layout, Wish::Layout(new.layout));
    learn(new.headings > old.headings + 1, Wish::Grouped);
    let is_list = old.layout != Layout::Prose && new.layout != Layout::Prose;
    let has_count = is_list && old.items != new.items && (2..=24).contains(&new.items);
    learn(has_count, Wish::Count(new.items));
    learn(is_list && new.numbers * 2 >= new.items && old.numbers * 2 < old.items, Wish::Quantities);
    let is_tight = old.sentences > old.parts() && new.sentences <= new.parts();
    learn(is_tight, Wish::OneSentence);
    learn(old.openings > new.openings, Wish::NoOpening);
    learn(old.closings > new.closings, Wish::NoClosing);
    learn(old.whole == 0 && new.whole > 0 && new.whole == new.items, Wish::WholeSentences);
    learn(old.exclamations > 0 && new.exclamations == 0 && new.is_like(&old), Wish::NoExclamation);
    learn(old.emoji == 0 && new.emoji > 0, Wish::Emoji);
    learn(!old.is_upper && new.is_upper, Wish::UpperCase);
    let (before, after) = (old.words / old.parts(), new.words / new.parts());
    learn(!is_tight && after * 10 <= before * 7, Wish::Shorter);
    learn(before > 0 && after * 10 >= before * 15, Wish::MoreDetail);
    wishes.truncate(MOST);
    wishes
}

/// How a text is built.
struct Shape {
    layout: Layout,
    language: Language,
    /// Lines of a list.
    items: usize,
    /// Those that hold a figure.
    numbers: usize,
    /// Those that are whole sentences.
    whole: usize,
    headings: usize,
    /// Words and sentences without opening and closing lines.
    words: usize,
    sentences: usize,
    /// One if there is such a line.
    openings: usize,
    closings: usize,
    exclamations: usize,
    emoji: usize,
    is_json: bool,
    is_upper: bool,
}

impl Shape {
    fn of(text: &str) -> Self {
        let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let is =
            |line: Option<&&str>, signs| line.is_some_and(|it| holds(&it.to_lowercase(), signs));
        let has_opening = is(lines.first(), OPENINGS) && lines.len() > 1;
        let has_closing = is(lines.last(), CLOSINGS) && lines.len() > 1;
        let body = &lines[usize::from(has_opening)..];
        let body = &body[..body.len() - usize::from(has_closing)];
        let items: Vec<_> = body.iter().filter_map(|line| item(line)).collect();
        let texts = items.iter().map(|(_, text)| *text);
        let has_digit = |text: &&str| text.contains(|c: char| c.is_ascii_digit());
        let spoken: Vec<_> =
            body.iter().map(|line| item(line).map_or(*line, |(_, it)| it)).collect();
        let spoken = spoken.join("\n");
        Self {
            layout: items.first().map_or(Layout::Prose, |(layout, _)| *layout),
            language: language(&spoken),
            items: items.len(),
            numbers: texts.clone().filter(has_digit).count(),
            whole: texts.filter(|text| text.ends_with('.')).count(),
            headings: body.iter().filter(|line| is_heading(line)).count(),
            words: spoken.split_whitespace().count(),
            sentences: sentences(&spoken).len(),
            openings: usize::from(has_opening),
            closings: usize::from(has_closing),
            exclamations: text.matches('!').count(),
            emoji: text.chars().filter(|c| ('\u{1F300}'..='\u{1FAFF}').contains(c)).count(),
            is_json: serde_json::from_str::<serde::de::IgnoredAny>(text.trim()).is_ok()
                && text.trim().starts_with(['{', '[']),
            is_upper: text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase),
        }
    }

    /// What length is measured by: items, or the whole.
    fn parts(&self) -> usize {
        self.items.max(1)
    }

    /// Whether openings and closings are the same, which have exclamation marks of their own.
    fn is_like(&self, other: &Self) -> bool {
        (self.openings, self.closings) == (other.openings, other.closings)
    }
}

/// The kind of list that a line belongs to, and what it says.
fn item(line: &str) -> Option<(Layout, &str)> {
    if let Some(text) = ["- ", "* ", "• "].iter().find_map(|bullet| line.strip_prefix(bullet)) {
        return Some((Layout::Bullets, text));
    }
    if line.starts_with('|') {
        return (!line.contains("---")).then_some((Layout::Table, line));
    }
    let (number, text) = line.split_once(['.', ')'])?;
    let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
    is_number.then(|| Some((Layout::Numbered, text.strip_prefix(' ')?)))?
}

fn is_heading(line: &str) -> bool {
    let is_bold = line.starts_with("**") && line.trim_end_matches(':').ends_with("**");
    let is_label = line.ends_with(':') && line.split_whitespace().count() <= 5;
    item(line).is_none() && (line.starts_with('#') || is_bold || is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "Here are two uses for you:\n\n1. **A**: Cut paper. It is easy.\n2. **B**: \
                        Open letters. It is quick.\n\nLet me know if you'd like more!";

    #[test]
    fn corrections_show_what_was_wanted() {
        let check = |corrected: &str, expected: &[Wish]| {
            assert_eq!(wishes(LIST, corrected), expected, "{corrected}");
        };
        check(LIST, &[]);
        check(&LIST.replace("paper", "cloth"), &[]);
        check(&LIST.replace("Let me know if you'd like more!", ""), &[Wish::NoClosing]);
        check(&LIST.replace("1.", "-").replace("2.", "-"), &[Wish::Layout(Layout::Bullets)]);
        check(
            "Here are three uses:\n\n1. **A**: Cut paper. It is easy.\n2. **B**: Open letters. It \
             is quick.\n3. **C**: Trim plants. It is fun.\n\nLet me know!",
            &[Wish::Count(3)],
        );
        check(&LIST.replace(" It is easy.", "").replace(" It is quick.", ""), &[Wish::OneSentence]);
        check(
            "{\"uses\": []}",
            &[Wish::Other("Answer with JSON only, without any text around it.".to_owned())],
        );
    }

    #[test]
    fn a_grouped_shopping_list_shows_its_groups() {
        let groups = "**Fish**\n- Shrimp\n\n**Fruit**\n- Lemons\n- Garlic";
        assert_eq!(wishes("- Shrimp\n- Lemons\n- Garlic", groups), [Wish::Grouped]);
        let amounts = "- Shrimp, 500 g\n- Lemons, 2\n- Garlic, 6 cloves";
        let learned = wishes("- Shrimp\n- Lemons\n- Garlic", amounts);
        assert_eq!(learned.first(), Some(&Wish::Quantities));
    }
}
