//! The documents that are open in the workers.

use crate::error::Error;
use crate::{Engine, lock};
use paraph_domain::ids::BlobId;
use paraph_pdf::{Document, PdfFile, SignatureField};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::sync::OnceCell;

/// How many documents stay open at once. A draft rarely has more.
const OPEN: usize = 12;

/// The documents used last, the latest at the back.
#[derive(Default)]
pub(crate) struct OpenDocuments {
    documents: Mutex<VecDeque<(BlobId, Arc<Opening>)>>,
}

/// A document that is open, or is being opened: whoever wants it meanwhile waits for the same.
#[derive(Default)]
struct Opening {
    file: OnceCell<PdfFile>,
    document: OnceCell<Document>,
    signature_fields: OnceCell<Arc<Vec<SignatureField>>>,
}

impl OpenDocuments {
    fn of(&self, blob: &BlobId) -> Arc<Opening> {
        let mut documents = lock(&self.documents);
        let known = documents.iter().position(|(id, _)| id == blob);
        let entry = known
            .and_then(|place| documents.remove(place))
            .unwrap_or_else(|| (blob.clone(), Arc::default()));
        let opening = Arc::clone(&entry.1);
        documents.push_back(entry);
        while documents.len() > OPEN {
            documents.pop_front();
        }
        opening
    }
}

impl Engine {
    /// A blob's file, to be drawn without a look at what it is.
    pub(crate) async fn blob_file(&self, blob: &BlobId) -> Result<PdfFile, Error> {
        let opening = self.inner.documents.of(blob);
        let file = opening.file.get_or_try_init(|| self.hold(blob)).await?;
        Ok(file.clone())
    }

    pub(crate) async fn open_blob(&self, blob: &BlobId) -> Result<Document, Error> {
        let opening = self.inner.documents.of(blob);
        let file = opening.file.get_or_try_init(|| self.hold(blob)).await?;
        let document = opening
            .document
            .get_or_try_init(async || Ok::<_, Error>(file.inspect().await?))
            .await?;
        Ok(document.clone())
    }

    /// The form fields for signatures that a blob has, on any page.
    pub(crate) async fn signature_fields(
        &self,
        blob: &BlobId,
    ) -> Result<Arc<Vec<SignatureField>>, Error> {
        let document = self.open_blob(blob).await?;
        let opening = self.inner.documents.of(blob);
        let fields = opening
            .signature_fields
            .get_or_try_init(async || {
                let contents = document.examine().await?;
                Ok::<_, Error>(Arc::new(contents.signature_fields))
            })
            .await?;
        Ok(Arc::clone(fields))
    }

    async fn hold(&self, blob: &BlobId) -> Result<PdfFile, Error> {
        let file = self.store().blobs().open_file(blob).await?;
        Ok(self.pdf().file(file, None)?)
    }
}
