//! What has been filed of each request, and where its marks were found in the signed files.

use crate::columns::{from_json, from_micros, from_word, to_json, to_micros, to_word};
use crate::error::Error;
use crate::store::Store;
use crate::tables::procedures;
use jiff::Timestamp;
use paraph_domain::draft::Purpose;
use paraph_domain::geometry::Rect;
use paraph_domain::ids::{FieldId, ProcedureId};
use paraph_domain::procedure::{Procedure, RemoteDocument};
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

pub(crate) const CREATE: &str = "
CREATE TABLE filed_files (
    number INTEGER PRIMARY KEY, -- order in which they were filed
    procedure TEXT NOT NULL REFERENCES procedures (id) ON DELETE CASCADE, -- whose result it is
    remote_document TEXT, -- the provider's id of the document; none for the proof of the request
    what TEXT NOT NULL CHECK (what IN ('signed', 'proof')), -- a signed document or the proof, a FiledKind
    path TEXT NOT NULL, -- where it was filed
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64), -- of its bytes, lower-case hexadecimal
    bytes INTEGER NOT NULL, -- its length
    filed_at INTEGER NOT NULL -- microseconds since 1970, UTC
) STRICT;
CREATE UNIQUE INDEX filed_once ON filed_files (procedure, what, coalesce(remote_document, ''));
CREATE TABLE field_marks (
    procedure TEXT NOT NULL REFERENCES procedures (id) ON DELETE CASCADE, -- whose field it is
    field TEXT NOT NULL, -- the draft's id of the field
    value TEXT NOT NULL, -- FieldMark as JSON
    PRIMARY KEY (procedure, field)
) STRICT, WITHOUT ROWID;
";

/// A file in the archive folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledFile {
    pub procedure: ProcedureId,
    /// The provider's id of the document; none for the proof of the whole request.
    pub remote_document: Option<String>,
    pub what: FiledKind,
    /// As UTF-8.
    pub path: String,
    /// Lower-case hexadecimal, of the file's bytes.
    pub sha256: String,
    pub bytes: u64,
    pub filed_at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FiledKind {
    Signed,
    Proof,
}

/// What has not been filed of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Unfiled {
    /// Documents to sign, in the request's order. Attachments are not filed.
    pub documents: Vec<RemoteDocument>,
    pub proof: bool,
}

/// Where a field was asked for and where its mark is in the signed file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldMark {
    pub field: FieldId,
    /// The provider's id of the document.
    pub remote_document: String,
    /// One-based page number in the signed file.
    pub page: u32,
    /// Displayed space, points.
    pub asked: Rect,
    /// Displayed space, points; none when no mark was found.
    pub found: Option<Rect>,
    /// The largest distance between corresponding edges, in points.
    pub difference: Option<f64>,
}

/// The archive records of a [`Store`].
#[derive(Clone, Copy)]
pub struct Archive<'a> {
    pub(crate) store: &'a Store,
}

