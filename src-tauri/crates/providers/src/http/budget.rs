//! How many requests an account may make: its own restraint, and what the provider says.

use reqwest::header::HeaderMap;
use std::time::Duration;
use tokio::time::Instant;

/// A request waits this long for its turn; beyond it the caller is told when to come back.
const LONGEST_QUEUE: Duration = Duration::from_secs(5);
/// A provider's own reset time is believed up to here.
const LONGEST_RESET: Duration = Duration::from_secs(3600);
/// Each request earns a tenth of a retry, so that retries never make an outage much worse.
const RETRIES_EARNED: f64 = 0.1;
const MOST_RETRIES: f64 = 10.0;

/// A token bucket that fills evenly and holds one minute's worth.
pub(super) struct Budget {
    per_minute: f64,
    tokens: f64,
    counted_at: Instant,
    closed_until: Option<Instant>,
    retries: f64,
}

/// What the bucket says to a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Send after this wait; the place is taken.
    After(Duration),
    /// Come back after this wait; no place was taken.
    NotBefore(Duration),
}

impl Budget {
    pub(super) fn per_minute(requests: u32, now: Instant) -> Self {
        let per_minute = f64::from(requests.max(1));
        Self {
            per_minute,
            tokens: per_minute,
            counted_at: now,
            closed_until: None,
            retries: MOST_RETRIES,
        }
    }

    pub(super) fn take(&mut self, now: Instant) -> Turn {
        if let Some(until) = self.closed_until {
            if now < until {
                return Turn::NotBefore(until - now);
            }
            self.closed_until = None;
        }
        self.refill(now);
        let wait = if self.tokens >= 1.0 {
            Duration::ZERO
        } else {
            Duration::from_secs_f64((1.0 - self.tokens) * 60.0 / self.per_minute)
        };
        if wait > LONGEST_QUEUE {
            return Turn::NotBefore(wait);
        }
        self.tokens -= 1.0;
        self.retries = (self.retries + RETRIES_EARNED).min(MOST_RETRIES);
        Turn::After(wait)
    }

    /// Whether a read may be tried once more.
    pub(super) fn take_retry(&mut self) -> bool {
        let allowed = self.retries >= 1.0;
        if allowed {
            self.retries -= 1.0;
        }
        allowed
    }

    /// No request leaves before `wait` is over.
    pub(super) fn close_for(&mut self, wait: Duration, now: Instant) {
        let until = now + wait;
        self.closed_until = Some(self.closed_until.map_or(until, |known| known.max(until)));
    }

    /// Takes over what a provider says of its limits. Half of a limit is left to colleagues who
    /// use the same key. Yousign v2 documents no such headers; these names are those of its
    /// successor and of the IETF draft (vendor documentation).
    pub(super) fn learn(&mut self, headers: &HeaderMap, now: Instant) {
        self.refill(now);
        if let Some(limit) = number(headers, "x-ratelimit-limit-minute") {
            self.per_minute = (limit / 2.0).max(1.0);
            self.tokens = self.tokens.min(self.per_minute);
        }
        if let Some(remaining) = number(headers, "x-ratelimit-remaining-minute") {
            self.tokens = self.tokens.min(remaining / 2.0);
        }
        let exhausted = number(headers, "ratelimit-remaining") == Some(0.0);
        if let (true, Some(reset)) = (exhausted, number(headers, "ratelimit-reset")) {
            let wait = reset.min(LONGEST_RESET.as_secs_f64());
            self.close_for(Duration::from_secs_f64(wait), now);
        }
    }

    fn refill(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.counted_at);
        self.counted_at = now;
        self.tokens =
            (self.tokens + passed.as_secs_f64() * self.per_minute / 60.0).min(self.per_minute);
    }
}

/// A header that is a plain number of zero or more.
fn number(headers: &HeaderMap, name: &str) -> Option<f64> {
    let number: f64 = headers.get(name)?.to_str().ok()?.trim().parse().ok()?;
    (number.is_finite() && number >= 0.0).then_some(number)
}

#[cfg(test)]
#[path = "budget_tests.rs"]
mod tests;
