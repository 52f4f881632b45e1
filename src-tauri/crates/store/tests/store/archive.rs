use crate::support::{Home, account, at, procedure};
use paraph_domain::draft::Purpose;
use paraph_domain::geometry::Rect;
use paraph_domain::ids::{FieldId, ProcedureId};
use paraph_domain::procedure::{RemoteDocument, Status};
use paraph_store::{Error, FieldMark, FiledFile, FiledKind};

fn filed(document: Option<&str>, what: FiledKind) -> FiledFile {
    FiledFile {
        procedure: ProcedureId::new("p"),
        remote_document: document.map(str::to_owned),
        what,
        path: "/home/ada/Documents/Paraph/Bail - signé.pdf".to_owned(),
        sha256: "0".repeat(64),
        bytes: 48_000,
        filed_at: at(5),
    }
}

#[tokio::test]
async fn each_result_is_filed_once() {
    let home = Home::new();
    let mut request = procedure("p");
    request.documents = ["/files/1", "/files/2", "/files/annex"]
        .map(|id| RemoteDocument {
            remote_id: id.to_owned(),
            name: id.to_owned(),
            purpose: if id == "/files/annex" {
                Purpose::Attachment
            } else {
                Purpose::ToSign
            },
        })
        .to_vec();
    home.store.procedures().upsert(&request).await.unwrap();
    let archive = home.store.archive();

    let missing = archive.missing(&request.id).await.unwrap();
    let names: Vec<_> = missing
        .documents
        .iter()
        .map(|d| d.remote_id.as_str())
        .collect();
    assert_eq!(
        names,
        ["/files/1", "/files/2"],
        "attachments are not signed"
    );
    assert!(missing.proof);

    let first = filed(Some("/files/1"), FiledKind::Signed);
    assert!(archive.insert(&first).await.unwrap());
    let mut elsewhere = first.clone();
    elsewhere.path = "/elsewhere.pdf".to_owned();
    assert!(
        !archive.insert(&elsewhere).await.unwrap(),
        "the same result is not filed twice"
    );
    let proof = filed(None, FiledKind::Proof);
    assert!(archive.insert(&proof).await.unwrap());
    assert!(!archive.insert(&proof).await.unwrap(), "nor is the proof");

    let home = home.restarted();
    let archive = home.store.archive();
    assert_eq!(archive.of(&request.id).await.unwrap(), [first, proof]);
    let missing = archive.missing(&request.id).await.unwrap();
    assert_eq!(missing.documents, request.documents[1..2]);
    assert!(!missing.proof);
}

#[tokio::test]
async fn what_completed_and_is_not_filed_is_found_after_a_restart() {
    let home = Home::new();
    let mut request = procedure("p");
    let known = account(&request.account.0);
    home.store.accounts().insert(&known).await.unwrap();
    home.store.procedures().upsert(&request).await.unwrap();
    assert!(
        home.store.archive().pending().await.unwrap().is_empty(),
        "it is still open"
    );
    request.status = Status::Completed;
    home.store.procedures().upsert(&request).await.unwrap();
    let home = home.restarted();
    assert_eq!(
        home.store.archive().pending().await.unwrap(),
        [request.clone()]
    );
    home.store.accounts().delete(&known.id).await.unwrap();
    assert!(
        home.store.archive().pending().await.unwrap().is_empty(),
        "what a removed account completed cannot be fetched any more"
    );
    home.store.accounts().insert(&known).await.unwrap();
    home.store
        .archive()
        .mark_complete(&request.id, at(9))
        .await
        .unwrap();
    home.store.procedures().upsert(&request).await.unwrap();
    assert!(
        home.store.archive().pending().await.unwrap().is_empty(),
        "a later look does not file it again"
    );
}

#[tokio::test]
async fn nothing_is_filed_of_an_unknown_request() {
    let home = Home::new();
    let archive = home.store.archive();
    assert!(
        archive
            .insert(&filed(None, FiledKind::Proof))
            .await
            .is_err()
    );
    let missing = archive.missing(&ProcedureId::new("p")).await;
    assert!(
        matches!(missing, Err(Error::NotFound("procedure"))),
        "{missing:?}"
    );
    let marked = archive.mark_complete(&ProcedureId::new("p"), at(1)).await;
    assert!(
        matches!(marked, Err(Error::NotFound("procedure"))),
        "{marked:?}"
    );
}

#[tokio::test]
async fn marks_are_kept_in_reading_order_and_replaced() {
    let home = Home::new();
    let request = home.procedure("p").await;
    let mark = |field: &str, page, y, found: Option<f64>| {
        let rect = |x| Rect {
            x,
            y,
            w: 120.0,
            h: 40.0,
        };
        FieldMark {
            field: FieldId::new(field),
            remote_document: "/files/1".to_owned(),
            page,
            asked: rect(100.0),
            found: found.map(rect),
            difference: found.map(|x| x - 100.0),
        }
    };
    let archive = home.store.archive();
    let marks = [
        mark("a", 10, 5.0, None),
        mark("b", 2, 99.5, None),
        mark("c", 2, 100.0, None),
    ];
    archive.record_marks(&request.id, &marks).await.unwrap();
    let found = mark("a", 10, 5.0, Some(100.4));
    archive
        .record_marks(&request.id, std::slice::from_ref(&found))
        .await
        .unwrap();
    let home = home.restarted();
    assert_eq!(
        home.store.archive().marks(&request.id).await.unwrap(),
        [marks[1].clone(), marks[2].clone(), found],
        "page 2 before page 10, top before bottom, the last finding of each"
    );
}
