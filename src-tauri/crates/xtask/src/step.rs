//! Running one command as a named step: what it is, how long it took, how to repeat it.

use crate::{checkout, pdfium};
use anyhow::{Context, bail};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A command that runs in the working copy with this terminal's output, and with
/// `PARAPH_PDFIUM` set to the library that setup fetched.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(checkout::root())
        .stdin(Stdio::null())
        .env("PARAPH_PDFIUM", pdfium::library());
    command
}

/// The cargo that started this tool.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs `command` to its end and prints its title and duration.
///
/// # Errors
/// When it cannot be started or ends with a failure: the message says what to type to repeat it.
pub fn step(title: &str, command: &mut Command) -> anyhow::Result<()> {
    println!("\n==> {title}");
    let started = Instant::now();
    let status = command
        .status()
        .with_context(|| format!("{title}: cannot start `{}`", shown(command)))?;
    if !status.success() {
        bail!(
            "{title} failed ({status}) after {}. To repeat it:\n\n    {}\n",
            seconds(started.elapsed()),
            shown(command)
        );
    }
    println!("    {title}: {}", seconds(started.elapsed()));
    Ok(())
}

/// What a short command printed, when it could be started and ended well.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program of this name can be started from the search path.
pub fn is_installed(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| {
            folder
                .join(format!("{program}{}", std::env::consts::EXE_SUFFIX))
                .is_file()
        })
    })
}

/// The command as it can be typed from the top of the working copy.
fn shown(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    // The full path of the toolchain's cargo says nothing to the reader.
    let program = match program.file_stem() {
        Some(stem) if stem == "cargo" => "cargo".to_owned(),
        _ => quoted(&program.to_string_lossy()),
    };
    std::iter::once(program)
        .chain(
            command
                .get_args()
                .map(|part| quoted(&part.to_string_lossy())),
        )
        .collect::<Vec<_>>()
        .join(" ")
}

fn quoted(part: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./=:+,@%".contains(letter);
    if !part.is_empty() && part.chars().all(plain) {
        part.to_owned()
    } else {
        format!("'{}'", part.replace('\'', r"'\''"))
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::{quoted, shown};
    use std::process::Command;

    #[test]
    fn a_command_is_shown_as_it_can_be_typed() {
        let mut command = Command::new("/opt/rust/bin/cargo");
        command.args(["test", "--package", "a b", "it's"]);
        assert_eq!(
            shown(&command),
            r"cargo test --package 'a b' 'it'\''s'",
            "what is shown must survive a shell"
        );
        assert_eq!(quoted(""), "''", "an empty argument stays an argument");
    }
}
