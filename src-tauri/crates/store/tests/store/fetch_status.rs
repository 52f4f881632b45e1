use crate::support::{Home, account, at};
use paraph_store::FetchStatus;
use serde_json::json;

#[tokio::test]
async fn a_failed_try_keeps_the_last_success_and_a_success_clears_the_error() {
    let home = Home::new();
    let account = account("a");
    home.store.accounts().insert(&account).await.unwrap();
    let statuses = home.store.fetch_status();
    assert_eq!(
        statuses.get(&account.id).await.unwrap(),
        FetchStatus::default(),
        "never asked"
    );

    let trouble = json!({ "trouble": "offline" });
    statuses
        .record_failure(&account.id, at(1), &trouble)
        .await
        .unwrap();
    let expected = FetchStatus {
        last_try: Some(at(1)),
        last_success: None,
        last_error: Some(trouble.clone()),
    };
    assert_eq!(statuses.get(&account.id).await.unwrap(), expected);

    statuses.record_success(&account.id, at(2)).await.unwrap();
    let expected = FetchStatus {
        last_try: Some(at(2)),
        last_success: Some(at(2)),
        last_error: None,
    };
    assert_eq!(statuses.get(&account.id).await.unwrap(), expected);

    statuses
        .record_failure(&account.id, at(3), &trouble)
        .await
        .unwrap();
    let home = home.restarted();
    let expected = FetchStatus {
        last_try: Some(at(3)),
        last_success: Some(at(2)),
        last_error: Some(trouble),
    };
    assert_eq!(
        home.store.fetch_status().get(&account.id).await.unwrap(),
        expected,
        "\"as of 14:32\" still holds while the network is away"
    );
}

#[tokio::test]
async fn an_account_takes_its_status_along() {
    let home = Home::new();
    let account = account("a");
    home.store.accounts().insert(&account).await.unwrap();
    home.store
        .fetch_status()
        .record_success(&account.id, at(1))
        .await
        .unwrap();
    home.store.accounts().delete(&account.id).await.unwrap();
    home.store.accounts().insert(&account).await.unwrap();
    let status = home.store.fetch_status().get(&account.id).await.unwrap();
    assert_eq!(
        status,
        FetchStatus::default(),
        "a new account was never asked"
    );
}
