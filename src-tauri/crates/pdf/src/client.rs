//! The client: documents that were opened and the jobs asked for.

use crate::locate::{Locations, locate};
use crate::protocol::{Answer, Work};
use crate::queue::{Job, Outcome, Queue};
use crate::worker_process::Slot;
use crate::{
    Contents, DocumentInfo, FoundMark, Image, MAX_FILE_BYTES, PageShapes, PdfError, PdfFile,
    PreparedPdf, Priority, SigningJob, TextRun, Tile,
};
use bytes::Bytes;
use paraph_domain::geometry::PageGeometry;
use secrecy::SecretString;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::oneshot;

/// How the workers are run.
#[derive(Debug, Clone)]
pub struct PdfOptions {
    /// Worker processes; pdfium uses one core each.
    pub workers: usize,
    /// How long one job may take before its worker is ended.
    pub deadline: Duration,
    /// The worker's program, instead of where it is looked for.
    pub worker: Option<PathBuf>,
    /// The pdfium library, instead of where it is looked for.
    pub libpdfium: Option<PathBuf>,
}

impl Default for PdfOptions {
    fn default() -> Self {
        Self {
            workers: 2,
            deadline: Duration::from_secs(20),
            worker: None,
            libpdfium: None,
        }
    }
}

/// The PDF engine; a clone is another hold on the same workers, which end with the last one.
#[derive(Clone)]
pub struct Pdf {
    shared: Arc<Shared>,
}

struct Shared {
    queue: Arc<Queue>,
    next_document: AtomicU64,
    /// Process ids of the workers, 0 while one is not running.
    pids: Vec<Arc<AtomicU32>>,
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.queue.close();
    }
}

impl Pdf {
    /// Starts the workers. Must be called inside a tokio runtime.
    ///
    /// Errors: [`PdfError::WorkerMissing`] when the worker's program or libpdfium is not found.
    pub fn start(options: PdfOptions) -> Result<Self, PdfError> {
        let locations: Arc<Locations> = Arc::new(locate(&options)?);
        let queue = Arc::new(Queue::default());
        let mut pids = Vec::new();
        for _ in 0..options.workers.max(1) {
            let pid = Arc::new(AtomicU32::new(0));
            pids.push(Arc::clone(&pid));
            let slot = Slot::new(Arc::clone(&locations), options.deadline, pid);
            tokio::spawn(slot.serve(Arc::clone(&queue)));
        }
        Ok(Self {
            shared: Arc::new(Shared {
                queue,
                next_document: AtomicU64::new(1),
                pids,
            }),
        })
    }

    /// A file that was opened for reading only; its position does not matter. The bytes must not
    /// change while it is held (Paraph's blobs never do). Nothing of it is read yet.
    ///
    /// Errors: `Unreadable`, `Empty`, `TooLarge`, `BadJob` when it is open for writing.
    pub fn file(&self, file: File, password: Option<SecretString>) -> Result<PdfFile, PdfError> {
        let unreadable = |error: std::io::Error| PdfError::Unreadable {
            detail: error.to_string(),
        };
        let bytes = file.metadata().map_err(unreadable)?.len();
        check_read_only(&file)?;
        self.hold(SourceBytes::File(file), bytes, password)
    }

    /// Opens a file, as [`Self::file`] says.
    ///
    /// Errors: what the file is or is not ([`PdfError`]), and `WorkerDied`, `TimedOut`,
    /// `WorkerMissing` as for every job.
    pub async fn open(
        &self,
        file: File,
        password: Option<SecretString>,
    ) -> Result<Document, PdfError> {
        self.file(file, password)?.inspect().await
    }

    /// Opens a document that is in memory.
    ///
    /// Errors: as [`Self::open`].
    pub async fn open_bytes(
        &self,
        bytes: impl Into<Bytes>,
        password: Option<SecretString>,
    ) -> Result<Document, PdfError> {
        let bytes = bytes.into();
        let size = bytes.len() as u64;
        self.hold(SourceBytes::Memory(bytes), size, password)?
            .inspect()
            .await
    }

