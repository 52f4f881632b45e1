//! What a document has in it beside its pages, told from its objects alone: no page's content is
//! read, so that a thousand pages take no longer than their objects.

use crate::active::Active;
use crate::pdfium;
use crate::resources::Resources;
use crate::source::{HEADER_WITHIN, SourceFile};
use crate::structure::{self, Field};
use crate::{marks, writing};
use lopdf::{Dictionary, Document, Object};
use paraph_pdf::{
    Contents, FormFields, FoundKind, FoundMark, PageContents, PdfError, SignatureField, Xfa,
};

/// A field that looks like a button to press, and one of which one choice is made (PDF 32000-2,
/// table 229).
const PUSH_BUTTON: i64 = 1 << 16;
const RADIO: i64 = 1 << 15;

/// Errors: `Damaged` when the objects cannot be read.
pub fn examine(
    document: &pdfium::Document,
    source: &SourceFile,
    password: Option<&str>,
) -> Result<Contents, PdfError> {
    let as_written = structure::load(source, password).ok();
    let sound = as_written.filter(|(_, objects)| writing::is_sound(objects, document));
    let repaired = sound.is_none() || !document.has_valid_cross_references();
    let objects = match sound {
        Some((_, objects)) => objects,
        None => structure::readable(document, source, password)?,
    };
    let mut resources = Resources::of(&objects);
    let mut page_contents = PageContents::default();
    for page in objects.page_iter() {
        let found = resources.page(page);
        if found.fonts {
            page_contents.text += 1;
        } else if found.pictures {
            page_contents.pictures += 1;
        } else {
            page_contents.neither += 1;
        }
    }
    let fonts_not_embedded = resources.fonts_not_embedded();
    let active = Active::of(&objects);
    let catalog = objects.catalog().ok();
    Ok(Contents {
        version: version(source, catalog),
        repaired,
        signature_fields: signature_fields(&objects),
        certification: structure::certification(&objects),
        form: form_fields(&objects),
        xfa: xfa(&objects, catalog),
        page_contents,
        fonts_not_embedded,
        portfolio: catalog.is_some_and(|catalog| {
            let collection = catalog.get_deref(b"Collection", &objects);
            collection.is_ok_and(|it| it.as_dict().is_ok())
        }),
        attachments: active.attachments,
        javascript: active.javascript,
        launch_actions: active.launch_actions,
        media: active.media,
    })
}

/// The later of what the header and the catalog say (PDF 32000-2, 7.5.2).
fn version(source: &SourceFile, catalog: Option<&Dictionary>) -> Option<(u8, u8)> {
    let parse = |text: &[u8]| {
        let text = std::str::from_utf8(text.get(..3)?).ok()?;
        let (major, minor) = text.split_once('.')?;
        Some((major.parse().ok()?, minor.parse().ok()?))
    };
    let beginning = source.beginning(HEADER_WITHIN).ok()?;
    let header = beginning
        .windows(8)
        .find_map(|bytes| parse(bytes.strip_prefix(b"%PDF-")?));
    let later = catalog
        .and_then(|catalog| catalog.get(b"Version").ok()?.as_name().ok())
        .and_then(parse);
    header.max(later)
}

/// Those that pages show, each widget for itself, then those that only the form knows.
fn signature_fields(objects: &Document) -> Vec<SignatureField> {
    let shown = |mark: FoundMark| match mark.kind {
        FoundKind::Signature { signed } => Some(SignatureField {
            name: shortened(mark.field_name),
            place: Some((mark.page, mark.rect)),
            signed,
        }),
        FoundKind::Text { .. } => None,
    };
    let mut fields: Vec<SignatureField> = marks::find(objects)
        .into_iter()
        .filter_map(shown)
        .take(Contents::LONGEST_LIST)
        .collect();
    for field in terminal_fields(objects) {
        if fields.len() >= Contents::LONGEST_LIST {
            break;
        }
        let name = shortened(field.name());
        if field.is_signature() && !fields.iter().any(|known| known.name == name) {
            let signed = field.is_signed();
            let place = None;
            fields.push(SignatureField {
                name,
                place,
                signed,
            });
        }
    }
    fields
}

/// The fields that hold a value: they have a name, and nothing below them has one.
fn terminal_fields(objects: &Document) -> impl Iterator<Item = Field<'_>> {
    let is_named = |field: &Dictionary| field.has(b"T");
    let has_fields_below = move |field: &Dictionary| {
        let kids = field.get_deref(b"Kids", objects).and_then(Object::as_array);
        kids.into_iter().flatten().any(|kid| {
            let kid = objects.dereference(kid).and_then(|(_, it)| it.as_dict());
            kid.is_ok_and(is_named)
        })
    };
    structure::listed_fields(objects)
        .into_iter()
        .filter(move |field| is_named(field) && !has_fields_below(field))
        .map(|field| Field::of(objects, field))
}

fn form_fields(objects: &Document) -> FormFields {
    let mut count = FormFields::default();
    for field in terminal_fields(objects) {
        let flags = field.get(b"Ff").and_then(|it| it.as_i64().ok());
        let has = |flag| flags.unwrap_or(0) & flag != 0;
        let of_kind = match field.get(b"FT").and_then(|it| it.as_name().ok()) {
            Some(b"Tx") => &mut count.text,
            Some(b"Btn") if has(PUSH_BUTTON) => &mut count.push_buttons,
            Some(b"Btn") if has(RADIO) => &mut count.radio_groups,
            Some(b"Btn") => &mut count.check_boxes,
            Some(b"Ch") => &mut count.choices,
            Some(b"Sig") => &mut count.signatures,
            _ => continue,
        };
        *of_kind += 1;
    }
    count
}

/// /NeedsRendering says that the pages are made by the viewer (PDF 32000-2, table 29).
fn xfa(objects: &Document, catalog: Option<&Dictionary>) -> Option<Xfa> {
    let packets = structure::form(objects)?.get_deref(b"XFA", objects).ok()?;
    if matches!(packets, Object::Null) {
        return None;
    }
    let needs_rendering = catalog
        .and_then(|catalog| catalog.get_deref(b"NeedsRendering", objects).ok())
        .is_some_and(|it| matches!(it, Object::Boolean(true)));
    if needs_rendering && structure::widgets(objects).is_empty() {
        Some(Xfa::Dynamic)
    } else {
        Some(Xfa::WithPages)
    }
}

/// Names are for people; a hostile one must not fill the answer.
pub fn shortened(name: String) -> String {
    const LONGEST: usize = 300;
    if name.chars().count() <= LONGEST {
        return name;
    }
    name.chars().take(LONGEST).collect()
}
