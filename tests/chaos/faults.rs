//! What goes wrong with a request, drawn from the run's seed.

use rand::Rng;
use rand::rngs::StdRng;
use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fault {
    /// The request never arrived.
    LostBefore,
    /// The request had its effect.
    LostAfter,
    /// The answer is lost at once and the request arrives after this time.
    Late(Duration),
    /// 5xx, without or with the effect.
    Trouble { effect: bool },
    /// An answer that is not in the contract, without or with the effect.
    Garbage { effect: bool },
    /// 429: nothing is accepted for this time.
    Busy(Duration),
    /// No connection for this time.
    Offline(Duration),
    /// A plain refusal, once.
    Rejected,
    /// The key is not accepted, once.
    Unauthorized,
    /// The process dies before the request leaves.
    CrashBefore,
    /// The process dies after the request had its effect.
    CrashAfter,
    /// The process dies and the request arrives after this time.
    CrashLate(Duration),
}

/// How bad a run is.
#[derive(Debug, Clone, Copy)]
pub struct Weather {
    /// Of a request to go wrong.
    pub chance: f64,
    /// From this moment on, since the start, nothing goes wrong any more.
    pub quiet_from: Duration,
    /// The provider cannot be reached any more from this moment on.
    pub down_from: Option<Duration>,
}

impl Weather {
    pub fn draw(chance: &mut StdRng) -> Self {
        let worst = [0.0, 0.1, 0.3, 0.6, 0.9];
        let place = chance.random_range(0..worst.len());
        let down = chance.random_bool(0.06);
        Self {
            chance: worst.get(place).copied().unwrap_or_default(),
            quiet_from: Duration::from_secs(chance.random_range(0..5400)),
            down_from: down.then(|| Duration::from_millis(chance.random_range(15_000..400_000))),
        }
    }
}

/// A fault of a request that changes something.
pub fn of_write(chance: &mut StdRng) -> Fault {
    let late = Duration::from_millis(chance.random_range(0..100_000));
    let effect = chance.random_bool(0.5);
    match chance.random_range(0..100) {
        0..12 => Fault::LostBefore,
        12..30 => Fault::LostAfter,
        30..45 => Fault::Late(late),
        45..57 => Fault::Trouble { effect },
        57..63 => Fault::Garbage { effect },
        63..70 => Fault::Busy(Duration::from_secs(chance.random_range(1..300))),
        70..78 => Fault::Offline(Duration::from_secs(chance.random_range(1..600))),
        78..82 => Fault::Rejected,
        82..85 => Fault::Unauthorized,
        85..90 => Fault::CrashBefore,
        90..95 => Fault::CrashAfter,
        _ => Fault::CrashLate(late),
    }
}

/// A fault of a request that reads.
pub fn of_read(chance: &mut StdRng) -> Fault {
    match chance.random_range(0..100) {
        0..30 => Fault::LostBefore,
        30..55 => Fault::Trouble { effect: false },
        55..65 => Fault::Garbage { effect: false },
        65..73 => Fault::Busy(Duration::from_secs(chance.random_range(1..300))),
        73..82 => Fault::Offline(Duration::from_secs(chance.random_range(1..600))),
        82..86 => Fault::Unauthorized,
        _ => Fault::CrashBefore,
    }
}
