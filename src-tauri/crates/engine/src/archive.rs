//! Files the results of completed requests: whole or not at all, never over another file, apart
//! when they have no legal value.

use crate::error::Error;
use crate::events::Tag;
use crate::pauses::doubling;
use crate::{Engine, lock};
use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use paraph_domain::archive::{
    file_name_part, folder_name, partly_signed_name, proof_name, signed_name,
};
use paraph_domain::draft::{Language, Purpose};
use paraph_domain::ids::{AccountId, ProcedureId};
use paraph_domain::procedure::{ParticipantStatus, Procedure, RemoteDocument};
use paraph_domain::sending::{Placement, PreparedFile, Snapshot};
use paraph_domain::trouble::Trouble;
use paraph_pdf::{Document, FoundMark, PdfError};
use paraph_providers::provider::Provider;
use paraph_store::{FieldMark, FiledFile, FiledKind};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::task::JoinSet;

mod place;
use place::file_beside;

/// The first pause after results could not be filed; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(30);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(30);

/// Results that could not be filed yet.
pub(crate) struct Unfiled {
    trouble: Trouble,
    tries: u32,
    next_try: Timestamp,
}

impl Engine {
    /// Files what is not filed yet of every completed request, the accounts side by side: one
    /// that does not answer holds up its own results only. Returns when to try again, if
    /// something is left.
    pub(crate) async fn file_results(&self) -> Option<Duration> {
        let pending = match self.store().archive().pending().await {
            Ok(pending) => pending,
            Err(error) => {
                tracing::error!(%error, "what is to be filed could not be read");
                return Duration::try_from(FIRST_PAUSE).ok();
            }
        };
        let now = self.now();
        let mut due: HashMap<AccountId, Vec<Procedure>> = HashMap::new();
        {
            let mut unfiled = lock(&self.inner.unfiled);
            unfiled.retain(|id, _| pending.iter().any(|procedure| procedure.id == *id));
            for procedure in pending {
                if unfiled
                    .get(&procedure.id)
                    .is_none_or(|unfiled| unfiled.next_try <= now)
                {
                    due.entry(procedure.account.clone())
                        .or_default()
                        .push(procedure);
                }
            }
        }
        let mut accounts = JoinSet::new();
        for procedures in due.into_values() {
            let engine = self.clone();
            accounts.spawn(async move {
                for procedure in procedures {
                    engine.try_to_file(&procedure).await;
                }
            });
        }
        accounts.join_all().await;
        let unfiled = lock(&self.inner.unfiled);
        let next = unfiled.values().map(|unfiled| unfiled.next_try).min()?;
        Some(Duration::try_from(next.duration_since(self.now())).unwrap_or_default())
    }

    async fn try_to_file(&self, procedure: &Procedure) {
        let asked = self.inner.filing_asked.load(Ordering::SeqCst);
        match self.file_result(procedure).await {
            Ok(()) => {
                lock(&self.inner.unfiled).remove(&procedure.id);
            }
            Err(error) => {
                tracing::warn!(procedure = %procedure.id, %error, "results could not be filed yet");
                let mut unfiled = lock(&self.inner.unfiled);
                let tries = unfiled
                    .get(&procedure.id)
                    .map_or(1, |unfiled| unfiled.tries.saturating_add(1));
                // Whoever asked meanwhile did not mean the try that has just failed.
                let pause = if self.inner.filing_asked.load(Ordering::SeqCst) == asked {
                    doubling(FIRST_PAUSE, LONGEST_PAUSE, tries)
                } else {
                    SignedDuration::ZERO
                };
                let unfiled_now = Unfiled {
                    trouble: crate::trouble::of(&error),
                    tries,
                    next_try: self.now().saturating_add(pause).unwrap_or(Timestamp::MAX),
                };
                unfiled.insert(procedure.id.clone(), unfiled_now);
            }
        }
        self.tell(vec![Tag::Procedure {
            id: procedure.id.clone(),
        }]);
    }

    /// Cuts the waits for results that could not be filed: somebody asked, or the clerk chose
    /// another folder.
    pub(crate) fn file_everything_now(&self) {
        self.inner.filing_asked.fetch_add(1, Ordering::SeqCst);
        for unfiled in lock(&self.inner.unfiled).values_mut() {
            unfiled.next_try = Timestamp::MIN;
        }
    }

    /// Completed requests whose results are not all filed yet.
    pub async fn waiting_to_be_filed(&self) -> Result<Vec<ProcedureId>, Error> {
        let pending = self.store().archive().pending().await?;
        Ok(pending.into_iter().map(|procedure| procedure.id).collect())
    }

