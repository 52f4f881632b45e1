//! Between the domain and Yousign v2's words.

use super::{mails, wire};
use crate::error::Error;
use crate::provider::RemoteProcedure;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use paraph_domain::checks::DEFAULT_COUNTRY;
use paraph_domain::draft::{FieldKind, IdentityCheck, Language, Purpose, Recipient, Role};
use paraph_domain::geometry::BottomLeftRect;
use paraph_domain::ids::SendingId;
use paraph_domain::mention;
use paraph_domain::procedure::{Participant, ParticipantStatus, RemoteDocument, Status};
use paraph_domain::sending::{Placement, PreparedFile, Snapshot};
use paraph_domain::text::phone_e164;
use serde_json::{Map, Value};

/// Keys in the vendor's metadata by which what we made is found again.
const SENDING_KEY: &str = "paraphSending";
const DOCUMENT_KEY: &str = "paraphDocument";

pub(super) const DRAFT: &str = "draft";
pub(super) const OPEN: &str = "active";
pub(super) const FINISHED: &str = "finished";

pub(super) fn procedure_input(snapshot: &Snapshot) -> wire::ProcedureInput {
    let draft = &snapshot.draft;
    wire::ProcedureInput {
        name: draft.title.trim().to_owned(),
        start: false,
        ordered: draft.ordered,
        // The vendor keeps only the date and means midnight at its start (seen in live replies),
        // so that the deadline itself is included only with the day after it.
        expires_at: draft
            .invitation
            .deadline
            .and_then(|deadline| deadline.tomorrow().ok()),
        metadata: tagged(SENDING_KEY, snapshot.id.as_str()),
        subscribers: draft
            .recipients
            .iter()
            .filter(|recipient| recipient.role == Role::Observer)
            .map(|observer| wire::SubscriberInput {
                email: observer.email.trim().to_owned(),
                group: "observers",
            })
            .collect(),
        config: mails::config(snapshot),
    }
}

pub(super) fn file_input<'a>(
    file: &'a PreparedFile,
    place: usize,
    procedure: &'a str,
    bytes: &[u8],
) -> wire::FileInput<'a> {
    wire::FileInput {
        name: &file.file_name,
        content: STANDARD.encode(bytes),
        procedure,
        kind: match file.purpose {
            Purpose::ToSign => "signable",
            Purpose::Attachment => "attachment",
        },
        metadata: tagged(DOCUMENT_KEY, file.document.as_str()),
        position: place,
    }
}

/// The identity check is always written out, both keys of it: what the vendor does without one
/// changed over the years (seen in live replies and in its specification).
pub(super) fn member_input<'a>(
    recipient: &'a Recipient,
    place: usize,
    procedure: &'a str,
) -> wire::MemberInput<'a> {
    let (operation_level, operation_custom_modes): (_, &[_]) = match recipient.identity_check {
        IdentityCheck::EmailCode => ("custom", &["email"]),
        IdentityCheck::SmsCode => ("custom", &["sms"]),
        IdentityCheck::None => ("none", &[]),
    };
    wire::MemberInput {
        procedure,
        kind: member_kind(recipient.role),
        firstname: recipient.first_name.trim(),
        lastname: recipient.last_name.trim(),
        email: recipient.email.trim(),
        phone: phone_e164(&recipient.phone, DEFAULT_COUNTRY),
        position: place + 1,
        operation_level,
        operation_custom_modes,
    }
}

pub(super) fn member_kind(role: Role) -> &'static str {
    match role {
        Role::Approver => "validator",
        // Observers are no members; they never come here.
        Role::Signer | Role::Observer => "signer",
    }
}

/// None when the page is not in the snapshot's file.
pub(super) fn position(snapshot: &Snapshot, placement: &Placement) -> Option<String> {
    let file = snapshot
        .files
        .iter()
        .find(|file| file.document == placement.document)?;
    let place = usize::try_from(placement.page.checked_sub(1)?).ok()?;
    let page = *file.pages.get(place)?;
    let BottomLeftRect { llx, lly, urx, ury } =
        BottomLeftRect::from_displayed(placement.rect, page);
    Some(format!("{llx},{lly},{urx},{ury}"))
}

pub(super) fn file_object_kind<'a>(
    kind: &'a FieldKind,
    recipient: &Recipient,
    language: Language,
) -> wire::FileObjectKind<'a> {
    let line = |line: &str| {
        let name = recipient.display_name();
        let line = mention::filled(line, &name, date_of_signing(language));
        (!line.trim().is_empty()).then_some(line)
    };
    match kind {
        FieldKind::Signature {
            mention_above,
            mention_below,
        } => wire::FileObjectKind::Signature {
            mention: line(mention_above),
            mention2: line(mention_below),
        },
        // The vendor's documentation has no kind for them: a mark like any other, without words.
        FieldKind::Initials => wire::FileObjectKind::Signature {
            mention: None,
            mention2: None,
        },
        FieldKind::Text {
            content,
            required,
            font_size,
            formula,
        } => {
            // What has to be written by hand must not stand there already.
            let is_by_hand = !formula.trim().is_empty();
            wire::FileObjectKind::Text {
                content: filled(content).filter(|_| !is_by_hand),
                content_required: *required || is_by_hand,
                font_size: (*font_size).clamp(SMALLEST_TEXT, LARGEST_TEXT),
            }
        }
    }
}

/// In mentions the vendor replaces it with the day of signing (vendor documentation).
fn date_of_signing(language: Language) -> &'static str {
    match language {
        Language::English => "{{date.en}}",
        Language::French => "{{date.fr}}",
    }
}

