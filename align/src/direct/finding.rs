//! What the rewrite contract finds in a draft.

use serde::{Deserialize, Serialize};

use crate::exchange::label::Kind;
use crate::record::Source;

/// One thing about a draft that a person should know before accepting it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Which rule of the contract it breaks.
    pub kind: FindingKind,
    /// One sentence for people, e.g. "The variable {item} is gone."
    pub message: String,
    /// What asked for it, as far as the model shows: then no rule is broken, and it is only good to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_by: Option<Source>,
}

impl Finding {
    pub(super) fn new(kind: FindingKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), asked_by: None }
    }

    /// The same, where `source` asked for it.
    pub(super) fn asked_by(self, source: Option<Source>) -> Self {
        let asker = match source {
            None => return self,
            Some(Source::Feedback(place)) => Kind::Feedback.label(place as usize),
            Some(Source::Guideline(_)) => "A guideline".to_owned(),
        };
        let message = format!("{} {asker} asks for it.", self.message);
        Self { message, asked_by: source, ..self }
    }

    /// Whether it is only good to know, because somebody asked for it.
    pub fn is_note(&self) -> bool {
        self.asked_by.is_some()
    }

    /// Whether Accept asks for confirmation and the draft is first sent back once
    /// (rules 1, 2 and 5, unless somebody asked for it).
    pub fn is_grave(&self) -> bool {
        let breaks_little = matches!(
            self.kind,
            FindingKind::ExampleChanged
                | FindingKind::StyleChanged
                | FindingKind::Leak
                | FindingKind::NotFollowed
        );
        !self.is_note() && !breaks_little
    }
}

/// The rules of the rewrite contract that a draft can break, stored as `{"rule": …}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_stored_as_since_the_first_release() {
        let finding = Finding::new(FindingKind::VariableLost, "The variable {a} is gone.");
        let json = r#"{"kind":{"rule":"variable_lost"},"message":"The variable {a} is gone."}"#;
        assert_eq!(serde_json::to_string(&finding).unwrap(), json);
        assert_eq!(serde_json::from_str::<Finding>(json).unwrap(), finding);
        let asked = Finding { asked_by: Some(Source::Feedback(1)), ..finding.clone() };
        let with_source = json.replace(r#"gone."}"#, r#"gone.","asked_by":{"feedback":1}}"#);
        assert_eq!(serde_json::to_string(&asked).unwrap(), with_source);
        assert!(asked.is_note() && !asked.is_grave());
        // Older rows name what the rule was broken by, too.
        let old = json.replace(r#"lost"}"#, r#"lost","detail":"a"}"#);
        assert_eq!(serde_json::from_str::<Finding>(&old).unwrap(), finding);
    }
}
