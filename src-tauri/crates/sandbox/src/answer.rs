//! How the API answers: bodies as PHP writes them, and errors in the vendor's shapes.

use crate::state::DbError;
use crate::wire::{Violation, to_php_json};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Why a request was not done. The shapes are documented; the texts are our choice.
#[derive(Debug)]
pub(crate) enum ApiError {
    /// 400 with what is wrong where.
    Violations(Vec<Violation>),
    /// 400 without a place.
    BadRequest(&'static str),
    /// 401 in OAuth's style.
    Unauthorized,
    NotFound,
    MethodNotAllowed,
    /// 413; the vendor's limit and answer are unknown.
    TooLarge,
    /// 500; what happened is in the log.
    Internal,
}

impl ApiError {
    pub(crate) fn violation(path: &str, message: &str) -> Self {
        Self::Violations(vec![Violation::new(path, message)])
    }
}

impl From<DbError> for ApiError {
    fn from(error: DbError) -> Self {
        tracing::error!(%error, "the sandbox's database failed");
        Self::Internal
    }
}

pub(crate) type ApiResult = Result<Response, ApiError>;

/// `body` as `application/json`.
pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Response {
    written(status, "application/json", body)
}

pub(crate) fn no_content() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

fn written(status: StatusCode, kind: &'static str, body: &impl Serialize) -> Response {
    let mut response = (status, to_php_json(body)).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

#[derive(Serialize)]
struct Problem<'a> {
    r#type: &'a str,
    title: &'a str,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    violations: Option<&'a [Violation]>,
}

fn problem(status: StatusCode, detail: &str, violations: Option<&[Violation]>) -> Response {
    let body = Problem {
        r#type: "https://tools.ietf.org/html/rfc2616#section-10",
        title: "An error occurred",
        detail,
        violations,
    };
    written(status, "application/problem+json", &body)
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        match self {
            Self::Violations(violations) => {
                let lines: Vec<String> = violations
                    .iter()
                    .map(|found| match found.property_path.as_str() {
                        "" => found.message.clone(),
                        path => format!("{path}: {}", found.message),
                    })
                    .collect();
                problem(
                    StatusCode::BAD_REQUEST,
                    &lines.join("\n"),
                    Some(&violations),
                )
            }
            Self::BadRequest(detail) => problem(StatusCode::BAD_REQUEST, detail, None),
            Self::Unauthorized => json(
                StatusCode::UNAUTHORIZED,
                &serde_json::json!({
                    "error": "invalid_grant",
                    "error_description": "The access token provided is invalid.",
                }),
            ),
            Self::NotFound => problem(StatusCode::NOT_FOUND, "Not Found", None),
            Self::MethodNotAllowed => {
                problem(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed", None)
            }
            Self::TooLarge => problem(
                StatusCode::PAYLOAD_TOO_LARGE,
                "The request is too large.",
                None,
            ),
            Self::Internal => json(
                StatusCode::INTERNAL_SERVER_ERROR,
                &serde_json::json!({ "message": "Internal Server Error" }),
            ),
        }
    }
}
