//! Programs that a session starts: ended with it, or run to their end.

use super::wait::wait_until;
use anyhow::{Context, bail};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};

/// A program that is ended, with everything it started, when it is dropped.
pub struct Program {
    name: String,
    child: Child,
}

impl Program {
    pub(super) fn start(name: &str, command: &mut Command) -> anyhow::Result<Program> {
        // A process group of its own, so that what it starts can be ended with it.
        let child = command
            .process_group(0)
            .spawn()
            .with_context(|| format!("starting {name}"))?;
        Ok(Program {
            name: name.to_owned(),
            child,
        })
    }

    /// The first line that it prints.
    pub(super) fn first_line(&mut self) -> anyhow::Result<String> {
        let Some(output) = self.child.stdout.take() else {
            bail!("the output of {} is not read", self.name);
        };
        let mut line = String::new();
        BufReader::new(output)
            .read_line(&mut line)
            .with_context(|| format!("reading what {} says", self.name))?;
        if line.trim().is_empty() {
            bail!("{} ended without a word; see its log", self.name);
        }
        Ok(line.trim().to_owned())
    }

    /// Gives it `words` on its standard input, and the end of the input.
    pub(super) fn say(&mut self, words: &str) -> anyhow::Result<()> {
        let Some(mut input) = self.child.stdin.take() else {
            bail!("{} does not listen", self.name);
        };
        input
            .write_all(words.as_bytes())
            .with_context(|| format!("talking to {}", self.name))
    }

    /// Waits until it ends by itself.
    pub fn wait(mut self) -> anyhow::Result<()> {
        wait_until(&format!("{} to end", self.name), || {
            let ended = self.child.try_wait();
            Ok(ended.context("looking at a program")?.map(|_| ()))
        })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // The standard library can only kill the leader of the group.
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).output();
        let _ = self.child.wait();
    }
}

/// Runs a short command to its end.
///
/// # Errors
/// When it cannot be started or fails; the message holds what it printed.
pub fn run(command: &mut Command) -> anyhow::Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .with_context(|| format!("starting {name}"))?;
    if !output.status.success() {
        bail!(
            "{name} failed ({}): {}",
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
