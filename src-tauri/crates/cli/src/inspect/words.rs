//! What `inspect` says to people.

use super::values::version;
use crate::say::Say;
use paraph_messages::Key;
use paraph_pdf::{
    Certification, Cipher, Contents, DocumentInfo, Encryption, FormFields, OpenedWith,
    SignatureField, Xfa,
};
use std::path::Path;

pub fn print(say: &Say, path: &Path, info: &DocumentInfo, contents: Option<&Contents>) {
    let unknown = || say.text(Key::CliInspectVersionUnknown, &[]);
    let values = [
        ("file", path.display().to_string()),
        (
            "version",
            contents.and_then(version).unwrap_or_else(unknown),
        ),
        ("bytes", info.bytes.to_string()),
    ];
    line(say, Key::CliInspectFile, &values);
    let count = [("count", info.pages.len().to_string())];
    line(say, Key::CliInspectPages, &count);
    for (number, page) in (1..).zip(&info.pages) {
        let size = page.displayed_size();
        let degrees = page.rotation.degrees();
        if info.unreadable.contains(&(number - 1)) {
            let number = [("number", number.to_string())];
            line(say, Key::CliInspectPageUnreadable, &number);
            continue;
        }
        let values = [
            ("number", u32::to_string(&number)),
            ("width", points(size.w)),
            ("height", points(size.h)),
            ("degrees", degrees.to_string()),
        ];
        let key = if degrees == 0 {
            Key::CliInspectPage
        } else {
            Key::CliInspectPageTurned
        };
        line(say, key, &values);
    }
    protection(say, info.encryption.as_ref());
    let count = [("count", info.signatures.to_string())];
    line(say, Key::CliInspectSignatures, &count);
    match contents {
        Some(contents) => described(say, contents),
        None => line(say, Key::CliInspectUnknown, &[]),
    }
}

fn line(say: &Say, key: Key, values: &[(&str, String)]) {
    let shown: Vec<(&str, String)> = values
        .iter()
        .map(|(name, value)| (*name, harmless(value)))
        .collect();
    let shown: Vec<(&str, &str)> = shown
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    say.line(key, &shown);
}

/// A document's own names without what a terminal would obey: control characters, and those that
/// turn the direction of writing.
fn harmless(text: &str) -> String {
    let turns = |it: char| matches!(it, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.replace(|it: char| it.is_control() || turns(it), "\u{FFFD}")
}

/// With one decimal, if it has any.
fn points(value: f64) -> String {
    let rounded = format!("{value:.1}");
    match rounded.strip_suffix(".0") {
        Some(whole) => whole.to_owned(),
        None => rounded,
    }
}

fn protection(say: &Say, encryption: Option<&Encryption>) {
    let Some(encryption) = encryption else {
        return line(say, Key::CliInspectPlain, &[]);
    };
    let cipher = match encryption.cipher {
        Cipher::Rc4 { bits } => format!("RC4-{bits}"),
        Cipher::Aes128 => "AES-128".to_owned(),
        Cipher::Aes256 => "AES-256".to_owned(),
        Cipher::Unknown => say.text(Key::CliInspectCipherUnknown, &[]),
    };
    let password = match encryption.opened_with {
        OpenedWith::NoPassword => Key::CliInspectNoPassword,
        OpenedWith::UserPassword => Key::CliInspectUserPassword,
        OpenedWith::OwnerPassword => Key::CliInspectOwnerPassword,
    };
    let values = [
        ("cipher", cipher),
        ("revision", encryption.revision.to_string()),
        ("password", say.text(password, &[])),
    ];
    line(say, Key::CliInspectEncrypted, &values);
    let forbidden = encryption.rights.forbidden();
    if forbidden.is_empty() {
        line(say, Key::CliInspectAllRights, &[]);
    } else {
        let rights = [("rights", say.rights(&forbidden))];
        line(say, Key::CliInspectForbidden, &rights);
    }
}

fn described(say: &Say, contents: &Contents) {
    for field in &contents.signature_fields {
        signature_field(say, field);
    }
    if let Some(certification) = contents.certification {
        let access = match certification {
            Certification::NoChanges => Key::CliInspectAccessNone,
            Certification::FormsAndSignatures => Key::CliInspectAccessForms,
            Certification::Annotations => Key::CliInspectAccessAnnotations,
        };
        let access = [("access", say.text(access, &[]))];
        line(say, Key::CliInspectCertified, &access);
    }
    if contents.form != FormFields::default() {
        let form = contents.form;
        let values = [
            ("text", form.text.to_string()),
            ("check_boxes", form.check_boxes.to_string()),
            ("radio_groups", form.radio_groups.to_string()),
            ("push_buttons", form.push_buttons.to_string()),
            ("choices", form.choices.to_string()),
            ("signatures", form.signatures.to_string()),
        ];
        line(say, Key::CliInspectForm, &values);
    }
    let pages = contents.page_contents;
    if pages.is_scan() {
        line(say, Key::CliInspectScan, &[]);
    } else {
        let values = [
            ("text", pages.text.to_string()),
            ("pictures", pages.pictures.to_string()),
        ];
        line(say, Key::CliInspectText, &values);
    }
    for (key, names) in [
        (Key::CliInspectFonts, &contents.fonts_not_embedded),
        (Key::CliInspectAttachments, &contents.attachments),
    ] {
        if !names.is_empty() {
            line(say, key, &[("names", names.join(", "))]);
        }
    }
    let xfa = contents.xfa;
    for (is_so, key) in [
        (contents.repaired, Key::CliInspectRepaired),
        (contents.portfolio, Key::CliInspectPortfolio),
        (xfa == Some(Xfa::WithPages), Key::CliInspectXfa),
        (xfa == Some(Xfa::Dynamic), Key::CliInspectDynamicForm),
        (contents.javascript, Key::CliInspectScripts),
        (contents.launch_actions, Key::CliInspectLaunch),
        (contents.media, Key::CliInspectMedia),
    ] {
        if is_so {
            line(say, key, &[]);
        }
    }
}

fn signature_field(say: &Say, field: &SignatureField) {
    let place = field.place.map_or_else(String::new, |(page, rect)| {
        let [page, x, y, width, height] = [
            (page + 1).to_string(),
            points(rect.x),
            points(rect.y),
            points(rect.w),
            points(rect.h),
        ];
        let values = [
            ("page", page.as_str()),
            ("x", &x),
            ("y", &y),
            ("width", &width),
            ("height", &height),
        ];
        say.text(Key::CliInspectPlace, &values)
    });
    let key = if field.signed {
        Key::CliInspectSignedField
    } else {
        Key::CliInspectEmptyField
    };
    line(say, key, &[("name", field.name.clone()), ("place", place)]);
}
