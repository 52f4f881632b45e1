//! Things that Python wheels carry for every system alike: pip fetches them, checks the pinned
//! hash and unpacks them; no Python program of theirs is run.

use crate::step::{command, output_of, step};
use crate::{checkout, packages};
use anyhow::Context;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Unpacks the wheel that `requirements` pins (in pip's notation, hashes included) into `folder`.
pub fn unpack(title: &str, requirements: &str, folder: &Path) -> anyhow::Result<()> {
    let pip = pip()?;
    let list = checkout::tools().join("requirements.txt");
    checkout::write_stamp(&list, requirements)?;
    step(
        title,
        command(pip)
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
            ])
            .args([
                "--no-deps",
                "--only-binary=:all:",
                "--require-hashes",
                "--upgrade",
            ])
            .arg("--target")
            .arg(folder)
            .arg("--requirement")
            .arg(&list),
    )?;
    fs::remove_file(&list).with_context(|| format!("removing {}", list.display()))
}

/// The Python of an environment of our own: systems forbid pip outside of one.
fn pip() -> anyhow::Result<PathBuf> {
    let environment = checkout::tools().join("python");
    let python = if cfg!(windows) {
        environment.join("Scripts").join("python.exe")
    } else {
        environment.join("bin").join("python")
    };
    if output_of(Command::new(&python).args(["-m", "pip", "--version"])).is_some() {
        return Ok(python);
    }
    let system = if cfg!(windows) { "python" } else { "python3" };
    if output_of(Command::new(system).args(["-c", "import venv, ensurepip"])).is_none() {
        packages::also("python3-venv", "pip fetches the PDF engine")?;
    }
    step(
        "making a Python environment to fetch with",
        command(system)
            .args(["-m", "venv", "--clear"])
            .arg(&environment),
    )?;
    Ok(python)
}
