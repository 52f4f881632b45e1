//! The tests of the real window and the demo: built here, played by the package `paraph-tests`.

use crate::step::{command, step};
use crate::{checkout, run};

/// Plays the named stories (all, when none is named).
pub fn play(stories: &[String]) -> anyhow::Result<()> {
    run::build()?;
    step(
        "testing the real window",
        command(checkout::built("e2e")).args(stories),
    )
}

/// Walks the main job and leaves pictures, signed PDF and proof in `target/demo`.
pub fn demo() -> anyhow::Result<()> {
    run::build()?;
    step(
        "walking the main job",
        &mut command(checkout::built("demo")),
    )
}
