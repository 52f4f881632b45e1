//! Changes to a draft. Each is typed and yields its inverse when applied, so undo is an edit too.

use crate::draft::{Document, Draft, Field, Invitation, Purpose, Recipient};
use crate::ids::{AccountId, DocumentId, FieldId, RecipientId};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(
    tag = "edit",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum DraftEdit {
    SetTitle {
        title: String,
    },
    SetAccount {
        account: Option<AccountId>,
    },
    SetInvitation {
        invitation: Invitation,
    },
    SetOrdered {
        ordered: bool,
    },
    SetFolder {
        folder: Option<String>,
    },
    InsertDocument {
        document: Document,
        at: u32,
    },
    RemoveDocument {
        document: DocumentId,
    },
    MoveDocument {
        document: DocumentId,
        to: u32,
    },
    RenameDocument {
        document: DocumentId,
        name: String,
    },
    SetPurpose {
        document: DocumentId,
        purpose: Purpose,
    },
    InsertRecipient {
        recipient: Recipient,
        at: u32,
    },
    UpdateRecipient {
        recipient: Recipient,
    },
    MoveRecipient {
        recipient: RecipientId,
        to: u32,
    },
    RemoveRecipient {
        recipient: RecipientId,
    },
    InsertField {
        field: Field,
        at: u32,
    },
    UpdateField {
        field: Field,
    },
    RemoveField {
        field: FieldId,
    },
    /// Several changes that are one step for whoever undoes it; all or none.
    Batch {
        edits: Vec<DraftEdit>,
    },
}

/// Why an edit could not be applied. Only stale or foreign edits meet these.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    #[error("the draft has no document {0}")]
    NoDocument(DocumentId),
    #[error("the draft has no recipient {0}")]
    NoRecipient(RecipientId),
    #[error("the draft has no field {0}")]
    NoField(FieldId),
    #[error("the draft has no page for field {0}")]
    NoPage(FieldId),
    #[error("the draft already has {0}")]
    Duplicate(String),
    #[error("the rectangle of field {0} is not a place on its page")]
    BadPlace(FieldId),
}

/// Applies `edit` and returns its inverse. On an error the draft is as it was.
pub fn apply(draft: &mut Draft, edit: DraftEdit) -> Result<DraftEdit, EditError> {
    let mut changed = draft.clone();
    let inverse = apply_in_place(&mut changed, edit)?;
    changed.revision = changed.revision.saturating_add(1);
    *draft = changed;
    Ok(inverse)
}

fn apply_in_place(draft: &mut Draft, edit: DraftEdit) -> Result<DraftEdit, EditError> {
    use DraftEdit as E;
    Ok(match edit {
        E::SetTitle { title } => E::SetTitle {
            title: std::mem::replace(&mut draft.title, title),
        },
        E::SetAccount { account } => E::SetAccount {
            account: std::mem::replace(&mut draft.account, account),
        },
        E::SetInvitation { invitation } => E::SetInvitation {
            invitation: std::mem::replace(&mut draft.invitation, invitation),
        },
        E::SetOrdered { ordered } => E::SetOrdered {
            ordered: std::mem::replace(&mut draft.ordered, ordered),
        },
        E::SetFolder { folder } => E::SetFolder {
            folder: std::mem::replace(&mut draft.folder, folder),
        },
        E::InsertDocument { document, at } => {
            if draft.documents.iter().any(|other| other.id == document.id) {
                return Err(EditError::Duplicate(document.id.0));
            }
            let id = document.id.clone();
            insert_at(&mut draft.documents, at, document);
            E::RemoveDocument { document: id }
        }
        E::RemoveDocument { document } => remove_document(draft, document)?,
        E::MoveDocument { document, to } => {
            let from = document_place(draft, &document)?;
            move_item(&mut draft.documents, from, to);
            E::MoveDocument {
                document,
                to: from as u32,
            }
        }
        E::RenameDocument { document, name } => {
            let target = document_mut(draft, &document)?;
            E::RenameDocument {
                name: std::mem::replace(&mut target.name, name),
                document,
            }
        }
        E::SetPurpose { document, purpose } => {
            let target = document_mut(draft, &document)?;
            E::SetPurpose {
                purpose: std::mem::replace(&mut target.purpose, purpose),
                document,
            }
        }
        E::InsertRecipient { recipient, at } => {
            if draft.recipient(&recipient.id).is_some() {
                return Err(EditError::Duplicate(recipient.id.0));
            }
            let id = recipient.id.clone();
            insert_at(&mut draft.recipients, at, recipient);
            E::RemoveRecipient { recipient: id }
        }
        E::UpdateRecipient { recipient } => {
            let target = draft
                .recipients
                .iter_mut()
                .find(|other| other.id == recipient.id)
                .ok_or_else(|| EditError::NoRecipient(recipient.id.clone()))?;
            E::UpdateRecipient {
                recipient: std::mem::replace(target, recipient),
            }
        }
        E::MoveRecipient { recipient, to } => {
            let from = recipient_place(draft, &recipient)?;
            move_item(&mut draft.recipients, from, to);
            E::MoveRecipient {
                recipient,
                to: from as u32,
            }
        }
        E::RemoveRecipient { recipient } => remove_recipient(draft, recipient)?,
        E::InsertField { field, at } => {
            if draft.fields.iter().any(|other| other.id == field.id) {
                return Err(EditError::Duplicate(field.id.0));
            }
            check_field(draft, &field)?;
            let id = field.id.clone();
            insert_at(&mut draft.fields, at, field);
            E::RemoveField { field: id }
        }
        E::UpdateField { field } => {
            check_field(draft, &field)?;
            let target = draft
                .fields
                .iter_mut()
                .find(|other| other.id == field.id)
                .ok_or_else(|| EditError::NoField(field.id.clone()))?;
            E::UpdateField {
                field: std::mem::replace(target, field),
            }
        }
        E::RemoveField { field } => {
            let at = draft
                .fields
                .iter()
                .position(|other| other.id == field)
                .ok_or(EditError::NoField(field))?;
            E::InsertField {
                field: draft.fields.remove(at),
                at: at as u32,
            }
        }
        E::Batch { edits } => {
            let mut inverses = Vec::with_capacity(edits.len());
            for edit in edits {
                inverses.push(apply_in_place(draft, edit)?);
            }
            inverses.reverse();
            E::Batch { edits: inverses }
        }
    })
}

