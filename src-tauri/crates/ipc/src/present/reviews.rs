//! What is going to be sent.

use super::{account_of, problems};
use crate::views::{
    AskedAgainView, CorrectionView, MailOccasion, MailPreview, ReviewDocument, ReviewPerson,
    ReviewView,
};
use paraph_domain::draft::{Draft, FieldKind, IdentityCheck, Recipient, Role};
use paraph_domain::text::phone_e164;
use paraph_engine::words::Occasion;
use paraph_engine::{Correction, Engine, Review};

pub async fn review(engine: &Engine, review: Review) -> ReviewView {
    let draft = &review.look.draft;
    let mails = review
        .occasions
        .iter()
        .map(|(occasion, to)| {
            let mail = review.mail(*occasion);
            MailPreview {
                when: match occasion {
                    Occasion::Invitation => MailOccasion::Invitation,
                    Occasion::Information => MailOccasion::Information,
                    Occasion::Reminder => MailOccasion::Reminder,
                    Occasion::Completed => MailOccasion::Completed,
                    Occasion::Declined => MailOccasion::Declined,
                },
                to: to.clone(),
                subject: mail.subject.clone(),
                message: mail.message.clone(),
                button: match occasion {
                    Occasion::Invitation | Occasion::Reminder => {
                        Some(review.mails.sign_button.clone())
                    }
                    Occasion::Completed => Some(review.mails.open_button.clone()),
                    Occasion::Information | Occasion::Declined => None,
                },
            }
        })
        .collect();
    ReviewView {
        revision: draft.revision,
        account: account_of(engine, review.look.account.as_ref()).await,
        people: review_people(draft),
        documents: draft
            .documents
            .iter()
            .map(|document| ReviewDocument {
                name: document.name.clone(),
                purpose: document.purpose,
                pages: u32::try_from(document.pages.len()).unwrap_or(u32::MAX),
                bytes: document.bytes,
            })
            .collect(),
        from_name: review.mails.from_name.clone(),
        mails,
        reminders: draft.invitation.reminders,
        deadline: draft.invitation.deadline.map(|day| day.to_string()),
        ordered: draft.ordered,
        undo_seconds: review.undo_seconds,
        straightened: review.straightened,
        correction: review.correction.map(correction),
        problems: problems(engine, &review.look),
    }
}

fn correction(correction: Correction) -> CorrectionView {
    let done = correction.done.into_iter().map(|person| AskedAgainView {
        name: person.name,
        role: person.role,
        done_at: person.done_at.map(super::time),
        is_asked: person.is_asked,
    });
    CorrectionView {
        name: correction.name,
        done: done.collect(),
    }
}

fn review_people(draft: &Draft) -> Vec<ReviewPerson> {
    draft
        .recipients
        .iter()
        .map(|recipient| {
            let (mut signatures, mut initials, mut texts) = (0, 0, 0);
            for field in &draft.fields {
                if field.recipient == recipient.id {
                    *match field.kind {
                        FieldKind::Signature { .. } => &mut signatures,
                        FieldKind::Initials => &mut initials,
                        FieldKind::Text { .. } => &mut texts,
                    } += 1;
                }
            }
            ReviewPerson {
                id: recipient.id.clone(),
                name: recipient.display_name(),
                email: recipient.email.trim().to_owned(),
                phone: sent_phone(recipient),
                role: recipient.role,
                identity_check: acting_check(recipient.role, recipient.identity_check),
                colour: recipient.colour,
                signatures,
                initials,
                texts,
            }
        })
        .collect()
}

pub fn sent_phone(recipient: &Recipient) -> Option<String> {
    phone_e164(&recipient.phone, paraph_domain::checks::DEFAULT_COUNTRY)
}

fn acting_check(role: Role, check: IdentityCheck) -> Option<IdentityCheck> {
    (role != Role::Observer).then_some(check)
}
