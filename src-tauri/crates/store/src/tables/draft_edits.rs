//! The history of each draft: every edit with its inverse. Undo has no end and survives a restart.

use crate::columns::{from_json, to_json, to_micros};
use crate::error::Error;
use jiff::Timestamp;
use paraph_domain::edit::DraftEdit;
use paraph_domain::ids::DraftId;
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(crate) const CREATE: &str = "
CREATE TABLE draft_edits (
    draft TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE, -- whose history this is
    position INTEGER NOT NULL CHECK (position > 0), -- counts the draft's edits from 1
    edit TEXT NOT NULL, -- DraftEdit as JSON
    inverse TEXT NOT NULL, -- the DraftEdit that takes it back, as JSON
    label TEXT NOT NULL, -- names the edit in Undo and Redo
    made_at INTEGER NOT NULL, -- microseconds since 1970, UTC
    PRIMARY KEY (draft, position)
) STRICT, WITHOUT ROWID;
";

/// One step of a draft's history.
#[derive(Debug, Clone, PartialEq)]
pub struct JournalStep {
    pub edit: DraftEdit,
    /// The edit that takes `edit` back.
    pub inverse: DraftEdit,
    pub label: String,
}

pub(crate) fn append(
    connection: &Connection,
    draft: &DraftId,
    position: i64,
    step: &JournalStep,
    now: Timestamp,
) -> Result<(), Error> {
    connection
        .prepare_cached(
            "INSERT INTO draft_edits (draft, position, edit, inverse, label, made_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            draft.0,
            position,
            to_json("edit", &step.edit)?,
            to_json("edit", &step.inverse)?,
            step.label,
            to_micros(now),
        ])?;
    Ok(())
}

pub(crate) fn at(
    connection: &Connection,
    draft: &DraftId,
    position: i64,
) -> Result<Option<JournalStep>, Error> {
    connection
        .prepare_cached(
            "SELECT edit, inverse, label FROM draft_edits WHERE draft = ?1 AND position = ?2",
        )?
        .query_row(params![draft.0, position], |row| Ok(from_row(row)))
        .optional()?
        .transpose()
}

/// The position of the newest edit; 0 when there is none.
pub(crate) fn last(connection: &Connection, draft: &DraftId) -> Result<i64, Error> {
    let last = connection
        .prepare_cached("SELECT coalesce(max(position), 0) FROM draft_edits WHERE draft = ?1")?
        .query_row([&draft.0], |row| row.get(0))?;
    Ok(last)
}

/// Forgets the edits past `position`: what was undone before something else was done.
pub(crate) fn forget_after(
    connection: &Connection,
    draft: &DraftId,
    position: i64,
) -> Result<(), Error> {
    connection
        .prepare_cached("DELETE FROM draft_edits WHERE draft = ?1 AND position > ?2")?
        .execute(params![draft.0, position])?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> Result<JournalStep, Error> {
    let edit: String = row.get("edit")?;
    let inverse: String = row.get("inverse")?;
    Ok(JournalStep {
        edit: from_json("edit", &edit)?,
        inverse: from_json("edit", &inverse)?,
        label: row.get("label")?,
    })
}
