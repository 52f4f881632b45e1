//! The main job by the command line, as a script does it: send, sign in practice, look, files.

use crate::fixtures;
use crate::user::{ADA, User, send_command};
use paraph_store::{DataLock, Store};
use serde_json::Value;
use std::path::{Path, PathBuf};

const BEN: &str = "Ben Muller <ben@example.org> +33612345679";

#[tokio::test]
async fn a_script_sends_a_contract_and_gets_it_back_signed() {
    let user = User::with_practice().await;
    let file = user.file("Lease.pdf", &fixtures::contract(2));
    let more = [
        "--title",
        "Lease 2026",
        "--signer",
        BEN,
        "--field",
        "signer=2,page=2,x=323,y=640,w=180,h=50",
        "--ordered",
        "--deadline",
        "2099-12-31",
    ];
    let sent = user.json(0, &send_command(&file, &more)).await;
    assert_eq!(sent["sending"]["delivery"], "sent", "{sent}");
    assert_eq!(sent["request"]["name"], "Lease 2026");
    let people = &sent["request"]["people"];
    for place in 0..2 {
        user.sign(&people[place]["id"]).await;
    }

    let id = sent["request"]["id"].as_str().expect("an id");
    let status = user.json(0, &["status", id]).await;
    let request = &status["requests"][0];
    assert_eq!(request["status"]["status"], "completed", "{status}");
    let files: Vec<_> = request["files"].as_array().expect("files").to_vec();
    let named = |what: &str| {
        let file = files.iter().find(|file| file["what"] == what);
        PathBuf::from(file.expect("a file")["path"].as_str().expect("a path"))
    };
    let home = user.folder.path().join("home");
    let archive = home.join("Documents/Paraph/Practice - no legal value");
    assert_eq!(named("signed"), archive.join("Lease - signed.pdf"));
    assert_eq!(named("proof"), archive.join("Lease 2026 - proof.zip"));
    let bytes = std::fs::read(named("signed")).expect("the signed file");
    let signatures = bytes.windows(10).filter(|part| part == b"/ByteRange");
    assert_eq!(signatures.count(), 2, "both signatures are in it");
    assert!(is_file(&named("proof")));

    let sending = sent["sending"]["id"].as_str().expect("an id");
    let by_sending = user.json(0, &["status", sending]).await;
    assert_eq!(by_sending, status, "the sending's id finds it too");
    let output = user.run("en_GB.UTF-8", &["status"]).await;
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("“Lease 2026” – Completed") && said.contains("Ben Muller <ben@example.org>"),
        "people read sentences: {said}"
    );
    let accounts = user.json(0, &["accounts"]).await;
    assert_eq!(accounts[0]["environment"], "practice");
}

fn is_file(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|it| it.is_file() && it.len() > 0)
}

#[tokio::test]
async fn while_another_paraph_has_the_folder_it_only_enqueues() {
    let user = User::with_practice().await;
    let file = user.file("Lease.pdf", &fixtures::contract(2));
    let lock = DataLock::try_acquire(&user.data()).expect("the folder");
    assert!(lock.is_some());
    let queued = user.json(0, &send_command(&file, &[])).await;
    assert_eq!(queued["sending"]["delivery"], "queued");
    assert_eq!(queued["request"], Value::Null);

    drop(lock);
    let id = queued["sending"]["id"].as_str().expect("an id");
    let more = ["--title", "Another"];
    let sent = user.json(0, &send_command(&file, &more)).await;
    assert_eq!(sent["sending"]["delivery"], "sent");
    let status = user.json(0, &["status", id]).await;
    assert_eq!(
        status["requests"][0]["sending"], id,
        "whoever has the folder next sends it: {status}"
    );
}

#[tokio::test]
async fn what_cannot_be_sent_is_said_and_leaves_no_draft() {
    let user = User::with_practice().await;
    let good = user.file("Lease.pdf", &fixtures::contract(2));
    let bad = user.file("Photo.pdf", &fixtures::jpeg());
    let no_phone = "Cy Noir <cy@example.org>";
    let place = "signer=2,page=1,x=72,y=600,w=180,h=50";
    let far = "signer=1,page=9,x=72,y=600,w=180,h=50";
    let cases: [(Vec<&str>, i32, &str, &str); 6] = [
        (send_command(&bad, &[]), 3, "files_refused", "Photo.pdf"),
        (
            send_command(&good, &[bad.as_str()]),
            3,
            "files_refused",
            "Photo.pdf",
        ),
        (
            send_command(&good, &["--signer", no_phone, "--field", place]),
            3,
            "not_ready",
            "Cy Noir",
        ),
        (
            send_command(&good, &["--signer", "Cy"]),
            2,
            "bad_signer",
            "Cy",
        ),
        (
            send_command(&good, &["--field", far]),
            2,
            "no_such_page",
            "9",
        ),
        (
            vec![
                "send",
                &good,
                "--signer",
                ADA,
                "--field",
                place,
                "--account",
                "nowhere",
            ],
            3,
            "no_such_account",
            "nowhere",
        ),
    ];
    for (arguments, code, word, named) in cases {
        let answer = user.json(code, &arguments).await;
        assert_eq!(answer["error"]["code"], word, "{answer}");
        let sentences = answer["error"]["sentences"].to_string();
        assert!(sentences.contains(named), "{sentences} names {named}");
    }
    let store = Store::open(&user.data()).expect("the store");
    let drafts = store.drafts().list().await.expect("drafts");
    assert!(drafts.is_empty(), "half-made drafts do not pile up");

    let arguments = send_command(&good, &["--signer", "Cy"]);
    let output = user.run("fr_FR.UTF-8", &arguments).await;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("« Cy » ne désigne pas une personne"),
        "in the reader's language: {said}"
    );
}

#[tokio::test]
async fn the_practice_server_is_served_once_and_found_by_others() {
    let user = User::with_practice().await;
    let found = user.json(0, &["sandbox"]).await;
    let sandbox = user.sandbox.as_ref().expect("a practice server");
    assert_eq!(found["serves"], false, "another process serves it");
    assert_eq!(found["base_url"], sandbox.base_url.as_str());
    assert_eq!(found["mailbox_url"], sandbox.mailbox_url.as_str());
}
