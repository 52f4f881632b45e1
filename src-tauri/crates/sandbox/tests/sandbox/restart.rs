//! What survives a restart.

use crate::support::{DAY, Server, client, clock, pdf};
use paraph_sandbox::{Config, Sandbox, StartError};
use serde_json::json;
use std::sync::Arc;

/// Stops the server and starts it again on the same folder.
async fn restarted(server: Server) -> Server {
    let Server {
        sandbox,
        folder,
        clock,
        ..
    } = server;
    sandbox.stop().await;
    Server::start_in(folder, clock, true).await
}

#[tokio::test]
async fn state_port_and_key_stay() {
    let server = Server::start().await;
    let draft = server.started(true).await;
    assert_eq!(server.sign(&draft.members[0]).await.status, 204);
    let before = server.get(&draft.id).await.json();
    let bytes = server.bytes(&draft.file).await;
    let (base, key, users) = (
        server.base.clone(),
        server.key.clone(),
        server.get("/users").await.text,
    );

    let server = restarted(server).await;
    assert_eq!(server.base, base, "the port is kept");
    assert_eq!(server.key, key, "the key is kept");
    assert_eq!(
        server.get("/users").await.text,
        users,
        "the account is the same"
    );
    assert_eq!(server.get(&draft.id).await.json(), before);
    assert!(
        server.bytes(&draft.file).await == bytes,
        "documents are kept byte for byte"
    );
    assert_eq!(
        server.sign(&draft.members[1]).await.status,
        204,
        "signing goes on"
    );
    let document = pdf()
        .open_bytes(server.bytes(&draft.file).await, None)
        .await
        .unwrap();
    assert_eq!(document.info().signatures, 2);
}

#[tokio::test]
async fn a_moved_clock_stays_moved() {
    let server = Server::start().await;
    let moved = server
        .post("/_sandbox/clock", json!({ "seconds": DAY }))
        .await
        .json();
    assert_eq!(moved, json!({ "now": "2026-03-03T09:15:00Z" }));
    let server = restarted(server).await;
    assert_eq!(server.get("/_sandbox/clock").await.json(), moved);
}

#[tokio::test]
async fn a_taken_port_is_given_up_for_another_which_is_kept() {
    let server = Server::start().await;
    let Server {
        sandbox,
        folder,
        clock,
        base,
        ..
    } = server;
    sandbox.stop().await;
    let taken = std::net::TcpListener::bind(base.strip_prefix("http://").unwrap()).unwrap();
    let server = Server::start_in(folder, clock, true).await;
    let second = server.base.clone();
    assert_ne!(second, base, "a taken port is not waited for");
    drop(taken);
    let server = restarted(server).await;
    assert_eq!(server.base, second, "the new port is the kept one now");
}

#[tokio::test]
async fn a_folder_has_one_server_and_a_named_port_is_that_port() {
    let server = Server::start().await;
    let second = Sandbox::start(Config::new(server.folder.path(), pdf())).await;
    assert!(
        matches!(second, Err(StartError::InUse)),
        "two servers must not share a folder"
    );

    let other = tempfile::TempDir::new().unwrap();
    let mut config = Config::new(other.path(), pdf());
    config.port = server.base.rsplit(':').next().unwrap().parse().ok();
    let taken = Sandbox::start(config).await;
    assert!(
        matches!(taken, Err(StartError::Port(_))),
        "a port that was asked for is not changed"
    );
}

#[tokio::test]
async fn a_stopped_server_answers_nobody() {
    let server = Server::start().await;
    let Server {
        sandbox, base, key, ..
    } = server;
    sandbox.stop().await;
    let refused = client()
        .get(format!("{base}/users"))
        .bearer_auth(key)
        .send()
        .await;
    assert!(refused.unwrap_err().is_connect());
}

#[cfg(unix)]
#[tokio::test]
async fn the_folder_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let server = Server::start_in(
        tempfile::TempDir::new().unwrap(),
        Arc::clone(&clock()),
        false,
    )
    .await;
    let mode = std::fs::metadata(server.folder.path())
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(
        mode & 0o777,
        0o700,
        "other users of the machine see nothing"
    );
}
