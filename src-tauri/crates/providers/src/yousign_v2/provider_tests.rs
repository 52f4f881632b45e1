use super::vendor::provider;
use super::*;
use crate::scripted::{Reply, Scripted};
use jiff::civil::date;
use paraph_domain::procedure::Status;
use serde_json::json;

async fn answering(reply: Reply) -> Scripted {
    Scripted::start(move |_, _| reply.clone()).await
}

fn bytes(body: &[u8]) -> Reply {
    Reply::Answer {
        status: 200,
        headers: Vec::new(),
        body: body.to_vec(),
    }
}

#[tokio::test]
async fn the_first_user_who_is_not_deleted_stands_for_the_key() {
    let identity = |name: &str, email: &str, organisation: Option<&str>| Identity {
        name: name.to_owned(),
        email: email.to_owned(),
        organisation: organisation.map(str::to_owned),
    };
    let cases = [
        (
            json!([
                {"firstname": "Old", "email": "old@example.org", "deleted": true},
                {"firstname": "Lea", "lastname": "Roy", "email": "lea@example.org", "deleted": null,
                 "workspaces": [{"name": ""}, {"id": "/workspaces/1", "name": "Acme"}]},
            ]),
            identity("Lea Roy", "lea@example.org", Some("Acme")),
        ),
        (
            json!([null, {"email": "x@example.org", "workspaces": []}]),
            identity("", "x@example.org", None),
        ),
        (json!([]), identity("", "", None)),
    ];
    for (users, expected) in cases {
        let server = answering(Reply::json(200, &users)).await;
        let found = provider(&server, Environment::Live).identify().await;
        assert_eq!(found, Ok(expected), "{users}");
        assert_eq!(server.lines(), ["GET /users"]);
    }
    let server = answering(Reply::json(401, &json!({"error": "invalid_grant"}))).await;
    let refused = provider(&server, Environment::Live).identify().await;
    assert_eq!(refused, Err(Error::Unauthorized));
    let server = answering(bytes(b"<html>Welcome to the hotel</html>")).await;
    let captive = provider(&server, Environment::Live).identify().await;
    assert!(
        matches!(captive, Err(Error::Unexpected { .. })),
        "a login page is no answer"
    );
}

#[tokio::test]
async fn lists_are_asked_for_by_page_and_one_bad_entry_loses_nothing_else() {
    let server = answering(
        Reply::json(
            200,
            &json!([{"id": "/procedures/1"}, {"id": 7}, null, {"id": "/procedures/2", "status": "active"}]),
        )
        .with("X-Yousign-Pagination-TotalItems", "350")
        .with("X-Yousign-Pagination-Page-Current", "3")
        .with("X-Yousign-Pagination-Page-Last", "4"),
    )
    .await;
    let provider = provider(&server, Environment::Live);
    let query = ListQuery {
        status: Some(ListStatus::Open),
        created_since: Some(date(2026, 3, 1)),
    };
    let listed = provider.list(&query, 3).await.unwrap();
    let ids: Vec<&str> = listed
        .procedures
        .iter()
        .map(|p| p.remote_id.as_str())
        .collect();
    assert_eq!(ids, ["/procedures/1", "/procedures/2"]);
    assert!(listed.more, "page 3 of 4");
    assert!(!provider.list(&query, 4).await.unwrap().more, "page 4 of 4");
    let drafts = ListQuery {
        status: Some(ListStatus::Draft),
        created_since: None,
    };
    provider.list(&drafts, 0).await.unwrap();
    let common = "GET /procedures?order%5BcreatedAt%5D=desc&pagination=true&itemsPerPage=30";
    assert_eq!(
        server.lines(),
        [
            format!("{common}&page=3&status=active&createdAt%5Bafter%5D=2026-03-01"),
            format!("{common}&page=4&status=active&createdAt%5Bafter%5D=2026-03-01"),
            format!("{common}&page=1&status=draft"),
        ]
    );
}

