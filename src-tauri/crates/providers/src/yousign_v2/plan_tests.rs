use crate::error::Error;
use crate::provider::{Blobs, Found, Provider};
use crate::scripted::{Reply, Scripted};
use crate::yousign_v2::snapshots::snapshot;
use crate::yousign_v2::vendor::{KEYS, Loss, SameBlob, Vendor, provider, steps_taken};
use async_trait::async_trait;
use bytes::Bytes;
use paraph_domain::capabilities::Environment;
use paraph_domain::ids::BlobId;
use paraph_domain::sending::{RemoteIds, StepLabel};
use serde_json::{Value, json};

#[test]
fn the_plan_ends_with_its_only_irrevocable_step() {
    let snapshot = snapshot();
    let steps = super::plan(&snapshot);
    let keys: Vec<&str> = steps.iter().map(|step| step.key.as_str()).collect();
    assert_eq!(keys, KEYS, "observers need no step of their own");
    let irrevocable: Vec<&str> = steps
        .iter()
        .filter(|step| step.irrevocable)
        .map(|step| step.key.as_str())
        .collect();
    assert_eq!(irrevocable, ["start"]);
    assert_eq!(
        steps[3].label,
        StepLabel::AddPerson {
            recipient: snapshot.draft.recipients[1].id.clone(),
            name: "ada Martin".to_owned(),
        }
    );
}

#[tokio::test]
async fn a_plan_carried_out_makes_one_started_procedure() {
    let vendor = Vendor::start().await;
    let (_, made) = steps_taken(&vendor, KEYS.len()).await;
    assert_eq!(
        vendor.server.lines(),
        [
            "POST /procedures",
            "POST /files",
            "POST /files",
            "POST /members",
            "POST /members",
            "POST /members",
            "POST /file_objects",
            "POST /file_objects",
            "GET /procedures/1",
            "PUT /procedures/1",
        ]
    );
    let seen = vendor.server.seen();
    assert_eq!(seen[9].json(), json!({"start": true}));
    assert_eq!(
        seen[1].json()["content"],
        "UERG",
        "the blob's bytes go in base64"
    );
    let ids: Vec<(&str, &str)> = made
        .iter()
        .map(|(key, id)| (key.as_str(), id.as_str()))
        .collect();
    assert_eq!(
        ids,
        [
            ("field:sign", "/file_objects/7"),
            ("field:text", "/file_objects/8"),
            ("file:lease", "/files/2"),
            ("file:terms", "/files/3"),
            ("member:ada", "/members/4"),
            ("member:ben", "/members/5"),
            ("member:cy", "/members/6"),
            ("procedure", "/procedures/1"),
            ("start", "/procedures/1"),
        ]
    );
    let object = seen[6].json();
    assert_eq!(object["file"], "/files/2");
    assert_eq!(object["member"], "/members/4");
    assert_eq!(object["position"], "100,732,221,792");
    let members = vendor.procedure()["members"].clone();
    let order: Vec<&Value> = members
        .as_array()
        .unwrap()
        .iter()
        .map(|m| &m["position"])
        .collect();
    assert_eq!(
        order,
        [1, 2, 3],
        "those who must act are numbered without gaps"
    );
}

