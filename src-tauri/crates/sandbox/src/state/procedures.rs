//! Procedures.

use super::{DbError, Json, Moment, text_enum};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

text_enum! {
    /// A procedure's status as the vendor names it.
    Status { Draft = "draft", Active = "active", Finished = "finished", Expired = "expired", Refused = "refused" }
}

#[derive(Debug, Clone)]
pub(crate) struct Procedure {
    pub id: String,
    pub name: String,
    pub description: Option<String>,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub finished_at: Option<Moment>,
    pub expires_at: Option<Moment>,
    pub status: Status,
    pub template: bool,
    pub ordered: bool,
    pub parent: Option<String>,
    pub metadata: Json,
    pub config: Json,
    pub subscribers: Json,
    pub related_files_enable: bool,
    pub archive: bool,
    pub started_at: Option<Moment>,
    pub deleted_at: Option<Moment>,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Procedure> {
    Ok(Procedure {
        id: row.get("id")?,
        name: row.get("name")?,
        description: row.get("description")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        finished_at: row.get("finished_at")?,
        expires_at: row.get("expires_at")?,
        status: row.get("status")?,
        template: row.get("template")?,
        ordered: row.get("ordered")?,
        parent: row.get("parent")?,
        metadata: row.get("metadata")?,
        config: row.get("config")?,
        subscribers: row.get("subscribers")?,
        related_files_enable: row.get("related_files_enable")?,
        archive: row.get("archive")?,
        started_at: row.get("started_at")?,
        deleted_at: row.get("deleted_at")?,
    })
}

/// The procedure, deleted ones too.
pub(crate) fn find_even_deleted(db: &Connection, id: &str) -> Result<Option<Procedure>, DbError> {
    let found = db
        .query_row("SELECT * FROM procedures WHERE id = ?1", [id], read)
        .optional()?;
    Ok(found)
}

/// The procedure unless it was deleted.
pub(crate) fn find(db: &Connection, id: &str) -> Result<Option<Procedure>, DbError> {
    Ok(find_even_deleted(db, id)?.filter(|procedure| procedure.deleted_at.is_none()))
}

/// All that were not deleted, the oldest first.
pub(crate) fn all(db: &Connection) -> Result<Vec<Procedure>, DbError> {
    let mut query =
        db.prepare("SELECT * FROM procedures WHERE deleted_at IS NULL ORDER BY created_at, rowid")?;
    let found = query.query_map([], read)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// Those that run.
pub(crate) fn active(db: &Connection) -> Result<Vec<Procedure>, DbError> {
    let mut query = db.prepare(
        "SELECT * FROM procedures WHERE deleted_at IS NULL AND status = 'active' ORDER BY rowid",
    )?;
    let found = query.query_map([], read)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// Writes the procedure, new or not.
pub(crate) fn save(db: &Connection, procedure: &Procedure) -> Result<(), DbError> {
    db.execute(
        "INSERT INTO procedures (id, name, description, created_at, updated_at, finished_at,
            expires_at, status, template, ordered, parent, metadata, config, subscribers,
            related_files_enable, archive, started_at, deleted_at)
         VALUES (:id, :name, :description, :created_at, :updated_at, :finished_at, :expires_at,
            :status, :template, :ordered, :parent, :metadata, :config, :subscribers,
            :related_files_enable, :archive, :started_at, :deleted_at)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description,
            updated_at = excluded.updated_at, finished_at = excluded.finished_at,
            expires_at = excluded.expires_at, status = excluded.status,
            template = excluded.template, ordered = excluded.ordered,
            metadata = excluded.metadata, config = excluded.config,
            subscribers = excluded.subscribers,
            related_files_enable = excluded.related_files_enable, archive = excluded.archive,
            started_at = excluded.started_at, deleted_at = excluded.deleted_at",
        named_params! {
            ":id": procedure.id, ":name": procedure.name, ":description": procedure.description,
            ":created_at": procedure.created_at, ":updated_at": procedure.updated_at,
            ":finished_at": procedure.finished_at, ":expires_at": procedure.expires_at,
            ":status": procedure.status, ":template": procedure.template,
            ":ordered": procedure.ordered, ":parent": procedure.parent,
            ":metadata": procedure.metadata, ":config": procedure.config,
            ":subscribers": procedure.subscribers,
            ":related_files_enable": procedure.related_files_enable,
            ":archive": procedure.archive, ":started_at": procedure.started_at,
            ":deleted_at": procedure.deleted_at,
        },
    )?;
    Ok(())
}

/// Counts an invitation of the procedure's people.
pub(crate) fn count_start(db: &Connection, id: &str) -> Result<(), DbError> {
    db.execute(
        "UPDATE procedures SET starts = starts + 1 WHERE id = ?1",
        [id],
    )?;
    Ok(())
}

/// Automatic reminders of this rule (its place in `config.reminders`) that have gone out.
pub(crate) fn reminders_sent(db: &Connection, id: &str, rule: i64) -> Result<i64, DbError> {
    let sent = db
        .query_row(
            "SELECT sent FROM reminders WHERE procedure_id = ?1 AND rule = ?2",
            params![id, rule],
            |row| row.get(0),
        )
        .optional()?;
    Ok(sent.unwrap_or(0))
}

pub(crate) fn set_reminders_sent(
    db: &Connection,
    id: &str,
    rule: i64,
    sent: i64,
) -> Result<(), DbError> {
    db.execute(
        "INSERT INTO reminders (procedure_id, rule, sent) VALUES (?1, ?2, ?3)
         ON CONFLICT (procedure_id, rule) DO UPDATE SET sent = excluded.sent",
        params![id, rule, sent],
    )?;
    Ok(())
}
