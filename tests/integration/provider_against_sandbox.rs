//! The Yousign v2 client against the practice server, which has its own idea of the contract.

mod stage;

use jiff::civil::date;
use paraph_domain::draft::{IdentityCheck, Role};
use paraph_domain::ids::SendingId;
use paraph_domain::procedure::{ParticipantStatus, Status};
use paraph_domain::sending::RemoteIds;
use paraph_providers::error::Error;
use paraph_providers::provider::{Found, ListQuery, ListStatus};
use serde_json::json;
use stage::{ADA, BEN, CY, Contract, DORA, Practice, mail, provider, snapshot};

#[tokio::test]
async fn both_sides_mean_the_same_by_too_large() {
    let practice = Practice::start().await;
    let client = practice.provider.capabilities().largest_document;
    assert_eq!(
        usize::try_from(client).ok(),
        Some(paraph_sandbox::LARGEST_DOCUMENT),
        "what the client lets through is not refused after the upload"
    );
}

#[tokio::test]
async fn a_contract_is_sent_signed_in_order_and_fetched() {
    let practice = Practice::start().await;
    let provider = &practice.provider;
    let made = practice.send(&snapshot(true)).await;
    let procedure = &made["procedure"];

    assert_eq!(
        practice.mailed("member.started").await,
        [ADA],
        "only the first is invited"
    );
    assert_eq!(
        practice.mailed("procedure.started").await,
        [DORA],
        "the observer is told"
    );
    let open = ListQuery {
        status: Some(ListStatus::Open),
        created_since: Some(date(2026, 3, 1)),
    };
    let listed = provider.list(&open, 1).await.expect("a list");
    assert_eq!(listed.procedures.len(), 1);
    assert!(!listed.more);
    let read = provider
        .read(procedure)
        .await
        .expect("an answer")
        .expect("a procedure");
    assert_eq!(
        listed.procedures[0], read,
        "the list and the procedure say the same"
    );
    assert_eq!(read.sending, Some(SendingId::new("sending-1")));
    assert_eq!(read.name, "Lease & terms");
    assert_eq!(read.status, Status::InProgress);
    // The end of 31 March in Paris.
    assert_eq!(
        read.expires_at,
        Some("2026-03-31T22:00:00Z".parse().expect("a timestamp"))
    );
    let people: Vec<_> = read
        .participants
        .iter()
        .map(|person| (person.email.as_str(), person.role, person.identity_check))
        .collect();
    assert_eq!(
        people,
        [
            (ADA, Role::Signer, Some(IdentityCheck::EmailCode)),
            (BEN, Role::Signer, Some(IdentityCheck::SmsCode)),
            (CY, Role::Approver, Some(IdentityCheck::None)),
            (DORA, Role::Observer, None),
        ]
    );
    let link = provider.signing_link(&made["member:ada"]).expect("a link");
    let page = practice.control.get(link).send().await.expect("an answer");
    assert!(
        page.status().is_success(),
        "the signing link leads to a page"
    );

    provider
        .remind(procedure, &mail("Reminder"), "Sign")
        .await
        .expect("a reminder");
    assert_eq!(
        practice.mailed("reminder.executed").await,
        [ADA],
        "whose turn it is"
    );

    practice.sign(&made["member:ada"], &json!({})).await;
    assert_eq!(
        practice.mailed("member.started").await,
        [ADA, BEN],
        "then the second"
    );
    practice
        .sign(
            &made["member:ben"],
            &json!({(made["field:ben-writes"].as_str()): "Lyon"}),
        )
        .await;
    practice.sign(&made["member:cy"], &json!({})).await;
    assert_eq!(
        practice.mailed("member.started").await,
        [ADA, BEN, CY],
        "each once"
    );
    assert_eq!(
        practice.mailed("procedure.finished").await,
        [ADA, BEN, CY, DORA]
    );

    let read = provider
        .read(procedure)
        .await
        .expect("an answer")
        .expect("a procedure");
    assert_eq!(read.status, Status::Completed);
    assert!(read.finished_at.is_some());
    let acted = read.participants.iter().take(3);
    assert!(
        acted
            .into_iter()
            .all(|person| person.status == ParticipantStatus::Done)
    );
    let signed = provider
        .download(&made["file:lease"])
        .await
        .expect("a file");
    assert!(signed.starts_with(b"%PDF"), "the document is a PDF");
    let marks = signed
        .windows(10)
        .filter(|bytes| bytes == b"/ByteRange")
        .count();
    assert_eq!(marks, 2, "with two people's signatures");
    let proof = provider
        .proof(procedure)
        .await
        .expect("an answer")
        .expect("a proof");
    assert_eq!(proof.ending, "zip");
    assert_eq!(
        provider.cancel(procedure).await,
        Err(Error::AlreadyCompleted),
        "a completed contract is not deleted"
    );
    assert!(
        provider.read(procedure).await.expect("an answer").is_some(),
        "it is still there"
    );
}

#[tokio::test]
async fn without_an_order_everybody_is_invited_at_once_and_once() {
    let practice = Practice::start().await;
    practice.send(&snapshot(false)).await;
    let mut invited = practice.mailed("member.started").await;
    invited.sort();
    assert_eq!(invited, [ADA, BEN, CY]);
    assert_eq!(
        practice.mails().await.len(),
        4,
        "and nobody gets a mail beside the observer"
    );
}

