//! Pages as pictures, and the documents that are open in the worker for it.

use crate::error::Error;
use crate::{Engine, lock};
use paraph_domain::ids::BlobId;
use paraph_pdf::{Document, Image, Priority, Tile};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::sync::OnceCell;

/// How many documents stay open at once. A draft rarely has more.
const OPEN: usize = 12;

/// The documents opened last, the latest at the back.
#[derive(Default)]
pub(crate) struct OpenDocuments {
    documents: Mutex<VecDeque<(BlobId, Opening)>>,
}

/// A document that is open, or is being opened: whoever wants it meanwhile waits for the same.
type Opening = Arc<OnceCell<Document>>;

impl OpenDocuments {
    fn of(&self, blob: &BlobId) -> Opening {
        let mut documents = lock(&self.documents);
        let known = documents.iter().position(|(id, _)| id == blob);
        let entry = known
            .and_then(|place| documents.remove(place))
            .unwrap_or_else(|| (blob.clone(), Opening::default()));
        let opening = Arc::clone(&entry.1);
        documents.push_back(entry);
        while documents.len() > OPEN {
            documents.pop_front();
        }
        opening
    }
}

impl Engine {
    pub(crate) async fn open_blob(&self, blob: &BlobId) -> Result<Document, Error> {
        let opening = self.inner.documents.of(blob);
        let document = opening
            .get_or_try_init(async || {
                let file = self.store().blobs().open_file(blob).await?;
                Ok::<_, Error>(self.pdf().open(file, None).await?)
            })
            .await?;
        Ok(document.clone())
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
