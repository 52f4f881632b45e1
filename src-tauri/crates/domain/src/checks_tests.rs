use super::*;
use crate::draft::{Document, Field, Page, Recipient};
use crate::geometry::{PageGeometry, Rect, Size};
use crate::ids::{BlobId, DraftId, PageId};

pub(in crate::checks) fn capabilities() -> Capabilities {
    Capabilities {
        largest_document: 1_000_000,
        identity_checks: vec![IdentityCheck::EmailCode, IdentityCheck::SmsCode],
        phone_required: true,
        approvers: true,
        observers: true,
        attachments: true,
        text_fields: true,
        mentions: true,
        reminders: true,
        longest_text: 255,
        smallest_text: 6,
        largest_text: 20,
        smallest_signature: Size { w: 60.0, h: 30.0 },
        proof: true,
        whole_points: true,
    }
}

pub(in crate::checks) fn ready_draft() -> Draft {
    let mut draft = Draft::empty(DraftId::new("d"));
    draft.title = "Lease".to_owned();
    draft.documents.push(Document {
        id: DocumentId::new("doc"),
        name: "Lease".to_owned(),
        purpose: Purpose::ToSign,
        pages: vec![Page {
            id: PageId::new("page"),
            blob: BlobId::new("blob"),
            index: 0,
            geometry: PageGeometry::upright(595.0, 842.0),
            unreadable: false,
        }],
        bytes: 1000,
        signed_before: false,
        cautions: Vec::new(),
    });
    draft.recipients.push(Recipient {
        id: RecipientId::new("ada"),
        first_name: "Ada".to_owned(),
        last_name: "Martin".to_owned(),
        email: "ada@example.org".to_owned(),
        phone: "06 12 34 56 78".to_owned(),
        role: Role::Signer,
        identity_check: IdentityCheck::EmailCode,
        colour: 0,
    });
    draft.fields.push(Field {
        id: FieldId::new("f"),
        page: PageId::new("page"),
        recipient: RecipientId::new("ada"),
        rect: Rect {
            x: 100.0,
            y: 700.0,
            w: 180.0,
            h: 60.0,
        },
        kind: FieldKind::Signature {
            mention_above: String::new(),
            mention_below: String::new(),
        },
    });
    draft
}

#[test]
fn a_complete_draft_has_no_problem() {
    let today = jiff::civil::date(2026, 11, 22);
    assert_eq!(
        problems(&ready_draft(), Some(&capabilities()), today),
        Vec::new()
    );
}

#[test]
fn each_defect_is_named_at_its_place() {
    type Spoil = fn(&mut Draft);
    let ada = || RecipientId::new("ada");
    let cases: Vec<(&str, Spoil, Problem)> = vec![
        ("title", |d| d.title.clear(), Problem::NoTitle),
        ("documents", |d| d.documents.clear(), Problem::NoDocument),
        ("signer", |d| d.recipients.clear(), Problem::NoSigner),
        (
            "first name",
            |d| d.recipients[0].first_name.clear(),
            Problem::NameMissing { recipient: ada() },
        ),
        (
            "e-mail",
            |d| d.recipients[0].email.clear(),
            Problem::EmailMissing { recipient: ada() },
        ),
        (
            "bad e-mail",
            |d| d.recipients[0].email = "ada@".to_owned(),
            Problem::EmailMalformed { recipient: ada() },
        ),
        (
            "phone",
            |d| d.recipients[0].phone.clear(),
            Problem::PhoneMissing { recipient: ada() },
        ),
        (
            "bad phone",
            |d| d.recipients[0].phone = "12".to_owned(),
            Problem::PhoneMalformed { recipient: ada() },
        ),
        (
            "field",
            |d| d.fields.clear(),
            Problem::NoSignatureField { recipient: ada() },
        ),
        (
            "identity check",
            |d| d.recipients[0].identity_check = IdentityCheck::None,
            Problem::IdentityCheckUnsupported { recipient: ada() },
        ),
        (
            "off page",
            |d| d.fields[0].rect.x = 500.0,
            Problem::FieldOffPage {
                field: FieldId::new("f"),
            },
        ),
        (
            "small",
            |d| d.fields[0].rect.h = 10.0,
            Problem::FieldTooSmall {
                field: FieldId::new("f"),
            },
        ),
        (
            "large file",
            |d| d.documents[0].bytes = 2_000_000,
            Problem::DocumentTooLarge {
                document: DocumentId::new("doc"),
                bytes: 2_000_000,
                limit: 1_000_000,
            },
        ),
        (
            "deadline",
            |d| d.invitation.deadline = Some(jiff::civil::date(2026, 11, 21)),
            Problem::DeadlinePassed,
        ),
    ];
    let today = jiff::civil::date(2026, 11, 22);
    for (name, spoil, expected) in cases {
        let mut draft = ready_draft();
        spoil(&mut draft);
        let found = problems(&draft, Some(&capabilities()), today);
        assert!(
            found.contains(&expected),
            "{name}: expected {expected:?} among {found:?}"
        );
    }
}

