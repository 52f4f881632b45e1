//! What the window shows, each named for its place. Times are RFC 3339, days ISO 8601.

use crate::requests::Theme;
use paraph_domain::capabilities::{Capabilities, Environment, ProviderKind};
use paraph_domain::checks::Problem;
use paraph_domain::draft::{Draft, IdentityCheck, Language, Purpose, Reminders, Role};
use paraph_domain::geometry::Rect;
use paraph_domain::ids::{
    AccountId, DraftId, FieldId, PageId, ProcedureId, RecipientId, SendingId,
};
use paraph_domain::procedure::{ParticipantStatus, Status};
use paraph_domain::sending::{Delivery, StepLabel, StepState};
pub use paraph_domain::trouble::{KeychainTrouble, Trouble};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    pub version: String,
    pub accounts: Vec<AccountView>,
    pub settings: SettingsView,
    pub drafts: u32,
    pub open_procedures: u32,
    /// Whether the desktop shows our tray icon; without one, closing minimises.
    pub tray: bool,
    /// Ask once, after the first sending, whether to start at login.
    pub offer_start_at_login: bool,
    /// Another Paraph runs outbox and sync on this data folder.
    pub another_runs: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    pub id: AccountId,
    pub kind: ProviderKind,
    pub environment: Environment,
    pub name: String,
    /// "connected as", when the provider has said so in this run.
    pub connected_as: Option<String>,
    pub organisation: Option<String>,
    pub follow_all: bool,
    pub key: KeyState,
    pub last_success: Option<String>,
    pub trouble: Option<Trouble>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(tag = "state", content = "reason", rename_all = "snake_case")]
pub enum KeyState {
    InKeychain,
    ForThisRun,
    /// Gone: it must be given again.
    Missing,
    KeychainUnavailable(KeychainTrouble),
    NotNeeded,
}

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    pub language: Language,
    pub theme: Theme,
    /// Seconds in which a sending can be undone.
    pub undo_seconds: u16,
    pub default_account: Option<AccountId>,
    pub archive_folder: String,
    pub notifications_paused: bool,
    pub refusal_reason_in_notices: bool,
    pub start_at_login: bool,
    /// Who the invitations come from.
    pub sender_name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DraftRow {
    pub id: DraftId,
    pub title: String,
    pub documents: Vec<String>,
    pub people: Vec<String>,
    pub updated_at: String,
    pub state: DraftState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum DraftState {
    Editing,
    Sending,
    Sent,
}

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DraftView {
    pub draft: Draft,
    pub state: DraftState,
    pub account: Option<AccountView>,
    pub capabilities: Option<Capabilities>,
    pub problems: Vec<ProblemView>,
    /// Phone numbers as they are sent, where one can be made of what was typed.
    pub phones: Vec<PhoneView>,
    /// The label of the step that *Undo* takes back.
    pub undo: Option<String>,
    pub redo: Option<String>,
    pub sending: Option<SendingId>,
}

/// The text of a page in reading order. Lengths are points of the displayed page.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct PageText {
    pub runs: Vec<PageRun>,
}

/// A piece of text on one line: a box as high as its font, turned about its upper left corner.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct PageRun {
    pub text: String,
    /// The corner.
    pub x: f64,
    pub y: f64,
    /// Degrees clockwise.
    pub angle: f64,
    /// The font's.
    pub size: f64,
    /// From where to where each character (code point) reaches, along the line from the corner.
    pub spans: Vec<[f32; 2]>,
}

