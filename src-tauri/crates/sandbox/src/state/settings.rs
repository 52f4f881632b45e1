//! Values there is one of.

use super::DbError;
use rusqlite::{Connection, OptionalExtension, params};

/// The names of settings.
pub(crate) const API_KEY: &str = "api_key";
pub(crate) const PORT: &str = "port";
pub(crate) const CLOCK_OFFSET: &str = "clock_offset";
pub(crate) const PAGE_SECRET: &str = "page_secret";
pub(crate) const MAILBOX: &str = "mailbox";
pub(crate) const ORGANIZATION: &str = "organization";
pub(crate) const WORKSPACE: &str = "workspace";
pub(crate) const USER: &str = "user";
pub(crate) const USER_GROUP: &str = "user_group";
pub(crate) const FIRST_START: &str = "first_start";
pub(crate) const AUTHORITY_KEY: &str = "authority_key";
pub(crate) const AUTHORITY_CERTIFICATE: &str = "authority_certificate";

pub(crate) fn get(db: &Connection, name: &str) -> Result<Option<Vec<u8>>, DbError> {
    let found = db
        .query_row(
            "SELECT value FROM settings WHERE name = ?1",
            [name],
            |row| row.get(0),
        )
        .optional()?;
    Ok(found)
}

pub(crate) fn set(db: &Connection, name: &str, value: &[u8]) -> Result<(), DbError> {
    db.execute(
        "INSERT INTO settings (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        params![name, value],
    )?;
    Ok(())
}

/// The text of that name; `make` gives the first one, which is then kept.
pub(crate) fn text_or_first(
    db: &Connection,
    name: &str,
    make: impl FnOnce() -> String,
) -> Result<String, DbError> {
    if let Some(text) = get(db, name)?.and_then(|value| String::from_utf8(value).ok()) {
        return Ok(text);
    }
    let text = make();
    set(db, name, text.as_bytes())?;
    Ok(text)
}
