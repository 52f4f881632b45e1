//! The tests of the real window and the demo: built here, played by the package `paraph-tests`.

use crate::run;
use crate::step::{cargo, step};

/// Plays the named stories (all, when none is named).
pub fn play(stories: &[String]) -> anyhow::Result<()> {
    run::build()?;
    step(
        "testing the real window",
        cargo()
            .args([
                "run",
                "--quiet",
                "--package",
                "paraph-tests",
                "--bin",
                "e2e",
                "--",
            ])
            .args(stories),
    )
}

/// Walks the main job and leaves pictures, signed PDF and proof in `target/demo`.
pub fn demo() -> anyhow::Result<()> {
    run::build()?;
    step(
        "walking the main job",
        cargo().args([
            "run",
            "--quiet",
            "--package",
            "paraph-tests",
            "--bin",
            "demo",
        ]),
    )
}
