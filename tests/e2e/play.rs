//! Playing stories one after the other and saying how it went.
#![allow(
    clippy::print_stdout,
    reason = "a test runner speaks to the person who started it"
)]

use super::{Furniture, Stage};
use anyhow::Context;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// A story: its name on the command line, the desktop it needs, and what happens.
pub struct Story {
    name: &'static str,
    furniture: Furniture,
    play: fn(&Stage) -> anyhow::Result<()>,
}

impl Story {
    /// A story on a complete desktop.
    pub fn new(name: &'static str, play: fn(&Stage) -> anyhow::Result<()>) -> Story {
        Story {
            name,
            furniture: Furniture::complete(),
            play,
        }
    }

    /// The same on a desktop that has not all of it.
    pub fn on(self, furniture: Furniture) -> Story {
        Story { furniture, ..self }
    }

    /// Plays it; a failure leaves a last picture and says where.
    pub fn play(&self, results: &Path) -> anyhow::Result<()> {
        let stage = Stage::furnished(results, self.furniture)?;
        let outcome = (self.play)(&stage).and_then(|()| stage.ensure_no_barriers());
        if outcome.is_err() {
            // The window may be gone by now; the desktop behind it still tells something.
            let _ = stage.picture("failed");
        }
        outcome.with_context(|| format!("see the pictures and logs in {}", results.display()))
    }
}

/// Plays the stories that the command line names, or all of them; each leaves its results in
/// `target/e2e/NAME`.
pub fn all(stories: &[Story]) -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let known = |name: &String| stories.iter().any(|story| story.name == name.as_str());
    if let Some(unknown) = wanted.iter().find(|name| !known(name)) {
        let names: Vec<_> = stories.iter().map(|story| story.name).collect();
        println!(
            "there is no story '{unknown}'; there are: {}",
            names.join(", ")
        );
        return ExitCode::FAILURE;
    }
    let (mut passed, mut failed) = (0, 0);
    for story in stories {
        let name = story.name;
        if !wanted.is_empty() && !wanted.iter().any(|one| one == name) {
            continue;
        }
        let started = Instant::now();
        let outcome =
            results_folder().and_then(|folder| story.play(&folder.join("e2e").join(name)));
        let seconds = started.elapsed().as_secs_f64();
        match outcome {
            Ok(()) => {
                passed += 1;
                println!("    {name}: passed ({seconds:.1} s)");
            }
            Err(error) => {
                failed += 1;
                println!("    {name}: FAILED ({seconds:.1} s): {error:#}");
                println!("    to repeat it: cargo xtask e2e {name}");
            }
        }
    }
    println!("\n{passed} passed, {failed} failed");
    ExitCode::from(u8::from(failed > 0))
}

/// Cargo's target folder: this program lies in `debug` or `release` below it.
pub fn results_folder() -> anyhow::Result<PathBuf> {
    let here = std::env::current_exe().context("finding this program")?;
    let target = here.parent().and_then(Path::parent);
    Ok(target.context("this program's folder")?.to_owned())
}
