//! The rule of dependencies, over what cargo says.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// For each crate, the crates of ours that it may use. What is not listed is forbidden.
const ALLOWED: [(&str, &[&str]); 14] = [
    ("paraph-domain", &[]),
    ("paraph-messages", &["paraph-domain"]),
    ("paraph-pdf", &["paraph-domain"]),
    ("paraph-providers", &["paraph-domain"]),
    ("paraph-store", &["paraph-domain"]),
    ("paraph-secrets", &["paraph-domain"]),
    (
        "paraph-engine",
        &[
            "paraph-domain",
            "paraph-messages",
            "paraph-pdf",
            "paraph-providers",
            "paraph-secrets",
            "paraph-store",
        ],
    ),
    (
        "paraph-ipc",
        &[
            "paraph-domain",
            "paraph-engine",
            "paraph-messages",
            "paraph-pdf",
            "paraph-providers",
            "paraph-store",
        ],
    ),
    (
        "paraph-sandbox",
        &["paraph-domain", "paraph-messages", "paraph-pdf"],
    ),
    (
        "paraph-host",
        &[
            "paraph-domain",
            "paraph-engine",
            "paraph-messages",
            "paraph-pdf",
            "paraph-sandbox",
            "paraph-store",
        ],
    ),
    (
        "paraph-cli",
        &[
            "paraph-domain",
            "paraph-engine",
            "paraph-host",
            "paraph-messages",
            "paraph-pdf",
            "paraph-store",
        ],
    ),
    (
        "paraph",
        &[
            "paraph-domain",
            "paraph-engine",
            "paraph-host",
            "paraph-ipc",
            "paraph-messages",
            "paraph-pdf",
        ],
    ),
    (
        "paraph-bench",
        &["paraph-domain", "paraph-pdf", "paraph-tests"],
    ),
    ("xtask", &[]),
];

/// Direct dependencies of each package of the workspace, without those of its tests alone.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let packages = metadata["packages"].as_array().expect("packages").iter();
    packages
        .map(|package| {
            let used = package["dependencies"].as_array().expect("dependencies");
            let used = used
                .iter()
                .filter(|used| used["kind"] != "dev")
                .map(|used| text(&used["name"]))
                .collect();
            (text(&package["name"]), used)
        })
        .collect()
}

#[test]
fn crates_use_only_what_lies_below_them() {
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.into();
    let dependencies = dependencies();
    let ours: BTreeSet<&String> = dependencies.keys().collect();
    for (name, used) in &dependencies {
        if name == "paraph-tests" {
            continue;
        }
        let allowed = allowed
            .get(name.as_str())
            .unwrap_or_else(|| panic!("say in this test what the new crate {name} may use"));
        for used in used.iter().filter(|used| ours.contains(used)) {
            assert!(
                allowed.contains(&used.as_str()),
                "{name} must not depend on {used}"
            );
        }
    }
}

#[test]
fn tauri_is_known_to_the_shell_alone_and_the_keychain_to_the_engine_alone() {
    for (name, used) in dependencies() {
        let tauri = used.iter().find(|used| used.starts_with("tauri"));
        assert!(
            tauri.is_none() || name == "paraph",
            "{name} must not depend on {tauri:?}"
        );
        let webview = used
            .iter()
            .find(|used| ["wry", "tao"].contains(&used.as_str()));
        assert!(
            webview.is_none() || name == "paraph-bench",
            "{name} must not open windows by itself ({webview:?})"
        );
        assert!(
            !used.contains("paraph-secrets") || name == "paraph-engine",
            "{name} must take keys from the engine"
        );
        let keychain = used.iter().find(|used| used.contains("keyring"));
        assert!(
            keychain.is_none() || name == "paraph-secrets",
            "{name} must not open the keychain ({keychain:?})"
        );
    }
}
