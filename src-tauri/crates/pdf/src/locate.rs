//! Where the worker's program and libpdfium are: the only place that decides.

use crate::{PdfError, PdfOptions};
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX, EXE_SUFFIX};
use std::path::{Path, PathBuf};

#[derive(Debug, Clone)]
pub(crate) struct Locations {
    pub worker: PathBuf,
    pub libpdfium: PathBuf,
}

/// What `options` names, else `PARAPH_PDF_WORKER` and `PARAPH_PDFIUM`, else beside the running
/// program, else (libpdfium, when run from cargo's target folder) where `cargo xtask setup` puts
/// it.
pub(crate) fn locate(options: &PdfOptions) -> Result<Locations, PdfError> {
    let beside = program_folder();
    let worker_name = format!("paraph-pdf-worker{EXE_SUFFIX}");
    let library_name = format!("{DLL_PREFIX}pdfium{DLL_SUFFIX}");

    let worker = options
        .worker
        .clone()
        .or_else(|| from_env("PARAPH_PDF_WORKER"));
    let library = options
        .libpdfium
        .clone()
        .or_else(|| from_env("PARAPH_PDFIUM"));
    Ok(Locations {
        worker: first_file(
            worker,
            [beside.as_ref().map(|folder| folder.join(&worker_name))],
        )?,
        libpdfium: first_file(
            library,
            [
                beside.as_ref().map(|folder| folder.join(&library_name)),
                beside
                    .as_deref()
                    .and_then(|folder| set_up_library(folder, &library_name)),
            ],
        )?,
    })
}

fn from_env(name: &str) -> Option<PathBuf> {
    std::env::var_os(name)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}

/// The running program's folder; for cargo's tests and examples the folder above theirs.
fn program_folder() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    let folder = program.parent()?;
    let is_cargo_s = folder
        .file_name()
        .is_some_and(|name| name == "deps" || name == "examples");
    if is_cargo_s {
        folder.parent().map(Path::to_path_buf)
    } else {
        Some(folder.to_path_buf())
    }
}

fn set_up_library(folder: &Path, name: &str) -> Option<PathBuf> {
    let target = folder
        .ancestors()
        .find(|path| path.file_name().is_some_and(|name| name == "target"))?;
    Some(target.parent()?.join(".tools").join("pdfium").join(name))
}

/// `chosen` if it is given, else the first candidate that is a file.
fn first_file<const N: usize>(
    chosen: Option<PathBuf>,
    candidates: [Option<PathBuf>; N],
) -> Result<PathBuf, PdfError> {
    let tried: Vec<PathBuf> = match chosen {
        Some(path) => vec![path],
        None => candidates.into_iter().flatten().collect(),
    };
    tried
        .iter()
        .find(|path| path.is_file())
        .cloned()
        .ok_or_else(|| PdfError::WorkerMissing {
            detail: format!("none of these files is there: {tried:?}"),
        })
}
