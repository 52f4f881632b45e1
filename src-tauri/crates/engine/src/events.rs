//! What the engine tells without being asked.

use crate::notices::Notice;
use paraph_domain::ids::{DraftId, ProcedureId, SendingId};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    Changed(Vec<Tag>),
    Announce(Notice),
}

/// What became stale. The window asks again for what it shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(tag = "tag", rename_all = "snake_case")]
pub enum Tag {
    AppState,
    Drafts,
    Draft { id: DraftId },
    Sendings,
    Procedures,
    Procedure { id: ProcedureId },
}

impl Tag {
    /// What covers everything the window shows.
    pub fn everything() -> Vec<Self> {
        vec![
            Self::AppState,
            Self::Drafts,
            Self::Sendings,
            Self::Procedures,
        ]
    }
}

/// Where the window should go: a notification was clicked, a file was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "place", rename_all = "snake_case")]
pub enum Place {
    Home,
    Draft { id: DraftId },
    Sending { id: SendingId },
    Requests,
    Procedure { id: ProcedureId },
    Settings,
}
