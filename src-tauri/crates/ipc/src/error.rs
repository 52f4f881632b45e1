//! What can go wrong, as the window sees it. A code exists only where the window says or offers
//! something different.

use crate::views::ProblemView;
use paraph_domain::trouble::KeychainTrouble;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(
    tag = "code",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum IpcError {
    /// The provider does not accept the key.
    KeyRejected,
    /// The key may not do this.
    KeyForbidden,
    /// An account's key is not in the keychain any more.
    KeyMissing,
    /// The new key does not know the requests of the account it is for.
    KeyOfAnother,
    /// Something is being sent with the account.
    AccountInUse,
    /// The keychain cannot keep the key; keeping it for this run is still possible.
    KeychainUnavailable {
        reason: KeychainTrouble,
    },
    Offline,
    /// The provider asks to wait. RFC 3339.
    ProviderBusy {
        until: String,
    },
    ProviderTrouble {
        status: u16,
    },
    /// In the provider's own words.
    ProviderRefused {
        message: String,
    },
    ProviderUnexpected {
        status: u16,
    },
    /// The draft was changed meanwhile; what the window shows is old.
    DraftChanged,
    /// The draft is being sent or has been sent.
    DraftLocked,
    DraftNotReady {
        problems: Vec<ProblemView>,
    },
    /// A document's pages are not straight, and cannot be made so with the same look.
    DocumentNotStraightened {
        document: String,
    },
    /// The undo time is over: it has left.
    TooLateToUndo,
    /// A reminder went out less than a minute ago, or its outcome is not known yet.
    RemindedJustNow,
    NotFound,
    FileUnreadable {
        name: String,
    },
    FolderUnwritable {
        folder: String,
    },
    DiskFull,
    /// Another Paraph has the data folder.
    InUse,
    /// The PDF worker could not be started or stopped answering.
    PdfWorkerUnavailable,
    /// A fault of ours. `detail` goes to the log panel, not into the sentence.
    Internal {
        detail: String,
    },
}