#[tokio::test]
async fn every_step_whose_answer_was_lost_is_found_again_or_found_absent() {
    for (place, key) in KEYS.iter().enumerate() {
        for loss in [Loss::BeforeTheEffect, Loss::AfterTheEffect] {
            let vendor = Vendor::start().await;
            let (steps, made) = steps_taken(&vendor, place).await;
            let (provider, snapshot) = (vendor.provider(), snapshot());
            let step = &steps[place];
            vendor.lose(loss);
            let lost = provider.perform(step, &snapshot, &made, &SameBlob).await;
            assert_eq!(lost, Err(Error::AnswerLost), "{key}: the answer was lost");
            let found = provider.find(step, &snapshot, &made).await.unwrap();
            match loss {
                Loss::AfterTheEffect => {
                    let Found::Done(ids) = found else {
                        panic!("{key}: what arrived is found, not {found:?}");
                    };
                    let (found_key, id) = ids.first_key_value().unwrap();
                    assert_eq!((ids.len(), found_key.as_str()), (1, *key));
                    let expected = match *key {
                        "start" => "/1".to_owned(),
                        _ => format!("/{}", place + 1),
                    };
                    assert!(
                        id.ends_with(&expected),
                        "{key}: {id} is what this step made"
                    );
                }
                Loss::BeforeTheEffect | Loss::Nothing => {
                    assert_eq!(found, Found::Absent, "{key}: what never arrived is absent");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_procedure_that_somebody_deleted_leaves_every_later_step_unknown() {
    for (place, key) in KEYS.iter().enumerate().skip(1) {
        let vendor = Vendor::start().await;
        let (steps, made) = steps_taken(&vendor, place).await;
        vendor.change(|procedure| *procedure = Value::Null);
        let found = vendor
            .provider()
            .find(&steps[place], &snapshot(), &made)
            .await;
        assert_eq!(found, Ok(Found::Unknown), "{key}");
    }
}

#[tokio::test]
async fn without_a_procedure_no_later_step_can_have_happened() {
    let vendor = Vendor::start().await;
    let provider = vendor.provider();
    for step in &provider.plan(&snapshot())[1..] {
        let found = provider.find(step, &snapshot(), &RemoteIds::new()).await;
        assert_eq!(found, Ok(Found::Absent), "{}", step.key);
        let performed = provider
            .perform(step, &snapshot(), &RemoteIds::new(), &SameBlob)
            .await;
        assert_eq!(
            performed,
            Err(Error::NotFound),
            "{}: nothing to build on",
            step.key
        );
    }
    assert!(vendor.server.seen().is_empty(), "nothing was asked");
}

#[tokio::test]
async fn somebody_else_s_procedure_is_not_taken_for_ours() {
    let vendor = Vendor::start().await;
    let (steps, _) = steps_taken(&vendor, 1).await;
    vendor.change(|procedure| procedure["metadata"] = json!({"paraphSending": "another"}));
    let found = vendor
        .provider()
        .find(&steps[0], &snapshot(), &RemoteIds::new())
        .await;
    assert_eq!(found, Ok(Found::Absent), "the same name is not enough");
    let asked = vendor.server.seen().pop().unwrap().target;
    assert!(
        asked.contains("createdAt%5Bafter%5D=2026-03-01"),
        "a day earlier: {asked}"
    );
}

#[tokio::test]
async fn our_procedure_is_found_on_a_later_page() {
    let pages = Scripted::start(|_, seen| {
        let page = |number: &str| seen.target.contains(&format!("page={number}&"));
        let entries = match seen.target.contains("status=draft") && page("2") {
            true => json!([{"id": "/procedures/9", "metadata": {"paraphSending": "sending-1"}}]),
            false => json!([{"id": "/procedures/8", "metadata": []}]),
        };
        Reply::json(200, &entries).with("X-Yousign-Pagination-Page-Last", "2")
    })
    .await;
    let provider = provider(&pages, Environment::Live);
    let steps = provider.plan(&snapshot());
    let found = provider
        .find(&steps[0], &snapshot(), &RemoteIds::new())
        .await;
    let ids = RemoteIds::from([("procedure".to_owned(), "/procedures/9".to_owned())]);
    assert_eq!(found, Ok(Found::Done(ids)));
    assert_eq!(
        pages.seen().len(),
        4,
        "two pages of open ones, then two of drafts"
    );
}

#[tokio::test]
async fn an_id_that_is_none_is_not_kept() {
    for id in [
        json!("/members/1"),
        json!("procedures/1"),
        json!("/procedures/../users"),
        json!(7),
    ] {
        let body = json!({"id": id});
        let server = Scripted::start(move |_, _| Reply::json(201, &body)).await;
        let provider = provider(&server, Environment::Live);
        let steps = provider.plan(&snapshot());
        let made = provider
            .perform(&steps[0], &snapshot(), &RemoteIds::new(), &SameBlob)
            .await;
        let error = made.unwrap_err();
        assert!(matches!(error, Error::Unexpected { .. }), "{id}: {error:?}");
        assert!(error.leaves_doubt(), "{id}: something may have been made");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_said_and_nothing_leaves() {
    struct Gone;
    #[async_trait]
    impl Blobs for Gone {
        async fn read(&self, _: &BlobId) -> std::io::Result<Bytes> {
            Err(std::io::ErrorKind::NotFound.into())
        }
    }
    let vendor = Vendor::start().await;
    let (steps, made) = steps_taken(&vendor, 1).await;
    let error = vendor
        .provider()
        .perform(&steps[1], &snapshot(), &made, &Gone)
        .await;
    assert!(matches!(error, Err(Error::Blob(_))), "{error:?}");
    assert_eq!(vendor.server.seen().len(), 1, "only the procedure left");
}
