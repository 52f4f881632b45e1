//! What is refused, and where it says that the mistake is.

use crate::support::{Server, ada, ben, closed, file, text, three_pages};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// `base` with one key changed, or taken out where the value is the text "absent".
fn with(base: &Value, key: &str, value: Value) -> Value {
    let mut changed = base.clone();
    if value == json!("absent") {
        changed.as_object_mut().unwrap().remove(key);
    } else {
        changed[key] = value;
    }
    changed
}

async fn assert_table(server: &Server, route: &str, base: Value, table: &[(&str, Value)]) {
    for (key, value) in table {
        let reply = server.post(route, with(&base, key, value.clone())).await;
        let paths = reply.paths();
        let about = paths.iter().any(|path| {
            path == key
                || path.starts_with(&format!("{key}["))
                || path.starts_with(&format!("{key}."))
        });
        assert!(
            about,
            "{route} with {key} = {value} is wrong at {key}, not at {paths:?}"
        );
    }
    assert_eq!(
        server.post(route, base).await.status,
        201,
        "{route} takes what is right"
    );
}

#[tokio::test]
async fn procedures_are_checked() {
    let server = Server::start().await;
    let mail = |key: &str, value: Value| {
        let template = json!({ "to": ["@member"], "subject": "s", "message": "m" });
        json!({ "email": { "member.started": [with(&template, key, value)] } })
    };
    let table = [
        ("name", json!("absent")),
        ("name", json!("  ")),
        ("name", json!(7)),
        ("expiresAt", json!("tomorrow")),
        ("expiresAt", json!("2026-02-30")),
        ("ordered", json!("yes")),
        ("metadata", json!("x")),
        ("metadata", json!([1])),
        ("config", json!({ "email": { "member.strated": [] } })),
        ("config", mail("to", json!([]))),
        ("config", mail("to", json!(["@everybody"]))),
        ("config", mail("subject", json!(""))),
        ("config", mail("message", json!("absent"))),
        ("config", json!({ "reminders": [{ "interval": 0 }] })),
        ("config", json!({ "reminders": [{ "interval": 3_651 }] })),
        ("config", json!({ "reminders": [{ "interval": i64::MAX }] })),
        ("config", json!({ "reminders": [{ "limit": 91 }] })),
        ("config", json!({ "webhook": { "member.finished": [{}] } })),
        ("subscribers", json!([{ "email": "nobody" }])),
    ];
    assert_table(
        &server,
        "/procedures",
        json!({ "name": "Lease", "start": false }),
        &table,
    )
    .await;
}

#[tokio::test]
async fn members_are_checked() {
    let server = Server::start().await;
    let draft = server
        .draft(json!({ "name": "Lease", "start": false }), &[])
        .await;
    let base = with(&ada(), "procedure", json!(draft.id));
    let unknown = "/procedures/00000000-0000-4000-8000-000000000000";
    let table = [
        ("procedure", json!("absent")),
        ("procedure", json!(unknown)),
        ("firstname", json!("")),
        ("lastname", json!("absent")),
        ("email", json!("absent")),
        ("email", json!("ada@example")),
        ("phone", json!("absent")),
        ("phone", json!("12")),
        ("phone", json!("0612")),
        ("type", json!("observer")),
        ("position", json!("first")),
        ("operationLevel", json!("high")),
        ("operationCustomModes", json!(["fax"])),
        ("operationCustomModes", json!(["inwebo"])),
        ("user", json!("/users/00000000-0000-4000-8000-000000000000")),
    ];
    assert_table(&server, "/members", base, &table).await;
    let long = "x".repeat(151);
    let config = with(
        &with(&ada(), "procedure", json!(draft.id)),
        "operationModeSmsConfig",
        json!({ "content": long }),
    );
    assert_eq!(
        server.post("/members", config).await.paths(),
        ["operationModeSmsConfig"]
    );
}

