//! What is going to be sent.

use super::application::AccountView;
use super::draft::ProblemView;
use paraph_domain::draft::{IdentityCheck, Purpose, Reminders, Role};
use paraph_domain::ids::RecipientId;
use serde::Serialize;

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
    /// The request whose place it takes.
    pub correction: Option<CorrectionView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CorrectionView {
    /// The request's name.
    pub name: String,
    /// Who had done their part already.
    pub done: Vec<AskedAgainView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AskedAgainView {
    pub name: String,
    pub role: Role,
    pub done_at: Option<String>,
    /// Whether the draft asks this person again.
    pub is_asked: bool,
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
    pub initials: u32,
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
