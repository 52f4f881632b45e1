//! Reads, draws and prepares PDFs, all of it in processes of their own.
//!
//! A PDF is hostile input: nothing in this process parses one. [`Pdf`] starts
//! `paraph-pdf-worker` processes, hands them documents as open files (never as paths), gives each
//! one job at a time in order of [`Priority`], ends a worker that exceeds a job's deadline, and
//! replaces one that dies, repeating its job once. **Dropping the future of a job cancels it**,
//! whether it waits or is being drawn.
//!
//! Deliberately absent: keys and certificates (see [`embed_signature`]), and page editing.

mod channel;
mod client;
mod contents;
mod document_info;
mod error;
mod file;
mod locate;
#[doc(hidden)]
pub mod protocol;
mod queue;
mod signing;
mod straightening;
mod worker_process;

pub use client::{Document, Pdf, PdfOptions};
pub use contents::{
    Certification, Cipher, Contents, Encryption, FormFields, OpenedWith, PageContents, Right,
    Rights, SignatureField, Xfa,
};
pub use document_info::{DocumentInfo, Image, ImageFormat, PagePicture, PixelRect, Priority, Tile};
pub use error::PdfError;
pub use file::PdfFile;
pub use signing::{
    Appearance, Drawing, FoundKind, FoundMark, Mark, MarkKind, PreparedPdf, SigningJob, TextMark,
    embed_signature,
};

pub use paraph_domain::page_content::{Baseline, PageShapes, Shape, ShapeKind, TextRun};

/// The largest file that is opened: 400 MiB.
pub const MAX_FILE_BYTES: u64 = 400 * 1024 * 1024;

/// The most pixels a tile may have: 48 million, an A4 page at about 600 dpi.
pub const MAX_TILE_PIXELS: u64 = 48_000_000;
