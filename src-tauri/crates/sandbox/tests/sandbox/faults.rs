//! Faults on demand, and the record of what was asked.

use crate::support::{Server, ada};
use serde_json::{Value, json};

async fn names(server: &Server) -> usize {
    server
        .get("/procedures")
        .await
        .json()
        .as_array()
        .unwrap()
        .len()
}

#[tokio::test]
async fn each_fault_strikes_once_and_has_its_own_effect() {
    let server = Server::start().await;
    let body = json!({ "name": "Lease", "start": false });
    // (action, whether the answer arrives and with which status, whether the effect happens)
    let cases = [
        (json!({ "kind": "drop_before" }), None, false),
        (json!({ "kind": "drop_after" }), None, true),
        (json!({ "kind": "cut", "bytes": 10 }), None, true),
        (json!({ "kind": "answer", "status": 500 }), Some(500), false),
        (
            json!({ "kind": "answer", "status": 502, "after": true }),
            Some(502),
            true,
        ),
        (json!({ "kind": "garbage" }), Some(200), true),
        (json!({ "kind": "delay", "millis": 1 }), Some(201), true),
    ];
    let mut expected = 0;
    for (action, status, has_effect) in cases {
        let fault = json!({ "method": "POST", "path": "/procedures", "action": action });
        assert_eq!(server.post("/_sandbox/faults", fault).await.status, 204);
        let outcome = server
            .try_call("POST", "/procedures", Some(body.clone()))
            .await;
        assert_eq!(
            outcome.ok().map(|reply| reply.status.as_u16()),
            status,
            "{action}"
        );
        expected += usize::from(has_effect);
        assert_eq!(
            names(&server).await,
            expected,
            "whether {action} has an effect"
        );
        assert_eq!(
            server.post("/procedures", body.clone()).await.status,
            201,
            "{action} is over"
        );
        expected += 1;
    }
}

#[tokio::test]
async fn faults_choose_their_requests() {
    let server = Server::start().await;
    let draft = server
        .draft(json!({ "name": "Lease", "start": false }), &[ada()])
        .await;
    let fault = json!({
        "method": "GET", "path": "/procedures/*", "skip": 1, "times": 2,
        "action": { "kind": "answer", "status": 429, "headers": { "Retry-After": "7" } },
    });
    assert_eq!(server.post("/_sandbox/faults", fault).await.status, 204);
    assert_eq!(
        server.get("/procedures").await.status,
        200,
        "the list is not meant"
    );
    assert_eq!(
        server.get(&draft.id).await.status,
        200,
        "the first is let through"
    );
    for _ in 0..2 {
        let reply = server.get(&draft.id).await;
        assert_eq!(
            (reply.status.as_u16(), &reply.headers["retry-after"]),
            (429, &"7".parse().unwrap())
        );
    }
    assert_eq!(
        server.get(&draft.id).await.status,
        200,
        "twice was asked for"
    );

    let forever = json!({ "times": 1000, "action": { "kind": "answer", "status": 500 } });
    server.post("/_sandbox/faults", forever).await;
    assert_eq!(server.get("/users").await.status, 500);
    assert_eq!(server.delete("/_sandbox/faults").await.status, 204);
    assert_eq!(
        server.get("/users").await.status,
        200,
        "faults can be taken back"
    );
    let nonsense = json!({ "action": { "kind": "explode" } });
    assert!(
        server
            .post("/_sandbox/faults", nonsense)
            .await
            .status
            .is_client_error()
    );
}

#[tokio::test]
async fn requests_are_remembered_without_their_files_and_keys() {
    let server = Server::start().await;
    let draft = server
        .draft(json!({ "name": "Lease", "start": false }), &[])
        .await;
    let seen = server.get("/_sandbox/requests").await;
    assert!(
        !seen.text.contains(&server.key),
        "the key is not remembered"
    );
    let seen = seen.json();
    let paths: Vec<String> = seen
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            format!(
                "{} {}",
                one["method"].as_str().unwrap(),
                one["path"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(paths, ["POST /procedures", "POST /files"]);
    let content = seen[1]["body"]["content"].as_str().unwrap();
    assert!(
        content.ends_with(" characters)"),
        "a file's content is left out: {content}"
    );
    assert_eq!(seen[1]["body"]["procedure"], json!(draft.id));
    assert_eq!(server.delete("/_sandbox/requests").await.status, 204);
    assert_eq!(
        server.get("/_sandbox/requests").await.json(),
        Value::Array(Vec::new())
    );
}
