//! The beginning of a prompt as the list shows it.

use align::Prompt;

/// Characters of an excerpt at most.
const LENGTH: usize = 160;

/// The beginning of the text on one line; of the system instructions where there is no text.
pub(crate) fn excerpt(prompt: &Prompt) -> String {
    let line = one_line(&prompt.text);
    if line.is_empty() { one_line(&prompt.system_instructions) } else { line }
}

/// Reads no further than the line is long: a text can be a megabyte.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    let mut length = 0;
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    for word in words.filter(|word| !word.is_empty()) {
        let space = usize::from(length > 0);
        if length + space >= LENGTH {
            break;
        }
        if space > 0 {
            line.push(' ');
        }
        line.extend(word.chars().take(LENGTH - length - space));
        length = line.chars().count();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_one_line() {
        assert_eq!(
            excerpt(&Prompt::new("  Give\n\nthree\t uses\0 for {item} ")),
            "Give three uses for {item}"
        );
    }

    #[test]
    fn has_at_most_160_characters() {
        assert_eq!(excerpt(&Prompt::new("é".repeat(500))).chars().count(), 160);
        let words = "twelve chars ".repeat(50);
        assert!(excerpt(&Prompt::new(words)).chars().count() <= 160);
    }

    #[test]
    fn falls_back_to_the_system_instructions() {
        let prompt = Prompt { system_instructions: "Be brief.".into(), ..Prompt::new(" \n") };
        assert_eq!(excerpt(&prompt), "Be brief.");
        assert_eq!(excerpt(&Prompt::default()), "");
    }
}
