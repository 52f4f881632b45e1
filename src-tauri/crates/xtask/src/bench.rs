//! Measures how fast Paraph is; played by the package `paraph-bench`.

use crate::node::Node;
use crate::step::{cargo, command, step};
use crate::{checkout, packages, ui};
use std::process::Command;

/// Pages drawn and shown, all of it or only one part; quickly, with a debug build, to see that it
/// works.
pub fn pdf(only: Option<&str>, quick: bool) -> anyhow::Result<()> {
    let node = Node::find()?;
    if let Err(error) = packages::also("evince", "a viewer to compare starts with") {
        println!("without evince: {error:#}");
    }
    ui::install_in(&node, "tests/bench", "installing pdf.js to compare with")?;
    let mut bench = built(&node, quick)?;
    if let Some(only) = only {
        bench.args(["--only", only]);
    }
    step("measuring", &mut bench)
}

/// Gestures in the editor, beside a bare window.
pub fn editor(quick: bool) -> anyhow::Result<()> {
    let node = Node::find()?;
    step("measuring", built(&node, quick)?.arg("gestures"))
}

/// Places for fields, beside a search for the words.
pub fn suggestions(quick: bool, verbose: bool) -> anyhow::Result<()> {
    let node = Node::find()?;
    let mut bench = built(&node, quick)?;
    bench.arg("suggestions");
    if verbose {
        bench.arg("--verbose");
    }
    step("measuring", &mut bench)
}

/// The bench and what it measures.
fn built(node: &Node, quick: bool) -> anyhow::Result<Command> {
    ui::build(node)?;
    let profile = if quick { "dev" } else { "release" };
    step(
        "building Paraph and the bench",
        // Not the other programs: each is linked for a minute.
        cargo()
            .args(["build", "--locked", "--bins", "--profile", profile])
            .args([
                "--package=paraph",
                "--package=paraph-pdf",
                "--package=paraph-bench",
            ]),
    )?;
    let folder = if quick { "debug" } else { "release" };
    let mut bench = command(checkout::built_in(folder, "paraph-bench"));
    bench.arg("--root").arg(checkout::root());
    if quick {
        bench.arg("--quick");
    }
    Ok(bench)
}
