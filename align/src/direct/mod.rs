//! The direct workflow: one call turns an output and feedback on it into a draft.
//!
//! [`Request::conversation`] builds what is sent, [`read_reply`] reads what comes back and holds it
//! against the rewrite contract ([`review`]), [`Request::second_try`] sends it back once with the
//! [`Problem`] named.

mod finding;
mod followed;
mod hunks;
mod likeness;
mod outcome;
mod partial;
mod read_request;
mod reply;
mod request;
mod review;
mod section;
mod trace;

pub use crate::exchange::asked::ReadMaterial;
pub use crate::exchange::mark::Mark;
pub use finding::{Finding, FindingKind};
pub use followed::{followed, recheck};
pub use hunks::{changes, chosen};
pub use likeness::is_near_identical;
pub use outcome::{Problem, Unusable, better_of};
pub use partial::{PartialDraft, partial};
pub use read_request::{Followed, ReadRequest, read_request};
pub use reply::read_reply;
pub use request::Request;
pub(crate) use review::leaks;
pub use review::{kept, review};
pub use trace::sources_of;
