//! A document's objects, read by lopdf: what pdfium does not tell (boxes without reading content,
//! user units, form fields) and everything that is written.

use crate::pdfium;
use crate::source::SourceFile;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use paraph_domain::geometry::{PageGeometry, Rotation, UserRect};
use paraph_pdf::{Certification, PdfError};
use std::collections::HashSet;

/// The largest difference between what pdfium and what the boxes say of a page's size.
const SAME_SIZE: f64 = 0.02;
/// The most one stream may unpack to.
pub const MAX_UNPACKED: usize = 128 * 1024 * 1024;
/// The deepest chain of parents followed.
const MAX_DEPTH: usize = 64;
/// The largest /UserUnit that counts: with it a page of 200 inches is as large as Acrobat's
/// limits allow any (PDF 32000-1, annex C).
const MAX_USER_UNIT: f64 = 75_000.0;
/// What a page without a usable /MediaBox gets, as in pdfium.
const LETTER: UserRect = UserRect {
    llx: 0.0,
    lly: 0.0,
    urx: 612.0,
    ury: 792.0,
};

/// Errors: `Damaged`.
pub fn load(source: &SourceFile, password: Option<&str>) -> Result<(Vec<u8>, Document), PdfError> {
    let bytes = source.read_all().map_err(|error| PdfError::Unreadable {
        detail: error.to_string(),
    })?;
    let options = LoadOptions {
        password: password.map(str::to_owned),
        max_decompressed_size: Some(MAX_UNPACKED),
        ..LoadOptions::default()
    };
    let document = Document::load_mem_with_options(&bytes, options).map_err(damaged)?;
    Ok((bytes, document))
}

/// The document's objects for reading: the file's, or where those do not explain the pages that
/// pdfium shows, those of pdfium's copy.
///
/// Errors: `Damaged` when neither has as many pages.
pub fn readable(
    document: &pdfium::Document,
    source: &SourceFile,
    password: Option<&str>,
) -> Result<Document, PdfError> {
    let read = |source: &SourceFile| -> Option<(Document, Fit)> {
        let (_, objects) = load(source, password).ok()?;
        let fit = fit(&objects, document);
        Some((objects, fit))
    };
    let as_written = read(source);
    if let Some((objects, Fit::Sizes)) = as_written {
        return Ok(objects);
    }
    let copied = document
        .save_copy()
        .ok()
        .and_then(|copy| read(&SourceFile::Memory(copy)));
    let best = [copied, as_written]
        .into_iter()
        .flatten()
        .max_by_key(|(_, fit)| *fit);
    match best {
        Some((objects, Fit::Sizes | Fit::Count)) => Ok(objects),
        Some((_, Fit::Nothing)) | None => Err(PdfError::Damaged {
            detail: "its objects".to_owned(),
        }),
    }
}

/// How far a document's objects explain what pdfium shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Nothing,
    /// As many pages.
    Count,
    /// Every page in the same size.
    Sizes,
}

fn fit(objects: &Document, document: &pdfium::Document) -> Fit {
    let pages: Vec<ObjectId> = objects.page_iter().collect();
    if pages.len() != document.page_count() as usize {
        return Fit::Nothing;
    }
    let mut pages = (0..).zip(pages);
    let all = pages.all(|(index, page)| explains(&geometry(objects, page), document, index));
    if all { Fit::Sizes } else { Fit::Count }
}

/// Whether the objects have pdfium's pages, in its sizes.
pub fn explain_all(objects: &Document, document: &pdfium::Document) -> bool {
    fit(objects, document) == Fit::Sizes
}

/// Whether pdfium shows the page in the size that `geometry` gives it, but for the user unit,
/// which pdfium does not know.
pub fn explains(geometry: &PageGeometry, document: &pdfium::Document, page: u32) -> bool {
    let plain = PageGeometry {
        user_unit: 1.0,
        ..*geometry
    }
    .displayed_size();
    document
        .page_size(page)
        .is_some_and(|(w, h)| (w - plain.w).abs() <= SAME_SIZE && (h - plain.h).abs() <= SAME_SIZE)
}

pub fn damaged(error: lopdf::Error) -> PdfError {
    PdfError::Damaged {
        detail: error.to_string(),
    }
}