impl Archive<'_> {
    /// Records a filed file. Returns false, and changes nothing, when the request already has
    /// this document's file of this kind.
    pub async fn insert(self, file: &FiledFile) -> Result<bool, Error> {
        let file = file.clone();
        self.store
            .write(move |transaction| {
                let inserted = transaction
                    .prepare_cached(
                        "INSERT INTO filed_files (procedure, remote_document, what, path, sha256, \
                         bytes, filed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
                         ON CONFLICT DO NOTHING",
                    )?
                    .execute(params![
                        file.procedure.0,
                        file.remote_document,
                        to_word("filed file", file.what)?,
                        file.path,
                        file.sha256,
                        i64::try_from(file.bytes).unwrap_or(i64::MAX),
                        to_micros(file.filed_at),
                    ])?;
                Ok(inserted == 1)
            })
            .await
    }

    /// What has been filed of a request, in the order in which it was.
    pub async fn of(self, procedure: &ProcedureId) -> Result<Vec<FiledFile>, Error> {
        let procedure = procedure.clone();
        self.store
            .read(move |connection| filed(connection, &procedure))
            .await
    }

    /// What has not been filed of a request. Whether there is a proof at all is for the caller to
    /// know.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such request.
    pub async fn missing(self, procedure: &ProcedureId) -> Result<Unfiled, Error> {
        let id = procedure.clone();
        self.store
            .read(move |connection| {
                let procedure =
                    procedures::find(connection, &id)?.ok_or(Error::NotFound("procedure"))?;
                let filed = filed(connection, &id)?;
                let has = |document: &RemoteDocument| {
                    filed.iter().any(|file| {
                        file.what == FiledKind::Signed
                            && file.remote_document.as_ref() == Some(&document.remote_id)
                    })
                };
                Ok(Unfiled {
                    proof: !filed.iter().any(|file| file.what == FiledKind::Proof),
                    documents: procedure
                        .documents
                        .into_iter()
                        .filter(|document| document.purpose == Purpose::ToSign && !has(document))
                        .collect(),
                })
            })
            .await
    }

    /// Completed requests whose results have not all been filed, oldest first: what is to be done
    /// after a restart. Those of removed accounts cannot be fetched any more and are left out.
    pub async fn pending(self) -> Result<Vec<Procedure>, Error> {
        self.store
            .read(|connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT value FROM procedures \
                     WHERE status = 'completed' AND filed_at IS NULL \
                     AND account IN (SELECT id FROM accounts) ORDER BY created_at, number",
                )?;
                let rows = statement.query_and_then([], procedures::from_row)?;
                rows.collect()
            })
            .await
    }

    /// Records that everything there is of a request has been filed.
    pub async fn mark_complete(self, procedure: &ProcedureId, now: Timestamp) -> Result<(), Error> {
        let procedure = procedure.0.clone();
        self.store
            .write(move |transaction| {
                let changed = transaction
                    .prepare_cached("UPDATE procedures SET filed_at = ?2 WHERE id = ?1")?
                    .execute(params![procedure, to_micros(now)])?;
                if changed == 1 {
                    Ok(())
                } else {
                    Err(Error::NotFound("procedure"))
                }
            })
            .await
    }

    /// Keeps where marks were found; an earlier finding for the same field is replaced.
    pub async fn record_marks(
        self,
        procedure: &ProcedureId,
        marks: &[FieldMark],
    ) -> Result<(), Error> {
        let procedure = procedure.0.clone();
        let marks = marks.to_vec();
        self.store
            .write(move |transaction| {
                let mut statement = transaction.prepare_cached(
                    "INSERT INTO field_marks (procedure, field, value) VALUES (?1, ?2, ?3) \
                     ON CONFLICT (procedure, field) DO UPDATE SET value = excluded.value",
                )?;
                for mark in marks {
                    statement.execute(params![procedure, mark.field.0, to_json("mark", &mark)?])?;
                }
                Ok(())
            })
            .await
    }

    /// Where the marks of a request were found, by document, page and place on it.
    pub async fn marks(self, procedure: &ProcedureId) -> Result<Vec<FieldMark>, Error> {
        let procedure = procedure.0.clone();
        self.store
            .read(move |connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT value FROM field_marks WHERE procedure = ?1 \
                     ORDER BY value ->> '$.remote_document', value ->> '$.page', \
                     value ->> '$.asked.y', value ->> '$.asked.x', field",
                )?;
                let rows = statement.query_and_then([procedure], |row| {
                    let value: String = row.get(0)?;
                    from_json("mark", &value)
                })?;
                rows.collect()
            })
            .await
    }
}

fn filed(connection: &Connection, procedure: &ProcedureId) -> Result<Vec<FiledFile>, Error> {
    let mut statement = connection
        .prepare_cached("SELECT * FROM filed_files WHERE procedure = ?1 ORDER BY number")?;
    let rows = statement.query_and_then([&procedure.0], from_row)?;
    rows.collect()
}

fn from_row(row: &Row<'_>) -> Result<FiledFile, Error> {
    let bytes: i64 = row.get("bytes")?;
    Ok(FiledFile {
        procedure: ProcedureId(row.get("procedure")?),
        remote_document: row.get("remote_document")?,
        what: from_word("filed file", row.get("what")?)?,
        path: row.get("path")?,
        sha256: row.get("sha256")?,
        bytes: u64::try_from(bytes).unwrap_or(0),
        filed_at: from_micros("filed file", row.get("filed_at")?)?,
    })
}
