//! The client and the real worker on generated documents.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

mod contents;
#[path = "../../../../../tests/fixtures/mod.rs"]
mod fixture_set;
#[path = "../../../../../tests/support/fixtures.rs"]
mod fixtures;
mod geometry;
mod lines;
mod opening;
mod picture;
mod pictures;
mod protection;
mod rewriting;
mod signing;
mod straightening;
mod text;
mod text_fields;
mod workers;

use paraph_pdf::{Document, Pdf, PdfOptions};

/// An engine with one worker, so that jobs meet the same process.
fn pdf() -> Pdf {
    Pdf::start(options()).expect("the worker and libpdfium are there: run `cargo xtask setup`")
}

fn options() -> PdfOptions {
    PdfOptions {
        workers: 1,
        worker: Some(env!("CARGO_BIN_EXE_paraph-pdf-worker").into()),
        ..PdfOptions::default()
    }
}

async fn open(pdf: &Pdf, bytes: Vec<u8>) -> Document {
    pdf.open_bytes(bytes, None)
        .await
        .expect("the fixture opens")
}
