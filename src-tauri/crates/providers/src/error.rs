//! What can go wrong between us and a provider; a variant for each thing a caller does
//! differently.

use jiff::Timestamp;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The credentials are not, or no longer, accepted.
    #[error("the provider does not accept the key")]
    Unauthorized,
    /// The credentials are good but may not do this.
    #[error("the key may not do this")]
    Forbidden,
    /// Too many requests; `until` is when to come back.
    #[error("the provider asks to wait until {until}")]
    RateLimited { until: Timestamp },
    /// The provider understood and refused: its own words, each with the place it names.
    #[error("the provider refused: {message}")]
    Rejected {
        message: String,
        places: Vec<RejectedPlace>,
    },
    #[error("the provider does not have it")]
    NotFound,
    /// It is completed, and nothing can be stopped any more.
    #[error("the request is already completed")]
    AlreadyCompleted,
    /// No connection was made: the request cannot have arrived.
    #[error("no connection to the provider")]
    Offline,
    /// The connection broke or timed out after the request may have arrived.
    #[error("the provider's answer was lost")]
    AnswerLost,
    /// The provider is in trouble (5xx). The request may have had its effect.
    #[error("the provider is in trouble (HTTP {status})")]
    Unavailable {
        status: u16,
        until: Option<Timestamp>,
    },
    /// An answer that is not in the contract. The excerpt has no personal data or secret.
    #[error("unexpected answer (HTTP {status}): {excerpt}")]
    Unexpected { status: u16, excerpt: String },
    /// A file of the snapshot could not be read from disk.
    #[error("a file could not be read: {0}")]
    Blob(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedPlace {
    /// As the provider writes it, such as `members[0].phone`.
    pub path: String,
    pub message: String,
}

impl Error {
    /// Whether the request may have had its effect although no good answer came back. Such a step
    /// is looked for before it is tried again.
    pub fn leaves_doubt(&self) -> bool {
        match self {
            Self::AnswerLost | Self::Unavailable { .. } | Self::Unexpected { .. } => true,
            Self::Unauthorized
            | Self::Forbidden
            | Self::RateLimited { .. }
            | Self::Rejected { .. }
            | Self::NotFound
            | Self::AlreadyCompleted
            | Self::Offline
            | Self::Blob(_) => false,
        }
    }

    /// Whether waiting can help.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::RateLimited { .. }
            | Self::Offline
            | Self::AnswerLost
            | Self::Unavailable { .. } => true,
            Self::Unauthorized
            | Self::Forbidden
            | Self::Rejected { .. }
            | Self::NotFound
            | Self::AlreadyCompleted
            | Self::Unexpected { .. }
            | Self::Blob(_) => false,
        }
    }
}
