//! What an answer means: success, or one of the [`Error`]s.

use crate::error::{Error, RejectedPlace};
use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// How long to wait after a 429 that does not say (our choice).
const USUAL_WAIT: SignedDuration = SignedDuration::from_secs(60);
/// A `Retry-After` is obeyed between these bounds (our choice): a past or zero one must not make
/// us hammer, an absurd one must not stop the account for ever.
const SHORTEST_WAIT: SignedDuration = SignedDuration::from_secs(1);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(24);
/// Characters kept of a provider's own words.
const LONGEST_WORDS: usize = 500;

/// A provider's answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// The body as JSON. The error names the place of the trouble, never the content.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|trouble| {
            self.unexpected(&format!(
                "{:?} error at line {} column {}",
                trouble.classify(),
                trouble.line(),
                trouble.column()
            ))
        })
    }

    /// An answer that is not in the contract: its shape, without its content.
    pub fn unexpected(&self, trouble: &str) -> Error {
        let kind = self
            .headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .map_or("no content type", |value| {
                value.split(';').next().unwrap_or_default()
            });
        let kind: String = kind.chars().filter(|c| !c.is_control()).take(60).collect();
        Error::Unexpected {
            status: self.status,
            excerpt: format!("{trouble} ({kind}, {} bytes)", self.body.len()),
        }
    }

    /// The answer itself when it is a success, otherwise what went wrong.
    pub(super) fn classified(self, now: Timestamp) -> Result<Self, Error> {
        match self.status {
            200..=299 => Ok(self),
            401 => Err(Error::Unauthorized),
            403 => Err(Error::Forbidden),
            404 | 410 => Err(Error::NotFound),
            // It is a proxy on the way that wants credentials; the provider saw nothing.
            407 => Err(Error::Offline),
            429 => Err(Error::RateLimited {
                until: come_back_at(&self.headers, now),
            }),
            // A 503 is kept here although it may say when to come back: unlike a 429 it does not
            // promise that nothing happened.
            408 | 425 | 500..=599 => Err(Error::Unavailable {
                status: self.status,
                until: retry_after(&self.headers, now),
            }),
            400..=499 => Err(self.rejection()),
            _ => Err(self.unexpected("neither success nor a known error")),
        }
    }

    /// The provider's own words. Without any, it may not have been the provider who answered.
    fn rejection(&self) -> Error {
        let Ok(Value::Object(problem)) = serde_json::from_slice::<Value>(&self.body) else {
            return self.unexpected("refused without a reason");
        };
        let text = |key: &str| problem.get(key).and_then(Value::as_str).map(words);
        let message = ["detail", "error_description", "message", "title", "error"]
            .into_iter()
            .find_map(|key| text(key).filter(|found| !found.is_empty()))
            .unwrap_or_default();
        let places = problem
            .get("violations")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(|violation| {
                let text = |key: &str| {
                    words(
                        violation
                            .get(key)
                            .and_then(Value::as_str)
                            .unwrap_or_default(),
                    )
                };
                RejectedPlace {
                    path: text("propertyPath"),
                    message: text("message"),
                }
            })
            .filter(|place| !place.path.is_empty() || !place.message.is_empty())
            .take(50)
            .collect();
        Error::Rejected { message, places }
    }
}

/// A provider's words on one line, cut to what can be shown.
fn words(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_WORDS)
        .collect()
}

/// When to come back after a 429.
pub(super) fn come_back_at(headers: &HeaderMap, now: Timestamp) -> Timestamp {
    retry_after(headers, now).unwrap_or(now + USUAL_WAIT)
}

/// When to come back, from `Retry-After` in seconds or as an HTTP date (RFC 9110, 10.2.3).
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Timestamp> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = if let Ok(seconds) = value.parse::<f64>() {
        // The cast saturates, and makes zero of "nan".
        SignedDuration::from_secs(seconds as i64)
    } else {
        let dates = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
        dates.parse_timestamp(value).ok()?.duration_since(now)
    };
    Some(now + wait.clamp(SHORTEST_WAIT, LONGEST_WAIT))
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;
