//! The application, its accounts and settings.

use crate::requests::Theme;
use paraph_domain::capabilities::{Environment, ProviderKind};
use paraph_domain::draft::Language;
use paraph_domain::geometry::LengthUnit;
use paraph_domain::ids::AccountId;
use paraph_domain::trouble::{KeychainTrouble, Trouble};
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
    /// What lengths are shown and typed in.
    pub unit: LengthUnit,
}
