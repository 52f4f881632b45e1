//! Everything that writes PDFs: as incremental updates of the source file, but for the copy without
//! protection, which is written anew.

mod appearance;
mod content;
mod font;
mod matrix;
mod signing;
mod stamp;
mod straighten;
mod update;

use crate::encryption;
use crate::pdfium;
use crate::source::SourceFile;
use crate::structure;
use lopdf::Document;
use paraph_domain::geometry::{PageGeometry, Size};
use paraph_pdf::protocol::Answer;
use paraph_pdf::{PdfError, SigningJob};
use std::sync::Arc;

/// What is to be written.
pub enum Change {
    Signing(SigningJob),
    Stamp(String),
    Straighten,
}

/// Errors: `UnsupportedSecurity`, `AlreadySigned`, `Damaged`, and those of the change.
pub fn write(
    document: &pdfium::Document,
    source: &SourceFile,
    change: &Change,
) -> Result<(Answer, Vec<u8>), PdfError> {
    if document.is_encrypted() {
        return Err(PdfError::UnsupportedSecurity);
    }
    let (bytes, objects) = base(document, source)?;
    let expected = match change {
        Change::Signing(_) | Change::Stamp(_) => shown_sizes(document),
        Change::Straighten => displayed_sizes(&objects),
    };
    let (answer, bytes) = match change {
        Change::Signing(job) => signing::prepare(bytes, objects, job)?,
        Change::Stamp(text) => (Answer::Rewritten, stamp::stamp_pages(bytes, objects, text)?),
        Change::Straighten => (Answer::Rewritten, straighten::straighten(bytes, objects)?),
    };
    let bytes = checked(document, bytes, &expected)?;
    if let Change::Signing(job) = change {
        check_field(&bytes, job)?;
    }
    Ok((answer, bytes))
}

/// The document without encryption.
///
/// Errors: as [`paraph_pdf::Document::without_protection`].
pub fn remove_protection(
    document: &pdfium::Document,
    source: &SourceFile,
    password: Option<&str>,
) -> Result<(Answer, Vec<u8>), PdfError> {
    let objects = structure::readable(document, source, password).ok();
    let protection = encryption::of(document, objects.as_ref(), source, password);
    let Some(protection) = protection else {
        let detail = "the document is not encrypted".to_owned();
        return Err(PdfError::BadJob { detail });
    };
    let signatures = objects.as_ref().map_or(0, structure::signature_count);
    if signatures.max(document.signatures()) > 0 {
        return Err(PdfError::AlreadySigned);
    }
    if !protection.permits_signing() {
        return Err(PdfError::NotPermitted);
    }
    let copy = document.save_unprotected_copy()?;
    let copy = checked(document, copy, &shown_sizes(document))?;
    Ok((Answer::Rewritten, copy))
}

/// The file's bytes and objects; of a damaged file that is not signed, what pdfium makes of it,
/// because readers repair differently and pdfium's pages are what was shown.
fn base(document: &pdfium::Document, source: &SourceFile) -> Result<(Vec<u8>, Document), PdfError> {
    let as_written = structure::load(source, None);
    if let Ok((_, objects)) = &as_written
        && is_sound(objects, document)
    {
        return as_written;
    }
    let signed = as_written.is_ok_and(|(_, objects)| structure::signature_count(&objects) > 0);
    if signed || document.signatures() > 0 {
        let detail = "it is signed and cannot be continued as it is".to_owned();
        return Err(PdfError::Damaged { detail });
    }
    let repaired = structure::load(&SourceFile::Memory(document.save_copy()?), None)?;
    if is_sound(&repaired.1, document) {
        return Ok(repaired);
    }
    Err(PdfError::Damaged {
        detail: "it cannot be repaired".to_owned(),
    })
}

/// Whether the objects were read as written and are those that pdfium shows.
pub fn is_sound(objects: &Document, document: &pdfium::Document) -> bool {
    objects.xref_recovery.is_none()
        && objects.xref_start != 0
        && structure::explain_all(objects, document)
}

/// `bytes`, if pdfium finds in it the pages that are expected.
fn checked(
    document: &pdfium::Document,
    bytes: Vec<u8>,
    expected: &[Option<Size>],
) -> Result<Vec<u8>, PdfError> {
    let source = Arc::new(SourceFile::Memory(bytes));
    let written = pdfium::Document::open(document.library(), Arc::clone(&source), None)?;
    let found = shown_sizes(&written);
    drop(written);
    let close = |a: &Option<Size>, b: &Option<Size>| match (a, b) {
        (Some(a), Some(b)) => (a.w - b.w).abs() < 0.02 && (a.h - b.h).abs() < 0.02,
        // A page that could not be read before.
        (None, None) => true,
        _ => false,
    };
    let same = found.len() == expected.len()
        && found
            .iter()
            .zip(expected)
            .all(|(found, expected)| close(found, expected));
    match Arc::try_unwrap(source) {
        Ok(SourceFile::Memory(bytes)) if same => Ok(bytes),
        _ => Err(PdfError::Damaged {
            detail: "its pages do not survive a change".to_owned(),
        }),
    }
}

/// A form that is broken may swallow a new field.
fn check_field(bytes: &[u8], job: &SigningJob) -> Result<(), PdfError> {
    let written = Document::load_mem(bytes).map_err(structure::damaged)?;
    let is_there = structure::widgets(&written).into_iter().any(|(_, widget)| {
        let field = structure::Field::of(&written, widget);
        field.is_signed() && field.name() == job.field_name
    });
    if is_there {
        return Ok(());
    }
    Err(PdfError::Damaged {
        detail: "its form does not take a new field".to_owned(),
    })
}

fn shown_sizes(document: &pdfium::Document) -> Vec<Option<Size>> {
    let size = |page| document.page_size(page).map(|(w, h)| Size { w, h });
    (0..document.page_count()).map(size).collect()
}

fn displayed_sizes(objects: &Document) -> Vec<Option<Size>> {
    let geometry = |page| -> PageGeometry { structure::geometry(objects, page) };
    objects
        .page_iter()
        .map(|page| Some(geometry(page).displayed_size()))
        .collect()
}
