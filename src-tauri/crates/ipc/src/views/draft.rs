//! Drafts: in the list and in the editor.

use super::application::AccountView;
use paraph_domain::capabilities::Capabilities;
use paraph_domain::checks::Problem;
use paraph_domain::draft::{Draft, FieldDefault};
use paraph_domain::edit::DraftEdit;
use paraph_domain::ids::{DraftId, RecipientId, SendingId};
use serde::Serialize;

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
    /// How new fields begin with this account.
    pub field_defaults: Vec<FieldDefault>,
    pub problems: Vec<ProblemView>,
    /// Phone numbers as they are sent, where one can be made of what was typed.
    pub phones: Vec<PhoneView>,
    /// The label of the step that *Undo* takes back.
    pub undo: Option<String>,
    pub redo: Option<String>,
    pub sending: Option<SendingId>,
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
    /// The edit that mends it, where no question is left.
    pub mend: Option<DraftEdit>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonSuggestion {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub phone: String,
}
