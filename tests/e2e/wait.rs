//! Waiting for something that another process does.

use anyhow::bail;
use std::thread;
use std::time::{Duration, Instant};

/// How long a story waits for anything: generous, because it only costs time when it fails.
pub const PATIENCE: Duration = Duration::from_secs(40);

const PAUSE: Duration = Duration::from_millis(50);

/// Asks again and again until there is an answer.
///
/// # Errors
/// What `ask` reports, at once; or that `what` did not come within [`PATIENCE`].
pub fn wait_until<T>(
    what: &str,
    mut ask: impl FnMut() -> anyhow::Result<Option<T>>,
) -> anyhow::Result<T> {
    let started = Instant::now();
    loop {
        if let Some(answer) = ask()? {
            return Ok(answer);
        }
        if started.elapsed() > PATIENCE {
            bail!("waited {} s in vain for {what}", PATIENCE.as_secs());
        }
        thread::sleep(PAUSE);
    }
}