/// How a page is shown, by the rules of pdfium: boxes and rotation are inherited, the crop box
/// is cut to the media box, an empty media box is US letter. Where nothing of the crop box lies
/// on the media box it is ignored (pdfium would show nothing; see
/// [`pdfium::Document::page_size`]).
pub fn geometry(document: &Document, page: ObjectId) -> PageGeometry {
    let boxed = |key: &[u8]| inherited(document, page, key).and_then(|it| rect(document, it));
    let media = boxed(b"MediaBox").unwrap_or(LETTER);
    let visible = boxed(b"CropBox")
        .and_then(|crop| crop.intersection(&media))
        .unwrap_or(media);
    let rotation = inherited(document, page, b"Rotate").map_or(0, degrees);
    // /UserUnit is not inherited (PDF 32000-1, table 30).
    let user_unit = document
        .get_dictionary(page)
        .and_then(|page| page.get_deref(b"UserUnit", document))
        .ok()
        .and_then(number)
        .filter(|unit| *unit > 0.0 && *unit <= MAX_USER_UNIT)
        .unwrap_or(1.0);
    PageGeometry {
        visible,
        rotation: Rotation::from_degrees(rotation.into()),
        user_unit,
    }
}

/// A /Rotate value as pdfium 8149 reads it: fractions are cut off, whole numbers beyond 32 bits
/// and whatever is no number are 0.
fn degrees(object: &Object) -> i32 {
    match object {
        Object::Integer(value) => i32::try_from(*value).unwrap_or(0),
        Object::Real(value) => *value as i32,
        _ => 0,
    }
}

/// A page's entry, or the nearest ancestor's. An entry that is null is none, and hides the
/// ancestors', as in pdfium.
pub fn inherited<'a>(document: &'a Document, page: ObjectId, key: &[u8]) -> Option<&'a Object> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..MAX_DEPTH {
        if let Ok(value) = node.get_deref(key, document) {
            return Some(value).filter(|value| !matches!(value, Object::Null));
        }
        node = node.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
    }
    None
}

/// A rectangle with its corners in order, if it has an area.
pub fn rect(document: &Document, object: &Object) -> Option<UserRect> {
    let (_, object) = document.dereference(object).ok()?;
    let [a, b, c, d] = object.as_array().ok()?.as_slice() else {
        return None;
    };
    // What is no number counts as 0, as in pdfium.
    let value = |object| {
        let found = document.dereference(object).ok();
        found.and_then(|(_, it)| number(it)).unwrap_or(0.0)
    };
    let (a, b, c, d) = (value(a), value(b), value(c), value(d));
    let rect = UserRect {
        llx: a.min(c),
        lly: b.min(d),
        urx: a.max(c),
        ury: b.max(d),
    };
    (rect.llx < rect.urx && rect.lly < rect.ury).then_some(rect)
}

pub fn number(object: &Object) -> Option<f64> {
    match object {
        Object::Integer(value) => Some(*value as f64),
        Object::Real(value) => Some(f64::from(*value)),
        _ => None,
    }
}

/// The interactive form's dictionary.
pub fn form(document: &Document) -> Option<&Dictionary> {
    document
        .catalog()
        .ok()?
        .get_deref(b"AcroForm", document)
        .ok()?
        .as_dict()
        .ok()
}

/// A form field or widget with what it inherits from the fields above it.
pub struct Field<'a> {
    document: &'a Document,
    chain: Vec<&'a Dictionary>,
}

impl<'a> Field<'a> {
    pub fn of(document: &'a Document, widget: &'a Dictionary) -> Self {
        let mut chain = vec![widget];
        while chain.len() < MAX_DEPTH
            && let Some(node) = chain.last()
            && let Ok(parent) = node.get_deref(b"Parent", document)
            && let Ok(parent) = parent.as_dict()
        {
            chain.push(parent);
        }
        Self { document, chain }
    }

