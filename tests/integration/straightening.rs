//! A contract whose pages are not straight: what is sent, what is kept.

use crate::desk::{Desk, PLACES};
use paraph_domain::checks::Problem;
use paraph_domain::draft::Draft;
use paraph_domain::ids::DraftId;
use paraph_domain::procedure::Status;
use paraph_engine::{Error, PictureAddress};
use paraph_store::FiledKind;
use paraph_tests::fixtures;

/// Three pages of A4, upside down and away from the origin: shown turned by 180 degrees, they are
/// of the same size.
fn crooked() -> Vec<u8> {
    upside_down(&fixtures::contract(3), |_| {})
}

fn upside_down(contract: &[u8], change: impl FnOnce(&mut lopdf::Document)) -> Vec<u8> {
    let mut contract = lopdf::Document::load_mem(contract).expect("a fixture is a PDF");
    let pages: Vec<_> = contract.page_iter().collect();
    for page in pages {
        let page = contract.get_dictionary_mut(page).expect("a page");
        page.set("Rotate", 180);
        let corners = [-10, -20, 585, 822].map(lopdf::Object::from);
        page.set("MediaBox", corners.to_vec());
    }
    change(&mut contract);
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

/// Turned pages, of which the second has content that is no content: readers leave it out, and a
/// copy without it would not be what was sent.
fn unreadable_content() -> Vec<u8> {
    upside_down(&fixtures::contract(3), |contract| {
        let number = contract.add_object(7);
        let second = contract.get_pages()[&2];
        let page = contract.get_dictionary_mut(second).expect("a page");
        let contents = page.get(b"Contents").expect("content").clone();
        page.set("Contents", vec![contents, number.into()]);
    })
}

/// A draft that is ready but for its second document, which cannot be made straight.
async fn half_ready(desk: &Desk) -> DraftId {
    let draft = desk.draft("Contract", false).await;
    let file = desk.file("Lease.pdf", &unreadable_content());
    let import = desk.engine.import(Some(draft.clone()), &[file]).await;
    assert!(import.expect("an import").refused.is_empty(), "it opens");
    draft
}

fn not_straightened(draft: &Draft) -> Problem {
    let document = draft.documents[1].id.clone();
    Problem::NotStraightened { document }
}

#[tokio::test]
async fn what_cannot_be_made_straight_is_told_while_the_draft_is_prepared() {
    let mut desk = Desk::open().await;
    let draft = half_ready(&desk).await;
    let told = async |desk: &Desk| {
        let look = desk.engine.draft(&draft).await.expect("the draft");
        let is_told = look.problems.contains(&not_straightened(&look.draft));
        is_told.then_some(look.draft)
    };
    let look = desk.until("the problem", told).await;
    let sent = desk.engine.send_draft(&draft, look.revision, None).await;
    match sent {
        Err(Error::NotReady(problems)) => assert_eq!(problems, [not_straightened(&look)]),
        other => panic!("it was not refused for what is told: {other:?}"),
    }
    desk.close().await;
    desk.start_again();
    desk.until("the problem of a draft of another day", told)
        .await;
}

#[tokio::test]
async fn what_is_sent_at_once_and_cannot_be_made_straight_says_so() {
    let desk = Desk::open().await;
    let draft = half_ready(&desk).await;
    let look = desk.engine.stored_draft(&draft).await.expect("an answer");
    let look = look.expect("the draft");
    let sent = desk.engine.send_draft(&draft, look.revision, None).await;
    match sent {
        Err(Error::NotStraightened { document, name }) => {
            assert_eq!((&document, &*name), (&look.documents[1].id, "Lease"));
        }
        // It had been found out just before.
        Err(Error::NotReady(problems)) => assert_eq!(problems, [not_straightened(&look)]),
        other => panic!("it was not refused: {other:?}"),
    }
}

#[tokio::test]
async fn the_first_page_does_not_wait_until_all_are_straight() {
    let desk = Desk::without_account().await;
    let pages = upside_down(&fixtures::slow_pages(12, 10_000), |_| {});
    let file = desk.file("Lease.pdf", &pages);
    let before = desk.blobs();
    let import = desk.engine.import(None, &[file]).await.expect("an import");
    let draft = import.draft.expect("a draft");
    let draft = desk.engine.draft(&draft).await.expect("the draft").draft;
    let blob = &draft.documents[0].pages[0].blob;
    let address = PictureAddress::parse(&format!("/{blob}/0/600")).expect("an address");
    desk.engine.picture(address).await.expect("the first page");
    assert_eq!(desk.blobs(), before + 1, "the copy is not made yet");
}

#[tokio::test]
async fn straight_pages_are_not_copied() {
    let desk = Desk::open().await;
    let draft = desk.draft("Lease", false).await;
    let kept = desk.blobs();
    desk.send(&draft).await;
    assert_eq!(desk.blobs(), kept, "what was dropped is what is sent");
}
