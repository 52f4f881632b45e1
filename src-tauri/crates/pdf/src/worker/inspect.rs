//! What opening a document tells.

use crate::encryption;
use crate::pdfium::{Document, FormType};
use crate::source::SourceFile;
use crate::structure;
use paraph_domain::geometry::{PageGeometry, Rotation, UserRect};
use paraph_pdf::{Certification, DocumentInfo, PdfError};

/// How many pages may be unreadable before the whole document counts as damaged: a page count that
/// was made up must not keep the worker.
const MOST_UNREADABLE: usize = 100;

/// pdfium decides what is a page and how large it is shown; the objects explain it. Where the
/// two disagree, or the objects cannot be read, pdfium is asked page by page, which is slow and
/// leaves out the user unit that pdfium ignores.
pub fn inspect(
    document: &Document,
    source: &SourceFile,
    password: Option<&str>,
) -> Result<DocumentInfo, PdfError> {
    let count = document.page_count();
    if count == 0 {
        return Err(PdfError::NoPages);
    }
    let objects = structure::readable(document, source, password).ok();
    let known: Vec<PageGeometry> = objects.as_ref().map_or_else(Vec::new, |objects| {
        objects
            .page_iter()
            .map(|page| structure::geometry(objects, page))
            .collect()
    });
    let mut pages: Vec<Option<PageGeometry>> = Vec::new();
    let mut unreadable = Vec::new();
    for page in 0..count {
        let explained = known.get(page as usize).copied();
        let explained = explained.filter(|geometry| structure::explains(geometry, document, page));
        let geometry = match explained.map_or_else(|| by_pdfium(document, page), Ok) {
            Ok(geometry) => Some(geometry),
            Err(error) if unreadable.len() >= MOST_UNREADABLE => return Err(error),
            Err(_) => {
                unreadable.push(page);
                None
            }
        };
        pages.push(geometry);
    }
    let Some(pages) = beside_one_another(&pages) else {
        let detail = "all of its pages".to_owned();
        return Err(PdfError::Damaged { detail });
    };
    let signatures = match &objects {
        Some(objects) => structure::signature_count(objects),
        None => document.signatures(),
    };
    Ok(DocumentInfo {
        pages,
        unreadable,
        signatures,
        permits_no_change: objects.as_ref().and_then(structure::certification)
            == Some(Certification::NoChanges),
        has_form: document.form_type() != FormType::None,
        has_xfa: document.form_type() == FormType::Xfa,
        encryption: encryption::of(document, objects.as_ref(), source, password),
        bytes: source.len(),
    })
}

/// Pages of which nothing is known are shown as large as the page before them, or after: their
/// place has to have some size. None when nothing is known of any.
fn beside_one_another(pages: &[Option<PageGeometry>]) -> Option<Vec<PageGeometry>> {
    let first = pages.iter().flatten().next()?;
    let mut size = first.displayed_size();
    let filled = pages.iter().map(|page| match page {
        Some(geometry) => {
            size = geometry.displayed_size();
            *geometry
        }
        None => PageGeometry::upright(size.w, size.h),
    });
    Some(filled.collect())
}

fn by_pdfium(document: &Document, page: u32) -> Result<PageGeometry, PdfError> {
    // Safety: the page goes at the end of this function, before the document.
    let loaded = unsafe { document.load_page(page)? };
    let [llx, lly, urx, ury] = loaded.visible_box().ok_or_else(|| PdfError::Damaged {
        detail: format!("the box of page {page}"),
    })?;
    Ok(PageGeometry {
        visible: UserRect { llx, lly, urx, ury },
        rotation: Rotation::from_degrees(loaded.quarter_turns() * 90),
        user_unit: 1.0,
    })
}
