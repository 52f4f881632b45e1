//! Files become documents of a draft: copied first, then looked at, never read in place again.
//!
//! A file that waits for a password is kept as its copy; the password stays in memory for as long
//! as it takes to open that copy. What becomes a document needs none: providers cannot ask.

mod refused;

pub use refused::RefusedWhy;

use crate::Engine;
use crate::error::Error;
use paraph_domain::anchoring::PlacedField;
use paraph_domain::draft::{Caution, Document, Page, Purpose};
use paraph_domain::edit::DraftEdit;
use paraph_domain::ids::{BlobId, DocumentId, DraftId, PageId};
use paraph_pdf::{
    Contents, Document as OpenPdf, DocumentInfo, MAX_FILE_BYTES, PdfError, Right, Xfa,
};
use secrecy::SecretString;
use std::path::{Path, PathBuf};

/// Where files go.
#[derive(Debug, Clone, Default)]
pub struct Destination {
    /// None: a new draft.
    pub draft: Option<DraftId>,
    /// The document of that draft whose new version the first file is.
    pub replaces: Option<DocumentId>,
}

impl From<Option<DraftId>> for Destination {
    fn from(draft: Option<DraftId>) -> Self {
        Self {
            draft,
            replaces: None,
        }
    }
}

/// What became of a list of files.
#[derive(Debug)]
pub struct Import {
    /// The draft that has the good ones; the one given, or none, when there was no good file.
    pub draft: Option<DraftId>,
    pub refused: Vec<FileRefused>,
    /// Those that can be taken with a password: see [`Engine::unlock`].
    pub locked: Vec<LockedFile>,
    /// The fields of the document that was replaced; `None` for those that found no place.
    pub kept: Vec<Option<PlacedField>>,
}

#[derive(Debug)]
pub struct FileRefused {
    /// The file's name without its folder.
    pub name: String,
    pub why: RefusedWhy,
}

/// A file that waits for a password.
#[derive(Debug, Clone)]
pub struct LockedFile {
    /// The file's name without its folder.
    pub name: String,
    pub lock: Lock,
    /// Its copy, encrypted as it was. Unless it becomes part of a draft it goes with other unused
    /// files.
    copy: BlobId,
}

/// What keeps a file from being taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lock {
    /// It opens with a password only.
    Password,
    /// It opens, and its author does not grant what a provider needs: to put signature fields
    /// into it. The owner's password does.
    Rights {
        /// Everything that is not granted.
        forbidden: Vec<Right>,
    },
}

/// What a password led to.
#[derive(Debug)]
pub enum Unlocking {
    WrongPassword,
    /// It opens the file and is not its owner's, which is what is needed.
    NotTheOwners(LockedFile),
    /// The file was taken, or refused for another reason.
    Done(Import),
}

impl Engine {
    /// Adds files to a draft, or to a new one. Each file that cannot be taken is named; the others
    /// are kept. All that are taken are one step to undo.
    pub async fn import(
        &self,
        into: impl Into<Destination>,
        files: &[PathBuf],
    ) -> Result<Import, Error> {
        let into = into.into();
        let limit = self.largest_document(into.draft.as_ref()).await?;
        let taken = self.take_all(files, limit).await;
        self.add(into, taken).await
    }

    /// The same, unless `cancelled` comes while the files are being copied: then nothing is added
    /// and there is nothing to tell.
    pub async fn import_unless(
        &self,
        cancelled: impl Future<Output = ()>,
        into: impl Into<Destination>,
        files: &[PathBuf],
    ) -> Result<Option<Import>, Error> {
        let into = into.into();
        let limit = self.largest_document(into.draft.as_ref()).await?;
        let taken = tokio::select! {
            biased;
            () = cancelled => return Ok(None),
            taken = self.take_all(files, limit) => taken,
        };
        self.add(into, taken).await.map(Some)
    }

