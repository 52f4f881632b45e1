//! What in a document would do something in a viewer that lets it, and the files inside it.
//!
//! Every object is looked at, whatever refers to it: there are too many places from where a
//! script can be started to follow them all. Nothing of it is ever run here.

use crate::examine::shortened;
use lopdf::{Dictionary, Document, Object};
use paraph_pdf::Contents;

#[derive(Default)]
pub struct Active {
    /// Names of embedded files.
    pub attachments: Vec<String>,
    pub javascript: bool,
    pub launch_actions: bool,
    pub media: bool,
}

impl Active {
    pub fn of(document: &Document) -> Self {
        let mut active = Self::default();
        let mut waiting: Vec<&Object> = document.objects.values().collect();
        while let Some(object) = waiting.pop() {
            let dictionary = match object {
                Object::Array(items) => {
                    waiting.extend(items);
                    continue;
                }
                Object::Dictionary(dictionary) => dictionary,
                Object::Stream(stream) => &stream.dict,
                _ => continue,
            };
            active.look_at(document, dictionary);
            waiting.extend(dictionary.iter().map(|(_, value)| value));
        }
        active
    }

    fn look_at(&mut self, document: &Document, dictionary: &Dictionary) {
        let name = |key| dictionary.get(key).and_then(Object::as_name).ok();
        match name(b"S") {
            Some(b"JavaScript") => self.javascript = true,
            Some(b"Launch") => self.launch_actions = true,
            _ => {}
        }
        // A rendition's action may have a script beside it.
        self.javascript |= dictionary.has(b"JS");
        // Widgets and markup annotations have a rectangle as these do; fonts and pictures not.
        self.media |= dictionary.has(b"Rect")
            && matches!(
                name(b"Subtype"),
                Some(b"3D" | b"RichMedia" | b"Movie" | b"Screen" | b"Sound")
            );
        if self.attachments.len() < Contents::LONGEST_LIST && dictionary.has(b"EF") {
            let named = [&b"UF"[..], b"F"].into_iter().find_map(|key| {
                let name = dictionary.get_deref(key, document).ok()?;
                lopdf::decode_text_string(name).ok()
            });
            self.attachments.push(shortened(named.unwrap_or_default()));
        }
    }
}
