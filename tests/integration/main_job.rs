//! From a draft to the filed, signed contract, and over a restart.

use crate::desk::{Desk, PLACES};
use paraph_domain::procedure::Status;
use paraph_domain::trouble::Trouble;
use paraph_engine::SettingsChange;
use paraph_engine::events::Place;
use paraph_store::FiledKind;
use std::fs;
use std::path::Path;

#[tokio::test]
async fn a_contract_is_sent_signed_announced_and_filed() {
    let mut desk = Desk::open().await;
    let draft = desk.draft("Lease 2026", true).await;
    let id = desk.send_whole(&draft).await;
    assert_eq!(
        desk.invited().await,
        ["ada@example.org"],
        "in order, the first is invited first"
    );
    assert!(
        desk.engine.drafts().await.expect("a list").is_empty(),
        "what was sent is no draft any more"
    );

    desk.sign(&id, 0).await;
    assert_eq!(
        desk.until_announced(1).await,
        ["Ada Durand signed “Lease 2026”"]
    );
    desk.sign(&id, 1).await;
    let procedure = desk.until_status(&id, Status::Completed).await;
    let files = desk
        .until("the files", async |desk| {
            let files = desk.engine.files_of(&id).await.expect("files");
            (files.len() == 2).then_some(files)
        })
        .await;
    assert_eq!(desk.engine.filing_trouble(&id), None::<Trouble>);

    let folder = desk.archive().join("Practice - no legal value");
    let named = |kind| {
        let file = files.iter().find(|file| file.what == kind).expect("a file");
        Path::new(&file.path).to_owned()
    };
    let signed = named(FiledKind::Signed);
    assert_eq!(signed, folder.join("Lease 2026 - signed.pdf"));
    assert_eq!(
        named(FiledKind::Proof),
        folder.join("Lease 2026 - proof.zip")
    );
    let bytes = std::fs::read(&signed).expect("the signed file");
    let opened = desk.pdf.open_bytes(bytes, None).await.expect("it opens");
    assert_eq!(opened.info().signatures, 2, "both signatures are in it");
    assert_eq!(opened.info().pages.len(), 3, "and every page");

    let marks = desk.engine.marks_of(&id).await.expect("marks");
    assert_eq!(marks.len(), 2, "each field is compared with its mark");
    for mark in marks {
        let difference = mark.difference.expect("the mark is found");
        assert!(difference <= 1.0, "{difference} points off: {mark:?}");
        assert!(
            PLACES.contains(&mark.asked),
            "the place asked for is the clerk's"
        );
    }

    desk.until_announced(3).await;
    desk.two_looks().await;
    let told = [
        "Ada Durand signed “Lease 2026”",
        "Ben Muller signed “Lease 2026”",
        "“Lease 2026” is complete",
    ];
    assert_eq!(desk.titles(), told, "each once");
    let opens = Place::Procedure {
        id: procedure.id.clone(),
    };
    assert!(
        desk.notices.iter().all(|notice| notice.place == opens),
        "a click opens the request"
    );

    desk.close().await;
    desk.start_again();
    desk.two_looks().await;
    assert_eq!(
        desk.titles(),
        [""; 0],
        "nothing is announced again after a restart"
    );
    assert_eq!(
        desk.procedures().await.len(),
        1,
        "the request is still there"
    );
    assert_eq!(
        desk.engine.files_of(&id).await.expect("files").len(),
        2,
        "and filed once"
    );
}

#[tokio::test]
async fn what_happened_while_paraph_was_off_is_told_once_and_summed_up() {
    let mut desk = Desk::open().await;
    let unsent = desk.draft("Not yet", false).await;
    let draft = desk.draft("Lease 2026", false).await;
    let id = desk.send_whole(&draft).await;
    let before = desk.engine.draft(&unsent).await.expect("a draft").draft;
    desk.close().await;
    for place in 0..2 {
        desk.sign(&id, place).await;
    }

    desk.start_again();
    desk.until_status(&id, Status::Completed).await;
    desk.until_announced(1).await;
    desk.two_looks().await;
    assert_eq!(
        desk.titles(),
        ["3 things happened while Paraph was off"],
        "one notice for all of it"
    );
    let after = desk.engine.draft(&unsent).await.expect("the draft").draft;
    assert_eq!(after, before, "drafts are as they were");

    desk.close().await;
    desk.start_again();
    desk.two_looks().await;
    assert_eq!(desk.titles(), [""; 0], "and not again");
}

#[tokio::test]
async fn what_another_process_queued_is_sent() {
    let mut desk = Desk::open().await;
    let draft = desk.draft("Lease 2026", false).await;
    desk.close().await;
    // Without a controller this handle only enqueues, as the command line beside a window does.
    let sending = desk.send(&draft).await;
    desk.start_again();
    desk.until_sent(&sending).await;
    let mut invited = desk.invited().await;
    invited.sort();
    assert_eq!(invited, ["ada@example.org", "ben@example.org"]);
}

#[tokio::test]
async fn results_that_could_not_be_filed_are_filed_where_the_clerk_says_then() {
    let mut desk = Desk::open().await;
    fs::write(desk.archive(), "a file in the place of the folder").expect("written");
    let draft = desk.draft("Lease", false).await;
    let id = desk.send_whole(&draft).await;
    desk.sign(&id, 0).await;
    desk.sign(&id, 1).await;
    desk.until("the trouble to be said", async |desk| {
        let trouble = desk.engine.filing_trouble(&id)?;
        matches!(trouble, Trouble::FolderUnwritable { .. }).then_some(())
    })
    .await;
    // Each try that fails doubles the pause, until it is longer than anybody waits here.
    for _ in 0..3 {
        let before = desk.seen("GET", "/files").await;
        desk.engine.refresh();
        desk.until("another try", async |desk| {
            (desk.seen("GET", "/files").await > before).then_some(())
        })
        .await;
    }
    let change = SettingsChange {
        archive_folder: Some(desk.archive().with_file_name("elsewhere")),
        ..SettingsChange::default()
    };
    desk.engine.change_settings(change).await.expect("set");
    desk.until("the signed file and the proof", async |desk| {
        let files = desk.engine.files_of(&id).await.expect("files");
        (files.len() == 2).then_some(())
    })
    .await;
    assert_eq!(desk.engine.filing_trouble(&id), None, "the trouble is over");
}
