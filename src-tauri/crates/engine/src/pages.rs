//! Pages as pictures, and the documents that are open in the worker for it.

use crate::error::Error;
use crate::{Engine, lock};
use paraph_domain::ids::BlobId;
use paraph_pdf::{Document, Image, Priority, Tile};
use std::collections::VecDeque;
use std::sync::Mutex;

/// How many documents stay open at once. A draft rarely has more.
const OPEN: usize = 12;

/// The documents opened last, the latest at the back.
#[derive(Default)]
pub(crate) struct OpenDocuments {
    documents: Mutex<VecDeque<(BlobId, Document)>>,
}

impl OpenDocuments {
    fn get(&self, blob: &BlobId) -> Option<Document> {
        let mut documents = lock(&self.documents);
        let place = documents.iter().position(|(id, _)| id == blob)?;
        let entry = documents.remove(place)?;
        let document = entry.1.clone();
        documents.push_back(entry);
        Some(document)
    }

    fn keep(&self, blob: BlobId, document: Document) {
        let mut documents = lock(&self.documents);
        documents.push_back((blob, document));
        while documents.len() > OPEN {
            documents.pop_front();
        }
    }
}

impl Engine {
    pub(crate) async fn open_blob(&self, blob: &BlobId) -> Result<Document, Error> {
        if let Some(document) = self.inner.documents.get(blob) {
            return Ok(document);
        }
        let file = self.store().blobs().open_file(blob).await?;
        let document = self.pdf().open(file, None).await?;
        self.inner.documents.keep(blob.clone(), document.clone());
        Ok(document)
    }

    /// A page as a picture `width` pixels wide. `page` is the zero-based index in the blob's file.
    pub async fn page_image(
        &self,
        blob: &BlobId,
        page: u32,
        width: u32,
        priority: Priority,
    ) -> Result<Image, Error> {
        let document = self.open_blob(blob).await?;
        let geometry = document
            .info()
            .pages
            .get(page as usize)
            .ok_or(Error::NotFound("page"))?
            .displayed_size();
        let scale = (f64::from(width) / geometry.w) as f32;
        Ok(document
            .tile(
                Tile {
                    page,
                    scale,
                    region: None,
                },
                priority,
            )
            .await?)
    }
}
