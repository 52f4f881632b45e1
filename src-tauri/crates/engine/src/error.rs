//! What the engine can fail with; a variant for each thing a caller does differently.

use paraph_domain::checks::Problem;
use paraph_domain::edit::EditError;
use paraph_domain::ids::DocumentId;
use paraph_pdf::PdfError;
use paraph_secrets::VaultError;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Provider(#[from] paraph_providers::error::Error),
    #[error(transparent)]
    Vault(#[from] VaultError),
    #[error(transparent)]
    Store(#[from] paraph_store::Error),
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The account's key is not in the keychain, and was not given in this run.
    #[error("the account's key is missing")]
    KeyMissing,
    /// The new key does not know the requests of the account it is for.
    #[error("the key belongs to another organisation")]
    KeyOfAnother,
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The draft changed since the caller looked at it.
    #[error("the draft has changed")]
    DraftChanged,
    /// The draft is being sent or was sent.
    #[error("the draft is being sent or was sent")]
    DraftLocked,
    #[error("the draft is not ready to be sent")]
    NotReady(Vec<Problem>),
    /// A document's pages are not straight, and cannot be made so with the same look.
    #[error("a document cannot be made straight")]
    NotStraightened { document: DocumentId, name: String },
    #[error("an edit does not fit the draft: {0}")]
    Edit(#[from] EditError),
    /// It has left already.
    #[error("too late to undo")]
    TooLateToUndo,
    #[error("reminded just now")]
    RemindedJustNow,
    #[error("the folder {folder} cannot be written: {source}")]
    Folder {
        folder: String,
        source: std::io::Error,
    },
    /// A download was cut or is not what was sent. It is fetched again.
    #[error("a download is not the signed document")]
    BadDownload,
    /// The practice server could not be started.
    #[error("the practice server is not running: {0}")]
    Practice(String),
}
