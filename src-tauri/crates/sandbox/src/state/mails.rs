//! The outbox of mails that would have been sent.

use super::{DbError, Moment};
use rusqlite::{Connection, Row, named_params};
use serde::Serialize;

#[derive(Debug, Clone)]
pub(crate) struct Mail {
    pub procedure_id: String,
    pub member_id: Option<String>,
    /// The trigger that asked for it.
    pub event: String,
    pub at: Moment,
    pub from_name: String,
    pub to_address: String,
    pub to_name: String,
    pub subject: String,
    /// HTML that nobody has cleaned.
    pub message: String,
}

/// How often people were invited to a procedure, for tests of *never twice*.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Invitations {
    pub procedure: String,
    pub name: String,
    pub metadata: serde_json::Value,
    /// 1 once it was started.
    pub starts: i64,
    /// Mails of the start, to anybody.
    pub mails: i64,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Mail> {
    Ok(Mail {
        procedure_id: row.get("procedure_id")?,
        member_id: row.get("member_id")?,
        event: row.get("event")?,
        at: row.get("at")?,
        from_name: row.get("from_name")?,
        to_address: row.get("to_address")?,
        to_name: row.get("to_name")?,
        subject: row.get("subject")?,
        message: row.get("message")?,
    })
}

pub(crate) fn add(db: &Connection, mail: &Mail) -> Result<(), DbError> {
    db.execute(
        "INSERT INTO mails (procedure_id, member_id, event, at, from_name, to_address, to_name,
            subject, message)
         VALUES (:procedure_id, :member_id, :event, :at, :from_name, :to_address, :to_name,
            :subject, :message)",
        named_params! {
            ":procedure_id": mail.procedure_id, ":member_id": mail.member_id,
            ":event": mail.event, ":at": mail.at, ":from_name": mail.from_name,
            ":to_address": mail.to_address, ":to_name": mail.to_name, ":subject": mail.subject,
            ":message": mail.message,
        },
    )?;
    Ok(())
}

/// The newest first; of one procedure or of all.
pub(crate) fn list(db: &Connection, procedure_id: Option<&str>) -> Result<Vec<Mail>, DbError> {
    let mut query = db.prepare(
        "SELECT * FROM mails WHERE ?1 IS NULL OR procedure_id = ?1 ORDER BY id DESC LIMIT 500",
    )?;
    let found = query
        .query_map([procedure_id], read)?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// Every procedure that ever was, deleted ones too.
pub(crate) fn invitations(db: &Connection) -> Result<Vec<Invitations>, DbError> {
    let mut query = db.prepare(
        "SELECT id, name, metadata, starts,
            (SELECT count(*) FROM mails WHERE mails.procedure_id = procedures.id
                AND event IN ('procedure.started', 'member.started')) AS mails
         FROM procedures ORDER BY rowid",
    )?;
    let found = query
        .query_map([], |row| {
            let metadata: super::Json = row.get("metadata")?;
            Ok(Invitations {
                procedure: format!("/procedures/{}", row.get::<_, String>("id")?),
                name: row.get("name")?,
                metadata: metadata.0,
                starts: row.get("starts")?,
                mails: row.get("mails")?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(found)
}
