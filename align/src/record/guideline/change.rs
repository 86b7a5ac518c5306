//! The ledger: every change to a guideline, by whom, and how it is undone.

use serde::{Deserialize, Serialize};

use crate::record::{ConsultationId, GuidelineId, Timestamp, id};

id! {
    /// Identifies a change to a guideline.
    GuidelineChangeId
}

/// What a guideline is in the list of its prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuidelineState {
    /// What it says.
    pub text: String,
    /// Whether rewrites follow it.
    pub is_on: bool,
    /// Its place in the list, from 0.
    pub position: u32,
}

/// What was done to a guideline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The alignment model proposed to edit or remove it. Nothing changed yet.
    Proposed,
    /// It was added.
    Added,
    /// It says something else.
    Edited,
    /// It was switched on or off.
    Switched,
    /// It stands in another place.
    Moved,
    /// It was removed.
    Removed,
    /// An earlier change was undone.
    Undone,
}

/// One entry of the ledger. Entries stay as they are; undoing one makes another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuidelineChange {
    /// Its identifier.
    pub id: GuidelineChangeId,
    /// The guideline.
    pub guideline_id: GuidelineId,
    /// Who did it.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub kind: ChangeKind,
    /// The guideline before; `None` if it was not in the list.
    pub before: Option<GuidelineState>,
    /// The guideline after; `None` if it left the list. What is proposed, for a proposal.
    pub after: Option<GuidelineState>,
    /// The consultation behind it, if there is one.
    pub consultation_id: Option<ConsultationId>,
    /// The entry that it undoes.
    pub undoes: Option<GuidelineChangeId>,
    /// Whether it was undone, or for a proposal: dismissed.
    pub undone: bool,
}

/// A later change stands in the way of undoing this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the guideline was changed again")]
pub struct ChangedAgain;

impl GuidelineChange {
    /// What the guideline becomes when this change is undone, from what it is now. Only what this change
    /// changed goes back; if that was changed again, undoing would lose the later change.
    pub fn undo(
        &self,
        now: Option<&GuidelineState>,
    ) -> Result<Option<GuidelineState>, ChangedAgain> {
        match (&self.before, &self.after, now) {
            (before, None, None) => Ok(before.clone()),
            (None, Some(after), Some(now)) if is_same(after, now) => Ok(None),
            (Some(before), Some(after), Some(now)) => restored(before, after, now).map(Some),
            _ => Err(ChangedAgain),
        }
    }
}

fn is_same(one: &GuidelineState, other: &GuidelineState) -> bool {
    one.text == other.text && one.is_on == other.is_on
}

fn restored(
    before: &GuidelineState,
    after: &GuidelineState,
    now: &GuidelineState,
) -> Result<GuidelineState, ChangedAgain> {
    let is_again = |changed: bool, current: bool| changed && !current;
    if is_again(before.text != after.text, now.text == after.text)
        || is_again(before.is_on != after.is_on, now.is_on == after.is_on)
    {
        return Err(ChangedAgain);
    }
    // Places shift when others come and go, so a place is a wish and never in the way.
    Ok(GuidelineState {
        text: if before.text == after.text { &now.text } else { &before.text }.clone(),
        is_on: if before.is_on == after.is_on { now.is_on } else { before.is_on },
        position: if before.position == after.position { now.position } else { before.position },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written as `text`, with `-` before it when off, `@2` after it for a place.
    fn state(written: &str) -> Option<GuidelineState> {
        let (text, position) = written.split_once('@')?;
        let position = position.parse().unwrap();
        let is_on = !text.starts_with('-');
        Some(GuidelineState { text: text.trim_start_matches('-').to_owned(), is_on, position })
    }

    fn check(before: &str, after: &str, now: &str, expected: Result<&str, ChangedAgain>) {
        let change = GuidelineChange {
            id: GuidelineChangeId(1),
            guideline_id: GuidelineId(1),
            author: "ann".to_owned(),
            at: 0,
            kind: ChangeKind::Edited,
            before: state(before),
            after: state(after),
            consultation_id: None,
            undoes: None,
            undone: false,
        };
        assert_eq!(change.undo(state(now).as_ref()), expected.map(state), "{before} {after} {now}");
    }

    #[test]
    fn what_a_change_changed_goes_back() {
        check("a@0", "b@0", "b@0", Ok("a@0"));
        check("a@0", "-a@0", "-a@0", Ok("a@0"));
        check("a@0", "a@2", "a@2", Ok("a@0"));
        check("", "a@0", "a@0", Ok(""));
        check("a@1", "", "", Ok("a@1"));
    }

    #[test]
    fn what_changed_since_stays_if_it_is_something_else() {
        check("a@0", "b@0", "-b@3", Ok("-a@3"));
        check("a@0", "-a@0", "-b@1", Ok("b@1"));
        check("a@0", "a@2", "-b@1", Ok("-b@0"));
        check("", "a@0", "a@4", Ok(""));
    }

    #[test]
    fn a_later_change_of_the_same_is_not_lost() {
        check("a@0", "b@0", "c@0", Err(ChangedAgain));
        check("a@0", "b@0", "", Err(ChangedAgain));
        check("a@0", "-a@0", "a@0", Err(ChangedAgain));
        check("", "a@0", "b@0", Err(ChangedAgain));
        check("", "a@0", "-a@0", Err(ChangedAgain));
        check("", "a@0", "", Err(ChangedAgain));
        check("a@0", "", "a@0", Err(ChangedAgain));
    }
}
