//! What the processes of a private session take.

use std::fs;
use std::path::{Path, PathBuf};

/// Bytes by kind of process. What several share is counted in parts (the kernel's "Pss").
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Memory {
    /// The webview's own process.
    pub web: f64,
    /// The application and its workers.
    pub host: f64,
}

/// Of the session whose home folder that is, now.
pub fn of_session(home: &Path) -> Memory {
    let mut memory = Memory::default();
    let Ok(processes) = fs::read_dir("/proc") else {
        return memory;
    };
    let home = format!("HOME={}", home.display());
    for process in processes.flatten() {
        let folder = process.path();
        let status = fs::read_to_string(folder.join("status")).unwrap_or_default();
        // The system keeps fifteen letters of a name.
        let sum = match entry(&status, "Name:") {
            "WebKitWebProces" => &mut memory.web,
            "paraph" | "paraph-pdf-work" => &mut memory.host,
            _ => continue,
        };
        // A worker is given no environment of its own.
        let parent = Path::new("/proc").join(entry(&status, "PPid:"));
        if is_at_home(&folder, &home) || is_at_home(&parent, &home) {
            *sum += pss(folder.join("smaps_rollup"));
        }
    }
    memory
}

fn is_at_home(process: &Path, home: &str) -> bool {
    let environment = fs::read(process.join("environ")).unwrap_or_default();
    environment
        .split(|byte| *byte == 0)
        .any(|variable| variable == home.as_bytes())
}

/// None, once the process is gone.
fn pss(file: PathBuf) -> f64 {
    let rollup = fs::read_to_string(file).unwrap_or_default();
    let kilobytes = entry(&rollup, "Pss:").trim_end_matches("kB").trim();
    kilobytes.parse::<f64>().unwrap_or_default() * 1024.0
}

fn entry<'a>(text: &'a str, key: &str) -> &'a str {
    let line = text.lines().find_map(|line| line.strip_prefix(key));
    line.map(str::trim).unwrap_or_default()
}
