use crate::support::{Home, at, procedure, sending};
use paraph_domain::ids::SendingId;
use paraph_domain::sending::{Delivery, StepState};
use paraph_domain::trouble::Trouble;
use paraph_store::{DraftState, Error, Store};
use std::sync::Barrier;
use std::thread;

async fn state(home: &Home, sending: &paraph_domain::sending::Sending) -> DraftState {
    home.store
        .drafts()
        .get(&sending.draft)
        .await
        .unwrap()
        .unwrap()
        .state
}

async fn delivery(store: &Store, id: &SendingId) -> Delivery {
    store.outbox().get(id).await.unwrap().unwrap().delivery
}

#[tokio::test]
async fn enqueueing_freezes_the_draft_and_survives_a_restart() {
    let home = Home::new();
    let sending = home.queued("s").await;
    let home = home.restarted();
    let found = home.store.outbox().get(&sending.snapshot.id).await.unwrap();
    assert_eq!(found, Some(sending.clone()));
    assert_eq!(state(&home, &sending).await, DraftState::Sending);
    assert_eq!(
        home.store.outbox().unfinished().await.unwrap(),
        std::slice::from_ref(&sending)
    );
    assert_eq!(
        home.store.outbox().of_draft(&sending.draft).await.unwrap(),
        Some(sending)
    );
}

#[tokio::test]
async fn a_draft_is_sent_once_and_only_as_it_was_seen() {
    let home = Home::new();
    let queued = home.queued("s").await;
    let again = sending("again", &queued.snapshot.draft);
    let refused = home.store.outbox().enqueue(&again).await;
    assert!(
        matches!(refused, Err(Error::Changed("draft"))),
        "{refused:?}"
    );

    let mut outdated = sending("outdated", &home.draft("other").await);
    outdated.snapshot.draft.revision = 7;
    let refused = home.store.outbox().enqueue(&outdated).await;
    assert!(
        matches!(refused, Err(Error::Changed("draft"))),
        "{refused:?}"
    );
    assert_eq!(
        state(&home, &outdated).await,
        DraftState::Editing,
        "a refused sending leaves its draft alone"
    );
    let nothing = sending("nothing", &crate::support::draft("nowhere"));
    let refused = home.store.outbox().enqueue(&nothing).await;
    assert!(
        matches!(refused, Err(Error::NotFound("draft"))),
        "{refused:?}"
    );
    assert_eq!(home.store.outbox().in_hand().await.unwrap(), [queued]);
}

#[tokio::test]
async fn undo_gives_the_draft_back_and_it_can_be_sent_anew() {
    let home = Home::new();
    let first = home.queued("first").await;
    assert!(home.store.outbox().undo(&first.snapshot.id).await.unwrap());
    assert!(
        !home.store.outbox().undo(&first.snapshot.id).await.unwrap(),
        "it is undone once"
    );
    assert_eq!(state(&home, &first).await, DraftState::Editing);
    assert_eq!(
        delivery(&home.store, &first.snapshot.id).await,
        Delivery::Undone
    );
    assert!(
        !home
            .store
            .outbox()
            .begin(&first.snapshot.id, at(1000))
            .await
            .unwrap(),
        "what was undone never leaves, however late the queue looks"
    );
    assert_eq!(
        home.store.outbox().of_draft(&first.draft).await.unwrap(),
        None
    );
    let second = sending("second", &first.snapshot.draft);
    home.store
        .outbox()
        .enqueue(&second)
        .await
        .expect("an undone sending does not stand in the way");
}

#[tokio::test]
async fn nothing_begins_before_its_time() {
    let home = Home::new();
    let id = home.queued("s").await.snapshot.id;
    assert!(
        !home.store.outbox().begin(&id, at(14)).await.unwrap(),
        "the clerk can still undo"
    );
    assert!(home.store.outbox().begin(&id, at(15)).await.unwrap());
    assert!(
        !home.store.outbox().begin(&id, at(16)).await.unwrap(),
        "it begins once"
    );
    assert!(
        !home.store.outbox().undo(&id).await.unwrap(),
        "what has begun cannot be undone"
    );
    assert_eq!(delivery(&home.store, &id).await, Delivery::Sending);
    assert!(
        !home
            .store
            .outbox()
            .begin(&SendingId::new("unknown"), at(99))
            .await
            .unwrap()
    );
}

