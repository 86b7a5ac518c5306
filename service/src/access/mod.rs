//! Who may do what. Use cases are reached through a caller only, and one table names the permission
//! that each of them needs.

mod caller;
mod permission;
mod use_case;

pub use caller::Caller;
pub use permission::{Permission, Permissions};
pub(crate) use use_case::UseCase;

use crate::Studio;
use crate::error::ServiceError;

/// All use cases, as one caller may use them. Cheap to clone.
///
/// Both fields are private to this module, so that no use case gets at the studio without asking
/// `UseCases::allow` first.
#[derive(Clone)]
pub struct UseCases {
    studio: Studio,
    caller: Caller,
}

impl Studio {
    /// The use cases, as `caller` may use them.
    pub fn by(&self, caller: Caller) -> UseCases {
        UseCases { studio: self.clone(), caller }
    }
}

impl UseCases {
    /// Who calls.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// What the use case works with, if the caller may use it.
    pub(crate) fn allow(&self, use_case: UseCase) -> Result<&Studio, ServiceError> {
        let permission = use_case.permission();
        if self.caller.permissions().contains(permission) {
            return Ok(&self.studio);
        }
        tracing::info!(caller = self.caller.name(), ?use_case, "a use case was refused");
        Err(ServiceError::Forbidden { permission })
    }
}