/// Rules, boxes and leaders of a page, in points of the displayed page.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct PageLines {
    pub shapes: Vec<PageShape>,
    /// Whether that is all; a page may have more than is looked at.
    pub complete: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct PageShape {
    pub kind: PageShapeKind,
    /// What a rule or a leader covers; a box's outline in the middle of its line.
    pub rect: Rect,
    /// Of the line; 0 for a box without one.
    pub thickness: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum PageShapeKind {
    HorizontalRule,
    VerticalRule,
    Box,
    Checkbox,
    /// Dots or low lines where something is to be written.
    Leader,
}

/// What one look at some pages found; the next one begins at `next`.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct SearchHits {
    /// Every page that was looked at, in the draft's order.
    pub pages: Vec<SearchedPage>,
    pub next: Option<PageId>,
}

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SearchedPage {
    pub page: PageId,
    /// In reading order; each is a rectangle a line, in points of the displayed page.
    pub hits: Vec<Vec<Rect>>,
    /// False for scans, and for pages whose text cannot be read.
    pub has_text: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct PhoneView {
    pub recipient: RecipientId,
    /// E.164.
    pub number: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ProblemView {
    pub problem: Problem,
    /// Whether sending waits for it.
    pub blocks: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct Imported {
    /// None when nothing was chosen, when it was cancelled, or when no file was good and there was no draft before.
    pub draft: Option<DraftView>,
    pub refused: Vec<RefusedFile>,
    /// Those that can be taken with a password.
    pub locked: Vec<LockedFile>,
}

/// Files that somebody chose in the system's dialog. Their paths stay outside the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct ChosenFiles {
    /// Names them to `import_dropped`.
    pub drop: String,
    pub count: u32,
}

/// A file that was copied and waits for a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct LockedFile {
    /// Names it to `unlock_document`.
    pub id: String,
    pub name: String,
    pub lock: FileLock,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(tag = "lock", rename_all = "snake_case")]
pub enum FileLock {
    /// It opens with a password only.
    Password,
    /// It opens, and only its owner's password lets signature fields be put into it.
    Rights { forbidden: Vec<FileRight> },
}

/// Something that a file's author can forbid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum FileRight {
    Print,
    Change,
    Copy,
    Annotate,
    FillForms,
    Assemble,
}

/// What a password led to.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Unlocked {
    WrongPassword,
    /// It opens the file and is not its owner's, which is what is needed.
    NotTheOwners {
        lock: FileLock,
    },
    Imported {
        imported: Box<Imported>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct RefusedFile {
    pub name: String,
    pub reason: FileProblem,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(
    tag = "reason",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum FileProblem {
    NotPdf,
    Empty,
    NoPages,
    Damaged,
    TooLarge {
        limit: u32,
    },
    UnsupportedSecurity,
    /// Its author certified it against every change.
    Protected,
    /// Taking off the encryption would break the signature.
    SignedAndEncrypted,
    /// An XFA form whose pages only say that another viewer is needed.
    DynamicForm,
    /// The file changed while it was copied.
    Changing,
    /// There is no such file, or not any more.
    Missing,
    /// A folder, a pipe or a device.
    NotAFile,
    Unreadable,
    /// The file made the PDF worker stop or took it too long.
    Unrenderable,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonSuggestion {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub phone: String,
}

/// What will happen when *Send* is pressed.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ReviewView {
    pub revision: u32,
    pub account: Option<AccountView>,
    pub problems: Vec<ProblemView>,
    pub people: Vec<ReviewPerson>,
    pub documents: Vec<ReviewDocument>,
    /// Who the mails come from.
    pub from_name: String,
    pub mails: Vec<MailPreview>,
    pub reminders: Option<Reminders>,
    /// The last day for signing, that day included.
    pub deadline: Option<String>,
    pub ordered: bool,
    pub undo_seconds: u16,
    /// Documents whose rotated or cropped pages are made straight before upload.
    pub straightened: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ReviewPerson {
    pub id: RecipientId,
    pub name: String,
    pub email: String,
    /// E.164, when it is sent.
    pub phone: Option<String>,
    pub role: Role,
    pub identity_check: Option<IdentityCheck>,
    pub colour: u8,
    pub signatures: u32,
    pub texts: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ReviewDocument {
    pub name: String,
    pub purpose: Purpose,
    pub pages: u32,
    pub bytes: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MailPreview {
    pub when: MailOccasion,
    /// Names of those who get it.
    pub to: Vec<String>,
    pub subject: String,
    pub message: String,
    /// What its button says, if it has one.
    pub button: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum MailOccasion {
    Invitation,
    Information,
    Reminder,
    Completed,
    Declined,
}

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
