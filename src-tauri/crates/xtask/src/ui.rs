//! The UI's packages, build and checks.

use crate::checkout;
use crate::node::Node;
use crate::step::step;
use anyhow::Context;
use std::fs;

/// Installs the UI's packages from the lock file, unless they are those already.
pub fn install(node: &Node) -> anyhow::Result<()> {
    let ui = checkout::root().join("ui");
    let expected = checkout::hash_of_file(&ui.join("package-lock.json"))?;
    // Inside node_modules, so that deleting the folder deletes the stamp.
    let stamp = ui.join("node_modules").join(".paraph-lock-hash");
    if checkout::stamp_matches(&stamp, &expected) {
        return Ok(());
    }
    step(
        "installing the UI's packages",
        node.npm()?.args(["ci", "--no-audit", "--no-fund"]),
    )?;
    checkout::write_stamp(&stamp, &expected)
}

/// Builds the UI, unless what is built was built from the same sources.
pub fn build(node: &Node) -> anyhow::Result<()> {
    let root = checkout::root();
    let made = |name: &str| ["node_modules", "dist", "generated"].contains(&name);
    let sources = [root.join("ui"), root.join("src-tauri/crates/messages")];
    let expected = checkout::hash_of_folders(&sources, &made)?;
    let stamp = checkout::target().join("ui-built-from");
    if root.join("ui/dist/index.html").is_file() && checkout::stamp_matches(&stamp, &expected) {
        return Ok(());
    }
    step("building the UI", node.npm()?.args(["run", "build"]))?;
    checkout::write_stamp(&stamp, &expected)
}

/// Runs those of the UI's checks that its package declares.
pub fn check(node: &Node) -> anyhow::Result<()> {
    let manifest = checkout::root().join("ui").join("package.json");
    let manifest = fs::read_to_string(&manifest).context("reading ui/package.json")?;
    let manifest: serde_json::Value =
        serde_json::from_str(&manifest).context("understanding ui/package.json")?;
    for (script, title) in [
        ("format:check", "checking the formatting of the UI"),
        ("check", "checking the UI's types"),
        ("lint", "linting the UI"),
        ("test", "testing the UI"),
    ] {
        if manifest.pointer(&format!("/scripts/{script}")).is_some() {
            step(title, node.npm()?.args(["run", script]))?;
        }
    }
    Ok(())
}
