//! A request that has been sent and is followed, and what happens to it.

use crate::capabilities::Environment;
use crate::draft::{IdentityCheck, Purpose, Role};
use crate::ids::{AccountId, DraftId, ProcedureId, RecipientId, SendingId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Procedure {
    pub id: ProcedureId,
    pub account: AccountId,
    pub environment: Environment,
    /// The provider's id.
    pub remote_id: String,
    /// Which sending of ours made it; none when a colleague or the web application did.
    pub sending: Option<SendingId>,
    pub draft: Option<DraftId>,
    pub name: String,
    pub status: Status,
    pub ordered: bool,
    pub created_at: Timestamp,
    /// When the provider last changed it, as far as it says.
    pub updated_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    /// The provider's moment of expiry.
    pub expires_at: Option<Timestamp>,
    pub participants: Vec<Participant>,
    pub documents: Vec<RemoteDocument>,
    /// A client's folder below the archive folder, from the draft.
    pub folder: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Participant {
    pub remote_id: String,
    /// The draft's recipient, when the request was sent from here.
    pub recipient: Option<RecipientId>,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub identity_check: Option<IdentityCheck>,
    pub status: ParticipantStatus,
    /// Zero-based place in the signing order.
    pub position: u32,
    pub finished_at: Option<Timestamp>,
    /// What a person who refused wrote.
    pub comment: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RemoteDocument {
    pub remote_id: String,
    pub name: String,
    pub purpose: Purpose,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "status", content = "raw", rename_all = "snake_case")]
pub enum Status {
    Draft,
    Pending,
    InProgress,
    Completed,
    Declined,
    Expired,
    Canceled,
    /// A word of the provider's that we do not know, shown as it is.
    Unknown(String),
}

impl Status {
    /// Whether anything can still happen.
    pub fn is_open(&self) -> bool {
        matches!(
            self,
            Self::Draft | Self::Pending | Self::InProgress | Self::Unknown(_)
        )
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "status", content = "raw", rename_all = "snake_case")]
pub enum ParticipantStatus {
    /// Not asked yet, or asked and silent.
    Waiting,
    /// The signature is being applied.
    Processing,
    Done,
    Declined,
    Unknown(String),
}

/// Something that happened to a request and that the clerk may want to hear of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    Signed {
        participant: String,
        name: String,
    },
    Approved {
        participant: String,
        name: String,
    },
    Declined {
        participant: String,
        name: String,
        reason: Option<String>,
    },
    Completed,
    Expired,
    Canceled,
}

impl Event {
    /// Names the event within its request, so that it can be announced once.
    pub fn key(&self) -> String {
        match self {
            Self::Signed { participant, .. } => format!("signed:{participant}"),
            Self::Approved { participant, .. } => format!("approved:{participant}"),
            Self::Declined { participant, .. } => format!("declined:{participant}"),
            Self::Completed => "completed".to_owned(),
            Self::Expired => "expired".to_owned(),
            Self::Canceled => "canceled".to_owned(),
        }
    }
}

/// What happened between two looks at the same request, in the order in which it is told.
/// `before` is none when the request has not been seen before.
pub fn events_between(before: Option<&Procedure>, after: &Procedure) -> Vec<Event> {
    let mut events = Vec::new();
    for participant in &after.participants {
        let was = before
            .and_then(|before| {
                before
                    .participants
                    .iter()
                    .find(|p| p.remote_id == participant.remote_id)
            })
            .map(|p| &p.status);
        if was == Some(&participant.status) {
            continue;
        }
        let name = participant.name.clone();
        let id = participant.remote_id.clone();
        match (&participant.status, participant.role) {
            (ParticipantStatus::Done, Role::Signer) => events.push(Event::Signed {
                participant: id,
                name,
            }),
            (ParticipantStatus::Done, Role::Approver) => events.push(Event::Approved {
                participant: id,
                name,
            }),
            (ParticipantStatus::Declined, _) => {
                events.push(Event::Declined {
                    participant: id,
                    name,
                    reason: participant.comment.clone(),
                });
            }
            (ParticipantStatus::Done, Role::Observer)
            | (
                ParticipantStatus::Waiting
                | ParticipantStatus::Processing
                | ParticipantStatus::Unknown(_),
                _,
            ) => {}
        }
    }
    if before.map(|before| &before.status) != Some(&after.status) {
        match &after.status {
            Status::Completed => events.push(Event::Completed),
            Status::Expired => events.push(Event::Expired),
            Status::Canceled => events.push(Event::Canceled),
            // A refusal is told with the person's name and reason above.
            Status::Declined
            | Status::Draft
            | Status::Pending
            | Status::InProgress
            | Status::Unknown(_) => {}
        }
    }
    events
}

impl Procedure {
    /// Whether this Paraph sent it. A colleague's Paraph leaves the id of its sending as well, and
    /// has no draft here.
    pub fn is_ours(&self) -> bool {
        self.draft.is_some()
    }

    /// The people whose turn it is. Observers never have one.
    pub fn whose_turn(&self) -> Vec<&Participant> {
        let mut open = self.participants.iter().filter(|participant| {
            participant.role != Role::Observer
                && matches!(
                    participant.status,
                    ParticipantStatus::Waiting | ParticipantStatus::Processing
                )
        });
        if !self.status.is_open() {
            return Vec::new();
        }
        if self.ordered {
            open.min_by_key(|participant| participant.position)
                .into_iter()
                .collect()
        } else {
            open.by_ref().collect()
        }
    }

    /// Since when the request has been waiting for whoever's turn it is.
    pub fn waiting_since(&self) -> Option<Timestamp> {
        if !self.status.is_open() {
            return None;
        }
        let last_done = self
            .participants
            .iter()
            .filter_map(|participant| participant.finished_at)
            .max();
        Some(if self.ordered {
            last_done.unwrap_or(self.created_at)
        } else {
            self.created_at
        })
    }
}

#[cfg(test)]
#[path = "procedure_tests.rs"]
mod tests;