/// Two processes with the same folder, as the window and the command line are.
#[test]
fn of_undo_and_begin_exactly_one_wins() {
    const ROUNDS: usize = 60;
    let home = Home::new();
    let other = Store::open(home.folder()).unwrap();
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
    };
    let setup = runtime();
    let barrier = Barrier::new(2);
    let mut undone = 0;
    for round in 0..ROUNDS {
        let sending = setup.block_on(home.queued(&format!("s{round}")));
        let id = &sending.snapshot.id;
        let (undo, begin) = thread::scope(|scope| {
            let undo = scope.spawn(|| {
                barrier.wait();
                runtime().block_on(home.store.outbox().undo(id)).unwrap()
            });
            let begin = scope.spawn(|| {
                barrier.wait();
                runtime()
                    .block_on(other.outbox().begin(id, at(15)))
                    .unwrap()
            });
            (undo.join().unwrap(), begin.join().unwrap())
        });
        assert!(undo != begin, "round {round}: undo {undo}, begin {begin}");
        let expected = if undo {
            Delivery::Undone
        } else {
            Delivery::Sending
        };
        let found = setup.block_on(delivery(&home.store, id));
        assert_eq!(found, expected, "round {round}: the row says who won");
        undone += usize::from(undo);
    }
    println!("undo won {undone} of {ROUNDS} rounds");
}

#[tokio::test]
async fn each_step_is_kept() {
    let mut home = Home::new();
    let mut sending = home.queued("s").await;
    let id = sending.snapshot.id.clone();
    home.store.outbox().begin(&id, at(15)).await.unwrap();
    sending.delivery = Delivery::Sending;
    for next in [StepState::Trying, StepState::Done] {
        sending.steps[0].1 = next;
        sending.tries += 1;
        sending.tried_at = Some(at(16));
        sending
            .remote_ids
            .insert("procedure".to_owned(), "/procedures/1".to_owned());
        assert!(home.store.outbox().advance(&sending).await.unwrap());
        home = home.restarted();
        let found = home.store.outbox().get(&id).await.unwrap();
        assert_eq!(
            found.as_ref(),
            Some(&sending),
            "{next:?} is found after a crash"
        );
    }
    sending.delivery = Delivery::Failed;
    sending.trouble = Some(Trouble::Offline);
    assert!(home.store.outbox().advance(&sending).await.unwrap());
    assert!(
        home.store.outbox().unfinished().await.unwrap().is_empty(),
        "it waits for the clerk"
    );
    sending.delivery = Delivery::Sending;
    assert!(
        home.store.outbox().advance(&sending).await.unwrap(),
        "and can go on"
    );
}

#[tokio::test]
async fn only_what_is_in_hand_advances() {
    let home = Home::new();
    let queued = home.queued("queued").await;
    let undone = home.queued("undone").await;
    home.store.outbox().undo(&undone.snapshot.id).await.unwrap();
    let sent = home.queued("sent").await;
    home.store
        .outbox()
        .begin(&sent.snapshot.id, at(15))
        .await
        .unwrap();
    home.store
        .outbox()
        .finish(&sent, &procedure("p"), at(16))
        .await
        .unwrap();
    let unknown = sending("unknown", &queued.snapshot.draft);
    for mut sending in [queued, undone, sent, unknown] {
        let before = home.store.outbox().get(&sending.snapshot.id).await.unwrap();
        sending.delivery = Delivery::Sending;
        let advanced = home.store.outbox().advance(&sending).await.unwrap();
        assert!(
            !advanced,
            "{} must not be moved by a late task",
            sending.snapshot.id
        );
        assert_eq!(
            home.store.outbox().get(&sending.snapshot.id).await.unwrap(),
            before
        );
    }
    let mut begun = home.queued("begun").await;
    home.store
        .outbox()
        .begin(&begun.snapshot.id, at(15))
        .await
        .unwrap();
    for forbidden in [Delivery::Queued, Delivery::Sent, Delivery::Undone] {
        begun.delivery = forbidden;
        let advanced = home.store.outbox().advance(&begun).await.unwrap();
        assert!(!advanced, "{forbidden:?} has a transaction of its own");
    }
}

