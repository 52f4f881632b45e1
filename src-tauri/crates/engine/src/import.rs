//! Files become documents of a draft: copied first, then looked at, never read in place again.

use crate::Engine;
use crate::error::Error;
use paraph_domain::draft::{Document, Page, Purpose};
use paraph_domain::edit::DraftEdit;
use paraph_domain::ids::{BlobId, DocumentId, DraftId, PageId};
use paraph_pdf::PdfError;
use std::path::{Path, PathBuf};

/// What became of a list of files.
pub struct Import {
    /// The draft that has the good ones; none when there was no draft and no good file.
    pub draft: Option<DraftId>,
    pub refused: Vec<FileRefused>,
}

pub struct FileRefused {
    /// The file's name without its folder.
    pub name: String,
    pub why: RefusedWhy,
}

/// Why a file did not become a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusedWhy {
    NotPdf,
    Empty,
    NoPages,
    /// Opens with a password only.
    Locked,
    Damaged,
    TooLarge {
        limit: u64,
    },
    UnsupportedSecurity,
    /// It can be read by everybody and changed only with a password.
    Protected,
    Changing,
    Unreadable,
    /// It made the worker stop or took it too long.
    Unrenderable,
}

impl Engine {
    /// Adds files to a draft, or to a new one. Each file that cannot be taken is named; the others
    /// are kept. All that are taken are one step to undo.
    pub async fn import(&self, draft: Option<DraftId>, files: &[PathBuf]) -> Result<Import, Error> {
        let limit = match &draft {
            Some(id) => self
                .draft(id)
                .await?
                .capabilities
                .map(|c| u64::from(c.largest_document)),
            None => match self.settings().await?.default_account {
                Some(account) => self
                    .capabilities(&account)
                    .await?
                    .map(|c| u64::from(c.largest_document)),
                None => None,
            },
        };
        let mut documents = Vec::new();
        let mut refused = Vec::new();
        for file in files {
            match self.take(file, limit).await {
                Ok(document) => documents.push(document),
                Err(Taking::Refused(why)) => refused.push(FileRefused {
                    name: name_of(file),
                    why,
                }),
                Err(Taking::Ours(error)) => return Err(error),
            }
        }
        if documents.is_empty() {
            return Ok(Import { draft, refused });
        }
        let id = match draft {
            Some(id) => id,
            None => self.create_draft().await?.draft.id,
        };
        let current = self.editable(&id).await?;
        let mut edits = Vec::new();
        if current.title.trim().is_empty()
            && current.documents.is_empty()
            && let Some(first) = documents.first()
        {
            edits.push(DraftEdit::SetTitle {
                title: first.name.clone(),
            });
        }
        let first_place = current.documents.len();
        for (offset, document) in documents.into_iter().enumerate() {
            let at = u32::try_from(first_place + offset).unwrap_or(u32::MAX);
            edits.push(DraftEdit::InsertDocument { document, at });
        }
        self.edit_draft(&id, DraftEdit::Batch { edits }, "editor_step_add_document")
            .await?;
        Ok(Import {
            draft: Some(id),
            refused,
        })
    }

    async fn take(&self, file: &Path, limit: Option<u64>) -> Result<Document, Taking> {
        let size = tokio::fs::metadata(file)
            .await
            .map(|metadata| metadata.len());
        if let (Ok(size), Some(limit)) = (size, limit)
            && size > limit
        {
            return Err(Taking::Refused(RefusedWhy::TooLarge { limit }));
        }
        let (blob, bytes) =
            self.store()
                .blobs()
                .put_file(file)
                .await
                .map_err(|error| match error {
                    paraph_store::Error::SourceChanged => Taking::Refused(RefusedWhy::Changing),
                    paraph_store::Error::Source(_) => Taking::Refused(RefusedWhy::Unreadable),
                    error => Taking::Ours(error.into()),
                })?;
        let info = self.open_blob(&blob).await.map_err(taking)?.info().clone();
        // It opens without a password and must not be changed: no signature can be added to it.
        if info.encrypted || info.permits_no_change {
            return Err(Taking::Refused(RefusedWhy::Protected));
        }
        Ok(Document {
            id: DocumentId::new(self.fresh_id()),
            name: title_of(file),
            purpose: Purpose::ToSign,
            pages: self.pages_of(&blob, &info.pages),
            bytes: u32::try_from(bytes).unwrap_or(u32::MAX),
            signed_before: info.signed_before(),
        })
    }

    fn pages_of(
        &self,
        blob: &BlobId,
        pages: &[paraph_domain::geometry::PageGeometry],
    ) -> Vec<Page> {
        (0..)
            .zip(pages)
            .map(|(index, geometry)| Page {
                id: PageId::new(self.fresh_id()),
                blob: blob.clone(),
                index,
                geometry: *geometry,
            })
            .collect()
    }
}

enum Taking {
    /// The file is at fault.
    Refused(RefusedWhy),
    /// We are.
    Ours(Error),
}

fn taking(error: Error) -> Taking {
    let Error::Pdf(error) = error else {
        return Taking::Ours(error);
    };
    let why = match error {
        PdfError::NotPdf => RefusedWhy::NotPdf,
        PdfError::Empty => RefusedWhy::Empty,
        PdfError::NoPages => RefusedWhy::NoPages,
        PdfError::PasswordNeeded | PdfError::WrongPassword => RefusedWhy::Locked,
        PdfError::Damaged { .. } => RefusedWhy::Damaged,
        PdfError::TooLarge { limit, .. } => RefusedWhy::TooLarge { limit },
        PdfError::UnsupportedSecurity => RefusedWhy::UnsupportedSecurity,
        PdfError::Unreadable { .. } => RefusedWhy::Unreadable,
        PdfError::TimedOut { .. } | PdfError::WorkerDied => RefusedWhy::Unrenderable,
        error @ (PdfError::WorkerMissing { .. }
        | PdfError::Cancelled
        | PdfError::BadTileSize { .. }
        | PdfError::NoSuchPage { .. }
        | PdfError::AlreadySigned
        | PdfError::FieldNameTaken
        | PdfError::BadJob { .. }
        | PdfError::SignatureTooLong { .. }) => return Taking::Ours(error.into()),
    };
    Taking::Refused(why)
}

fn name_of(file: &Path) -> String {
    file.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// The file's name without its ending.
fn title_of(file: &Path) -> String {
    file.file_stem()
        .map_or_else(String::new, |name| name.to_string_lossy().trim().to_owned())
}
