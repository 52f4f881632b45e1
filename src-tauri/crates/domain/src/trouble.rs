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
    /// The key is in the keychain, which does not give it out at the moment.
    KeychainUnavailable {
        reason: KeychainTrouble,
    },
    /// The account it belongs to was removed from Paraph.
    AccountRemoved,
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

/// Why the keychain does not give out or keep a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum KeychainTrouble {
    /// No service is running.
    Absent,
    /// It is there but locked or has no collection.
    Locked,
    /// It did not answer in time.
    Silent,
}
