//! Who would have been told what.

use crate::support::{DAY, Draft, Server, ada, ben};
use serde_json::{Value, json};

fn config(triggers: &[(&str, &str)]) -> Value {
    let email: serde_json::Map<String, Value> = triggers
        .iter()
        .map(|(event, to)| {
            let template = json!([{ "to": [to], "subject": event, "message": "Hello" }]);
            ((*event).to_owned(), template)
        })
        .collect();
    json!({ "email": email })
}

/// (event, address) of every mail so far, in order.
async fn told(server: &Server) -> Vec<(String, String)> {
    let mails = server.get("/_sandbox/mails").await.json();
    let part = |mail: &Value, key: &str| mail[key].as_str().unwrap().to_owned();
    let mails = mails.as_array().unwrap().iter();
    mails
        .map(|mail| {
            (
                part(mail, "event"),
                part(mail, "to").replace("@example.org", ""),
            )
        })
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected
        .iter()
        .map(|(event, to)| ((*event).to_owned(), (*to).to_owned()))
        .collect()
}

async fn started(server: &Server, procedure: Value) -> Draft {
    let draft = server.draft(procedure, &[ada(), ben()]).await;
    server.start_procedure(&draft.id).await;
    draft
}

#[tokio::test]
async fn only_what_config_asks_for_is_mailed() {
    let server = Server::start().await;
    let draft = server.started(false).await;
    server.sign(&draft.members[0]).await;
    server.delete(&draft.id).await;
    assert_eq!(told(&server).await, [], "no config, no mail");
}

#[tokio::test]
async fn in_order_each_is_told_when_the_turn_comes() {
    let server = Server::start().await;
    let config = config(&[
        ("procedure.started", "@members.auto"),
        ("member.started", "@member"),
        ("member.finished", "@creator"),
        ("procedure.finished", "@subscribers.office"),
    ]);
    let subscribers = json!([
        { "email": "office@example.org", "group": "office" },
        { "email": "other@example.org", "group": "other" },
    ]);
    let draft = started(&server, json!({
        "name": "Lease", "start": false, "ordered": true, "config": config, "subscribers": subscribers,
    }))
    .await;
    let mut expected = pairs(&[("procedure.started", "ada"), ("member.started", "ada")]);
    assert_eq!(told(&server).await, expected);
    server.sign(&draft.members[0]).await;
    expected.extend(pairs(&[
        ("member.finished", "practice"),
        ("member.started", "ben"),
    ]));
    assert_eq!(told(&server).await, expected);
    server.sign(&draft.members[1]).await;
    expected.extend(pairs(&[
        ("member.finished", "practice"),
        ("procedure.finished", "office"),
    ]));
    assert_eq!(told(&server).await, expected);
}

#[tokio::test]
async fn every_end_has_its_trigger() {
    let server = Server::start().await;
    let config = config(&[
        ("procedure.refused", "@creator"),
        ("procedure.expired", "@members.pending"),
        ("procedure.deleted", "@members"),
    ]);
    let procedure =
        json!({ "name": "Lease", "start": false, "config": config, "expiresAt": "2026-03-05" });
    let refused = started(&server, procedure.clone()).await;
    let refusal = json!({ "comment": "too expensive" });
    server
        .post(&format!("/_sandbox{}/refuse", refused.members[0]), refusal)
        .await;
    let deleted = started(&server, procedure.clone()).await;
    server.delete(&deleted.id).await;
    let expired = started(&server, procedure).await;
    server.sign(&expired.members[0]).await;
    server.clock.advance(4 * DAY);
    server.get("/users").await;
    assert_eq!(
        told(&server).await,
        pairs(&[
            ("procedure.refused", "practice"),
            ("procedure.deleted", "ada"),
            ("procedure.deleted", "ben"),
            ("procedure.expired", "ben"),
        ])
    );
}

#[tokio::test]
async fn reminders_go_to_whose_turn_it_is() {
    let server = Server::start().await;
    let reminder = config(&[("reminder.executed", "@members.auto")]);
    let draft = started(
        &server,
        json!({
            "name": "Lease", "start": false, "ordered": true,
            "config": { "reminders": [{ "interval": 2, "limit": 2, "config": reminder }] },
        }),
    )
    .await;
    let mut days = Vec::new();
    for day in 1..=8 {
        server.clock.advance(DAY);
        let count = told(&server).await.len();
        days.push((day, count));
    }
    let expected = [
        (1, 0),
        (2, 1),
        (3, 1),
        (4, 2),
        (5, 2),
        (6, 2),
        (7, 2),
        (8, 2),
    ];
    assert_eq!(days, expected, "every two days, twice");

    let remind = format!("{}/remind", draft.id);
    server.sign(&draft.members[0]).await;
    let by_hand = server.post(&remind, json!({ "config": reminder })).await;
    assert_eq!((by_hand.status.as_u16(), by_hand.text.as_str()), (204, ""));
    assert_eq!(
        told(&server).await.last().unwrap().1,
        "ben",
        "whose turn it is now"
    );
    server.sign(&draft.members[1]).await;
    assert_eq!(
        server.post(&remind, json!({})).await.status,
        400,
        "nobody is left to remind"
    );
}

#[tokio::test]
async fn the_messages_tags_are_filled_in() {
    let server = Server::start().await;
    let tag = |kind: &str, name: &str, more: &str| {
        format!("<tag data-tag-type=\"{kind}\" data-tag-name=\"{name}\" {more}>x</tag>")
    };
    let message = [
        tag("string", "recipient.firstname", ""),
        tag("list", "procedure.files", ""),
        tag("list", "procedure.members", ""),
        tag(
            "date",
            "procedure.expiresAt",
            "data-tag-date-format=\"SHORT\" data-tag-time-format=\"NONE\"",
        ),
        tag(
            "date",
            "procedure.expiresAt",
            "data-tag-date-format=\"LONG\" data-tag-locale=\"fr_FR\"",
        ),
        tag("button", "url", "data-tag-title=\"Open\""),
    ]
    .join("|");
    let template = json!([{ "to": ["@member", "@member"], "subject": "s", "message": message }]);
    let mut eve = ada();
    eve["firstname"] = json!("<b>Eve</b>");
    let procedure = json!({
        "name": "Lease", "start": false, "expiresAt": "2026-05-01",
        "config": { "email": { "member.started": template } },
    });
    let draft = server.draft(procedure, &[eve]).await;
    server.start_procedure(&draft.id).await;
    let mails = server.get("/_sandbox/mails").await.json();
    assert_eq!(
        mails.as_array().unwrap().len(),
        1,
        "named twice, mailed once"
    );
    let message = mails[0]["message"].as_str().unwrap();
    let parts: Vec<&str> = message.split('|').collect();
    assert!(!parts[0].contains("<b>"), "a name is text: {}", parts[0]);
    assert_eq!(parts[1], "<ul><li>lease.pdf</li></ul>");
    assert!(parts[2].contains("Martin"));
    assert_eq!((parts[3], parts[4]), ("01/05/2026", "1er mai 2026"));
    let link = format!(
        "{}/procedure/sign?members={}",
        server.base, draft.members[0]
    );
    assert!(
        parts[5].contains(&link) && parts[5].contains(">Open<"),
        "{}",
        parts[5]
    );
}
