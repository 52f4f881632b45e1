//! Why a file is not taken.

use paraph_pdf::PdfError;

/// Why a file did not become a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusedWhy {
    NotPdf,
    Empty,
    NoPages,
    Damaged,
    TooLarge {
        limit: u64,
    },
    UnsupportedSecurity,
    /// Its author certified it against every change.
    Protected,
    /// Taking off the encryption would break the signature.
    SignedAndEncrypted,
    /// Its pages are made by a viewer that knows XFA; what is there only says so.
    DynamicForm,
    Changing,
    /// There is no such file, or not any more.
    Missing,
    /// A folder, a pipe or a device.
    NotAFile,
    Unreadable,
    /// It made the worker stop or took it too long.
    Unrenderable,
}

impl RefusedWhy {
    /// Why a PDF cannot be used; none when the fault is ours, or a password is all it takes.
    pub fn of_pdf(error: &PdfError) -> Option<Self> {
        Some(match error {
            PdfError::NotPdf => Self::NotPdf,
            PdfError::Empty => Self::Empty,
            PdfError::NoPages => Self::NoPages,
            PdfError::Damaged { .. } => Self::Damaged,
            PdfError::TooLarge { limit, .. } => Self::TooLarge { limit: *limit },
            PdfError::UnsupportedSecurity => Self::UnsupportedSecurity,
            PdfError::Unreadable { .. } => Self::Unreadable,
            PdfError::TimedOut { .. } | PdfError::WorkerDied => Self::Unrenderable,
            PdfError::PasswordNeeded
            | PdfError::WrongPassword
            | PdfError::WorkerMissing { .. }
            | PdfError::Cancelled
            | PdfError::BadTileSize { .. }
            | PdfError::NoSuchPage { .. }
            | PdfError::LooksDifferent { .. }
            | PdfError::AlreadySigned
            | PdfError::NotPermitted
            | PdfError::FieldNameTaken
            | PdfError::BadJob { .. }
            | PdfError::SignatureTooLong { .. } => return None,
        })
    }

    /// Why a file cannot be copied; none when the fault is ours.
    pub fn of_source(error: &paraph_store::Error) -> Option<Self> {
        Some(match error {
            paraph_store::Error::SourceChanged => Self::Changing,
            paraph_store::Error::SourceNotAFile => Self::NotAFile,
            paraph_store::Error::Source(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Self::Missing
            }
            paraph_store::Error::Source(_) => Self::Unreadable,
            _ => return None,
        })
    }
}
