//! Who sent a request.

use service::{Caller, UseCases};

use super::AppState;

impl AppState {
    /// The use cases, as whoever sent a request may use them: without accounts, the local person.
    pub(super) fn use_cases(&self) -> UseCases {
        self.studio.by(Caller::local())
    }
}
