//! Procedures: created, listed, changed, started, reminded of, duplicated, deleted.

use crate::answer::{ApiError, ApiResult, json, no_content};
use crate::api::lists::Query;
use crate::api::{
    BLANK, Body, NOT_A_DRAFT, NOT_VALID, checked, config, file_objects, files, members, path_id,
};
use crate::app::App;
use crate::mail::{self, Event};
use crate::progress;
use crate::state::bundle::Bundle;
use crate::state::file_objects::FileObject;
use crate::state::files::File;
use crate::state::members::{Member, MemberStatus};
use crate::state::procedures::{self, Procedure, Status};
use crate::state::{Json, Moment};
use crate::wire::{Input, midnight, procedure_body};
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use jiff::civil::Date;
use rusqlite::Connection;
use serde_json::Value;
use std::sync::Arc;

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/procedures", get(list).post(create))
        .route("/procedures/{id}", get(show).put(update).delete(delete))
        .route("/procedures/{id}/remind", post(remind))
        .route("/procedures/{id}/duplicate", post(duplicate))
}

fn new_procedure(app: &App) -> Procedure {
    let now = app.now();
    Procedure {
        id: app.new_id(),
        name: String::new(),
        description: None,
        created_at: now,
        updated_at: now,
        finished_at: None,
        expires_at: None,
        status: Status::Draft,
        template: false,
        ordered: false,
        parent: None,
        metadata: Json::empty_map(),
        config: Json::empty_map(),
        subscribers: Json(Value::Array(Vec::new())),
        related_files_enable: false,
        archive: false,
        started_at: None,
        deleted_at: None,
    }
}

/// Puts what `input` says onto `procedure` and notes everything that is wrong with the result.
fn apply(input: &Input<'_>, procedure: &mut Procedure) {
    if input.has("name") {
        procedure.name = input.string("name").unwrap_or_default();
    }
    if procedure.name.trim().is_empty() {
        input.violation("name", BLANK);
    }
    if input.has("description") {
        procedure.description = input.string("description");
    }
    for (key, place) in [
        ("template", &mut procedure.template),
        ("ordered", &mut procedure.ordered),
        ("relatedFilesEnable", &mut procedure.related_files_enable),
        ("archive", &mut procedure.archive),
    ] {
        if let Some(value) = input.boolean(key) {
            *place = value;
        }
    }
    if input.has("expiresAt") {
        procedure.expires_at = input.string("expiresAt").and_then(|text| {
            // Only the date is kept (seen in live replies), whatever time stands behind it.
            let date = text.get(..10).and_then(|date| date.parse::<Date>().ok());
            let at = date.and_then(midnight);
            if at.is_none() {
                input.violation("expiresAt", NOT_VALID);
            }
            at.map(Moment)
        });
    }
    if input.has("metadata") {
        procedure.metadata = input.map("metadata").map_or_else(Json::empty_map, Json);
    }
    if let Some(config) = config::read(input) {
        procedure.config = config;
    }
    if let Some(subscribers) = config::read_subscribers(input) {
        procedure.subscribers = subscribers;
    }
}

async fn answer(app: &App, id: String, status: StatusCode) -> ApiResult {
    let bundle = app
        .db
        .run(move |db| Bundle::find(db, &id)?.ok_or(ApiError::NotFound))
        .await?;
    Ok(json(
        status,
        &procedure_body(&bundle, &app.identity.workspace),
    ))
}

