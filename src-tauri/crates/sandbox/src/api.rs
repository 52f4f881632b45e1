//! The vendor's API, version 2, as far as a client needs it to send, follow and fetch.
//!
//! What the vendor's documentation or live replies do not tell is marked *our choice* where it is
//! chosen. Deliberately absent: operations and authentications (signing by API), server stamps,
//! consent processes, signature UIs, user administration, checks of documents, archives, exports,
//! webhooks (accepted and kept, never called), and everything of version 3.

mod config;
mod file_objects;
mod files;
mod lists;
mod members;
mod procedures;
mod proofs;
mod users;

use crate::answer::ApiError;
use crate::app::App;
use crate::seams::bare_id;
use crate::wire::{Input, Violation};
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::sync::Arc;

pub(crate) fn routes(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .merge(users::routes())
        .merge(procedures::routes())
        .merge(files::routes())
        .merge(members::routes())
        .merge(file_objects::routes())
        .merge(proofs::routes())
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed })
        .layer(DefaultBodyLimit::max(body_limit(app)))
        .route_layer(middleware::from_fn_with_state(Arc::clone(app), authorized))
}

/// The most bytes of a request's body. Base64 takes four bytes for three; the rest is room for the
/// other fields.
pub(crate) fn body_limit(app: &App) -> usize {
    app.max_document_bytes
        .div_ceil(3)
        .saturating_mul(4)
        .saturating_add(64 * 1024)
}

/// Lets through who knows the API key.
async fn authorized(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let given = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let token = given.and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    // Hashes are compared, so that the time taken tells nothing about the key.
    let matches =
        token.is_some_and(|token| Sha256::digest(token) == Sha256::digest(&app.identity.api_key));
    if matches {
        next.run(request).await
    } else {
        ApiError::Unauthorized.into_response()
    }
}

/// A JSON object as request body. No body counts as an empty object, so that what is missing in
/// it is said by name.
pub(crate) struct Body(pub Map<String, Value>);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|_| ApiError::TooLarge)?;
        if bytes.is_empty() {
            return Ok(Self(Map::new()));
        }
        match serde_json::from_slice(&bytes) {
            Ok(Value::Object(map)) => Ok(Self(map)),
            // PHP writes an empty map like this.
            Ok(Value::Array(items)) if items.is_empty() => Ok(Self(Map::new())),
            _ => Err(ApiError::BadRequest("Syntax error")),
        }
    }
}

/// Reads `body` with `read`; what that finds wrong becomes the answer.
fn checked<T>(
    body: &Map<String, Value>,
    read: impl FnOnce(&Input<'_>) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    let found: RefCell<Vec<Violation>> = RefCell::default();
    let value = read(&Input::new(body, &found))?;
    let found = found.into_inner();
    if found.is_empty() {
        Ok(value)
    } else {
        Err(ApiError::Violations(found))
    }
}

/// The id in a path: unknown and malformed ones are not found alike.
fn path_id(collection: &str, text: &str) -> Result<String, ApiError> {
    bare_id(collection, text).ok_or(ApiError::NotFound)
}

const BLANK: &str = "This value should not be blank.";
const NOT_VALID: &str = "This value is not valid.";
const NOT_A_CHOICE: &str = "The value you selected is not a valid choice.";
const UNKNOWN_REFERENCE: &str = "Item not found.";
const NOT_A_DRAFT: &str = "The procedure is not a draft anymore.";
