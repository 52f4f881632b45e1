//! pdfium's own word on page sizes, from a process of its own that knows nothing of ours.

use anyhow::{Context, bail};
use pdfium_render::prelude::Pdfium;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

/// How long it may think about one file.
const DEADLINE: Duration = Duration::from_secs(20);

/// Prints the width and height of every page of `file`, in user-space units; nothing in the line of
/// a page that it does not find.
pub fn print(file: &Path) -> anyhow::Result<()> {
    let library = std::env::var_os("PARAPH_PDFIUM").context("PARAPH_PDFIUM names no library")?;
    let pdfium = Pdfium::new(Pdfium::bind_to_library(library)?);
    let document = pdfium.load_pdf_from_file(file, None)?;
    let pages = document.pages();
    for page in pages.as_range() {
        match pages.page_size(page) {
            Ok(size) => println!("{} {}", size.width().value, size.height().value),
            Err(_) => println!(),
        }
    }
    Ok(())
}

/// What [`print`] says of `file`, asked in another process.
pub async fn page_sizes(file: &Path) -> anyhow::Result<Vec<Option<(f64, f64)>>> {
    let mut command = tokio::process::Command::new(std::env::current_exe()?);
    command.arg("--sizes").arg(file);
    command.stdin(Stdio::null()).kill_on_drop(true);
    let output = tokio::time::timeout(DEADLINE, command.output()).await??;
    if !output.status.success() {
        bail!("pdfium alone: {}", String::from_utf8_lossy(&output.stderr));
    }
    let size = |line: &str| -> Option<Option<(f64, f64)>> {
        if line.is_empty() {
            return Some(None);
        }
        let (width, height) = line.split_once(' ')?;
        Some(Some((width.parse().ok()?, height.parse().ok()?)))
    };
    let text = String::from_utf8_lossy(&output.stdout);
    let sizes: Option<Vec<_>> = text.lines().map(size).collect();
    sizes.context("pdfium alone: lines that are no sizes")
}
