//! The control interface's routes.

use super::faults::Fault;
use super::{Control, Seen};
use crate::app::App;
use crate::seams::bare_id;
use crate::signing::act::{self, Acceptance};
use crate::state::{DbError, codes, mails, members, settings};
use crate::wire::Violation;
use crate::{answer, identity_check};
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use paraph_domain::draft::Language;
use paraph_pdf::Drawing;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/_sandbox/faults", post(add_fault).delete(clear_faults))
        .route("/_sandbox/clock", get(clock).post(advance))
        .route("/_sandbox/requests", get(requests).delete(forget_requests))
        .route("/_sandbox/invitations", get(invitations))
        .route("/_sandbox/mails", get(mail_list))
        .route("/_sandbox/members/{id}/sign", post(sign))
        .route("/_sandbox/members/{id}/refuse", post(refuse))
}

/// A failure that has no better words.
struct Failed;

impl From<DbError> for Failed {
    fn from(error: DbError) -> Self {
        tracing::error!(%error, "the sandbox's database failed");
        Self
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}

fn control(app: &App) -> Result<&Control, Failed> {
    app.control.as_ref().ok_or(Failed)
}

async fn add_fault(
    State(app): State<Arc<App>>,
    Json(fault): Json<Fault>,
) -> Result<StatusCode, Failed> {
    let control = control(&app)?;
    control
        .faults
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(fault);
    Ok(StatusCode::NO_CONTENT)
}

async fn clear_faults(State(app): State<Arc<App>>) -> Result<StatusCode, Failed> {
    control(&app)?
        .faults
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clear();
    Ok(StatusCode::NO_CONTENT)
}

async fn clock(State(app): State<Arc<App>>) -> Json<Value> {
    Json(json!({ "now": app.now().0.to_string() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    seconds: i64,
}

/// Kept over restarts: time that went back would bring expired procedures into an odd state.
async fn advance(
    State(app): State<Arc<App>>,
    Json(advance): Json<Advance>,
) -> Result<Json<Value>, Failed> {
    let moved = app
        .offset_seconds
        .fetch_add(advance.seconds, Ordering::Relaxed);
    let offset = moved.saturating_add(advance.seconds).to_string();
    let save = move |db: &rusqlite::Connection| {
        settings::set(db, settings::CLOCK_OFFSET, offset.as_bytes())
    };
    app.db.run(save).await?;
    Ok(clock(State(app)).await)
}

async fn requests(State(app): State<Arc<App>>) -> Result<Json<Vec<Seen>>, Failed> {
    let seen = control(&app)?
        .seen
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    Ok(Json(seen.iter().cloned().collect()))
}

async fn forget_requests(State(app): State<Arc<App>>) -> Result<StatusCode, Failed> {
    control(&app)?
        .seen
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clear();
    Ok(StatusCode::NO_CONTENT)
}

async fn invitations(State(app): State<Arc<App>>) -> Result<Json<Vec<mails::Invitations>>, Failed> {
    Ok(Json(app.db.run(mails::invitations).await?))
}

async fn mail_list(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
) -> Result<Json<Vec<Value>>, Failed> {
    let query = query.unwrap_or_default();
    let procedure = url::form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == "procedure")
        .and_then(|(_, value)| bare_id("procedures", &value));
    let mut found = app
        .db
        .run(move |db| mails::list(db, procedure.as_deref()))
        .await?;
    found.reverse();
    let mails = found.into_iter().map(|mail| {
        json!({
            "procedure": format!("/procedures/{}", mail.procedure_id),
            "member": mail.member_id.map(|id| format!("/members/{id}")),
            "event": mail.event,
            "to": mail.to_address,
            "subject": mail.subject,
            "message": mail.message,
            "at": mail.at.0.to_string(),
        })
    });
    Ok(Json(mails.collect()))
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct SignAs {
    /// The name to write; the member's own when left out.
    typed: Option<String>,
    /// By file object, IRI or bare id.
    texts: BTreeMap<String, String>,
    /// The identity code; the right one is taken when left out.
    code: Option<String>,
    /// `fr` or English.
    language: Option<String>,
}

async fn sign(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    body: Option<Json<SignAs>>,
) -> Result<Response, Failed> {
    let asked = body.map(|Json(body)| body).unwrap_or_default();
    let (within, wanted) = (Arc::clone(&app), id.clone());
    let known = app
        .db
        .run(move |db| {
            let Some(member) = members::find(db, &wanted)? else {
                return Ok(None);
            };
            if identity_check::usable_code(&within, db, &member)?.is_none() {
                identity_check::make_code(&within, db, &member)?;
            }
            let code = codes::find(db, &member.id)?.map(|code| code.code);
            Ok::<_, DbError>(Some((member.full_name(), code.unwrap_or_default())))
        })
        .await?;
    let Some((name, code)) = known else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let texts = asked
        .texts
        .into_iter()
        .map(|(object, text)| (bare_id("file_objects", &object).unwrap_or(object), text));
    let acceptance = Acceptance {
        language: language(asked.language.as_deref()),
        drawing: Drawing::Typed(asked.typed.unwrap_or(name)),
        texts: texts.collect(),
        code: asked.code.unwrap_or(code),
        user_agent: None,
    };
    Ok(outcome(act::accept(&app, &id, acceptance).await))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefuseAs {
    comment: String,
    #[serde(default)]
    language: Option<String>,
}

async fn refuse(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Json(asked): Json<RefuseAs>,
) -> Response {
    let language = language(asked.language.as_deref());
    outcome(act::refuse(&app, &id, &asked.comment, language).await)
}

fn language(code: Option<&str>) -> Language {
    if code == Some("fr") {
        Language::French
    } else {
        Language::English
    }
}

fn outcome(result: Result<(), act::ActError>) -> Response {
    match result {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(act::ActError::Unknown) => StatusCode::NOT_FOUND.into_response(),
        Err(act::ActError::NotNow(standing)) => {
            let body = json!({ "standing": format!("{standing:?}") });
            answer::json(StatusCode::CONFLICT, &body)
        }
        Err(error @ (act::ActError::Seal(_) | act::ActError::Database(_))) => {
            tracing::error!(%error, "a member's act failed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Err(error) => {
            let violations: Vec<Violation> = error.violations();
            answer::json(
                StatusCode::BAD_REQUEST,
                &json!({ "violations": violations }),
            )
        }
    }
}