    fn hold(
        &self,
        source: SourceBytes,
        bytes: u64,
        password: Option<SecretString>,
    ) -> Result<PdfFile, PdfError> {
        if bytes == 0 {
            return Err(PdfError::Empty);
        }
        if bytes > MAX_FILE_BYTES {
            return Err(PdfError::TooLarge {
                bytes,
                limit: MAX_FILE_BYTES,
            });
        }
        let id = self.shared.next_document.fetch_add(1, Ordering::Relaxed);
        let attachment = Arc::new(Attachment {
            id,
            source,
            password,
        });
        Ok(PdfFile::new(self.clone(), attachment))
    }

    pub(crate) async fn ask(
        &self,
        document: &Arc<Attachment>,
        work: Work,
        priority: Priority,
    ) -> Outcome {
        let (reply, outcome) = oneshot::channel();
        let document = Arc::clone(document);
        self.shared.queue.push(
            priority,
            Job {
                document,
                work,
                reply,
            },
        );
        outcome.await.unwrap_or(Err(PdfError::Cancelled))
    }

    /// The process ids of the workers that run now; for diagnostics and fault tests.
    pub fn worker_pids(&self) -> Vec<u32> {
        let pids = self
            .shared
            .pids
            .iter()
            .map(|pid| pid.load(Ordering::Relaxed));
        pids.filter(|pid| *pid != 0).collect()
    }
}

/// Where an open document's bytes come from, on this side.
pub(crate) enum SourceBytes {
    File(File),
    Memory(Bytes),
}

/// What a worker needs to open a document, again if it must.
pub(crate) struct Attachment {
    pub id: u64,
    pub source: SourceBytes,
    pub password: Option<SecretString>,
}

/// An open document; a clone is another hold on it, and the last one closes it.
#[derive(Clone)]
pub struct Document {
    file: PdfFile,
    info: Arc<DocumentInfo>,
}

impl Document {
    pub(crate) fn new(file: PdfFile, info: DocumentInfo) -> Self {
        Self {
            file,
            info: Arc::new(info),
        }
    }

    /// The engine that has it open.
    pub(crate) fn pdf(&self) -> &Pdf {
        self.file.pdf()
    }

    /// What opening it told.
    pub fn info(&self) -> &DocumentInfo {
        &self.info
    }

    /// Draws a page or a part of it, with form fields and annotations as a reader shows them, to
    /// the last pixel (a PNG).
    ///
    /// Errors: `NoSuchPage`, `BadTileSize` (also when the region is not on the page), `Damaged`.
    pub async fn tile(&self, tile: Tile, priority: Priority) -> Result<Image, PdfError> {
        let size = self.geometry(tile.page)?.displayed_size();
        let scale = f64::from(tile.scale);
        let pixels = |points: f64| {
            let pixels = (points * scale).round().max(1.0);
            let drawn = pixels.is_finite() && scale > 0.0 && pixels <= f64::from(u32::MAX);
            drawn.then_some(pixels as u32)
        };
        let (Some(width), Some(height)) = (pixels(size.w), pixels(size.h)) else {
            return Err(PdfError::BadTileSize {
                width: (size.w * scale) as u64,
                height: (size.h * scale) as u64,
            });
        };
        let work = Work::Draw {
            page: tile.page,
            width,
            height: Some(height),
            region: tile.region,
            exact: true,
        };
        self.file.drawn(work, priority).await
    }

    /// The text of a page in reading order. A page without any is most likely a scan.
    ///
    /// Errors: `NoSuchPage`, `Damaged`.
    pub async fn text(&self, page: u32) -> Result<Vec<TextRun>, PdfError> {
        let geometry = self.geometry(page)?;
        match self
            .ask(Work::Text { page, geometry }, Priority::Other)
            .await?
        {
            (Answer::Text(runs), _) => Ok(runs),
            (answer, _) => Err(unexpected(&answer)),
        }
    }

    /// The rules, boxes and leaders of a page.
    ///
    /// Errors: `NoSuchPage`, `Damaged`.
    pub async fn shapes(&self, page: u32) -> Result<PageShapes, PdfError> {
        let geometry = self.geometry(page)?;
        let work = Work::Shapes { page, geometry };
        match self.ask(work, Priority::Other).await? {
            (Answer::Shapes(shapes), _) => Ok(shapes),
            (answer, _) => Err(unexpected(&answer)),
        }
    }

