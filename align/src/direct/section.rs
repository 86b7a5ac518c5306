//! The parts of a reply that have tags.

use crate::exchange::scan::{self, Vocabulary};
use crate::exchange::tags;

/// One part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Diagnosis,
    Rationale,
    SystemInstructions,
    Prompt,
    SelfCheck,
    NoChange,
    Followed,
    Conflicts,
}

/// A reply with its tags.
pub(super) type Scan<'a> = scan::Scan<'a, Section>;

/// A tag of a reply.
pub(super) type Tag = scan::Tag<Section>;

/// What the tags are called.
pub(super) const NAMES: Vocabulary<Section> = &[
    (Section::Diagnosis, &[tags::DIAGNOSIS, "analysis"]),
    (Section::Rationale, &[tags::RATIONALE, "explanation"]),
    (
        Section::SystemInstructions,
        &[tags::REVISED_SYSTEM_INSTRUCTIONS, "system_instructions", "revised_system_instruction"],
    ),
    (
        Section::Prompt,
        &[
            tags::REVISED_PROMPT,
            "prompt",
            "new_prompt",
            "improved_prompt",
            "updated_prompt",
            "rewritten_prompt",
        ],
    ),
    (Section::SelfCheck, &[tags::SELF_CHECK, "check"]),
    (Section::NoChange, &[tags::NO_CHANGE, "no_changes", "unchanged"]),
    (Section::Followed, &[tags::FOLLOWED]),
    (Section::Conflicts, &[tags::CONFLICTS]),
];
