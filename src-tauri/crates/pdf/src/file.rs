//! A file that is handed to the workers, before anything is known of it.

use crate::client::{Attachment, Document, Pdf, unexpected};
use crate::protocol::{Answer, Work};
use crate::queue::Outcome;
use crate::{Image, PagePicture, PdfError, Priority};
use std::sync::Arc;

/// A file that can be drawn at once and [inspected](Self::inspect) when more has to be known; a
/// clone is another hold on it, and the last one closes it.
#[derive(Clone)]
pub struct PdfFile {
    pdf: Pdf,
    attachment: Arc<Attachment>,
}

impl PdfFile {
    pub(crate) fn new(pdf: Pdf, attachment: Arc<Attachment>) -> Self {
        Self { pdf, attachment }
    }

    /// Reads what the file is and what its pages are, which takes longer than to draw the first.
    ///
    /// Errors: as [`Pdf::open`].
    pub async fn inspect(&self) -> Result<Document, PdfError> {
        match self.ask(Work::Inspect, Priority::Visible).await? {
            (Answer::Info(info), _) => Ok(Document::new(self.clone(), info)),
            (answer, _) => Err(unexpected(&answer)),
        }
    }

    /// Draws a page or a part of it, with form fields and annotations as a reader shows them. What
    /// is noise all over comes as a JPEG, because a window waits for it.
    ///
    /// Errors: what the file is or is not, `NoSuchPage`, `BadTileSize` (also when the region is
    /// not on the page), `Damaged`.
    pub async fn draw(&self, picture: PagePicture, priority: Priority) -> Result<Image, PdfError> {
        let work = Work::Draw {
            page: picture.page,
            width: picture.width,
            height: None,
            region: picture.region,
            exact: false,
        };
        self.drawn(work, priority).await
    }

    pub(crate) async fn drawn(&self, work: Work, priority: Priority) -> Result<Image, PdfError> {
        match self.ask(work, priority).await? {
            (
                Answer::Drawn {
                    width,
                    height,
                    format,
                },
                bytes,
            ) => Ok(Image {
                bytes,
                format,
                width,
                height,
            }),
            (answer, _) => Err(unexpected(&answer)),
        }
    }

    pub(crate) fn pdf(&self) -> &Pdf {
        &self.pdf
    }

    pub(crate) async fn ask(&self, work: Work, priority: Priority) -> Outcome {
        self.pdf.ask(&self.attachment, work, priority).await
    }
}