async fn list(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> ApiResult {
    let query = Query::parse(&query.unwrap_or_default())?;
    let (bundles, headers) = app
        .db
        .run(move |db| query.run(db).map_err(ApiError::from))
        .await?;
    let workspace = &app.identity.workspace;
    let bodies: Vec<_> = bundles
        .iter()
        .map(|bundle| procedure_body(bundle, workspace))
        .collect();
    let mut response = json(StatusCode::OK, &bodies);
    response.headers_mut().extend(headers);
    Ok(response)
}

/// Creates a procedure with the members nested in it, and starts it unless `start` is false
/// (documented). Nothing is kept of a procedure that cannot be started.
async fn create(State(app): State<Arc<App>>, Body(body): Body) -> ApiResult {
    let id = {
        let app = Arc::clone(&app);
        let db = app.db.clone();
        db.run(move |db| {
            let (procedure, start) = checked(&body, |input| {
                let mut procedure = new_procedure(&app);
                apply(input, &mut procedure);
                let start = input.boolean("start").unwrap_or(true);
                procedures::save(db, &procedure)?;
                create_members(&app, db, input, &procedure)?;
                Ok((procedure, start))
            })?;
            if start {
                start_now(&app, db, &procedure.id)?;
            }
            Ok::<_, ApiError>(procedure.id)
        })
        .await?
    };
    answer(&app, id, StatusCode::CREATED).await
}

fn create_members(
    app: &App,
    db: &Connection,
    input: &Input<'_>,
    procedure: &Procedure,
) -> Result<(), ApiError> {
    for (nested, position) in input.objects("members").iter().zip(1..) {
        let mut member = members::new_member(app, &procedure.id, position);
        members::apply(app, nested, &mut member);
        crate::state::members::save(db, &member)?;
        file_objects::create_nested(app, db, nested, &member)?;
    }
    Ok(())
}

fn start_now(app: &App, db: &Connection, id: &str) -> Result<(), ApiError> {
    let mut bundle = Bundle::find(db, id)?.ok_or(ApiError::NotFound)?;
    progress::start(app, db, &mut bundle)
}

async fn show(State(app): State<Arc<App>>, Path(id): Path<String>) -> ApiResult {
    let id = path_id("procedures", &id)?;
    answer(&app, id, StatusCode::OK).await
}

/// Our choice: only a draft can be changed or started, so a second start is 400.
async fn update(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Body(body): Body,
) -> ApiResult {
    let id = path_id("procedures", &id)?;
    let (within, wanted) = (Arc::clone(&app), id.clone());
    app.db
        .run(move |db| {
            let mut procedure = procedures::find(db, &wanted)?.ok_or(ApiError::NotFound)?;
            if procedure.status != Status::Draft {
                return Err(ApiError::violation("status", NOT_A_DRAFT));
            }
            let start = checked(&body, |input| {
                apply(input, &mut procedure);
                if input.has("members") {
                    // People are changed by their own routes: our choice.
                    input.violation("members", "This field was not expected.");
                }
                procedure.updated_at = within.now();
                procedures::save(db, &procedure)?;
                Ok(input.boolean("start").unwrap_or(false))
            })?;
            if start {
                start_now(&within, db, &wanted)
            } else {
                Ok(())
            }
        })
        .await?;
    answer(&app, id, StatusCode::OK).await
}

async fn delete(State(app): State<Arc<App>>, Path(id): Path<String>) -> ApiResult {
    let id = path_id("procedures", &id)?;
    let within = Arc::clone(&app);
    app.db
        .run(move |db| {
            let mut bundle = Bundle::find(db, &id)?.ok_or(ApiError::NotFound)?;
            progress::delete(&within, db, &mut bundle).map_err(ApiError::from)
        })
        .await?;
    Ok(no_content())
}

/// Our choice: only what runs can be reminded of, and without a `config` nobody is mailed.
async fn remind(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Body(body): Body,
) -> ApiResult {
    let id = path_id("procedures", &id)?;
    let within = Arc::clone(&app);
    app.db
        .run(move |db| {
            let bundle = Bundle::find(db, &id)?.ok_or(ApiError::NotFound)?;
            if bundle.procedure.status != Status::Active {
                return Err(ApiError::violation(
                    "status",
                    "The procedure is not active.",
                ));
            }
            let config = checked(&body, |input| Ok(config::read(input)))?;
            if let Some(Json(config)) = config {
                let event = Event::ReminderExecuted;
                mail::announce_with(&within, db, &bundle, event, None, &config)?;
            }
            Ok(())
        })
        .await?;
    Ok(no_content())
}

/// A new draft with new ids everywhere, each with its original as `parent` (documented). The
/// files are copied as they are now.
async fn duplicate(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Body(body): Body,
) -> ApiResult {
    let id = path_id("procedures", &id)?;
    let copy_id = {
        let app = Arc::clone(&app);
        let db = app.db.clone();
        db.run(move |db| {
            let bundle = Bundle::find(db, &id)?.ok_or(ApiError::NotFound)?;
            let (start, template) = checked(&body, |input| {
                Ok((input.boolean("start"), input.boolean("template")))
            })?;
            let copy = copy_of(&app, db, &bundle, template.unwrap_or(false))?;
            if start.unwrap_or(false) {
                start_now(&app, db, &copy)?;
            }
            Ok::<_, ApiError>(copy)
        })
        .await?
    };
    answer(&app, copy_id, StatusCode::CREATED).await
}

fn copy_of(
    app: &App,
    db: &Connection,
    bundle: &Bundle,
    template: bool,
) -> Result<String, ApiError> {
    let now = app.now();
    let original = bundle.procedure.clone();
    let procedure = Procedure {
        name: original.name,
        description: original.description,
        expires_at: original.expires_at,
        ordered: original.ordered,
        metadata: original.metadata,
        config: original.config,
        subscribers: original.subscribers,
        related_files_enable: original.related_files_enable,
        archive: original.archive,
        template,
        parent: Some(original.id),
        ..new_procedure(app)
    };
    procedures::save(db, &procedure)?;
    let mut new_ids: Vec<(&str, String)> = Vec::new();
    for file in &bundle.files {
        let copy = File {
            id: app.new_id(),
            procedure_id: Some(procedure.id.clone()),
            parent: Some(file.id.clone()),
            created_at: now,
            updated_at: now,
            ..file.clone()
        };
        files::copy_content(db, &file.id, &copy)?;
        new_ids.push((&file.id, copy.id));
    }
    for member in &bundle.members {
        let copy = Member {
            id: app.new_id(),
            procedure_id: procedure.id.clone(),
            parent: Some(member.id.clone()),
            created_at: now,
            updated_at: now,
            finished_at: None,
            status: MemberStatus::Pending,
            comment: None,
            language: None,
            user_agent: None,
            identity_check: None,
            ..member.clone()
        };
        crate::state::members::save(db, &copy)?;
        new_ids.push((&member.id, copy.id));
    }
    let new_id = |old: &str| {
        new_ids
            .iter()
            .find(|(id, _)| *id == old)
            .map(|(_, new)| new.clone())
    };
    for object in &bundle.objects {
        let copy = FileObject {
            id: app.new_id(),
            file_id: new_id(&object.file_id).unwrap_or_default(),
            member_id: object.member_id.as_deref().and_then(new_id),
            parent: Some(object.id.clone()),
            created_at: now,
            updated_at: now,
            executed_at: None,
            ..object.clone()
        };
        crate::state::file_objects::save(db, &copy)?;
    }
    Ok(procedure.id)
}
