//! Passwords and rights: what is told of them, and the copy without them.

use crate::fixtures::protection::{Protection, SCHEMES, Scheme, protected, read_only};
use crate::{fixtures, pdf};
use lopdf::Permissions;
use paraph_pdf::protocol::{Password, Request, Source};
use paraph_pdf::{Cipher, Document, OpenedWith, Pdf, PdfError, Right};
use secrecy::SecretString;

fn described(scheme: Scheme) -> (Cipher, u8) {
    match scheme {
        Scheme::Rc4With40Bits => (Cipher::Rc4 { bits: 40 }, 2),
        Scheme::Rc4With128Bits => (Cipher::Rc4 { bits: 128 }, 3),
        Scheme::Aes128 => (Cipher::Aes128, 4),
        Scheme::EarlyAes256 => (Cipher::Aes256, 5),
        Scheme::Aes256 => (Cipher::Aes256, 6),
    }
}

async fn opened(pdf: &Pdf, bytes: Vec<u8>, password: Option<&str>) -> Document {
    let password = password.map(SecretString::from);
    pdf.open_bytes(bytes, password).await.expect("it opens")
}

#[tokio::test]
async fn every_scheme_is_named_and_so_is_the_password_that_opened_it() {
    let pdf = pdf();
    let contract = fixtures::contract(2);
    for scheme in SCHEMES {
        for (user, given, opened_with) in [
            ("", None, OpenedWith::NoPassword),
            ("reader", Some("reader"), OpenedWith::UserPassword),
            ("", Some("owner"), OpenedWith::OwnerPassword),
            ("reader", Some("owner"), OpenedWith::OwnerPassword),
        ] {
            for rights in [Permissions::all(), read_only()] {
                let how = Protection {
                    scheme,
                    user,
                    rights,
                    ..Protection::default()
                };
                let document = opened(&pdf, protected(&contract, &how), given).await;
                let encryption = document.info().encryption.expect("it is encrypted");
                let (cipher, revision) = described(scheme);
                assert_eq!(encryption.cipher, cipher, "{how:?}");
                assert_eq!(encryption.revision, revision, "{how:?}");
                assert_eq!(encryption.opened_with, opened_with, "{how:?}, {given:?}");
                let owned = opened_with == OpenedWith::OwnerPassword;
                assert_eq!(
                    encryption.permits_signing(),
                    owned || rights == Permissions::all(),
                    "the owner may do everything, others what is granted: {how:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn what_is_not_granted_is_told_right_by_right() {
    let pdf = pdf();
    let contract = fixtures::contract(1);
    let all = Permissions::all();
    let cases = [
        (all, vec![]),
        (all - Permissions::PRINTABLE, vec![Right::Print]),
        (all - Permissions::MODIFIABLE, vec![Right::Change]),
        (all - Permissions::COPYABLE, vec![Right::Copy]),
        (all - Permissions::ANNOTABLE, vec![Right::Annotate]),
        // Who may annotate may fill forms too.
        (all - Permissions::FILLABLE, vec![]),
        (
            all - Permissions::FILLABLE - Permissions::ANNOTABLE,
            vec![Right::Annotate, Right::FillForms],
        ),
        (all - Permissions::ASSEMBLABLE, vec![Right::Assemble]),
    ];
    for (rights, forbidden) in cases {
        let how = Protection {
            rights,
            ..Protection::default()
        };
        let document = opened(&pdf, protected(&contract, &how), None).await;
        let encryption = document.info().encryption.expect("it is encrypted");
        assert_eq!(encryption.rights.forbidden(), forbidden, "{rights:?}");
    }
    let early = Protection {
        scheme: Scheme::Rc4With40Bits,
        rights: all - Permissions::MODIFIABLE - Permissions::FILLABLE,
        ..Protection::default()
    };
    let document = opened(&pdf, protected(&contract, &early), None).await;
    let encryption = document.info().encryption.expect("it is encrypted");
    assert_eq!(
        encryption.rights.forbidden(),
        [Right::Change, Right::Assemble],
        "revision 2 has four rights only, which speak for the others"
    );
}

#[tokio::test]
async fn the_copy_without_protection_has_the_same_pages_and_needs_no_password() {
    let pdf = pdf();
    let contract = fixtures::contract(2);
    let plain = opened(&pdf, contract.clone(), None).await;
    for scheme in SCHEMES {
        for (user, given) in [
            ("", None),
            ("réader", Some("réader")),
            ("reader", Some("owner")),
        ] {
            let how = Protection {
                scheme,
                user,
                ..Protection::default()
            };
            let locked = opened(&pdf, protected(&contract, &how), given).await;
            let copy = locked.without_protection().await.expect("a copy");
            let objects = lopdf::Document::load_mem(&copy).expect("objects");
            assert!(
                !objects.is_encrypted() && !objects.was_encrypted(),
                "{how:?}"
            );
            let copy = opened(&pdf, copy, None).await;
            assert_eq!(copy.info().encryption, None, "{how:?}");
            assert_eq!(copy.info().pages, plain.info().pages, "{how:?}");
            for page in 0..2 {
                let (of_copy, of_plain) = (copy.text(page).await, plain.text(page).await);
                assert_eq!(of_copy, of_plain, "its text is the same: {how:?}");
            }
        }
    }
}

#[tokio::test]
async fn protection_is_taken_off_only_by_whoever_may() {
    let pdf = pdf();
    let contract = fixtures::contract(1);
    let how = Protection {
        user: "reader",
        rights: read_only(),
        ..Protection::default()
    };
    let bytes = protected(&contract, &how);
    let read = opened(&pdf, bytes.clone(), Some("reader")).await;
    assert_eq!(read.without_protection().await, Err(PdfError::NotPermitted));
    let owned = opened(&pdf, bytes, Some("owner")).await;
    assert!(owned.without_protection().await.is_ok());

    let signed = protected(&fixtures::certified(&contract, 2), &Protection::default());
    let signed = opened(&pdf, signed, None).await;
    assert!(
        signed.info().signed_before(),
        "the signature is seen through the encryption"
    );
    let copy = signed.without_protection().await;
    assert_eq!(
        copy,
        Err(PdfError::AlreadySigned),
        "writing it anew would break the signature"
    );

    let plain = opened(&pdf, contract, None).await;
    let copy = plain.without_protection().await;
    assert!(matches!(copy, Err(PdfError::BadJob { .. })), "{copy:?}");
}

#[test]
fn a_password_is_never_printed() {
    let request = Request::Attach {
        job: 1,
        document: 1,
        source: Source::Handle,
        password: Some(Password("hunter2".into())),
    };
    let printed = format!("{request:?}");
    assert!(!printed.contains("hunter2"), "{printed}");
}
