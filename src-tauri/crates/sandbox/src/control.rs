//! What tests may do that nobody else may: faults, the clock, and a look at what was asked.
//!
//! Mounted under `/_sandbox/` only when the server was started with `control`; the application
//! never does that. Everything here is our choice.

mod faults;
mod routes;

use crate::answer::ApiError;
use crate::api::body_limit;
use crate::app::App;
use crate::server::run;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use faults::{Action, Fault};
use http_body_util::LengthLimitError;
pub(crate) use routes::routes;
use serde::Serialize;
use serde_json::Value;
use std::collections::VecDeque;
use std::error::Error as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

const PREFIX: &str = "/_sandbox/";
/// Requests remembered.
const SEEN_LIMIT: usize = 10_000;
/// Texts longer than this are files or pictures and are not remembered.
const TEXT_LIMIT: usize = 2_000;

/// The connection is to be closed without an answer.
#[derive(Debug, thiserror::Error)]
#[error("dropped on purpose")]
pub(crate) struct Dropped;

#[derive(Default)]
pub(crate) struct Control {
    faults: Mutex<Vec<Fault>>,
    seen: Mutex<VecDeque<Seen>>,
}

/// A request as it came in.
#[derive(Debug, Clone, Serialize)]
struct Seen {
    method: String,
    /// With its query.
    path: String,
    /// JSON with its files left out; null when there was none.
    body: Value,
    at: String,
    /// The fault that was applied, if one was.
    fault: Option<&'static str>,
}

/// Remembers the request, applies the first fault that matches it, and answers.
pub(crate) async fn with_faults(
    control: &Control,
    app: &App,
    router: Router,
    request: Request,
) -> Result<Response, Dropped> {
    if request.uri().path().starts_with(PREFIX) {
        return Ok(run(router, request).await);
    }
    let (parts, body) = request.into_parts();
    let bytes = match to_bytes(body, body_limit(app)).await {
        Ok(bytes) => bytes,
        Err(error) if is_too_long(&error) => return Ok(ApiError::TooLarge.into_response()),
        Err(_) => return Err(Dropped),
    };
    let action = control.next_fault(parts.method.as_str(), parts.uri.path());
    control.remember(Seen {
        method: parts.method.to_string(),
        path: parts.uri.to_string(),
        body: without_files(&bytes),
        at: app.now().0.to_string(),
        fault: action.as_ref().map(Action::name),
    });
    let request = Request::from_parts(parts, Body::from(bytes));
    let Some(action) = action else {
        return Ok(run(router, request).await);
    };
    match action {
        Action::Answer { after: false, .. } => Ok(action.response()),
        Action::DropBefore => Err(Dropped),
        Action::Delay { millis } => {
            tokio::time::sleep(Duration::from_millis(millis)).await;
            Ok(run(router, request).await)
        }
        Action::DropAfter => {
            run(router, request).await;
            Err(Dropped)
        }
        Action::Answer { after: true, .. } | Action::Garbage { .. } => {
            run(router, request).await;
            Ok(action.response())
        }
        Action::Cut { bytes } => Ok(faults::cut(run(router, request).await, bytes)),
    }
}

fn is_too_long(error: &axum::Error) -> bool {
    error
        .source()
        .is_some_and(|source| source.is::<LengthLimitError>())
}

impl Control {
    fn next_fault(&self, method: &str, path: &str) -> Option<Action> {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        let place = faults
            .iter_mut()
            .position(|fault| fault.takes(method, path))?;
        let fault = faults.get_mut(place)?;
        let action = fault.action.clone();
        fault.times = fault.times.saturating_sub(1);
        if fault.times == 0 {
            faults.remove(place);
        }
        Some(action)
    }

    fn remember(&self, seen: Seen) {
        let mut list = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if list.len() >= SEEN_LIMIT {
            list.pop_front();
        }
        list.push_back(seen);
    }
}

fn without_files(bytes: &Bytes) -> Value {
    fn shorten(value: &mut Value) {
        match value {
            Value::String(text) if text.len() > TEXT_LIMIT => {
                *text = format!("({} characters)", text.len());
            }
            Value::Array(items) => items.iter_mut().for_each(shorten),
            Value::Object(map) => map.iter_mut().for_each(|(key, value)| {
                if key == "content" && value.as_str().is_some_and(|text| text.len() > 255) {
                    let length = value.as_str().map_or(0, str::len);
                    *value = Value::String(format!("({length} characters)"));
                } else {
                    shorten(value);
                }
            }),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut body = serde_json::from_slice(bytes).unwrap_or_default();
    shorten(&mut body);
    body
}
