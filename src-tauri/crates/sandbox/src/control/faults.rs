//! What can be made to go wrong.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io;

/// A fault and the requests it is for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fault {
    /// Any when left out.
    #[serde(default)]
    method: Option<String>,
    /// The path's beginning, segment by segment; `*` is any segment. Any path when left out.
    #[serde(default)]
    path: Option<String>,
    /// How many matching requests to let through first.
    #[serde(default)]
    skip: u32,
    /// How often it strikes.
    #[serde(default = "once")]
    pub times: u32,
    pub action: Action,
}

fn once() -> u32 {
    1
}

#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Action {
    /// This answer; with `after` the request takes effect first.
    Answer {
        status: u16,
        #[serde(default)]
        headers: BTreeMap<String, String>,
        #[serde(default)]
        body: String,
        #[serde(default)]
        after: bool,
    },
    /// The request is held back, then done.
    Delay { millis: u64 },
    /// The connection closes; the request has no effect.
    DropBefore,
    /// The request takes effect, then the connection closes.
    DropAfter,
    /// The request takes effect; the answer is 200 with a body that is no JSON.
    Garbage {
        #[serde(default = "garbage")]
        body: String,
    },
    /// The answer's body ends after so many bytes.
    Cut { bytes: usize },
}

fn garbage() -> String {
    "<!doctype html><title>Bad gateway</title>".to_owned()
}

impl Fault {
    pub(super) fn takes(&mut self, method: &str, path: &str) -> bool {
        let method_fits = self
            .method
            .as_ref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
        let path_fits = self
            .path
            .as_deref()
            .is_none_or(|wanted| begins_with(path, wanted));
        if !(method_fits && path_fits) {
            return false;
        }
        if self.skip > 0 {
            self.skip = self.skip.saturating_sub(1);
            return false;
        }
        true
    }
}

fn begins_with(path: &str, wanted: &str) -> bool {
    let mut segments = path.trim_matches('/').split('/');
    wanted.trim_matches('/').split('/').all(|wanted| {
        segments
            .next()
            .is_some_and(|segment| wanted == "*" || wanted == segment)
    })
}

impl Action {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Answer { .. } => "answer",
            Self::Delay { .. } => "delay",
            Self::DropBefore => "drop_before",
            Self::DropAfter => "drop_after",
            Self::Garbage { .. } => "garbage",
            Self::Cut { .. } => "cut",
        }
    }

    /// The answer that this action itself gives.
    pub(super) fn response(self) -> Response {
        let (status, headers, body) = match self {
            Self::Answer {
                status,
                headers,
                body,
                ..
            } => (status, headers, body),
            Self::Garbage { body } => (200, BTreeMap::new(), body),
            Self::Delay { .. } | Self::DropBefore | Self::DropAfter | Self::Cut { .. } => {
                (200, BTreeMap::new(), String::new())
            }
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() =
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        for (name, value) in headers {
            if let (Ok(name), Ok(value)) =
                (name.parse::<HeaderName>(), HeaderValue::try_from(value))
            {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// `response` with a body that breaks off after `length` bytes although more was promised.
pub(super) fn cut(response: Response, length: usize) -> Response {
    let (mut parts, body) = response.into_parts();
    parts.headers.remove(header::TRANSFER_ENCODING);
    let whole = async move {
        let bytes = body
            .collect()
            .await
            .map(|collected| collected.to_bytes())
            .unwrap_or_default();
        let kept = bytes.slice(..length.min(bytes.len()));
        [
            Ok(Frame::data(kept)),
            Err(io::Error::other("cut on purpose")),
        ]
    };
    let frames = futures::StreamExt::flat_map(
        futures::stream::once(whole),
        |frames: [io::Result<Frame<Bytes>>; 2]| futures::stream::iter(frames),
    );
    Response::from_parts(parts, Body::new(StreamBody::new(frames)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_fits_by_whole_segments() {
        let cases = [
            ("/procedures", "/procedures", true),
            ("/procedures/1/remind", "/procedures", true),
            ("/procedures/1/remind", "/procedures/*/remind", true),
            ("/procedures/1", "/procedures/*/remind", false),
            ("/procedures_old", "/procedures", false),
            ("/", "/procedures", false),
        ];
        for (path, wanted, fits) in cases {
            assert_eq!(begins_with(path, wanted), fits, "{path} against {wanted}");
        }
    }
}