    /// The entry of the field or of the nearest field above it.
    pub fn get(&self, key: &[u8]) -> Option<&'a Object> {
        self.chain
            .iter()
            .find_map(|node| node.get_deref(key, self.document).ok())
    }

    pub fn is_signature(&self) -> bool {
        self.is_kind(b"Sig")
    }

    pub fn is_text(&self) -> bool {
        self.is_kind(b"Tx")
    }

    /// Whether it is a signature field with a signature value.
    pub fn is_signed(&self) -> bool {
        self.is_signature()
            && self
                .get(b"V")
                .and_then(|value| value.as_dict().ok())
                .is_some_and(|value| value.has(b"Contents"))
    }

    /// The full name: partial names from the root, with full stops between (12.7.3.2).
    pub fn name(&self) -> String {
        let partial = |node: &&Dictionary| {
            let name = node.get_deref(b"T", self.document).ok()?;
            lopdf::decode_text_string(name).ok()
        };
        let names: Vec<String> = self.chain.iter().rev().filter_map(partial).collect();
        names.join(".")
    }

    fn is_kind(&self, kind: &[u8]) -> bool {
        self.get(b"FT").and_then(|it| it.as_name().ok()) == Some(kind)
    }
}

/// Every widget of the document with the index of its page.
pub fn widgets(document: &Document) -> Vec<(u32, &Dictionary)> {
    let mut widgets = Vec::new();
    for (index, page) in (0..).zip(document.page_iter()) {
        let annotations = document
            .get_dictionary(page)
            .and_then(|page| page.get_deref(b"Annots", document))
            .and_then(Object::as_array);
        for annotation in annotations.into_iter().flatten() {
            let Ok((_, Object::Dictionary(annotation))) = document.dereference(annotation) else {
                continue;
            };
            if annotation
                .get(b"Subtype")
                .and_then(Object::as_name)
                .is_ok_and(|it| it == b"Widget")
            {
                widgets.push((index, annotation));
            }
        }
    }
    widgets
}

/// How many signature values the document bears: those of widgets, and those of fields that the
/// form lists without showing them.
pub fn signature_count(document: &Document) -> u32 {
    let widgets = widgets(document).into_iter().map(|(_, widget)| widget);
    let mut values: Vec<&Object> = Vec::new();
    for node in widgets.chain(listed_fields(document)) {
        let field = Field::of(document, node);
        // Told apart by where they are: several widgets may show one value.
        if let Some(value) = field.get(b"V").filter(|_| field.is_signed())
            && !values.iter().any(|known| std::ptr::eq(*known, value))
        {
            values.push(value);
        }
    }
    u32::try_from(values.len()).unwrap_or(u32::MAX)
}

/// What the document's author still permits, if they certified it (PDF 32000-2, 12.8.2.2: access
/// permissions of 1 to 3; 2 when left out).
pub fn certification(document: &Document) -> Option<Certification> {
    fn entry<'a>(document: &'a Document, of: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        of.get_deref(key, document).ok()?.as_dict().ok()
    }
    let permissions = entry(document, document.catalog().ok()?, b"Perms")?;
    let certified = entry(document, permissions, b"DocMDP")?;
    let access = || {
        let references = certified.get_deref(b"Reference", document).ok()?;
        references.as_array().ok()?.iter().find_map(|reference| {
            let (_, reference) = document.dereference(reference).ok()?;
            let parameters = entry(document, reference.as_dict().ok()?, b"TransformParams")?;
            parameters.get_deref(b"P", document).ok().and_then(number)
        })
    };
    Some(match access() {
        Some(1.0) => Certification::NoChanges,
        Some(3.0) => Certification::Annotations,
        _ => Certification::FormsAndSignatures,
    })
}

/// The fields that the form lists, and those below them.
pub fn listed_fields(document: &Document) -> Vec<&Dictionary> {
    let listed = form(document).and_then(|form| form.get_deref(b"Fields", document).ok());
    let mut waiting: Vec<&Object> = listed
        .and_then(|it| it.as_array().ok())
        .into_iter()
        .flatten()
        .collect();
    let (mut fields, mut seen) = (Vec::new(), HashSet::new());
    while let Some(object) = waiting.pop() {
        let Ok((id, Object::Dictionary(field))) = document.dereference(object) else {
            continue;
        };
        // Each object is looked at once, so that a circle of fields ends.
        if id.is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        fields.push(field);
        if let Ok(Ok(kids)) = field.get_deref(b"Kids", document).map(Object::as_array) {
            waiting.extend(kids);
        }
    }
    fields
}
