//! `corpus FOLDER...`: the checks that fixtures get, for any PDFs: each opens or gives a clear
//! error, no worker crashes or hangs, pages are shown in pdfium's own size, and pages that are
//! not straight look the same once they are.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool speaks to the person who started it"
)]

mod check;
mod look;
mod table;
mod witness;

use anyhow::Context;
use check::{Checker, Found};
use clap::Parser;
use paraph_tests::fixture_set;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use tokio::sync::mpsc;

/// How many files are checked at once; each worker has one of them.
const AT_ONCE: usize = 2;

#[derive(Parser)]
#[command(name = "corpus", about = "Checks the PDF engine on many files")]
struct Arguments {
    /// Folders with PDFs, at any depth.
    folders: Vec<PathBuf>,
    /// The fixtures of the tests too.
    #[arg(long)]
    generated: bool,
    /// Leave pictures of what looks different after straightening here.
    #[arg(long)]
    pictures: Option<PathBuf>,
    /// What pdfium says of one file's pages, one a line; used by the tool itself.
    #[arg(long, hide = true)]
    sizes: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.sizes {
        Some(file) => witness::print(file).map(|()| true),
        None => run(&arguments).await,
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether nothing was found that must not be.
async fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    let mut files = Vec::new();
    for folder in &arguments.folders {
        let found = pdfs_below(folder)?;
        let name = |path: &Path| {
            let below = path.strip_prefix(folder).unwrap_or(path);
            below.display().to_string()
        };
        files.extend(found.into_iter().map(|path| (name(&path), path)));
    }
    // Deleted when this goes, after the last check.
    let generated = tempfile::tempdir()?;
    if arguments.generated {
        for fixture in fixture_set::all() {
            let name = format!("{}.pdf", fixture.name);
            let path = generated.path().join(&name);
            std::fs::write(&path, fixture.bytes)?;
            files.push((format!("{name} ({})", fixture.exercises), path));
        }
    }
    anyhow::ensure!(!files.is_empty(), "no PDF to check: name a folder");
    if let Some(pictures) = &arguments.pictures {
        std::fs::create_dir_all(pictures)?;
    }
    let found = check_all(files, arguments.pictures.as_deref()).await?;
    table::print(&found);
    Ok(found.iter().all(Found::is_fine))
}

async fn check_all(
    files: Vec<(String, PathBuf)>,
    pictures: Option<&Path>,
) -> anyhow::Result<Vec<Found>> {
    let checker = Arc::new(Checker::start(AT_ONCE, pictures.map(Path::to_path_buf))?);
    let total = files.len();
    let waiting = Arc::new(std::sync::Mutex::new(files.into_iter()));
    let (say, mut outcomes) = mpsc::channel(AT_ONCE);
    for _ in 0..AT_ONCE {
        let (checker, waiting, say) = (Arc::clone(&checker), Arc::clone(&waiting), say.clone());
        tokio::spawn(async move {
            loop {
                let next = waiting.lock().ok().and_then(|mut files| files.next());
                let Some((name, path)) = next else { break };
                if say.send(checker.check(name, &path).await).await.is_err() {
                    break;
                }
            }
        });
    }
    drop(say);
    let mut found: Vec<Found> = Vec::new();
    let is_watched = std::io::stderr().is_terminal();
    while let Some(one) = outcomes.recv().await {
        found.push(one);
        if is_watched {
            eprint!("\r{} of {total}", found.len());
        }
    }
    if is_watched {
        eprintln!();
    }
    anyhow::ensure!(found.len() == total, "a check ended early");
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// Every PDF below `folder`, by name.
fn pdfs_below(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut waiting = vec![folder.to_path_buf()];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        let listed = std::fs::read_dir(&folder);
        for entry in listed.with_context(|| format!("cannot read {}", folder.display()))? {
            let (path, kind) = entry.and_then(|entry| Ok((entry.path(), entry.file_type()?)))?;
            let is_pdf = path
                .extension()
                .is_some_and(|it| it.eq_ignore_ascii_case("pdf"));
            // Links are not followed: they may lead round in a circle.
            if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_file() && is_pdf {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