    /// Takes a locked file with its password.
    pub async fn unlock(
        &self,
        into: impl Into<Destination>,
        file: &LockedFile,
        password: SecretString,
    ) -> Result<Unlocking, Error> {
        let opened = self.store().blobs().open_file(&file.copy).await?;
        let document = match self.pdf().open(opened, Some(password)).await {
            Ok(document) => Ok(document),
            // An empty one counts as none.
            Err(PdfError::WrongPassword | PdfError::PasswordNeeded) => {
                return Ok(Unlocking::WrongPassword);
            }
            Err(error) => Err(Taking::from(Error::Pdf(error))),
        };
        let taken = match document {
            Ok(document) => self.take_opened(&file.name, &file.copy, document).await,
            Err(taking) => Err(taking),
        };
        match (taken, &file.lock) {
            // The password changed nothing: anybody opens it.
            (Ok(Taken::Locked(_)), Lock::Rights { .. }) => Ok(Unlocking::WrongPassword),
            (Ok(Taken::Locked(locked)), Lock::Password) => Ok(Unlocking::NotTheOwners(locked)),
            (taken, _) => {
                let taken = vec![(file.name.clone(), taken)];
                Ok(Unlocking::Done(self.add(into.into(), taken).await?))
            }
        }
    }

    /// The most bytes a document may have, by the account that the draft is sent with.
    async fn largest_document(&self, draft: Option<&DraftId>) -> Result<u64, Error> {
        let capabilities = match draft {
            Some(id) => self.draft(id).await?.capabilities,
            None => match self.settings().await?.default_account {
                Some(account) => self.capabilities(&account).await?,
                None => None,
            },
        };
        let limit = capabilities.map_or(u64::MAX, |it| u64::from(it.largest_document));
        Ok(limit.min(MAX_FILE_BYTES))
    }

    async fn add(
        &self,
        into: Destination,
        taken: Vec<(String, Result<Taken, Taking>)>,
    ) -> Result<Import, Error> {
        let (mut documents, mut refused, mut locked) = (Vec::new(), Vec::new(), Vec::new());
        for (name, taken) in taken {
            match taken {
                Ok(Taken::Document(document)) => documents.push(*document),
                Ok(Taken::Locked(file)) => locked.push(file),
                Err(Taking::Refused(why)) => refused.push(FileRefused { name, why }),
                Err(Taking::Ours(error)) => return Err(error),
            }
        }
        let mut kept = Vec::new();
        let draft = if documents.is_empty() {
            into.draft
        } else {
            let (draft, fields) = self.insert_documents(into, documents).await?;
            kept = fields;
            Some(draft)
        };
        Ok(Import {
            draft,
            refused,
            locked,
            kept,
        })
    }

    async fn insert_documents(
        &self,
        into: Destination,
        documents: Vec<Document>,
    ) -> Result<(DraftId, Vec<Option<PlacedField>>), Error> {
        let id = match into.draft {
            Some(id) => id,
            None => self.create_draft().await?.draft.id,
        };
        let current = self.editable(&id).await?;
        let (mut edits, mut kept) = (Vec::new(), Vec::new());
        if current.title.trim().is_empty()
            && current.documents.is_empty()
            && let Some(first) = documents.first()
        {
            edits.push(DraftEdit::SetTitle {
                title: first.name.clone(),
            });
        }
        let mut documents = documents.into_iter();
        // One that was removed meanwhile leaves the new version as a document of its own.
        let old = current
            .documents
            .iter()
            .find(|it| Some(&it.id) == into.replaces.as_ref());
        if let Some(old) = old
            && let Some(new) = documents.next()
        {
            (edits, kept) = self.replacement(&current, old, new).await?;
        }
        let label = if old.is_some() {
            "editor_step_replace_document"
        } else {
            "editor_step_add_document"
        };
        let first_place = current.documents.len();
        for (offset, document) in documents.enumerate() {
            let at = u32::try_from(first_place + offset).unwrap_or(u32::MAX);
            edits.push(DraftEdit::InsertDocument { document, at });
        }
        self.edit_draft(&id, DraftEdit::Batch { edits }, label)
            .await?;
        Ok((id, kept))
    }

    async fn take_all(
        &self,
        files: &[PathBuf],
        limit: u64,
    ) -> Vec<(String, Result<Taken, Taking>)> {
        let mut taken = Vec::new();
        for file in files {
            taken.push((name_of(file), self.take(file, limit).await));
        }
        taken
    }