    async fn file_result(&self, procedure: &Procedure) -> Result<(), Error> {
        let provider = self.provider(&procedure.account).await?;
        let missing = self.store().archive().missing(&procedure.id).await?;
        let snapshot = self.snapshot_of(procedure).await?;
        for document in &missing.documents {
            let bytes = provider.download(&document.remote_id).await?;
            let opened = self
                .check_signed(document, &bytes, snapshot.as_ref())
                .await?;
            if let Some(snapshot) = &snapshot
                && let Err(error) = self
                    .compare_marks(procedure, document, &opened, snapshot)
                    .await
            {
                // The signed file matters more than what we measure in it.
                tracing::warn!(procedure = %procedure.id, %error, "marks could not be compared");
            }
            self.file(procedure, document, bytes, signed_name).await?;
        }
        if missing.proof && provider.capabilities().proof {
            let proof = provider.proof(&procedure.remote_id).await?;
            if let Some(proof) = proof {
                self.file_proof(procedure, proof.bytes, proof.ending)
                    .await?;
            }
        }
        self.store()
            .archive()
            .mark_complete(&procedure.id, self.now())
            .await?;
        Ok(())
    }

    /// Before a request is stopped: keeps the documents as far as they are signed, and the proof.
    pub(crate) async fn keep_what_exists(
        &self,
        procedure: &Procedure,
        provider: &dyn Provider,
    ) -> Result<(), Error> {
        let somebody_signed = procedure
            .participants
            .iter()
            .any(|person| person.finished_at.is_some() || person.status == ParticipantStatus::Done);
        if !somebody_signed {
            return Ok(());
        }
        let missing = self.store().archive().missing(&procedure.id).await?;
        let snapshot = self.snapshot_of(procedure).await?;
        for document in &missing.documents {
            let bytes = provider.download(&document.remote_id).await?;
            self.open_download(document, &bytes, snapshot.as_ref())
                .await?;
            self.file(procedure, document, bytes, partly_signed_name)
                .await?;
        }
        if missing.proof
            && provider.capabilities().proof
            && let Some(proof) = provider.proof(&procedure.remote_id).await?
        {
            self.file_proof(procedure, proof.bytes, proof.ending)
                .await?;
        }
        Ok(())
    }

    async fn snapshot_of(&self, procedure: &Procedure) -> Result<Option<Snapshot>, Error> {
        let Some(sending) = &procedure.sending else {
            return Ok(None);
        };
        Ok(self
            .store()
            .outbox()
            .get(sending)
            .await?
            .map(|sending| sending.snapshot))
    }

    /// A download that was cut, or is not what was sent, must never be filed: it opens and has as
    /// many pages as were sent.
    async fn open_download(
        &self,
        document: &RemoteDocument,
        bytes: &Bytes,
        snapshot: Option<&Snapshot>,
    ) -> Result<Document, Error> {
        let opened = match self.pdf().open_bytes(bytes.clone(), None).await {
            Ok(opened) => opened,
            Err(
                PdfError::Empty | PdfError::NotPdf | PdfError::NoPages | PdfError::Damaged { .. },
            ) => {
                return Err(Error::BadDownload);
            }
            Err(error) => return Err(error.into()),
        };
        let pages = opened.info().pages.len();
        match sent_file(document, snapshot) {
            Some(file) if file.pages.len() != pages => Err(Error::BadDownload),
            _ => Ok(opened),
        }
    }

    /// What a completed request gives back bears a signature besides.
    async fn check_signed(
        &self,
        document: &RemoteDocument,
        bytes: &Bytes,
        snapshot: Option<&Snapshot>,
    ) -> Result<Document, Error> {
        let opened = self.open_download(document, bytes, snapshot).await?;
        let anybody_signs_it = snapshot.is_none_or(|snapshot| {
            sent_file(document, Some(snapshot)).is_none_or(|file| {
                snapshot
                    .placements
                    .iter()
                    .any(|placement| placement.document == file.document)
            })
        });
        if opened.info().signed_before() || !anybody_signs_it {
            Ok(opened)
        } else {
            Err(Error::BadDownload)
        }
    }

    async fn file(
        &self,
        procedure: &Procedure,
        document: &RemoteDocument,
        bytes: Bytes,
        name: fn(&str, Language, u32) -> String,
    ) -> Result<(), Error> {
        let language = self.settings().await?.language;
        let folder = self.folder_for(procedure).await?;
        let filed =
            file_beside(&folder, bytes, |copy| name(&document.name, language, copy)).await?;
        self.store()
            .archive()
            .insert(&FiledFile {
                procedure: procedure.id.clone(),
                remote_document: Some(document.remote_id.clone()),
                what: FiledKind::Signed,
                path: filed.path,
                sha256: filed.sha256,
                bytes: filed.bytes,
                filed_at: self.now(),
            })
            .await?;
        Ok(())
    }

