//! A contract whose pages are not straight: what is sent, what is kept.

use crate::desk::{Desk, PLACES};
use paraph_domain::procedure::Status;
use paraph_store::FiledKind;
use paraph_tests::fixtures;

/// Three pages of A4, upside down and away from the origin: shown turned by 180 degrees, they are
/// of the same size.
fn crooked() -> Vec<u8> {
    let mut contract =
        lopdf::Document::load_mem(&fixtures::contract(3)).expect("a fixture is a PDF");
    let pages: Vec<_> = contract.page_iter().collect();
    for page in pages {
        let page = contract.get_dictionary_mut(page).expect("a page");
        page.set("Rotate", 180);
        let corners = [-10, -20, 585, 822].map(lopdf::Object::from);
        page.set("MediaBox", corners.to_vec());
    }
    let mut bytes = Vec::new();
    contract.save_to(&mut bytes).expect("written");
    bytes
}

#[tokio::test]
async fn a_crooked_contract_is_sent_straight_and_kept_as_it_was() {
    let mut desk = Desk::open().await;
    let source = crooked();
    let draft = desk.draft_of("Lease 2026", &source, false).await;
    let sending = desk.send(&draft).await;
    let snapshot = &sending.snapshot;
    let original = &snapshot.draft.documents[0].pages[0].blob;
    let sent = &snapshot.files[0].blob;
    assert_ne!(original, sent, "another file is sent than was dropped");
    let store = desk.store();
    let blobs = store.blobs();
    assert_eq!(
        blobs.read(original).await.expect("the original"),
        source,
        "the file that was dropped is kept byte for byte"
    );
    let straight = blobs.read(sent).await.expect("what is sent");
    let straight = desk.pdf.open_bytes(straight, None).await.expect("opens");
    assert!(straight.info().is_straight(), "{:?}", straight.info().pages);

    let id = desk.until_sent(&sending).await;
    for place in 0..2 {
        desk.sign(&id, place).await;
    }
    desk.until_status(&id, Status::Completed).await;
    let files = desk
        .until("the files", async |desk| {
            let files = desk.engine.files_of(&id).await.expect("files");
            (files.len() == 2).then_some(files)
        })
        .await;
    let signed = files.iter().find(|file| file.what == FiledKind::Signed);
    let signed = std::fs::read(&signed.expect("a signed file").path).expect("it is there");
    let signed = desk.pdf.open_bytes(signed, None).await.expect("opens");
    assert!(
        signed.info().is_straight(),
        "the provider signed what is straight"
    );
    let marks = desk.engine.marks_of(&id).await.expect("marks");
    assert_eq!(marks.len(), 2, "each field is compared with its mark");
    for mark in marks {
        let difference = mark.difference.expect("the mark is found");
        assert!(difference <= 1.0, "{difference} points off: {mark:?}");
        assert!(
            PLACES.contains(&mark.asked),
            "the place asked for is what the clerk saw"
        );
    }
}
