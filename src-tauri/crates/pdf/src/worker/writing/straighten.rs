//! Pages that are turned, cropped, scaled or shifted, made plain with the same look.
//!
//! A page's content becomes a form XObject whose matrix does what rotation, boxes and user unit
//! did, and whose box clips as the crop box did; unlike a transformation in front of the content
//! this keeps patterns in their place. Not carried along: destinations of links and bookmarks
//! within such a page (they still lead to the page), and the tags of its content.

use crate::structure::{self, damaged};
use crate::writing::content::Content;
use crate::writing::font::packed;
use crate::writing::update::Update;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use paraph_domain::geometry::{PageGeometry, Rect, UserRect};
use paraph_pdf::PdfError;

/// The most that a page's content streams may unpack to.
const MAX_UNPACKED: usize = 128 * 1024 * 1024;

/// Errors: `AlreadySigned`, `Damaged`.
pub fn straighten(bytes: Vec<u8>, document: Document) -> Result<Vec<u8>, PdfError> {
    if structure::signature_count(&document) > 0 {
        return Err(PdfError::AlreadySigned);
    }
    let mut update = Update::of(bytes, document);
    let mut pages = update.pages();
    // One page may stand twice in the page tree.
    pages.sort_unstable();
    pages.dedup();
    for page in pages {
        let geometry = structure::geometry(update.source(), page);
        if !geometry.is_straight() {
            straighten_page(&mut update, page, &geometry)?;
        }
    }
    update.save()
}

fn straighten_page(
    update: &mut Update,
    page: ObjectId,
    geometry: &PageGeometry,
) -> Result<(), PdfError> {
    let matrix = from_user_space(geometry);
    let form = page_form(update, page, geometry, matrix)?;
    let annotations = turned_annotations(update, page, matrix)?;

    let mut content = Content::default();
    content.xobject("ParaphPage");
    let content = update.add(content.into_stream());
    let size = geometry.displayed_size();
    let sheet = reals(&[0.0, 0.0, size.w, size.h]);
    let page = update.dictionary(page)?;
    for key in [
        &b"UserUnit"[..],
        b"BleedBox",
        b"TrimBox",
        b"ArtBox",
        b"Thumb",
        b"StructParents",
    ] {
        page.remove(key);
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

fn page_form(
    update: &mut Update,
    page: ObjectId,
    geometry: &PageGeometry,
    matrix: [f64; 6],
) -> Result<ObjectId, PdfError> {
    let UserRect { llx, lly, urx, ury } = geometry.visible;
    let source = update.source();
    let mut stream = content_stream(source, page)?;
    let resources = structure::inherited(source, page, b"Resources").cloned();
    let kept = ["Filter", "DecodeParms"];
    let mut entries = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "FormType" => 1,
        "BBox" => reals(&[llx, lly, urx, ury]),
        "Matrix" => reals(&matrix),
        "Resources" => resources.unwrap_or_else(|| Dictionary::new().into()),
    };
    for key in kept {
        if let Ok(value) = stream.dict.get(key.as_bytes()) {
            entries.set(key, value.clone());
        }
    }
    entries.set(
        "Length",
        i64::try_from(stream.content.len()).unwrap_or(i64::MAX),
    );
    stream.dict = entries;
    Ok(update.add(stream))
}

/// A page's content as one stream: as it is where it is one, else unpacked and joined.
fn content_stream(document: &Document, page: ObjectId) -> Result<Stream, PdfError> {
    let ids = document.get_page_contents(page).into_iter();
    let objects = ids.filter_map(|id| document.get_object(id).ok());
    let streams: Vec<&Stream> = objects.filter_map(|it| it.as_stream().ok()).collect();
    if let [only] = streams.as_slice() {
        return Ok((*only).clone());
    }
    let mut joined = Vec::new();
    for stream in streams {
        let left = MAX_UNPACKED.saturating_sub(joined.len());
        joined.extend(stream.get_plain_content_with_limit(left).map_err(damaged)?);
        joined.push(b'\n');
    }
    Ok(packed(Stream::new(Dictionary::new(), joined)))
}

fn turned_annotations(
    update: &mut Update,
    page: ObjectId,
    matrix: [f64; 6],
) -> Result<Vec<Object>, PdfError> {
    let source = update.source();
    let listed = source
        .get_dictionary(page)
        .and_then(|page| page.get_deref(b"Annots", source))
        .and_then(Object::as_array)
        .cloned()
        .unwrap_or_default();
    let mut turned = Vec::new();
    for item in listed {
        let (id, annotation) = match update.source().dereference(&item) {
            Ok((id, Object::Dictionary(annotation))) => (id, annotation.clone()),
            _ => continue,
        };
        let annotation = turned_annotation(update, annotation, matrix)?;
        turned.push(match id {
            Some(id) => {
                update.set(id, annotation);
                Object::Reference(id)
            }
            None => Object::Dictionary(annotation),
        });
    }
    Ok(turned)
}

fn turned_annotation(
    update: &mut Update,
    mut annotation: Dictionary,
    matrix: [f64; 6],
) -> Result<Dictionary, PdfError> {
    let source = update.source();
    let plain = |key: &[u8]| annotation.get_deref(key, source).ok().cloned();
    let mut changed = Vec::new();
    if let Some(rect) = plain(b"Rect").and_then(|it| structure::rect(source, &it)) {
        let a = apply(matrix, rect.llx, rect.lly);
        let b = apply(matrix, rect.urx, rect.ury);
        let corners = [a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)];
        changed.push(("Rect", Object::Array(reals(&corners))));
    }
    for key in ["QuadPoints", "Vertices", "L", "CL", "InkList"] {
        if let Some(mut points) = plain(key.as_bytes()) {
            turn_points(&mut points, matrix);
            changed.push((key, points));
        }
    }
    let looks = plain(b"AP").and_then(|it| it.as_dict().ok().cloned());
    for (key, value) in changed {
        annotation.set(key, value);
    }
    if let Some(mut looks) = looks {
        for (_, look) in looks.iter_mut() {
            turn_look(update, look, matrix)?;
        }
        annotation.set("AP", looks);
    }
    Ok(annotation)
}

