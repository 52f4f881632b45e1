//! From errors to what is shown beside the thing they concern.

use crate::error::Error;
use paraph_domain::trouble::{KeychainTrouble, Trouble};
use paraph_providers::error::Error as ProviderError;
use paraph_secrets::VaultError;

/// A provider's error as trouble of the request it concerns.
pub fn of_provider(error: &ProviderError) -> Trouble {
    match error {
        ProviderError::Unauthorized => Trouble::KeyRejected,
        ProviderError::Forbidden => Trouble::KeyForbidden,
        ProviderError::RateLimited { until } => Trouble::ProviderBusy {
            until: until.to_string(),
        },
        ProviderError::Rejected { message, places } => {
            let mut message = message.clone();
            for place in places {
                message = format!("{message} [{}: {}]", place.path, place.message);
            }
            Trouble::ProviderRefused { message }
        }
        ProviderError::NotFound | ProviderError::AlreadyCompleted => Trouble::Gone,
        ProviderError::Offline | ProviderError::AnswerLost => Trouble::Offline,
        ProviderError::Unavailable { status, .. } => Trouble::ProviderTrouble { status: *status },
        ProviderError::Unexpected { status, .. } => Trouble::ProviderUnexpected { status: *status },
        ProviderError::Blob(_) => Trouble::FileMissing,
    }
}

/// Why the keychain does not do what it is asked.
pub fn of_vault(error: &VaultError) -> KeychainTrouble {
    match error {
        VaultError::NoService | VaultError::Other(_) => KeychainTrouble::Absent,
        VaultError::Locked => KeychainTrouble::Locked,
        VaultError::TimedOut => KeychainTrouble::Silent,
    }
}

/// Any error of ours as trouble of an account or a request.
pub fn of(error: &Error) -> Trouble {
    match error {
        Error::Provider(error) => of_provider(error),
        Error::KeyMissing => Trouble::KeyMissing,
        Error::Vault(error) => Trouble::KeychainUnavailable {
            reason: of_vault(error),
        },
        Error::Folder { folder, .. } => Trouble::FolderUnwritable {
            folder: folder.clone(),
        },
        Error::BadDownload => Trouble::BadDownload,
        Error::Store(_)
        | Error::Pdf(_)
        | Error::NotFound(_)
        | Error::KeyOfAnother
        | Error::DraftChanged
        | Error::DraftLocked
        | Error::NotReady(_)
        | Error::NotStraightened { .. }
        | Error::Edit(_)
        | Error::TooLateToUndo
        | Error::RemindedJustNow
        | Error::Practice(_) => Trouble::Internal,
    }
}