#[tokio::test]
async fn files_are_checked() {
    let server = Server::start().await;
    let draft = server
        .draft(json!({ "name": "Lease", "start": false }), &[])
        .await;
    let base64 = |bytes: &[u8]| json!(STANDARD.encode(bytes));
    let prefixed = format!(
        "data:application/pdf;base64,{}",
        STANDARD.encode(three_pages())
    );
    let mut truncated = three_pages();
    truncated.truncate(30);
    let table = [
        ("name", json!("absent")),
        ("content", json!("absent")),
        ("content", json!("")),
        ("content", json!("not base64!")),
        ("content", json!(prefixed)),
        ("content", base64(b"hello")),
        ("content", base64(&truncated)),
        ("content", base64(&closed())),
        ("content", base64(&vec![b'x'; 1_000_001])),
        ("type", json!("image")),
        ("position", json!("top")),
        (
            "procedure",
            json!("/procedures/00000000-0000-4000-8000-000000000000"),
        ),
    ];
    assert_table(&server, "/files", file(&draft.id), &table).await;
    let attachment =
        json!({ "name": "plan.txt", "type": "attachment", "content": base64(b"hello") });
    assert_eq!(
        server.post("/files", attachment.clone()).await.paths(),
        ["procedure"]
    );
    let attached = server
        .create("/files", with(&attachment, "procedure", json!(draft.id)))
        .await;
    assert_eq!(
        server.bytes(&attached).await,
        b"hello",
        "attachments stay as they are"
    );
    let huge = vec![b'x'; 3_000_000];
    let reply = server
        .post("/files", with(&file(&draft.id), "content", base64(&huge)))
        .await;
    assert_eq!(
        reply.status, 413,
        "a body beyond every document is not read to its end"
    );
}

#[tokio::test]
async fn places_are_checked_against_the_real_document() {
    let server = Server::start().await;
    let draft = server
        .draft(json!({ "name": "Lease", "start": false }), &[ada()])
        .await;
    let other = server
        .draft(json!({ "name": "Other", "start": false }), &[ben()])
        .await;
    let base = json!({
        "file": draft.file, "member": draft.members[0], "page": 3, "position": "0,0,595,842",
    });
    let table = [
        ("file", json!("absent")),
        ("file", json!("/files/00000000-0000-4000-8000-000000000000")),
        ("file", json!(other.file)),
        ("member", json!("absent")),
        (
            "member",
            json!("/members/00000000-0000-4000-8000-000000000000"),
        ),
        ("page", json!(4)),
        ("page", json!(-1)),
        ("page", json!("2")),
        ("position", json!(null)),
        ("position", json!("1,2,3")),
        ("position", json!("1.5,2,30,40")),
        ("position", json!("-1,2,30,40")),
        ("position", json!("30,2,1,40")),
        ("position", json!("10,10,10,40")),
        ("position", json!("500,10,700,40")),
        ("type", json!("image")),
        ("fieldName", json!("Signature1")),
        ("fontSize", json!(21)),
        ("fontFamily", json!("comic")),
        ("fontColor", json!("1,2,256")),
        ("content", json!("x".repeat(256))),
    ];
    assert_table(&server, "/file_objects", base, &table).await;
    let invisible = json!({ "file": draft.file, "member": draft.members[0], "page": 0 });
    assert_eq!(
        server.post("/file_objects", invisible).await.status,
        201,
        "page 0 is invisible"
    );
}

#[tokio::test]
async fn a_start_needs_people_with_something_to_sign() {
    let server = Server::start().await;
    let nobody = json!({ "name": "Lease" });
    assert!(
        server
            .post("/procedures", nobody)
            .await
            .paths()
            .contains(&"members".to_owned())
    );
    let draft = server
        .draft(json!({ "name": "Lease", "start": false }), &[ada()])
        .await;
    let second = server
        .create("/members", with(&ben(), "procedure", json!(draft.id)))
        .await;
    let reply = server.put(&draft.id, json!({ "start": true })).await;
    assert_eq!(reply.paths(), ["members[1].fileObjects"]);
    assert_eq!(server.delete(&second).await.status, 204);
    let past = server
        .put(
            &draft.id,
            json!({ "start": true, "expiresAt": "2026-03-02" }),
        )
        .await;
    assert_eq!(
        past.paths(),
        ["expiresAt"],
        "this very day has begun already"
    );
    let read = server.get(&draft.id).await.json();
    assert_eq!(
        read["expiresAt"],
        Value::Null,
        "a refused start changes nothing"
    );
    server.start_procedure(&draft.id).await;
}

#[tokio::test]
async fn what_is_no_json_or_no_route_is_said_so() {
    let server = Server::start().await;
    let url = format!("{}/procedures", server.base);
    for body in ["{", "[1]", "\"x\"", "\u{feff}"] {
        let request = server.http.post(&url).bearer_auth(&server.key).body(body);
        assert_eq!(request.send().await.unwrap().status(), 400, "{body:?}");
    }
    assert_eq!(server.get("/procedures/../etc").await.status, 404);
    for path in [
        "/nowhere",
        "/procedures/1",
        "/members/x",
        "/files/%2e%2e",
        "/v3/signature_requests",
    ] {
        assert_eq!(server.get(path).await.status, 404, "{path}");
    }
    let upper = text(&server.get("/users").await.json()[0]["id"]).to_uppercase();
    assert_eq!(
        server.get(&upper).await.status,
        404,
        "ids are what was given, letter by letter"
    );
    assert_eq!(server.call("PATCH", "/procedures", None).await.status, 405);
}
