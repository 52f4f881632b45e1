//! Real signatures in real PDFs.

use crate::support::{Server, ada, ben, person, text};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use paraph_pdf::FoundKind;
use serde_json::json;
use std::process::Command;

/// What poppler's `pdfsig` says of the file. None where the tool is missing, which it must not be
/// on Linux.
fn pdfsig(bytes: &[u8]) -> Option<String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let found = Command::new("pdfsig").arg(file.path()).output();
    match found {
        Ok(output) => Some(String::from_utf8(output.stdout).unwrap()),
        Err(error) if cfg!(target_os = "linux") => {
            panic!("pdfsig (poppler-utils) is needed: {error}")
        }
        Err(_) => None,
    }
}

fn assert_valid(bytes: &[u8], names: &[&str]) {
    let Some(said) = pdfsig(bytes) else { return };
    assert_eq!(
        said.matches("Signature is Valid.").count(),
        names.len(),
        "{said}"
    );
    assert_eq!(
        said.matches("ETSI.CAdES.detached").count(),
        names.len(),
        "PAdES: {said}"
    );
    for name in names {
        let wanted = format!("Common Name: {name} (PRACTICE - NO LEGAL VALUE)");
        assert!(said.contains(&wanted), "{wanted} is missing in {said}");
    }
    assert_eq!(
        said.matches("OU=NO LEGAL VALUE / SANS VALEUR JURIDIQUE")
            .count(),
        names.len(),
        "each certificate says in both languages what it is: {said}"
    );
}

#[tokio::test]
async fn one_person_signs_at_several_places_with_one_valid_signature() {
    let server = Server::start().await;
    let procedure = json!({ "name": "Lease", "start": false });
    let draft = server.draft(procedure, &[ada(), ben()]).await;
    for page in [1, 3] {
        let place = json!({
            "file": draft.file, "member": draft.members[0], "page": page,
            "position": "50,300,190,360",
        });
        server.create("/file_objects", place).await;
    }
    server.start_procedure(&draft.id).await;
    for member in &draft.members {
        assert_eq!(server.sign(member).await.status, 204);
    }
    let signed = server.bytes(&draft.file).await;
    assert_valid(&signed, &["Ada Martin", "Ben Ågren"]);
    if let Some(said) = pdfsig(&signed) {
        assert!(
            !said.contains("not signed"),
            "no place looks unsigned: {said}"
        );
    }
    let document = crate::support::pdf()
        .open_bytes(signed, None)
        .await
        .unwrap();
    let mut pages: Vec<u32> = document
        .find_marks()
        .await
        .unwrap()
        .iter()
        .map(|mark| mark.page)
        .collect();
    pages.sort_unstable();
    assert_eq!(pages, [0, 1, 1, 2], "every place has its mark");
}

#[tokio::test]
async fn two_people_sign_and_the_first_signature_stays_valid() {
    let server = Server::start().await;
    let draft = server.started(false).await;
    let unsigned = server.bytes(&draft.file).await;
    // Not in the order of their positions: this request has none.
    assert_eq!(server.sign(&draft.members[1]).await.status, 204);
    let once = server.bytes(&draft.file).await;
    assert!(once.starts_with(&unsigned), "signing only appends");
    assert_valid(&once, &["Ben Ågren"]);
    assert_eq!(server.status(&draft.id).await, "active");
    assert_eq!(server.sign(&draft.members[0]).await.status, 204);
    let twice = server.bytes(&draft.file).await;
    assert!(
        twice.starts_with(&once),
        "the second signature only appends"
    );
    assert_valid(&twice, &["Ben Ågren", "Ada Martin"]);

    let read = server.get(&draft.id).await.json();
    assert_eq!(read["status"], "finished");
    assert_eq!(read["finishedAt"], "2026-03-02T10:15:00+01:00");
    for member in read["members"].as_array().unwrap() {
        assert_eq!(member["status"], "done");
        assert!(member["finishedAt"].is_string());
        assert!(member["fileObjects"][0]["executedAt"].is_string());
    }

    let document = crate::support::pdf().open_bytes(twice, None).await.unwrap();
    let marks = document.find_marks().await.unwrap();
    assert_eq!(marks.len(), 2);
    for (mark, x) in marks.iter().zip([250.0, 50.0]) {
        assert_eq!(mark.kind, FoundKind::Signature { signed: true });
        assert_eq!(mark.page, 1, "pages of marks count from 0");
        let asked = paraph_domain::geometry::Rect {
            x,
            y: 842.0 - 160.0,
            w: 140.0,
            h: 60.0,
        };
        let away = mark.rect.largest_difference(&asked);
        assert!(
            away <= 1.0,
            "the mark is {away} pt away from where it was asked for"
        );
    }
}

