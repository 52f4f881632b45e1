//! Files: uploads, downloads, and what is known of them.

use crate::answer::{ApiError, ApiResult, json, no_content};
use crate::api::{BLANK, Body, NOT_A_CHOICE, NOT_A_DRAFT, UNKNOWN_REFERENCE, checked, path_id};
use crate::app::App;
use crate::seams::bare_id;
use crate::signing::marks::NO_LEGAL_VALUE;
use crate::state::files::{self, Content, File, FileKind};
use crate::state::procedures::{self, Status};
use crate::state::{DbError, Json};
use crate::wire::{Input, file_body};
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use paraph_domain::geometry::PageGeometry;
use paraph_pdf::PdfError;
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::sync::Arc;

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/files", post(create))
        .route("/files/{id}", get(show).put(replace).delete(delete))
        .route("/files/{id}/download", get(download))
        .route("/files/{id}/duplicate", post(duplicate))
}

/// What was decoded, opened and stamped.
struct Upload {
    sha256: String,
    content: Content,
    pages: Vec<PageGeometry>,
    stamped: bool,
    content_type: &'static str,
}

async fn create(State(app): State<Arc<App>>, Body(body): Body) -> ApiResult {
    let (mut file, bytes, procedure_id) = checked(&body, |input| {
        let mut file = new_file(&app);
        file.name = input.string("name").unwrap_or_default();
        if file.name.trim().is_empty() {
            input.violation("name", BLANK);
        }
        if let Some(kind) = input.string("type") {
            match FileKind::parse(&kind) {
                Some(kind) => file.kind = kind,
                None => input.violation("type", NOT_A_CHOICE),
            }
        }
        file.description = input.string("description");
        file.position = input.integer("position").unwrap_or(0);
        file.metadata = input.map("metadata").map_or_else(Json::empty_map, Json);
        // A password has to be text; protected documents are refused below.
        input.string("password");
        let procedure_id = input.string("procedure").and_then(|iri| {
            let id = bare_id("procedures", &iri);
            if id.is_none() {
                input.violation("procedure", UNKNOWN_REFERENCE);
            }
            id
        });
        if file.kind == FileKind::Attachment && !input.has("procedure") {
            input.violation("procedure", BLANK);
        }
        Ok((file, decoded(input, app.max_document_bytes), procedure_id))
    })?;
    let upload = opened(&app, file.kind, bytes).await?;
    upload.describe(&mut file);
    let workspace = app.identity.workspace.clone();
    let db = app.db.clone();
    let file = db
        .run(move |db| {
            if let Some(id) = procedure_id {
                file.procedure_id = Some(draft(db, &id)?);
            }
            files::save(db, &file)?;
            files::set_content(db, &file.id, &upload.content)?;
            Ok::<_, ApiError>(file)
        })
        .await?;
    Ok(json(StatusCode::CREATED, &file_body(&file, &workspace)))
}

fn new_file(app: &App) -> File {
    let now = app.now();
    File {
        id: app.new_id(),
        procedure_id: None,
        name: String::new(),
        kind: FileKind::Signable,
        content_type: String::new(),
        description: None,
        created_at: now,
        updated_at: now,
        sha256: String::new(),
        metadata: Json::empty_map(),
        position: 0,
        parent: None,
        pages: Vec::new(),
        stamped: false,
    }
}

/// The bytes of `content`. Files have to be named in base64 without a `data:` prefix
/// (documented); the largest size is our choice.
fn decoded(input: &Input<'_>, limit: usize) -> Bytes {
    let Some(content) = input
        .string("content")
        .filter(|content| !content.is_empty())
    else {
        input.violation("content", BLANK);
        return Bytes::new();
    };
    match STANDARD.decode(content) {
        Ok(bytes) if bytes.len() > limit => {
            input.violation("content", "The file is too large.");
            Bytes::new()
        }
        Ok(bytes) => bytes.into(),
        Err(_) => {
            input.violation("content", "This value is not valid base64.");
            Bytes::new()
        }
    }
}

/// Reads the pages and stamps each as being without legal value. A document that bears signatures
/// is left as it is, since stamping would break them; its marks say the same.
async fn opened(app: &App, kind: FileKind, bytes: Bytes) -> Result<Upload, ApiError> {
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let plain = |content_type| Upload {
        sha256: sha256.clone(),
        content: Content {
            sha256: sha256.clone(),
            bytes: bytes.clone(),
        },
        pages: Vec::new(),
        stamped: false,
        content_type,
    };
    if kind == FileKind::Attachment && !bytes.starts_with(b"%PDF") {
        return Ok(plain("application/octet-stream"));
    }
    let document = match app.pdf.open_bytes(bytes.clone(), None).await {
        Ok(document) => document,
        // An attachment need not be readable here: our choice.
        Err(_) if kind == FileKind::Attachment => return Ok(plain("application/pdf")),
        Err(error) => return Err(refused(&error)),
    };
    if document.info().is_encrypted() {
        return Err(refused(&PdfError::PasswordNeeded));
    }
    if kind == FileKind::Signable && document.info().permits_no_change {
        return Err(refused(&PdfError::AlreadySigned));
    }
    let mut upload = plain("application/pdf");
    upload.pages = document.info().pages.clone();
    if !document.info().signed_before() {
        let stamped = document
            .stamp_pages(NO_LEGAL_VALUE)
            .await
            .map_err(|error| refused(&error))?;
        upload.content.sha256 = hex::encode(Sha256::digest(&stamped));
        upload.content.bytes = stamped.into();
        upload.stamped = true;
    }
    Ok(upload)
}

