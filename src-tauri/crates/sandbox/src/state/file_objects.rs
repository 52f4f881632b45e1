//! File objects: the places on pages that members sign or fill.

use super::{DbError, Moment, text_enum};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

text_enum! {
    /// What happens at the place.
    ObjectKind { Signature = "signature", Text = "text" }
}

#[derive(Debug, Clone)]
pub(crate) struct FileObject {
    pub id: String,
    pub file_id: String,
    /// None only for text that the sender filled.
    pub member_id: Option<String>,
    pub kind: ObjectKind,
    /// From 1; 0 is an invisible signature.
    pub page: i64,
    /// `llx,lly,urx,ury` in points from the page's bottom left.
    pub position: Option<String>,
    pub field_name: Option<String>,
    pub mention: Option<String>,
    pub mention2: Option<String>,
    pub reason: String,
    pub content: Option<String>,
    pub content_required: bool,
    pub font_family: String,
    pub font_size: i64,
    pub font_color: Option<String>,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub executed_at: Option<Moment>,
    pub parent: Option<String>,
}

fn read(row: &Row<'_>) -> rusqlite::Result<FileObject> {
    Ok(FileObject {
        id: row.get("id")?,
        file_id: row.get("file_id")?,
        member_id: row.get("member_id")?,
        kind: row.get("kind")?,
        page: row.get("page")?,
        position: row.get("position")?,
        field_name: row.get("field_name")?,
        mention: row.get("mention")?,
        mention2: row.get("mention2")?,
        reason: row.get("reason")?,
        content: row.get("content")?,
        content_required: row.get("content_required")?,
        font_family: row.get("font_family")?,
        font_size: row.get("font_size")?,
        font_color: row.get("font_color")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        executed_at: row.get("executed_at")?,
        parent: row.get("parent")?,
    })
}

pub(crate) fn find(db: &Connection, id: &str) -> Result<Option<FileObject>, DbError> {
    let found = db
        .query_row("SELECT * FROM file_objects WHERE id = ?1", [id], read)
        .optional()?;
    Ok(found)
}

/// All file objects on a procedure's files, by id (seen in one live reply).
pub(crate) fn of_procedure(db: &Connection, id: &str) -> Result<Vec<FileObject>, DbError> {
    let mut query = db.prepare(
        "SELECT file_objects.* FROM file_objects JOIN files ON files.id = file_objects.file_id
         WHERE files.procedure_id = ?1 ORDER BY file_objects.id",
    )?;
    let found = query.query_map([id], read)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// Writes the file object, new or not.
pub(crate) fn save(db: &Connection, object: &FileObject) -> Result<(), DbError> {
    db.execute(
        "INSERT INTO file_objects (id, file_id, member_id, kind, page, position, field_name,
            mention, mention2, reason, content, content_required, font_family, font_size,
            font_color, created_at, updated_at, executed_at, parent)
         VALUES (:id, :file_id, :member_id, :kind, :page, :position, :field_name, :mention,
            :mention2, :reason, :content, :content_required, :font_family, :font_size,
            :font_color, :created_at, :updated_at, :executed_at, :parent)
         ON CONFLICT (id) DO UPDATE SET file_id = excluded.file_id,
            member_id = excluded.member_id, kind = excluded.kind, page = excluded.page,
            position = excluded.position, field_name = excluded.field_name,
            mention = excluded.mention, mention2 = excluded.mention2, reason = excluded.reason,
            content = excluded.content, content_required = excluded.content_required,
            font_family = excluded.font_family, font_size = excluded.font_size,
            font_color = excluded.font_color, updated_at = excluded.updated_at,
            executed_at = excluded.executed_at",
        named_params! {
            ":id": object.id, ":file_id": object.file_id, ":member_id": object.member_id,
            ":kind": object.kind, ":page": object.page, ":position": object.position,
            ":field_name": object.field_name, ":mention": object.mention,
            ":mention2": object.mention2, ":reason": object.reason, ":content": object.content,
            ":content_required": object.content_required, ":font_family": object.font_family,
            ":font_size": object.font_size, ":font_color": object.font_color,
            ":created_at": object.created_at, ":updated_at": object.updated_at,
            ":executed_at": object.executed_at, ":parent": object.parent,
        },
    )?;
    Ok(())
}

pub(crate) fn delete(db: &Connection, id: &str) -> Result<(), DbError> {
    db.execute("DELETE FROM file_objects WHERE id = ?1", [id])?;
    Ok(())
}
