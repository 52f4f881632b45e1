//! What is written on a draft's pages: text to select and to find, and the lines that are drawn.

use crate::error::Error;
use crate::finding::Wanted;
use crate::{Engine, lock};
use paraph_domain::draft::{Draft, Page};
use paraph_domain::geometry::Rect;
use paraph_domain::ids::{BlobId, DraftId, PageId};
use paraph_pdf::{PageShapes, PdfError, Shape, TextRun};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

/// How much text is kept: some thousand pages of prose.
const TEXT_BYTES: usize = 32 * 1024 * 1024;
const SHAPES_BYTES: usize = 4 * 1024 * 1024;

// One look at some pages, after which its answer is shown:
/// Pages that must be read first.
const FRESH_PAGES: usize = 16;
const PAGES: usize = 256;
const HITS: usize = 500;
/// On one page; further ones are not told. One more than the window shows, so that it knows.
const HITS_ON_A_PAGE: usize = 1001;

/// What one look found.
pub struct Found {
    /// Every page that was looked at, in the draft's order.
    pub pages: Vec<FoundOnPage>,
    /// Where the next look begins.
    pub next: Option<PageId>,
}

pub struct FoundOnPage {
    pub page: PageId,
    /// For each place a rectangle a line, in points of the displayed page.
    pub hits: Vec<Vec<Rect>>,
    /// False for scans, and for pages whose text cannot be read.
    pub has_text: bool,
}

impl Engine {
    /// The text of a page, in reading order.
    pub async fn page_text(
        &self,
        draft: &DraftId,
        page: &PageId,
    ) -> Result<Arc<Vec<TextRun>>, Error> {
        let page = self.page_of(draft, page).await?;
        Ok(self.text_of(&page).await?.0)
    }

    /// The rules, boxes and leaders of a page.
    pub async fn page_shapes(
        &self,
        draft: &DraftId,
        page: &PageId,
    ) -> Result<Arc<PageShapes>, Error> {
        let page = self.page_of(draft, page).await?;
        Ok(self.shapes_of(&page).await?.0)
    }

    /// Looks for what was typed, from a page on (`None`: the draft's first), until there is enough
    /// to show; whoever wants more asks again from [`Found::next`]. Pages are read one after the
    /// other and behind every picture, so that what is looked at stays quick. Dropping the future
    /// ends it.
    ///
    /// Errors: [`Error::NotFound`] when the draft or that page is gone.
    pub async fn find_text(
        &self,
        draft: &DraftId,
        typed: &str,
        from: Option<&PageId>,
    ) -> Result<Found, Error> {
        let draft = self.draft_with_pages(draft).await?;
        let mut found = Found {
            pages: Vec::new(),
            next: None,
        };
        let Some(wanted) = Wanted::new(typed) else {
            return Ok(found);
        };
        let mut pages = pages(&draft).peekable();
        if let Some(from) = from {
            while pages.next_if(|page| page.id != *from).is_some() {}
            pages.peek().ok_or(Error::NotFound("page"))?;
        }
        let (mut fresh, mut hits) = (0, 0);
        for page in pages {
            if fresh >= FRESH_PAGES || hits >= HITS || found.pages.len() >= PAGES {
                found.next = Some(page.id.clone());
                break;
            }
            let looked = self.find_on_page(page, &wanted).await?;
            fresh += usize::from(looked.1);
            hits += looked.0.hits.len();
            found.pages.push(looked.0);
        }
        Ok(found)
    }

    /// And whether the page had to be read for it.
    async fn find_on_page(
        &self,
        page: &Page,
        wanted: &Wanted,
    ) -> Result<(FoundOnPage, bool), Error> {
        let (runs, was_read) = match self.text_of(page).await {
            Ok(read) => read,
            Err(Error::Pdf(error)) if !matches!(error, PdfError::WorkerMissing { .. }) => {
                tracing::info!(%error, page = page.index, "a page's text cannot be read");
                (Arc::default(), true)
            }
            Err(error) => return Err(error),
        };
        let found = FoundOnPage {
            page: page.id.clone(),
            hits: wanted.places(&runs, HITS_ON_A_PAGE),
            has_text: !runs.is_empty(),
        };
        Ok((found, was_read))
    }

    /// And whether it had to be read.
    pub(crate) async fn text_of(&self, page: &Page) -> Result<(Arc<Vec<TextRun>>, bool), Error> {
        let kept = &self.inner.texts.texts;
        if let Some(runs) = kept.get(page) {
            return Ok((runs, false));
        }
        let document = self.open_blob(&page.blob).await?;
        let runs = document.text(page.index).await?;
        let bytes = runs.iter().map(bytes_of).sum();
        Ok((kept.keep(page, runs, bytes, TEXT_BYTES), true))
    }

