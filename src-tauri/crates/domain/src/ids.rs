//! Identifiers. Each is a string of its own type, so that a page cannot be taken for a field.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            pub fn new(value: impl Into<String>) -> Self {
                Self(value.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// A provider, an environment and a key.
    AccountId
);
id!(DraftId);
id!(DocumentId);
id!(
    /// A page keeps its id when it is moved or rotated; page numbers are derived.
    PageId
);
id!(RecipientId);
id!(FieldId);
id!(
    /// One sending of one draft. It is written into the provider's metadata, which is how a
    /// request whose answer was lost is found again.
    SendingId
);
id!(
    /// Our own id of a followed request; the provider's is `remote_id`.
    ProcedureId
);
id!(
    /// Lower-case hexadecimal SHA-256 of a blob's bytes.
    BlobId
);
