//! Where signature fields and text fields are shown.

use crate::structure::{self, Field};
use lopdf::Document;
use paraph_pdf::{FoundKind, FoundMark};

pub fn find(document: &Document) -> Vec<FoundMark> {
    let pages: Vec<_> = document.page_iter().collect();
    let found = structure::widgets(document)
        .into_iter()
        .filter_map(|(page, widget)| {
            let field = Field::of(document, widget);
            let kind = if field.is_signature() {
                FoundKind::Signature {
                    signed: field.is_signed(),
                }
            } else if field.is_text() {
                let value = field
                    .get(b"V")
                    .and_then(|it| lopdf::decode_text_string(it).ok());
                FoundKind::Text {
                    value: value.unwrap_or_default(),
                }
            } else {
                return None;
            };
            let geometry = structure::geometry(document, *pages.get(page as usize)?);
            let rect = structure::rect(document, widget.get(b"Rect").ok()?)?;
            let rect = geometry.to_displayed(rect);
            Some(FoundMark {
                field_name: field.name(),
                page,
                rect,
                kind,
            })
        });
    found.collect()
}
