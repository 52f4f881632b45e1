//! Gives memory back when the machine is short of it.

use paraph_engine::Engine;
use std::time::Duration;
use sysinfo::{MemoryRefreshKind, RefreshKind, System};

/// How often the machine is looked at. Reading it costs microseconds.
const WATCH: Duration = Duration::from_secs(5);
/// The machine is short when less than one part in so many of its memory is left.
const SHORT: u64 = 10;

/// Runs for as long as the program: forgets drawn pages while memory is short. They are drawn again
/// when somebody looks.
pub async fn watch_memory(engine: Engine) {
    let what = RefreshKind::nothing().with_memory(MemoryRefreshKind::nothing().with_ram());
    let mut machine = match System::new_with_specifics(what) {
        Ok(machine) => machine,
        Err(error) => return tracing::warn!(%error, "this system does not tell its memory"),
    };
    loop {
        tokio::time::sleep(WATCH).await;
        machine.refresh_specifics(what);
        if is_short(machine.available_memory(), machine.total_memory()) {
            engine.forget_pictures();
        }
    }
}

/// Systems that do not tell are never short.
fn is_short(available: u64, total: u64) -> bool {
    available > 0 && available < total / SHORT
}