/// A document takes its fields with it; undo brings back both, each field at its place in line.
fn remove_document(draft: &mut Draft, id: DocumentId) -> Result<DraftEdit, EditError> {
    let at = document_place(draft, &id)?;
    let document = draft.documents.remove(at);
    let pages: Vec<_> = document.pages.iter().map(|page| page.id.clone()).collect();
    let mut inverse = vec![DraftEdit::InsertDocument {
        document,
        at: at as u32,
    }];
    inverse.extend(take_fields(draft, |field| pages.contains(&field.page)));
    Ok(DraftEdit::Batch { edits: inverse })
}

/// As with documents: a person's fields go and come back with the person.
fn remove_recipient(draft: &mut Draft, id: RecipientId) -> Result<DraftEdit, EditError> {
    let at = recipient_place(draft, &id)?;
    let recipient = draft.recipients.remove(at);
    let mut inverse = vec![DraftEdit::InsertRecipient {
        recipient,
        at: at as u32,
    }];
    inverse.extend(take_fields(draft, |field| field.recipient == id));
    Ok(DraftEdit::Batch { edits: inverse })
}

/// Removes the fields that match; returns the edits that put each back where it was, in order.
fn take_fields(draft: &mut Draft, matches: impl Fn(&Field) -> bool) -> Vec<DraftEdit> {
    let mut inverse = Vec::new();
    let mut kept = Vec::with_capacity(draft.fields.len());
    for (at, field) in std::mem::take(&mut draft.fields).into_iter().enumerate() {
        if matches(&field) {
            inverse.push(DraftEdit::InsertField {
                field,
                at: at as u32,
            });
        } else {
            kept.push(field);
        }
    }
    draft.fields = kept;
    inverse
}

fn check_field(draft: &Draft, field: &Field) -> Result<(), EditError> {
    if draft.recipient(&field.recipient).is_none() {
        return Err(EditError::NoRecipient(field.recipient.clone()));
    }
    if draft.page(&field.page).is_none() {
        return Err(EditError::NoPage(field.id.clone()));
    }
    let rect = field.rect;
    let finite = [rect.x, rect.y, rect.w, rect.h]
        .iter()
        .all(|value| value.is_finite());
    if !finite || rect.w <= 0.0 || rect.h <= 0.0 {
        return Err(EditError::BadPlace(field.id.clone()));
    }
    Ok(())
}

fn document_place(draft: &Draft, id: &DocumentId) -> Result<usize, EditError> {
    draft
        .documents
        .iter()
        .position(|document| &document.id == id)
        .ok_or_else(|| EditError::NoDocument(id.clone()))
}

fn document_mut<'a>(draft: &'a mut Draft, id: &DocumentId) -> Result<&'a mut Document, EditError> {
    draft
        .documents
        .iter_mut()
        .find(|document| &document.id == id)
        .ok_or_else(|| EditError::NoDocument(id.clone()))
}

fn recipient_place(draft: &Draft, id: &RecipientId) -> Result<usize, EditError> {
    draft
        .recipients
        .iter()
        .position(|recipient| &recipient.id == id)
        .ok_or_else(|| EditError::NoRecipient(id.clone()))
}

fn insert_at<T>(items: &mut Vec<T>, at: u32, item: T) {
    let at = (at as usize).min(items.len());
    items.insert(at, item);
}

fn move_item<T>(items: &mut Vec<T>, from: usize, to: u32) {
    let item = items.remove(from);
    insert_at(items, to, item);
}

#[cfg(test)]
#[path = "edit_tests.rs"]
mod tests;
