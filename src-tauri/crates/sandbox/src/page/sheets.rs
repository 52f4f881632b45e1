//! The documents' pages as pictures, with the places to sign and fill drawn over them.
//!
//! The overlay is SVG in the page's own points: it needs no inline styles, which the content
//! security policy would refuse, and it scales with the picture.

use crate::page::Words;
use crate::page::pictures::{WIDTHS, address};
use crate::signing::marks::parse_position;
use crate::state::bundle::Bundle;
use crate::state::file_objects::{FileObject, ObjectKind};
use crate::state::files::File;
use crate::state::members::Member;
use maud::{Markup, html};
use paraph_domain::geometry::{PageGeometry, Rect};
use paraph_messages::Key;

/// All documents, one page below the other.
pub(super) fn sheets(words: Words, bundle: &Bundle, member: &Member) -> Markup {
    html! {
        @for file in &bundle.files {
            section.document aria-label=(file.name) {
                h2.document-name { (file.name) }
                @for (index, page) in file.pages.iter().enumerate() {
                    (sheet(words, bundle, member, file, index, page))
                }
            }
        }
    }
}

fn sheet(
    words: Words,
    bundle: &Bundle,
    member: &Member,
    file: &File,
    index: usize,
    page: &PageGeometry,
) -> Markup {
    let number = index.saturating_add(1);
    let picture = address(&member.id, file, number);
    let size = page.displayed_size();
    let alternatives: Vec<String> = WIDTHS
        .iter()
        .map(|width| format!("{picture}?w={width} {width}w"))
        .collect();
    let described = words.tell(
        Key::SignPageOf,
        &[
            ("page", &number.to_string()),
            ("pages", &file.pages.len().to_string()),
            ("document", &file.name),
        ],
    );
    let places = bundle.objects.iter().filter(|object| {
        object.file_id == file.id && usize::try_from(object.page).ok() == Some(number)
    });
    html! {
        div.sheet {
            img src={ (picture) "?w=960" } srcset=(alternatives.join(", "))
                sizes="(min-width: 1000px) 60vw, 100vw"
                width=(size.w.round()) height=(size.h.round())
                alt=(described) loading=(if index < 2 { "eager" } else { "lazy" }) decoding="async";
            svg.places viewBox={ "0 0 " (size.w) " " (size.h) } preserveAspectRatio="none" {
                @for object in places {
                    @if let Some(rect) = rect_of(object, page) {
                        (place(words, bundle, member, object, rect))
                    }
                }
            }
        }
    }
}

fn rect_of(object: &FileObject, page: &PageGeometry) -> Option<Rect> {
    Some(page.to_displayed(parse_position(object.position.as_deref()?)?))
}

fn place(
    words: Words,
    bundle: &Bundle,
    member: &Member,
    object: &FileObject,
    rect: Rect,
) -> Markup {
    let middle = rect.y + rect.h / 2.0;
    if object.member_id.as_deref() != Some(member.id.as_str()) {
        let owner = object.member_id.as_deref().and_then(|id| bundle.member(id));
        let label = match (owner, object.executed_at) {
            (Some(owner), None) => {
                words.tell(Key::SignFieldOther, &[("person", &owner.full_name())])
            }
            // What is signed can be seen in the picture.
            _ => return html! {},
        };
        return html! {
            g.place.other {
                rect x=(rect.x) y=(rect.y) width=(rect.w) height=(rect.h) rx="3" {}
                text x=(rect.x + rect.w / 2.0) y=(middle) { (label) }
            }
        };
    }
    let (label, text) = match object.kind {
        ObjectKind::Signature => (words.say(Key::SignFieldYoursSignature), ""),
        ObjectKind::Text => (
            words.say(Key::SignFieldYoursText),
            object.content.as_deref().unwrap_or_default(),
        ),
    };
    html! {
        a.place.own id={ "at-" (object.id) } href={ "#" (target(object)) } data-place=(object.id) {
            title { (label) }
            rect x=(rect.x) y=(rect.y) width=(rect.w) height=(rect.h) rx="3" {}
            @if object.kind == ObjectKind::Text {
                text.value x=(rect.x + 4.0) y=(middle) font-size=(object.font_size)
                    data-mirror={ "text-" (object.id) } { (text) }
            }
            text.label x=(rect.x + rect.w / 2.0) y=(middle) data-hint { (label) }
        }
    }
}

/// The form element in which this place is filled.
pub(super) fn target(object: &FileObject) -> String {
    match object.kind {
        ObjectKind::Signature => "signature".to_owned(),
        ObjectKind::Text => format!("text-{}", object.id),
    }
}
