//! What opening a document tells.

use crate::encryption;
use crate::pdfium::{Document, FormType};
use crate::source::SourceFile;
use crate::structure;
use paraph_domain::geometry::{PageGeometry, Rotation, UserRect};
use paraph_pdf::{Certification, DocumentInfo, PdfError};

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
    let pages: Result<Vec<PageGeometry>, PdfError> = (0..count)
        .map(|page| {
            let explained = known.get(page as usize).copied();
            match explained.filter(|geometry| structure::explains(geometry, document, page)) {
                Some(geometry) => Ok(geometry),
                None => by_pdfium(document, page),
            }
        })
        .collect();
    let signatures = match &objects {
        Some(objects) => structure::signature_count(objects),
        None => document.signatures(),
    };
    Ok(DocumentInfo {
        pages: pages?,
        signatures,
        permits_no_change: objects.as_ref().and_then(structure::certification)
            == Some(Certification::NoChanges),
        has_form: document.form_type() != FormType::None,
        has_xfa: document.form_type() == FormType::Xfa,
        encryption: encryption::of(document, objects.as_ref(), source, password),
        bytes: source.len(),
    })
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