/// Font sizes in points (vendor documentation).
pub(super) const SMALLEST_TEXT: u8 = 6;
pub(super) const LARGEST_TEXT: u8 = 20;

/// Which of our sendings made it.
pub(super) fn sending_of(procedure: &wire::Procedure) -> Option<SendingId> {
    tag(&procedure.metadata, SENDING_KEY).map(SendingId::new)
}

/// Which of our documents it is: by our tag, otherwise by name and checksum.
pub(super) fn is_file_of(file: &wire::File, prepared: &PreparedFile) -> bool {
    match tag(&file.metadata, DOCUMENT_KEY) {
        Some(document) => document == prepared.document.as_str(),
        None => {
            file.name == prepared.file_name
                && file.sha256.eq_ignore_ascii_case(prepared.blob.as_str())
        }
    }
}

/// Two members with one address and role are not told apart by this; callers leave out those
/// that are already accounted for.
pub(super) fn is_member_of(member: &wire::Member, recipient: &Recipient) -> bool {
    member.kind == member_kind(recipient.role)
        && member.email.trim().to_lowercase() == recipient.email.trim().to_lowercase()
}

pub(super) fn remote_procedure(wire: wire::Procedure) -> RemoteProcedure {
    let sending = sending_of(&wire);
    let created_at = moment(wire.created_at.as_deref());
    let updated_at = moment(wire.updated_at.as_deref());
    let finished_at = moment(wire.finished_at.as_deref());
    let known = created_at
        .or(updated_at)
        .or(finished_at)
        .unwrap_or(Timestamp::UNIX_EPOCH);
    let mut members = wire.members;
    // The sort is stable: members that share a position keep the vendor's order.
    members.sort_by_key(|member| member.position);
    let mut participants: Vec<Participant> = members.into_iter().map(participant).collect();
    participants.extend(wire.subscribers.into_iter().map(observer));
    for (place, participant) in participants.iter_mut().enumerate() {
        participant.position = u32::try_from(place).unwrap_or(u32::MAX);
    }
    RemoteProcedure {
        remote_id: wire.id,
        sending,
        name: wire.name,
        status: status(wire.status),
        ordered: wire.ordered,
        created_at: created_at.unwrap_or(known),
        updated_at: updated_at.unwrap_or(known),
        finished_at,
        expires_at: moment(wire.expires_at.as_deref()),
        participants,
        documents: wire.files.into_iter().filter_map(document).collect(),
    }
}

fn status(word: String) -> Status {
    match word.as_str() {
        DRAFT => Status::Draft,
        OPEN => Status::InProgress,
        FINISHED => Status::Completed,
        "refused" => Status::Declined,
        "expired" => Status::Expired,
        _ => Status::Unknown(word),
    }
}

fn participant(member: wire::Member) -> Participant {
    let name = format!("{} {}", member.firstname.trim(), member.lastname.trim());
    let name = name.trim();
    let modes = member.operation_custom_modes;
    Participant {
        remote_id: member.id,
        recipient: None,
        name: if name.is_empty() {
            member.email.clone()
        } else {
            name.to_owned()
        },
        email: member.email,
        role: match member.kind.as_str() {
            "validator" => Role::Approver,
            _ => Role::Signer,
        },
        identity_check: match (member.operation_level.as_str(), modes.first()) {
            ("none", _) => Some(IdentityCheck::None),
            (_, Some(mode)) if mode == "email" => Some(IdentityCheck::EmailCode),
            (_, Some(mode)) if mode == "sms" => Some(IdentityCheck::SmsCode),
            _ => None,
        },
        status: match member.status.as_str() {
            "pending" => ParticipantStatus::Waiting,
            "processing" => ParticipantStatus::Processing,
            "done" => ParticipantStatus::Done,
            "refused" => ParticipantStatus::Declined,
            _ => ParticipantStatus::Unknown(member.status),
        },
        position: 0,
        finished_at: moment(member.finished_at.as_deref()),
        comment: member.comment.filter(|comment| !comment.trim().is_empty()),
    }
}

/// Subscribers have no id of their own; their address is one within the procedure.
fn observer(subscriber: wire::Subscriber) -> Participant {
    Participant {
        remote_id: format!("subscriber:{}", subscriber.email),
        recipient: None,
        name: subscriber.email.clone(),
        email: subscriber.email,
        role: Role::Observer,
        identity_check: None,
        status: ParticipantStatus::Waiting,
        position: 0,
        finished_at: None,
        comment: None,
    }
}

/// Pictures of drawn signatures are listed among the files; they are no documents.
fn document(file: wire::File) -> Option<RemoteDocument> {
    let purpose = match file.kind.as_str() {
        "sign_image" => return None,
        "attachment" => Purpose::Attachment,
        _ => Purpose::ToSign,
    };
    Some(RemoteDocument {
        remote_id: file.id,
        name: file.name,
        purpose,
    })
}

/// ISO 8601 with an offset (seen in live replies).
fn moment(text: Option<&str>) -> Option<Timestamp> {
    text?.trim().parse().ok()
}

fn filled(text: &str) -> Option<&str> {
    (!text.trim().is_empty()).then_some(text)
}

fn tagged(key: &str, value: &str) -> Map<String, Value> {
    Map::from_iter([(key.to_owned(), Value::from(value))])
}

fn tag<'a>(metadata: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    metadata
        .get(key)?
        .as_str()
        .filter(|value| !value.is_empty())
}

/// Something a step needs was not made, or is not in the snapshot.
pub(super) fn missing<T>(found: Option<T>) -> Result<T, Error> {
    found.ok_or(Error::NotFound)
}

#[cfg(test)]
#[path = "convert_tests.rs"]
mod tests;
