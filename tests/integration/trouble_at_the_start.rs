//! No network, a wrong key, a provider in trouble: said, nothing lost, and over by itself.

use crate::desk::Desk;
use paraph_domain::sending::Delivery;
use paraph_domain::trouble::Trouble;
use paraph_engine::Error;
use paraph_providers::error::Error as ProviderError;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

/// What is said of the last try to reach the first account.
async fn said(desk: &Desk) -> Option<Trouble> {
    let accounts = desk.engine.accounts().await.expect("accounts");
    let error = accounts[0].fetched.last_error.clone()?;
    Some(serde_json::from_value(error).expect("a trouble"))
}

async fn until_said(desk: &mut Desk, wanted: fn(&Trouble) -> bool) {
    desk.until("the trouble to be said", async |desk| {
        said(desk).await.filter(wanted)
    })
    .await;
}

async fn until_well(desk: &mut Desk) {
    desk.until("the trouble to be over", async |desk| {
        said(desk).await.is_none().then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_provider_in_trouble_is_named_and_asked_again() {
    type Case = (&'static str, Value, fn(&Trouble) -> bool);
    let cases: [Case; 3] = [
        ("500", json!({"kind": "answer", "status": 500}), |trouble| {
            matches!(trouble, Trouble::ProviderTrouble { status: 500 })
        }),
        (
            "429",
            json!({"kind": "answer", "status": 429, "headers": {"Retry-After": "1"}}),
            |trouble| matches!(trouble, Trouble::ProviderBusy { .. }),
        ),
        ("no answer", json!({"kind": "drop_before"}), |trouble| {
            matches!(trouble, Trouble::Offline)
        }),
    ];
    for (name, action, wanted) in cases {
        let mut desk = Desk::open().await;
        let draft = desk.draft("Lease", false).await;
        desk.close().await;
        let fault = json!({"method": "GET", "times": 1000, "action": action});
        desk.fault(&fault).await;
        desk.start_again();
        until_said(&mut desk, wanted).await;
        let drafts = desk.engine.drafts().await.expect("drafts");
        assert_eq!(drafts[0].id, draft, "{name}: nothing is lost");
        desk.clear_faults().await;
        until_well(&mut desk).await;
        desk.send_whole(&draft).await;
        assert_eq!(desk.invited().await.len(), 2, "{name}: and work goes on");
    }
}

#[tokio::test]
async fn without_a_connection_a_sending_waits_and_goes_on_by_itself() {
    let mut desk = Desk::open().await;
    let draft = desk.draft("Lease", false).await;
    desk.close().await;
    desk.stop_provider().await;
    desk.start_again();
    until_said(&mut desk, |trouble| *trouble == Trouble::Offline).await;

    let sending = desk.send(&draft).await;
    let id = sending.snapshot.id.clone();
    desk.until("the sending to wait", async |desk| {
        let sending = desk.engine.sending(&id).await.expect("the sending");
        let waits = sending.delivery == Delivery::Sending && sending.next_try.is_some();
        (waits && sending.trouble == Some(Trouble::Offline)).then_some(())
    })
    .await;
    desk.start_provider().await;
    desk.until_sent(&sending).await;
    assert_eq!(desk.invited().await.len(), 2, "each is invited once");
    until_well(&mut desk).await;
}

#[tokio::test]
async fn a_sending_waits_as_long_as_the_provider_asks() {
    let mut desk = Desk::open().await;
    let draft = desk.draft("Lease", false).await;
    let fault = json!({
        "method": "POST", "path": "/procedures",
        "action": {"kind": "answer", "status": 429, "headers": {"Retry-After": "2"}},
    });
    desk.fault(&fault).await;
    let sending = desk.send(&draft).await;
    desk.until_sent(&sending).await;
    assert_eq!(desk.invited().await.len(), 2);
    assert_eq!(
        desk.seen("POST", "/procedures").await,
        2,
        "it was asked once more, and no more"
    );
}

#[tokio::test]
async fn a_key_that_is_refused_is_not_kept() {
    let desk = Desk::without_account().await;
    let added = desk.add_company("wrong".into()).await;
    assert!(
        matches!(added, Err(Error::Provider(ProviderError::Unauthorized))),
        "the caller is told that the key is wrong"
    );
    assert!(desk.keychain.is_empty(), "no key is kept");
    let accounts = desk.engine.accounts().await.expect("accounts");
    assert!(accounts.is_empty(), "and no account");
}

#[tokio::test]
async fn started_with_a_wrong_key_it_says_so_and_recovers_with_the_right_one() {
    let mut desk = Desk::without_account().await;
    let access = desk.access().clone();
    let added = desk
        .add_company(access.key.clone())
        .await
        .expect("an account");
    desk.set_undo_seconds(0).await;
    let draft = desk.draft("Lease", false).await;
    desk.close().await;
    desk.keychain.put(&added.account.id, "revoked");
    desk.start_again();
    until_said(&mut desk, |trouble| *trouble == Trouble::KeyRejected).await;
    let drafts = desk.engine.drafts().await.expect("drafts");
    assert_eq!(drafts[0].id, draft, "nothing is lost");

    desk.keychain
        .put(&added.account.id, access.key.expose_secret());
    until_well(&mut desk).await;
    desk.send_whole(&draft).await;
    assert_eq!(desk.invited().await.len(), 2, "and work goes on");
}
