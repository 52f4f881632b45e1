//! What can go wrong with a PDF.

use serde::{Deserialize, Serialize};

/// Why a job on a PDF has no result.
///
/// The texts are for logs; what the user reads is made from the variant. No variant carries
/// anything of a document's content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum PdfError {
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// The file does not begin like a PDF.
    #[error("the file is not a PDF")]
    NotPdf,
    /// The document opens and has no page.
    #[error("the document has no pages")]
    NoPages,
    /// The document asks for a password and none was given.
    #[error("the document needs a password")]
    PasswordNeeded,
    /// The password that was given does not open the document.
    #[error("the password does not open the document")]
    WrongPassword,
    /// The document uses a kind of encryption that is not known here.
    #[error("the document's encryption is not supported")]
    UnsupportedSecurity,
    /// The file begins like a PDF and cannot be read.
    #[error("the document is damaged: {detail}")]
    Damaged {
        /// Which part could not be read; for logs.
        detail: String,
    },
    /// The file has more bytes than [`crate::MAX_FILE_BYTES`].
    #[error("the file has {bytes} bytes, more than {limit}")]
    TooLarge {
        /// Bytes of the file.
        bytes: u64,
        /// Most bytes accepted.
        limit: u64,
    },
    /// The picture asked for would have more pixels than [`crate::MAX_TILE_PIXELS`], or none.
    #[error("a picture of {width} x {height} pixels is not drawn")]
    BadTileSize {
        /// Width in pixels.
        width: u64,
        /// Height in pixels.
        height: u64,
    },
    /// The document has no page of this index (zero-based).
    #[error("the document has no page {page}")]
    NoSuchPage {
        /// The index asked for.
        page: u32,
    },
    /// The copy that was written shows a page otherwise than the document does.
    #[error("page {page} of the copy looks different")]
    LooksDifferent {
        /// Zero-based index of the first such page.
        page: u32,
    },
    /// The document bears a signature, which this job would break.
    #[error("the job would break a signature that the document bears")]
    AlreadySigned,
    /// The document's author does not grant the right to do this.
    #[error("the document's author does not permit it")]
    NotPermitted,
    /// The document already has a form field of this name.
    #[error("the document already has a form field of that name")]
    FieldNameTaken,
    /// The job is not possible as asked.
    #[error("the job is not possible as asked: {detail}")]
    BadJob {
        /// Which part; for logs.
        detail: String,
    },
    /// The signature value is longer than the room kept for it.
    #[error("the signature has {bytes} bytes and there is room for {room}")]
    SignatureTooLong {
        /// Bytes of the signature value.
        bytes: usize,
        /// Bytes kept by [`crate::SigningJob::placeholder_bytes`].
        room: usize,
    },
    /// The file could not be read from disk.
    #[error("the file could not be read: {detail}")]
    Unreadable {
        /// The system's words.
        detail: String,
    },
    /// The job took longer than its deadline; the worker was ended.
    #[error("the job took longer than {seconds} s")]
    TimedOut {
        /// The deadline in seconds.
        seconds: u64,
    },
    /// The job was given up because nobody waits for it or the document was closed.
    #[error("the job was cancelled")]
    Cancelled,
    /// The worker ended twice while it did this job.
    #[error("the worker ended while it did the job")]
    WorkerDied,
    /// The worker's program or libpdfium was not found, or the worker could not be started.
    #[error("the PDF worker cannot be started: {detail}")]
    WorkerMissing {
        /// What was looked for and where.
        detail: String,
    },
}
