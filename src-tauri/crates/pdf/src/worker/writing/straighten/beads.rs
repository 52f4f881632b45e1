//! The pieces of articles, which a reader follows over pages (PDF 32000-1, 12.4.3).

use crate::structure;
use crate::writing::matrix::{Matrix, corners, turned};
use crate::writing::update::Update;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;

/// Moves the rectangle of every bead on a page of `moved` as the page's content was. A page need
/// not list its beads, so they are looked for among all objects.
pub fn turn(update: &mut Update, moved: &BTreeMap<ObjectId, Matrix>) {
    let ids: Vec<ObjectId> = update.source().objects.keys().copied().collect();
    for id in ids {
        let Some(Object::Dictionary(bead)) = update.current(id) else {
            continue;
        };
        let Some(place) = new_place(update.source(), bead, moved) else {
            continue;
        };
        let mut bead = bead.clone();
        bead.set("R", place);
        update.set(id, bead);
    }
}

/// Beads are linked in a ring, and nothing else has a page and a rectangle under these names.
fn new_place(
    document: &Document,
    bead: &Dictionary,
    moved: &BTreeMap<ObjectId, Matrix>,
) -> Option<Vec<Object>> {
    let matrix = moved.get(&bead.get(b"P").and_then(Object::as_reference).ok()?)?;
    let place = structure::rect(document, bead.get(b"R").ok()?)?;
    (bead.has(b"N") && bead.has(b"V")).then(|| corners(turned(place, *matrix)))
}
