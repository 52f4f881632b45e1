use super::*;
use crate::checks::problems;
use crate::checks::tests::{capabilities, ready_draft};
use crate::draft::{FieldKind, Role};
use crate::edit;

const TODAY: Date = jiff::civil::date(2026, 11, 22);

/// A ready draft with one thing wrong, by name.
type Case = (&'static str, fn(&mut Draft, &mut Capabilities));

fn another_document(draft: &mut Draft, purpose: Purpose) {
    let mut document = draft.documents[0].clone();
    document.id.0 = "annex".to_owned();
    document.pages[0].id.0 = "annex-page".to_owned();
    document.purpose = purpose;
    draft.documents.push(document);
}

#[test]
fn what_can_be_mended_is_no_problem_afterwards() {
    let cases: [Case; 9] = [
        ("no title", |draft, _| draft.title = " ".to_owned()),
        ("off the page", |draft, _| draft.fields[0].rect.x = 590.0),
        ("too small, in a corner", |draft, _| {
            draft.fields[0].rect = Rect {
                x: 0.0,
                y: 832.0,
                w: 20.0,
                h: 10.0,
            };
        }),
        ("on an attachment", |draft, _| {
            another_document(draft, Purpose::Attachment);
            let mut field = draft.fields[0].clone();
            field.id.0 = "g".to_owned();
            field.page.0 = "annex-page".to_owned();
            draft.fields.push(field);
        }),
        ("a document nobody signs", |draft, _| {
            another_document(draft, Purpose::ToSign);
        }),
        (
            "an identity check that is not offered",
            |draft, capabilities| {
                draft.recipients[0].identity_check = IdentityCheck::None;
                capabilities.identity_checks = vec![IdentityCheck::SmsCode];
            },
        ),
        ("a field of somebody who only reads", |draft, _| {
            let mut reader = draft.recipients[0].clone();
            reader.id.0 = "bob".to_owned();
            reader.email = "bob@example.org".to_owned();
            reader.role = Role::Observer;
            draft.recipients.push(reader);
            let mut field = draft.fields[0].clone();
            field.id.0 = "g".to_owned();
            field.recipient.0 = "bob".to_owned();
            draft.fields.push(field);
        }),
        ("text that is not offered", |draft, capabilities| {
            capabilities.text_fields = false;
            let mut field = draft.fields[0].clone();
            field.id.0 = "g".to_owned();
            field.kind = FieldKind::Text {
                content: String::new(),
                required: true,
                font_size: 10,
                formula: String::new(),
            };
            draft.fields.push(field);
        }),
        ("a deadline that has passed", |draft, _| {
            draft.invitation.deadline = Some(TODAY.saturating_sub(1.day()));
        }),
    ];
    for (what, spoil) in cases {
        let (mut draft, mut capabilities) = (ready_draft(), capabilities());
        spoil(&mut draft, &mut capabilities);
        let found = problems(&draft, Some(&capabilities), TODAY);
        assert_eq!(found.len(), 1, "{what} is one problem: {found:?}");
        let mend = mend(&found[0], &draft, Some(&capabilities), TODAY);
        let edit = mend.unwrap_or_else(|| panic!("{what} can be mended"));
        edit::apply(&mut draft, edit).unwrap_or_else(|error| panic!("{what}: {error}"));
        let left = problems(&draft, Some(&capabilities), TODAY);
        assert_eq!(left, [], "{what} is mended");
    }
}

#[test]
fn nothing_is_mended_that_somebody_has_to_decide() {
    let cases: [Case; 4] = [
        ("the only document, unsigned", |draft, _| {
            draft.fields.clear()
        }),
        ("an address", |draft, _| draft.recipients[0].email.clear()),
        ("less than a code", |draft, capabilities| {
            draft.recipients[0].identity_check = IdentityCheck::SmsCode;
            capabilities.identity_checks = vec![IdentityCheck::None];
        }),
        ("no attachments", |draft, capabilities| {
            another_document(draft, Purpose::ToSign);
            capabilities.attachments = false;
        }),
    ];
    for (what, spoil) in cases {
        let (mut draft, mut capabilities) = (ready_draft(), capabilities());
        spoil(&mut draft, &mut capabilities);
        let found = problems(&draft, Some(&capabilities), TODAY);
        assert!(!found.is_empty(), "{what} is a problem");
        for problem in found {
            let mend = mend(&problem, &draft, Some(&capabilities), TODAY);
            assert_eq!(mend, None, "{what}: {problem:?}");
        }
    }
}
