//! Several drafts of one request, each worded in another way.

use crate::wish::Wish;

/// How a draft is worded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Variant {
    /// Instructions as they are, one after the other.
    #[default]
    Plain,
    /// Each on a line of its own, as a rule for the answer.
    Rules,
    /// The last first, each as a reminder.
    Reminders,
}

impl Variant {
    /// Which one a request asks for: a line such as "Draft 2 of 3: …" among the words behind its parts.
    pub(super) fn of(task: &str) -> Self {
        let number = task.lines().find_map(|line| {
            let (number, rest) = line.trim().strip_prefix("Draft ")?.split_once(" of ")?;
            rest.starts_with(|c: char| c.is_ascii_digit()).then_some(number)?.parse::<usize>().ok()
        });
        match number.unwrap_or(1) % 3 {
            2 => Self::Rules,
            0 => Self::Reminders,
            _ => Self::Plain,
        }
    }

    /// An instruction in its wording. Words that are not understood stay as they are.
    pub(super) fn worded(self, instruction: &str) -> String {
        let is_kept = instruction.starts_with(Wish::OTHER) || !is_order(instruction);
        let lead = match self {
            Self::Rules => "In every answer, ",
            Self::Reminders => "Make sure to ",
            Self::Plain => "",
        };
        if is_kept || lead.is_empty() {
            return instruction.to_owned();
        }
        let mut letters = instruction.chars();
        let first = letters.next().map(|it| it.to_lowercase().to_string()).unwrap_or_default();
        let order = format!("{first}{}", letters.as_str());
        match order.strip_prefix("do not ") {
            Some(rest) if self == Self::Reminders => format!("Make sure not to {rest}"),
            _ => format!("{lead}{order}"),
        }
    }

    /// All instructions as one text.
    pub(super) fn joined(self, mut instructions: Vec<String>) -> String {
        match self {
            Self::Plain => instructions.join(" "),
            Self::Rules => instructions.join("\n"),
            Self::Reminders => {
                instructions.reverse();
                instructions.join(" ")
            }
        }
    }
}

/// Whether a text begins with one of the verbs that instructions begin with.
fn is_order(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    [
        "Choose", "Begin", "Start", "Stop", "Write", "Keep", "Explain", "Say", "Add", "Give",
        "Use", "Answer", "End", "Do", "Put", "Group", "Leave", "Name", "Avoid", "Mention",
        "Include",
    ]
    .contains(&first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_are_told_apart_by_their_number() {
        let check = |task: &str, expected| assert_eq!(Variant::of(task), expected, "{task}");
        check("Rewrite the prompt.", Variant::Plain);
        check("Rewrite the prompt.\nDraft 1 of 3: go on.", Variant::Plain);
        check("Rewrite the prompt.\nDraft 2 of 3: differ.", Variant::Rules);
        check("Draft 3 of 3", Variant::Reminders);
        check("Draft two of three", Variant::Plain);
    }

    #[test]
    fn each_variant_has_its_wording() {
        let check = |variant: Variant, text: &str, expected: &str| {
            assert_eq!(variant.worded(text), expected);
        };
        check(Variant::Plain, "Use emoji.", "Use emoji.");
        check(Variant::Rules, "Use emoji.", "In every answer, use emoji.");
        check(Variant::Reminders, "Use emoji.", "Make sure to use emoji.");
        check(Variant::Reminders, "Do not mention paper.", "Make sure not to mention paper.");
        check(Variant::Rules, "The output should be kind.", "The output should be kind.");
    }
}
