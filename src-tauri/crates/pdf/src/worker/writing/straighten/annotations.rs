//! Annotations, widgets and links of a page that is made plain.

use crate::structure::{self, Field};
use crate::writing::matrix::{
    IDENTITY, Matrix, apply, corners, in_place, reals, six_numbers, then, turned as turned_rect,
};
use crate::writing::update::Update;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use paraph_domain::geometry::{PageGeometry, UserRect};

/// Bit 5 of an annotation's /F: it stays upright when the page is turned (12.5.3).
const NO_ROTATE: i64 = 1 << 4;
/// Entries whose numbers are coordinates in pairs.
const POINTS: [&str; 5] = ["QuadPoints", "Vertices", "L", "CL", "InkList"];

/// The page's annotations as its new /Annots; those that are objects are changed in place.
pub fn turned(
    update: &mut Update,
    page: ObjectId,
    geometry: &PageGeometry,
    matrix: Matrix,
) -> Vec<Object> {
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
        let changes = changes(update.source(), &annotation, geometry, matrix);
        let looks = looks(update, &annotation, geometry, matrix);
        let mut annotation = annotation;
        for (key, value) in changes.into_iter().chain(looks) {
            annotation.set(key, value);
        }
        turned.push(match id {
            Some(id) => {
                update.set(id, annotation);
                Object::Reference(id)
            }
            None => Object::Dictionary(annotation),
        });
    }
    turned
}

/// What changes but for the appearance.
fn changes(
    document: &Document,
    annotation: &Dictionary,
    geometry: &PageGeometry,
    matrix: Matrix,
) -> Vec<(&'static str, Object)> {
    let entry = |key: &str| annotation.get_deref(key.as_bytes(), document).ok();
    let mut changes = Vec::new();
    let rect = entry("Rect").and_then(|it| structure::rect(document, it));
    if let Some(rect) = rect {
        let place = if stays_upright(document, annotation, geometry) {
            hung_up(rect, geometry.user_unit, matrix)
        } else {
            turned_rect(rect, matrix)
        };
        changes.push(("Rect", corners(place).into()));
        let inset = entry("RD").and_then(|it| inset(document, it, rect, matrix));
        changes.extend(inset.map(|inset| ("RD", inset)));
    }
    for key in POINTS {
        if let Some(points) = entry(key) {
            changes.push((key, turned_points(document, points, matrix, 0)));
        }
    }
    if is_widget(document, annotation) && !stays_upright(document, annotation, geometry) {
        changes.extend(own_rotation(document, annotation, geometry));
    }
    if geometry.user_unit != 1.0 {
        changes.extend(enlarged(document, annotation, geometry.user_unit));
    }
    changes
}

fn is_widget(document: &Document, annotation: &Dictionary) -> bool {
    let kind = annotation
        .get_deref(b"Subtype", document)
        .and_then(Object::as_name);
    kind.is_ok_and(|kind| kind == b"Widget")
}

fn stays_upright(document: &Document, annotation: &Dictionary, geometry: &PageGeometry) -> bool {
    let flags = annotation
        .get_deref(b"F", document)
        .and_then(Object::as_i64);
    geometry.rotation.degrees() != 0 && flags.is_ok_and(|flags| flags & NO_ROTATE != 0)
}

/// Upright, hung up by the corner that is its upper left one in user space.
fn hung_up(rect: UserRect, unit: f64, matrix: Matrix) -> UserRect {
    let (x, y) = apply(matrix, rect.llx, rect.ury);
    let (w, h) = rect.extent();
    UserRect {
        llx: x,
        lly: y - h * unit,
        urx: x + w * unit,
        ury: y,
    }
}

/// /RD, the distances of an inner rectangle from the left, top, right and bottom of `rect`.
fn inset(document: &Document, given: &Object, rect: UserRect, matrix: Matrix) -> Option<Object> {
    let number = |it| structure::number(document.dereference(it).ok()?.1);
    let given: Option<Vec<f64>> = given.as_array().ok()?.iter().map(number).collect();
    let [left, top, right, bottom] = given?.try_into().ok()?;
    let inner = UserRect {
        llx: rect.llx + left,
        lly: rect.lly + bottom,
        urx: rect.urx - right,
        ury: rect.ury - top,
    };
    let (outer, inner) = (turned_rect(rect, matrix), turned_rect(inner, matrix));
    let distances = [
        inner.llx - outer.llx,
        outer.ury - inner.ury,
        outer.urx - inner.urx,
        inner.lly - outer.lly,
    ];
    Some(reals(&distances).into())
}

/// A widget's /MK /R says how far its appearance is turned against the page, anticlockwise
/// (12.5.6.19): viewers that draw the appearance anew go by it.
fn own_rotation(
    document: &Document,
    widget: &Dictionary,
    geometry: &PageGeometry,
) -> Option<(&'static str, Object)> {
    if geometry.rotation.degrees() == 0 {
        return None;
    }
    let look = widget.get_deref(b"MK", document).and_then(Object::as_dict);
    let mut look = look.cloned().unwrap_or_default();
    let own = look
        .get_deref(b"R", document)
        .ok()
        .and_then(structure::number);
    let own = own.map_or(0, |own| own as i64);
    look.set("R", (own - geometry.rotation.degrees()).rem_euclid(360));
    Some(("MK", look.into()))
}