#[tokio::test]
async fn two_people_who_sign_at_once_both_have_signed() {
    let server = Server::start().await;
    let draft = server.started(false).await;
    let (ada, ben) = tokio::join!(
        server.sign(&draft.members[0]),
        server.sign(&draft.members[1])
    );
    assert_eq!((ada.status.as_u16(), ben.status.as_u16()), (204, 204));
    assert_valid(
        &server.bytes(&draft.file).await,
        &["Ada Martin", "Ben Ågren"],
    );
    assert_eq!(server.status(&draft.id).await, "finished");
}

#[tokio::test]
async fn a_changed_byte_breaks_the_signature() {
    let server = Server::start().await;
    let draft = server.started(false).await;
    server.sign(&draft.members[0]).await;
    let mut bytes = server.bytes(&draft.file).await;
    let place = bytes
        .windows(13)
        .position(|found| found == b"g 72 600 200 ")
        .expect("what the first page shows");
    bytes[place + 2] = b'8';
    if let Some(said) = pdfsig(&bytes) {
        assert!(
            said.contains("Digest Mismatch"),
            "another page was not signed: {said}"
        );
        assert!(!said.contains("Signature is Valid."), "{said}");
    }
}

#[tokio::test]
async fn the_signature_value_has_what_pades_asks_for() {
    use cms::cert::CertificateChoices;
    use cms::signed_data::SignerIdentifier;
    use der::{Decode, Encode};
    use sha2::{Digest, Sha256};
    let server = Server::start().await;
    let draft = server.started(false).await;
    server.sign(&draft.members[0]).await;
    let bytes = server.bytes(&draft.file).await;
    let marker = b"/Contents <";
    let marker_compact = b"/Contents<";
    let find = |needle: &[u8]| {
        bytes
            .windows(needle.len())
            .rposition(|found| found == needle)
            .map(|place| place + needle.len())
    };
    let start = find(marker)
        .or_else(|| find(marker_compact))
        .expect("a /Contents");
    let hexadecimal: Vec<u8> = bytes[start..]
        .iter()
        .copied()
        .take_while(|digit| digit.is_ascii_hexdigit())
        .collect();
    let padded = hex::decode(hexadecimal).unwrap();
    let length = usize::from(u16::from_be_bytes([padded[2], padded[3]])) + 4;
    let content = cms::content_info::ContentInfo::from_der(&padded[..length]).unwrap();
    let signed: cms::signed_data::SignedData = content.content.decode_as().unwrap();
    assert!(
        signed.encap_content_info.econtent.is_none(),
        "the value is detached"
    );
    let certificates = signed.certificates.unwrap().0;
    assert_eq!(certificates.len(), 2, "the signer's and the authority's");
    let info = &signed.signer_infos.0.as_slice()[0];
    let attributes: Vec<String> = info
        .signed_attrs
        .as_ref()
        .unwrap()
        .iter()
        .map(|attribute| attribute.oid.to_string())
        .collect();
    let expected = [
        "1.2.840.113549.1.9.3",
        "1.2.840.113549.1.9.4",
        "1.2.840.113549.1.9.16.2.47",
    ];
    assert_eq!(
        attributes, expected,
        "content-type, message-digest, signing-certificate-v2 and no signing-time"
    );

    let SignerIdentifier::IssuerAndSerialNumber(signer) = &info.sid else {
        panic!("the signer's certificate is named by its number");
    };
    let certificate = certificates.iter().find_map(|it| match it {
        CertificateChoices::Certificate(it)
            if it.tbs_certificate.serial_number == signer.serial_number =>
        {
            Some(it.to_der().unwrap())
        }
        _ => None,
    });
    let hash = Sha256::digest(certificate.expect("the signer's certificate"));
    let named = info.signed_attrs.as_ref().unwrap().as_slice()[2]
        .values
        .as_slice()[0]
        .to_der()
        .unwrap();
    // SigningCertificateV2 > certs > ESSCertIDv2 > certHash (RFC 5035), all else left out.
    let expected = [&[0x30, 38, 0x30, 36, 0x30, 34, 0x04, 32][..], &hash[..]].concat();
    assert_eq!(named, expected, "the attribute names this certificate");
}