#[tokio::test]
async fn whichever_answer_is_lost_everybody_is_invited_once() {
    let snapshot = snapshot(false);
    let practice = Practice::start().await;
    let provider = &practice.provider;
    let steps = provider.plan(&snapshot);
    let mut expected = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        for action in ["drop_before", "drop_after"] {
            let mut snapshot = snapshot.clone();
            snapshot.id = SendingId::new(format!("{}-{action}", step.key));
            let mut made = RemoteIds::new();
            practice.take(&snapshot, &mut made, 0, place).await;
            let method = if step.irrevocable { "PUT" } else { "POST" };
            practice.fault(method, action).await;
            let lost = provider.perform(step, &snapshot, &made, &Contract).await;
            assert_eq!(lost, Err(Error::AnswerLost), "{action} at {}", step.key);
            match provider
                .find(step, &snapshot, &made)
                .await
                .expect("an answer")
            {
                Found::Done(ids) => {
                    assert_eq!(action, "drop_after", "{}: found what never was", step.key);
                    made.extend(ids);
                }
                Found::Absent => {
                    assert_eq!(
                        action, "drop_before",
                        "{}: overlooked what is there",
                        step.key
                    );
                    practice.take(&snapshot, &mut made, place, place + 1).await;
                }
                Found::Unknown => panic!("{action} at {}: unknown", step.key),
            }
            practice
                .take(&snapshot, &mut made, place + 1, steps.len())
                .await;
            expected.extend([ADA, BEN, CY]);
        }
    }
    expected.sort_unstable();
    let mut invited = practice.mailed("member.started").await;
    invited.sort();
    assert_eq!(
        invited, expected,
        "one invitation for each person of each request"
    );
    let all = provider
        .list(&ListQuery::default(), 1)
        .await
        .expect("a list");
    assert_eq!(
        all.procedures.len(),
        2 * steps.len(),
        "no request stands there twice"
    );
}

#[tokio::test]
async fn what_arrived_late_and_twice_invites_nobody_twice() {
    let practice = Practice::start().await;
    let snapshot = snapshot(false);
    let steps = practice.provider.plan(&snapshot);
    let mut made = RemoteIds::new();
    for (place, step) in steps.iter().enumerate() {
        let twice = !step.irrevocable && place > 0;
        for _ in 0..=usize::from(twice) {
            practice.take(&snapshot, &mut made, place, place + 1).await;
        }
    }
    let mut invited = practice.mailed("member.started").await;
    invited.sort();
    assert_eq!(invited, [ADA, BEN, CY]);
    let read = practice
        .provider
        .read(&made["procedure"])
        .await
        .expect("an answer");
    assert_eq!(
        read.expect("a procedure").documents.len(),
        2,
        "each document once"
    );
}

#[tokio::test]
async fn a_request_is_stopped_once_and_stays_stopped() {
    let practice = Practice::start().await;
    let provider = &practice.provider;
    let made = practice.send(&snapshot(true)).await;
    let procedure = &made["procedure"];
    for time in ["first", "second"] {
        assert_eq!(provider.cancel(procedure).await, Ok(()), "the {time} time");
        assert_eq!(provider.read(procedure).await, Ok(None));
    }
    let steps = provider.plan(&snapshot(true));
    let start = steps.last().expect("a step");
    let found = provider.find(start, &snapshot(true), &made).await;
    assert_eq!(
        found,
        Ok(Found::Unknown),
        "a deleted request does not say whether it was started"
    );
}

#[tokio::test]
async fn a_refusal_is_read_with_its_reason() {
    let practice = Practice::start().await;
    let made = practice.send(&snapshot(true)).await;
    let ada = made["member:ada"].trim_start_matches("/members/");
    let body = json!({"comment": "too expensive"});
    practice
        .tell(&format!("/members/{ada}/refuse"), &body)
        .await;
    let read = practice
        .provider
        .read(&made["procedure"])
        .await
        .expect("an answer");
    let read = read.expect("a procedure");
    assert_eq!(read.status, Status::Declined);
    assert_eq!(read.participants[0].status, ParticipantStatus::Declined);
    assert_eq!(
        read.participants[0].comment.as_deref(),
        Some("too expensive")
    );
    let told = practice.mailed("procedure.refused").await;
    assert_eq!(
        told,
        [ADA, DORA],
        "those who were never invited hear nothing"
    );
}

#[tokio::test]
async fn the_key_is_tried_and_a_wrong_one_is_refused() {
    let practice = Practice::start().await;
    let identity = practice.provider.identify().await.expect("an identity");
    assert!(identity.email.contains('@'), "{identity:?}");
    let wrong = provider(&practice.sandbox, "wrong".into());
    assert_eq!(wrong.identify().await, Err(Error::Unauthorized));
}

#[tokio::test]
async fn what_the_server_refuses_is_said_with_its_place() {
    let practice = Practice::start().await;
    let mut snapshot = snapshot(true);
    snapshot.draft.recipients[1].phone = String::new();
    let steps = practice.provider.plan(&snapshot);
    let mut made = RemoteIds::new();
    practice.take(&snapshot, &mut made, 0, 3).await;
    let refused = practice
        .provider
        .perform(&steps[3], &snapshot, &made, &Contract)
        .await;
    let Err(Error::Rejected { message, places }) = refused else {
        panic!("without a phone number a member is refused: {refused:?}");
    };
    assert!(!message.is_empty());
    assert!(
        places.iter().any(|place| place.path.contains("phone")),
        "{places:?}"
    );
}
