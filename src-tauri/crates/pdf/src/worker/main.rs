//! The process that parses PDFs: `paraph-pdf-worker LIBPDFIUM`, started by the client in
//! `paraph_pdf` and of no use to anybody else.
//!
//! It loads pdfium, locks itself in, says that it is ready and then does one job after another
//! on documents that are handed to it as open files.

mod active;
mod confine;
mod connection;
mod encode;
mod encryption;
mod examine;
mod inspect;
mod jobs;
mod lines;
mod marks;
mod matrix;
mod pdfium;
mod reading_order;
mod render;
mod resources;
mod source;
mod structure;
mod text;
mod writing;

use crate::connection::{Cancelled, Incoming, read_requests, write_reply};
use crate::jobs::Jobs;
use paraph_pdf::protocol::{Reply, Request, VERSION};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc;
use zeroize::Zeroizing;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            use std::io::Write;
            // Nobody is left to tell when this fails.
            let _ = writeln!(std::io::stderr(), "paraph-pdf-worker: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let library = std::env::args_os().nth(1).map(PathBuf::from);
    let library = pdfium::load(&library.ok_or("the path of libpdfium is missing")?)?;
    let (input, mut output) = connection::open()?;
    let missing = confine::confine();
    write_reply(
        &mut output,
        &Reply::Ready {
            version: VERSION,
            missing,
        },
        &[],
    )?;

    let (sender, requests) = mpsc::channel();
    let cancelled = Cancelled::default();
    let watched = cancelled.clone();
    std::thread::Builder::new()
        .name("requests".into())
        .spawn(move || {
            // The client has gone or talks nonsense: nothing that is being done matters any more.
            let code = i32::from(read_requests(input, &sender, &watched).is_err());
            std::process::exit(code)
        })?;

    let mut jobs = Jobs::new(library, cancelled);
    for Incoming { request, source } in requests {
        let (job, (result, body)) = match request {
            Request::Attach {
                job,
                document,
                mut password,
                ..
            } => {
                let password = password
                    .as_mut()
                    .map(|it| Zeroizing::new(std::mem::take(&mut it.0)));
                (job, jobs.attach(document, source, password))
            }
            Request::Do {
                job,
                document,
                work,
            } => (job, jobs.perform(job, document, work)),
            Request::Detach { document } => {
                jobs.detach(document);
                continue;
            }
            Request::Cancel { .. } => continue,
        };
        write_reply(&mut output, &Reply::Done { job, result }, &body)?;
    }
    Ok(())
}
