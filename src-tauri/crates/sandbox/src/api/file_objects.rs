//! File objects: reading and checking places on pages, and their routes.

use crate::answer::{ApiError, ApiResult, json, no_content};
use crate::api::{
    BLANK, Body, NOT_A_CHOICE, NOT_A_DRAFT, NOT_VALID, UNKNOWN_REFERENCE, checked, path_id,
};
use crate::app::App;
use crate::seams::bare_id;
use crate::signing::act::TEXT_LIMIT;
use crate::signing::marks::{DEFAULT_REASON, parse_color, parse_position};
use crate::state::file_objects::{self, FileObject, ObjectKind};
use crate::state::files::{self, File, FileKind};
use crate::state::members::{self, Member};
use crate::state::procedures::{self, Status};
use crate::wire::{Input, file_object_body, file_object_created_body};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use paraph_domain::geometry::PageGeometry;
use rusqlite::Connection;
use std::sync::Arc;

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/file_objects", post(create))
        .route("/file_objects/{id}", get(show).put(update).delete(delete))
}

/// A file object with the documented defaults.
fn new_object(app: &App) -> FileObject {
    let now = app.now();
    FileObject {
        id: app.new_id(),
        file_id: String::new(),
        member_id: None,
        kind: ObjectKind::Signature,
        page: 1,
        position: Some("328,36,541,88".to_owned()),
        field_name: None,
        mention: None,
        mention2: None,
        reason: DEFAULT_REASON.to_owned(),
        content: None,
        content_required: false,
        font_family: "raleway".to_owned(),
        font_size: 12,
        font_color: None,
        created_at: now,
        updated_at: now,
        executed_at: None,
        parent: None,
    }
}

/// The file objects nested in a new member. Violations are noted at their own paths.
pub(super) fn create_nested(
    app: &App,
    db: &Connection,
    input: &Input<'_>,
    member: &Member,
) -> Result<(), ApiError> {
    for nested in input.objects("fileObjects") {
        let mut object = new_object(app);
        object.member_id = Some(member.id.clone());
        if let Some(file) = file_of(db, &nested, Some(&member.procedure_id))? {
            apply(&nested, &mut object, &file);
            keep(db, &object, file, &member.procedure_id)?;
        }
    }
    Ok(())
}

/// Writes the object and links its file to the procedure, to which it then belongs for good.
fn keep(
    db: &Connection,
    object: &FileObject,
    mut file: File,
    procedure_id: &str,
) -> Result<(), ApiError> {
    if file.procedure_id.is_none() {
        file.procedure_id = Some(procedure_id.to_owned());
        files::save(db, &file)?;
    }
    file_objects::save(db, object)?;
    Ok(())
}

/// The file that `file` names, if it may be used for this procedure.
fn file_of(
    db: &Connection,
    input: &Input<'_>,
    procedure_id: Option<&str>,
) -> Result<Option<File>, ApiError> {
    let Some(iri) = input.string("file") else {
        input.violation("file", BLANK);
        return Ok(None);
    };
    let file = match bare_id("files", &iri) {
        Some(id) => files::find(db, &id)?,
        None => None,
    };
    let Some(file) = file else {
        input.violation("file", UNKNOWN_REFERENCE);
        return Ok(None);
    };
    let elsewhere = match (&file.procedure_id, procedure_id) {
        (Some(linked), Some(procedure)) => linked != procedure,
        _ => false,
    };
    if elsewhere {
        input.violation("file", "The file is already linked to another procedure.");
        return Ok(None);
    }
    if file.kind == FileKind::Attachment {
        input.violation("file", "An attachment cannot be signed.");
        return Ok(None);
    }
    Ok(Some(file))
}

