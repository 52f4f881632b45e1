//! What the processes of a private session take.

use paraph_tests::stage::processes;
use std::path::Path;

/// Bytes by kind of process.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Memory {
    /// The webview's own process.
    pub web: f64,
    /// The application and its workers.
    pub host: f64,
}

pub const WEB: &str = "WebKitWebProces";

/// Of the session whose home folder that is, now.
pub fn of_session(home: &Path) -> Memory {
    let mut memory = Memory::default();
    for process in processes::of_session(home, &[WEB, "paraph", "paraph-pdf-work"]) {
        let sum = match process.name.as_str() {
            WEB => &mut memory.web,
            _ => &mut memory.host,
        };
        *sum += process.memory();
    }
    memory
}
