//! Drafts and how far each has come. Their history is in [`super::draft_edits`].

use crate::columns::{from_json, from_micros, from_word, to_json, to_micros, to_word};
use crate::error::Error;
use crate::store::Store;
use crate::tables::draft_edits::{self, JournalStep};
use jiff::Timestamp;
use paraph_domain::draft::Draft;
use paraph_domain::edit::DraftEdit;
use paraph_domain::ids::{DraftId, ProcedureId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

pub(crate) const CREATE: &str = "
CREATE TABLE drafts (
    id TEXT NOT NULL PRIMARY KEY, -- our id of the draft
    state TEXT NOT NULL CHECK (state IN ('editing', 'sending', 'sent')), -- how far it has come, a DraftState
    revision INTEGER NOT NULL, -- Draft.revision, to notice edits of an outdated draft
    undo_position INTEGER NOT NULL, -- how many of the draft's edits are in force; later ones can be redone
    value TEXT NOT NULL, -- Draft as JSON
    created_at INTEGER NOT NULL, -- microseconds since 1970, UTC
    updated_at INTEGER NOT NULL, -- last edit, microseconds since 1970, UTC
    deleted_at INTEGER -- when it was thrown away, microseconds since 1970, UTC; it can be restored until purged
) STRICT;
CREATE INDEX drafts_by_update ON drafts (updated_at) WHERE deleted_at IS NULL;
";

/// How far a draft has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftState {
    Editing,
    /// In the outbox, from the moment *Send* is pressed; also when sending has failed half-way.
    Sending,
    Sent,
}

#[derive(Debug, Clone, PartialEq)]
pub struct StoredDraft {
    pub draft: Draft,
    pub state: DraftState,
    pub created_at: Timestamp,
    /// Of the last edit, undo or redo.
    pub updated_at: Timestamp,
}

/// A draft in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    pub id: DraftId,
    pub title: String,
    pub revision: u32,
    pub updated_at: Timestamp,
    /// Names of the documents, in order.
    pub documents: Vec<String>,
    /// Names of the recipients as typed, in order; an e-mail address where there is no name.
    pub people: Vec<String>,
    pub state: DraftState,
}

/// The drafts of a [`Store`]. Deleted ones are invisible until they are restored.
#[derive(Clone, Copy)]
pub struct Drafts<'a> {
    pub(crate) store: &'a Store,
}

