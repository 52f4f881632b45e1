//! The documents that are open here, and what can be done with them.

use crate::connection::Cancelled;
use crate::pdfium::{Document, Library, Page};
use crate::source::{HEADER_WITHIN, SourceFile};
use crate::{examine, inspect, lines, marks, render, structure, text, writing};
use paraph_pdf::PdfError;
use paraph_pdf::protocol::{Answer, Work};
use std::collections::HashMap;
use std::sync::Arc;
use zeroize::Zeroizing;

/// How many pages of a document keep their content read.
const MAX_PAGES: usize = 4;

/// A job's answer and its bytes.
pub type Outcome = (Result<Answer, PdfError>, Vec<u8>);

pub struct Jobs {
    library: Library,
    cancelled: Cancelled,
    documents: HashMap<u64, Open>,
}

/// An open document.
struct Open {
    /// Before the document they belong to; most recently used last.
    pages: Vec<(u32, Page)>,
    document: Document,
    source: Arc<SourceFile>,
    password: Option<Zeroizing<String>>,
}

impl Jobs {
    pub fn new(library: Library, cancelled: Cancelled) -> Self {
        Self {
            library,
            cancelled,
            documents: HashMap::new(),
        }
    }

    pub fn attach(
        &mut self,
        id: u64,
        source: Option<SourceFile>,
        password: Option<Zeroizing<String>>,
    ) -> Outcome {
        let opened = Open::new(self.library, source, password);
        let result = opened.map(|open| {
            self.documents.insert(id, open);
            Answer::Attached
        });
        (result, Vec::new())
    }

    pub fn detach(&mut self, id: u64) {
        self.documents.remove(&id);
    }

    pub fn perform(&mut self, job: u64, document: u64, work: Work) -> Outcome {
        let Some(open) = self.documents.get_mut(&document) else {
            let detail = "the document is not open".to_owned();
            return (Err(PdfError::BadJob { detail }), Vec::new());
        };
        match open.perform(job, work, &self.cancelled) {
            Ok((answer, body)) => (Ok(answer), body),
            Err(error) => (Err(error), Vec::new()),
        }
    }
}

impl Open {
    fn new(
        library: Library,
        source: Option<SourceFile>,
        password: Option<Zeroizing<String>>,
    ) -> Result<Self, PdfError> {
        let source = source.ok_or_else(|| PdfError::BadJob {
            detail: "no document".into(),
        })?;
        if source.len() == 0 {
            return Err(PdfError::Empty);
        }
        let beginning = source
            .beginning(HEADER_WITHIN)
            .map_err(|error| PdfError::Unreadable {
                detail: error.to_string(),
            })?;
        if !beginning.windows(5).any(|bytes| bytes == b"%PDF-") {
            return Err(PdfError::NotPdf);
        }
        let source = Arc::new(source);
        let given = password.as_ref().map(|it| it.as_str());
        let document = Document::open(library, Arc::clone(&source), given)?;
        Ok(Self {
            pages: Vec::new(),
            document,
            source,
            password,
        })
    }

    fn perform(
        &mut self,
        job: u64,
        work: Work,
        cancelled: &Cancelled,
    ) -> Result<(Answer, Vec<u8>), PdfError> {
        let nothing = Vec::new();
        match work {
            Work::Inspect => {
                let info = inspect::inspect(&self.document, &self.source, self.password())?;
                Ok((Answer::Info(info), nothing))
            }
            Work::Draw {
                page,
                width,
                height,
                region,
                exact,
            } => {
                let size = self.page_size(page)?;
                let area = render::Area::new(size, width, height, region)?;
                let loaded = self.page(page)?;
                let picture = render::draw(loaded, &area, exact, job, cancelled)?;
                let (width, height, format) = (picture.width, picture.height, picture.format);
                let answer = Answer::Drawn {
                    width,
                    height,
                    format,
                };
                Ok((answer, picture.bytes))
            }
            Work::Look {
                page,
                width,
                height,
            } => {
                let size = self.page_size(page)?;
                let area = render::Area::new(size, width, Some(height), None)?;
                let look = |page: &Page| render::look(page, &area, job, cancelled);
                // Pages that somebody has before their eyes keep their content read.
                let pixels = match self.pages.iter().find(|(index, _)| *index == page) {
                    Some((_, kept)) => look(kept)?,
                    // Safety: the page goes with this expression, before the document.
                    None => look(&unsafe { self.document.load_page(page)? })?,
                };
                Ok((Answer::Look, pixels))
            }
            Work::Examine => {
                let contents = examine::examine(&self.document, &self.source, self.password())?;
                Ok((Answer::Contents(Box::new(contents)), nothing))
            }
            Work::Text { page, geometry } => {
                let loaded = self.page(page)?;
                let damaged = || PdfError::Damaged {
                    detail: format!("the text of page {page}"),
                };
                let letters = loaded.text().ok_or_else(damaged)?;
                Ok((Answer::Text(text::runs(&letters, &geometry)), nothing))
            }
            Work::Shapes { page, geometry } => {
                let found = lines::find(self.page(page)?, &geometry, job, cancelled)?;
                Ok((Answer::Shapes(found), nothing))
            }
            Work::FindMarks => {
                let objects = structure::readable(&self.document, &self.source, self.password())?;
                Ok((Answer::Marks(marks::find(&objects)), nothing))
            }
            Work::PrepareSigning(signing) => writing::write(
                &self.document,
                &self.source,
                &writing::Change::Signing(signing),
            ),
            Work::StampPages { text } => {
                writing::write(&self.document, &self.source, &writing::Change::Stamp(text))
            }
            Work::Straighten => {
                writing::write(&self.document, &self.source, &writing::Change::Straighten)
            }
            Work::RemoveProtection => {
                writing::remove_protection(&self.document, &self.source, self.password())
            }
        }
    }

    fn password(&self) -> Option<&str> {
        self.password.as_ref().map(|it| it.as_str())
    }

    fn page_size(&self, page: u32) -> Result<(f64, f64), PdfError> {
        let size = self.document.page_size(page);
        size.ok_or_else(|| match page < self.document.page_count() {
            true => PdfError::Damaged {
                detail: format!("page {page}"),
            },
            false => PdfError::NoSuchPage { page },
        })
    }

    /// The page with its content read.
    fn page(&mut self, page: u32) -> Result<&Page, PdfError> {
        if let Some(place) = self.pages.iter().position(|(index, _)| *index == page) {
            let known = self.pages.remove(place);
            self.pages.push(known);
        } else {
            if self.pages.len() >= MAX_PAGES {
                self.pages.remove(0);
            }
            // Safety: `pages` is declared before `document` and therefore dropped before it.
            let loaded = unsafe { self.document.load_page(page)? };
            self.pages.push((page, loaded));
        }
        match self.pages.last() {
            Some((_, loaded)) => Ok(loaded),
            None => Err(PdfError::NoSuchPage { page }),
        }
    }
}
