//! What a draft still lacks, in words.

use super::{Say, megabytes};
use paraph_domain::checks::Problem;
use paraph_domain::draft::{Caution, Draft};
use paraph_domain::ids::{DocumentId, FieldId, RecipientId};
use paraph_messages::Key;

impl Say {
    pub(super) fn problem(&self, draft: &Draft, problem: &Problem) -> String {
        use Problem as P;
        let person = |recipient: &RecipientId| {
            let name = draft.recipient(recipient).map(|it| it.display_name());
            name.filter(|name| !name.is_empty())
                .unwrap_or_else(|| self.text(Key::ProblemPersonNameless, &[]))
        };
        let document = |id: &DocumentId| {
            let found = draft.documents.iter().find(|document| &document.id == id);
            found.map_or_else(
                || self.text(Key::ProblemDocumentNameless, &[]),
                |document| document.name.clone(),
            )
        };
        let of_field = |field: &FieldId| {
            let found = draft.fields.iter().find(|it| &it.id == field);
            found.map_or_else(
                || self.text(Key::ProblemPersonNameless, &[]),
                |field| person(&field.recipient),
            )
        };
        let about = |key, person: String| self.text(key, &[("person", &person)]);
        let on_pages = |[one, other]: [Key; 2], id: &DocumentId, number: u32, count: u32| {
            let (document, page) = (document(id), number.to_string());
            let count_shown = count.to_string();
            self.text(
                if count == 1 { one } else { other },
                &[
                    ("document", &document),
                    ("count", &count_shown),
                    ("page", &page),
                ],
            )
        };
        match problem {
            P::NoAccount => self.text(Key::ProblemNoAccount, &[]),
            P::NoTitle => self.text(Key::ProblemNoTitle, &[]),
            P::NoDocument => self.text(Key::ProblemNoDocument, &[]),
            P::NothingToSign => self.text(Key::ProblemNothingToSign, &[]),
            P::NoSigner => self.text(Key::ProblemNoSigner, &[]),
            P::DeadlinePassed => self.text(Key::ProblemDeadlinePassed, &[]),
            P::AttachmentsUnsupported { document: id } => self.text(
                Key::ProblemAttachmentsUnsupported,
                &[("document", &document(id))],
            ),
            P::PagesUnreadable {
                document: id,
                number,
                count,
                ..
            } => on_pages(
                [
                    Key::ProblemPagesUnreadableOne,
                    Key::ProblemPagesUnreadableOther,
                ],
                id,
                *number,
                *count,
            ),
            P::Straightened {
                document: id,
                number,
                count,
                ..
            } => on_pages(
                [Key::ProblemStraightenedOne, Key::ProblemStraightenedOther],
                id,
                *number,
                *count,
            ),
            P::DatesEmpty {
                document: id,
                number,
                count,
                ..
            } => on_pages(
                [Key::ProblemDatesEmptyOne, Key::ProblemDatesEmptyOther],
                id,
                *number,
                *count,
            ),
            P::SignedBefore { document: id } => {
                self.text(Key::ProblemSignedBefore, &[("document", &document(id))])
            }
            P::NameNotInWords { recipient } => about(Key::ProblemNameNotInWords, person(recipient)),
            P::FieldOverWords { field, words } => self.text(
                Key::ProblemFieldOverWords,
                &[("person", &of_field(field)), ("words", words)],
            ),
            P::NotStraightened { document: id } => {
                self.text(Key::ProblemNotStraightened, &[("document", &document(id))])
            }
            P::DocumentNotSigned { document: id } => self.text(
                Key::ProblemDocumentNotSigned,
                &[("document", &document(id))],
            ),
            P::MayLookDifferent {
                document: id,
                caution,
            } => {
                let key = match caution {
                    Caution::Portfolio => Key::ProblemPortfolio,
                    Caution::Scripts => Key::ProblemScripts,
                    Caution::Media => Key::ProblemMedia,
                    Caution::Xfa => Key::ProblemXfa,
                    Caution::Unprotected => Key::ProblemUnprotected,
                };
                self.text(key, &[("document", &document(id))])
            }
            P::DocumentTooLarge {
                document: id,
                bytes,
                limit,
            } => self.text(
                Key::ProblemDocumentTooLarge,
                &[
                    ("document", &document(id)),
                    ("size", &megabytes(u64::from(*bytes))),
                    ("limit", &megabytes(u64::from(*limit))),
                ],
            ),
            P::EmailTwice { recipient, other } => self.text(
                Key::ProblemEmailTwice,
                &[("person", &person(recipient)), ("other", &person(other))],
            ),
            P::NameMissing { recipient } => about(Key::ProblemNameMissing, person(recipient)),
            P::EmailMissing { recipient } => about(Key::ProblemEmailMissing, person(recipient)),
            P::EmailMalformed { recipient } => about(Key::ProblemEmailMalformed, person(recipient)),
            P::PhoneMissing { recipient } => about(Key::ProblemPhoneMissing, person(recipient)),
            P::PhoneMalformed { recipient } => about(Key::ProblemPhoneMalformed, person(recipient)),
            P::RoleUnsupported { recipient } => {
                about(Key::ProblemRoleUnsupported, person(recipient))
            }
            P::IdentityCheckUnsupported { recipient } => {
                about(Key::ProblemIdentityCheckUnsupported, person(recipient))
            }
            P::NoSignatureField { recipient } => {
                about(Key::ProblemNoSignatureField, person(recipient))
            }
            P::FieldOffPage { field } => about(Key::ProblemFieldOffPage, of_field(field)),
            P::FieldTooSmall { field } => about(Key::ProblemFieldTooSmall, of_field(field)),
            P::FieldOfNonSigner { field } => about(Key::ProblemFieldOfNonSigner, of_field(field)),
            P::FieldOnAttachment { field } => about(Key::ProblemFieldOnAttachment, of_field(field)),
            P::TextFieldsUnsupported { field } => {
                about(Key::ProblemTextFieldsUnsupported, of_field(field))
            }
            P::TextTooLong { field, limit } => self.text(
                Key::ProblemTextTooLong,
                &[("person", &of_field(field)), ("limit", &limit.to_string())],
            ),
        }
    }
}
