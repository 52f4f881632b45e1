//! `cargo xtask test`: every check, cheapest first.

use crate::node::Node;
use crate::step::{cargo, output_of, step};
use crate::{e2e, setup, ui};

/// A part of the checks that can be asked for alone.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// Formatting, lints, unit and integration tests of all crates.
    Rust,
    /// Types, lints and tests of the UI.
    Ui,
    /// The real window.
    E2e,
}

/// Runs all checks, or one part of them.
pub fn test(only: Option<Part>) -> anyhow::Result<()> {
    let wanted = |part| only.is_none_or(|only| only == part);
    if wanted(Part::E2e) {
        setup::to_test()?;
    } else if wanted(Part::Rust) {
        setup::to_test_crates()?;
    } else {
        setup::to_build()?;
    }
    if wanted(Part::Rust) {
        step(
            "checking the formatting",
            cargo().args(["fmt", "--all", "--check"]),
        )?;
    }
    let node = Node::find()?;
    // The crates embed the built UI: it comes before them.
    ui::build(&node)?;
    if wanted(Part::Ui) {
        ui::check(&node)?;
    }
    if wanted(Part::Rust) {
        rust()?;
    }
    if wanted(Part::E2e) {
        e2e::play(&[])?;
    }
    Ok(())
}

fn rust() -> anyhow::Result<()> {
    step(
        "linting",
        cargo()
            .args(["clippy", "--locked", "--workspace", "--all-targets"])
            .args(["--", "-D", "warnings"]),
    )?;
    if output_of(cargo().args(["deny", "--version"])).is_some() {
        step(
            "checking licences and sources",
            cargo().args([
                "deny",
                "--workspace",
                "check",
                "bans",
                "licenses",
                "sources",
            ]),
        )?;
    } else {
        println!("\n(licences are not checked: cargo-deny is not installed)");
    }
    let mut tests = cargo();
    if output_of(cargo().args(["nextest", "--version"])).is_some() {
        tests.args(["nextest", "run", "--locked", "--workspace"]);
    } else {
        tests.args([
            "test",
            "--locked",
            "--workspace",
            "--lib",
            "--bins",
            "--tests",
        ]);
    }
    step("testing the crates", &mut tests)
}
