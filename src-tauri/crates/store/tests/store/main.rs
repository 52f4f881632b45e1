//! The store as its callers use it, on real files; a file per table.

#![expect(
    clippy::unwrap_used,
    reason = "a test ends at the first thing that should not be"
)]

mod accounts;
mod archive;
mod blobs;
mod crash;
mod drafts;
mod events;
mod fetch_status;
mod lock;
mod open;
mod outbox;
mod people;
mod procedures;
mod reminders;
mod schema;
mod settings;
mod support;
