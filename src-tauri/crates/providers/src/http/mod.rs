//! The one way in which requests leave: time-outs, rate budget, retries of reads, redirects.
//!
//! Deliberately absent: any repetition of a request that changes something. Whether such a
//! request had its effect is found out by reading, by those who know what it was for. The one
//! exception is a 401, which says that the request was not even looked at.

mod answer;
mod budget;

pub use answer::Answer;

use crate::error::Error;
use crate::provider::Authorizer;
use crate::seams::Seams;
use budget::{Budget, Turn};
use bytes::{Bytes, BytesMut};
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, LOCATION};
use reqwest::{Client, Method, Response};
use secrecy::{ExposeSecret, SecretString};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout_at};
use url::{Host, Url};

/// No request that changes something, and carries no file, is under way longer than this. Who
/// waits for the last trace of a lost request waits longer.
pub const WRITE_DEADLINE: Duration = Duration::from_secs(60);

/// The slowest line a file is uploaded over, in bytes a second (our choice).
const SLOWEST_UPLOAD: u64 = 32 * 1024;
/// Tries of a read, the first included.
const MOST_TRIES: u32 = 4;
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
const MOST_REDIRECTS: u32 = 3;

/// How long things may take.
#[derive(Debug, Clone, Copy)]
pub struct Deadlines {
    /// Name resolution, TCP and TLS.
    pub connect: Duration,
    /// From the request to the answer's headers. Uploads get more, by their size.
    pub headers: Duration,
    /// Between two pieces of an answer's body.
    pub idle: Duration,
    /// A read as a whole, its retries included.
    pub read: Duration,
    /// A read of a whole file, its retries included.
    pub download: Duration,
    /// A request that changes something. Uploads get more, by their size.
    pub write: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            headers: Duration::from_secs(40),
            idle: Duration::from_secs(20),
            read: Duration::from_secs(90),
            download: Duration::from_secs(600),
            write: WRITE_DEADLINE,
        }
    }
}

/// Where and how fast requests go.
#[derive(Debug, Clone)]
pub struct Destination {
    pub base: Url,
    pub requests_per_minute: u32,
    pub deadlines: Deadlines,
}

/// A request that only reads.
#[derive(Debug, Clone)]
pub struct Read<'a> {
    /// Below the base address, with its leading slash.
    pub path: &'a str,
    pub query: &'a [(&'a str, String)],
    /// Bytes an answer may have.
    pub limit: usize,
    /// Whether the answer is a whole file, which takes its time.
    pub file: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum BadDestination {
    /// A key must not travel in the clear; only this machine may be spoken to without TLS.
    #[error("the address is not https, and not on this machine")]
    Insecure,
    #[error("the address has no host, or has credentials in it")]
    Malformed,
    #[error("the HTTP client could not be set up: {0}")]
    Setup(String),
}

/// Speaks to one provider with one account's credentials.
pub struct Http {
    client: Client,
    base: Url,
    deadlines: Deadlines,
    authorizer: Arc<dyn Authorizer>,
    budget: Mutex<Budget>,
    seams: Seams,
}

struct Message<'a> {
    method: Method,
    url: &'a Url,
    body: Option<&'a Bytes>,
    limit: usize,
}

