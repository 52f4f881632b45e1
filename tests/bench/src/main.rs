//! Measures how fast pages are drawn and shown (`cargo xtask bench pdf`), how fast the editor
//! follows a hand (`cargo xtask bench editor`) and how well it finds places for fields
//! (`cargo xtask bench suggestions`).
//!
//! Nothing is asserted: each prints its aims and whether this run met them, writes the figures to
//! `target/bench` and the report to `docs`.
#![allow(
    clippy::print_stdout,
    reason = "a command-line tool speaks to the person who started it"
)]

mod aims;
mod alone;
#[cfg(target_os = "linux")]
mod bare;
#[cfg(target_os = "linux")]
mod editor;
mod engine;
mod figures;
mod files;
#[cfg(target_os = "linux")]
mod gestures;
#[cfg(target_os = "linux")]
#[path = "../../../src-tauri/src/graphics.rs"]
mod graphics;
#[cfg(target_os = "linux")]
mod memory;
#[cfg(target_os = "linux")]
mod outside;
#[cfg(target_os = "linux")]
mod pdfjs;
mod report;
#[cfg(target_os = "linux")]
mod script;
#[cfg(target_os = "linux")]
mod shown;
mod suggestions;

use clap::Parser;
use figures::Figures;
use std::path::PathBuf;

#[derive(Parser)]
#[command(name = "paraph-bench", about = "Measures how fast Paraph is")]
struct Arguments {
    #[command(subcommand)]
    inner: Option<Inner>,
    /// Where the working copy is, for the report and the generated files.
    #[arg(long, default_value = ".")]
    root: PathBuf,
    /// Only the parts of this name.
    #[arg(long, value_enum)]
    only: Option<Part>,
    /// Few runs and small files, to see that it works. Leaves the report in docs/ alone.
    #[arg(long)]
    quick: bool,
}

/// What else there is; the windows are started by the bench itself.
#[derive(clap::Subcommand)]
enum Inner {
    /// A window of the webview that holds nothing else.
    #[cfg(target_os = "linux")]
    Window(bare::Window),
    /// The same with boxes to be moved.
    #[cfg(target_os = "linux")]
    Boxes(bare::Boxes),
    /// Gestures in the editor, and in the window with boxes.
    #[cfg(target_os = "linux")]
    Gestures,
    /// Places for fields on pages whose places are known.
    Suggestions {
        /// With what went wrong on the half that rules may be made for.
        #[arg(long)]
        verbose: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// pdfium in this process, drawing to memory.
    Alone,
    /// The worker processes, as the application uses them.
    Engine,
    /// pdf.js in a bare window of the same webview.
    #[cfg(target_os = "linux")]
    Pdfjs,
    /// Pictures in the application's own window.
    #[cfg(target_os = "linux")]
    Window,
    /// The editor: scrolled, jumped about in, zoomed.
    #[cfg(target_os = "linux")]
    Editor,
    /// From a program's start to the page on the screen.
    #[cfg(target_os = "linux")]
    Outside,
}

/// How much is measured.
#[derive(Clone, Copy, Debug)]
struct Effort {
    quick: bool,
    /// How often a single event is repeated.
    runs: usize,
    /// The most pages of a file that are taken for its steady pace.
    steady: u32,
    /// The most pages of a file that are taken as the whole of it.
    whole: u32,
}

impl Effort {
    fn new(quick: bool) -> Effort {
        if quick {
            Effort {
                quick,
                runs: 3,
                steady: 5,
                whole: 20,
            }
        } else {
            Effort {
                quick,
                runs: 11,
                steady: 30,
                whole: u32::MAX,
            }
        }
    }
}

/// The resolutions that are measured, in dots per inch: a plain screen at 100 %, between, and one
/// of double density.
const RESOLUTIONS: [u32; 3] = [96, 144, 192];

/// A4's width in pixels at that many dots per inch.
fn width_at(dpi: u32) -> u32 {
    (paraph_tests::fixtures::A4.0 * f64::from(dpi) / 72.0).round() as u32
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let root = arguments.root.canonicalize()?;
    match arguments.inner {
        #[cfg(target_os = "linux")]
        Some(Inner::Window(window)) => return bare::show(window),
        #[cfg(target_os = "linux")]
        Some(Inner::Boxes(boxes)) => return bare::show_boxes(&boxes),
        #[cfg(target_os = "linux")]
        Some(Inner::Gestures) => return gestures::measure(&root, arguments.quick),
        Some(Inner::Suggestions { verbose }) => {
            return suggestions::measure(&root, arguments.quick, verbose);
        }
        None => {}
    }
    let effort = Effort::new(arguments.quick);
    let bench = root.join("target").join("bench");
    let wanted = |part| arguments.only.is_none_or(|only| only == part);

    let files = files::make(&bench.join("files"), effort)?;
    let mut figures = Figures::default();
    if wanted(Part::Alone) {
        alone::measure(&files, effort, &mut figures)?;
    }
    if wanted(Part::Engine) {
        engine::measure(&files, effort, &mut figures)?;
    }
    #[cfg(target_os = "linux")]
    {
        if wanted(Part::Pdfjs) {
            pdfjs::measure(&files, &root, effort, &mut figures)?;
        }
        if wanted(Part::Window) {
            shown::measure(&files, &root, effort, &mut figures)?;
        }
        if wanted(Part::Editor) {
            editor::measure(&files, &root, effort, &mut figures)?;
        }
        if wanted(Part::Outside) {
            outside::measure(&root, effort, &mut figures)?;
        }
    }
    let is_whole = arguments.only.is_none() && !arguments.quick;
    report::write(&figures, &root, is_whole)
}