    async fn take(&self, file: &Path, limit: u64) -> Result<Taken, Taking> {
        // A file too large is refused before a minute goes into copying it.
        if let Ok(metadata) = tokio::fs::metadata(file).await
            && metadata.is_file()
            && metadata.len() > limit
        {
            return Err(Taking::Refused(RefusedWhy::TooLarge { limit }));
        }
        let (copy, _) = self
            .store()
            .blobs()
            .put_file(file)
            .await
            .map_err(Error::Store)?;
        let name = name_of(file);
        let document = match self.open_blob(&copy).await {
            Ok(document) => document,
            Err(Error::Pdf(PdfError::PasswordNeeded)) => {
                let lock = Lock::Password;
                return Ok(Taken::Locked(LockedFile { name, lock, copy }));
            }
            Err(error) => return Err(error.into()),
        };
        self.take_opened(&name, &copy, document).await
    }

    async fn take_opened(
        &self,
        name: &str,
        copy: &BlobId,
        document: OpenPdf,
    ) -> Result<Taken, Taking> {
        let refused = |why| Err(Taking::Refused(why));
        let contents = match document.examine().await {
            Ok(contents) => Some(contents),
            // Its pages can be shown all the same.
            Err(PdfError::Damaged { .. }) => None,
            Err(error) => return Err(Error::Pdf(error).into()),
        };
        let xfa = contents.as_ref().and_then(|contents| contents.xfa);
        if xfa == Some(Xfa::Dynamic) {
            return refused(RefusedWhy::DynamicForm);
        }
        let info = document.info();
        let signed_before = info.signed_before();
        let encryption = info.encryption;
        if encryption.is_some() && signed_before {
            return refused(RefusedWhy::SignedAndEncrypted);
        }
        if info.permits_no_change {
            return refused(RefusedWhy::Protected);
        }
        if let Some(encryption) = encryption
            && !encryption.permits_signing()
        {
            let forbidden = encryption.rights.forbidden();
            return Ok(Taken::Locked(LockedFile {
                name: name.to_owned(),
                lock: Lock::Rights { forbidden },
                copy: copy.clone(),
            }));
        }
        let (blob, info) = if encryption.is_some() {
            let plain = document.without_protection().await.map_err(Error::Pdf)?;
            let (plain, _) = self
                .store()
                .blobs()
                .put(plain)
                .await
                .map_err(Error::Store)?;
            let info = self.open_blob(&plain).await?.info().clone();
            (plain, info)
        } else {
            (copy.clone(), info.clone())
        };
        Ok(Taken::Document(Box::new(Document {
            id: DocumentId::new(self.fresh_id()),
            name: title_of(name),
            purpose: Purpose::ToSign,
            pages: self.pages_of(&blob, &info),
            bytes: u32::try_from(info.bytes).unwrap_or(u32::MAX),
            signed_before,
            cautions: contents
                .as_ref()
                .map_or_else(Vec::new, cautions)
                .into_iter()
                .chain(encryption.map(|_| Caution::Unprotected))
                .collect(),
        })))
    }

    fn pages_of(&self, blob: &BlobId, info: &DocumentInfo) -> Vec<Page> {
        (0..)
            .zip(&info.pages)
            .map(|(index, geometry)| Page {
                id: PageId::new(self.fresh_id()),
                blob: blob.clone(),
                index,
                geometry: *geometry,
                unreadable: info.unreadable.binary_search(&index).is_ok(),
            })
            .collect()
    }
}

/// What a file led to when nothing failed.
enum Taken {
    Document(Box<Document>),
    Locked(LockedFile),
}

enum Taking {
    /// The file is at fault.
    Refused(RefusedWhy),
    /// We are.
    Ours(Error),
}

impl From<Error> for Taking {
    fn from(error: Error) -> Self {
        let why = match &error {
            Error::Pdf(error) => RefusedWhy::of_pdf(error),
            Error::Store(error) => RefusedWhy::of_source(error),
            _ => None,
        };
        why.map_or(Self::Ours(error), Self::Refused)
    }
}

fn cautions(contents: &Contents) -> Vec<Caution> {
    [
        (contents.portfolio, Caution::Portfolio),
        (contents.xfa.is_some(), Caution::Xfa),
        (
            contents.javascript || contents.launch_actions,
            Caution::Scripts,
        ),
        (contents.media, Caution::Media),
    ]
    .into_iter()
    .filter_map(|(is_there, caution)| is_there.then_some(caution))
    .collect()
}

fn name_of(file: &Path) -> String {
    file.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// The file's name without its ending.
fn title_of(name: &str) -> String {
    Path::new(name)
        .file_stem()
        .map_or_else(String::new, |name| name.to_string_lossy().trim().to_owned())
}
