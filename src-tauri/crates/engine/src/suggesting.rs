//! What the words on a draft's pages ask for and say: places for fields, and advice.

use crate::Engine;
use crate::error::Error;
use paraph_domain::checks::{Problem, Reading};
use paraph_domain::draft::{Document, Draft, Page, Purpose};
use paraph_domain::ids::{DraftId, PageId};
use paraph_domain::page_content::{FormField, PageContent};
use paraph_domain::suggestions::{self, Limits, People, Suggestion};
use paraph_pdf::PdfError;

// One look at some pages, after which its answer is shown:
/// Pages that must be read first.
const FRESH_PAGES: usize = 8;
const PAGES: usize = 64;
/// The parties of a contract are named on its first pages.
const PARTIES: usize = 2;

/// What one look found.
pub struct Suggested {
    /// Every page that was looked at, in the draft's order.
    pub pages: Vec<SuggestedOnPage>,
    /// Where the next look begins.
    pub next: Option<PageId>,
}

pub struct SuggestedOnPage {
    pub page: PageId,
    /// In reading order, without those where a field of the draft stands.
    pub suggestions: Vec<Suggestion>,
}

impl Engine {
    /// Looks for places for fields, from a page on (`None`: the draft's first), a few pages a
    /// time; whoever wants more asks again from [`Suggested::next`]. Pages are read behind every
    /// picture. Dropping the future ends it.
    ///
    /// Errors: [`Error::NotFound`] when the draft or that page is gone.
    pub async fn suggest_fields(
        &self,
        draft: &DraftId,
        from: Option<&PageId>,
    ) -> Result<Suggested, Error> {
        let draft = self.draft_with_pages(draft).await?;
        let (_, capabilities) = self.account_of(&draft).await?;
        let limits = Limits::of(capabilities.as_ref());
        let people = self.people_of(&draft).await?;
        let mut pages = pages(&draft).peekable();
        if let Some(from) = from {
            while pages.next_if(|(_, page)| page.id != *from).is_some() {}
            pages.peek().ok_or(Error::NotFound("page"))?;
        }
        let mut found = Suggested {
            pages: Vec::new(),
            next: None,
        };
        let mut fresh = 0;
        for (document, page) in pages {
            if fresh >= FRESH_PAGES || found.pages.len() >= PAGES {
                found.next = Some(page.id.clone());
                break;
            }
            let mut suggestions = Vec::new();
            // Fields on attachments are refused, and what cannot be shown has no place.
            if document.purpose == Purpose::ToSign && !page.unreadable {
                let (content, was_read) = self.content_of(page).await?;
                fresh += usize::from(was_read);
                suggestions = suggestions::of_page(&content, &people, &limits);
            }
            found.pages.push(SuggestedOnPage {
                page: page.id.clone(),
                suggestions: suggestions::free(suggestions, &draft.fields),
            });
        }
        Ok(found)
    }

    /// Reads every page that is signed, and tells what their words say of the draft. Pages are read
    /// behind every picture. Dropping the future ends it.
    ///
    /// Errors: [`Error::NotFound`] when the draft is gone.
    pub async fn check_words(&self, draft: &DraftId) -> Result<Vec<Problem>, Error> {
        let draft = self.draft_with_pages(draft).await?;
        let (_, capabilities) = self.account_of(&draft).await?;
        let limits = Limits::of(capabilities.as_ref());
        let people = self.people_of(&draft).await?;
        let mut reading = Reading::of(&draft);
        for document in signed(&draft) {
            for (number, page) in (1..).zip(&document.pages) {
                if page.unreadable {
                    continue;
                }
                let (content, _) = self.content_of(page).await?;
                let places = suggestions::of_page(&content, &people, &limits);
                let free = suggestions::free(places, &draft.fields);
                reading.read(document, number, &content, &free);
                // What was read before is at hand, and others want the thread too.
                tokio::task::yield_now().await;
            }
        }
        Ok(reading.problems())
    }

    /// The draft's people, with the parts that the contracts give them.
    async fn people_of(&self, draft: &Draft) -> Result<People, Error> {
        let mut people = People::of(&draft.recipients);
        if draft.recipients.is_empty() {
            return Ok(people);
        }
        for document in signed(draft) {
            let mut texts = Vec::new();
            let first = document
                .pages
                .iter()
                .filter(|page| !page.unreadable)
                .take(PARTIES);
            for page in first {
                texts.push(readable(self.text_of(page).await, page)?.0);
            }
            people.learn(
                texts
                    .iter()
                    .flat_map(|runs| runs.iter())
                    .map(|run| run.text.as_str()),
            );
        }
        Ok(people)
    }

    /// And whether something of it had to be read. What cannot be read is absent.
    pub(crate) async fn content_of(&self, page: &Page) -> Result<(PageContent, bool), Error> {
        let (runs, text_was_read) = readable(self.text_of(page).await, page)?;
        let (shapes, shapes_were_read) = readable(self.shapes_of(page).await, page)?;
        let fields = self.signature_fields(&page.blob).await;
        let (fields, _) = readable(fields.map(|fields| (fields, false)), page)?;
        let here = |(index, rect)| (index == page.index).then_some(rect);
        let form_fields = fields
            .iter()
            .filter(|field| !field.signed)
            .filter_map(|field| {
                Some(FormField {
                    name: field.name.clone(),
                    rect: field.place.and_then(here)?,
                })
            });
        let content = PageContent {
            page: page.id.clone(),
            size: page.geometry.displayed_size(),
            runs,
            shapes,
            form_fields: form_fields.collect(),
        };
        Ok((content, text_was_read || shapes_were_read))
    }
}

/// What was read of a page, or nothing where the page cannot be read.
fn readable<T: Default>(read: Result<(T, bool), Error>, page: &Page) -> Result<(T, bool), Error> {
    match read {
        Err(Error::Pdf(error)) if !matches!(error, PdfError::WorkerMissing { .. }) => {
            tracing::info!(%error, page = page.index, "a page cannot be read for suggestions");
            Ok((T::default(), true))
        }
        read => read,
    }
}

fn signed(draft: &Draft) -> impl Iterator<Item = &Document> {
    let documents = draft.documents.iter();
    documents.filter(|document| document.purpose == Purpose::ToSign)
}

fn pages(draft: &Draft) -> impl Iterator<Item = (&Document, &Page)> {
    let documents = draft.documents.iter();
    documents.flat_map(|document| document.pages.iter().map(move |page| (document, page)))
}
