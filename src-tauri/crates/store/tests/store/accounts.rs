use crate::support::{Home, account, at};
use paraph_store::Error;

#[tokio::test]
async fn accounts_survive_a_restart_as_they_were() {
    let home = Home::new();
    let mut changed = account("a");
    home.store.accounts().insert(&account("b")).await.unwrap();
    home.store.accounts().insert(&changed).await.unwrap();
    changed.name = "Étude".to_owned();
    changed.base_url = Some("http://127.0.0.1:4000".to_owned());
    changed.follow_all = true;
    changed.keep_key = false;
    home.store.accounts().update(&changed).await.unwrap();

    let home = home.restarted();
    let listed = home.store.accounts().list().await.unwrap();
    assert_eq!(
        listed,
        [changed.clone(), account("b")],
        "nothing of an account is lost"
    );
    assert_eq!(
        home.store.accounts().get(&changed.id).await.unwrap(),
        Some(changed)
    );
}

#[tokio::test]
async fn what_an_account_is_never_changes() {
    let home = Home::new();
    let original = account("a");
    home.store.accounts().insert(&original).await.unwrap();
    let mut turned = original.clone();
    turned.environment = paraph_domain::capabilities::Environment::Live;
    turned.kind = paraph_domain::capabilities::ProviderKind::Practice;
    home.store.accounts().update(&turned).await.unwrap();
    assert_eq!(
        home.store.accounts().get(&original.id).await.unwrap(),
        Some(original),
        "a test account does not turn into a live one"
    );
}

#[tokio::test]
async fn an_account_that_is_sending_cannot_be_deleted() {
    let home = Home::new();
    let account = account("account");
    home.store.accounts().insert(&account).await.unwrap();
    let sending = home.queued("s").await;
    let refused = home.store.accounts().delete(&account.id).await;
    assert!(
        matches!(refused, Err(Error::InUse)),
        "its key is still needed: {refused:?}"
    );

    home.store
        .outbox()
        .undo(&sending.snapshot.id)
        .await
        .unwrap();
    assert!(
        home.store.accounts().delete(&account.id).await.unwrap(),
        "an idle account can go"
    );
    assert!(
        !home.store.accounts().delete(&account.id).await.unwrap(),
        "it goes once"
    );
    assert!(home.store.accounts().list().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_unknown_account_is_not_found() {
    let home = Home::new();
    let unknown = account("nobody");
    assert_eq!(home.store.accounts().get(&unknown.id).await.unwrap(), None);
    let updated = home.store.accounts().update(&unknown).await;
    assert!(
        matches!(updated, Err(Error::NotFound("account"))),
        "{updated:?}"
    );
    home.store
        .fetch_status()
        .record_success(&unknown.id, at(0))
        .await
        .expect("news that come in after the account was removed are no error");
}
