//! Sending: the frozen snapshot of a draft, the plan made of it, and how far it got.

use crate::draft::{Draft, Language, Purpose};
use crate::geometry::{Rect, Size};
use crate::ids::{AccountId, BlobId, DocumentId, DraftId, FieldId, RecipientId, SendingId};
use crate::trouble::Trouble;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What is sent: a draft as it was when *Send* was pressed, with its files made ready.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    pub id: SendingId,
    pub draft: Draft,
    pub account: AccountId,
    /// When *Send* was pressed. Nothing the provider has from before it can be this sending.
    pub frozen_at: Timestamp,
    pub files: Vec<PreparedFile>,
    pub placements: Vec<Placement>,
    /// The words of every mail, decided here so that a retry sends the same ones.
    pub mails: Mails,
}

/// A document as it is uploaded: straight pages, in the draft's order, one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PreparedFile {
    pub document: DocumentId,
    /// With its ending.
    pub file_name: String,
    pub purpose: Purpose,
    pub blob: BlobId,
    pub bytes: u64,
    /// Displayed size of each page, in points.
    pub pages: Vec<Size>,
}

/// Where a field stands in its uploaded file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Placement {
    pub field: FieldId,
    pub document: DocumentId,
    pub recipient: RecipientId,
    /// One-based page number in the uploaded file.
    pub page: u32,
    /// Displayed space, points.
    pub rect: Rect,
}

/// The words of the provider's mails. Plain text; each provider makes its own markup of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mails {
    pub language: Language,
    pub from_name: String,
    pub invitation: Mail,
    pub reminder: Mail,
    pub completed: Mail,
    pub declined: Mail,
    /// To observers, when the request starts.
    pub information: Mail,
    /// What the button that leads to the signing page says.
    pub sign_button: String,
    /// What the button that leads to the finished documents says.
    pub open_button: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Mail {
    pub subject: String,
    pub message: String,
}

/// One request to the provider. Providers make their own plan; the engine knows only its order
/// and which step cannot be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Names the step within its plan and, in [`RemoteIds`], what it made.
    pub key: String,
    pub label: StepLabel,
    /// The one step after which people have been told. It is never repeated blindly.
    pub irrevocable: bool,
}

/// What a step does, in words a clerk understands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(
    tag = "does",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum StepLabel {
    CreateRequest,
    Upload {
        document: DocumentId,
        name: String,
    },
    AddPerson {
        recipient: RecipientId,
        name: String,
    },
    PlaceField {
        field: FieldId,
    },
    Invite,
}

/// What the provider called the things that our steps made, by step key.
pub type RemoteIds = std::collections::BTreeMap<String, String>;

/// How far a step got. `Trying` is written before the request leaves, so a step found in it after
/// a crash may or may not have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    Planned,
    Trying,
    Done,
}

/// Our side of sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Waits for the moment at which it may no longer be undone.
    Queued,
    Sending,
    /// The answer to the irrevocable step was lost; we read until we know.
    Unclear,
    Sent,
    /// Stopped at a step; it can go on from there.
    Failed,
    /// Taken back before anything left.
    Undone,
}

impl Delivery {
    pub fn is_running(self) -> bool {
        matches!(self, Self::Queued | Self::Sending | Self::Unclear)
    }
}

/// One row of the outbox.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sending {
    pub snapshot: Snapshot,
    pub draft: DraftId,
    pub delivery: Delivery,
    /// Not before this moment does anything leave.
    pub leaves_at: Timestamp,
    pub steps: Vec<(Step, StepState)>,
    pub remote_ids: RemoteIds,
    /// Why it failed, waits or is unclear.
    pub trouble: Option<Trouble>,
    /// Tries of the step at hand since it was last answered.
    pub tries: u32,
    /// When the step at hand was last tried.
    pub tried_at: Option<Timestamp>,
    /// When it goes on by itself.
    pub next_try: Option<Timestamp>,
}

impl Sending {
    /// The first step that is not done.
    pub fn next_step(&self) -> Option<(usize, &Step, StepState)> {
        self.steps
            .iter()
            .enumerate()
            .find(|(_, (_, state))| *state != StepState::Done)
            .map(|(place, (step, state))| (place, step, *state))
    }

    /// Whether the clerk may give it up and edit the draft again: nobody can have been invited, or
    /// what they were invited to exists no more.
    pub fn may_be_abandoned(&self) -> bool {
        self.delivery == Delivery::Failed
            && (!self.may_have_started() || self.trouble == Some(Trouble::Gone))
    }

    /// Whether people may already have been invited.
    pub fn may_have_started(&self) -> bool {
        self.steps
            .iter()
            .any(|(step, state)| step.irrevocable && *state != StepState::Planned)
    }
}
