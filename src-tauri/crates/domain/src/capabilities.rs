//! What an account can do. The editor and the checks ask this, never which provider it is.

use crate::draft::IdentityCheck;
use serde::{Deserialize, Serialize};

/// Where an account's requests go, and what they are worth.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// Built in: no key, no network, no legal value.
    Practice,
    /// The vendor's staging or sandbox: real mails, no legal value.
    Test,
    /// Real contracts. Also what an unknown environment is taken for.
    Live,
}

impl Environment {
    pub fn has_legal_value(self) -> bool {
        self == Self::Live
    }
}

/// The providers Paraph speaks to.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "snake_case")]
pub enum ProviderKind {
    /// The practice server that comes with Paraph; it speaks Yousign v2.
    Practice,
    YousignV2,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Capabilities {
    /// Bytes a document may have.
    pub largest_document: u32,
    pub identity_checks: Vec<IdentityCheck>,
    /// Whether every signer and approver needs a phone number, whatever the identity check.
    pub phone_required: bool,
    pub approvers: bool,
    pub observers: bool,
    pub attachments: bool,
    pub text_fields: bool,
    pub mentions: bool,
    pub reminders: bool,
    /// Characters a text field may hold.
    pub longest_text: u32,
    /// Font sizes of text fields, in points.
    pub smallest_text: u8,
    pub largest_text: u8,
    /// Points a signature mark must at least have to be legible.
    pub smallest_signature: crate::geometry::Size,
    /// Whether a completed request has a proof to fetch.
    pub proof: bool,
    /// Whether fields are placed in whole points.
    pub whole_points: bool,
}