/// Thicknesses and font sizes, which are in user space too.
fn enlarged(
    document: &Document,
    annotation: &Dictionary,
    unit: f64,
) -> Vec<(&'static str, Object)> {
    let entry = |key: &str| annotation.get_deref(key.as_bytes(), document).ok();
    let mut changes = Vec::new();
    let style = entry("BS").and_then(|it| it.as_dict().ok());
    if let Some(style) = style {
        let mut style = style.clone();
        let width = style.get_deref(b"W", document).ok();
        let width = width.and_then(structure::number).unwrap_or(1.0);
        style.set("W", Object::Real((width * unit) as f32));
        if let Ok(dashes) = style.get_deref(b"D", document) {
            let dashes = multiplied(document, dashes, unit, 0);
            style.set("D", dashes);
        }
        changes.push(("BS", style.into()));
    }
    // Corner radii, width and dashes. Where nothing is said a line is one unit wide; of widgets
    // pdfium reads only the style.
    match entry("Border") {
        Some(border) => changes.push(("Border", multiplied(document, border, unit, 0))),
        None if style.is_some() => {}
        None if is_widget(document, annotation) => {
            let style = dictionary! { "W" => Object::Real(unit as f32) };
            changes.push(("BS", style.into()));
        }
        None => changes.push(("Border", reals(&[0.0, 0.0, unit]).into())),
    }
    let appearance = if is_widget(document, annotation) {
        let of_form = || structure::form(document)?.get_deref(b"DA", document).ok();
        Field::of(document, annotation).get(b"DA").or_else(of_form)
    } else {
        entry("DA")
    };
    let appearance = appearance.and_then(|it| with_larger_font(it.as_str().ok()?, unit));
    changes.extend(appearance.map(|it| ("DA", Object::string_literal(it))));
    changes
}

/// A default appearance whose font size is multiplied, where it states one (0 is as large as
/// fits).
fn with_larger_font(appearance: &[u8], unit: f64) -> Option<Vec<u8>> {
    let words: Vec<&[u8]> = appearance
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty())
        .collect();
    let operator = words.iter().position(|word| *word == b"Tf")?;
    let place = operator.checked_sub(1)?;
    let size: f64 = std::str::from_utf8(words.get(place)?).ok()?.parse().ok()?;
    let size = crate::writing::content::number(size * unit);
    let mut larger = words;
    *larger.get_mut(place)? = size.as_bytes();
    Some(larger.join(&b' '))
}

/// Every number in a list and the lists in it.
fn multiplied(document: &Document, object: &Object, by: f64, depth: usize) -> Object {
    let object = document.dereference(object).map_or(object, |(_, it)| it);
    match object {
        Object::Array(items) if depth < 4 => items
            .iter()
            .map(|item| multiplied(document, item, by, depth + 1))
            .collect::<Vec<_>>()
            .into(),
        other => match structure::number(other) {
            Some(number) => Object::Real((number * by) as f32),
            None => other.clone(),
        },
    }
}

/// Coordinates in pairs, or lists of such.
fn turned_points(document: &Document, points: &Object, matrix: Matrix, depth: usize) -> Object {
    let value = |object| document.dereference(object).map_or(object, |(_, it)| it);
    let Object::Array(items) = value(points) else {
        return points.clone();
    };
    let items: Vec<&Object> = items.iter().map(value).collect();
    if depth < 4 && items.iter().any(|item| matches!(item, Object::Array(_))) {
        let lists = items.into_iter();
        let lists = lists.map(|list| turned_points(document, list, matrix, depth + 1));
        return lists.collect::<Vec<_>>().into();
    }
    let (pairs, rest) = items.as_chunks::<2>();
    let mut turned = Vec::with_capacity(items.len());
    for [x, y] in pairs {
        match (structure::number(x), structure::number(y)) {
            (Some(x), Some(y)) => {
                let (x, y) = apply(matrix, x, y);
                turned.extend(reals(&[x, y]));
            }
            _ => turned.extend([(*x).clone(), (*y).clone()]),
        }
    }
    turned.extend(rest.iter().map(|it| (*it).clone()));
    turned.into()
}

/// The annotation's appearances, turned.
fn looks(
    update: &mut Update,
    annotation: &Dictionary,
    geometry: &PageGeometry,
    matrix: Matrix,
) -> Option<(&'static str, Object)> {
    let source = update.source();
    let looks = annotation.get_deref(b"AP", source).ok()?.as_dict().ok()?;
    if stays_upright(source, annotation, geometry) {
        return None;
    }
    let mut looks = looks.clone();
    for (_, look) in looks.iter_mut() {
        turn_look(update, look, matrix);
    }
    Some(("AP", looks.into()))
}

/// An appearance, or a dictionary of them by state: each gets a copy that is turned too. Where
/// it goes, viewers take from /Rect.
fn turn_look(update: &mut Update, look: &mut Object, matrix: Matrix) {
    let found = update.source().dereference(look).map(|(_, it)| it.clone());
    match found {
        Ok(Object::Stream(mut stream)) => {
            let own = stream.dict.get_deref(b"Matrix", update.source()).ok();
            let own = own.and_then(|it| six_numbers(update.source(), it));
            let turned = then(own.unwrap_or(IDENTITY), in_place(matrix));
            stream.dict.set("Matrix", reals(&turned));
            *look = Object::Reference(update.add(stream));
        }
        Ok(Object::Dictionary(mut states)) => {
            for (_, state) in states.iter_mut() {
                let is_look = |it: &Object| matches!(it, Object::Stream(_));
                if update
                    .source()
                    .dereference(state)
                    .is_ok_and(|(_, it)| is_look(it))
                {
                    turn_look(update, state, matrix);
                }
            }
            *look = Object::Dictionary(states);
        }
        _ => {}
    }
}
