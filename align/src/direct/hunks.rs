//! A draft hunk by hunk: what is left when a person takes some changes and leaves others out.

use crate::diff::{Hunk, diff};
use crate::prompt::Prompt;

/// How many changes there are from `base` to `text`: first those of the system instructions, then those
/// of the prompt text.
pub fn changes(base: &Prompt, text: &Prompt) -> u32 {
    let count = |old: &str, new: &str| diff(old, new).iter().filter(|it| is_change(it)).count();
    let count =
        count(&base.system_instructions, &text.system_instructions) + count(&base.text, &text.text);
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// `text` with some of its changes to `base` left out, which [`changes`] counts from 0. None left out
/// is `text`, all left out is `base`; places that are no change mean nothing.
pub fn chosen(base: &Prompt, text: &Prompt, left_out: &[u32]) -> Prompt {
    let mut next = 0..;
    let mut taken = 0;
    let mut part = |old: &str, new: &str| {
        let hunks = diff(old, new).into_iter().map(|hunk| match hunk {
            Hunk::Same(text) => text,
            Hunk::Change { removed, added } => {
                let is_left_out = next.next().is_some_and(|place| left_out.contains(&place));
                taken += u32::from(!is_left_out);
                if is_left_out { removed } else { added }
            }
        });
        hunks.collect::<String>()
    };
    let system_instructions = part(&base.system_instructions, &text.system_instructions);
    let body = part(&base.text, &text.text);
    // What is plain text goes with the words it is about.
    let is_base = taken == 0 && !left_out.is_empty();
    let plain_names = if is_base { &base.plain_names } else { &text.plain_names };
    Prompt { system_instructions, text: body, plain_names: plain_names.clone() }
}

fn is_change(hunk: &Hunk) -> bool {
    matches!(hunk, Hunk::Change { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prompt(system_instructions: &str, text: &str) -> Prompt {
        let system_instructions = system_instructions.to_owned();
        Prompt { system_instructions, ..Prompt::new(text) }
    }

    #[test]
    fn changes_are_counted_over_both_texts() {
        let base = prompt("Be kind.", "List uses of {item}.\n\nSay why.\n\nEnd with a joke.");
        let text = prompt("Be brief.", "List three uses of {item}.\n\nSay why.");
        assert_eq!(changes(&base, &text), 3);
        let check = |left_out: &[u32], system: &str, body: &str| {
            assert_eq!(chosen(&base, &text, left_out), prompt(system, body), "{left_out:?}");
        };
        check(&[0], "Be kind.", &text.text);
        check(&[1], "Be brief.", "List uses of {item}.\n\nSay why.");
        check(&[2], "Be brief.", "List three uses of {item}.\n\nSay why.\n\nEnd with a joke.");
        check(&[0, 1], "Be kind.", "List uses of {item}.\n\nSay why.");
        check(&[7], "Be brief.", &text.text);
    }

    #[test]
    fn all_left_out_is_the_base_and_none_is_the_text() {
        let texts = [
            prompt("", ""),
            prompt("", "Give three uses for: {item}"),
            prompt("You are a poet.", "Give uses for: {item}\r\n\r\n- one\n- two\n"),
            prompt("You are a cook.\n", "Gib drei Dinge für {item} an — «kurz».\n\n\n"),
            prompt("", "買い物リストを作ってください。{item}"),
            Prompt { plain_names: ["item".to_owned()].into(), ..Prompt::new("Say {item}!") },
        ];
        for (base, text) in texts.iter().flat_map(|one| texts.iter().map(move |two| (one, two))) {
            let count = changes(base, text);
            assert_eq!(chosen(base, text, &[]), *text);
            let all: Vec<_> = (0..count).collect();
            if count > 0 {
                assert_eq!(chosen(base, text, &all), *base, "{base:?} {text:?}");
            }
            for place in 0..count {
                let rest: Vec<_> = all.iter().copied().filter(|it| *it != place).collect();
                let (one, others) = (chosen(base, text, &[place]), chosen(base, text, &rest));
                assert!(one != *text && others != *base, "{place} of {base:?} {text:?}");
            }
        }
    }
}