/// An appearance, or a dictionary of them by state: each gets a copy that is turned too. Where
/// it goes, viewers take from /Rect.
fn turn_look(update: &mut Update, look: &mut Object, matrix: [f64; 6]) -> Result<(), PdfError> {
    let found = update.source().dereference(look).map(|(_, it)| it.clone());
    match found {
        Ok(Object::Stream(mut stream)) => {
            let own = stream
                .dict
                .get_deref(b"Matrix", update.source())
                .ok()
                .and_then(six_numbers);
            let own = own.unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
            let [a, b, c, d, ..] = matrix;
            let turned = then(own, [a, b, c, d, 0.0, 0.0]);
            stream.dict.set("Matrix", reals(&turned));
            *look = Object::Reference(update.add(stream));
        }
        Ok(Object::Dictionary(mut states)) => {
            for (_, state) in states.iter_mut() {
                if !matches!(
                    update.source().dereference(state),
                    Ok((_, Object::Dictionary(_)))
                ) {
                    turn_look(update, state, matrix)?;
                }
            }
            *look = Object::Dictionary(states);
        }
        _ => {}
    }
    Ok(())
}

/// Coordinates in pairs, or lists of such.
fn turn_points(points: &mut Object, matrix: [f64; 6]) {
    let Ok(items) = points.as_array_mut() else {
        return;
    };
    for item in items.iter_mut().filter(|it| matches!(it, Object::Array(_))) {
        turn_points(item, matrix);
    }
    for pair in items.chunks_exact_mut(2) {
        if let [x, y] = pair
            && let (Some(from_x), Some(from_y)) = (structure::number(x), structure::number(y))
        {
            let (to_x, to_y) = apply(matrix, from_x, from_y);
            *x = Object::Real(to_x as f32);
            *y = Object::Real(to_y as f32);
        }
    }
}

/// From displayed points with the origin at the lower left and y up to user space.
pub fn to_user_space(geometry: &PageGeometry) -> [f64; 6] {
    let height = geometry.displayed_size().h;
    matrix_of(|x, y| {
        let point = geometry.to_user(Rect {
            x,
            y: height - y,
            w: 0.0,
            h: 0.0,
        });
        (point.llx, point.lly)
    })
}

/// The other way.
fn from_user_space(geometry: &PageGeometry) -> [f64; 6] {
    let height = geometry.displayed_size().h;
    matrix_of(|x, y| {
        let point = geometry.to_displayed(UserRect {
            llx: x,
            lly: y,
            urx: x,
            ury: y,
        });
        (point.x, height - point.y)
    })
}

/// The matrix that does what `map`, which must be affine, does.
fn matrix_of(map: impl Fn(f64, f64) -> (f64, f64)) -> [f64; 6] {
    let (e, f) = map(0.0, 0.0);
    let (a, b) = map(1.0, 0.0);
    let (c, d) = map(0.0, 1.0);
    [a - e, b - f, c - e, d - f, e, f]
}

fn apply([a, b, c, d, e, f]: [f64; 6], x: f64, y: f64) -> (f64, f64) {
    (a * x + c * y + e, b * x + d * y + f)
}

/// First `first`, then `second`.
fn then(first: [f64; 6], second: [f64; 6]) -> [f64; 6] {
    matrix_of(|x, y| {
        let (x, y) = apply(first, x, y);
        apply(second, x, y)
    })
}

fn six_numbers(object: &Object) -> Option<[f64; 6]> {
    let numbers: Option<Vec<f64>> = object
        .as_array()
        .ok()?
        .iter()
        .map(structure::number)
        .collect();
    numbers?.try_into().ok()
}

fn reals(values: &[f64]) -> Vec<Object> {
    values
        .iter()
        .map(|value| Object::Real(*value as f32))
        .collect()
}
