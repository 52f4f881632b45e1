//! pdfium in this process, drawing to memory: what nobody who draws with pdfium can be faster than.

use crate::figures::{Figures, Subject, Who, timed, what};
use crate::files::{Bench, LONG};
use crate::{Effort, RESOLUTIONS, width_at};
use anyhow::{Context, bail, ensure};
use pdfium_render::prelude::{FPDF_BITMAP, FPDF_DOCUMENT, Pdfium, PdfiumLibraryBindings};
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::os::raw::c_int;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// fpdfview.h: draw annotations.
const ANNOTATIONS: c_int = 0x01;
/// fpdfview.h: FPDFBitmap_BGRx, four bytes a pixel.
const FOUR_BYTES: c_int = 3;
const WHITE: u32 = 0xFFFF_FFFF;
/// Index of the page that is jumped to.
const FAR: u32 = 900;

type Library = &'static dyn PdfiumLibraryBindings;

pub fn measure(files: &[Bench], effort: Effort, figures: &mut Figures) -> anyhow::Result<()> {
    let library = load()?;
    for file in files {
        for dpi in RESOLUTIONS {
            println!("pdfium alone: {} at {dpi} dpi", file.name);
            measure_file(library, file, dpi, effort, figures)?;
        }
    }
    Ok(())
}

fn measure_file(
    library: Library,
    file: &Bench,
    dpi: u32,
    effort: Effort,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let width = width_at(dpi);
    let subject = |what| Subject {
        who: Who::Pdfium,
        what,
        file: file.name,
        dpi: Some(dpi),
    };
    let opening = || -> anyhow::Result<Vec<Duration>> {
        (0..effort.runs)
            .map(|_| {
                let (document, time) = timed(|| {
                    let document = Open::new(library, &file.path)?;
                    document.draw(0, width)?;
                    Ok(document)
                })?;
                drop(document);
                Ok(time)
            })
            .collect()
    };
    figures.note_times(subject(what::FIRST), opening()?);
    if file.name == LONG {
        let mut times = Vec::new();
        for _ in 0..effort.runs {
            let document = Open::new(library, &file.path)?;
            document.draw(0, width)?;
            times.push(timed(|| document.draw(FAR, width))?.1);
        }
        figures.note_times(subject(what::JUMP), times);
    }

    let document = Open::new(library, &file.path)?;
    document.draw(0, width)?;
    let mut times = Vec::new();
    // A file of one page has no next one: the same again.
    let last = effort.steady.min(file.pages - 1).max(1);
    for page in 1..=last {
        times.push(timed(|| document.draw(page % file.pages, width))?.1);
    }
    figures.note_times(subject(what::STEADY), times);

    let document = Open::new(library, &file.path)?;
    let pages = file.pages.min(effort.whole);
    let (_, time) = timed(|| (0..pages).try_for_each(|page| document.draw(page, width)))?;
    figures.note_times(subject(what::WHOLE), vec![time / pages]);
    Ok(())
}

/// What `PARAPH_PDFIUM` names (the bench's starter sets it), else what is beside this program.
fn load() -> anyhow::Result<Library> {
    let path = match std::env::var_os("PARAPH_PDFIUM") {
        Some(path) => PathBuf::from(path),
        None => std::env::current_exe()
            .context("finding this program")?
            .with_file_name(format!("{DLL_PREFIX}pdfium{DLL_SUFFIX}")),
    };
    let Ok(bindings) = Pdfium::bind_to_library(&path) else {
        bail!("no pdfium in {}", path.display());
    };
    let library: Library = Box::leak(bindings);
    // Safety: called once, before anything else of pdfium.
    unsafe { library.FPDF_InitLibrary() };
    Ok(library)
}

/// An open document; used on one thread, and closed after all of its pages.
struct Open {
    library: Library,
    handle: FPDF_DOCUMENT,
}

impl Open {
    fn new(library: Library, path: &Path) -> anyhow::Result<Open> {
        let name = path.to_str().context("a path of letters")?;
        // Safety: pdfium is started.
        let handle = unsafe { library.FPDF_LoadDocument(name, None) };
        ensure!(!handle.is_null(), "{} does not open", path.display());
        Ok(Open { library, handle })
    }

    /// Draws a page whose picture is `width` pixels wide.
    fn draw(&self, page: u32, width: u32) -> anyhow::Result<()> {
        let library = self.library;
        // Safety: the document is open; the page and the bitmap are closed here, in that order
        // after their last use, and pdfium owns the bitmap's pixels.
        unsafe {
            let page = library.FPDF_LoadPage(self.handle, c_int::try_from(page)?);
            ensure!(!page.is_null(), "a page does not open");
            let shape = library.FPDF_GetPageHeightF(page) / library.FPDF_GetPageWidthF(page);
            let height = (f64::from(width) * f64::from(shape)).round() as c_int;
            let width = c_int::try_from(width)?;
            let bitmap: FPDF_BITMAP =
                library.FPDFBitmap_CreateEx(width, height, FOUR_BYTES, std::ptr::null_mut(), 0);
            if !bitmap.is_null() {
                library.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE.into());
                library.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, ANNOTATIONS);
                library.FPDFBitmap_Destroy(bitmap);
            }
            library.FPDF_ClosePage(page);
            ensure!(!bitmap.is_null(), "no memory for a picture");
        }
        Ok(())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // Safety: the document is open, and nobody uses it after this.
        unsafe { self.library.FPDF_CloseDocument(self.handle) };
    }
}
