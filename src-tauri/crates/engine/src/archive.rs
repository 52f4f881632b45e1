//! Files the results of completed requests: whole or not at all, never over another file, apart
//! when they have no legal value.

use crate::Engine;
use crate::error::Error;
use crate::events::Tag;
use bytes::Bytes;
use paraph_domain::archive::{file_name_part, folder_name, proof_name, signed_name};
use paraph_domain::draft::Purpose;
use paraph_domain::ids::ProcedureId;
use paraph_domain::procedure::{Procedure, RemoteDocument};
use paraph_domain::sending::{Placement, Snapshot};
use paraph_domain::trouble::Trouble;
use paraph_pdf::{Document, FoundMark};
use paraph_providers::provider::Provider;
use paraph_store::{FieldMark, FiledFile, FiledKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

mod place;
use place::file_beside;

/// When results could not all be filed.
const AGAIN: Duration = Duration::from_secs(30);

impl Engine {
    /// Files what is not filed yet of every completed request. Returns when to try again, if
    /// something is left.
    pub(crate) async fn file_results(&self) -> Option<Duration> {
        let pending = match self.store().archive().pending().await {
            Ok(pending) => pending,
            Err(error) => {
                tracing::error!(%error, "what is to be filed could not be read");
                return Some(AGAIN);
            }
        };
        let mut left = false;
        for procedure in pending {
            let filed = self.file_result(&procedure).await;
            let trouble = filed.as_ref().err().map(crate::trouble::of);
            if let Err(error) = &filed {
                tracing::warn!(procedure = %procedure.id, %error, "results could not be filed yet");
                left = true;
            }
            self.note_filing_trouble(&procedure.id, trouble);
            self.tell(vec![Tag::Procedure { id: procedure.id }]);
        }
        left.then_some(AGAIN)
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
            self.file(procedure, document, bytes).await?;
            if let Some(snapshot) = &snapshot {
                self.compare_marks(procedure, document, &opened, snapshot)
                    .await?;
            }
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
            .any(|person| person.finished_at.is_some());
        if !somebody_signed {
            return Ok(());
        }
        let missing = self.store().archive().missing(&procedure.id).await?;
        for document in &missing.documents {
            let bytes = provider.download(&document.remote_id).await?;
            self.file(procedure, document, bytes).await?;
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

    /// A download that was cut, or is not what was sent, must never be filed: it opens, has as
    /// many pages as were sent, and bears a signature.
    async fn check_signed(
        &self,
        document: &RemoteDocument,
        bytes: &Bytes,
        snapshot: Option<&Snapshot>,
    ) -> Result<Document, Error> {
        let opened = self.pdf().open_bytes(bytes.clone(), None).await?;
        let asked = snapshot.and_then(|snapshot| {
            snapshot
                .files
                .iter()
                .find(|file| is_same_name(&file.file_name, &document.name))
        });
        let info = opened.info();
        let pages_match = asked.is_none_or(|file| file.pages.len() == info.pages.len());
        let anybody_signs_it = snapshot.is_none_or(|snapshot| {
            asked.is_none_or(|file| {
                snapshot
                    .placements
                    .iter()
                    .any(|placement| placement.document == file.document)
            })
        });
        if pages_match && (info.signed_before() || !anybody_signs_it) {
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
    ) -> Result<(), Error> {
        let language = self.settings().await?.language;
        let folder = self.folder_for(procedure).await?;
        let filed = file_beside(&folder, bytes, |copy| {
            signed_name(&document.name, language, copy)
        })
        .await?;
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
        let Some(file) = snapshot
            .files
            .iter()
            .find(|file| is_same_name(&file.file_name, &document.name))
        else {
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

    fn note_filing_trouble(&self, id: &ProcedureId, trouble: Option<Trouble>) {
        let mut troubles = crate::lock(&self.inner.filing_troubles);
        match trouble {
            Some(trouble) => troubles.insert(id.clone(), trouble),
            None => troubles.remove(id),
        };
    }

    /// Why a completed request's results are not filed yet.
    pub fn filing_trouble(&self, id: &ProcedureId) -> Option<Trouble> {
        crate::lock(&self.inner.filing_troubles).get(id).cloned()
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

/// Providers may drop or add the ending.
fn is_same_name(a: &str, b: &str) -> bool {
    let stem = |name: &str| {
        Path::new(name)
            .file_stem()
            .map(|stem| stem.to_string_lossy().to_lowercase())
    };
    a == b || stem(a) == stem(b)
}
