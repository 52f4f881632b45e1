use crate::support::{Home, at};
use paraph_store::{Error, Reminder, ReminderOutcome};

#[tokio::test]
async fn a_reminder_is_claimed_once_for_ever() {
    let home = Home::new();
    let request = home.procedure("p").await;
    assert!(
        home.store
            .reminders()
            .claim("key", &request.id, at(0), at(1))
            .await
            .unwrap()
    );
    assert!(
        !home
            .store
            .reminders()
            .claim("key", &request.id, at(1), at(2))
            .await
            .unwrap()
    );
    let home = home.restarted();
    assert!(
        !home
            .store
            .reminders()
            .claim("key", &request.id, at(1), at(3))
            .await
            .unwrap(),
        "a crash while reminding must not remind again"
    );
    assert!(
        home.store
            .reminders()
            .claim("other", &request.id, at(1), at(4))
            .await
            .unwrap()
    );
    assert!(
        !home
            .store
            .reminders()
            .claim("too soon", &request.id, at(3), at(5))
            .await
            .unwrap(),
        "whoever was reminded since then is not reminded again"
    );
    let keys: Vec<_> = home
        .store
        .reminders()
        .of(&request.id)
        .await
        .unwrap()
        .into_iter()
        .map(|r| r.key)
        .collect();
    assert_eq!(keys, ["other", "key"], "newest first");
}

#[tokio::test]
async fn only_what_certainly_did_not_leave_can_be_tried_again() {
    let home = Home::new();
    let request = home.procedure("p").await;
    let reminders = home.store.reminders();
    for (key, outcome, released) in [
        ("trying", None, true),
        ("sent", Some(ReminderOutcome::Sent), false),
        ("unknown", Some(ReminderOutcome::Unknown), false),
    ] {
        reminders
            .claim(key, &request.id, at(2), at(1))
            .await
            .unwrap();
        if let Some(outcome) = outcome {
            reminders.settle(key, outcome).await.unwrap();
        }
        assert_eq!(reminders.release(key).await.unwrap(), released, "{key}");
        let again = reminders
            .claim(key, &request.id, at(2), at(2))
            .await
            .unwrap();
        assert_eq!(again, released, "{key}");
    }
    let settled = reminders
        .settle("never claimed", ReminderOutcome::Sent)
        .await;
    assert!(
        matches!(settled, Err(Error::NotFound("reminder"))),
        "{settled:?}"
    );
}

#[tokio::test]
async fn what_a_crash_interrupted_is_unknown() {
    let home = Home::new();
    let request = home.procedure("p").await;
    home.store
        .reminders()
        .claim("cut", &request.id, at(1), at(1))
        .await
        .unwrap();
    home.store
        .reminders()
        .claim("sent", &request.id, at(1), at(1))
        .await
        .unwrap();
    home.store
        .reminders()
        .settle("sent", ReminderOutcome::Sent)
        .await
        .unwrap();
    let home = home.restarted();
    let expected = Reminder {
        key: "cut".to_owned(),
        procedure: request.id,
        outcome: ReminderOutcome::Unknown,
        tried_at: at(1),
    };
    assert_eq!(
        home.store.reminders().settle_interrupted().await.unwrap(),
        [expected]
    );
    assert!(
        home.store
            .reminders()
            .settle_interrupted()
            .await
            .unwrap()
            .is_empty(),
        "told once"
    );
}
