//! What the vendor's documentation and live replies tell, route by route.

use crate::support::{DAY, Server, ada, ben, file, person, text, three_pages};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The keys stand in `raw` one after the other.
fn assert_key_order(raw: &str, keys: &[&str]) {
    let mut rest = raw;
    for key in keys {
        let wanted = format!("\"{key}\":");
        let place = rest.find(&wanted);
        let place = place.unwrap_or_else(|| panic!("{key} is missing or too early in {raw}"));
        rest = &rest[place + wanted.len()..];
    }
}

fn is_iri(value: &Value, collection: &str) -> bool {
    let id = value
        .as_str()
        .and_then(|id| id.strip_prefix(&format!("/{collection}/")));
    id.is_some_and(|id| uuid::Uuid::try_parse(id).is_ok_and(|uuid| uuid.get_version_num() == 4))
}

#[tokio::test]
async fn the_account_can_be_looked_at() {
    let server = Server::start().await;
    assert_eq!(server.key.len(), 32, "keys have 32 hexadecimal digits");
    assert!(
        server
            .key
            .bytes()
            .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    );

    let users = server.get("/users").await;
    assert_eq!(users.status, 200);
    assert_eq!(
        users.headers.get("content-type").unwrap(),
        "application/json"
    );
    assert!(
        users.text.contains("\\/users\\/"),
        "slashes are escaped: {}",
        users.text
    );
    assert!(
        users.text.contains("\"config\":[]"),
        "an empty map is written as a list"
    );
    let user = &users.json()[0];
    assert!(is_iri(&user["id"], "users"));
    assert_eq!(server.get(&text(&user["id"])).await.json(), *user);
    for (path, collection) in [
        ("/workspaces", "workspaces"),
        ("/organizations", "organizations"),
    ] {
        let reply = server.get(path).await;
        assert_eq!(reply.status, 200);
        assert!(
            is_iri(&reply.json()[0]["id"], collection),
            "{path} is a plain list"
        );
    }
}

#[tokio::test]
async fn a_request_without_the_key_is_unauthorized() {
    let server = Server::start().await;
    let wrong = format!("Bearer {}", "0".repeat(32));
    let given = [
        None,
        Some("Bearer "),
        Some(wrong.as_str()),
        Some("Basic eDp5"),
    ];
    for authorization in given {
        for path in [
            "/users",
            "/procedures",
            "/files/x/download",
            "/procedures/1/proof",
        ] {
            let mut request = server.http.get(format!("{}{path}", server.base));
            if let Some(authorization) = authorization {
                request = request.header("authorization", authorization);
            }
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), 401, "{path} with {authorization:?}");
            let body: Value = response.json().await.unwrap();
            assert!(
                body["error"].is_string() && body["error_description"].is_string(),
                "{body}"
            );
        }
    }
}