    /// And whether they had to be looked for.
    pub(crate) async fn shapes_of(&self, page: &Page) -> Result<(Arc<PageShapes>, bool), Error> {
        let kept = &self.inner.texts.shapes;
        if let Some(shapes) = kept.get(page) {
            return Ok((shapes, false));
        }
        let document = self.open_blob(&page.blob).await?;
        let shapes = document.shapes(page.index).await?;
        let bytes = shapes.shapes.len() * size_of::<Shape>();
        Ok((kept.keep(page, shapes, bytes, SHAPES_BYTES), true))
    }

    async fn page_of(&self, draft: &DraftId, page: &PageId) -> Result<Page, Error> {
        let draft = self.draft_with_pages(draft).await?;
        let found = pages(&draft).find(|known| known.id == *page);
        found.cloned().ok_or(Error::NotFound("page"))
    }

    pub(crate) async fn draft_with_pages(&self, draft: &DraftId) -> Result<Draft, Error> {
        let draft = self.stored_draft(draft).await?;
        draft.ok_or(Error::NotFound("draft"))
    }
}

fn pages(draft: &Draft) -> impl Iterator<Item = &Page> {
    draft.documents.iter().flat_map(|document| &document.pages)
}

fn bytes_of(run: &TextRun) -> usize {
    size_of::<TextRun>() + run.text.len() + size_of_val(run.spans.as_slice())
}

/// What was read of pages, in this run.
#[derive(Default)]
pub(crate) struct Texts {
    texts: Kept<Vec<TextRun>>,
    shapes: Kept<PageShapes>,
}

/// Values by page, those used last, up to some bytes.
struct Kept<T>(Mutex<Shelf<T>>);

struct Shelf<T> {
    values: HashMap<(BlobId, u32), Entry<T>>,
    /// By when they were used.
    order: BTreeMap<u64, (BlobId, u32)>,
    uses: u64,
    bytes: usize,
}

struct Entry<T> {
    value: Arc<T>,
    used: u64,
    bytes: usize,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::new(Shelf {
            values: HashMap::new(),
            order: BTreeMap::new(),
            uses: 0,
            bytes: 0,
        }))
    }
}

impl<T> Kept<T> {
    fn get(&self, page: &Page) -> Option<Arc<T>> {
        let mut shelf = lock(&self.0);
        shelf.uses += 1;
        let used = shelf.uses;
        let key = (page.blob.clone(), page.index);
        let entry = shelf.values.get_mut(&key)?;
        let (value, before) = (
            Arc::clone(&entry.value),
            std::mem::replace(&mut entry.used, used),
        );
        shelf.order.remove(&before);
        shelf.order.insert(used, key);
        Some(value)
    }

    fn keep(&self, page: &Page, value: T, bytes: usize, most: usize) -> Arc<T> {
        // Also what is empty takes some room.
        let bytes = bytes + 200;
        let value = Arc::new(value);
        let mut shelf = lock(&self.0);
        shelf.uses += 1;
        let used = shelf.uses;
        let key = (page.blob.clone(), page.index);
        let entry = Entry {
            value: Arc::clone(&value),
            used,
            bytes,
        };
        if let Some(before) = shelf.values.insert(key.clone(), entry) {
            shelf.order.remove(&before.used);
            shelf.bytes -= before.bytes;
        }
        shelf.order.insert(used, key);
        shelf.bytes += bytes;
        while shelf.bytes > most {
            let Some((_, oldest)) = shelf.order.pop_first() else {
                break;
            };
            if let Some(gone) = shelf.values.remove(&oldest) {
                shelf.bytes -= gone.bytes;
            }
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paraph_domain::geometry::PageGeometry;

    fn page(index: u32) -> Page {
        Page {
            id: PageId::new(index.to_string()),
            blob: BlobId::new("ab".repeat(32)),
            index,
            geometry: PageGeometry::upright(595.0, 842.0),
            unreadable: false,
        }
    }

    #[test]
    fn what_was_used_longest_ago_makes_room() {
        let kept = Kept::default();
        for index in 0..3 {
            kept.keep(&page(index), index, 800, 3000);
        }
        assert_eq!(kept.get(&page(0)).as_deref(), Some(&0), "three fit");
        kept.keep(&page(3), 3, 800, 3000);
        let left: Vec<bool> = (0..4).map(|it| kept.get(&page(it)).is_some()).collect();
        assert_eq!(left, [true, false, true, true]);
        kept.keep(&page(3), 4, 800, 3000);
        assert_eq!(kept.get(&page(3)).as_deref(), Some(&4), "the newer one");
        assert_eq!(kept.get(&page(2)).as_deref(), Some(&2), "room counted once");
        let large = kept.keep(&page(5), 5, 10_000, 3000);
        assert_eq!(*large, 5, "what is too large to keep is still told");
        assert_eq!(kept.get(&page(5)), None);
    }
}
