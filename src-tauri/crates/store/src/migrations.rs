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
pub const MIGRATIONS: &[&[&str]] = &[&[
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
pub fn version_of(connection: &Connection, known: i64) -> Result<i64, Error> {
    // One statement, so that both are of one moment.
    let (found, objects): (i64, i64) = connection.query_row(
        "SELECT user_version, (SELECT count(*) FROM sqlite_schema) FROM pragma_user_version",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if found > known {
        return Err(Error::Newer { found, known });
    }
    if found < 0 || (found == 0) != (objects == 0) {
        return Err(Error::Damaged("it is not a database of Paraph".to_owned()));
    }
    Ok(found)
}

/// Brings the database to the last of `migrations`, all or nothing.
pub fn migrate(connection: &mut Connection, migrations: &[&[&str]]) -> Result<(), Error> {
    let latest = migrations.len() as i64;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again under the lock: another process may have migrated since.
    let from = version_of(&transaction, latest)?;
    let pending = usize::try_from(from)
        .ok()
        .and_then(|from| migrations.get(from..))
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
    transaction.pragma_update(None, "user_version", latest)?;
    transaction.commit()?;
    Ok(())
}
