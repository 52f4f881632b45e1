//! The codes with which members show who they are.

use super::{DbError, Moment, text_enum};
use rusqlite::{Connection, OptionalExtension, named_params};

text_enum! {
    /// Where a code would be sent.
    Channel { Sms = "sms", Email = "email" }
}

#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub code: String,
    pub channel: Channel,
    pub created_at: Moment,
    /// Wrong tries so far.
    pub attempts: i64,
}

/// The member's present code; a new one replaces the one before.
pub(crate) fn find(db: &Connection, member_id: &str) -> Result<Option<Code>, DbError> {
    let found = db
        .query_row(
            "SELECT * FROM codes WHERE member_id = ?1",
            [member_id],
            |row| {
                Ok(Code {
                    code: row.get("code")?,
                    channel: row.get("channel")?,
                    created_at: row.get("created_at")?,
                    attempts: row.get("attempts")?,
                })
            },
        )
        .optional()?;
    Ok(found)
}

pub(crate) fn save(db: &Connection, member_id: &str, code: &Code) -> Result<(), DbError> {
    db.execute(
        "INSERT INTO codes (member_id, code, channel, created_at, attempts)
         VALUES (:member_id, :code, :channel, :created_at, :attempts)
         ON CONFLICT (member_id) DO UPDATE SET code = excluded.code, channel = excluded.channel,
            created_at = excluded.created_at, attempts = excluded.attempts",
        named_params! {
            ":member_id": member_id, ":code": code.code, ":channel": code.channel,
            ":created_at": code.created_at, ":attempts": code.attempts,
        },
    )?;
    Ok(())
}

pub(crate) fn delete(db: &Connection, member_id: &str) -> Result<(), DbError> {
    db.execute("DELETE FROM codes WHERE member_id = ?1", [member_id])?;
    Ok(())
}
