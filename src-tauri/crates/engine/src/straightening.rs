//! Copies with straight pages, made while the clerk prepares the draft.
//!
//! Whether a document can be made straight is known only once it has been: the copy is made in the
//! background as soon as somebody looks at a draft that needs one (which an import does), behind
//! everything that is waited for, and kept for the sending. What cannot be made straight is a
//! problem of the draft from then on.

use crate::error::Error;
use crate::snapshot::needs_straightening;
use crate::{Engine, lock};
use paraph_domain::checks::Problem;
use paraph_domain::draft::{Document, Draft};
use paraph_domain::ids::{BlobId, DraftId};
use paraph_pdf::PdfError;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex};
use tokio::sync::OnceCell;

/// What is known of files that are not straight, in this run.
#[derive(Default)]
pub(crate) struct Straightened {
    known: Mutex<HashMap<BlobId, Arc<OnceCell<Option<Straight>>>>>,
    /// One at a time in the background, so that a worker stays free.
    turn: tokio::sync::Mutex<()>,
}

/// A straight copy and how many bytes it has.
type Straight = (BlobId, u64);

impl Engine {
    /// Begins to make the copies that the draft will need, unless that has begun.
    pub(crate) fn try_straightening(&self, draft: &Draft) {
        for blob in draft.documents.iter().filter_map(crooked) {
            let copy = match lock(&self.inner.straightened.known).entry(blob.clone()) {
                Entry::Occupied(_) => continue,
                Entry::Vacant(place) => Arc::clone(place.insert(Arc::default())),
            };
            let (engine, blob, draft) = (self.clone(), blob.clone(), draft.id.clone());
            tokio::spawn(async move { engine.straighten_in_turn(&blob, &copy, &draft).await });
        }
    }

    async fn straighten_in_turn(
        &self,
        blob: &BlobId,
        copy: &OnceCell<Option<Straight>>,
        draft: &DraftId,
    ) {
        let turn = self.inner.straightened.turn.lock().await;
        let made = copy.get_or_try_init(|| self.straighten(blob)).await;
        drop(turn);
        match made {
            Ok(Some(_)) => {}
            Ok(None) => self.tell_draft(draft),
            Err(error) => {
                tracing::warn!(%error, "a document could not be made straight this time");
                // The next look tries again, and sending does.
                lock(&self.inner.straightened.known).remove(blob);
            }
        }
    }

    /// The documents of which straight copies are sent, and those of which none can be made, as
    /// far as that is known.
    pub(crate) fn straightened(&self, draft: &Draft) -> Vec<Problem> {
        let known = lock(&self.inner.straightened.known);
        let found = draft.documents.iter().filter_map(|document| {
            let made = known.get(crooked(document)?).and_then(|copy| copy.get());
            if made.is_some_and(Option::is_none) {
                return Some(Problem::NotStraightened {
                    document: document.id.clone(),
                });
            }
            let mut crooked = (1..)
                .zip(&document.pages)
                .filter(|(_, page)| !page.geometry.is_straight());
            let (number, page) = crooked.next()?;
            Some(Problem::Straightened {
                document: document.id.clone(),
                page: page.id.clone(),
                number,
                count: u32::try_from(crooked.count() + 1).unwrap_or(u32::MAX),
            })
        });
        found.collect()
    }

    /// The straight copy of a file, made now if it is not there; none when it cannot be made.
    pub(crate) async fn straight_copy(&self, blob: &BlobId) -> Result<Option<Straight>, Error> {
        let copy = {
            let mut known = lock(&self.inner.straightened.known);
            Arc::clone(known.entry(blob.clone()).or_default())
        };
        let made = copy.get_or_try_init(|| self.straighten(blob)).await?;
        if let Some((copy, _)) = made
            && self.store().blobs().open_file(copy).await.is_err()
        {
            // It was long ago, and unused files go.
            return self.straighten(blob).await;
        }
        Ok(made.clone())
    }

    async fn straighten(&self, blob: &BlobId) -> Result<Option<Straight>, Error> {
        match self.open_blob(blob).await?.straighten().await {
            Ok(straight) => Ok(Some(self.store().blobs().put(straight).await?)),
            Err(error) if is_the_files_fault(&error) => {
                tracing::info!(%error, "a document cannot be made straight");
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// The file of a document whose pages have to be made straight.
fn crooked(document: &Document) -> Option<&BlobId> {
    // What is damaged is a problem of its own.
    let is_whole = !document.pages.iter().any(|page| page.unreadable);
    let first = document.pages.first()?;
    (is_whole && needs_straightening(document)).then_some(&first.blob)
}

/// Whether another try would end in the same way.
fn is_the_files_fault(error: &PdfError) -> bool {
    matches!(
        error,
        PdfError::Damaged { .. }
            | PdfError::LooksDifferent { .. }
            | PdfError::AlreadySigned
            | PdfError::UnsupportedSecurity
            | PdfError::NotPermitted
            | PdfError::BadTileSize { .. }
            | PdfError::TimedOut { .. }
            | PdfError::WorkerDied
    )
}
