//! The guideline workflow: what people say about outputs is distilled into guidelines.
//!
//! A guideline is one short, general instruction that a prompt should follow. [`Distil`] asks what a
//! critique, praise or a corrected output means for the guidelines there are, and
//! [`read_distillation`] reads the answer; [`Suggest`] and [`read_suggestions`] offer statements that
//! a person can take up instead of typing. Choices by the model are parsed strictly: a guideline that
//! was offered, or a second try, or an honest failure, never a guess. [`read_distil_request`] and
//! [`read_suggest_request`] read what was asked back, for the demo model.

mod answer;
mod distil;
mod distillation;
mod evidence;
mod export;
mod outcome;
mod read_distil;
mod read_suggest;
mod suggest;
mod suggestions;
mod text;
mod verb;

pub use crate::exchange::offered::Offered;
pub use distil::Distil;
pub use distillation::{Change, Distillation, Problem, better_of, read_distillation};
pub use evidence::Evidence;
pub use export::{as_json, as_markdown};
pub use outcome::Unusable;
pub use read_distil::{Decision, ReadDistil, ReadEvidence, read_distil_request};
pub use read_suggest::{ReadSuggest, read_suggest_request};
pub use suggest::{Suggest, Tone};
pub use suggestions::read_suggestions;
pub use text::is_same;
