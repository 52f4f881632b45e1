//! The UI's packages, build and checks.

use crate::checkout;
use crate::node::Node;
use crate::step::step;
use anyhow::{Context, bail};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Installs the UI's packages from the lock file, unless they are those already.
pub fn install(node: &Node) -> anyhow::Result<()> {
    install_in(node, "ui", "installing the UI's packages")
}

/// Installs the packages of the lock file in that folder, unless they are those already.
pub fn install_in(node: &Node, folder: &str, title: &str) -> anyhow::Result<()> {
    let ui = checkout::root().join(folder);
    let expected = checkout::hash_of_file(&ui.join("package-lock.json"))?;
    // Inside node_modules, so that deleting the folder deletes the stamp.
    let stamp = ui.join("node_modules").join(".paraph-lock-hash");
    if checkout::stamp_matches(&stamp, &expected) {
        return Ok(());
    }
    // Not `npm ci`: it refuses a lock file that lacks the optional packages of other systems,
    // which is what npm writes where a registry does not carry all of them.
    step(
        title,
        node.npm_in(folder)?
            .args(["install", "--no-save", "--no-audit", "--no-fund"]),
    )?;
    let locked = read_lock(&ui.join("package-lock.json"))?;
    let installed = read_lock(&ui.join("node_modules").join(".package-lock.json"))?;
    if let Some(stranger) = first_stranger(&installed, &locked) {
        bail!("npm installed {stranger}, which is not what {folder}/package-lock.json names");
    }
    checkout::write_stamp(&stamp, &expected)
}

fn read_lock(path: &Path) -> anyhow::Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("understanding {}", path.display()))
}

/// The first package that is installed without being locked to the same version and content.
fn first_stranger<'a>(installed: &'a Value, locked: &Value) -> Option<&'a str> {
    let packages = |lock: &'a Value| lock.get("packages").and_then(Value::as_object);
    packages(installed)?
        .iter()
        .find(|(name, package)| {
            let locked = locked
                .get("packages")
                .and_then(|all| all.get(name.as_str()));
            ["version", "integrity"]
                .iter()
                .any(|part| package.get(part) != locked.and_then(|locked| locked.get(part)))
        })
        .map(|(name, _)| name.as_str())
}

/// Builds the UI, unless what is built was built from the same sources.
pub fn build(node: &Node) -> anyhow::Result<()> {
    let root = checkout::root();
    // The last two are what the message compiler leaves beside its settings.
    let made = |name: &str| {
        [
            "node_modules",
            "dist",
            "generated",
            ".meta.json",
            "README.md",
        ]
        .contains(&name)
    };
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
    let manifest: Value =
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

#[cfg(test)]
mod tests {
    use super::first_stranger;
    use serde_json::json;

    #[test]
    fn only_what_is_locked_may_be_installed() {
        let locked = json!({ "packages": {
            "node_modules/a": { "version": "1.0.0", "integrity": "x" },
            "node_modules/b": { "version": "2.0.0", "integrity": "y" },
        }});
        let part = json!({ "packages": {
            "node_modules/b": { "version": "2.0.0", "integrity": "y" },
        }});
        assert_eq!(
            first_stranger(&part, &locked),
            None,
            "packages for other systems may stay away"
        );
        for other in [
            json!({ "version": "2.0.1", "integrity": "y" }),
            json!({ "version": "2.0.0", "integrity": "z" }),
            json!({ "version": "2.0.0" }),
        ] {
            let installed = json!({ "packages": { "node_modules/b": other } });
            assert_eq!(
                first_stranger(&installed, &locked),
                Some("node_modules/b"),
                "another version or content is a stranger: {installed}"
            );
        }
        let unknown = json!({ "packages": { "node_modules/c": { "version": "1.0.0" } } });
        assert_eq!(first_stranger(&unknown, &locked), Some("node_modules/c"));
    }
}
