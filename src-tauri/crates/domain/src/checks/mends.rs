//! What can be mended without asking anything.

use super::Problem;
use crate::capabilities::Capabilities;
use crate::draft::{Draft, Field, IdentityCheck, Purpose};
use crate::edit::DraftEdit;
use crate::geometry::Rect;
use crate::ids::FieldId;
use jiff::ToSpan;
use jiff::civil::Date;

/// How much time people get when a deadline has passed.
const NEW_DEADLINE_DAYS: i32 = 14;

/// The edit that mends a problem; none where only a person knows what is right. `today` is the
/// local date.
pub fn mend(
    problem: &Problem,
    draft: &Draft,
    capabilities: Option<&Capabilities>,
    today: Date,
) -> Option<DraftEdit> {
    match problem {
        Problem::NoTitle => {
            let title = draft.documents.first()?.name.trim().to_owned();
            (!title.is_empty()).then_some(DraftEdit::SetTitle { title })
        }
        Problem::FieldOnAttachment { field } => {
            let (document, _, _) = draft.page(&field_of(draft, field)?.page)?;
            Some(DraftEdit::SetPurpose {
                document: document.id.clone(),
                purpose: Purpose::ToSign,
            })
        }
        Problem::DocumentNotSigned { document } => {
            let is_empty = draft
                .documents
                .iter()
                .find(|it| it.id == *document)
                .is_some_and(|it| draft.fields_of(it).next().is_none());
            let another_is_signed = draft
                .documents
                .iter()
                .any(|it| it.id != *document && it.purpose == Purpose::ToSign);
            (is_empty && another_is_signed && capabilities?.attachments).then(|| {
                DraftEdit::SetPurpose {
                    document: document.clone(),
                    purpose: Purpose::Attachment,
                }
            })
        }
        Problem::IdentityCheckUnsupported { recipient } => {
            let mut offered = capabilities?.identity_checks.iter();
            // Nobody is asked for less than a code without being asked about it.
            let check = offered.find(|check| **check != IdentityCheck::None)?;
            let mut recipient = draft.recipient(recipient)?.clone();
            recipient.identity_check = *check;
            Some(DraftEdit::UpdateRecipient { recipient })
        }
        Problem::FieldOffPage { field } => {
            let field = field_of(draft, field)?;
            moved(draft, field, field.rect)
        }
        Problem::FieldTooSmall { field } => {
            let field = field_of(draft, field)?;
            let least = capabilities?.smallest_signature;
            let Rect { x, y, w, h } = field.rect;
            let (wide, high) = (w.max(least.w), h.max(least.h));
            moved(
                draft,
                field,
                Rect {
                    x: x - (wide - w) / 2.0,
                    y: y - (high - h) / 2.0,
                    w: wide,
                    h: high,
                },
            )
        }
        Problem::FieldOfNonSigner { field } | Problem::TextFieldsUnsupported { field } => {
            Some(DraftEdit::RemoveField {
                field: field.clone(),
            })
        }
        Problem::DeadlinePassed => {
            let mut invitation = draft.invitation.clone();
            invitation.deadline = Some(today.saturating_add(NEW_DEADLINE_DAYS.days()));
            Some(DraftEdit::SetInvitation { invitation })
        }
        _ => None,
    }
}

fn field_of<'a>(draft: &'a Draft, id: &FieldId) -> Option<&'a Field> {
    draft.fields.iter().find(|field| field.id == *id)
}

/// To a rectangle, as far as the page has room for it.
fn moved(draft: &Draft, field: &Field, to: Rect) -> Option<DraftEdit> {
    let (_, _, page) = draft.page(&field.page)?;
    Some(DraftEdit::UpdateField {
        field: Field {
            rect: to.clamped_to(page.geometry.displayed_size()),
            ..field.clone()
        },
    })
}

#[cfg(test)]
#[path = "mends_tests.rs"]
mod tests;
