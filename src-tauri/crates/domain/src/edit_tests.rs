use super::*;
use crate::draft::{FieldKind, IdentityCheck, Page, Role};
use crate::geometry::{PageGeometry, Rect};
use crate::ids::{BlobId, DraftId, PageId};
use proptest::prelude::*;

fn document(n: u8) -> Document {
    Document {
        id: DocumentId::new(format!("doc{n}")),
        name: format!("Document {n}"),
        purpose: Purpose::ToSign,
        pages: (0..2)
            .map(|page| Page {
                id: PageId::new(format!("doc{n}-page{page}")),
                blob: BlobId::new("blob"),
                index: page,
                geometry: PageGeometry::upright(595.0, 842.0),
                unreadable: false,
            })
            .collect(),
        bytes: 1,
        signed_before: false,
        cautions: Vec::new(),
    }
}

fn recipient(n: u8) -> Recipient {
    Recipient {
        id: RecipientId::new(format!("person{n}")),
        first_name: format!("First {n}"),
        last_name: String::new(),
        email: String::new(),
        phone: String::new(),
        role: Role::Signer,
        identity_check: IdentityCheck::EmailCode,
        colour: n,
    }
}

fn field(n: u8, page: u8, person: u8) -> Field {
    Field {
        id: FieldId::new(format!("field{n}")),
        page: PageId::new(format!("doc{}-page{}", page / 2, page % 2)),
        recipient: RecipientId::new(format!("person{person}")),
        rect: Rect {
            x: f64::from(n),
            y: 10.0,
            w: 100.0,
            h: 40.0,
        },
        kind: FieldKind::Signature {
            mention_above: String::new(),
            mention_below: String::new(),
        },
    }
}

fn single_edits() -> impl Strategy<Value = DraftEdit> {
    let small = 0..4u8;
    prop_oneof![
        "[a-z]{0,6}".prop_map(|title| DraftEdit::SetTitle { title }),
        any::<bool>().prop_map(|ordered| DraftEdit::SetOrdered { ordered }),
        (small.clone(), 0..6u32).prop_map(|(n, at)| DraftEdit::InsertDocument {
            document: document(n),
            at
        }),
        small.clone().prop_map(|n| DraftEdit::RemoveDocument {
            document: document(n).id
        }),
        (small.clone(), 0..6u32).prop_map(|(n, to)| DraftEdit::MoveDocument {
            document: document(n).id,
            to
        }),
        (small.clone(), 0..6u32).prop_map(|(n, at)| DraftEdit::InsertRecipient {
            recipient: recipient(n),
            at
        }),
        small.clone().prop_map(|n| DraftEdit::RemoveRecipient {
            recipient: recipient(n).id
        }),
        (small.clone(), 0..6u32).prop_map(|(n, to)| DraftEdit::MoveRecipient {
            recipient: recipient(n).id,
            to
        }),
        (0..12u8, 0..8u8, small.clone(), 0..9u32).prop_map(|(n, page, person, at)| {
            DraftEdit::InsertField {
                field: field(n, page, person),
                at,
            }
        }),
        (0..12u8, 0..8u8, small).prop_map(|(n, page, person)| DraftEdit::UpdateField {
            field: field(n, page, person)
        }),
        (0..12u8).prop_map(|n| DraftEdit::RemoveField {
            field: field(n, 0, 0).id
        }),
    ]
}

fn edits() -> impl Strategy<Value = DraftEdit> {
    prop_oneof![
        4 => single_edits(),
        1 => proptest::collection::vec(single_edits(), 1..5).prop_map(|edits| DraftEdit::Batch { edits }),
    ]
}

/// Undo counts as an edit, so revisions differ; everything else must be the same.
fn without_revision(draft: &Draft) -> Draft {
    Draft {
        revision: 0,
        ..draft.clone()
    }
}

proptest! {
    #[test]
    fn undoing_everything_gives_the_first_draft_and_redoing_the_last(edits in proptest::collection::vec(edits(), 0..80)) {
        let first = Draft::empty(DraftId::new("d"));
        let mut draft = first.clone();
        let mut undo = Vec::new();
        for edit in edits {
            let before = draft.clone();
            match apply(&mut draft, edit) {
                Ok(inverse) => undo.push(inverse),
                Err(_) => prop_assert_eq!(&draft, &before, "a refused edit must change nothing"),
            }
            for field in &draft.fields {
                prop_assert!(draft.recipient(&field.recipient).is_some(), "a field must belong to a person of the draft");
                prop_assert!(draft.page(&field.page).is_some(), "a field must lie on a page of the draft");
            }
        }
        let last = without_revision(&draft);
        let mut redo = Vec::new();
        for inverse in undo.into_iter().rev() {
            redo.push(apply(&mut draft, inverse).expect("an inverse always applies"));
        }
        prop_assert_eq!(without_revision(&draft), first);
        for edit in redo.into_iter().rev() {
            apply(&mut draft, edit).expect("a redone edit always applies");
        }
        prop_assert_eq!(without_revision(&draft), last);
    }
}

#[test]
fn edits_survive_the_journal() {
    let edit = DraftEdit::Batch {
        edits: vec![
            DraftEdit::InsertField {
                field: field(1, 0, 0),
                at: 0,
            },
            DraftEdit::SetFolder { folder: None },
        ],
    };
    let text = serde_json::to_string(&edit).expect("edits serialise");
    assert_eq!(
        serde_json::from_str::<DraftEdit>(&text).expect("and come back"),
        edit
    );
}

#[test]
fn a_rectangle_of_no_size_is_refused() {
    let mut draft = Draft::empty(DraftId::new("d"));
    draft.documents.push(document(0));
    draft.recipients.push(recipient(0));
    for (w, h) in [
        (0.0, 10.0),
        (-5.0, 10.0),
        (f64::NAN, 10.0),
        (10.0, f64::INFINITY),
    ] {
        let mut bad = field(0, 0, 0);
        bad.rect.w = w;
        bad.rect.h = h;
        let refused = apply(&mut draft, DraftEdit::InsertField { field: bad, at: 0 });
        assert_eq!(
            refused,
            Err(EditError::BadPlace(FieldId::new("field0"))),
            "{w} x {h}"
        );
    }
}
