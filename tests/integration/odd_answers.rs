//! Answers that mislead: a request that seems to be gone, a key of somebody else's, a provider that
//! cannot be reached for good.

use crate::desk::Desk;
use paraph_domain::procedure::Status;
use paraph_domain::sending::Delivery;
use paraph_domain::trouble::Trouble;
use paraph_engine::Error;
use paraph_engine::accounts::Keep;
use paraph_store::DraftState;
use serde_json::json;

#[tokio::test]
async fn one_answer_that_a_request_is_gone_does_not_end_it() {
    let mut desk = Desk::open().await;
    let draft = desk.draft("Lease", false).await;
    let id = desk.send_whole(&draft).await;
    desk.two_looks().await;
    let gone = |times: u32| {
        json!({
            "method": "GET", "path": "/procedures/*", "times": times,
            "action": {"kind": "answer", "status": 404},
        })
    };
    desk.fault(&gone(1)).await;
    desk.two_looks().await;
    let still = desk.engine.procedure(&id).await.expect("the request");
    assert_eq!(still.status, Status::InProgress, "one odd answer is no end");
    assert!(desk.titles().is_empty(), "and nothing is announced");

    desk.fault(&gone(2)).await;
    desk.until_status(&id, Status::Canceled).await;
    assert_eq!(
        desk.until_announced(1).await,
        ["“Lease” was stopped"],
        "two in a row are believed"
    );
}

#[tokio::test]
async fn a_key_that_does_not_know_the_account_s_requests_is_refused() {
    let mut desk = Desk::without_account().await;
    let access = desk.access().clone();
    let account = desk
        .add_company(access.key.clone())
        .await
        .expect("an account")
        .account
        .id;
    desk.set_undo_seconds(0).await;
    let draft = desk.draft("Lease", false).await;
    desk.send_whole(&draft).await;
    let strange = json!({
        "method": "GET", "path": "/procedures/*", "times": 1000,
        "action": {"kind": "answer", "status": 404},
    });
    desk.fault(&strange).await;
    let replaced = desk
        .engine
        .replace_key(&account, access.key.clone(), Keep::ForThisRun)
        .await;
    assert!(
        matches!(replaced, Err(Error::KeyOfAnother)),
        "every request would look as if somebody had deleted it"
    );
    desk.clear_faults().await;
    desk.engine
        .replace_key(&account, access.key, Keep::ForThisRun)
        .await
        .expect("a key that knows them is taken");
    assert!(
        desk.keychain.is_empty(),
        "a key for this run leaves none in the keychain"
    );
}

#[tokio::test]
async fn waiting_can_be_ended_and_the_draft_comes_back_even_without_its_account() {
    let mut desk = Desk::open().await;
    let draft = desk.draft("Lease", false).await;
    desk.stop_provider().await;
    let sending = desk.send(&draft).await.snapshot;
    let until = async |desk: &mut Desk, delivery, trouble: Option<Trouble>| {
        let what = format!("{delivery:?} with {trouble:?}");
        desk.until(&what, async |desk| {
            let now = desk.engine.sending(&sending.id).await.expect("the sending");
            (now.delivery == delivery && now.trouble == trouble).then_some(())
        })
        .await;
    };
    until(&mut desk, Delivery::Sending, Some(Trouble::Offline)).await;
    desk.engine.stop_trying(&sending.id).await.expect("stopped");
    until(&mut desk, Delivery::Failed, Some(Trouble::Offline)).await;

    desk.engine
        .remove_account(&sending.account)
        .await
        .expect("nothing is being sent with it");
    desk.engine
        .resume_sending(&sending.id)
        .await
        .expect("resumed");
    until(&mut desk, Delivery::Failed, Some(Trouble::AccountRemoved)).await;

    let back = desk
        .engine
        .abandon_sending(&sending.id)
        .await
        .expect("nobody can have been invited");
    assert_eq!(back.state, DraftState::Editing);
    assert_eq!(back.draft.fields, sending.draft.fields, "as it was");
}
