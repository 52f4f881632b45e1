//! The session's mouse and keyboard: events that come from the display server, not from a script.

use super::program::run;
use super::session::Session;
use anyhow::Context;
use std::path::PathBuf;

/// A point of the screen, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    pub x: i32,
    pub y: i32,
}

/// Pixels between two motions of a drag.
const STRIDE: i32 = 12;

/// Seconds between two events of a drag: a toolkit takes a burst without pauses for one jump.
const BETWEEN: &str = "0.015";

/// The mouse and keyboard.
pub struct Pointer<'a> {
    session: &'a Session,
}

impl<'a> Pointer<'a> {
    pub(super) fn new(session: &'a Session) -> Pointer<'a> {
        Pointer { session }
    }

    /// Moves the pointer.
    pub fn move_to(&self, to: Point) -> anyhow::Result<()> {
        self.perform(&motion(to))
    }

    /// Clicks with the left button.
    pub fn click(&self, at: Point) -> anyhow::Result<()> {
        let mut events = motion(at);
        events.extend(["click".to_owned(), "1".to_owned()]);
        self.perform(&events)
    }

    /// Presses the left button where it is told; [`Pointer::release`] lets go.
    pub fn hold(&self, at: Point) -> anyhow::Result<()> {
        let mut events = motion(at);
        events.extend(words("mousedown 1"));
        self.perform(&events)
    }

    /// Lets go of the left button.
    pub fn release(&self) -> anyhow::Result<()> {
        self.perform(&words("mouseup 1"))
    }

    /// Presses at `from`, moves to `to`, releases.
    pub fn drag(&self, from: Point, to: Point) -> anyhow::Result<()> {
        let mut events = motion(from);
        events.extend(words("mousedown 1"));
        events.extend(way(from, to));
        events.extend(words("mouseup 1"));
        self.perform(&events)
    }

    /// The same, with Alt held from the middle of the way on: held before the press it would be
    /// the window manager's.
    pub fn drag_with_alt(&self, from: Point, to: Point) -> anyhow::Result<()> {
        let middle = Point {
            x: (from.x + to.x) / 2,
            y: (from.y + to.y) / 2,
        };
        let mut events = motion(from);
        events.extend(words("mousedown 1"));
        events.extend(way(from, middle));
        events.extend(words("keydown Alt_L"));
        events.extend(way(middle, to));
        events.extend(words("mouseup 1 keyup Alt_L"));
        self.perform(&events)
    }

    /// Presses a key or a combination by X's names, such as `ctrl+z` or `Left`.
    pub fn press(&self, key: &str) -> anyhow::Result<()> {
        self.perform(&["key".to_owned(), key.to_owned()])
    }

    /// Types a text, character by character.
    pub fn write(&self, text: &str) -> anyhow::Result<()> {
        self.perform(&["type".to_owned(), "--".to_owned(), text.to_owned()])
    }

    /// Drags files out of another program's window and drops them at `onto`.
    ///
    /// The other program is a small GTK window that offers the files the way a file manager does.
    pub fn drop_files(&self, files: &[PathBuf], onto: Point) -> anyhow::Result<()> {
        // The system's own Python, because the GTK bindings are among the system's packages.
        let script = self.session.home().join("file-source.py");
        std::fs::write(&script, include_str!("desktop/file_source.py"))
            .with_context(|| format!("writing {}", script.display()))?;
        let mut command = self.session.command("/usr/bin/python3");
        command.arg(&script).args(files);
        let source = self.session.spawn("file-source", &mut command)?;
        let corner = self
            .session
            .place_of_window(&["--name", "^files to drop$"])?;
        let from = Point {
            x: corner.x + 30,
            y: corner.y + 20,
        };
        self.drag(from, onto)?;
        // The source ends by itself once the receiver has fetched what was dropped.
        source.wait()
    }

    fn perform(&self, events: &[String]) -> anyhow::Result<()> {
        let mut xdotool = self.session.command("xdotool");
        run(xdotool.args(events)).map(drop)
    }
}

fn motion(to: Point) -> Vec<String> {
    vec!["mousemove".to_owned(), to.x.to_string(), to.y.to_string()]
}

fn way(from: Point, to: Point) -> Vec<String> {
    let distance = (to.x - from.x).abs().max((to.y - from.y).abs());
    let steps = (distance / STRIDE).max(2);
    let mut events = Vec::new();
    for step in 1..=steps {
        events.extend(words("sleep"));
        events.push(BETWEEN.to_owned());
        events.extend(motion(Point {
            x: from.x + (to.x - from.x) * step / steps,
            y: from.y + (to.y - from.y) * step / steps,
        }));
    }
    events.extend(words("sleep"));
    events.push(BETWEEN.to_owned());
    events
}

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}
