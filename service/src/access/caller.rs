//! Who calls a use case.

use std::sync::Arc;

use super::Permissions;

/// The name under which everything is kept that happens without accounts.
const LOCAL_NAME: &str = "local";

/// A person who calls use cases, and what that person may do. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    name: Arc<str>,
    permissions: Permissions,
}

impl Caller {
    /// The person called `name`, with these permissions.
    pub fn new(name: &str, permissions: Permissions) -> Self {
        Self { name: name.into(), permissions }
    }

    /// The one person who uses a server without accounts, with every permission.
    pub fn local() -> Self {
        Self::new(LOCAL_NAME, Permissions::ALL)
    }

    /// The name that is kept as the author of what the caller does.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the caller may do.
    pub fn permissions(&self) -> Permissions {
        self.permissions
    }
}