#[test]
fn the_deadline_day_itself_is_still_good() {
    let mut draft = ready_draft();
    let today = jiff::civil::date(2026, 11, 22);
    draft.invitation.deadline = Some(today);
    assert_eq!(problems(&draft, Some(&capabilities()), today), Vec::new());
}

#[test]
fn what_may_look_different_is_said_and_does_not_block() {
    let mut draft = ready_draft();
    draft.documents[0].cautions = vec![Caution::Portfolio, Caution::Scripts];
    let today = jiff::civil::date(2026, 11, 22);
    for capabilities in [None, Some(capabilities())] {
        let found = problems(&draft, capabilities.as_ref(), today);
        let cautions: Vec<_> = found
            .iter()
            .filter_map(|problem| match problem {
                Problem::MayLookDifferent { document, caution } => Some((document, *caution)),
                _ => None,
            })
            .collect();
        let document = &draft.documents[0].id;
        let expected = [(document, Caution::Portfolio), (document, Caution::Scripts)];
        assert_eq!(cautions, expected, "with and without an account");
        let blocks = found
            .iter()
            .any(|problem| problem.blocks() && *problem != Problem::NoAccount);
        assert!(!blocks, "it can be sent all the same: {found:?}");
    }
}

#[test]
fn pages_that_cannot_be_shown_keep_a_document_from_being_sent() {
    let mut draft = ready_draft();
    let whole = draft.documents[0].pages[0].clone();
    for (id, unreadable) in [("second", true), ("third", false), ("fourth", true)] {
        draft.documents[0].pages.push(Page {
            id: PageId::new(id),
            unreadable,
            ..whole.clone()
        });
    }
    let found = problems(
        &draft,
        Some(&capabilities()),
        jiff::civil::date(2026, 11, 22),
    );
    let expected = Problem::PagesUnreadable {
        document: draft.documents[0].id.clone(),
        page: PageId::new("second"),
        number: 2,
        count: 2,
    };
    assert_eq!(found, [expected], "told once, with the first page's number");
    assert!(found[0].blocks(), "nobody signs what nobody can see");
}

#[test]
fn drafts_of_earlier_versions_can_be_read() {
    let mut stored = serde_json::to_value(&ready_draft().documents[0]).expect("it is written");
    let entries = stored.as_object_mut().expect("an object");
    entries.remove("cautions");
    let page = entries["pages"][0].as_object_mut().expect("a page");
    page.remove("unreadable");
    let read: Document = serde_json::from_value(stored).expect("it is read");
    assert_eq!(read, ready_draft().documents[0]);
}

#[test]
fn initials_are_no_signature_and_have_its_least_size() {
    let mut draft = ready_draft();
    draft.fields[0].kind = FieldKind::Initials;
    draft.fields[0].rect.h = 20.0;
    let today = jiff::civil::date(2026, 11, 22);
    let found = problems(&draft, Some(&capabilities()), today);
    let expected = [
        Problem::NoSignatureField {
            recipient: RecipientId::new("ada"),
        },
        Problem::DocumentNotSigned {
            document: DocumentId::new("doc"),
        },
        Problem::FieldTooSmall {
            field: FieldId::new("f"),
        },
    ];
    assert_eq!(found, expected);
}