#[tokio::test]
async fn the_advanced_way_has_the_observed_codes_and_shapes() {
    let server = Server::start().await;
    let created = server
        .post(
            "/procedures",
            json!({
                "name": "Bail – été", "start": false, "ordered": true, "expiresAt": "2026-04-30",
                "metadata": { "paraph": "7" },
            }),
        )
        .await;
    assert_eq!(created.status, 201);
    assert_key_order(
        &created.text,
        &[
            "id",
            "name",
            "description",
            "createdAt",
            "updatedAt",
            "finishedAt",
            "expiresAt",
            "status",
            "creator",
            "creatorFirstName",
            "creatorLastName",
            "workspace",
            "template",
            "ordered",
            "parent",
            "metadata",
            "config",
            "members",
            "subscribers",
            "files",
            "relatedFilesEnable",
            "archive",
            "archiveMetadata",
            "fields",
            "permissions",
        ],
    );
    let procedure = created.json();
    assert!(is_iri(&procedure["id"], "procedures"));
    assert_eq!(procedure["status"], "draft");
    assert_eq!(
        procedure["createdAt"], "2026-03-02T10:15:00+01:00",
        "French offset, no milliseconds"
    );
    assert_eq!(
        procedure["expiresAt"], "2026-04-30T00:00:00+02:00",
        "midnight that begins the day"
    );
    assert_eq!(procedure["metadata"], json!({ "paraph": "7" }));
    assert_eq!(
        procedure["config"],
        json!([]),
        "an empty map is written as a list"
    );
    for absent in ["description", "finishedAt", "creator", "parent"] {
        assert_eq!(
            procedure[absent],
            Value::Null,
            "{absent} is null, not left out"
        );
    }
    let id = text(&procedure["id"]);

    let uploaded = server.post("/files", file(&id)).await;
    assert_eq!(uploaded.status, 201);
    assert_key_order(
        &uploaded.text,
        &[
            "id",
            "name",
            "type",
            "contentType",
            "description",
            "createdAt",
            "updatedAt",
            "sha256",
            "metadata",
            "workspace",
            "creator",
            "protected",
            "position",
            "parent",
        ],
    );
    let document = uploaded.json();
    assert_eq!(
        document["sha256"],
        hex::encode(Sha256::digest(three_pages())),
        "of what was sent"
    );
    let file_id = text(&document["id"]);
    assert_eq!(
        server.get(&file_id).await.json(),
        document,
        "reading gives what creating gave"
    );

    let mut person = ada();
    person["procedure"] = json!(id);
    person["phone"] = json!("06 12 34 56 78");
    let member = server.post("/members", person).await;
    assert_eq!(member.status, 201, "the spec says 200, the real server 201");
    assert_key_order(
        &member.text,
        &[
            "id",
            "user",
            "type",
            "firstname",
            "lastname",
            "email",
            "phone",
            "position",
            "createdAt",
            "updatedAt",
            "finishedAt",
            "status",
            "fileObjects",
            "procedure",
            "comment",
            "notificationsEmail",
            "operationLevel",
            "operationCustomModes",
            "operationModeSmsConfig",
            "parent",
        ],
    );
    let member = member.json();
    assert_eq!(
        member["phone"], "+33612345678",
        "French numbers are normalised"
    );
    assert_eq!(
        (&member["position"], &member["status"]),
        (&json!(1), &json!("pending"))
    );
    let member_id = text(&member["id"]);

    let place = server
        .post(
            "/file_objects",
            json!({
                "file": file_id, "member": member_id, "page": 2, "position": "230,499,464,589",
                "mention": "Lu et approuvé",
            }),
        )
        .await;
    assert_eq!(place.status, 201, "the spec says 200, the real server 201");
    let place = place.json();
    assert_eq!(
        place["file"],
        json!(file_id),
        "the reply to creating names the file"
    );
    assert_eq!(
        place["member"]["id"],
        json!(member_id),
        "and embeds the member"
    );
    let place_id = text(&place["id"]);
    let read = server.get(&place_id).await.json();
    assert_eq!(
        read["position"], "230,499,464,589",
        "positions come back as they were sent"
    );

    let started = server.put(&id, json!({ "start": true })).await;
    assert_eq!(
        (started.status.as_u16(), &started.json()["status"]),
        (200, &json!("active"))
    );
    let read = server.get(&id).await.json();
    assert_eq!(read, started.json());
    assert_eq!(
        read["members"][0]["fileObjects"][0]["file"], read["files"][0],
        "files are nested whole"
    );
    assert!(
        read["members"][0].get("procedure").is_none(),
        "nested members do not name it"
    );

    let listed = server.get(&format!("/members?procedure={id}")).await.json();
    assert_eq!(listed[0]["id"], json!(member_id));
    let gone = server.delete(&id).await;
    assert_eq!(
        (gone.status.as_u16(), gone.text.as_str()),
        (204, ""),
        "deleting answers nothing"
    );
    for path in [&id, &file_id, &member_id, &place_id] {
        let reply = server.get(path).await;
        assert_eq!(reply.status, 404, "{path} goes with its procedure");
        assert_eq!(
            reply.headers.get("content-type").unwrap(),
            "application/problem+json"
        );
        assert!(reply.json()["detail"].is_string());
    }
}

