//! What the rewrite contract finds in a draft.

use serde::{Deserialize, Serialize};

/// One thing about a draft that a person should know before accepting it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Which rule of the contract it breaks.
    #[serde(with = "ruled")]
    pub kind: FindingKind,
    /// One sentence for people, e.g. "The variable {item} is gone."
    pub message: String,
}

impl Finding {
    pub(super) fn new(kind: FindingKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// Whether Accept asks for confirmation and the draft is first sent back once
    /// (rules 1, 2 and 5).
    pub fn is_grave(&self) -> bool {
        !matches!(
            self.kind,
            FindingKind::ExampleChanged
                | FindingKind::StyleChanged
                | FindingKind::Leak
                | FindingKind::NotFollowed
        )
    }
}

/// The rules of the rewrite contract that a draft can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Rule 1: a variable of the base is gone.
    VariableLost,
    /// Rule 1: a variable appeared that the base does not have.
    VariableInvented,
    /// Rule 2: literal text that looks like a placeholder changed.
    LiteralChanged,
    /// Rule 3: the input of a worked example changed.
    ExampleChanged,
    /// Rule 4: language or formatting style changed.
    StyleChanged,
    /// Rule 5: it is an answer to the prompt or a refusal instead of a prompt.
    NotAPrompt,
    /// Rule 5: it is empty.
    Empty,
    /// Rule 5: it was cut short.
    CutShort,
    /// Rule 5: tags, fences or chatter could not be told apart from the prompt.
    Remains,
    /// Rule 6: text of the run's values or output was copied into it.
    Leak,
    /// A guideline is not reflected in it.
    NotFollowed,
}

/// How a kind is kept: `{"rule": …}`, as it has been since the first release.
mod ruled {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::FindingKind;

    #[derive(Serialize, Deserialize)]
    struct Ruled {
        rule: FindingKind,
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
    pub(super) fn serialize<S: Serializer>(kind: &FindingKind, to: S) -> Result<S::Ok, S::Error> {
        Ruled { rule: *kind }.serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<FindingKind, D::Error> {
        Ruled::deserialize(from).map(|ruled| ruled.rule)
    }
}