/// Which documents are refused, and the words, are our choice.
fn refused(error: &PdfError) -> ApiError {
    let message = match error {
        PdfError::Empty | PdfError::NotPdf => "The file is not a PDF.",
        PdfError::NoPages => "The document has no pages.",
        PdfError::PasswordNeeded | PdfError::WrongPassword | PdfError::UnsupportedSecurity => {
            "The document is protected."
        }
        PdfError::AlreadySigned => {
            "The document is certified by its author and permits no further signature."
        }
        PdfError::WorkerMissing { .. } | PdfError::Cancelled | PdfError::Unreadable { .. } => {
            tracing::error!(%error, "the PDF worker cannot be used");
            return ApiError::Internal;
        }
        _ => "The document cannot be read.",
    };
    tracing::info!(%error, "a document was refused");
    ApiError::violation("content", message)
}

impl Upload {
    fn describe(&self, file: &mut File) {
        file.sha256.clone_from(&self.sha256);
        file.pages.clone_from(&self.pages);
        file.stamped = self.stamped;
        self.content_type.clone_into(&mut file.content_type);
    }
}

/// The id of a procedure that can still be changed.
fn draft(db: &Connection, id: &str) -> Result<String, ApiError> {
    match procedures::find(db, id)? {
        None => Err(ApiError::violation("procedure", UNKNOWN_REFERENCE)),
        Some(procedure) if procedure.status != Status::Draft => {
            Err(ApiError::violation("procedure", NOT_A_DRAFT))
        }
        Some(procedure) => Ok(procedure.id),
    }
}

/// The file unless its procedure was deleted.
fn existing(db: &Connection, id: &str) -> Result<File, ApiError> {
    let file = files::find(db, id)?.ok_or(ApiError::NotFound)?;
    match &file.procedure_id {
        Some(procedure) if procedures::find(db, procedure)?.is_none() => Err(ApiError::NotFound),
        _ => Ok(file),
    }
}

fn changeable(db: &Connection, id: &str) -> Result<File, ApiError> {
    let file = existing(db, id)?;
    if let Some(procedure) = &file.procedure_id {
        draft(db, procedure)?;
    }
    Ok(file)
}

async fn show(State(app): State<Arc<App>>, Path(id): Path<String>) -> ApiResult {
    let id = path_id("files", &id)?;
    let file = app.db.run(move |db| existing(db, &id)).await?;
    Ok(json(
        StatusCode::OK,
        &file_body(&file, &app.identity.workspace),
    ))
}

/// `PUT` with `content` (seen in live replies); other keys are not read. Fields that do not lie
/// on the new document's pages are found at the start: our choice.
async fn replace(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Body(body): Body,
) -> ApiResult {
    let id = path_id("files", &id)?;
    let bytes = checked(&body, |input| Ok(decoded(input, app.max_document_bytes)))?;
    let wanted = id.clone();
    let file = app.db.run(move |db| changeable(db, &wanted)).await?;
    let upload = opened(&app, file.kind, bytes).await?;
    let now = app.now();
    let file = app
        .db
        .run(move |db| {
            let mut file = changeable(db, &id)?;
            upload.describe(&mut file);
            file.updated_at = now;
            files::save(db, &file)?;
            files::set_content(db, &file.id, &upload.content)?;
            Ok::<_, ApiError>(file)
        })
        .await?;
    Ok(json(
        StatusCode::OK,
        &file_body(&file, &app.identity.workspace),
    ))
}

async fn delete(State(app): State<Arc<App>>, Path(id): Path<String>) -> ApiResult {
    let id = path_id("files", &id)?;
    app.db
        .run(move |db| {
            let file = changeable(db, &id)?;
            files::delete(db, &file.id).map_err(ApiError::from)
        })
        .await?;
    Ok(no_content())
}

/// A JSON string of base64 (seen in live replies); raw bytes with `alt=media`.
async fn download(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> ApiResult {
    let id = path_id("files", &id)?;
    let (file, content) = app
        .db
        .run(move |db| {
            let file = existing(db, &id)?;
            let content = files::content(db, &file.id)?.ok_or(ApiError::NotFound)?;
            Ok::<_, ApiError>((file, content))
        })
        .await?;
    let query = query.unwrap_or_default();
    let media = url::form_urlencoded::parse(query.as_bytes())
        .any(|(key, value)| key == "alt" && value == "media");
    if media {
        return Ok(([(header::CONTENT_TYPE, file.content_type)], content.bytes).into_response());
    }
    Ok(json(StatusCode::OK, &STANDARD.encode(&content.bytes)))
}

/// A new file with the present bytes, free to be linked to another procedure.
async fn duplicate(State(app): State<Arc<App>>, Path(id): Path<String>) -> ApiResult {
    let id = path_id("files", &id)?;
    let (copy_id, now) = (app.new_id(), app.now());
    let copy = app
        .db
        .run(move |db| {
            let file = existing(db, &id)?;
            let copy = File {
                id: copy_id,
                procedure_id: None,
                parent: Some(file.id.clone()),
                created_at: now,
                updated_at: now,
                ..file
            };
            copy_content(db, &id, &copy)?;
            Ok::<_, ApiError>(copy)
        })
        .await?;
    Ok(json(
        StatusCode::CREATED,
        &file_body(&copy, &app.identity.workspace),
    ))
}

/// Saves `copy` with the bytes of the file it is a copy of.
pub(super) fn copy_content(db: &Connection, from: &str, copy: &File) -> Result<(), DbError> {
    files::save(db, copy)?;
    match files::content(db, from)? {
        Some(content) => files::set_content(db, &copy.id, &content),
        None => Ok(()),
    }
}
