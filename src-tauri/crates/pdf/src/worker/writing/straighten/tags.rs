//! The structure that screen readers go by, of content that moves from a page into a form XObject.
//!
//! Structure elements name pieces of content by number within a page, or within a form XObject
//! that they name too (PDF 32000-1, 14.7.4). The parent tree, by which a reader finds the element
//! of a piece, only needs its key carried over from the page to the form.

use crate::structure;
use crate::writing::matrix::{Matrix, corners, turned};
use crate::writing::update::Update;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use paraph_pdf::PdfError;
use std::collections::BTreeSet;

/// The deepest a parent tree is followed.
const MAX_DEPTH: usize = 32;

/// Makes the elements of `page`'s content name `form`, and gives the key by which `form` is found
/// in the parent tree.
pub fn follow(
    update: &mut Update,
    page: ObjectId,
    form: ObjectId,
    matrix: Matrix,
) -> Result<Option<i64>, PdfError> {
    let source = update.source();
    let key = source
        .get_dictionary(page)
        .and_then(|page| page.get_deref(b"StructParents", source))
        .and_then(Object::as_i64);
    let Ok(key) = key else {
        return Ok(None);
    };
    let owners: BTreeSet<ObjectId> = parent_tree(source)
        .and_then(|tree| entry(source, tree, key, 0))
        .into_iter()
        .flatten()
        .filter_map(|owner| owner.as_reference().ok())
        .collect();
    for owner in owners {
        // Whatever the tree says, only elements are changed.
        if update.source().get_dictionary(owner).is_ok() {
            let move_to = Move { page, form, matrix };
            move_to.element(update, owner)?;
        }
    }
    Ok(Some(key))
}

fn parent_tree(document: &Document) -> Option<&Dictionary> {
    let root = document.catalog().ok()?;
    let root = root.get_deref(b"StructTreeRoot", document).ok()?;
    let tree = root.as_dict().ok()?.get_deref(b"ParentTree", document);
    tree.ok()?.as_dict().ok()
}

/// The list of elements under `key` in a number tree.
fn entry<'a>(
    document: &'a Document,
    node: &'a Dictionary,
    key: i64,
    depth: usize,
) -> Option<&'a Vec<Object>> {
    if depth > MAX_DEPTH {
        return None;
    }
    let list = |name: &[u8]| node.get_deref(name, document).and_then(Object::as_array);
    if let Ok(limits) = list(b"Limits")
        && let [first, last] = limits.as_slice()
        && let (Ok(first), Ok(last)) = (first.as_i64(), last.as_i64())
        && !(first..=last).contains(&key)
    {
        return None;
    }
    if let Ok(numbers) = list(b"Nums") {
        let (pairs, _) = numbers.as_chunks::<2>();
        let found = pairs
            .iter()
            .find(|[number, _]| number.as_i64().is_ok_and(|it| it == key));
        if let Some([_, value]) = found {
            return document.dereference(value).ok()?.1.as_array().ok();
        }
    }
    let kids = list(b"Kids").ok()?.iter();
    kids.filter_map(|kid| document.dereference(kid).ok()?.1.as_dict().ok())
        .find_map(|kid| entry(document, kid, key, depth + 1))
}

struct Move {
    page: ObjectId,
    form: ObjectId,
    matrix: Matrix,
}

impl Move {
    fn element(&self, update: &mut Update, owner: ObjectId) -> Result<(), PdfError> {
        let element = update.dictionary(owner)?;
        let page = element.get(b"Pg").and_then(Object::as_reference).ok();
        // An element of several pages names each with its piece.
        let is_here = page.is_none_or(|page| page == self.page);
        let kids = element.get(b"K").cloned().unwrap_or(Object::Null);
        let kids = match update.source().dereference(&kids) {
            Ok((_, Object::Array(list))) => {
                let list = list.clone().into_iter();
                list.map(|kid| self.kid(update, kid, is_here))
                    .collect::<Result<Vec<_>, _>>()?
                    .into()
            }
            _ => self.kid(update, kids, is_here)?,
        };
        let attributes = update.dictionary(owner)?.get(b"A").cloned();
        let attributes = attributes.ok().filter(|_| is_here);
        let attributes = attributes.map(|it| self.attributes(update.source(), it, 0));
        let element = update.dictionary(owner)?;
        element.set("K", kids);
        if let Some(attributes) = attributes {
            element.set("A", attributes);
        }
        Ok(())
    }

    /// A piece of content on the page, said to be in the form; anything else as it is.
    fn kid(&self, update: &mut Update, kid: Object, is_here: bool) -> Result<Object, PdfError> {
        match kid {
            Object::Integer(number) if is_here => Ok(dictionary! {
                "Type" => "MCR",
                "Pg" => self.page,
                "Stm" => self.form,
                "MCID" => number,
            }
            .into()),
            Object::Dictionary(mut piece) => {
                self.piece(&mut piece, is_here);
                Ok(piece.into())
            }
            Object::Reference(id) if update.source().get_dictionary(id).is_ok_and(is_piece) => {
                self.piece(update.dictionary(id)?, is_here);
                Ok(kid)
            }
            other => Ok(other),
        }
    }

    fn piece(&self, piece: &mut Dictionary, is_here: bool) {
        let page = piece.get(b"Pg").and_then(Object::as_reference).ok();
        let is_here = page.map_or(is_here, |page| page == self.page);
        if is_piece(piece) && is_here && !piece.has(b"Stm") {
            piece.set("Pg", self.page);
            piece.set("Stm", self.form);
        }
    }

    /// Where a figure or table lies on the page is an attribute (14.8.5.4.3).
    fn attributes(&self, document: &Document, attributes: Object, depth: usize) -> Object {
        let found = document.dereference(&attributes).map(|(_, it)| it.clone());
        match found {
            Ok(Object::Array(list)) if depth == 0 => {
                let list = list.into_iter();
                let list = list.map(|it| self.attributes(document, it, depth + 1));
                list.collect::<Vec<_>>().into()
            }
            Ok(Object::Dictionary(mut attributes)) => {
                let place = attributes.get(b"BBox").ok();
                let place = place.and_then(|it| structure::rect(document, it));
                if let Some(place) = place {
                    attributes.set("BBox", corners(turned(place, self.matrix)));
                }
                attributes.into()
            }
            _ => attributes,
        }
    }
}

fn is_piece(dictionary: &Dictionary) -> bool {
    dictionary.has(b"MCID")
}
