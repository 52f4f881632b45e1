//! A window of the application's webview that holds nothing else, for pdf.js or for nothing.

use crate::memory;
use anyhow::Context;
use serde_json::json;
use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tao::event_loop::{ControlFlow, EventLoop};
use tao::platform::unix::WindowExtUnix;
use tao::window::WindowBuilder;
use wry::http::{Request, Response, StatusCode, header};
use wry::{WebViewBuilder, WebViewBuilderExtUnix};

const PAGE: &str = include_str!("bare.html");
const BOXES: &str = include_str!("boxes.html");
pub const TITLE: &str = "Bench";
/// Where a box can be held, in CSS pixels of the window.
pub const HELD: (i32, i32) = (300, 200);
/// After the last word, before its memory is looked at.
const CALM: Duration = Duration::from_secs(2);
/// A window that says nothing for so long never will.
const PATIENCE: Duration = Duration::from_secs(900);

/// What the window is to do.
#[derive(clap::Args)]
pub struct Window {
    /// Where the package of pdf.js is.
    #[arg(long)]
    pdfjs: PathBuf,
    /// What to measure, as JSON, with the index of each file among `files`.
    #[arg(long)]
    plan: String,
    /// The files.
    files: Vec<PathBuf>,
}

/// Boxes on sheets, of which one follows the pointer that holds it.
#[derive(clap::Args)]
pub struct Boxes {
    #[arg(long)]
    pages: u32,
    #[arg(long)]
    boxes: u32,
    /// On the sheet that is seen.
    #[arg(long)]
    here: u32,
}

/// Opens a window that measures pdf.js and prints what its page says, a line each; ends the
/// process.
pub fn show(window: Window) -> anyhow::Result<()> {
    let Window { pdfjs, plan, files } = window;
    open(PAGE.replace("PLAN", &plan), pdfjs, files)
}

/// Opens a window with boxes, until the process is ended.
pub fn show_boxes(boxes: &Boxes) -> anyhow::Result<()> {
    let plan = json!({
        "sheets": boxes.pages, "boxes": boxes.boxes, "here": boxes.here, "held": HELD,
    });
    let page = BOXES.replace("PLAN", &plan.to_string());
    open(page, PathBuf::new(), Vec::new())
}

fn open(page: String, pdfjs: PathBuf, files: Vec<PathBuf>) -> anyhow::Result<()> {
    // As the application does, so that both are drawn alike.
    crate::graphics::choose();
    let events = EventLoop::new();
    let frame = WindowBuilder::new()
        .with_title(TITLE)
        .with_inner_size(tao::dpi::LogicalSize::new(1280.0, 840.0))
        .build(&events)?;
    let room = frame.default_vbox().context("the window's room")?;
    let view = WebViewBuilder::new()
        .with_custom_protocol("bench".to_owned(), move |_, request| {
            serve(&request, &page, &pdfjs, &files)
        })
        .with_ipc_handler(|message| hear(message.body()))
        .with_url("bench://localhost/")
        .build_gtk(room)?;
    std::thread::spawn(|| {
        std::thread::sleep(PATIENCE);
        println!(r#"{{"failed":"it took too long"}}"#);
        std::process::exit(1);
    });
    events.run(move |_, _, flow| {
        let _ = (&frame, &view);
        *flow = ControlFlow::Wait;
    })
}

fn hear(message: &str) {
    println!("{message}");
    if message.contains("\"done\"") {
        std::thread::spawn(|| {
            std::thread::sleep(CALM);
            let home = std::env::var_os("HOME").unwrap_or_default();
            let memory = memory::of_session(Path::new(&home));
            println!(r#"{{"memory":{}}}"#, memory.web);
            std::process::exit(0);
        });
    }
}

fn serve(
    request: &Request<Vec<u8>>,
    page: &str,
    pdfjs: &Path,
    files: &[PathBuf],
) -> Response<Cow<'static, [u8]>> {
    let path = request.uri().path();
    let content = if path == "/" {
        Some(page.as_bytes().to_vec())
    } else if let Some(name) = path.strip_prefix("/pdfjs/") {
        fs::read(pdfjs.join(name)).ok()
    } else if let Some(index) = path.strip_prefix("/files/") {
        let file = index.parse::<usize>().ok().and_then(|it| files.get(it));
        file.and_then(|file| fs::read(file).ok())
    } else {
        None
    };
    let mime = match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("mjs" | "js") => "text/javascript",
        Some("wasm") => "application/wasm",
        _ if path == "/" => "text/html",
        _ => "application/octet-stream",
    };
    let status = match content {
        Some(_) => StatusCode::OK,
        None => StatusCode::NOT_FOUND,
    };
    let mut response = Response::new(Cow::Owned(content.unwrap_or_default()));
    *response.status_mut() = status;
    let mime = header::HeaderValue::from_static(mime);
    response.headers_mut().insert(header::CONTENT_TYPE, mime);
    response
}