#[tokio::test]
async fn in_order_only_whose_turn_it_is_can_sign() {
    let server = Server::start().await;
    let draft = server.started(true).await;
    let early = server.sign(&draft.members[1]).await;
    assert_eq!(
        (early.status.as_u16(), early.json()),
        (409, json!({ "standing": "NotYet" }))
    );
    assert_eq!(server.sign(&draft.members[0]).await.status, 204);
    assert_eq!(
        server.sign(&draft.members[0]).await.status,
        409,
        "nobody signs twice"
    );
    assert_eq!(server.sign(&draft.members[1]).await.status, 204);
}

#[tokio::test]
async fn a_validator_approves_without_signing() {
    let server = Server::start().await;
    let mut val = person("Val", "Idator", "none");
    val["type"] = json!("validator");
    let procedure = json!({ "name": "Lease", "start": false, "ordered": true });
    let draft = server.draft(procedure, &[val, ada()]).await;
    server.start_procedure(&draft.id).await;
    let before = server.bytes(&draft.file).await;
    assert_eq!(server.sign(&draft.members[0]).await.status, 204);
    assert!(
        server.bytes(&draft.file).await == before,
        "an approval leaves the document alone"
    );
    let member = server.get(&draft.members[0]).await.json();
    assert_eq!(
        (&member["type"], &member["status"]),
        (&json!("validator"), &json!("done"))
    );
    assert_eq!(server.sign(&draft.members[1]).await.status, 204);
    assert_eq!(server.status(&draft.id).await, "finished");
}

#[tokio::test]
async fn a_refusal_ends_the_request_and_keeps_its_reason() {
    let server = Server::start().await;
    let draft = server.started(false).await;
    let refuse = format!("/_sandbox{}/refuse", draft.members[0]);
    assert_eq!(
        server.post(&refuse, json!({ "comment": " " })).await.status,
        400
    );
    assert_eq!(
        server
            .post(&refuse, json!({ "comment": "trop cher" }))
            .await
            .status,
        204
    );
    let read = server.get(&draft.id).await.json();
    assert_eq!(read["status"], "refused");
    assert_eq!(read["members"][0]["status"], "refused");
    assert_eq!(read["members"][0]["comment"], "trop cher");
    assert_eq!(read["members"][1]["status"], "pending");
    assert_eq!(server.sign(&draft.members[1]).await.status, 409);
}

