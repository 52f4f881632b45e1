//! How a document is encrypted, what its author grants, and which password opened it.

use crate::pdfium;
use crate::source::SourceFile;
use crate::structure;
use lopdf::{Document, EncryptionState};
use paraph_pdf::{Cipher, Encryption, OpenedWith, Rights};

/// None when the document is not encrypted. Without `objects` the cipher is not known.
pub fn of(
    document: &pdfium::Document,
    objects: Option<&Document>,
    source: &SourceFile,
    password: Option<&str>,
) -> Option<Encryption> {
    let revision = document.security_revision()?;
    let (own, granted) = document.permissions();
    let password = password.filter(|password| !password.is_empty());
    let opened_with = match password {
        None => OpenedWith::NoPassword,
        Some(_) if own != granted => OpenedWith::OwnerPassword,
        Some(password) => with_equal_rights(source, password),
    };
    Some(Encryption {
        cipher: objects
            .and_then(|objects| objects.encryption_state.as_ref())
            .map_or(Cipher::Unknown, cipher),
        revision,
        opened_with,
        rights: Rights::from_flags(granted, revision),
    })
}

/// Where everybody has all rights, pdfium does not tell which password was given.
fn with_equal_rights(source: &SourceFile, password: &str) -> OpenedWith {
    let is_owner = structure::load(source, None).is_ok_and(|(_, locked)| {
        // One that opens by itself has no other password than its owner's.
        locked.was_encrypted() || locked.authenticate_owner_password(password).is_ok()
    });
    if is_owner {
        OpenedWith::OwnerPassword
    } else {
        OpenedWith::UserPassword
    }
}

fn cipher(state: &EncryptionState) -> Cipher {
    let rc4 = |bits| Cipher::Rc4 {
        bits: u16::try_from(bits).unwrap_or(u16::MAX),
    };
    match state.version() {
        1 => rc4(40),
        2 | 3 => rc4(state.key_length().unwrap_or(40)),
        4 | 5 => match state.get_stream_filter().method() {
            b"V2" => rc4(state.key_length().unwrap_or(128)),
            b"AESV2" => Cipher::Aes128,
            b"AESV3" => Cipher::Aes256,
            _ => Cipher::Unknown,
        },
        _ => Cipher::Unknown,
    }
}
