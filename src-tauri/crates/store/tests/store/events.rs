use crate::support::{Home, at, procedure};
use paraph_domain::procedure::Event;

fn signed(who: &str) -> Event {
    Event::Signed {
        participant: who.to_owned(),
        name: who.to_uppercase(),
    }
}

#[tokio::test]
async fn an_event_is_new_once_for_ever() {
    let home = Home::new();
    let seen = procedure("p");
    let first = home
        .store
        .procedures()
        .apply_look(&seen, &[signed("ada"), signed("bo")], at(1))
        .await
        .unwrap();
    let keys: Vec<_> = first.iter().map(|stored| stored.event.key()).collect();
    assert_eq!(
        keys,
        ["signed:ada", "signed:bo"],
        "in the order in which they are told"
    );

    let home = home.restarted();
    let again = home
        .store
        .procedures()
        .apply_look(
            &seen,
            &[signed("ada"), signed("bo"), Event::Completed],
            at(2),
        )
        .await
        .unwrap();
    let keys: Vec<_> = again.iter().map(|stored| stored.event.key()).collect();
    assert_eq!(keys, ["completed"], "a second look tells only what is new");
    let other = home
        .store
        .procedures()
        .apply_look(&procedure("q"), &[signed("ada")], at(3))
        .await
        .unwrap();
    assert_eq!(other.len(), 1, "the same person may sign another request");
}

#[tokio::test]
async fn an_event_is_announced_once_for_ever() {
    let home = Home::new();
    let new = home
        .store
        .procedures()
        .apply_look(&procedure("p"), &[signed("ada"), Event::Completed], at(1))
        .await
        .unwrap();
    let home = home.restarted();
    let waiting = home.store.events().unannounced().await.unwrap();
    assert_eq!(
        waiting, new,
        "what was not told before a crash is told after it"
    );
    let ids: Vec<_> = waiting.iter().map(|stored| stored.id).collect();
    let marked = home
        .store
        .events()
        .mark_announced(&ids, at(2))
        .await
        .unwrap();
    assert_eq!(marked, ids);
    let home = home.restarted();
    assert!(home.store.events().unannounced().await.unwrap().is_empty());
    assert!(
        home.store
            .events()
            .mark_announced(&ids, at(3))
            .await
            .unwrap()
            .is_empty(),
        "whoever marks second must not tell"
    );
    let of = home.store.events().of(&new[0].procedure).await.unwrap();
    assert!(
        of.iter().all(|stored| stored.announced_at == Some(at(2))),
        "the first time of telling is kept: {of:?}"
    );
}

#[tokio::test]
async fn the_last_events_come_newest_first() {
    let home = Home::new();
    for (second, who) in ["ada", "bo", "cy"].into_iter().enumerate() {
        home.store
            .procedures()
            .apply_look(&procedure("p"), &[signed(who)], at(second as i64))
            .await
            .unwrap();
    }
    let recent = home.store.events().recent(2).await.unwrap();
    let keys: Vec<_> = recent.iter().map(|stored| stored.event.key()).collect();
    assert_eq!(keys, ["signed:cy", "signed:bo"]);
    assert_eq!(recent[0].seen_at, at(2));
}

#[tokio::test]
async fn a_look_is_kept_with_its_events_or_not_at_all() {
    let home = Home::new();
    let kept = home.procedure("p").await;
    let mut clash = kept.clone();
    clash.remote_id = "/procedures/other".to_owned();
    let refused = home
        .store
        .procedures()
        .apply_look(&clash, &[Event::Completed], at(1))
        .await;
    assert!(refused.is_err());
    assert!(home.store.events().recent(1).await.unwrap().is_empty());
}
