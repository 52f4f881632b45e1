//! Workers that are slow, that die, and jobs that nobody waits for any more.

use crate::{fixtures, open, options, pdf};
use paraph_pdf::{Pdf, PdfError, PdfOptions, PixelRect, Priority, Tile};
use std::time::Duration;

/// Enough for a drawing of [`LARGE`] to take minutes.
const STROKES: u32 = 100_000;
const PAGE: Tile = Tile {
    page: 0,
    scale: 1.0,
    region: None,
};
const LARGE: Tile = Tile {
    page: 0,
    scale: 8.0,
    region: None,
};

#[tokio::test]
async fn a_job_that_nobody_waits_for_is_stopped() {
    let pdf = pdf();
    let slow = open(&pdf, fixtures::slow_page(STROKES)).await;
    let quick = open(&pdf, fixtures::contract(1)).await;
    let worker = pdf.worker_pids();
    let drawing = tokio::spawn(async move { slow.tile(LARGE, Priority::Visible).await });
    // So that it is most likely being drawn; the rule holds as well if it is not yet.
    tokio::time::sleep(Duration::from_millis(500)).await;
    drawing.abort();
    quick
        .tile(PAGE, Priority::Visible)
        .await
        .expect("the worker goes on with the next job");
    // Drawing to the end takes longer than a worker is allowed to live.
    assert_eq!(
        pdf.worker_pids(),
        worker,
        "the job was stopped, not its worker ended"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn the_death_of_a_worker_is_survived() {
    let pdf = pdf();
    let document = open(&pdf, fixtures::contract(2)).await;
    let before = document.tile(PAGE, Priority::Visible).await.expect("drawn");
    for _ in 0..3 {
        let [pid] = pdf.worker_pids()[..] else {
            panic!("one worker runs")
        };
        kill(pid);
        let after = document
            .tile(PAGE, Priority::Visible)
            .await
            .expect("drawn by the next worker");
        assert_eq!(before, after, "a new worker draws the same");
        assert_ne!(pdf.worker_pids(), [pid], "it is another process");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_job_that_kills_every_worker_is_given_up() {
    let pdf = pdf();
    let slow = open(&pdf, fixtures::slow_page(STROKES)).await;
    let killer = tokio::spawn({
        let pdf = pdf.clone();
        async move {
            loop {
                pdf.worker_pids().into_iter().for_each(kill);
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    });
    let drawn = slow.tile(LARGE, Priority::Visible).await;
    killer.abort();
    let error = drawn.expect_err("no worker lived long enough");
    let told = matches!(error, PdfError::WorkerDied | PdfError::WorkerMissing { .. });
    assert!(told, "the job is given up after a second worker: {error:?}");
    slow.text(0)
        .await
        .expect("the engine works again afterwards");
}

#[tokio::test]
async fn a_job_over_its_deadline_ends() {
    let deadline = Duration::from_secs(3);
    let pdf = Pdf::start(PdfOptions {
        deadline,
        ..options()
    })
    .expect("the worker starts");
    let quick = open(&pdf, fixtures::contract(1)).await;
    let slow = pdf.open_bytes(fixtures::slow_page(STROKES), None).await;
    let drawn = match slow {
        Ok(slow) => slow.tile(LARGE, Priority::Visible).await,
        Err(error) => Err(error),
    };
    assert_eq!(
        drawn,
        Err(PdfError::TimedOut { seconds: 3 }),
        "the deadline is kept"
    );
    quick
        .tile(PAGE, Priority::Visible)
        .await
        .expect("the engine goes on");
}

#[tokio::test]
async fn more_documents_than_a_worker_keeps_open_can_be_used() {
    let pdf = pdf();
    let mut documents = Vec::new();
    for pages in 1..=10 {
        documents.push(open(&pdf, fixtures::contract(pages)).await);
    }
    for (index, document) in documents.iter().enumerate() {
        document
            .tile(PAGE, Priority::Visible)
            .await
            .expect("opened again where needed");
        assert_eq!(document.info().pages.len(), index + 1);
    }
}

#[tokio::test]
async fn a_slow_page_does_not_keep_the_others() {
    let pdf = Pdf::start(PdfOptions {
        workers: 2,
        ..options()
    })
    .expect("the workers start");
    let slow = open(&pdf, fixtures::slow_page(STROKES)).await;
    let quick = open(&pdf, fixtures::contract(1)).await;
    let parts: Vec<_> = (0..4)
        .map(|row| {
            let slow = slow.clone();
            let region = PixelRect {
                x: 0,
                y: row * 1000,
                width: 4000,
                height: 1000,
            };
            let part = Tile {
                region: Some(region),
                ..LARGE
            };
            tokio::spawn(async move { slow.tile(part, Priority::Visible).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(200)).await;
    quick
        .tile(PAGE, Priority::Visible)
        .await
        .expect("another page is drawn");
    assert!(
        parts.iter().all(|part| !part.is_finished()),
        "it is drawn while every part of the slow page waits"
    );
    parts.iter().for_each(tokio::task::JoinHandle::abort);
}

#[cfg(unix)]
#[tokio::test]
async fn a_cancelled_job_that_does_not_stop_frees_its_worker() {
    let pdf = pdf();
    let document = open(&pdf, fixtures::contract(2)).await;
    let [pid] = pdf.worker_pids()[..] else {
        panic!("one worker runs")
    };
    signal(pid, rustix::process::Signal::STOP);
    let waiting = document.clone();
    let drawing = tokio::spawn(async move { waiting.tile(PAGE, Priority::Visible).await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    drawing.abort();
    document
        .tile(PAGE, Priority::Visible)
        .await
        .expect("another worker draws");
    assert_ne!(pdf.worker_pids(), [pid], "the one that hangs was ended");
}

#[cfg(unix)]
fn kill(pid: u32) {
    signal(pid, rustix::process::Signal::KILL);
}

#[cfg(unix)]
fn signal(pid: u32, signal: rustix::process::Signal) {
    let pid = rustix::process::Pid::from_raw(i32::try_from(pid).expect("a pid")).expect("a pid");
    // It may have gone already.
    let _ = rustix::process::kill_process(pid, signal);
}
