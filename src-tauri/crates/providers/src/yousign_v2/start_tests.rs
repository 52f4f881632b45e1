use crate::error::Error;
use crate::provider::Provider;
use crate::scripted::{Reply, Scripted};
use crate::yousign_v2::snapshots::snapshot;
use crate::yousign_v2::vendor::{KEYS, SameBlob, Vendor, draft_made, provider, puts};
use paraph_domain::capabilities::Environment;
use paraph_domain::sending::RemoteIds;
use serde_json::{Value, json};

#[tokio::test]
async fn a_draft_with_a_gap_is_not_started() {
    type Gap = fn(&mut Value);
    let gaps: [(&str, Gap); 3] = [
        ("a file", |p| p["files"] = json!([p["files"][0]])),
        ("a member", |p| {
            p["members"] = json!([p["members"][0], p["members"][1]])
        }),
        ("a field", |p| p["members"][0]["fileObjects"] = json!([])),
    ];
    for (name, gap) in gaps {
        let vendor = Vendor::start().await;
        let (start, made) = draft_made(&vendor).await;
        vendor.change(gap);
        let started = vendor
            .provider()
            .perform(&start, &snapshot(), &made, &SameBlob)
            .await;
        assert_eq!(started, Err(Error::NotFound), "{name} is missing");
        assert_eq!(puts(&vendor.server), 0, "{name} is missing: not started");
    }
}

#[tokio::test]
async fn what_arrived_twice_is_taken_out_before_the_start_and_other_things_stay() {
    let vendor = Vendor::start().await;
    let (start, made) = draft_made(&vendor).await;
    let before = vendor.procedure();
    vendor.change(|procedure| {
        let twin = |entry: &Value, id: &str| {
            let mut twin = entry.clone();
            twin["id"] = json!(id);
            twin
        };
        let object = twin(
            &procedure["members"][0]["fileObjects"][0],
            "/file_objects/late",
        );
        let member = twin(&procedure["members"][1], "/members/late");
        let file = twin(&procedure["files"][0], "/files/late");
        let stranger = json!({"id": "/members/stranger", "type": "signer", "fileObjects": [],
            "email": "stranger@example.org"});
        procedure["members"][0]["fileObjects"]
            .as_array_mut()
            .unwrap()
            .push(object);
        procedure["members"]
            .as_array_mut()
            .unwrap()
            .extend([member, stranger]);
        procedure["files"].as_array_mut().unwrap().push(file);
    });
    let started = vendor
        .provider()
        .perform(&start, &snapshot(), &made, &SameBlob)
        .await;
    assert!(started.is_ok(), "{started:?}");
    let lines = vendor.server.lines();
    let deleted: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.strip_prefix("DELETE "))
        .collect();
    assert_eq!(
        deleted,
        ["/files/late", "/file_objects/late", "/members/late"]
    );
    assert_eq!(lines.last().map(String::as_str), Some("PUT /procedures/1"));
    let after = vendor.procedure();
    assert_eq!(after["files"], before["files"]);
    assert_eq!(
        after["members"].as_array().unwrap().len(),
        4,
        "what others added is theirs"
    );
}

#[tokio::test]
async fn what_was_started_already_is_not_started_again() {
    for status in ["active", "finished", "refused", "expired", "error"] {
        let vendor = Vendor::start().await;
        let (start, made) = draft_made(&vendor).await;
        vendor.change(|procedure| procedure["status"] = json!(status));
        let started = vendor
            .provider()
            .perform(&start, &snapshot(), &made, &SameBlob)
            .await;
        assert!(started.is_ok(), "{status}: it counts as done");
        assert_eq!(
            puts(&vendor.server),
            0,
            "{status}: nothing was started twice"
        );
    }
}

#[tokio::test]
async fn trouble_before_the_start_left_leaves_no_doubt_and_trouble_after_it_does() {
    let until = |text: &str| text.parse().unwrap();
    let wait = Reply::status(503).with("Retry-After", "60");
    let before = [
        (Reply::Reset, Error::Offline),
        (
            Reply::status(500),
            Error::RateLimited {
                until: until("2026-03-02T10:00:10Z"),
            },
        ),
        (
            wait,
            Error::RateLimited {
                until: until("2026-03-02T10:01:00Z"),
            },
        ),
        (Reply::status(404), Error::NotFound),
        (Reply::status(403), Error::Forbidden),
    ];
    let made: RemoteIds = KEYS
        .iter()
        .map(|key| ((*key).to_owned(), "/procedures/1".to_owned()))
        .collect();
    for (reply, expected) in before {
        let server = Scripted::start(move |_, _| reply.clone()).await;
        let provider = provider(&server, Environment::Live);
        let start = provider.plan(&snapshot()).pop().unwrap();
        let error = provider
            .perform(&start, &snapshot(), &made, &SameBlob)
            .await
            .unwrap_err();
        assert_eq!(error, expected);
        assert!(
            !error.leaves_doubt(),
            "{error:?}: nobody can have been invited"
        );
        assert_eq!(puts(&server), 0);
    }
    let after = [
        (Reply::Reset, Error::AnswerLost),
        (
            Reply::status(500),
            Error::Unavailable {
                status: 500,
                until: None,
            },
        ),
    ];
    for (reply, expected) in after {
        let vendor = Vendor::start().await;
        let (start, made) = draft_made(&vendor).await;
        let draft = vendor.procedure();
        let server = Scripted::start(move |_, seen| match seen.method.as_str() {
            "GET" => Reply::json(200, &draft),
            _ => reply.clone(),
        })
        .await;
        let provider = provider(&server, Environment::Live);
        let error = provider
            .perform(&start, &snapshot(), &made, &SameBlob)
            .await
            .unwrap_err();
        assert_eq!(error, expected);
        assert!(
            error.leaves_doubt(),
            "{error:?}: people may have been invited"
        );
        assert_eq!(puts(&server), 1, "the start left once");
    }
}

#[tokio::test]
async fn a_start_that_changed_nothing_is_not_believed() {
    let vendor = Vendor::start().await;
    let (start, made) = draft_made(&vendor).await;
    let draft = vendor.procedure();
    let server = Scripted::start(move |_, _| Reply::json(200, &draft)).await;
    let provider = provider(&server, Environment::Live);
    let error = provider
        .perform(&start, &snapshot(), &made, &SameBlob)
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::Unexpected { status: 200, .. }),
        "{error:?}"
    );
    assert!(error.leaves_doubt());
}
