//! Tries the PDF engine on many files; done by the package `paraph-tests`.

use crate::step::{cargo, step};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The folders to look through, and how.
#[derive(clap::Args)]
pub struct Corpus {
    /// Folders with PDFs, at any depth.
    folders: Vec<PathBuf>,
    /// The fixtures of the tests too.
    #[arg(long)]
    generated: bool,
    /// Leave pictures of what looks different after straightening here.
    #[arg(long)]
    pictures: Option<PathBuf>,
}

/// Opens, draws and straightens every PDF and prints what came of it.
pub fn check(corpus: &Corpus) -> anyhow::Result<()> {
    step(
        "building the PDF worker",
        cargo().args(["build", "--quiet", "--package", "paraph-pdf", "--bins"]),
    )?;
    let mut arguments: Vec<OsString> = Vec::new();
    if corpus.generated {
        arguments.push("--generated".into());
    }
    if let Some(pictures) = &corpus.pictures {
        arguments.extend(["--pictures".into(), absolute(pictures)?]);
    }
    for folder in &corpus.folders {
        arguments.push(absolute(folder)?);
    }
    step(
        "checking PDFs",
        cargo()
            .args(["run", "--quiet", "--package", "paraph-tests"])
            .args(["--bin", "corpus", "--"])
            .args(arguments),
    )
}

/// Steps run at the top of the working copy, wherever this tool was started.
fn absolute(path: &Path) -> anyhow::Result<OsString> {
    Ok(std::path::absolute(path)?.into_os_string())
}
