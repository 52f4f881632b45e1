//! Files: documents to sign and attachments.

use super::{DbError, Json, Moment, text_enum};
use bytes::Bytes;
use paraph_domain::geometry::PageGeometry;
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

text_enum! {
    /// What a file is for.
    FileKind { Signable = "signable", Attachment = "attachment" }
}

#[derive(Debug, Clone)]
pub(crate) struct File {
    pub id: String,
    pub procedure_id: Option<String>,
    pub name: String,
    pub kind: FileKind,
    pub content_type: String,
    pub description: Option<String>,
    pub created_at: Moment,
    pub updated_at: Moment,
    /// Of the bytes that were uploaded, lower-case hexadecimal.
    pub sha256: String,
    pub metadata: Json,
    pub position: i64,
    pub parent: Option<String>,
    /// Empty for what is not a PDF.
    pub pages: Vec<PageGeometry>,
    /// Whether every page says that the document has no legal value.
    pub stamped: bool,
}

/// A file's present bytes.
#[derive(Debug, Clone)]
pub(crate) struct Content {
    pub sha256: String,
    pub bytes: Bytes,
}

fn read(row: &Row<'_>) -> rusqlite::Result<File> {
    let pages: Json = row.get("pages")?;
    Ok(File {
        id: row.get("id")?,
        procedure_id: row.get("procedure_id")?,
        name: row.get("name")?,
        kind: row.get("kind")?,
        content_type: row.get("content_type")?,
        description: row.get("description")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        sha256: row.get("sha256")?,
        metadata: row.get("metadata")?,
        position: row.get("position")?,
        parent: row.get("parent")?,
        pages: serde_json::from_value(pages.0).unwrap_or_default(),
        stamped: row.get("stamped")?,
    })
}

pub(crate) fn find(db: &Connection, id: &str) -> Result<Option<File>, DbError> {
    let found = db
        .query_row("SELECT * FROM files WHERE id = ?1", [id], read)
        .optional()?;
    Ok(found)
}

/// A procedure's files by id (seen in one live reply).
pub(crate) fn of_procedure(db: &Connection, procedure_id: &str) -> Result<Vec<File>, DbError> {
    let mut query = db.prepare("SELECT * FROM files WHERE procedure_id = ?1 ORDER BY id")?;
    let found = query
        .query_map([procedure_id], read)?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// Writes the file, new or not; its bytes stand elsewhere.
pub(crate) fn save(db: &Connection, file: &File) -> Result<(), DbError> {
    let pages = Json(serde_json::to_value(&file.pages).unwrap_or_default());
    db.execute(
        "INSERT INTO files (id, procedure_id, name, kind, content_type, description, created_at,
            updated_at, sha256, metadata, position, parent, pages, stamped)
         VALUES (:id, :procedure_id, :name, :kind, :content_type, :description, :created_at,
            :updated_at, :sha256, :metadata, :position, :parent, :pages, :stamped)
         ON CONFLICT (id) DO UPDATE SET procedure_id = excluded.procedure_id,
            name = excluded.name, content_type = excluded.content_type,
            description = excluded.description, updated_at = excluded.updated_at,
            sha256 = excluded.sha256, metadata = excluded.metadata,
            position = excluded.position, pages = excluded.pages, stamped = excluded.stamped",
        named_params! {
            ":id": file.id, ":procedure_id": file.procedure_id, ":name": file.name,
            ":kind": file.kind, ":content_type": file.content_type,
            ":description": file.description, ":created_at": file.created_at,
            ":updated_at": file.updated_at, ":sha256": file.sha256, ":metadata": file.metadata,
            ":position": file.position, ":parent": file.parent, ":pages": pages,
            ":stamped": file.stamped,
        },
    )?;
    Ok(())
}

pub(crate) fn delete(db: &Connection, id: &str) -> Result<(), DbError> {
    db.execute("DELETE FROM files WHERE id = ?1", [id])?;
    Ok(())
}

/// A file that is gone has none.
pub(crate) fn content(db: &Connection, id: &str) -> Result<Option<Content>, DbError> {
    let found = db
        .query_row(
            "SELECT sha256, bytes FROM file_contents WHERE file_id = ?1",
            [id],
            |row| {
                Ok(Content {
                    sha256: row.get(0)?,
                    bytes: row.get::<_, Vec<u8>>(1)?.into(),
                })
            },
        )
        .optional()?;
    Ok(found)
}

/// The SHA-256 of the present bytes.
pub(crate) fn content_sha256(db: &Connection, id: &str) -> Result<Option<String>, DbError> {
    let found = db
        .query_row(
            "SELECT sha256 FROM file_contents WHERE file_id = ?1",
            [id],
            |row| row.get(0),
        )
        .optional()?;
    Ok(found)
}

pub(crate) fn set_content(db: &Connection, id: &str, content: &Content) -> Result<(), DbError> {
    db.execute(
        "INSERT INTO file_contents (file_id, sha256, bytes) VALUES (?1, ?2, ?3)
         ON CONFLICT (file_id) DO UPDATE SET sha256 = excluded.sha256, bytes = excluded.bytes",
        params![id, content.sha256, content.bytes.as_ref()],
    )?;
    Ok(())
}

/// Forgets the bytes of a deleted procedure's files.
pub(crate) fn forget_contents(db: &Connection, procedure_id: &str) -> Result<(), DbError> {
    db.execute(
        "DELETE FROM file_contents
         WHERE file_id IN (SELECT id FROM files WHERE procedure_id = ?1)",
        [procedure_id],
    )?;
    Ok(())
}