impl Http {
    pub fn new(
        to: Destination,
        authorizer: Arc<dyn Authorizer>,
        seams: Seams,
    ) -> Result<Self, BadDestination> {
        let here = is_loopback(&to.base);
        match to.base.scheme() {
            "https" => {}
            "http" if here => {}
            _ => return Err(BadDestination::Insecure),
        }
        if to.base.host().is_none()
            || !to.base.username().is_empty()
            || to.base.password().is_some()
        {
            return Err(BadDestination::Malformed);
        }
        let client = Client::builder()
            .user_agent(concat!("Paraph/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            // One request per connection at a time keeps "did it leave" answerable.
            .http1_only()
            // A connection that the server is about to close loses answers.
            .pool_idle_timeout(Duration::from_secs(10))
            .connect_timeout(to.deadlines.connect);
        let client = match (here, to.base.scheme()) {
            // Nobody to be proven: reading the system's certificates would only take time.
            (true, "http") => client.no_proxy().tls_certs_only([]),
            (true, _) => client.no_proxy(),
            (false, _) => client,
        };
        let client = client
            .build()
            .map_err(|trouble| BadDestination::Setup(trouble.to_string()))?;
        Ok(Self {
            client,
            base: to.base,
            deadlines: to.deadlines,
            authorizer,
            budget: Mutex::new(Budget::per_minute(to.requests_per_minute, Instant::now())),
            seams,
        })
    }

    /// A GET. Repeated a few times when waiting can help.
    pub async fn read(&self, read: Read<'_>) -> Result<Answer, Error> {
        let mut url = self.address(read.path);
        if !read.query.is_empty() {
            url.query_pairs_mut().extend_pairs(read.query);
        }
        let whole = if read.file {
            self.deadlines.download
        } else {
            self.deadlines.read
        };
        let deadline = Instant::now() + whole;
        let mut tries = 0;
        loop {
            let result = self.follow(&url, read.limit, deadline).await;
            tries += 1;
            let pause = pause_before_retry(tries, self.seams.chance());
            let again = matches!(
                result,
                Err(Error::Offline | Error::AnswerLost | Error::Unavailable { until: None, .. })
            ) && tries < MOST_TRIES
                && Instant::now() + pause < deadline
                && self.with_budget(Budget::take_retry);
            if !again {
                return result;
            }
            tracing::debug!(tries, ?pause, "a read is tried again");
            sleep(pause).await;
        }
    }

    /// A request that changes something. It leaves at most once; an error says whether it may
    /// have arrived ([`Error::leaves_doubt`]).
    pub async fn write(
        &self,
        method: Method,
        path: &str,
        body: Option<Bytes>,
        limit: usize,
    ) -> Result<Answer, Error> {
        let upload = upload_allowance(body.as_ref());
        let message = Message {
            method,
            url: &self.address(path),
            body: body.as_ref(),
            limit,
        };
        let deadline = Instant::now() + self.deadlines.write + upload;
        let answer = self.exchange(&message, deadline).await?;
        // A redirected write may or may not have been carried out; it is not carried on.
        answer.classified(self.seams.now())
    }

    /// The base address with `path` below it. Only the path can change: whatever an id has in
    /// it, the host stays.
    fn address(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        let below = format!("{}{path}", self.base.path().trim_end_matches('/'));
        url.set_path(&below);
        url.set_query(None);
        url.set_fragment(None);
        url
    }

    /// A GET that follows redirects as long as they stay on the same host, scheme and port.
    async fn follow(&self, url: &Url, limit: usize, deadline: Instant) -> Result<Answer, Error> {
        let mut url = url.clone();
        let mut redirects = 0;
        loop {
            let message = Message {
                method: Method::GET,
                url: &url,
                body: None,
                limit,
            };
            let answer = self.exchange(&message, deadline).await?;
            if !(300..=399).contains(&answer.status) {
                return answer.classified(self.seams.now());
            }
            let next = answer
                .headers
                .get(LOCATION)
                .and_then(|value| value.to_str().ok())
                .and_then(|value| url.join(value).ok())
                .ok_or_else(|| answer.unexpected("redirected without an address"))?;
            if next.origin() != self.base.origin() {
                return Err(answer.unexpected("redirected to another host"));
            }
            redirects += 1;
            if redirects > MOST_REDIRECTS {
                return Err(answer.unexpected("redirected too often"));
            }
            url = next;
        }
    }

    /// Sends once, or twice when the first token was refused and there is a newer one.
    async fn exchange(&self, message: &Message<'_>, deadline: Instant) -> Result<Answer, Error> {
        let token = self.authorizer.token().await?;
        let answer = self.send(message, &token, deadline).await?;
        if answer.status != 401 || !self.authorizer.renew().await {
            return Ok(answer);
        }
        let token = self.authorizer.token().await?;
        self.send(message, &token, deadline).await
    }

    async fn send(
        &self,
        message: &Message<'_>,
        token: &SecretString,
        deadline: Instant,
    ) -> Result<Answer, Error> {
        self.wait_for_turn(deadline).await?;
        let Ok(mut bearer) = HeaderValue::from_str(&format!("Bearer {}", token.expose_secret()))
        else {
            // What cannot stand in a header cannot be a key.
            return Err(Error::Unauthorized);
        };
        bearer.set_sensitive(true);
        let mut request = self
            .client
            .request(message.method.clone(), message.url.clone())
            .header(AUTHORIZATION, bearer);
        if let Some(body) = message.body {
            request = request
                .header(CONTENT_TYPE, "application/json")
                .body(body.clone());
        }
        let started = Instant::now();
        let headers_by =
            deadline.min(started + self.deadlines.headers + upload_allowance(message.body));
        let response = match timeout_at(headers_by, request.send()).await {
            Ok(Ok(response)) => response,
            // Nothing of the request leaves before the connection stands.
            Ok(Err(trouble)) if trouble.is_connect() => return Err(Error::Offline),
            Ok(Err(_)) | Err(_) => return Err(Error::AnswerLost),
        };
        let answer = self.receive(response, message.limit, deadline).await?;
        tracing::debug!(
            method = %message.method,
            status = answer.status,
            took = ?started.elapsed(),
            "request answered"
        );
        self.take_note(&answer);
        Ok(answer)
    }

    async fn wait_for_turn(&self, deadline: Instant) -> Result<(), Error> {
        let now = Instant::now();
        match self.with_budget(|budget| budget.take(now)) {
            Turn::After(wait) if now + wait < deadline => {
                sleep(wait).await;
                Ok(())
            }
            Turn::After(wait) | Turn::NotBefore(wait) => Err(Error::RateLimited {
                until: after(self.seams.now(), wait),
            }),
        }
    }

    /// Reads the body. When it breaks off, a success is lost; an error is known by its status.
    async fn receive(
        &self,
        mut response: Response,
        limit: usize,
        deadline: Instant,
    ) -> Result<Answer, Error> {
        let mut answer = Answer {
            status: response.status().as_u16(),
            headers: std::mem::take(response.headers_mut()),
            body: Bytes::new(),
        };
        let mut body = BytesMut::new();
        loop {
            let idle_by = deadline.min(Instant::now() + self.deadlines.idle);
            match timeout_at(idle_by, response.chunk()).await {
                Ok(Ok(None)) => break,
                Ok(Ok(Some(piece))) if body.len() + piece.len() <= limit => {
                    body.extend_from_slice(&piece);
                }
                Ok(Ok(Some(_))) => return Err(answer.unexpected("longer than can be taken")),
                Ok(Err(_)) | Err(_) if answer.status < 400 => return Err(Error::AnswerLost),
                Ok(Err(_)) | Err(_) => break,
            }
        }
        answer.body = body.freeze();
        Ok(answer)
    }

    fn take_note(&self, answer: &Answer) {
        let now = Instant::now();
        let closed = (answer.status == 429).then(|| {
            let moment = self.seams.now();
            let until = answer::come_back_at(&answer.headers, moment);
            Duration::try_from(until.duration_since(moment)).unwrap_or_default()
        });
        self.with_budget(|budget| {
            budget.learn(&answer.headers, now);
            if let Some(wait) = closed {
                budget.close_for(wait, now);
            }
        });
    }

    fn with_budget<T>(&self, use_it: impl FnOnce(&mut Budget) -> T) -> T {
        use_it(&mut self.budget.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Whether this machine is meant.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// Full jitter: anything from nothing to a bound that doubles with each try.
fn pause_before_retry(tries: u32, chance: f64) -> Duration {
    let bound = FIRST_PAUSE
        .saturating_mul(2_u32.saturating_pow(tries.saturating_sub(1)))
        .min(LONGEST_PAUSE);
    bound.mul_f64(chance)
}

fn upload_allowance(body: Option<&Bytes>) -> Duration {
    let bytes = body.map_or(0, |body| body.len() as u64);
    Duration::from_secs(bytes / SLOWEST_UPLOAD)
}

fn after(now: Timestamp, wait: Duration) -> Timestamp {
    SignedDuration::try_from(wait)
        .ok()
        .and_then(|wait| now.checked_add(wait).ok())
        .unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
#[path = "http_tests.rs"]
mod tests;
