//! The words of every mail, decided when a draft is frozen.

use paraph_domain::draft::{Draft, Field, FieldKind, Role};
use paraph_domain::sending::{Mail, Mails};
use paraph_messages::{Key, date, text};

/// The mails of a request: the draft's own words where it has some, else the standard ones.
/// `sender` is who the invitation comes from.
pub fn mails(draft: &Draft, sender: &str) -> Mails {
    let invitation = &draft.invitation;
    let language = invitation.language;
    let sender = match sender.trim() {
        "" => text(language, Key::MailDefaultSender, &[]),
        name => name.to_owned(),
    };
    let values = [("sender", sender.as_str()), ("title", draft.title.trim())];
    let standard = |subject, message| Mail {
        subject: text(language, subject, &values),
        message: text(language, message, &values),
    };

    let mut first = standard(Key::MailInvitationSubject, Key::MailInvitationMessage);
    if !invitation.subject.trim().is_empty() {
        invitation.subject.trim().clone_into(&mut first.subject);
    }
    if !invitation.message.trim().is_empty() {
        invitation.message.trim().clone_into(&mut first.message);
    }
    let mut reminder = standard(Key::MailReminderSubject, Key::MailReminderMessage);
    if let Some(deadline) = invitation.deadline {
        let day = date(language, deadline);
        let sentence = text(language, Key::MailDeadline, &[("date", &day)]);
        for mail in [&mut first, &mut reminder] {
            mail.message = format!("{}\n\n{sentence}", mail.message);
        }
    }
    // The providers do not say beside a field what has to be written into it.
    for sentence in formulas(draft) {
        for mail in [&mut first, &mut reminder] {
            mail.message = format!("{}\n\n{sentence}", mail.message);
        }
    }
    Mails {
        language,
        from_name: sender.clone(),
        invitation: first,
        reminder,
        completed: standard(Key::MailCompletedSubject, Key::MailCompletedMessage),
        declined: standard(Key::MailDeclinedSubject, Key::MailDeclinedMessage),
        information: standard(Key::MailInformationSubject, Key::MailInformationMessage),
        sign_button: text(language, Key::MailSignButton, &[]),
        open_button: text(language, Key::MailOpenButton, &[]),
    }
}

/// Who has to write what by hand, and where.
fn formulas(draft: &Draft) -> Vec<String> {
    let sentence = |field: &Field| {
        let FieldKind::Text { formula, .. } = &field.kind else {
            return None;
        };
        let formula = Some(formula.trim()).filter(|formula| !formula.is_empty())?;
        let (document, place, _) = draft.page(&field.page)?;
        let values = [
            ("person", draft.recipient(&field.recipient)?.display_name()),
            ("formula", formula.to_owned()),
            ("page", (place + 1).to_string()),
            ("document", document.name.clone()),
        ];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        Some(text(draft.invitation.language, Key::MailFormula, &values))
    };
    draft.fields.iter().filter_map(sentence).collect()
}

/// When a mail goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    Invitation,
    Information,
    Reminder,
    Completed,
    Declined,
}

/// Who gets which mail, by display name, leaving out mails that nobody gets.
pub fn recipients_of_mails(draft: &Draft) -> Vec<(Occasion, Vec<String>)> {
    let names = |wanted: &dyn Fn(Role) -> bool| -> Vec<String> {
        draft
            .recipients
            .iter()
            .filter(|recipient| wanted(recipient.role))
            .map(|recipient| recipient.display_name())
            .collect()
    };
    let acting = names(&|role| role != Role::Observer);
    let mut mails = vec![
        (Occasion::Invitation, acting.clone()),
        (Occasion::Information, names(&|role| role == Role::Observer)),
    ];
    if draft.invitation.reminders.is_some() {
        mails.push((Occasion::Reminder, acting));
    }
    let everybody = names(&|_| true);
    mails.push((Occasion::Completed, everybody.clone()));
    mails.push((Occasion::Declined, everybody));
    mails.retain(|(_, to)| !to.is_empty());
    mails
}

#[cfg(test)]
mod tests {
    use super::*;
    use paraph_domain::draft::{Document, IdentityCheck, Page, Purpose, Recipient};
    use paraph_domain::geometry::{PageGeometry, Rect};
    use paraph_domain::ids::{BlobId, DocumentId, DraftId, FieldId, PageId, RecipientId};

    fn draft_with(formula: &str) -> Draft {
        let mut draft = Draft::empty(DraftId::new("draft"));
        draft.recipients.push(Recipient {
            id: RecipientId::new("ada"),
            first_name: "Ada".to_owned(),
            last_name: "Martin".to_owned(),
            email: "ada@example.org".to_owned(),
            phone: String::new(),
            role: Role::Signer,
            identity_check: IdentityCheck::EmailCode,
            colour: 0,
        });
        let page = |id: &str| Page {
            id: PageId::new(id),
            blob: BlobId::new("b"),
            index: 0,
            geometry: PageGeometry::upright(595.0, 842.0),
            unreadable: false,
        };
        draft.documents.push(Document {
            id: DocumentId::new("lease"),
            name: "Lease".to_owned(),
            purpose: Purpose::ToSign,
            pages: vec![page("one"), page("two")],
            bytes: 1,
            signed_before: false,
            cautions: Vec::new(),
        });
        draft.fields.push(Field {
            id: FieldId::new("f"),
            page: PageId::new("two"),
            recipient: RecipientId::new("ada"),
            rect: Rect {
                x: 1.0,
                y: 1.0,
                w: 100.0,
                h: 20.0,
            },
            kind: FieldKind::Text {
                content: String::new(),
                required: true,
                font_size: 11,
                formula: formula.to_owned(),
            },
        });
        draft
    }

    #[test]
    fn the_mails_say_who_has_to_write_what_and_where() {
        let sentence = "Ada Martin: please write “Read and approved” by hand in the field on page 2 \
                        of “Lease”.";
        let mails = mails(&draft_with(" Read and approved "), "Acme");
        for mail in [&mails.invitation, &mails.reminder] {
            assert!(mail.message.ends_with(sentence), "{}", mail.message);
        }
        assert!(!mails.completed.message.contains("by hand"));
    }

    #[test]
    fn a_field_without_a_formula_is_not_spoken_of() {
        let mails = mails(&draft_with("  "), "Acme");
        assert!(!mails.invitation.message.contains("by hand"));
    }
}
