//! Why something does not go on by itself, or not yet.

use serde::{Deserialize, Serialize};

/// Why something does not go on, as it is shown beside what it concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(
    tag = "trouble",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum Trouble {
    Offline,
    KeyRejected,
    KeyForbidden,
    KeyMissing,
    ProviderBusy {
        until: String,
    },
    ProviderTrouble {
        status: u16,
    },
    ProviderRefused {
        message: String,
    },
    ProviderUnexpected {
        status: u16,
    },
    /// The provider says that it does not have it (any more).
    Gone,
    FileMissing,
    FolderUnwritable {
        folder: String,
    },
    /// What the provider holds differs from what was asked; nobody has been invited.
    Mismatch,
    /// A file came back that is not what was sent: it is fetched again.
    BadDownload,
    Internal,
}