/// Puts what `input` says onto `object` and notes everything that is wrong with the result.
fn apply(input: &Input<'_>, object: &mut FileObject, file: &File) {
    object.file_id.clone_from(&file.id);
    if let Some(kind) = input.string("type") {
        match ObjectKind::parse(&kind) {
            Some(kind) => object.kind = kind,
            None => input.violation("type", NOT_A_CHOICE),
        }
    }
    if let Some(page) = input.integer("page") {
        object.page = page;
    }
    if input.has("position") {
        object.position = input.string("position");
    }
    check_place(input, object, file);
    if input.string("fieldName").is_some() {
        // The vendor can use a signature field that the PDF already has; practice cannot.
        input.violation(
            "fieldName",
            "Existing signature fields are not available in practice.",
        );
    }
    for (key, place) in [
        ("mention", &mut object.mention),
        ("mention2", &mut object.mention2),
    ] {
        if input.has(key) {
            *place = input.string(key);
        }
    }
    if let Some(reason) = input.string("reason") {
        object.reason = reason;
    }
    apply_text(input, object);
}

fn apply_text(input: &Input<'_>, object: &mut FileObject) {
    if input.has("content") {
        object.content = input.string("content");
    }
    if object
        .content
        .as_ref()
        .is_some_and(|content| content.chars().count() > TEXT_LIMIT)
    {
        let message = "This value is too long. It should have 255 characters or less.";
        input.violation("content", message);
    }
    if let Some(required) = input.boolean("contentRequired") {
        object.content_required = required;
    }
    if let Some(family) = input.string("fontFamily") {
        if family != "raleway" {
            input.violation("fontFamily", NOT_A_CHOICE);
        }
        object.font_family = family;
    }
    if let Some(size) = input.integer("fontSize") {
        if !(6..=20).contains(&size) {
            input.violation("fontSize", "This value should be between 6 and 20.");
        }
        object.font_size = size;
    }
    if let Some(color) = input.string("fontColor") {
        if parse_color(&color).is_none() {
            input.violation("fontColor", NOT_VALID);
        }
        object.font_color = Some(color);
    }
}

/// Page 0 is an invisible signature (documented). That a place outside the page, or one without
/// an extent, is refused is our choice: what the vendor does is unknown.
fn check_place(input: &Input<'_>, object: &FileObject, file: &File) {
    if object.page == 0 && object.kind == ObjectKind::Signature {
        return;
    }
    let index = object
        .page
        .checked_sub(1)
        .and_then(|page| usize::try_from(page).ok());
    let Some(page) = index.and_then(|index| file.pages.get(index)) else {
        input.violation("page", "The document has no such page.");
        return;
    };
    let Some(position) = object.position.as_deref() else {
        input.violation("position", BLANK);
        return;
    };
    match parse_position(position) {
        None => input.violation("position", NOT_VALID),
        Some(rect) if rect.llx >= rect.urx || rect.lly >= rect.ury => {
            input.violation("position", "The rectangle is empty.");
        }
        Some(rect) if !lies_on(page, rect) => {
            input.violation("position", "The rectangle does not lie on the page.");
        }
        Some(_) => {}
    }
}

/// One unit of slack, because positions are whole numbers and pages need not be.
fn lies_on(page: &PageGeometry, rect: paraph_domain::geometry::UserRect) -> bool {
    let visible = &page.visible;
    rect.llx >= visible.llx - 1.0
        && rect.lly >= visible.lly - 1.0
        && rect.urx <= visible.urx + 1.0
        && rect.ury <= visible.ury + 1.0
}

async fn create(State(app): State<Arc<App>>, Body(body): Body) -> ApiResult {
    let within = Arc::clone(&app);
    let (object, member) = app
        .db
        .run(move |db| {
            checked(&body, |input| {
                let mut object = new_object(&within);
                let member = member_of(db, input)?;
                let linked_to = member.as_ref().map(|member| member.procedure_id.as_str());
                let file = file_of(db, input, linked_to)?;
                let procedure_id = linked_to
                    .map(str::to_owned)
                    .or_else(|| file.as_ref().and_then(|file| file.procedure_id.clone()));
                check_draft(db, input, procedure_id.as_deref())?;
                object.member_id = member.as_ref().map(|member| member.id.clone());
                if let Some(file) = file {
                    apply(input, &mut object, &file);
                    if let Some(procedure_id) = procedure_id {
                        keep(db, &object, file, &procedure_id)?;
                    }
                }
                if object.member_id.is_none() && object.kind == ObjectKind::Signature {
                    input.violation("member", BLANK);
                }
                Ok((object, member))
            })
        })
        .await?;
    Ok(json(
        StatusCode::CREATED,
        &file_object_created_body(&object, member.as_ref()),
    ))
}

