//! What can be wrong with a reply, and which of two tries to show.

use super::finding::Finding;
use crate::exchange::thoughts::Blank;
use crate::model::{Failure, FailureKind};
use crate::record::Proposal;

/// Why nothing in a reply can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// There is no text in it.
    #[error("The alignment model answered nothing.")]
    Empty,
    /// It holds the model's thoughts and nothing after them.
    #[error("The alignment model sent its thoughts but no rewrite.")]
    OnlyThoughts,
    /// The model declined; holds its first sentence.
    #[error("The alignment model declined: “{0}”")]
    Refusal(String),
    /// It ended before the revised prompt began.
    #[error("The reply was cut off before the revised prompt began.")]
    CutShort,
    /// It repeats what it was told instead of doing it.
    #[error("The alignment model repeated its instructions instead of rewriting the prompt.")]
    Echo,
    /// It is text, but no revised prompt is in it.
    #[error("The reply holds no revised prompt.")]
    NoPrompt,
}

impl Unusable {
    /// What a person can do about it, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty | Self::NoPrompt | Self::Echo => {
                "Draft again, or choose another alignment model."
            }
            Self::OnlyThoughts | Self::CutShort => {
                "Choose an alignment model that may write longer answers, or shorten the prompt."
            }
            Self::Refusal(_) => "Word the feedback differently, or choose another alignment model.",
        }
    }

    /// The same as a failure that is kept with its draft.
    pub fn failure(&self) -> Failure {
        let kind = match self {
            Self::CutShort => FailureKind::CutShort,
            _ => FailureKind::Unusable,
        };
        Failure::new(kind, self.to_string(), self.hint())
    }
}

impl From<Blank> for Unusable {
    fn from(blank: Blank) -> Self {
        match blank {
            Blank::Empty => Self::Empty,
            Blank::OnlyThoughts => Self::OnlyThoughts,
        }
    }
}

/// Why a reply is sent back once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Its draft breaks the contract; holds the grave findings, at least one.
    Findings(Vec<Finding>),
    /// Nothing in it can be used.
    Unusable(Unusable),
}

impl Problem {
    /// The problem of a reply as [`read_reply`](super::read_reply) read it, if it has one.
    pub fn of(reading: &Result<Proposal, Unusable>) -> Option<Self> {
        match reading {
            Err(unusable) => Some(Self::Unusable(unusable.clone())),
            Ok(proposal) => {
                let grave: Vec<_> =
                    proposal.findings.iter().filter(|it| it.is_grave()).cloned().collect();
                (!grave.is_empty()).then_some(Self::Findings(grave))
            }
        }
    }

    /// One sentence for each thing that is wrong.
    pub fn sentences(&self) -> Vec<String> {
        match self {
            Self::Findings(findings) => findings.iter().map(|it| it.message.clone()).collect(),
            Self::Unusable(unusable) => vec![unusable.to_string()],
        }
    }
}

/// Which of two tries to show: the one that can be used, then the one with fewer grave findings,
/// then the second.
pub fn better_of(
    first: Result<Proposal, Unusable>,
    second: Result<Proposal, Unusable>,
) -> Result<Proposal, Unusable> {
    let grave = |proposal: &Proposal| proposal.findings.iter().filter(|it| it.is_grave()).count();
    match (first, second) {
        (Ok(first), Ok(second)) if grave(&first) < grave(&second) => Ok(first),
        (Ok(first), Err(_)) => Ok(first),
        (_, second) => second,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::direct::finding::FindingKind;
    use crate::prompt::Prompt;

    fn proposal(text: &str, kinds: &[FindingKind]) -> Proposal {
        let finding = |kind: &FindingKind| Finding::new(*kind, "It is so.");
        Proposal {
            prompt: Prompt::new(text),
            diagnosis: String::new(),
            rationale: String::new(),
            unchanged: false,
            findings: kinds.iter().map(finding).collect(),
            traces: Vec::new(),
            conflicts: Vec::new(),
        }
    }

    #[test]
    fn only_grave_findings_are_problems() {
        assert_eq!(Problem::of(&Ok(proposal("a", &[FindingKind::Leak]))), None);
        let both = [FindingKind::Leak, FindingKind::Remains];
        let problem = Problem::of(&Ok(proposal("a", &both))).unwrap();
        assert_eq!(problem.sentences(), ["It is so."]);
        assert_eq!(
            Problem::of(&Err(Unusable::Empty)).unwrap().sentences(),
            ["The alignment model answered nothing."]
        );
    }

    #[test]
    fn the_better_try_is_shown() {
        let text = |first, second| better_of(first, second).map(|it| it.prompt.text);
        let grave = [FindingKind::Remains];
        let check = |first: &[_], second: &[_], expected: &str| {
            let tries = (Ok(proposal("first", first)), Ok(proposal("second", second)));
            assert_eq!(text(tries.0, tries.1), Ok(expected.to_owned()));
        };
        check(&grave, &[], "second");
        check(&grave, &grave, "second");
        check(&grave, &[FindingKind::Remains, FindingKind::CutShort], "first");
        assert_eq!(text(Ok(proposal("first", &grave)), Err(Unusable::Empty)), Ok("first".into()));
        assert_eq!(text(Err(Unusable::Empty), Err(Unusable::NoPrompt)), Err(Unusable::NoPrompt));
    }

    #[test]
    fn unusable_replies_fail_with_a_next_step() {
        let failure = Unusable::CutShort.failure();
        assert_eq!(failure.kind, FailureKind::CutShort);
        assert!(failure.hint.contains("longer answers"));
        assert_eq!(Unusable::NoPrompt.failure().kind, FailureKind::Unusable);
    }
}
