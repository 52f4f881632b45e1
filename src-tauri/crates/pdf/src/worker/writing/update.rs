//! An incremental update: the source file's bytes stay as they are and what is new follows them
//! (PDF 32000-1, 7.5.6), so that signatures over those bytes stay valid.

use crate::structure::damaged;
use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId};
use paraph_pdf::PdfError;

pub struct Update {
    /// What stands before the header; offsets in the file are counted from the header.
    before_header: Vec<u8>,
    changes: IncrementalDocument,
}

impl Update {
    /// Of a file that is not encrypted and whose cross-references are sound.
    pub fn of(mut bytes: Vec<u8>, document: Document) -> Self {
        let header = bytes
            .windows(5)
            .position(|bytes| bytes == b"%PDF-")
            .unwrap_or(0);
        let from_header = bytes.split_off(header);
        let mut changes = IncrementalDocument::create_from(from_header, document);
        // They describe the old cross-reference stream, not the new one.
        for key in [&b"XRefStm"[..], b"DecodeParms", b"Filter"] {
            changes.new_document.trailer.remove(key);
        }
        Self {
            before_header: bytes,
            changes,
        }
    }

    /// The document as it was.
    pub fn source(&self) -> &Document {
        self.changes.get_prev_documents()
    }

    /// Bytes of the file as it was.
    pub fn source_length(&self) -> usize {
        self.before_header.len() + self.changes.get_prev_documents_bytes().len()
    }

    pub fn pages(&self) -> Vec<ObjectId> {
        self.source().page_iter().collect()
    }

    pub fn catalog(&self) -> Result<ObjectId, PdfError> {
        self.source()
            .trailer
            .get(b"Root")
            .and_then(Object::as_reference)
            .map_err(damaged)
    }

    pub fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        self.changes.new_document.add_object(object)
    }

    /// An id whose object is set later.
    pub fn reserve(&mut self) -> ObjectId {
        self.changes.new_document.new_object_id()
    }

    pub fn set(&mut self, id: ObjectId, object: impl Into<Object>) {
        self.changes.new_document.set_object(id, object);
    }

    /// An object as it will be.
    pub fn current(&self, id: ObjectId) -> Option<&Object> {
        let changed = self.changes.new_document.objects.get(&id);
        changed.or_else(|| self.source().objects.get(&id))
    }

    /// A dictionary of the document, to be changed.
    pub fn dictionary(&mut self, id: ObjectId) -> Result<&mut Dictionary, PdfError> {
        self.object(id)?.as_dict_mut().map_err(damaged)
    }

    fn object(&mut self, id: ObjectId) -> Result<&mut Object, PdfError> {
        self.changes
            .opt_clone_object_to_new_document(id)
            .map_err(damaged)?;
        self.changes
            .new_document
            .get_object_mut(id)
            .map_err(damaged)
    }

    /// Appends to the array that is `owner`'s entry `key`, wherever that array is kept.
    pub fn append(
        &mut self,
        owner: ObjectId,
        key: &[u8],
        items: impl IntoIterator<Item = ObjectId>,
    ) -> Result<(), PdfError> {
        let items: Vec<Object> = items.into_iter().map(Object::Reference).collect();
        if items.is_empty() {
            return Ok(());
        }
        let array = self
            .dictionary(owner)?
            .get(key)
            .and_then(Object::as_reference);
        if let Ok(array) = array
            && let Ok(array) = self.object(array)?.as_array_mut()
        {
            array.extend(items);
            return Ok(());
        }
        let owner = self.dictionary(owner)?;
        match owner.get_mut(key).and_then(Object::as_array_mut) {
            Ok(array) => array.extend(items),
            Err(_) => owner.set(key, items),
        }
        Ok(())
    }

    /// The form's dictionary as an object of its own.
    pub fn form(&mut self) -> Result<ObjectId, PdfError> {
        let catalog = self.catalog()?;
        self.own_object(catalog, "AcroForm")
    }

    /// Makes `font` known as `name` to the default appearances of the form's fields (12.7.3.3).
    pub fn name_form_font(
        &mut self,
        form: ObjectId,
        name: &str,
        font: ObjectId,
    ) -> Result<(), PdfError> {
        let resources = self.own_object(form, "DR")?;
        let fonts = self.own_object(resources, "Font")?;
        self.dictionary(fonts)?.set(name, font);
        Ok(())
    }

    /// The dictionary that is `owner`'s entry `key`, or a new one, as an object of its own.
    fn own_object(&mut self, owner: ObjectId, key: &str) -> Result<ObjectId, PdfError> {
        let inline = match self.dictionary(owner)?.get(key.as_bytes()) {
            Ok(Object::Reference(entry)) => {
                let entry = *entry;
                if self.source().get_dictionary(entry).is_ok() {
                    return Ok(entry);
                }
                Dictionary::new()
            }
            Ok(Object::Dictionary(entry)) => entry.clone(),
            _ => Dictionary::new(),
        };
        let entry = self.add(inline);
        self.dictionary(owner)?.set(key, entry);
        Ok(entry)
    }

    /// Makes `xobject` known on `page` and returns its name there.
    pub fn name_xobject(&mut self, page: ObjectId, xobject: ObjectId) -> Result<String, PdfError> {
        let name = format!("Paraph{}", xobject.0);
        self.changes
            .add_xobject(page, name.as_bytes(), xobject)
            .map_err(damaged)?;
        Ok(name)
    }

    /// The whole file.
    pub fn save(mut self) -> Result<Vec<u8>, PdfError> {
        let mut bytes = self.before_header;
        let mut update = Vec::new();
        self.changes
            .save_to(&mut update)
            .map_err(|error| damaged(error.into()))?;
        bytes.append(&mut update);
        Ok(bytes)
    }
}
