//! What requests take from outside, so that tests and simulations decide it.

use jiff::Timestamp;
use std::sync::Arc;

/// The time and the chance that requests use. Durations are measured with tokio's own clock,
/// which tests can pause.
#[derive(Clone)]
pub struct Seams {
    /// The time of day, for turning a wait into a moment.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// A number from 0 (included) to 1 (excluded), for spreading retries.
    pub jitter: Arc<dyn Fn() -> f64 + Send + Sync>,
}

impl Seams {
    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(crate) fn chance(&self) -> f64 {
        (self.jitter)().clamp(0.0, 1.0)
    }
}
