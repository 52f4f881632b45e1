//! What was measured.

use serde::Serialize;
use std::time::{Duration, Instant};

/// Who did what was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// pdfium in the measuring process.
    Pdfium,
    /// The worker processes, up to the encoded picture in the application.
    Workers,
    /// The application's own window.
    Paraph,
    /// pdf.js in a bare window of the same webview.
    Pdfjs,
    /// An empty page in that bare window.
    Bare,
    /// Other programs that show PDFs.
    Evince,
    Chromium,
}

/// What a value counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Milliseconds,
    Bytes,
    Count,
}

/// One thing that was measured, over several runs.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    pub who: Who,
    pub what: &'static str,
    pub file: &'static str,
    /// Dots per inch; none where it has no part in it.
    pub dpi: Option<u32>,
    pub unit: Unit,
    /// The middle of all runs, and the least.
    pub p50: f64,
    pub min: f64,
    pub max: f64,
    pub runs: usize,
}

/// What is measured of a file.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    pub who: Who,
    pub what: &'static str,
    pub file: &'static str,
    pub dpi: Option<u32>,
}

/// All that was measured, in the order of measuring.
#[derive(Debug, Default)]
pub struct Figures {
    all: Vec<Figure>,
}

impl Figures {
    /// Notes the runs of a measurement; without any there is nothing to note.
    pub fn note(&mut self, subject: Subject, unit: Unit, mut runs: Vec<f64>) {
        runs.sort_by(f64::total_cmp);
        let middle = runs.get(runs.len() / 2).copied();
        let (Some(p50), Some(min), Some(max)) =
            (middle, runs.first().copied(), runs.last().copied())
        else {
            return;
        };
        let Subject {
            who,
            what,
            file,
            dpi,
        } = subject;
        self.all.push(Figure {
            who,
            what,
            file,
            dpi,
            unit,
            p50,
            min,
            max,
            runs: runs.len(),
        });
    }

    /// Notes runs that were timed.
    pub fn note_times(&mut self, subject: Subject, runs: Vec<Duration>) {
        let runs = runs.into_iter().map(milliseconds).collect();
        self.note(subject, Unit::Milliseconds, runs);
    }

    pub fn all(&self) -> &[Figure] {
        &self.all
    }

    /// The figure of that, if it was measured.
    pub fn get(&self, who: Who, what: &str, file: &str, dpi: Option<u32>) -> Option<&Figure> {
        self.all.iter().find(|figure| {
            figure.who == who && figure.what == what && figure.file == file && figure.dpi == dpi
        })
    }
}

pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// What that share (0 to 1) of the values does not exceed; `None` without any.
pub fn percentile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied()
}

/// What `work` gives, and how long it took.
pub fn timed<T>(work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<(T, Duration)> {
    let started = Instant::now();
    let made = work()?;
    Ok((made, started.elapsed()))
}

/// What is measured, in the words of the report. *Ready*: drawn by pdfium or pdf.js, decoded in
/// Paraph's window; *seen*: two frames of the window later.
pub mod what {
    pub const FIRST: &str = "open and first page, ready";
    pub const FIRST_SEEN: &str = "open and first page, seen";
    pub const STEADY: &str = "next page, ready";
    pub const STEADY_SEEN: &str = "next page, seen";
    pub const TILE: &str = "part of a page (512 x 512), ready";
    pub const TOGETHER: &str = "twelve pages together, a page, ready";
    pub const WHOLE: &str = "whole file, a page";
    pub const TWO_WORKERS: &str = "whole file with two workers, a page";
    pub const JUMP: &str = "page 901 of an open file, ready";
    pub const JUMP_SEEN: &str = "page 901 of an open file, seen";
    pub const BYTES: &str = "bytes of a page";
    pub const STOP: &str = "stop of a stale page";
    pub const ZOOM: &str = "sharp after zooming from 100 % to 170 %";
    pub const NEIGHBOUR: &str = "neighbours there in the next frame, share";
    pub const FRAMES: &str = "frames while scrolling";
    pub const LONG_FRAMES: &str = "frames over 33 ms while scrolling";
    pub const LONGEST_FRAME: &str = "longest frame while scrolling";
    pub const WEB_MEMORY: &str = "most memory of the web process";
    pub const WEB_MEMORY_HALF: &str = "most memory of the web process, first half of the pages";
    pub const HOST_MEMORY: &str = "most memory of the application and its workers";
    pub const FRAME: &str = "first frame of a window";
    pub const AFTER_FRAME: &str = "from the first frame to the page";
    pub const START: &str = "from the start with a file to its page";
    pub const HANDED_OVER: &str = "from a second start with a file to its page";
}
