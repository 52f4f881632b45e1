//! The schema and how it grows.

use crate::error::Error;
use crate::tables::{
    accounts, archive, draft_edits, drafts, events, fetch_status, outbox, people, procedures,
    reminders, settings,
};
use rusqlite::{Connection, TransactionBehavior};

/// Every version of the schema, oldest first. Version n is the result of the first n entries. An
/// entry is never changed once it has been released; a change is a new entry, and its statements
/// stand in the module of the table that they change.
const MIGRATIONS: &[&[&str]] = &[&[
    accounts::CREATE,
    fetch_status::CREATE,
    drafts::CREATE,
    draft_edits::CREATE,
    outbox::CREATE,
    procedures::CREATE,
    events::CREATE,
    archive::CREATE,
    reminders::CREATE,
    people::CREATE,
    settings::CREATE,
]];

/// The version this Paraph writes; `PRAGMA user_version` of its databases.
pub const SCHEMA_VERSION: i64 = MIGRATIONS.len() as i64;

/// The version of an opened database; 0 for a new one.
pub fn version_of(connection: &Connection) -> Result<i64, Error> {
    let found = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > SCHEMA_VERSION {
        return Err(Error::Newer {
            found,
            known: SCHEMA_VERSION,
        });
    }
    let objects: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if found < 0 || (found == 0) != (objects == 0) {
        return Err(Error::Damaged("it is not a database of Paraph".to_owned()));
    }
    Ok(found)
}

/// Brings the database to [`SCHEMA_VERSION`], all or nothing.
pub fn migrate(connection: &mut Connection) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again under the lock: another process may have migrated since.
    let from = version_of(&transaction)?;
    let pending = MIGRATIONS
        .get(usize::try_from(from).unwrap_or(0)..)
        .unwrap_or_default();
    for statement in pending.iter().flat_map(|migration| migration.iter()) {
        transaction.execute_batch(statement)?;
    }
    let orphans: i64 =
        transaction.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| {
            row.get(0)
        })?;
    if orphans > 0 {
        return Err(Error::Damaged(format!(
            "{orphans} rows refer to rows that do not exist"
        )));
    }
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    transaction.commit()?;
    Ok(())
}
