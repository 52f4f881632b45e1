//! The processes of a private session, known by its home folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A process, as the kernel's `/proc` shows it.
pub struct Process {
    /// Its number.
    pub id: String,
    /// The first fifteen letters of its name: the system keeps no more.
    pub name: String,
    folder: PathBuf,
}

/// Those of such names in the session whose home folder that is, now.
pub fn of_session(home: &Path, names: &[&str]) -> Vec<Process> {
    let home = format!("HOME={}", home.display());
    let Ok(processes) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    let known = processes.flatten().filter_map(|process| {
        let folder = process.path();
        let status = fs::read_to_string(folder.join("status")).ok()?;
        let name = entry(&status, "Name:");
        // Before environments are read: this is asked many times while something is measured.
        if !names.contains(&name) {
            return None;
        }
        // A PDF worker is given no environment of its own.
        let parent = Path::new("/proc").join(entry(&status, "PPid:"));
        (is_at_home(&folder, &home) || is_at_home(&parent, &home)).then(|| Process {
            id: entry(&status, "Pid:").to_owned(),
            name: name.to_owned(),
            folder,
        })
    });
    known.collect()
}

impl Process {
    /// How long its main thread has worked, waits for a processor not counted. It is exact while
    /// the thread rests: the kernel adds up when it leaves the processor. `None` where the kernel
    /// does not tell.
    pub fn main_thread_worked(&self) -> Option<Duration> {
        let file = self.folder.join("task").join(&self.id).join("schedstat");
        let told = fs::read_to_string(file).ok()?;
        let nanoseconds = told.split_whitespace().next()?.parse().ok()?;
        Some(Duration::from_nanos(nanoseconds))
    }

    /// Bytes of memory; what several share is counted in parts (the kernel's "Pss"). Zero, once
    /// it is gone.
    pub fn memory(&self) -> f64 {
        let rollup = fs::read_to_string(self.folder.join("smaps_rollup")).unwrap_or_default();
        let kilobytes = entry(&rollup, "Pss:").trim_end_matches("kB").trim();
        kilobytes.parse::<f64>().unwrap_or_default() * 1024.0
    }
}

fn is_at_home(process: &Path, home: &str) -> bool {
    let environment = fs::read(process.join("environ")).unwrap_or_default();
    environment
        .split(|byte| *byte == 0)
        .any(|variable| variable == home.as_bytes())
}

fn entry<'a>(text: &'a str, key: &str) -> &'a str {
    let line = text.lines().find_map(|line| line.strip_prefix(key));
    line.map(str::trim).unwrap_or_default()
}
