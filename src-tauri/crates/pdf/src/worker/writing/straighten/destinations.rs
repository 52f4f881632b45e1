//! Places that bookmarks, links, named destinations and actions lead to.
//!
//! A destination is a list that begins with a page and one of a few names (PDF 32000-1, 12.3.2.2),
//! or with a structure element in place of the page, on whose page it then is (PDF 32000-2,
//! 12.3.2.3); nothing else in a PDF looks like one. So they are found wherever they are kept, in
//! chains of actions too, and the many ways to keep one need not be known here.

use crate::structure;
use crate::writing::matrix::{Matrix, turned};
use crate::writing::update::Update;
use lopdf::{Dictionary, Document, Object, ObjectId};
use paraph_domain::geometry::UserRect;
use std::collections::BTreeMap;

/// The deepest nesting of lists and dictionaries looked into.
const MAX_DEPTH: usize = 32;
/// The most elements below one that are asked for their page.
const MAX_ELEMENTS: usize = 1000;

/// Moves every destination on a page of `moved` as the page's content was.
pub fn turn(update: &mut Update, moved: &BTreeMap<ObjectId, Matrix>) {
    if moved.is_empty() {
        return;
    }
    let ids: Vec<ObjectId> = update.source().objects.keys().copied().collect();
    for id in ids {
        let object = update.current(id);
        let Some(object) = object.filter(|it| leads(update.source(), it, moved, 0)) else {
            continue;
        };
        let mut object = object.clone();
        turn_in(update.source(), &mut object, moved, 0);
        update.set(id, object);
    }
}

/// Whether a destination to be moved is in the object itself.
fn leads(
    document: &Document,
    object: &Object,
    moved: &BTreeMap<ObjectId, Matrix>,
    depth: usize,
) -> bool {
    let within = |it: &Object| depth < MAX_DEPTH && leads(document, it, moved, depth + 1);
    match object {
        Object::Array(items) => {
            matrix_for(document, items, moved).is_some() || items.iter().any(within)
        }
        Object::Dictionary(entries) => entries.iter().any(|(_, it)| within(it)),
        _ => false,
    }
}

fn turn_in(
    document: &Document,
    object: &mut Object,
    moved: &BTreeMap<ObjectId, Matrix>,
    depth: usize,
) {
    if depth > MAX_DEPTH {
        return;
    }
    match object {
        Object::Array(items) => match matrix_for(document, items, moved) {
            Some(matrix) => turn_destination(document, items, matrix),
            None => {
                for item in items {
                    turn_in(document, item, moved, depth + 1);
                }
            }
        },
        Object::Dictionary(entries) => {
            for (_, entry) in entries.iter_mut() {
                turn_in(document, entry, moved, depth + 1);
            }
        }
        _ => {}
    }
}

fn matrix_for(
    document: &Document,
    items: &[Object],
    moved: &BTreeMap<ObjectId, Matrix>,
) -> Option<Matrix> {
    const KINDS: [&[u8]; 6] = [b"XYZ", b"FitH", b"FitV", b"FitR", b"FitBH", b"FitBV"];
    match items {
        [Object::Reference(place), Object::Name(kind), ..] if KINDS.contains(&kind.as_slice()) => {
            let page = moved.get_key_value(place);
            let page = page.map_or_else(|| page_of_element(document, *place), |it| Some(*it.0));
            moved.get(&page?).copied()
        }
        _ => None,
    }
}

/// The page of a structure element: its own, or that of the first content below it.
fn page_of_element(document: &Document, element: ObjectId) -> Option<ObjectId> {
    let is_element =
        |it: &&Dictionary| it.has(b"S") && (it.has(b"P") || it.has_type(b"StructElem"));
    document.get_dictionary(element).ok().filter(is_element)?;
    let first = Object::Reference(element);
    let mut waiting = vec![&first];
    for _ in 0..MAX_ELEMENTS {
        let Ok((_, found)) = document.dereference(waiting.pop()?) else {
            continue;
        };
        match found {
            Object::Dictionary(entries) => {
                if let Ok(page) = entries.get(b"Pg").and_then(Object::as_reference) {
                    return Some(page);
                }
                waiting.extend(entries.get(b"K").ok());
            }
            Object::Array(kids) => waiting.extend(kids.iter().rev()),
            _ => {}
        }
    }
    None
}

/// Coordinates that are left out stay so: viewers keep what they show.
fn turn_destination(document: &Document, items: &mut Vec<Object>, matrix: Matrix) {
    let number = |place: usize| -> Option<f64> {
        let (_, value) = document.dereference(items.get(place)?).ok()?;
        structure::number(value)
    };
    let [a, b, c, d, e, f] = matrix;
    // A quarter turn takes x to y and y to x.
    let is_quarter = a.abs() < b.abs();
    let across = |from_x: Option<f64>, from_y: Option<f64>| match is_quarter {
        true => from_y.map(|y| c * y + e),
        false => from_x.map(|x| a * x + e),
    };
    let up = |from_x: Option<f64>, from_y: Option<f64>| match is_quarter {
        true => from_x.map(|x| b * x + f),
        false => from_y.map(|y| d * y + f),
    };
    let kind = match items.get(1) {
        Some(Object::Name(kind)) => kind.clone(),
        _ => return,
    };
    let (kind, places): (&[u8], Vec<Option<f64>>) = match (kind.as_slice(), is_quarter) {
        (b"XYZ", _) => {
            let (x, y) = (number(2), number(3));
            (b"XYZ", vec![across(x, y), up(x, y)])
        }
        (b"FitH", false) => (b"FitH", vec![up(None, number(2))]),
        (b"FitH", true) => (b"FitV", vec![across(None, number(2))]),
        (b"FitBH", false) => (b"FitBH", vec![up(None, number(2))]),
        (b"FitBH", true) => (b"FitBV", vec![across(None, number(2))]),
        (b"FitV", false) => (b"FitV", vec![across(number(2), None)]),
        (b"FitV", true) => (b"FitH", vec![up(number(2), None)]),
        (b"FitBV", false) => (b"FitBV", vec![across(number(2), None)]),
        (b"FitBV", true) => (b"FitBH", vec![up(number(2), None)]),
        (b"FitR", _) => match (number(2), number(3), number(4), number(5)) {
            (Some(llx), Some(lly), Some(urx), Some(ury)) => {
                let rect = UserRect { llx, lly, urx, ury };
                let UserRect { llx, lly, urx, ury } = turned(rect, matrix);
                (b"FitR", [llx, lly, urx, ury].map(Some).to_vec())
            }
            _ => return,
        },
        _ => return,
    };
    let page = items.first().cloned().unwrap_or(Object::Null);
    let rest: Vec<Object> = items.iter().skip(2 + places.len()).cloned().collect();
    let places = places.into_iter().map(|place| match place {
        Some(place) => Object::Real(place as f32),
        None => Object::Null,
    });
    *items = [page, Object::Name(kind.to_vec())]
        .into_iter()
        .chain(places)
        .chain(rest)
        .collect();
}
