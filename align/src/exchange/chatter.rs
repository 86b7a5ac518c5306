//! What models say around an answer, and how they decline.

/// The most characters of a line that can be chatter.
const LINE_LIMIT: usize = 160;

const OPENINGS: [&str; 16] = [
    "sure",
    "certainly",
    "of course",
    "absolutely",
    "okay",
    "ok,",
    "got it",
    "great",
    "here is",
    "here's",
    "here are",
    "below is",
    "hier ist",
    "voici",
    "aquí",
    "claro",
];

const SUBJECTS: [&str; 20] = [
    "prompt",
    "rewrite",
    "version",
    "draft",
    "revis",
    "updat",
    "improve",
    "instruction",
    "help",
    "template",
    "überarbeit",
    "versión",
    "invite",
    "consigne",
    "提示",
    "プロンプト",
    "запрос",
    "промпт",
    "happy to",
    "glad to",
];

const LABELS: [&str; 12] = [
    "revised prompt",
    "the revised prompt",
    "new prompt",
    "updated prompt",
    "improved prompt",
    "rewritten prompt",
    "final prompt",
    "prompt",
    "revised version",
    "überarbeiteter prompt",
    "修改后的提示词",
    "改善されたプロンプト",
];

const CLOSINGS: [&str; 13] = [
    "let me know",
    "i hope this",
    "hope this helps",
    "feel free to",
    "would you like",
    "this revised prompt",
    "this version",
    "the revised prompt",
    "changes made",
    "if you need",
    "if you'd like",
    "i've kept",
    "note: i ",
];

const REFUSALS: [&str; 24] = [
    "i cannot",
    "i can't",
    "i can not",
    "i am unable",
    "i'm unable",
    "i am not able",
    "i'm not able",
    "i am sorry, but",
    "i'm sorry, but",
    "i'm sorry but",
    "sorry, but i",
    "sorry, i can",
    "i apologize, but",
    "i must decline",
    "i won't",
    "i will not",
    "as an ai",
    "ich kann dir dabei nicht",
    "es tut mir leid, aber",
    "je suis désolé, mais",
    "lo siento, pero",
    "抱歉",
    "申し訳",
    "к сожалению, я не могу",
];

/// Whether a line only leads to the prompt, such as "Sure! Here is the revised prompt:".
pub(crate) fn is_opening_line(line: &str) -> bool {
    let is_name = is_label(line);
    let line = normal(line);
    if line.chars().count() > LINE_LIMIT {
        return false;
    }
    let opens = OPENINGS.iter().any(|opening| line.starts_with(opening));
    let is_about_us = SUBJECTS.iter().any(|subject| line.contains(subject));
    let ends = line.ends_with([':', '：', '!', '.']);
    (opens && is_about_us && ends) || is_name
}

/// Whether a line is only a name for what follows, such as "**Revised prompt:**".
pub(crate) fn is_label(line: &str) -> bool {
    let label = normal(line);
    let ends = label.ends_with([':', '：']) || line.trim_start().starts_with(['#', '*']);
    let label = label.trim_end_matches([':', '：', '*']).trim();
    ends && LABELS.contains(&label)
}

/// Whether a line talks to the person after the prompt, such as "Let me know if …".
pub(crate) fn is_closing_line(line: &str) -> bool {
    let line = normal(line);
    line.chars().count() <= LINE_LIMIT * 2
        && CLOSINGS.iter().any(|closing| line.starts_with(closing))
}

/// The first sentence of a text that declines, at most 160 characters.
pub(crate) fn refusal(text: &str) -> Option<String> {
    let text = text.trim();
    let start = normal(&text[..text.floor_char_boundary(80)]);
    if !REFUSALS.iter().any(|refusal| start.starts_with(refusal)) {
        return None;
    }
    let end = text.find(['\n', '。']).unwrap_or(text.len());
    let end = text[..end].find(". ").map_or(end, |dot| dot + 1);
    Some(text[..end].chars().take(LINE_LIMIT).collect())
}

/// Lower case, straight apostrophes, no Markdown around it.
fn normal(text: &str) -> String {
    text.trim().trim_matches(['*', '#', '_', '>', ' ']).to_lowercase().replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chatter_is_told_from_prompts() {
        for line in [
            "Sure! Here is the revised prompt:",
            "**Revised prompt:**",
            "Here's an improved version of your prompt:",
            "### Revised Prompt",
        ] {
            assert!(is_opening_line(line), "{line}");
        }
        for line in [
            "Here is a review: {text}",
            "Prompt the user for a name.",
            "You are a helpful assistant.",
            "Okay is a word. Explain it.",
        ] {
            assert!(!is_opening_line(line), "{line}");
        }
        assert!(is_closing_line("Let me know if you'd like further changes!"));
        assert!(!is_closing_line("Let the reader know the price."));
    }

    #[test]
    fn refusals_are_told_from_prompts() {
        assert_eq!(
            refusal("I’m sorry, but I can’t help with that. Ask me something else.").unwrap(),
            "I’m sorry, but I can’t help with that."
        );
        assert_eq!(refusal("I want you to act as a lawyer who says I cannot help."), None);
    }
}