#[tokio::test]
async fn without_headers_a_full_page_means_more() {
    for (count, more) in [(29, false), (30, true)] {
        let entries: Vec<_> = (0..count)
            .map(|n| json!({"id": format!("/procedures/{n}")}))
            .collect();
        let server = answering(Reply::json(200, &entries.into())).await;
        let listed = provider(&server, Environment::Live)
            .list(&ListQuery::default(), 1)
            .await;
        assert_eq!(listed.unwrap().more, more, "{count} entries");
    }
}

#[tokio::test]
async fn a_page_of_large_procedures_is_read() {
    let long = "x".repeat(300_000);
    let entries: Vec<_> = (0..30)
        .map(|n| json!({"id": format!("/procedures/{n}"), "description": long}))
        .collect();
    let server = answering(Reply::json(200, &entries.into())).await;
    let provider = provider(&server, Environment::Live);
    let listed = provider.list(&ListQuery::default(), 1).await;
    assert_eq!(
        listed.map(|it| it.procedures.len()),
        Ok(30),
        "a page that is refused would be refused every time"
    );
}

#[tokio::test]
async fn a_procedure_that_is_gone_reads_as_none() {
    let server = answering(Reply::status(404)).await;
    assert_eq!(
        provider(&server, Environment::Live)
            .read("/procedures/1")
            .await,
        Ok(None)
    );
    let server = answering(Reply::json(
        200,
        &json!({"id": "/procedures/1", "status": "active"}),
    ))
    .await;
    let read = provider(&server, Environment::Live)
        .read("/procedures/1")
        .await
        .unwrap();
    assert_eq!(
        read.map(|procedure| procedure.status),
        Some(Status::InProgress)
    );
}

#[tokio::test]
async fn ids_that_could_lead_elsewhere_are_not_asked_for() {
    let server = answering(Reply::json(200, &json!({}))).await;
    let provider = provider(&server, Environment::Live);
    let odd = [
        "",
        "/",
        "//evil.example",
        "/procedures",
        "/procedures/",
        "/procedures/../users",
        "/procedures/1/proof",
        "/procedures/1?x",
        "/procedures/1#x",
        "http://evil.example/1",
        "/procedures/é",
        "/Procedures/1",
    ];
    for id in odd {
        assert_eq!(provider.read(id).await, Ok(None), "{id:?}");
        assert_eq!(provider.download(id).await, Err(Error::NotFound), "{id:?}");
        assert_eq!(
            provider.cancel(id).await,
            Ok(()),
            "{id:?} is as good as gone"
        );
        assert_eq!(provider.signing_link(id), None, "{id:?}");
    }
    assert!(server.seen().is_empty(), "nothing was asked");
}