/// None when no member is named, which only text may do.
fn member_of(db: &Connection, input: &Input<'_>) -> Result<Option<Member>, ApiError> {
    let Some(iri) = input.string("member") else {
        return Ok(None);
    };
    let member = match bare_id("members", &iri) {
        Some(id) => members::find(db, &id)?,
        None => None,
    };
    if member.is_none() {
        input.violation("member", UNKNOWN_REFERENCE);
    }
    Ok(member)
}

fn check_draft(
    db: &Connection,
    input: &Input<'_>,
    procedure_id: Option<&str>,
) -> Result<(), ApiError> {
    let Some(id) = procedure_id else {
        input.violation("file", "The file belongs to no procedure.");
        return Ok(());
    };
    match procedures::find(db, id)? {
        None => input.violation("member", UNKNOWN_REFERENCE),
        Some(procedure) if procedure.status != Status::Draft => {
            input.violation("member", NOT_A_DRAFT);
        }
        Some(_) => {}
    }
    Ok(())
}

/// The object and its file; not found when the procedure was deleted.
fn existing(db: &Connection, id: &str) -> Result<(FileObject, File), ApiError> {
    let object = file_objects::find(db, id)?.ok_or(ApiError::NotFound)?;
    let file = files::find(db, &object.file_id)?.ok_or(ApiError::NotFound)?;
    match &file.procedure_id {
        Some(procedure) if procedures::find(db, procedure)?.is_none() => Err(ApiError::NotFound),
        _ => Ok((object, file)),
    }
}

fn changeable(db: &Connection, id: &str) -> Result<(FileObject, File), ApiError> {
    let (object, file) = existing(db, id)?;
    if let Some(procedure) = &file.procedure_id
        && procedures::find(db, procedure)?.is_some_and(|found| found.status != Status::Draft)
    {
        return Err(ApiError::violation("procedure", NOT_A_DRAFT));
    }
    Ok((object, file))
}

async fn show(State(app): State<Arc<App>>, Path(id): Path<String>) -> ApiResult {
    let id = path_id("file_objects", &id)?;
    let (object, file) = app.db.run(move |db| existing(db, &id)).await?;
    Ok(json(
        StatusCode::OK,
        &file_object_body(&object, Some(&file), &app.identity.workspace),
    ))
}

async fn update(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Body(body): Body,
) -> ApiResult {
    let id = path_id("file_objects", &id)?;
    let now = app.now();
    let (object, file) = app
        .db
        .run(move |db| {
            let (mut object, mut file) = changeable(db, &id)?;
            let procedure = file.procedure_id.clone().unwrap_or_default();
            checked(&body, |input| {
                if input.has("file") {
                    match file_of(db, input, file.procedure_id.as_deref())? {
                        Some(other) => file = other,
                        None => return Ok(()),
                    }
                }
                apply(input, &mut object, &file);
                object.updated_at = now;
                keep(db, &object, file.clone(), &procedure)
            })?;
            Ok::<_, ApiError>((object, file))
        })
        .await?;
    Ok(json(
        StatusCode::OK,
        &file_object_body(&object, Some(&file), &app.identity.workspace),
    ))
}

async fn delete(State(app): State<Arc<App>>, Path(id): Path<String>) -> ApiResult {
    let id = path_id("file_objects", &id)?;
    app.db
        .run(move |db| {
            let (object, _) = changeable(db, &id)?;
            file_objects::delete(db, &object.id).map_err(ApiError::from)
        })
        .await?;
    Ok(no_content())
}
