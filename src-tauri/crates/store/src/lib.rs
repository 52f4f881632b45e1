//! Everything Paraph remembers: one folder with a SQLite database and a store of files.
//!
//! [`Store`] is opened once per process. Its tables are reached through handles
//! (`store.drafts().get(&id)`), and every method is one transaction: either all of what its
//! documentation says has happened and is on the disk, or nothing of it.
//!
//! Deliberately absent: secrets (they are in the vault), a clock and identifiers of our own making
//! (both are arguments), SQL outside the module of the table that it is about, and any decision
//! about what should be sent, told or filed.

mod blobs;
mod columns;
mod connection;
mod error;
mod folder;
mod lock;
mod migrations;
mod store;
pub mod tables;

pub use blobs::{Blobs, open_source};
pub use error::Error;
pub use lock::DataLock;
pub use migrations::SCHEMA_VERSION;
pub use store::Store;
pub use tables::accounts::Account;
pub use tables::archive::{FieldMark, FiledFile, FiledKind, Unfiled};
pub use tables::draft_edits::JournalStep;
pub use tables::drafts::{DraftRow, DraftState, StoredDraft};
pub use tables::events::{EventId, StoredEvent};
pub use tables::fetch_status::FetchStatus;
pub use tables::people::Person;
pub use tables::procedures::{ProcedureList, ProcedureQuery, ProcedureSort};
pub use tables::reminders::{Reminder, ReminderOutcome};