#[tokio::test]
async fn downloads_come_raw_or_as_quoted_base64() {
    let good: [(&[u8], &[u8]); 5] = [
        (b"%PDF-1.7 \xff\x00\"", b"%PDF-1.7 \xff\x00\""),
        (br#""JVBERi0xLjc=""#, b"%PDF-1.7"),
        (br#" "JVBERi0xLjc" "#, b"%PDF-1.7"),
        (br#""\/\/4\/""#, b"\xff\xfe\x3f"),
        (br#""JVBE\nRi0x\r\nLjc=""#, b"%PDF-1.7"),
    ];
    for (body, expected) in good {
        let server = answering(bytes(body)).await;
        let file = provider(&server, Environment::Live)
            .download("/files/1")
            .await;
        assert_eq!(
            file.as_deref(),
            Ok(expected),
            "{:?}",
            String::from_utf8_lossy(body)
        );
        assert_eq!(server.lines(), ["GET /files/1/download?alt=media"]);
    }
    for body in [&b""[..], br#""""#, br#""not base64!""#, br#""JVBE"#] {
        let server = answering(bytes(body)).await;
        let file = provider(&server, Environment::Live)
            .download("/files/1")
            .await;
        assert!(
            matches!(file, Err(Error::Unexpected { .. })),
            "{:?} must not be filed: {file:?}",
            String::from_utf8_lossy(body)
        );
    }
}

#[tokio::test]
async fn a_download_that_breaks_off_is_never_taken_for_whole() {
    let cut = |text: &str| Reply::Raw(text.as_bytes().to_vec());
    for reply in [
        cut("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n%PDF-1.7 half"),
        cut("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n%PDF-1.7\r\n"),
    ] {
        let server = answering(reply).await;
        let file = provider(&server, Environment::Live)
            .download("/files/1")
            .await;
        assert_eq!(file, Err(Error::AnswerLost));
    }
}

#[tokio::test]
async fn the_proof_is_fetched_where_there_is_one() {
    for (body, ending) in [
        (br#""UEsDBA==""#.as_slice(), "zip"),
        (br#""JVBERi0xLjc=""#, "pdf"),
        (b"Proof of signature", "txt"),
    ] {
        for environment in [Environment::Practice, Environment::Live] {
            let server = answering(bytes(body)).await;
            let proof = provider(&server, environment)
                .proof("/procedures/1")
                .await
                .unwrap();
            assert_eq!(proof.map(|proof| proof.ending), Some(ending));
            assert_eq!(server.lines(), ["GET /procedures/1/proof"]);
        }
    }
    let server = answering(Reply::status(500)).await;
    let staging = provider(&server, Environment::Test);
    assert_eq!(
        staging.proof("/procedures/1").await,
        Ok(None),
        "staging makes none"
    );
    assert!(!staging.capabilities().proof);
    assert!(server.seen().is_empty(), "and is not asked");
}

#[tokio::test]
async fn a_reminder_is_sent_once_with_its_words_to_whose_turn_it_is() {
    let words = Mail {
        subject: "Reminder".to_owned(),
        message: "Still waiting.".to_owned(),
    };
    let server = answering(Reply::status(204)).await;
    let live = provider(&server, Environment::Live);
    let reminded = live.remind("/procedures/1", &words, "Sign").await;
    assert_eq!(reminded, Ok(()));
    let seen = server.seen();
    assert_eq!(seen[0].line(), "POST /procedures/1/remind");
    let mail = &seen[0].json()["config"]["email"]["reminder.executed"][0];
    assert_eq!(mail["to"], json!(["@members.auto"]));
    assert_eq!(mail["subject"], "Reminder");
    assert!(
        mail["message"]
            .as_str()
            .unwrap()
            .starts_with("<p>Still waiting.</p>")
    );
    let server = answering(Reply::Reset).await;
    let live = provider(&server, Environment::Live);
    let lost = live.remind("/procedures/1", &words, "Sign").await;
    assert_eq!(lost, Err(Error::AnswerLost));
    assert_eq!(server.seen().len(), 1, "a lost reminder is not repeated");
}

#[tokio::test]
async fn stopping_deletes_what_is_not_completed() {
    let cases = [
        ("draft", Ok(()), true),
        ("active", Ok(()), true),
        ("refused", Ok(()), true),
        ("expired", Ok(()), true),
        ("finished", Err(Error::AlreadyCompleted), false),
    ];
    for (status, expected, deleted) in cases {
        let server = Scripted::start(move |_, seen| match seen.method.as_str() {
            "DELETE" => Reply::status(204),
            _ => Reply::json(200, &json!({"id": "/procedures/1", "status": status})),
        })
        .await;
        let stopped = provider(&server, Environment::Live)
            .cancel("/procedures/1")
            .await;
        assert_eq!(stopped, expected, "{status}");
        let lines = server.lines();
        assert_eq!(
            lines.iter().any(|line| line == "DELETE /procedures/1"),
            deleted,
            "{status}"
        );
    }
    let server = answering(Reply::status(404)).await;
    let gone = provider(&server, Environment::Live)
        .cancel("/procedures/1")
        .await;
    assert_eq!(gone, Ok(()), "what is gone is stopped");
}

#[tokio::test]
async fn signing_links_lead_to_the_web_application() {
    let server = answering(Reply::status(500)).await;
    let provider = provider(&server, Environment::Practice);
    let link = provider.signing_link("/members/c1f9d6b2-0f6e").unwrap();
    let expected = format!(
        "{}procedure/sign?members=/members/c1f9d6b2-0f6e",
        server.base
    );
    assert_eq!(link.as_str(), expected);
    for no_signer in [
        "subscriber:a@example.org",
        "/procedures/1",
        "/members/a&b=c",
        "/members/",
    ] {
        assert_eq!(provider.signing_link(no_signer), None, "{no_signer}");
    }
}
