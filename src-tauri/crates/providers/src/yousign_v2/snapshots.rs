//! A snapshot with one of everything, for tests.

use jiff::civil::date;
use paraph_domain::draft::{
    Draft, Field, FieldKind, IdentityCheck, Invitation, Language, Purpose, Recipient, Reminders,
    Role,
};
use paraph_domain::geometry::{Rect, Size};
use paraph_domain::ids::{
    AccountId, BlobId, DocumentId, DraftId, FieldId, PageId, RecipientId, SendingId,
};
use paraph_domain::sending::{Mail, Mails, Placement, PreparedFile, Snapshot};

pub(crate) const A4: Size = Size { w: 595.0, h: 842.0 };

pub(crate) fn words(subject: &str, message: &str) -> Mail {
    Mail {
        subject: subject.to_owned(),
        message: message.to_owned(),
    }
}

pub(crate) fn recipient(id: &str, role: Role, identity_check: IdentityCheck) -> Recipient {
    Recipient {
        id: RecipientId::new(id),
        first_name: format!(" {id} "),
        last_name: "Martin".to_owned(),
        email: format!(" {}@example.org", id.to_uppercase()),
        phone: "06 12 34 56 78".to_owned(),
        role,
        identity_check,
        colour: 0,
    }
}

fn file(id: &str, purpose: Purpose) -> PreparedFile {
    PreparedFile {
        document: DocumentId::new(id),
        file_name: format!("{id}.pdf"),
        purpose,
        blob: BlobId::new(format!("{id}-sha256")),
        bytes: 3,
        pages: vec![A4, Size { w: 842.0, h: 595.0 }],
    }
}

/// Two documents, an observer, two signers, an approver, a signature on page 1 and a text on
/// page 2.
pub(crate) fn snapshot() -> Snapshot {
    let mut draft = Draft::empty(DraftId::new("draft"));
    draft.title = " Lease 2026 ".to_owned();
    draft.ordered = true;
    draft.recipients = vec![
        recipient("watch", Role::Observer, IdentityCheck::None),
        recipient("ada", Role::Signer, IdentityCheck::EmailCode),
        recipient("ben", Role::Signer, IdentityCheck::SmsCode),
        recipient("cy", Role::Approver, IdentityCheck::None),
    ];
    let rect = Rect {
        x: 100.4,
        y: 50.0,
        w: 120.2,
        h: 60.0,
    };
    let field = |id: &str, recipient: &str, kind| Field {
        id: FieldId::new(id),
        page: PageId::new("page"),
        recipient: RecipientId::new(recipient),
        rect,
        kind,
    };
    draft.fields = vec![
        field(
            "sign",
            "ada",
            FieldKind::Signature {
                mention_above: "Read and approved".to_owned(),
                mention_below: String::new(),
            },
        ),
        field(
            "text",
            "ben",
            FieldKind::Text {
                content: String::new(),
                required: true,
                font_size: 48,
                formula: String::new(),
            },
        ),
    ];
    draft.invitation = Invitation {
        language: Language::English,
        subject: String::new(),
        message: String::new(),
        deadline: Some(date(2026, 3, 31)),
        reminders: Some(Reminders {
            every_days: 3,
            at_most: 2,
        }),
    };
    let placement = |field: &str, recipient: &str, page| Placement {
        field: FieldId::new(field),
        document: DocumentId::new("lease"),
        recipient: RecipientId::new(recipient),
        page,
        rect,
    };
    Snapshot {
        id: SendingId::new("sending-1"),
        draft,
        account: AccountId::new("account"),
        frozen_at: "2026-03-02T00:30:00Z".parse().unwrap(),
        files: vec![
            file("lease", Purpose::ToSign),
            file("terms", Purpose::Attachment),
        ],
        placements: vec![placement("sign", "ada", 1), placement("text", "ben", 2)],
        mails: Mails {
            language: Language::English,
            from_name: "Acme".to_owned(),
            invitation: words("Please sign", "Dear reader,\n\nplease sign."),
            reminder: words("Reminder", "Still waiting."),
            completed: words("All signed", "Done."),
            declined: words("Declined", "Nobody signs any more."),
            information: words("For your information", "It was sent."),
            sign_button: "Open and sign".to_owned(),
            open_button: "Open the documents".to_owned(),
        },
    }
}