    async fn file_proof(
        &self,
        procedure: &Procedure,
        bytes: Bytes,
        ending: &'static str,
    ) -> Result<(), Error> {
        let language = self.settings().await?.language;
        let folder = self.folder_for(procedure).await?;
        let filed = file_beside(&folder, bytes, |copy| {
            proof_name(&procedure.name, language, copy, ending)
        })
        .await?;
        self.store()
            .archive()
            .insert(&FiledFile {
                procedure: procedure.id.clone(),
                remote_document: None,
                what: FiledKind::Proof,
                path: filed.path,
                sha256: filed.sha256,
                bytes: filed.bytes,
                filed_at: self.now(),
            })
            .await?;
        Ok(())
    }

    /// The archive folder, in it the folder of what has no legal value, in it the client's.
    pub(crate) async fn folder_for(&self, procedure: &Procedure) -> Result<PathBuf, Error> {
        let language = self.settings().await?.language;
        let mut folder = self.archive_folder().await?;
        if let Some(name) = folder_name(procedure.environment, language) {
            folder.push(name);
        }
        if let Some(client) = &procedure.folder {
            folder.push(file_name_part(client, 80));
        }
        Ok(folder)
    }

    /// Looks for each mark in the signed file and keeps how far it is from where it was asked for.
    async fn compare_marks(
        &self,
        procedure: &Procedure,
        document: &RemoteDocument,
        opened: &Document,
        snapshot: &Snapshot,
    ) -> Result<(), Error> {
        let Some(file) = sent_file(document, Some(snapshot)) else {
            return Ok(());
        };
        if file.purpose == Purpose::Attachment {
            return Ok(());
        }
        let mut found = opened.find_marks().await?;
        let marks: Vec<FieldMark> = snapshot
            .placements
            .iter()
            .filter(|placement| placement.document == file.document)
            .map(|placement| {
                let nearest = take_nearest(&mut found, placement);
                FieldMark {
                    field: placement.field.clone(),
                    remote_document: document.remote_id.clone(),
                    page: placement.page,
                    asked: placement.rect,
                    found: nearest,
                    difference: nearest.map(|rect| rect.largest_difference(&placement.rect)),
                }
            })
            .collect();
        self.store()
            .archive()
            .record_marks(&procedure.id, &marks)
            .await?;
        Ok(())
    }

    /// Where a filed file lies. `file` is what [`file_id`] says of it.
    pub async fn filed_path(&self, procedure: &ProcedureId, file: &str) -> Result<PathBuf, Error> {
        self.store()
            .archive()
            .of(procedure)
            .await?
            .into_iter()
            .find(|filed| file_id(filed.remote_document.as_deref()) == file)
            .map(|filed| PathBuf::from(filed.path))
            .ok_or(Error::NotFound("file"))
    }

    /// Why a completed request's results are not filed yet.
    pub fn filing_trouble(&self, id: &ProcedureId) -> Option<Trouble> {
        lock(&self.inner.unfiled)
            .get(id)
            .map(|unfiled| unfiled.trouble.clone())
    }
}

/// Names a file within its request, before and after it is filed: the provider's id of the
/// document, or `proof`.
pub fn file_id(remote_document: Option<&str>) -> &str {
    remote_document.unwrap_or("proof")
}

/// Marks of the file that was placed on its page, the nearest first; each is taken once.
fn take_nearest(
    found: &mut Vec<FoundMark>,
    placement: &Placement,
) -> Option<paraph_domain::geometry::Rect> {
    let page = placement.page.checked_sub(1)?;
    let (place, _) = found
        .iter()
        .enumerate()
        .filter(|(_, mark)| mark.page == page)
        .map(|(place, mark)| (place, mark.rect.largest_difference(&placement.rect)))
        .min_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(found.swap_remove(place).rect)
}

/// The file that was sent as this document.
fn sent_file<'a>(
    document: &RemoteDocument,
    snapshot: Option<&'a Snapshot>,
) -> Option<&'a PreparedFile> {
    snapshot?
        .files
        .iter()
        .find(|file| is_same_name(&file.file_name, &document.name))
}

/// Providers may drop or add the ending.
fn is_same_name(a: &str, b: &str) -> bool {
    let stem = |name: &str| {
        Path::new(name)
            .file_stem()
            .map(|stem| stem.to_string_lossy().to_lowercase())
    };
    a == b || stem(a) == stem(b)
}
