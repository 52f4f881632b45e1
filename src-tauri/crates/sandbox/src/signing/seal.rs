//! Puts a real signature into a PDF: prepared by the PDF worker, signed here.

use crate::app::App;
use crate::signing::authority::AuthorityError;
use crate::signing::cms::{self, CmsError};
use bytes::Bytes;
use paraph_pdf::{PdfError, SigningJob, embed_signature};

/// Room for the signature value: two certificates and an RSA-2048 signature are below 4 KiB.
pub(crate) const PLACEHOLDER_BYTES: usize = 8192;

/// Why a PDF could not be signed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SealError {
    #[error("the document could not be prepared: {0}")]
    Pdf(#[from] PdfError),
    #[error(transparent)]
    Cms(#[from] CmsError),
    #[error(transparent)]
    Authority(#[from] AuthorityError),
    #[error("the task that signed was ended")]
    TaskEnded,
    #[error("the signature that was made is not found in the document")]
    NotFound,
}

/// `source` with one more signature, by a certificate in the name of `job.signer`.
pub(crate) async fn seal(app: &App, source: Bytes, job: SigningJob) -> Result<Vec<u8>, SealError> {
    let document = app.pdf.open_bytes(source, None).await?;
    let before = document.info().signatures;
    let (authority, name, now) = (app.authority.clone(), job.signer.clone(), app.now().0);
    let prepared = document.prepare_signing(job).await?;
    let signing = tokio::task::spawn_blocking(move || -> Result<Vec<u8>, SealError> {
        let signer = authority.issue(&name, now)?;
        let value = cms::sign(prepared.signed_parts(), &signer, &authority.certificate)?;
        Ok(embed_signature(&prepared, &value)?)
    });
    let bytes = signing.await.map_err(|_| SealError::TaskEnded)??;

    // What was made is read back before anybody is told that it is signed.
    let written = app.pdf.open_bytes(bytes.clone(), None).await?;
    if written.info().signatures != before.saturating_add(1) {
        return Err(SealError::NotFound);
    }
    Ok(bytes)
}
