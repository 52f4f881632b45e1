//! What is being sent, and what has been.

use super::application::AccountView;
use paraph_domain::capabilities::Environment;
use paraph_domain::draft::{IdentityCheck, Role};
use paraph_domain::geometry::Rect;
use paraph_domain::ids::{DraftId, FieldId, ProcedureId, SendingId};
use paraph_domain::procedure::{ParticipantStatus, Status};
use paraph_domain::sending::{Delivery, StepLabel, StepState};
use paraph_domain::trouble::Trouble;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SendingView {
    pub id: SendingId,
    pub draft: DraftId,
    pub title: String,
    pub account: Option<AccountView>,
    pub delivery: Delivery,
    /// Until then it can be undone.
    pub leaves_at: String,
    pub steps: Vec<StepView>,
    pub trouble: Option<Trouble>,
    /// When it will be tried or looked at again.
    pub next_try: Option<String>,
    pub tried_at: Option<String>,
    /// Whether people may already have been invited.
    pub may_have_started: bool,
    /// Whether the clerk may give it up and edit the draft again.
    pub may_be_abandoned: bool,
    pub procedure: Option<ProcedureId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct StepView {
    pub label: StepLabel,
    pub state: StepState,
}

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ProcedureList {
    pub rows: Vec<ProcedureRow>,
    pub total: u32,
    pub open: u32,
    pub completed: u32,
    pub ended: u32,
    /// Open requests that have been waiting for a day and whose people can be reminded now.
    pub overdue: Vec<ProcedureId>,
    /// When the provider was last heard, of the account heard longest ago.
    pub as_of: Option<String>,
    pub trouble: Option<Trouble>,
}

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ProcedureRow {
    pub id: ProcedureId,
    pub name: String,
    pub environment: Environment,
    pub account_name: String,
    pub status: Status,
    pub participants: Vec<ParticipantView>,
    pub created_at: String,
    pub updated_at: String,
    /// Since when it has been waiting for whoever's turn it is.
    pub waiting_since: Option<String>,
    pub expires_at: Option<String>,
    pub mine: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ParticipantView {
    pub id: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub identity_check: Option<IdentityCheck>,
    pub status: ParticipantStatus,
    pub colour: u8,
    /// Whether the request waits for this person now.
    pub turn: bool,
    pub since: Option<String>,
    pub finished_at: Option<String>,
    pub comment: Option<String>,
    pub has_link: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ProcedureView {
    pub row: ProcedureRow,
    pub ordered: bool,
    pub events: Vec<EventView>,
    pub files: Vec<FileView>,
    /// Whether this environment gives a proof at all.
    pub proof_expected: bool,
    pub marks: Vec<MarkView>,
    pub folder: Option<String>,
    /// Signing pages can be opened here (practice).
    pub can_sign_as: bool,
    pub as_of: Option<String>,
    pub trouble: Option<Trouble>,
    /// Whether it was sent from here, so that a draft can be made of it again.
    pub can_correct: bool,
    /// What takes its place.
    pub corrected_by: Option<CorrectedBy>,
}

/// The draft that takes a request's place, and the request that became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CorrectedBy {
    pub draft: DraftId,
    pub procedure: Option<ProcedureId>,
}

/// What came of the wish to correct a request.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Corrected {
    pub procedure: ProcedureView,
    /// None: everybody had signed before it could be stopped.
    pub draft: Option<DraftId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct EventView {
    pub what: EventKind,
    pub person: Option<String>,
    pub reason: Option<String>,
    /// When Paraph learnt of it.
    pub seen_at: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    Sent,
    Signed,
    Approved,
    Declined,
    Completed,
    Expired,
    Canceled,
    Reminded,
    /// The answer was lost: it may have gone out.
    RemindedPerhaps,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FileView {
    pub id: String,
    pub name: String,
    pub what: FileKind,
    pub state: FileState,
    pub bytes: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    Signed,
    Proof,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    Filed,
    Fetching,
    /// It was filed and is not there any more.
    Vanished,
}

/// A field's place as asked and as found in the signed file. Displayed space, points.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MarkView {
    pub field: FieldId,
    pub document: String,
    /// One-based.
    pub page: u32,
    pub person: String,
    pub colour: u8,
    pub asked: Rect,
    pub found: Option<Rect>,
    /// Largest distance between corresponding edges, in points.
    pub difference: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ReminderPreview {
    pub procedure: ProcedureId,
    pub name: String,
    pub environment: Environment,
    pub people: Vec<String>,
    /// Why nobody is reminded here, if so.
    pub skipped: Option<ReminderSkip>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ReminderSkip {
    NotOpen,
    RemindedToday,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ReminderOutcome {
    pub procedure: ProcedureId,
    pub name: String,
    pub result: ReminderResult,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(tag = "result", content = "trouble", rename_all = "snake_case")]
pub enum ReminderResult {
    Sent,
    /// The answer was lost: it may have gone out, and is not repeated.
    Unclear,
    /// One went out less than a day ago.
    AlreadyReminded,
    Failed(Trouble),
}
