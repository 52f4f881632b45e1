//! What `inspect` says to scripts. Pages are counted from 1; lengths are in points.

use paraph_domain::geometry::{PageGeometry, Rect};
use paraph_pdf::{
    Certification, Cipher, Contents, DocumentInfo, Encryption, OpenedWith, SignatureField, Xfa,
};
use serde::Serialize;
use serde_json::{Value, json};

#[derive(Serialize)]
pub struct FileLine {
    bytes: u64,
    pages: Vec<PageLine>,
    /// Numbers of pages of which nothing can be shown; what is said of them above is made up.
    unreadable_pages: Vec<u32>,
    /// Whether every page is upright with its origin at zero.
    straight: bool,
    encryption: Option<EncryptionLine>,
    signatures: u32,
    /// None where the objects behind the pages are too damaged to tell.
    contents: Option<Value>,
}

#[derive(Serialize)]
struct PageLine {
    /// As displayed.
    width: f64,
    height: f64,
    /// The visible box in user space: left, bottom, right, top.
    visible_box: [f64; 4],
    /// Degrees clockwise.
    rotation: i64,
    user_unit: f64,
}

#[derive(Serialize)]
struct EncryptionLine {
    cipher: &'static str,
    key_bits: Option<u16>,
    revision: u8,
    opened_with: &'static str,
    rights: Value,
    permits_signing: bool,
}

pub fn of(info: &DocumentInfo, contents: Option<&Contents>) -> FileLine {
    FileLine {
        bytes: info.bytes,
        pages: info.pages.iter().map(page).collect(),
        unreadable_pages: info.unreadable.iter().map(|index| index + 1).collect(),
        straight: info.is_straight(),
        encryption: info.encryption.as_ref().map(encryption),
        signatures: info.signatures,
        contents: contents.map(described),
    }
}

fn page(geometry: &PageGeometry) -> PageLine {
    let size = geometry.displayed_size();
    let visible = geometry.visible;
    PageLine {
        width: size.w,
        height: size.h,
        visible_box: [visible.llx, visible.lly, visible.urx, visible.ury],
        rotation: geometry.rotation.degrees(),
        user_unit: geometry.user_unit,
    }
}

fn encryption(encryption: &Encryption) -> EncryptionLine {
    let (cipher, key_bits) = match encryption.cipher {
        Cipher::Rc4 { bits } => ("rc4", Some(bits)),
        Cipher::Aes128 => ("aes", Some(128)),
        Cipher::Aes256 => ("aes", Some(256)),
        Cipher::Unknown => ("unknown", None),
    };
    let rights = encryption.rights;
    EncryptionLine {
        cipher,
        key_bits,
        revision: encryption.revision,
        opened_with: match encryption.opened_with {
            OpenedWith::NoPassword => "no_password",
            OpenedWith::UserPassword => "user_password",
            OpenedWith::OwnerPassword => "owner_password",
        },
        rights: json!({
            "print": rights.print,
            "change": rights.change,
            "copy": rights.copy,
            "annotate": rights.annotate,
            "fill_forms": rights.fill_forms,
            "assemble": rights.assemble,
        }),
        permits_signing: encryption.permits_signing(),
    }
}

fn described(contents: &Contents) -> Value {
    let form = contents.form;
    let pages = contents.page_contents;
    json!({
        "version": version(contents),
        "repaired": contents.repaired,
        "signature_fields": contents.signature_fields.iter().map(field).collect::<Vec<_>>(),
        "certification": contents.certification.map(|certification| match certification {
            Certification::NoChanges => "no_changes",
            Certification::FormsAndSignatures => "forms_and_signatures",
            Certification::Annotations => "annotations",
        }),
        "form_fields": {
            "text": form.text,
            "check_boxes": form.check_boxes,
            "radio_groups": form.radio_groups,
            "push_buttons": form.push_buttons,
            "choices": form.choices,
            "signatures": form.signatures,
        },
        "xfa": contents.xfa.map(|xfa| match xfa {
            Xfa::WithPages => "with_pages",
            Xfa::Dynamic => "dynamic",
        }),
        "page_contents": {
            "text": pages.text,
            "pictures": pages.pictures,
            "neither": pages.neither,
        },
        "scan": pages.is_scan(),
        "fonts_not_embedded": contents.fonts_not_embedded,
        "attachments": contents.attachments,
        "portfolio": contents.portfolio,
        "javascript": contents.javascript,
        "launch_actions": contents.launch_actions,
        "media": contents.media,
    })
}

/// Such as `1.7`.
pub fn version(contents: &Contents) -> Option<String> {
    let (major, minor) = contents.version?;
    Some(format!("{major}.{minor}"))
}

fn field(field: &SignatureField) -> Value {
    let place = field.place.map(
        |(page, Rect { x, y, w, h })| json!({ "page": page + 1, "x": x, "y": y, "w": w, "h": h }),
    );
    json!({ "name": field.name, "signed": field.signed, "place": place })
}
