//! What the sandbox takes from outside so that tests decide it: time and chance.

use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> Timestamp;
}

/// Gives unpredictable bytes.
pub trait Randomness: Send + Sync + 'static {
    fn fill(&self, bytes: &mut [u8]);
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that others take"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The operating system's random numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the randomness that others take"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        rand::RngCore::fill_bytes(&mut rand::rng(), bytes);
    }
}

/// A fresh version 4 UUID, lower case with hyphens.
pub(crate) fn new_uuid(randomness: &Arc<dyn Randomness>) -> String {
    let mut bytes = [0; 16];
    randomness.fill(&mut bytes);
    uuid::Builder::from_random_bytes(bytes)
        .into_uuid()
        .to_string()
}

/// `bytes` random bytes in lower-case hexadecimal.
pub(crate) fn new_token(randomness: &Arc<dyn Randomness>, bytes: usize) -> String {
    let mut token = vec![0; bytes];
    randomness.fill(&mut token);
    hex::encode(token)
}

/// Six decimal digits, as identity codes have. The bias of the remainder is far below what a code
/// with five tries could lose.
pub(crate) fn new_code(randomness: &Arc<dyn Randomness>) -> String {
    let mut bytes = [0; 8];
    randomness.fill(&mut bytes);
    format!("{:06}", u64::from_le_bytes(bytes) % 1_000_000)
}

/// The bare UUID of a path segment or of an IRI such as `/members/<uuid>` of `collection`.
/// `None` for anything else.
pub(crate) fn bare_id(collection: &str, text: &str) -> Option<String> {
    let text = match text.strip_prefix('/') {
        Some(rest) => rest.strip_prefix(collection)?.strip_prefix('/')?,
        None => text,
    };
    let uuid = Uuid::try_parse(text).ok()?;
    (uuid.to_string() == text).then(|| text.to_owned())
}

/// A clock that was moved by hand.
pub(crate) fn moved(now: Timestamp, seconds: i64) -> Timestamp {
    now.checked_add(SignedDuration::from_secs(seconds))
        .unwrap_or(now)
}
