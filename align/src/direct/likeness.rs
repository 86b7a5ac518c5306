//! How alike two drafts are.

use crate::diff::{Hunk, diff};
use crate::prompt::Prompt;

/// The share of words in common from which on a person would see the same draft twice, in percent.
const NEAR_PERCENT: usize = 97;

/// Whether two drafts are the same but for white space and a word here and there.
pub fn is_near_identical(one: &Prompt, other: &Prompt) -> bool {
    let (mut same, mut all) = (0, 0);
    let pairs = [(&one.system_instructions, &other.system_instructions), (&one.text, &other.text)];
    for (one, other) in pairs {
        for hunk in diff(&on_one_line(one), &on_one_line(other)) {
            match hunk {
                Hunk::Same(text) => {
                    same += 2 * words(&text);
                    all += 2 * words(&text);
                }
                Hunk::Change { removed, added } => all += words(&removed) + words(&added),
            }
        }
    }
    same * 100 >= all * NEAR_PERCENT
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> usize {
    crate::words::words(text).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, other: &str, expected: bool) {
        let prompts = [one, other].map(Prompt::new);
        assert_eq!(is_near_identical(&prompts[0], &prompts[1]), expected, "{one:?} {other:?}");
        assert_eq!(is_near_identical(&prompts[1], &prompts[0]), expected, "{other:?} {one:?}");
    }

    #[test]
    fn white_space_and_a_word_in_a_hundred_do_not_count() {
        check("", "", true);
        check("Give three uses for: {item}", "Give three  uses\nfor: {item}\n", true);
        check("Give three uses for: {item}", "Give four uses for: {item}", false);
        check("Give three uses.", "", false);
        let long = "Say what it is, what it is for and who needs it most of all. ".repeat(20);
        check(&long, &format!("{long}Briefly."), true);
        check(&long, &long.replacen("most of all", "least", 20), false);
    }

    #[test]
    fn system_instructions_count_too() {
        let with =
            |system: &str| Prompt { system_instructions: system.into(), ..Prompt::new("a b") };
        assert!(!is_near_identical(&with("Be kind."), &with("Be brief.")));
        assert!(is_near_identical(&with("Be kind."), &with("Be  kind.")));
    }
}
