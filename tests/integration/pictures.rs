//! Pictures of pages: asked for, kept, dropped.

use crate::desk::Desk;
use paraph_domain::ids::BlobId;
use paraph_engine::{Engine, Error, PictureAddress};
use paraph_pdf::{ImageFormat, PagePicture, PdfError, Priority};
use paraph_tests::fixtures;
use std::time::Duration;

async fn first_page(desk: &Desk, bytes: &[u8]) -> PictureAddress {
    let file = desk.file("contract.pdf", bytes);
    let import = desk.engine.import(None, &[file]).await.expect("an import");
    let draft = import.draft.expect("a draft");
    let draft = desk.engine.draft(&draft).await.expect("the draft").draft;
    PictureAddress {
        blob: draft.documents[0].pages[0].blob.clone(),
        picture: PagePicture {
            page: 0,
            width: 600,
            region: None,
        },
        priority: Priority::Visible,
    }
}

async fn is_drawn(engine: &Engine, address: &PictureAddress) -> bool {
    engine.picture(address.clone()).await.is_ok()
}

#[cfg(unix)]
#[tokio::test]
async fn what_was_drawn_is_kept() {
    let desk = Desk::without_account().await;
    let address = first_page(&desk, &fixtures::contract(1)).await;
    let seen = desk.engine.picture(address.clone()).await.expect("drawn");
    assert_eq!((seen.format, seen.width), (ImageFormat::Png, 600));
    // Nobody draws any more: only what is kept can be shown.
    for pid in desk.pdf.worker_pids() {
        let stopped = std::process::Command::new("kill")
            .args(["-STOP", &pid.to_string()])
            .status();
        assert!(stopped.expect("kill runs").success(), "a worker stops");
    }
    let again = PictureAddress {
        priority: Priority::Prefetch,
        ..address.clone()
    };
    let kept = desk.engine.picture(again).await.expect("it is kept");
    assert_eq!(kept, seen, "whatever it is asked for as");
}

#[tokio::test]
async fn a_document_that_is_not_here_is_an_error() {
    let desk = Desk::without_account().await;
    let mut address = first_page(&desk, &fixtures::contract(1)).await;
    address.blob = BlobId::new("0".repeat(64));
    assert!(!is_drawn(&desk.engine, &address).await, "no such document");
}

#[tokio::test]
async fn a_picture_that_is_no_longer_wanted_is_not_waited_for() {
    let desk = Desk::without_account().await;
    let mut address = first_page(&desk, &fixtures::slow_page(100_000)).await;
    address.picture.width = 4000;
    let (engine, wanted) = (desk.engine.clone(), address.clone());
    let drawing = tokio::spawn(async move { engine.picture(wanted).await });
    while !drawing.is_finished() {
        desk.engine.drop_pictures(std::slice::from_ref(&address));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let outcome = drawing.await.expect("it ends");
    assert!(
        matches!(outcome, Err(Error::Pdf(PdfError::Cancelled))),
        "drawing it takes minutes: {:?}",
        outcome.map(|image| image.format)
    );
    let quick = first_page(&desk, &fixtures::contract(1)).await;
    assert!(is_drawn(&desk.engine, &quick).await, "the others are drawn");
}
