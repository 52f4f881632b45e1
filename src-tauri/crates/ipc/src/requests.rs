//! What the window asks, one type a command.

use paraph_domain::capabilities::Environment;
use paraph_domain::draft::{FieldDefault, Language};
use paraph_domain::edit::DraftEdit;
use paraph_domain::geometry::LengthUnit;
use paraph_domain::ids::{AccountId, DocumentId, DraftId, PageId, ProcedureId, SendingId};
use serde::Deserialize;

/// For commands that take nothing.
#[derive(Debug, Clone, Copy, Deserialize, specta::Type)]
pub struct Nothing {}

#[derive(Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AddYousignV2Account {
    pub name: String,
    /// `test` is Yousign's staging, `live` its production.
    pub environment: Environment,
    /// Goes to the keychain and never comes back.
    pub key: String,
    pub keep: KeepKey,
}

#[derive(Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ReplaceKey {
    pub account: AccountId,
    pub key: String,
    pub keep: KeepKey,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum KeepKey {
    InKeychain,
    ForThisRun,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct OfAccount {
    pub account: AccountId,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SetFollowAll {
    pub account: AccountId,
    /// Also requests that colleagues or the web application sent.
    pub follow_all: bool,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct KeyRequest {
    pub environment: Environment,
    pub how: KeyRequestHow,
}

#[derive(Debug, Clone, Copy, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum KeyRequestHow {
    Copy,
    /// Opens the mail program with the message in it.
    Mail,
}

/// Every field that is present is set.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct SettingsPatch {
    #[specta(optional)]
    pub language: Option<Language>,
    #[specta(optional)]
    pub theme: Option<Theme>,
    #[specta(optional)]
    pub undo_seconds: Option<u16>,
    #[specta(optional)]
    pub default_account: Option<AccountId>,
    #[specta(optional)]
    pub notifications_paused: Option<bool>,
    #[specta(optional)]
    pub refusal_reason_in_notices: Option<bool>,
    #[specta(optional)]
    pub start_at_login: Option<bool>,
    /// The offer to start at login was answered.
    #[specta(optional)]
    pub start_at_login_answered: Option<bool>,
    #[specta(optional)]
    pub sender_name: Option<String>,
    #[specta(optional)]
    pub unit: Option<LengthUnit>,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct OfDraft {
    pub draft: DraftId,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct EditDraft {
    pub draft: DraftId,
    pub edit: DraftEdit,
    /// Names the step for *Undo*: a key of the window's catalogue.
    pub label: String,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct SetFieldDefault {
    /// Whose account it is for.
    pub draft: DraftId,
    pub default: FieldDefault,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportDropped {
    /// Names the drop, or what was chosen; its paths stay outside the window.
    pub drop: String,
    /// None: a new draft.
    pub draft: Option<DraftId>,
    /// The document whose new version the first file is.
    pub replaces: Option<DocumentId>,
}

/// Not printable: it has a password.
#[derive(Clone, Deserialize, specta::Type)]
pub struct UnlockDocument {
    /// Names the file that waits.
    pub file: String,
    pub draft: Option<DraftId>,
    /// The document whose new version it is.
    pub replaces: Option<DocumentId>,
    /// Opens the file's copy, and is kept nowhere.
    pub password: String,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct SuggestPeople {
    pub typed: String,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct OfPage {
    pub draft: DraftId,
    pub page: PageId,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct SearchDraft {
    pub draft: DraftId,
    /// As typed.
    pub text: String,
    /// Where to begin; none: the draft's first page.
    pub from: Option<PageId>,
}

/// Places for fields that the pages themselves ask for. A further question ends the one before.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct SuggestFields {
    pub draft: DraftId,
    /// Where to begin; none: the draft's first page.
    pub from: Option<PageId>,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct SendDraft {
    pub draft: DraftId,
    /// What the clerk reviewed. Another revision is refused.
    pub revision: u32,
    /// With which account. Another one, chosen meanwhile, is refused.
    pub account: Option<AccountId>,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct OfSending {
    pub sending: SendingId,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct ListProcedures {
    pub search: String,
    pub filter: ProcedureFilter,
    pub sort: ProcedureSort,
    pub offset: u32,
    pub limit: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ProcedureFilter {
    All,
    Open,
    Completed,
    /// Declined, expired or canceled.
    Ended,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ProcedureSort {
    Newest,
    LongestWaiting,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct OfProcedure {
    pub procedure: ProcedureId,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct OfProcedures {
    pub procedures: Vec<ProcedureId>,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct OfParticipant {
    pub procedure: ProcedureId,
    /// The participant's `id` in the view.
    pub participant: String,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct OfFile {
    pub procedure: ProcedureId,
    /// The file's `id` in the view.
    pub file: String,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct DropPictures {
    /// Path and query of each picture's address, as it was asked for.
    pub addresses: Vec<String>,
}
