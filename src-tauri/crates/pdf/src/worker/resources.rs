//! What pages may draw with: fonts and pictures, as their resources name them.

use crate::examine::shortened;
use crate::structure;
use lopdf::{Dictionary, Document, Object, ObjectId};
use paraph_pdf::Contents;
use std::collections::{BTreeSet, HashMap, HashSet};

/// How deep forms within forms are followed.
const MAX_DEPTH: usize = 16;

/// What was found below one dictionary of resources.
#[derive(Debug, Clone, Copy, Default)]
pub struct Found {
    pub fonts: bool,
    pub pictures: bool,
}

/// A walk over the resources of all pages. What several of them share is looked at once; it is
/// known by its address, which lasts as long as the document is borrowed.
pub struct Resources<'a> {
    document: &'a Document,
    known: HashMap<*const Dictionary, Found>,
    fonts: HashSet<*const Dictionary>,
    not_embedded: BTreeSet<String>,
}

impl<'a> Resources<'a> {
    pub fn of(document: &'a Document) -> Self {
        Self {
            document,
            known: HashMap::new(),
            fonts: HashSet::new(),
            not_embedded: BTreeSet::new(),
        }
    }

    pub fn page(&mut self, page: ObjectId) -> Found {
        let resources = structure::inherited(self.document, page, b"Resources");
        match resources.and_then(|it| it.as_dict().ok()) {
            Some(resources) => self.look(resources, 0),
            None => Found::default(),
        }
    }

    /// Base names of the fonts met so far that the file does not have.
    pub fn fonts_not_embedded(self) -> Vec<String> {
        let names = self.not_embedded.into_iter();
        names.take(Contents::LONGEST_LIST).collect()
    }

    fn look(&mut self, resources: &'a Dictionary, depth: usize) -> Found {
        let place = std::ptr::from_ref(resources);
        if let Some(found) = self.known.get(&place) {
            return *found;
        }
        // Set before going on, so that a circle ends.
        self.known.insert(place, Found::default());
        let mut found = Found::default();
        for (_, font) in self.entries(resources, b"Font") {
            if let Ok(font) = font.as_dict() {
                found.fonts = true;
                self.look_at_font(font);
            }
        }
        for (_, drawn) in self.entries(resources, b"XObject") {
            let Ok(drawn) = drawn.as_stream() else {
                continue;
            };
            match drawn.dict.get(b"Subtype").and_then(Object::as_name) {
                Ok(b"Image") => found.pictures = true,
                Ok(b"Form") if depth < MAX_DEPTH => {
                    let inner = drawn.dict.get_deref(b"Resources", self.document);
                    if let Ok(inner) = inner.and_then(Object::as_dict) {
                        let inner = self.look(inner, depth + 1);
                        found.fonts |= inner.fonts;
                        found.pictures |= inner.pictures;
                    }
                }
                _ => {}
            }
        }
        self.known.insert(place, found);
        found
    }

    fn entries(&self, resources: &'a Dictionary, kind: &[u8]) -> Vec<(&'a Vec<u8>, &'a Object)> {
        let document = self.document;
        let entries = resources
            .get_deref(kind, document)
            .and_then(Object::as_dict);
        let entries = entries.into_iter().flat_map(Dictionary::iter);
        entries
            .filter_map(|(name, entry)| Some((name, document.dereference(entry).ok()?.1)))
            .collect()
    }

    fn look_at_font(&mut self, font: &'a Dictionary) {
        if !self.fonts.insert(std::ptr::from_ref(font)) {
            return;
        }
        let document = self.document;
        let mut described = font;
        match font.get(b"Subtype").and_then(Object::as_name) {
            // Its letters are drawn by the file itself.
            Ok(b"Type3") => return,
            Ok(b"Type0") => {
                let first = font
                    .get_deref(b"DescendantFonts", document)
                    .and_then(Object::as_array)
                    .ok()
                    .and_then(|fonts| fonts.first())
                    .and_then(|font| document.dereference(font).ok())
                    .and_then(|(_, font)| font.as_dict().ok());
                described = first.unwrap_or(font);
            }
            _ => {}
        }
        let descriptor = described
            .get_deref(b"FontDescriptor", document)
            .and_then(Object::as_dict);
        let is_embedded = descriptor.is_ok_and(|descriptor| {
            [&b"FontFile"[..], b"FontFile2", b"FontFile3"]
                .iter()
                .any(|key| descriptor.has(key))
        });
        if !is_embedded {
            let name = font.get_deref(b"BaseFont", document);
            let name = name.and_then(Object::as_name).unwrap_or_default();
            let name = String::from_utf8_lossy(name).into_owned();
            self.not_embedded.insert(shortened(name));
        }
    }
}
