//! The list of procedures: filters, order, pages.

use crate::support::{DAY, Server, ada};
use serde_json::json;

async fn names(server: &Server, query: &str) -> Vec<String> {
    let reply = server.get(&format!("/procedures?{query}")).await;
    assert_eq!(reply.status, 200, "{query}: {}", reply.text);
    let list = reply.json();
    list.as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn filters_order_and_pages() {
    let server = Server::start().await;
    for name in ["First", "Second", "Third"] {
        server
            .create("/procedures", json!({ "name": name, "start": false }))
            .await;
        server.clock.advance(DAY);
    }
    let template = json!({ "name": "Template", "start": false, "template": true });
    server.create("/procedures", template).await;
    let lease = server
        .draft(json!({ "name": "Fourth", "start": false }), &[ada()])
        .await;
    server.start_procedure(&lease.id).await;
    let by_member = format!("members[]={}", lease.members[0]);

    let cases: &[(&str, &[&str])] = &[
        ("", &["Fourth", "Third", "Second", "First"]),
        (
            "order[createdAt]=asc",
            &["First", "Second", "Third", "Fourth"],
        ),
        ("status=active", &["Fourth"]),
        ("status=draft", &["Third", "Second", "First"]),
        ("template=true", &["Template"]),
        ("name=ir", &["Third", "First"]),
        ("members.email=ADA@", &["Fourth"]),
        ("members.lastname=nobody", &[]),
        ("files.name=lease", &["Fourth"]),
        (&by_member, &["Fourth"]),
        ("createdAt[after]=2026-03-04", &["Fourth", "Third"]),
        ("createdAt[before]=2026-03-03", &["First"]),
        (
            "updatedAt[strictly_after]=2026-03-05&order[createdAt]=asc",
            &["Fourth"],
        ),
        ("expiresAt[after]=2020-01-01", &[]),
        (
            "pagination=true&itemsPerPage=3",
            &["Fourth", "Third", "Second"],
        ),
        ("pagination=true&itemsPerPage=3&page=2", &["First"]),
        ("pagination=true&itemsPerPage=3&page=3", &[]),
        ("colour=blue", &["Fourth", "Third", "Second", "First"]),
    ];
    for (query, expected) in cases {
        assert_eq!(names(&server, query).await, *expected, "{query}");
    }
    for wrong in [
        "status=open",
        "page=0",
        "itemsPerPage=x",
        "createdAt[after]=soon",
        "members[]=1",
        "order[createdAt]=up",
    ] {
        assert_eq!(
            server.get(&format!("/procedures?{wrong}")).await.status,
            400,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn headers_tell_how_many_there_are() {
    let server = Server::start().await;
    for number in 0..7 {
        server
            .create(
                "/procedures",
                json!({ "name": format!("{number}"), "start": false }),
            )
            .await;
    }
    let cases = [
        ("itemsPerPage=3", ["7", "3", "1"]),
        ("itemsPerPage=3&page=3", ["7", "3", "3"]),
        ("name=none", ["0", "1", "1"]),
        ("pagination=false", ["7", "1", "1"]),
    ];
    for (query, expected) in cases {
        let reply = server.get(&format!("/procedures?{query}")).await;
        let header = |name: &str| {
            reply
                .headers
                .get(name)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        };
        let found = [
            header("X-Yousign-Pagination-TotalItems"),
            header("X-Yousign-Pagination-Page-Last"),
            header("X-Yousign-Pagination-Page-Current"),
        ];
        assert_eq!(found, expected, "{query}");
    }
}
