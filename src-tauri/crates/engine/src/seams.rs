//! The clock and the randomness, as arguments: a whole day of sending can be simulated, and a run
//! repeated from its seed.

use jiff::Timestamp;
use jiff::civil::Date;

pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;

    /// The local date.
    fn today(&self) -> Date;
}

pub trait Randomness: Send + Sync {
    /// A fresh identifier.
    fn id(&self) -> String;

    /// A number from 0 up to, but not including, 1.
    fn fraction(&self) -> f64;
}

/// The machine's clock and time zone.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock everybody else takes"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn today(&self) -> Date {
        self.now().to_zoned(jiff::tz::TimeZone::system()).date()
    }
}

/// The system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandomness;

#[expect(
    clippy::disallowed_methods,
    reason = "this is the randomness everybody else takes"
)]
impl Randomness for SystemRandomness {
    fn id(&self) -> String {
        uuid::Uuid::new_v4().to_string()
    }

    fn fraction(&self) -> f64 {
        rand::random()
    }
}
