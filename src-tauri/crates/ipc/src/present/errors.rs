//! What went wrong.

use super::problem;
use crate::error::IpcError;
use paraph_engine::Error;
use paraph_providers::error::Error as ProviderError;
use paraph_store::Error as StoreError;

pub fn error(error: Error) -> IpcError {
    match error {
        Error::Provider(error) => provider_error(error),
        Error::Vault(error) => IpcError::KeychainUnavailable {
            reason: paraph_engine::trouble::of_vault(&error),
        },
        Error::Store(error) => store_error(error),
        Error::Pdf(error) => {
            tracing::warn!(%error, "the PDF worker failed");
            IpcError::PdfWorkerUnavailable
        }
        Error::KeyMissing => IpcError::KeyMissing,
        Error::KeyOfAnother => IpcError::KeyOfAnother,
        Error::NotFound(_) => IpcError::NotFound,
        // An edit that does not fit was made for an older draft.
        Error::DraftChanged | Error::Edit(_) => IpcError::DraftChanged,
        Error::DraftLocked => IpcError::DraftLocked,
        Error::NotReady(problems) => IpcError::DraftNotReady {
            problems: problems
                .into_iter()
                .map(|found| problem(found, None))
                .collect(),
        },
        Error::NotStraightened { name, .. } => IpcError::DocumentNotStraightened { document: name },
        Error::TooLateToUndo => IpcError::TooLateToUndo,
        Error::RemindedJustNow => IpcError::RemindedJustNow,
        Error::Folder { folder, .. } => IpcError::FolderUnwritable { folder },
        error @ (Error::BadDownload | Error::Practice(_)) => internal(&error),
    }
}

fn internal(error: &Error) -> IpcError {
    tracing::error!(%error, "a command failed");
    IpcError::Internal {
        detail: error.to_string(),
    }
}

fn provider_error(error: ProviderError) -> IpcError {
    match error {
        ProviderError::Unauthorized => IpcError::KeyRejected,
        ProviderError::Forbidden => IpcError::KeyForbidden,
        ProviderError::RateLimited { until } => IpcError::ProviderBusy {
            until: until.to_string(),
        },
        ProviderError::Rejected { message, .. } => IpcError::ProviderRefused { message },
        ProviderError::NotFound | ProviderError::AlreadyCompleted => IpcError::NotFound,
        ProviderError::Offline | ProviderError::AnswerLost => IpcError::Offline,
        ProviderError::Unavailable { status, .. } => IpcError::ProviderTrouble { status },
        ProviderError::Unexpected { status, .. } => IpcError::ProviderUnexpected { status },
        ProviderError::Blob(name) => IpcError::FileUnreadable { name },
    }
}

fn store_error(error: StoreError) -> IpcError {
    match error {
        StoreError::DiskFull => IpcError::DiskFull,
        StoreError::NotEditing => IpcError::DraftLocked,
        StoreError::Changed(_) => IpcError::DraftChanged,
        StoreError::NotFound(_) => IpcError::NotFound,
        StoreError::InUse => IpcError::AccountInUse,
        StoreError::Busy => IpcError::InUse,
        error @ (StoreError::Newer { .. }
        | StoreError::Damaged(_)
        | StoreError::NotWritable
        | StoreError::NetworkShare(_)
        | StoreError::Unreadable { .. }
        | StoreError::BlobMissing(_)
        | StoreError::BlobDamaged(_)
        | StoreError::SourceChanged
        | StoreError::SourceNotAFile
        | StoreError::Source(_)
        | StoreError::OldSqlite(_)
        | StoreError::Closing
        | StoreError::Sqlite(_)
        | StoreError::Io(_)) => {
            tracing::error!(%error, "the store failed");
            IpcError::Internal {
                detail: error.to_string(),
            }
        }
    }
}