#[tokio::test]
async fn text_fields_are_filled_and_have_to_be_where_they_must() {
    let server = Server::start().await;
    let draft = server
        .draft(json!({ "name": "Lease", "start": false }), &[ada()])
        .await;
    let place = json!({
        "file": draft.file, "member": draft.members[0], "page": 1, "type": "text",
        "contentRequired": true, "position": "72,300,300,330", "fontSize": 9,
        "fontColor": "255,0,51",
    });
    let field = server.create("/file_objects", place).await;
    let by_sender = json!({
        "file": draft.file, "page": 3, "type": "text", "content": "Zoé & Ζωή",
        "position": "72,300,300,330",
    });
    server.create("/file_objects", by_sender).await;
    server.start_procedure(&draft.id).await;
    let sign = format!("/_sandbox{}/sign", draft.members[0]);
    assert_eq!(
        server.post(&sign, json!({})).await.status,
        400,
        "a required text is missing"
    );
    let long = json!({ "texts": { &field: "x".repeat(256) } });
    assert_eq!(
        server.post(&sign, long).await.status,
        400,
        "a text has its bounds"
    );
    let texts = json!({ "texts": { &field: "Łódź" } });
    assert_eq!(server.post(&sign, texts).await.status, 204);
    assert_eq!(server.get(&field).await.json()["content"], "Łódź");

    let bytes = server.bytes(&draft.file).await;
    assert_valid(&bytes, &["Ada Martin"]);
    for appearance in [" 9 Tf 1 0 0.2 rg)", " 12 Tf 0 0 0 rg)"] {
        assert!(
            bytes
                .windows(appearance.len())
                .any(|found| found == appearance.as_bytes()),
            "a text field has the size and colour asked for, or the documented ones: {appearance}"
        );
    }
    let document = crate::support::pdf().open_bytes(bytes, None).await.unwrap();
    let texts: Vec<(u32, String)> = document
        .find_marks()
        .await
        .unwrap()
        .into_iter()
        .filter_map(|mark| match mark.kind {
            FoundKind::Text { value } => Some((mark.page, value)),
            FoundKind::Signature { .. } => None,
        })
        .collect();
    assert_eq!(texts, [(0, "Łódź".to_owned()), (2, "Zoé & Ζωή".to_owned())]);
}

#[tokio::test]
async fn a_member_signs_only_the_files_with_a_place() {
    let server = Server::start().await;
    let draft = server
        .draft(json!({ "name": "Lease", "start": false }), &[ada(), ben()])
        .await;
    let second = server
        .create("/files", crate::support::file(&draft.id))
        .await;
    let invisible = json!({ "file": second, "member": draft.members[1], "page": 0 });
    server.create("/file_objects", invisible).await;
    server.start_procedure(&draft.id).await;
    let before = server.bytes(&second).await;
    server.sign(&draft.members[0]).await;
    assert!(
        server.bytes(&second).await == before,
        "Ada has no place on the second file"
    );
    server.sign(&draft.members[1]).await;
    let bytes = server.bytes(&second).await;
    assert_valid(&bytes, &["Ben Ågren"]);
    let document = crate::support::pdf().open_bytes(bytes, None).await.unwrap();
    assert_eq!(
        document.info().signatures,
        1,
        "page 0 is an invisible signature"
    );
}

#[tokio::test]
async fn a_document_that_was_signed_before_is_not_rewritten() {
    let server = Server::start().await;
    let first = server.started(false).await;
    server.sign(&first.members[0]).await;
    let signed = server.bytes(&first.file).await;

    let id = server
        .create("/procedures", json!({ "name": "Again", "start": false }))
        .await;
    let upload =
        json!({ "name": "again.pdf", "content": STANDARD.encode(&signed), "procedure": id });
    let file = server.create("/files", upload).await;
    assert!(
        server.bytes(&file).await == signed,
        "stamping would break the signature in it"
    );
    let mut ben = ben();
    ben["procedure"] = json!(id);
    let member = server.create("/members", ben).await;
    let place = json!({ "file": file, "member": member, "page": 1, "position": "50,50,200,120" });
    server.create("/file_objects", place).await;
    server.start_procedure(&id).await;
    assert_eq!(server.sign(&member).await.status, 204);
    let bytes = server.bytes(&file).await;
    assert!(bytes.starts_with(&signed));
    assert_valid(&bytes, &["Ada Martin", "Ben Ågren"]);
}

#[tokio::test]
async fn the_identity_code_is_really_checked() {
    let server = Server::start().await;
    let people = [person("Ada", "Martin", "custom")];
    let draft = server
        .draft(json!({ "name": "Lease", "start": false }), &people)
        .await;
    server.start_procedure(&draft.id).await;
    let sign = format!("/_sandbox{}/sign", draft.members[0]);
    for attempt in 1..=5 {
        let reply = server.post(&sign, json!({ "code": "not it" })).await;
        assert_eq!(reply.status, 400, "try {attempt}");
        assert_eq!(text(&reply.json()["violations"][0]["propertyPath"]), "code");
    }
    assert_eq!(server.status(&draft.id).await, "active");
    assert_eq!(
        server.sign(&draft.members[0]).await.status,
        204,
        "a new code is asked for and right"
    );
}
