//! Pages that are turned, cropped, scaled or shifted, made plain with the same look.
//!
//! A page's content becomes a form XObject whose matrix does what rotation, boxes and user unit
//! did, and whose box clips as the crop box did. A transformation in front of the content would
//! be less to write, but would leave patterns behind (their matrices count from the content's
//! beginning, not from the current transformation) and, behind content that does not restore what
//! it saved, would still be in force for whatever a provider appends. Annotations, destinations,
//! articles, viewports and tags follow in passes of their own.

mod annotations;
mod beads;
mod destinations;
mod tags;
mod viewports;

use crate::structure::{self, damaged};
use crate::writing::content::Content;
use crate::writing::font::packed;
use crate::writing::matrix::{Matrix, corners, from_user_space, reals, turned};
use crate::writing::update::Update;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use paraph_domain::geometry::PageGeometry;
use paraph_pdf::PdfError;
use std::collections::BTreeMap;

/// Errors: `AlreadySigned`, `Damaged`.
pub fn straighten(bytes: Vec<u8>, document: Document) -> Result<Vec<u8>, PdfError> {
    if structure::signature_count(&document) > 0 {
        return Err(PdfError::AlreadySigned);
    }
    let mut update = Update::of(bytes, document);
    let mut moved = BTreeMap::new();
    for page in update.pages() {
        // One page may stand twice in the page tree.
        if moved.contains_key(&page) {
            continue;
        }
        let geometry = structure::geometry(update.source(), page);
        if !geometry.is_straight() {
            let matrix = from_user_space(&geometry);
            straighten_page(&mut update, page, &geometry, matrix)?;
            moved.insert(page, matrix);
        }
    }
    destinations::turn(&mut update, &moved);
    beads::turn(&mut update, &moved);
    update.save()
}

fn straighten_page(
    update: &mut Update,
    page: ObjectId,
    geometry: &PageGeometry,
    matrix: Matrix,
) -> Result<(), PdfError> {
    let form = page_form(update, page, geometry, matrix)?;
    let annotations = annotations::turned(update, page, geometry, matrix);
    let print_boxes = print_boxes(update.source(), page, matrix);
    let viewports = viewports::turned(update.source(), page, geometry, matrix);

    let mut content = Content::default();
    content.xobject("ParaphPage");
    let content = update.add(content.into_stream());
    let size = geometry.displayed_size();
    let sheet = reals(&[0.0, 0.0, size.w, size.h]);
    let page = update.dictionary(page)?;
    for key in [&b"UserUnit"[..], b"Thumb", b"StructParents"] {
        page.remove(key);
    }
    if let Some(viewports) = viewports {
        page.set("VP", viewports);
    }
    for (key, value) in print_boxes {
        page.set(key, value);
    }
    page.set("MediaBox", sheet.clone());
    // Said outright, because pages may inherit others.
    page.set("CropBox", sheet);
    page.set("Rotate", 0);
    page.set(
        "Resources",
        dictionary! { "XObject" => dictionary! { "ParaphPage" => form } },
    );
    page.set("Contents", content);
    if !annotations.is_empty() {
        page.set("Annots", annotations);
    }
    Ok(())
}

/// What printers cut by, where the page says it.
fn print_boxes(
    document: &Document,
    page: ObjectId,
    matrix: Matrix,
) -> Vec<(&'static str, Vec<Object>)> {
    let boxed = |key: &'static str| {
        let page = document.get_dictionary(page).ok()?;
        let rect = structure::rect(document, page.get(key.as_bytes()).ok()?)?;
        Some((key, corners(turned(rect, matrix))))
    };
    ["BleedBox", "TrimBox", "ArtBox"]
        .into_iter()
        .filter_map(boxed)
        .collect()
}

fn page_form(
    update: &mut Update,
    page: ObjectId,
    geometry: &PageGeometry,
    matrix: Matrix,
) -> Result<ObjectId, PdfError> {
    let form = update.reserve();
    let tags = tags::follow(update, page, form, matrix)?;
    let resources = own_resources(update, page);
    let mut stream = content_stream(update.source(), page)?;
    let mut entries = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "FormType" => 1,
        "BBox" => corners(geometry.visible),
        "Matrix" => reals(&matrix),
        "Resources" => resources,
    };
    for key in ["Filter", "DecodeParms"] {
        if let Ok(value) = stream.dict.get(key.as_bytes()) {
            entries.set(key, value.clone());
        }
    }
    if let Some(key) = tags {
        entries.set("StructParents", key);
    }
    entries.set(
        "Length",
        i64::try_from(stream.content.len()).unwrap_or(i64::MAX),
    );
    stream.dict = entries;
    update.set(form, stream);
    Ok(form)
}

/// The page's resources with patterns that no other page uses: pdfium remembers where a pattern
/// begins from the first content that uses it, and each page's content begins elsewhere now.
fn own_resources(update: &mut Update, page: ObjectId) -> Dictionary {
    let source = update.source();
    let resources = structure::inherited(source, page, b"Resources");
    let mut resources = resources
        .and_then(|it| it.as_dict().ok())
        .cloned()
        .unwrap_or_default();
    let patterns = resources
        .get_deref(b"Pattern", source)
        .and_then(Object::as_dict);
    let Ok(mut patterns) = patterns.cloned() else {
        return resources;
    };
    for (_, pattern) in patterns.iter_mut() {
        let found = update.source().dereference(pattern);
        if let Ok((Some(_), found)) = found.map(|(id, it)| (id, it.clone())) {
            *pattern = update.add(found).into();
        }
    }
    resources.set("Pattern", patterns);
    resources
}

/// A page's content as one stream: as it is where it is one, else unpacked and joined. What is not
/// there counts as nothing (7.3.10); what is there and cannot be read is no content to leave out.
fn content_stream(document: &Document, page: ObjectId) -> Result<Stream, PdfError> {
    let mut streams = Vec::new();
    for id in document.get_page_contents(page) {
        match document.get_object(id) {
            Ok(Object::Null) | Err(lopdf::Error::ObjectNotFound(_)) => {}
            found => streams.push(found.and_then(Object::as_stream).map_err(damaged)?),
        }
    }
    if let [only] = streams.as_slice() {
        return Ok((*only).clone());
    }
    let mut joined = Vec::new();
    for stream in streams {
        let left = structure::MAX_UNPACKED.saturating_sub(joined.len());
        joined.extend(plain(document, stream, left)?);
        joined.push(b'\n');
    }
    Ok(packed(Stream::new(Dictionary::new(), joined)))
}

/// A stream's content, unpacked to at most `limit` bytes. lopdf does not follow references to
/// filters: it would take what is packed for what is meant.
fn plain(document: &Document, stream: &Stream, limit: usize) -> Result<Vec<u8>, PdfError> {
    let mut stream = stream.clone();
    for key in [&b"Filter"[..], b"DecodeParms"] {
        let Ok(entry) = stream.dict.get_deref(key, document) else {
            continue;
        };
        let mut entry = entry.clone();
        if let Ok(items) = entry.as_array_mut() {
            for item in items {
                if let Ok((_, found)) = document.dereference(item) {
                    *item = found.clone();
                }
            }
        }
        stream.dict.set(key, entry);
    }
    if stream.dict.has(b"Filter") {
        stream.filters().map_err(damaged)?;
    }
    stream.get_plain_content_with_limit(limit).map_err(damaged)
}