impl Drafts<'_> {
    /// # Errors
    /// [`Error::Sqlite`] when the id is taken.
    pub async fn insert(self, draft: &Draft, now: Timestamp) -> Result<(), Error> {
        let draft = draft.clone();
        self.store
            .write(move |transaction| {
                transaction
                    .prepare_cached(
                        "INSERT INTO drafts (id, state, revision, undo_position, value, \
                         created_at, updated_at) VALUES (?1, 'editing', ?2, 0, ?3, ?4, ?4)",
                    )?
                    .execute(params![
                        draft.id.0,
                        draft.revision,
                        to_json("draft", &draft)?,
                        to_micros(now),
                    ])?;
                Ok(())
            })
            .await
    }

    pub async fn get(self, id: &DraftId) -> Result<Option<StoredDraft>, Error> {
        let id = id.clone();
        self.store
            .read(move |connection| find(connection, &id))
            .await
    }

    /// The draft that takes a request's place, the newest if there are several.
    pub async fn correcting(self, request: &ProcedureId) -> Result<Option<DraftId>, Error> {
        let request = request.0.clone();
        self.store
            .read(move |connection| {
                let found = connection
                    .prepare_cached(
                        "SELECT id FROM drafts WHERE deleted_at IS NULL \
                         AND json_extract(value, '$.corrects') = ?1 \
                         ORDER BY created_at DESC LIMIT 1",
                    )?
                    .query_row([request], |row| row.get(0))
                    .optional()?;
                Ok(found.map(DraftId))
            })
            .await
    }

    /// All drafts, last edited first.
    pub async fn list(self) -> Result<Vec<DraftRow>, Error> {
        self.store
            .read(|connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT id, state, revision, updated_at, \
                     json_extract(value, '$.title') AS title, \
                     (SELECT json_group_array(coalesce(nullif(trim( \
                      json_extract(person.value, '$.firstName') || ' ' || \
                      json_extract(person.value, '$.lastName')), ''), \
                      json_extract(person.value, '$.email'))) \
                      FROM json_each(drafts.value, '$.recipients') AS person) AS people, \
                     (SELECT json_group_array(json_extract(document.value, '$.name')) \
                      FROM json_each(drafts.value, '$.documents') AS document) AS documents \
                     FROM drafts WHERE deleted_at IS NULL ORDER BY updated_at DESC, id",
                )?;
                let rows = statement.query_and_then([], list_row)?;
                rows.collect()
            })
            .await
    }

    /// Throws a draft away, so that it can still be restored. Returns whether there was one.
    ///
    /// # Errors
    /// [`Error::NotEditing`] while it is being sent.
    pub async fn delete(self, id: &DraftId, now: Timestamp) -> Result<bool, Error> {
        let id = id.clone();
        self.store
            .write(move |transaction| {
                let Some(stored) = find(transaction, &id)? else {
                    return Ok(false);
                };
                if stored.state == DraftState::Sending {
                    return Err(Error::NotEditing);
                }
                transaction
                    .prepare_cached("UPDATE drafts SET deleted_at = ?2 WHERE id = ?1")?
                    .execute(params![id.0, to_micros(now)])?;
                Ok(true)
            })
            .await
    }

    /// Brings a deleted draft back. Returns whether it was there, deleted.
    pub async fn restore(self, id: &DraftId) -> Result<bool, Error> {
        let id = id.clone();
        self.store
            .write(move |transaction| {
                let restored = transaction
                    .prepare_cached(
                        "UPDATE drafts SET deleted_at = NULL \
                         WHERE id = ?1 AND deleted_at IS NOT NULL",
                    )?
                    .execute([id.0])?;
                Ok(restored == 1)
            })
            .await
    }

    /// Removes for good the drafts deleted before `before`, their history and what was taken back
    /// of them. A draft that was sent stays, invisible, for its request. Returns how many went.
    pub async fn purge_deleted(self, before: Timestamp) -> Result<usize, Error> {
        let purged = self
            .store
            .write(move |transaction| {
                let before = to_micros(before);
                transaction
                    .prepare_cached(
                        "DELETE FROM outbox WHERE delivery = 'undone' \
                         AND draft IN (SELECT id FROM drafts WHERE deleted_at < ?1)",
                    )?
                    .execute([before])?;
                let purged = transaction
                    .prepare_cached(
                        "DELETE FROM drafts WHERE deleted_at < ?1 \
                         AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.draft = drafts.id)",
                    )?
                    .execute([before])?;
                Ok(purged)
            })
            .await?;
        self.store.empty_wal().await;
        Ok(purged)
    }

    /// Keeps an edit: the draft as it is after it, and how to take it back. What had been undone
    /// can no longer be redone. `label` names the edit in *Undo ...*.
    ///
    /// # Errors
    /// [`Error::Changed`] unless `after` is one revision past the stored draft;
    /// [`Error::NotEditing`], [`Error::NotFound`].
    pub async fn record_edit(
        self,
        after: &Draft,
        edit: &DraftEdit,
        inverse: &DraftEdit,
        label: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let after = after.clone();
        let step = JournalStep {
            edit: edit.clone(),
            inverse: inverse.clone(),
            label: label.to_owned(),
        };
        self.store
            .write(move |transaction| {
                let position = undo_position(transaction, &after.id)?;
                draft_edits::forget_after(transaction, &after.id, position)?;
                draft_edits::append(transaction, &after.id, position + 1, &step, now)?;
                replace(transaction, &after, position + 1, now)
            })
            .await
    }

    /// The edit that undo takes back: apply its `inverse`, then [`Drafts::record_undo`].
    pub async fn undo_step(self, id: &DraftId) -> Result<Option<JournalStep>, Error> {
        let id = id.clone();
        self.store
            .read(move |connection| {
                let position = undo_position(connection, &id)?;
                draft_edits::at(connection, &id, position)
            })
            .await
    }

    /// The edit that redo makes again: apply its `edit`, then [`Drafts::record_redo`].
    pub async fn redo_step(self, id: &DraftId) -> Result<Option<JournalStep>, Error> {
        let id = id.clone();
        self.store
            .read(move |connection| {
                let position = undo_position(connection, &id)?;
                draft_edits::at(connection, &id, position + 1)
            })
            .await
    }

    /// Keeps the draft as it is after the step of [`Drafts::undo_step`] was taken back.
    ///
    /// # Errors
    /// As [`Drafts::record_edit`]; [`Error::Changed`] also when there is nothing to undo.
    pub async fn record_undo(self, after: &Draft, now: Timestamp) -> Result<(), Error> {
        self.move_in_history(after, -1, now).await
    }

    /// Keeps the draft as it is after the step of [`Drafts::redo_step`] was made again.
    ///
    /// # Errors
    /// As [`Drafts::record_edit`]; [`Error::Changed`] also when there is nothing to redo.
    pub async fn record_redo(self, after: &Draft, now: Timestamp) -> Result<(), Error> {
        self.move_in_history(after, 1, now).await
    }

    async fn move_in_history(self, after: &Draft, by: i64, now: Timestamp) -> Result<(), Error> {
        let after = after.clone();
        self.store
            .write(move |transaction| {
                let position = undo_position(transaction, &after.id)? + by;
                if position < 0 || position > draft_edits::last(transaction, &after.id)? {
                    return Err(Error::Changed("draft"));
                }
                replace(transaction, &after, position, now)
            })
            .await
    }
}

