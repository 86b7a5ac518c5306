//! What a caller can be allowed to do.

/// A permission. Each use case needs one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Look at prompts and everything that belongs to them, and follow what happens.
    Read,
    /// Give feedback.
    Comment,
    /// Change prompts, guidelines and sets, and decide on drafts and proposals.
    Edit,
    /// Ask models, which costs money. Text that is typed for it becomes a version.
    Run,
    /// Connect providers of models, change and remove connections: keys are entered, and addresses are
    /// called.
    ManageConnections,
}

impl Permission {
    /// What a caller without it reads.
    pub(crate) fn refusal(self) -> &'static str {
        match self {
            Self::Read => "You may not look at this.",
            Self::Comment => "You may not give feedback here.",
            Self::Edit => "You may not change anything here.",
            Self::Run => "You may not ask a model here.",
            Self::ManageConnections => "You may not connect models here.",
        }
    }
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permissions(u8);

impl Permissions {
    /// Every permission.
    pub const ALL: Self = Self(u8::MAX);

    /// No permission.
    pub const NONE: Self = Self(0);

    /// These permissions and one more.
    #[must_use]
    pub const fn with(self, permission: Permission) -> Self {
        Self(self.0 | Self::bit(permission))
    }

    /// Whether the permission is among them.
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & Self::bit(permission) != 0
    }

    const fn bit(permission: Permission) -> u8 {
        1 << permission as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EACH: [Permission; 5] = [
        Permission::Read,
        Permission::Comment,
        Permission::Edit,
        Permission::Run,
        Permission::ManageConnections,
    ];

    #[test]
    fn a_set_holds_what_was_put_into_it_and_nothing_else() {
        for permission in EACH {
            let only = Permissions::NONE.with(permission);
            let held: Vec<_> = EACH.into_iter().filter(|it| only.contains(*it)).collect();
            assert_eq!(held, [permission]);
            assert!(Permissions::ALL.contains(permission));
        }
    }
}
