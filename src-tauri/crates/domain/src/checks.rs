//! What a draft still lacks before it can be sent, each with its place.

mod mends;
mod words;

pub use mends::mend;
pub use words::Reading;

use crate::capabilities::Capabilities;
use crate::draft::{Caution, Document, Draft, FieldKind, IdentityCheck, Purpose, Role};
use crate::geometry::Rect;
use crate::ids::{DocumentId, FieldId, PageId, RecipientId};
use crate::text::{is_email, phone_e164};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Calling code for numbers typed without one.
pub const DEFAULT_COUNTRY: &str = "33";

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(
    tag = "problem",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum Problem {
    NoAccount,
    NoTitle,
    NoDocument,
    /// Nothing to sign, only attachments.
    NothingToSign,
    AttachmentsUnsupported {
        document: DocumentId,
    },
    DocumentTooLarge {
        document: DocumentId,
        bytes: u32,
        limit: u32,
    },
    /// Nothing can be shown of pages, because the file is damaged there: nobody knows what would
    /// be signed.
    PagesUnreadable {
        document: DocumentId,
        /// The first of them.
        page: PageId,
        /// Its number in the document, from 1.
        number: u32,
        /// How many there are.
        count: u32,
    },
    /// Its pages are turned, cropped or scaled, and cannot be made straight with the same look.
    NotStraightened {
        document: DocumentId,
    },
    /// Its pages are turned, cropped or scaled, and it is sent as a copy in which they are straight
    /// and look the same.
    Straightened {
        document: DocumentId,
        /// The first of them.
        page: PageId,
        /// Its number in the document, from 1.
        number: u32,
        /// How many there are.
        count: u32,
    },
    /// It bears signatures already; they stay, and what is signed now is added to them.
    SignedBefore {
        document: DocumentId,
    },
    /// Those who sign might not see it as it is seen here.
    MayLookDifferent {
        document: DocumentId,
        caution: Caution,
    },
    NoSigner,
    NameMissing {
        recipient: RecipientId,
    },
    EmailMissing {
        recipient: RecipientId,
    },
    EmailMalformed {
        recipient: RecipientId,
    },
    /// Two people who must act share one address.
    EmailTwice {
        recipient: RecipientId,
        other: RecipientId,
    },
    PhoneMissing {
        recipient: RecipientId,
    },
    PhoneMalformed {
        recipient: RecipientId,
    },
    RoleUnsupported {
        recipient: RecipientId,
    },
    IdentityCheckUnsupported {
        recipient: RecipientId,
    },
    /// A signer without a place to sign.
    NoSignatureField {
        recipient: RecipientId,
    },
    /// A document to sign that nobody signs.
    DocumentNotSigned {
        document: DocumentId,
    },
    FieldOffPage {
        field: FieldId,
    },
    FieldTooSmall {
        field: FieldId,
    },
    FieldOfNonSigner {
        field: FieldId,
    },
    FieldOnAttachment {
        field: FieldId,
    },
    TextFieldsUnsupported {
        field: FieldId,
    },
    TextTooLong {
        field: FieldId,
        limit: u32,
    },
    /// Words of the page lie under it.
    FieldOverWords {
        field: FieldId,
        /// As written; the first ones.
        words: String,
    },
    /// No page that is signed has this signer's last name.
    NameNotInWords {
        recipient: RecipientId,
    },
    /// Places for a date that no field takes.
    DatesEmpty {
        document: DocumentId,
        /// Where the first of them is.
        page: PageId,
        /// The page's number in the document, from 1.
        number: u32,
        /// Displayed space, points.
        place: Rect,
        /// How many there are.
        count: u32,
    },
    DeadlinePassed,
}

impl Problem {
    /// Whether sending must wait for it; otherwise it is a warning.
    pub fn blocks(&self) -> bool {
        !matches!(
            self,
            Self::EmailTwice { .. }
                | Self::DocumentNotSigned { .. }
                | Self::MayLookDifferent { .. }
                | Self::Straightened { .. }
                | Self::SignedBefore { .. }
                | Self::FieldOverWords { .. }
                | Self::NameNotInWords { .. }
                | Self::DatesEmpty { .. }
        )
    }
}

/// Everything that is missing and that the draft itself tells, in the order in which a clerk works:
/// documents, people, fields, words. `today` is the local date.
pub fn problems(draft: &Draft, capabilities: Option<&Capabilities>, today: Date) -> Vec<Problem> {
    let mut found = Vec::new();
    check_documents(draft, capabilities, &mut found);
    check_people(draft, capabilities, &mut found);
    check_fields(draft, capabilities, &mut found);
    if draft.title.trim().is_empty() {
        found.push(Problem::NoTitle);
    }
    if draft
        .invitation
        .deadline
        .is_some_and(|deadline| deadline < today)
    {
        found.push(Problem::DeadlinePassed);
    }
    if capabilities.is_none() {
        found.push(Problem::NoAccount);
    }
    found
}

fn check_documents(draft: &Draft, capabilities: Option<&Capabilities>, found: &mut Vec<Problem>) {
    if draft.documents.is_empty() {
        found.push(Problem::NoDocument);
        return;
    }
    if draft
        .documents
        .iter()
        .all(|document| document.purpose == Purpose::Attachment)
    {
        found.push(Problem::NothingToSign);
    }
    for document in &draft.documents {
        found.extend(pages_unreadable(document));
        if document.signed_before {
            found.push(Problem::SignedBefore {
                document: document.id.clone(),
            });
        }
        found.extend(
            document
                .cautions
                .iter()
                .map(|caution| Problem::MayLookDifferent {
                    document: document.id.clone(),
                    caution: *caution,
                }),
        );
    }
    let Some(capabilities) = capabilities else {
        return;
    };
    for document in &draft.documents {
        let id = || document.id.clone();
        if document.bytes > capabilities.largest_document {
            found.push(Problem::DocumentTooLarge {
                document: id(),
                bytes: document.bytes,
                limit: capabilities.largest_document,
            });
        }
        if document.purpose == Purpose::Attachment && !capabilities.attachments {
            found.push(Problem::AttachmentsUnsupported { document: id() });
        }
    }
}

fn pages_unreadable(document: &Document) -> Option<Problem> {
    let pages = (1..).zip(&document.pages);
    let mut unreadable = pages.filter(|(_, page)| page.unreadable);
    let (number, first) = unreadable.next()?;
    Some(Problem::PagesUnreadable {
        document: document.id.clone(),
        page: first.id.clone(),
        number,
        count: u32::try_from(unreadable.count() + 1).unwrap_or(u32::MAX),
    })
}

fn check_people(draft: &Draft, capabilities: Option<&Capabilities>, found: &mut Vec<Problem>) {
    if !draft
        .recipients
        .iter()
        .any(|recipient| recipient.role == Role::Signer)
    {
        found.push(Problem::NoSigner);
    }
    for (place, recipient) in draft.recipients.iter().enumerate() {
        let id = || recipient.id.clone();
        let acts = recipient.role != Role::Observer;
        let email = recipient.email.trim();
        if acts && (recipient.first_name.trim().is_empty() || recipient.last_name.trim().is_empty())
        {
            found.push(Problem::NameMissing { recipient: id() });
        }
        if email.is_empty() {
            found.push(Problem::EmailMissing { recipient: id() });
        } else if !is_email(email) {
            found.push(Problem::EmailMalformed { recipient: id() });
        }
        let same_address = draft.recipients.iter().take(place).find(|other| {
            other.role != Role::Observer
                && !email.is_empty()
                && other.email.trim().eq_ignore_ascii_case(email)
        });
        if let (true, Some(other)) = (acts, same_address) {
            found.push(Problem::EmailTwice {
                recipient: id(),
                other: other.id.clone(),
            });
        }
        let phone = recipient.phone.trim();
        let phone_needed = acts
            && (recipient.identity_check == IdentityCheck::SmsCode
                || capabilities.is_some_and(|capabilities| capabilities.phone_required));
        if phone.is_empty() {
            if phone_needed {
                found.push(Problem::PhoneMissing { recipient: id() });
            }
        } else if phone_e164(phone, DEFAULT_COUNTRY).is_none() {
            found.push(Problem::PhoneMalformed { recipient: id() });
        }
        let Some(capabilities) = capabilities else {
            continue;
        };
        let role_offered = match recipient.role {
            Role::Signer => true,
            Role::Approver => capabilities.approvers,
            Role::Observer => capabilities.observers,
        };
        if !role_offered {
            found.push(Problem::RoleUnsupported { recipient: id() });
        }
        if acts
            && !capabilities
                .identity_checks
                .contains(&recipient.identity_check)
        {
            found.push(Problem::IdentityCheckUnsupported { recipient: id() });
        }
    }
}

fn check_fields(draft: &Draft, capabilities: Option<&Capabilities>, found: &mut Vec<Problem>) {
    let is_signature = |kind: &FieldKind| matches!(kind, FieldKind::Signature { .. });
    for recipient in draft
        .recipients
        .iter()
        .filter(|recipient| recipient.role == Role::Signer)
    {
        if !draft
            .fields
            .iter()
            .any(|field| field.recipient == recipient.id && is_signature(&field.kind))
        {
            found.push(Problem::NoSignatureField {
                recipient: recipient.id.clone(),
            });
        }
    }
    for document in draft
        .documents
        .iter()
        .filter(|document| document.purpose == Purpose::ToSign)
    {
        if !draft
            .fields_of(document)
            .any(|field| is_signature(&field.kind))
        {
            found.push(Problem::DocumentNotSigned {
                document: document.id.clone(),
            });
        }
    }
    for field in &draft.fields {
        let id = || field.id.clone();
        let Some((document, _, page)) = draft.page(&field.page) else {
            continue;
        };
        if document.purpose == Purpose::Attachment {
            found.push(Problem::FieldOnAttachment { field: id() });
        }
        if !field.rect.is_on(page.geometry.displayed_size()) {
            found.push(Problem::FieldOffPage { field: id() });
        }
        if draft
            .recipient(&field.recipient)
            .is_some_and(|recipient| recipient.role != Role::Signer)
        {
            found.push(Problem::FieldOfNonSigner { field: id() });
        }
        let Some(capabilities) = capabilities else {
            continue;
        };
        match &field.kind {
            FieldKind::Signature { .. } | FieldKind::Initials => {
                let least = capabilities.smallest_signature;
                if field.rect.w < least.w - 0.01 || field.rect.h < least.h - 0.01 {
                    found.push(Problem::FieldTooSmall { field: id() });
                }
            }
            FieldKind::Text { content, .. } => {
                if !capabilities.text_fields {
                    found.push(Problem::TextFieldsUnsupported { field: id() });
                }
                if content.chars().count() > capabilities.longest_text as usize {
                    found.push(Problem::TextTooLong {
                        field: id(),
                        limit: capabilities.longest_text,
                    });
                }
            }
        }
    }
}

#[cfg(test)]
#[path = "checks_tests.rs"]
mod tests;
