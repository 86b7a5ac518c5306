//! What is typed and not saved.

use serde::{Deserialize, Serialize};

use crate::feedback::Feedback;
use crate::prompt::{Prompt, Values};
use crate::record::{FeedbackId, GuidelineId, RunId, Timestamp, VersionNumber};

/// The typed state of one prompt's workbench: never lost, never a version by itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkingCopy {
    /// The template in the editor.
    pub prompt: Prompt,
    /// The version the editing started from; `None` before the first version.
    pub base: Option<VersionNumber>,
    /// Values of the variables, also of variables that are gone for the moment.
    pub values: Values,
    /// What stands in the Feedback box.
    pub feedback: String,
    /// A comment on a selection that is being typed.
    pub comment: Option<Feedback>,
    /// The output as it is being corrected; `None` while nobody corrects it.
    pub correction: Option<Correction>,
    /// What stands in the New guideline box.
    pub guideline: String,
    /// Kept guidelines and pieces of feedback whose words are being changed, each once.
    pub rewordings: Vec<Rewording>,
    /// Counts the saves; a save that names an older revision is answered with a conflict.
    pub revision: u64,
    /// When it was saved last.
    pub updated_at: Timestamp,
}

/// The prompt text of a page that asks for another one in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenText {
    /// What stands in its editor.
    pub prompt: Prompt,
    /// The newest save of the working copy that the page knows of. A later one holds text that nobody saw
    /// there.
    pub revision: u64,
}

/// A person's own version of an output, to learn from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The run whose output it corrects.
    pub run_id: RunId,
    /// The output as it should have been.
    pub text: String,
}

/// Other words for something that is kept, while they are typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rewording {
    /// What gets other words.
    pub of: Reworded,
    /// What it said when the typing began.
    pub before: String,
    /// What is to stand there.
    pub text: String,
}

/// What is kept and can get other words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reworded {
    /// A guideline.
    Guideline(GuidelineId),
    /// A kept piece of feedback.
    Feedback(FeedbackId),
}