#[tokio::test]
async fn finishing_changes_sending_draft_and_requests_together() {
    let home = Home::new();
    let mut sending = home.queued("s").await;
    let id = sending.snapshot.id.clone();
    let early = home
        .store
        .outbox()
        .finish(&sending, &procedure("p"), at(9))
        .await;
    assert!(matches!(early, Err(Error::Changed("sending"))), "{early:?}");
    assert!(
        home.store
            .procedures()
            .get(&procedure("p").id)
            .await
            .unwrap()
            .is_none(),
        "a refused finish leaves no request"
    );

    home.store.outbox().begin(&id, at(15)).await.unwrap();
    sending
        .remote_ids
        .insert("procedure".to_owned(), "/procedures/p".to_owned());
    let mut followed = procedure("p");
    followed.sending = Some(id.clone());
    let kept = home
        .store
        .outbox()
        .finish(&sending, &followed, at(16))
        .await
        .unwrap();
    let home = home.restarted();
    assert_eq!(kept, followed.id);
    assert_eq!(
        home.store.procedures().get(&kept).await.unwrap(),
        Some(followed.clone())
    );
    assert_eq!(state(&home, &sending).await, DraftState::Sent);
    let found = home.store.outbox().get(&id).await.unwrap().unwrap();
    assert_eq!((found.delivery, found.next_step()), (Delivery::Sent, None));
    assert_eq!(found.remote_ids, sending.remote_ids);

    let again = home
        .store
        .outbox()
        .finish(&sending, &followed, at(17))
        .await
        .unwrap();
    assert_eq!(again, kept, "finishing again changes nothing");
}

#[tokio::test]
async fn a_request_seen_before_its_sending_was_finished_stays_one() {
    let home = Home::new();
    let sending = home.queued("s").await;
    home.store
        .outbox()
        .begin(&sending.snapshot.id, at(15))
        .await
        .unwrap();
    let seen = home.procedure("seen").await;
    let mut made = procedure("made");
    made.remote_id = seen.remote_id.clone();
    made.sending = Some(sending.snapshot.id.clone());
    let kept = home
        .store
        .outbox()
        .finish(&sending, &made, at(16))
        .await
        .unwrap();
    assert_eq!(kept, seen.id, "the record that is there keeps its id");
    let found = home.store.procedures().get(&kept).await.unwrap().unwrap();
    assert_eq!(found.sending, made.sending, "and learns who sent it");
    assert_eq!(home.store.procedures().get(&made.id).await.unwrap(), None);
}

#[tokio::test]
async fn giving_up_is_possible_until_people_may_have_been_invited() {
    let home = Home::new();
    for (irrevocable, expected) in [
        (StepState::Planned, true),
        (StepState::Trying, false),
        (StepState::Done, false),
    ] {
        let mut sending = home.queued(&format!("{irrevocable:?}")).await;
        let id = sending.snapshot.id.clone();
        assert!(
            !home.store.outbox().abandon(&id).await.unwrap(),
            "queued ones are undone"
        );
        home.store.outbox().begin(&id, at(15)).await.unwrap();
        assert!(
            !home.store.outbox().abandon(&id).await.unwrap(),
            "it is still under way"
        );
        sending.delivery = Delivery::Failed;
        sending.steps[0].1 = StepState::Done;
        sending.steps[1].1 = irrevocable;
        home.store.outbox().advance(&sending).await.unwrap();
        let given_up = home.store.outbox().abandon(&id).await.unwrap();
        assert_eq!(given_up, expected, "inviting is {irrevocable:?}");
        let expected = if expected {
            DraftState::Editing
        } else {
            DraftState::Sending
        };
        assert_eq!(
            state(&home, &sending).await,
            expected,
            "inviting is {irrevocable:?}"
        );
    }
}

#[tokio::test]
async fn the_queue_is_in_the_order_in_which_it_may_leave() {
    let home = Home::new();
    let mut expected = Vec::new();
    for (id, leaves) in [("late", 30), ("early", 10), ("middle", 20)] {
        let mut sending = sending(id, &home.draft(&format!("draft-{id}")).await);
        sending.leaves_at = at(leaves);
        sending.snapshot.frozen_at = at(-leaves);
        home.store.outbox().enqueue(&sending).await.unwrap();
        expected.push((leaves, id));
    }
    expected.sort_unstable();
    let ids = |list: Vec<paraph_domain::sending::Sending>| -> Vec<String> {
        list.into_iter()
            .map(|sending| sending.snapshot.id.0)
            .collect()
    };
    let wanted: Vec<_> = expected.iter().map(|(_, id)| (*id).to_owned()).collect();
    assert_eq!(ids(home.store.outbox().unfinished().await.unwrap()), wanted);
    assert_eq!(
        ids(home.store.outbox().in_hand().await.unwrap()),
        ["early", "middle", "late"],
        "newest first"
    );
}