#[tokio::test]
async fn the_basic_way_starts_at_once() {
    let server = Server::start().await;
    let upload = json!({ "name": "lease.pdf", "content": STANDARD.encode(three_pages()) });
    let file_id = server.create("/files", upload).await;
    let mut ada = ada();
    ada["fileObjects"] = json!([{ "file": file_id, "page": 1, "position": "72,100,272,160" }]);
    let body = json!({ "name": "Lease", "members": [ada] });
    let procedure = server.post("/procedures", body.clone()).await;
    assert_eq!(procedure.status, 201, "{}", procedure.text);
    let procedure = procedure.json();
    assert_eq!(
        procedure["status"], "active",
        "start is true unless said otherwise"
    );
    assert_eq!(
        procedure["files"][0]["id"],
        json!(file_id),
        "the file now belongs to it"
    );

    let again = server.post("/procedures", body).await;
    assert_eq!(
        again.paths(),
        ["members[0].fileObjects[0].file"],
        "a file has one procedure"
    );
    let all = server.get("/procedures").await.json();
    assert_eq!(
        all.as_array().unwrap().len(),
        1,
        "nothing is kept of a refused procedure"
    );
    let copy = server
        .post(&format!("{file_id}/duplicate"), json!({}))
        .await;
    assert_eq!(
        (copy.status.as_u16(), &copy.json()["parent"]),
        (201, &json!(file_id))
    );
}

#[tokio::test]
async fn a_download_is_a_quoted_string_unless_raw_bytes_are_asked_for() {
    let server = Server::start().await;
    let draft = server
        .draft(json!({ "name": "Lease", "start": false }), &[])
        .await;
    let quoted = server.get(&format!("{}/download", draft.file)).await;
    assert!(quoted.text.starts_with('"'), "a JSON string");
    let decoded = STANDARD.decode(text(&quoted.json())).unwrap();
    let raw = server.bytes(&draft.file).await;
    assert!(decoded == raw, "both ways give the same bytes");
    let document = crate::support::pdf().open_bytes(raw, None).await.unwrap();
    assert_eq!(document.info().pages.len(), 3);
    for page in 0..3 {
        let runs = document.text(page).await.unwrap();
        let words: String = runs.iter().map(|run| run.text.as_str()).collect();
        assert!(
            words.contains("NO LEGAL VALUE"),
            "page {page} is stamped: {words:?}"
        );
        assert!(
            words.contains("SANS VALEUR JURIDIQUE"),
            "page {page}: {words:?}"
        );
    }
}

#[tokio::test]
async fn drafts_can_be_changed_and_started_requests_cannot() {
    let server = Server::start().await;
    let draft = server
        .draft(json!({ "name": "Lease", "start": false }), &[ada()])
        .await;
    let read = server.get(&draft.id).await.json();
    let place = text(&read["members"][0]["fileObjects"][0]["id"]);

    let changes = [
        (
            &draft.id,
            json!({ "name": "Longer lease" }),
            "name",
            json!("Longer lease"),
        ),
        (
            &draft.members[0],
            json!({ "lastname": "Nieto" }),
            "lastname",
            json!("Nieto"),
        ),
        (
            &place,
            json!({ "position": "10,10,90,60" }),
            "position",
            json!("10,10,90,60"),
        ),
        (
            &draft.file,
            json!({ "content": STANDARD.encode(three_pages()) }),
            "name",
            json!("lease.pdf"),
        ),
    ];
    for (path, body, key, expected) in &changes {
        let reply = server.put(path, body.clone()).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text);
        assert_eq!(reply.json()[key], *expected);
    }
    let kept = server.get(&draft.id).await.json();
    assert_eq!(
        kept["members"][0]["firstname"], "Ada",
        "what a change does not name stays"
    );

    server.start_procedure(&draft.id).await;
    for (path, body, _, _) in changes {
        assert_eq!(
            server.put(path, body).await.status,
            400,
            "{path} is not a draft's any more"
        );
    }
    for path in [&draft.members[0], &place, &draft.file] {
        assert_eq!(
            server.delete(path).await.status,
            400,
            "{path} cannot be taken out"
        );
    }
    let second = server.put(&draft.id, json!({ "start": true })).await;
    assert_eq!(second.status, 400, "a second start is refused");
    let counted = server.get("/_sandbox/invitations").await.json();
    assert_eq!(counted[0]["starts"], 1, "people are invited once");
}

#[tokio::test]
async fn parts_of_a_draft_can_be_taken_out() {
    let server = Server::start().await;
    let draft = server
        .draft(json!({ "name": "Lease", "start": false }), &[ada(), ben()])
        .await;
    let read = server.get(&draft.id).await.json();
    let place = text(&read["members"][0]["fileObjects"][0]["id"]);
    for path in [&place, &draft.members[1], &draft.file] {
        assert_eq!(server.delete(path).await.status, 204, "{path}");
        assert_eq!(server.get(path).await.status, 404, "{path}");
    }
    let read = server.get(&draft.id).await.json();
    assert_eq!(read["members"].as_array().unwrap().len(), 1);
    assert_eq!(read["files"], json!([]));
}

