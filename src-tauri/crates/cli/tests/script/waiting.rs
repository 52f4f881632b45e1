//! `send --wait`: a script that goes on with what came of it.

use crate::fixtures;
use crate::user::{User, send_command};
use paraph_pdf::{FoundKind, Pdf, PdfOptions};
use serde_json::{Value, json};

const TEXT: &str = "signer=1,page=1,x=72,y=700,w=180,h=24,kind=text,size=9";

#[tokio::test]
async fn a_script_waits_for_a_signed_contract_with_a_text_in_it() {
    let user = User::with_practice().await;
    let file = user.file("Lease.pdf", &fixtures::contract(2));
    let command = send_command(&file, &["--field", TEXT, "--wait"]);
    let signing = async {
        let ada = user.invited().await;
        let objects = ada["fileObjects"].as_array().expect("fields");
        let text = objects.iter().find(|object| object["type"] == "text");
        let text = text.expect("the text field was sent");
        assert_eq!(text["fontSize"], 9, "{text}");
        let id = text["id"].as_str().expect("an id");
        let how = json!({ "texts": { id: "Lyon" } });
        user.act(&ada["id"], "sign", how).await;
    };
    let (sent, ()) = tokio::join!(user.json(0, &command), signing);
    let files = sent["request"]["files"].as_array().expect("files");
    let signed = files.iter().find(|file| file["what"] == "signed");
    let path = signed.expect("the signed file is filed")["path"].clone();
    let bytes = std::fs::read(path.as_str().expect("a path")).expect("the file");
    let pdf = Pdf::start(PdfOptions::default()).expect("the PDF worker");
    let document = pdf.open_bytes(bytes, None).await.expect("it opens");
    let marks = document.find_marks().await.expect("its marks");
    let written = FoundKind::Text {
        value: "Lyon".to_owned(),
    };
    assert!(marks.iter().any(|mark| mark.kind == written), "{marks:?}");
}

#[tokio::test]
async fn a_refusal_is_told_in_one_object() {
    let user = User::with_practice().await;
    let file = user.file("Lease.pdf", &fixtures::contract(2));
    let command = send_command(&file, &["--wait"]);
    let refusing = async {
        let ada = user.invited().await;
        let how = json!({ "comment": "too dear" });
        user.act(&ada["id"], "refuse", how).await;
    };
    let (sent, ()) = tokio::join!(user.json(5, &command), refusing);
    assert_eq!(sent["error"]["code"], "not_completed", "{sent}");
    assert_eq!(sent["request"]["status"]["status"], "declined", "{sent}");
    assert_eq!(sent["sending"]["delivery"], "sent", "{sent}");
}

#[tokio::test]
async fn results_that_cannot_be_filed_are_a_failure() {
    let user = User::with_practice().await;
    let file = user.file("Lease.pdf", &fixtures::contract(2));
    let documents = user.folder.path().join("home/Documents");
    std::fs::create_dir_all(&documents).expect("a folder");
    std::fs::write(documents.join("Paraph"), "in the way").expect("a file");
    let command = send_command(&file, &["--wait"]);
    let signing = async { user.sign(&user.invited().await["id"]).await };
    let (sent, ()) = tokio::join!(user.json(6, &command), signing);
    assert_eq!(sent["error"]["code"], "not_filed", "{sent}");
    assert_eq!(sent["request"]["files"], Value::Array(Vec::new()), "{sent}");
}
