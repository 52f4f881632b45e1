//! Proofs by API. The vendor's staging makes none; practice behaves like production here, so that
//! the whole way can be walked: our choice.

use crate::answer::{ApiError, ApiResult, json};
use crate::api::path_id;
use crate::app::App;
use crate::proof;
use crate::state::bundle::Bundle;
use crate::state::members::{self, MemberStatus};
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::sync::Arc;

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/procedures/{id}/proof", get(of_procedure))
        .route("/members/{id}/proof", get(of_member))
}

/// A JSON string with base64 of a zip of the proofs of everybody who is done; 404 while nobody is.
async fn of_procedure(State(app): State<Arc<App>>, Path(id): Path<String>) -> ApiResult {
    let id = path_id("procedures", &id)?;
    let zip = app
        .db
        .run(move |db| {
            let bundle = Bundle::find(db, &id)?.ok_or(ApiError::NotFound)?;
            let proofs = proof::texts(db, &bundle)?;
            if proofs.is_empty() {
                return Err(ApiError::NotFound);
            }
            proof::zipped(&proofs).map_err(|error| {
                tracing::error!(%error, "a proof could not be packed");
                ApiError::Internal
            })
        })
        .await?;
    Ok(json(StatusCode::OK, &STANDARD.encode(zip)))
}

/// A JSON string with base64 of a text, or of a PDF with `format=pdf`; 404 until the member has
/// signed (documented).
async fn of_member(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> ApiResult {
    let id = path_id("members", &id)?;
    let proof = app
        .db
        .run(move |db| {
            let member = members::find(db, &id)?.ok_or(ApiError::NotFound)?;
            let bundle = Bundle::find(db, &member.procedure_id)?.ok_or(ApiError::NotFound)?;
            if member.status != MemberStatus::Done {
                return Err(ApiError::NotFound);
            }
            proof::text_of(db, &bundle, &member).map_err(ApiError::from)
        })
        .await?;
    let query = query.unwrap_or_default();
    let pdf = url::form_urlencoded::parse(query.as_bytes())
        .any(|(key, value)| key == "format" && value == "pdf");
    let bytes = if pdf {
        proof::as_pdf(&app, &proof).await.map_err(|error| {
            tracing::error!(%error, "a proof could not be written as PDF");
            ApiError::Internal
        })?
    } else {
        proof.into_bytes()
    };
    Ok(json(StatusCode::OK, &STANDARD.encode(bytes)))
}
