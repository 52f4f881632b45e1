//! `cargo xtask run`: from a fresh clone to the window.

use crate::node::Node;
use crate::step::{cargo, command, step};
use crate::{checkout, e2e, setup, ui};

/// Installs, builds and opens the window; without a display, plays the demo on a virtual one.
pub fn run(arguments: &[String]) -> anyhow::Result<()> {
    setup::to_build()?;
    if !has_display() {
        println!(
            "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window \
             can be shown. The main job is played on a virtual display instead."
        );
        setup::to_test()?;
        return e2e::demo();
    }
    build()?;
    step("Paraph", command(checkout::built("paraph")).args(arguments))
}

/// Builds the UI, the application and the programs that it starts or that test it.
///
/// Always the whole workspace: a part of it would be resolved with other features of the
/// libraries, and those would be compiled twice.
pub fn build() -> anyhow::Result<()> {
    ui::build(&Node::find()?)?;
    step(
        "building Paraph",
        cargo().args(["build", "--workspace", "--bins"]),
    )
}

fn has_display() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .into_iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