/// A draft that is not deleted.
pub(crate) fn find(connection: &Connection, id: &DraftId) -> Result<Option<StoredDraft>, Error> {
    connection
        .prepare_cached("SELECT * FROM drafts WHERE id = ?1 AND deleted_at IS NULL")?
        .query_row([&id.0], |row| Ok(from_row(row)))
        .optional()?
        .transpose()
}

/// Moves a draft that is in state `from` to state `to`.
///
/// # Errors
/// [`Error::Changed`] when it is in another state, deleted or unknown.
pub(crate) fn set_state(
    connection: &Connection,
    id: &DraftId,
    from: DraftState,
    to: DraftState,
) -> Result<(), Error> {
    let changed = connection
        .prepare_cached(
            "UPDATE drafts SET state = ?3 WHERE id = ?1 AND state = ?2 AND deleted_at IS NULL",
        )?
        .execute(params![
            id.0,
            to_word("state", from)?,
            to_word("state", to)?
        ])?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Error::Changed("draft"))
    }
}

fn undo_position(connection: &Connection, id: &DraftId) -> Result<i64, Error> {
    connection
        .prepare_cached("SELECT undo_position FROM drafts WHERE id = ?1 AND deleted_at IS NULL")?
        .query_row([&id.0], |row| row.get(0))
        .optional()?
        .ok_or(Error::NotFound("draft"))
}

/// Replaces the draft by its next revision.
fn replace(
    connection: &Connection,
    after: &Draft,
    undo_position: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let stored = find(connection, &after.id)?.ok_or(Error::NotFound("draft"))?;
    if stored.state != DraftState::Editing {
        return Err(Error::NotEditing);
    }
    if stored.draft.revision.checked_add(1) != Some(after.revision) {
        return Err(Error::Changed("draft"));
    }
    connection
        .prepare_cached(
            "UPDATE drafts SET revision = ?2, undo_position = ?3, value = ?4, updated_at = ?5 \
             WHERE id = ?1",
        )?
        .execute(params![
            after.id.0,
            after.revision,
            undo_position,
            to_json("draft", after)?,
            to_micros(now),
        ])?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> Result<StoredDraft, Error> {
    let value: String = row.get("value")?;
    Ok(StoredDraft {
        draft: from_json("draft", &value)?,
        state: from_word("state", row.get("state")?)?,
        created_at: from_micros("draft", row.get("created_at")?)?,
        updated_at: from_micros("draft", row.get("updated_at")?)?,
    })
}

fn list_row(row: &Row<'_>) -> Result<DraftRow, Error> {
    let documents: String = row.get("documents")?;
    let people: String = row.get("people")?;
    Ok(DraftRow {
        id: DraftId(row.get("id")?),
        title: row.get("title")?,
        revision: row.get("revision")?,
        updated_at: from_micros("draft", row.get("updated_at")?)?,
        documents: from_json("draft", &documents)?,
        people: from_json("draft", &people)?,
        state: from_word("state", row.get("state")?)?,
    })
}