    /// Signature fields and text fields with where they are shown; each widget is one entry.
    ///
    /// Errors: `Damaged`.
    pub async fn find_marks(&self) -> Result<Vec<FoundMark>, PdfError> {
        match self.ask(Work::FindMarks, Priority::Other).await? {
            (Answer::Marks(marks), _) => Ok(marks),
            (answer, _) => Err(unexpected(&answer)),
        }
    }

    /// What the document has in it beside its pages: everything that does not take reading what
    /// pages draw. Slower than opening by as much as the file has objects.
    ///
    /// Errors: `Damaged` when the pages can be shown and the objects behind them not read.
    pub async fn examine(&self) -> Result<Contents, PdfError> {
        match self.ask(Work::Examine, Priority::Other).await? {
            (Answer::Contents(contents), _) => Ok(*contents),
            (answer, _) => Err(unexpected(&answer)),
        }
    }

    /// The file with a new signature field and its marks appended as an incremental update, so
    /// that earlier signatures stay valid, waiting for its signature value.
    ///
    /// Errors: `AlreadySigned` when the file is certified against any change, `FieldNameTaken`,
    /// `NoSuchPage`, `BadJob`, `Damaged`.
    pub async fn prepare_signing(&self, job: SigningJob) -> Result<PreparedPdf, PdfError> {
        let work = Work::PrepareSigning(job);
        match self.ask(work, Priority::Other).await? {
            (
                Answer::Prepared {
                    byte_range,
                    contents_offset,
                    room,
                },
                bytes,
            ) => Ok(PreparedPdf {
                bytes: bytes.into(),
                byte_range,
                contents_offset,
                room,
            }),
            (answer, _) => Err(unexpected(&answer)),
        }
    }

    /// A copy of which every page bears `text`: a line in the top margin and a pale diagonal.
    ///
    /// Errors: `AlreadySigned`, `Damaged`.
    pub async fn stamp_pages(&self, text: &str) -> Result<Vec<u8>, PdfError> {
        self.rewritten(Work::StampPages {
            text: text.to_owned(),
        })
        .await
    }

    /// A copy without encryption, whose pages are the same.
    ///
    /// Errors: `BadJob` when the document is not encrypted, `AlreadySigned`, `NotPermitted` when
    /// its author does not let whoever opened it change it (see
    /// [`crate::Encryption::permits_signing`]), `Damaged`.
    pub async fn without_protection(&self) -> Result<Vec<u8>, PdfError> {
        self.rewritten(Work::RemoveProtection).await
    }

    fn geometry(&self, page: u32) -> Result<PageGeometry, PdfError> {
        let known = self.info.pages.get(page as usize).copied();
        known.ok_or(PdfError::NoSuchPage { page })
    }

    pub(crate) async fn ask(&self, work: Work, priority: Priority) -> Outcome {
        self.file.ask(work, priority).await
    }

    pub(crate) async fn rewritten(&self, work: Work) -> Result<Vec<u8>, PdfError> {
        match self.ask(work, Priority::Other).await? {
            (Answer::Rewritten, bytes) => Ok(bytes.into()),
            (answer, _) => Err(unexpected(&answer)),
        }
    }
}

/// A worker that answers something else than it was asked is no worker of ours.
pub(crate) fn unexpected(answer: &Answer) -> PdfError {
    let kind = std::mem::discriminant(answer);
    tracing::error!(?kind, "the PDF worker gave another job's kind of answer");
    PdfError::WorkerDied
}

/// A worker must not be able to write what it was given to read.
#[cfg(unix)]
fn check_read_only(file: &File) -> Result<(), PdfError> {
    use rustix::fs::{OFlags, fcntl_getfl};
    let flags = fcntl_getfl(file).map_err(|error| PdfError::Unreadable {
        detail: error.to_string(),
    })?;
    if flags.intersects(OFlags::WRONLY | OFlags::RDWR) {
        return Err(PdfError::BadJob {
            detail: "the file is open for writing".into(),
        });
    }
    Ok(())
}

/// Elsewhere the worker gets the bytes, not the file.
#[cfg(not(unix))]
fn check_read_only(_: &File) -> Result<(), PdfError> {
    Ok(())
}