#[tokio::test]
async fn a_template_is_duplicated_with_new_ids_and_its_parents() {
    let server = Server::start().await;
    let template = json!({ "name": "Lease", "start": false, "template": true });
    let draft = server.draft(template, &[ada()]).await;
    assert_eq!(
        server
            .put(&draft.id, json!({ "start": true }))
            .await
            .paths(),
        ["template"]
    );
    let copy = server
        .post(&format!("{}/duplicate", draft.id), json!({ "start": true }))
        .await;
    assert_eq!(copy.status, 201, "{}", copy.text);
    let copy = copy.json();
    assert_eq!(
        (&copy["template"], &copy["status"]),
        (&json!(false), &json!("active"))
    );
    assert_eq!(copy["parent"], json!(draft.id));
    assert_eq!(copy["files"][0]["parent"], json!(draft.file));
    assert_eq!(copy["members"][0]["parent"], json!(draft.members[0]));
    assert_ne!(copy["members"][0]["id"], json!(draft.members[0]));
    let place = &copy["members"][0]["fileObjects"][0];
    assert_eq!(
        place["file"]["id"], copy["files"][0]["id"],
        "places lie on the copied file"
    );
}

#[tokio::test]
async fn a_deadline_ends_a_request_when_the_day_begins() {
    let server = Server::start().await;
    let procedure = json!({ "name": "Lease", "start": false, "expiresAt": "2026-03-04" });
    let draft = server.draft(procedure, &[ada()]).await;
    server.start_procedure(&draft.id).await;
    server.clock.advance(DAY + 13 * 60 * 60);
    assert_eq!(
        server.status(&draft.id).await,
        "active",
        "23:15 the day before"
    );
    server.clock.advance(60 * 60);
    assert_eq!(
        server.status(&draft.id).await,
        "expired",
        "midnight has passed"
    );
    assert_eq!(
        server.sign(&draft.members[0]).await.status,
        409,
        "nobody can sign any more"
    );
}

#[tokio::test]
async fn proofs_exist_once_somebody_has_signed() {
    let server = Server::start().await;
    let procedure = json!({ "name": "Lease\nforged: line", "start": false });
    let draft = server
        .draft(procedure, &[person("Ada", "Martin", "custom"), ben()])
        .await;
    server.start_procedure(&draft.id).await;
    let (ada, ben) = (&draft.members[0], &draft.members[1]);
    for path in [ada, ben, &draft.id] {
        assert_eq!(
            server.get(&format!("{path}/proof")).await.status,
            404,
            "{path} too early"
        );
    }
    assert_eq!(server.sign(ada).await.status, 204);
    assert_eq!(
        server.get(&format!("{ben}/proof")).await.status,
        404,
        "Ben has not signed"
    );
    let proof = server.get(&format!("{ada}/proof")).await.json();
    let proof = String::from_utf8(STANDARD.decode(text(&proof)).unwrap()).unwrap();
    let original = hex::encode(Sha256::digest(three_pages()));
    let signed = hex::encode(Sha256::digest(server.bytes(&draft.file).await));
    for part in [
        "NO LEGAL VALUE",
        "Ada Martin",
        "code by e-mail",
        "127.0.0.1",
        "2026-03-02T10:15:00+01:00",
        &original,
        &signed,
    ] {
        assert!(proof.contains(part), "the proof says {part}: {proof}");
    }
    assert!(
        !proof.contains("\nforged"),
        "a name cannot write a line of its own: {proof}"
    );

    let sealed = server.get(&format!("{ada}/proof?format=pdf")).await.json();
    let sealed = STANDARD.decode(text(&sealed)).unwrap();
    let document = crate::support::pdf()
        .open_bytes(sealed, None)
        .await
        .unwrap();
    assert_eq!(document.info().signatures, 1, "the PDF proof is sealed");

    let zip = server.get(&format!("{}/proof", draft.id)).await.json();
    let zip = STANDARD.decode(text(&zip)).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
    assert_eq!(zip.len(), 1, "one proof per member who is done");
    let mut inside = String::new();
    std::io::Read::read_to_string(&mut zip.by_index(0).unwrap(), &mut inside).unwrap();
    assert_eq!(inside, proof);
}
