//! Undo, refusal, stop.

use crate::desk::Desk;
use paraph_domain::draft::Draft;
use paraph_domain::procedure::Status;
use paraph_engine::{Error, SettingsChange};
use paraph_store::{DraftState, FiledKind};

#[tokio::test]
async fn undone_in_time_it_is_a_draft_again_and_nothing_has_left() {
    let mut desk = Desk::open().await;
    desk.set_undo_seconds(600).await;
    let draft = desk.draft("Lease", false).await;
    let before = desk.engine.draft(&draft).await.expect("a draft").draft;
    let sending = desk.send(&draft).await;
    let locked = desk.engine.draft(&draft).await.expect("a draft");
    assert_eq!(locked.state, DraftState::Sending);

    let back = desk
        .engine
        .undo_send(&sending.snapshot.id)
        .await
        .expect("in time");
    assert_eq!(back.state, DraftState::Editing);
    assert_eq!(back.draft, before, "as it was");
    desk.two_looks().await;
    assert_eq!(
        desk.seen("POST", "/procedures").await,
        0,
        "the provider has heard nothing of it"
    );

    desk.set_undo_seconds(0).await;
    let again = desk.send(&draft).await;
    desk.until_sent(&again).await;
    assert_eq!(desk.invited().await.len(), 2, "it can be sent afterwards");
    let late = desk.engine.undo_send(&again.snapshot.id).await;
    assert!(
        matches!(late, Err(Error::TooLateToUndo)),
        "what has left is not undone"
    );
}

#[tokio::test]
async fn a_refusal_is_told_and_its_reason_only_when_wanted() {
    for (wanted, title) in [
        (false, "Ben Muller refused “Lease”"),
        (true, "Ben Muller refused “Lease”: too expensive"),
    ] {
        let mut desk = Desk::open().await;
        let change = SettingsChange {
            refusal_reason_in_notices: Some(wanted),
            ..SettingsChange::default()
        };
        desk.engine.change_settings(change).await.expect("set");
        let draft = desk.draft("Lease", false).await;
        let id = desk.send_whole(&draft).await;
        desk.refuse(&id, 1, "too expensive").await;
        let procedure = desk.until_status(&id, Status::Declined).await;
        assert_eq!(
            procedure.participants[1].comment.as_deref(),
            Some("too expensive"),
            "the window can show the reason"
        );
        desk.until_announced(1).await;
        assert_eq!(desk.titles(), [title], "wanted: {wanted}");
    }
}

#[tokio::test]
async fn a_request_is_corrected_once_and_says_who_had_signed() {
    let mut desk = Desk::open().await;
    let sent = desk.draft("Lease", false).await;
    let id = desk.send_whole(&sent).await;
    desk.sign(&id, 0).await;
    desk.until_announced(1).await;

    let (first, second) = tokio::join!(desk.engine.correct(&id), desk.engine.correct(&id));
    let draft = first.expect("stopped").expect("a draft");
    assert_eq!(
        second.expect("stopped before"),
        Some(draft.clone()),
        "asked twice, one draft"
    );
    let procedure = desk.engine.procedure(&id).await.expect("the record");
    assert_eq!(procedure.status, Status::Canceled);

    let look = desk.engine.draft(&draft).await.expect("the correction");
    let was = desk.engine.draft(&sent).await.expect("what was sent").draft;
    assert_eq!(look.draft.corrects, Some(id.clone()));
    assert_eq!(look.draft.account, Some(procedure.account.clone()));
    let places = |draft: &Draft| -> Vec<_> {
        let fields = draft.fields.iter();
        fields
            .map(|field| (field.rect, field.kind.clone()))
            .collect()
    };
    assert_eq!(places(&look.draft), places(&was), "every field came along");

    let review = desk.engine.review(&draft).await.expect("a review");
    let correction = review.correction.expect("it takes another's place");
    assert_eq!(correction.name, "Lease");
    let done: Vec<_> = correction
        .done
        .iter()
        .map(|person| (person.name.as_str(), person.is_asked))
        .collect();
    assert_eq!(done, [("Ada Durand", true)], "she has to sign again");

    let again = desk.send_whole(&draft).await;
    let found = desk.engine.corrected_by(&procedure).await.expect("found");
    assert_eq!(found, Some((draft, Some(again))), "the old one leads on");
}

#[tokio::test]
async fn a_request_that_ended_is_corrected_without_its_provider() {
    let mut desk = Desk::open().await;
    let draft = desk.draft("Lease", false).await;
    let id = desk.send_whole(&draft).await;
    desk.refuse(&id, 1, "the wrong rent").await;
    desk.until_status(&id, Status::Declined).await;
    desk.stop_provider().await;
    let draft = desk.engine.correct(&id).await.expect("nobody is asked");
    let draft = draft.expect("a draft");
    let review = desk.engine.review(&draft).await.expect("a review");
    let correction = review.correction.expect("it takes another's place");
    assert!(correction.done.is_empty(), "who refused had not signed");
    let procedure = desk.engine.procedure(&id).await.expect("the record");
    assert_eq!(procedure.status, Status::Declined, "as it was");
}

#[tokio::test]
async fn what_everybody_signed_is_not_corrected() {
    let mut desk = Desk::open().await;
    let draft = desk.draft("Lease", false).await;
    let id = desk.send_whole(&draft).await;
    for place in 0..desk
        .engine
        .procedure(&id)
        .await
        .expect("it")
        .participants
        .len()
    {
        desk.sign(&id, place).await;
    }
    let none = desk.engine.correct(&id).await.expect("an answer");
    assert_eq!(none, None);
    let procedure = desk.engine.procedure(&id).await.expect("the record");
    assert_eq!(procedure.status, Status::Completed);
}

#[tokio::test]
async fn stopping_keeps_what_has_been_signed_and_the_record() {
    let mut desk = Desk::open().await;
    let draft = desk.draft("Lease", false).await;
    let id = desk.send_whole(&draft).await;
    desk.sign(&id, 0).await;
    desk.until_announced(1).await;
    desk.engine.stop(&id).await.expect("stopped");

    let procedure = desk.engine.procedure(&id).await.expect("the record");
    assert_eq!(procedure.status, Status::Canceled);
    let files = desk.engine.files_of(&id).await.expect("files");
    let signed = files.iter().find(|file| file.what == FiledKind::Signed);
    let bytes = std::fs::read(&signed.expect("the document").path).expect("a file");
    let opened = desk.pdf.open_bytes(bytes, None).await.expect("it opens");
    assert_eq!(opened.info().signatures, 1, "with the one signature it had");
    desk.two_looks().await;
    assert_eq!(
        desk.titles(),
        ["Ada Durand signed “Lease”"],
        "what the clerk did is not announced to the clerk"
    );
    assert_eq!(
        desk.procedures().await.len(),
        1,
        "the record stays, as canceled"
    );
}
