//! Why a command did not do what was asked.

use paraph_domain::checks::Problem;
use paraph_domain::draft::Draft;
use paraph_domain::procedure::Status;
use paraph_domain::trouble::Trouble;
use paraph_engine::{Error, FileRefused, Import, Lock, LockedFile, RefusedWhy};
use paraph_host::StartError;
use serde_json::Value;

#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Engine(#[from] Error),
    #[error("{0} does not name a person")]
    BadSigner(String),
    #[error("{0} does not name a place")]
    BadField(String),
    #[error("there is no signer {number}")]
    NoSuchSigner { number: usize, count: usize },
    #[error("there is no page {page} in file {document}")]
    NoSuchPage { document: usize, page: String },
    #[error("there is no account {0}")]
    NoSuchAccount(String),
    #[error("there is no account")]
    NoAccount,
    #[error("the file needs a password")]
    PasswordNeeded { file: String },
    #[error("the password does not open the file")]
    WrongPassword { file: String },
    #[error("no password was given")]
    NoPassword,
    #[error("files were refused")]
    FilesRefused(Vec<RefusedFile>),
    #[error("the draft is not ready")]
    NotReady {
        draft: Box<Draft>,
        problems: Vec<Problem>,
    },
    #[error("it could not be sent")]
    NotSent {
        title: String,
        trouble: Option<Trouble>,
    },
    #[error("it was taken back")]
    TakenBack { title: String },
    #[error("it ended as {status:?}")]
    NotCompleted {
        name: String,
        status: Status,
        sent: Box<Value>,
    },
    #[error("its results could not be filed")]
    NotFiled {
        name: String,
        trouble: Trouble,
        sent: Box<Value>,
    },
}

#[derive(Debug)]
pub struct RefusedFile {
    pub name: String,
    pub why: Refusal,
}

#[derive(Debug)]
pub enum Refusal {
    Why(RefusedWhy),
    /// Nobody is here to be asked for the password.
    Locked(Lock),
}

/// What was not taken of an import.
pub fn not_taken(import: Import) -> Vec<RefusedFile> {
    let refused = import.refused.into_iter().map(Into::into);
    refused
        .chain(import.locked.into_iter().map(Into::into))
        .collect()
}

impl From<FileRefused> for RefusedFile {
    fn from(refused: FileRefused) -> Self {
        Self {
            name: refused.name,
            why: Refusal::Why(refused.why),
        }
    }
}

impl From<LockedFile> for RefusedFile {
    fn from(locked: LockedFile) -> Self {
        Self {
            name: locked.name,
            why: Refusal::Locked(locked.lock),
        }
    }
}

impl From<paraph_store::Error> for Failure {
    fn from(error: paraph_store::Error) -> Self {
        Self::Engine(error.into())
    }
}

impl Failure {
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Start(_) | Self::Engine(_) => 1,
            Self::BadSigner(_)
            | Self::BadField(_)
            | Self::NoSuchSigner { .. }
            | Self::NoSuchPage { .. }
            | Self::NoPassword => 2,
            Self::NoSuchAccount(_)
            | Self::NoAccount
            | Self::PasswordNeeded { .. }
            | Self::WrongPassword { .. }
            | Self::FilesRefused(_)
            | Self::NotReady { .. } => 3,
            Self::NotSent { .. } | Self::TakenBack { .. } => 4,
            Self::NotCompleted { .. } => 5,
            Self::NotFiled { .. } => 6,
        }
    }

    /// A word for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Start(_) => "cannot_start",
            Self::Engine(_) => "failed",
            Self::BadSigner(_) => "bad_signer",
            Self::BadField(_) => "bad_field",
            Self::NoSuchSigner { .. } => "no_such_signer",
            Self::NoSuchPage { .. } => "no_such_page",
            Self::NoSuchAccount(_) => "no_such_account",
            Self::NoAccount => "no_account",
            Self::PasswordNeeded { .. } => "password_needed",
            Self::WrongPassword { .. } => "wrong_password",
            Self::NoPassword => "no_password",
            Self::FilesRefused(_) => "files_refused",
            Self::NotReady { .. } => "not_ready",
            Self::NotSent { .. } => "not_sent",
            Self::TakenBack { .. } => "taken_back",
            Self::NotCompleted { .. } => "not_completed",
            Self::NotFiled { .. } => "not_filed",
        }
    }

    /// What was done all the same, for scripts.
    pub fn result(&self) -> Option<&Value> {
        match self {
            Self::NotCompleted { sent, .. } | Self::NotFiled { sent, .. } => Some(sent),
            _ => None,
        }
    }
}
