use crate::support::{Home, at, participant, procedure};
use paraph_domain::ids::{AccountId, DraftId, ProcedureId};
use paraph_domain::procedure::{ParticipantStatus, Procedure, Status};
use paraph_store::{ProcedureQuery, ProcedureSort};

fn all() -> ProcedureQuery {
    ProcedureQuery {
        limit: 100,
        ..ProcedureQuery::default()
    }
}

async fn ids(home: &Home, query: &ProcedureQuery) -> Vec<String> {
    let list = home.store.procedures().list(query).await.unwrap();
    list.procedures
        .into_iter()
        .map(|procedure| procedure.id.0)
        .collect()
}

async fn keep(home: &Home, change: impl FnOnce(&mut Procedure), id: &str) -> Procedure {
    let mut procedure = procedure(id);
    change(&mut procedure);
    home.store.procedures().upsert(&procedure).await.unwrap();
    procedure
}

#[tokio::test]
async fn a_request_is_found_by_either_id_after_a_restart() {
    let home = Home::new();
    let kept = home.procedure("p").await;
    let home = home.restarted();
    let procedures = home.store.procedures();
    assert_eq!(procedures.get(&kept.id).await.unwrap(), Some(kept.clone()));
    let found = procedures
        .by_remote_id(&kept.account, &kept.remote_id)
        .await
        .unwrap();
    assert_eq!(found, Some(kept.clone()));
    let elsewhere = procedures
        .by_remote_id(&AccountId::new("other"), &kept.remote_id)
        .await;
    assert_eq!(
        elsewhere.unwrap(),
        None,
        "a provider's id counts within its account"
    );
}

#[tokio::test]
async fn what_only_we_know_survives_a_look_that_does_not() {
    let home = Home::new();
    let known = keep(
        &home,
        |p| {
            p.draft = Some(DraftId::new("d"));
            p.folder = Some("Client".to_owned());
        },
        "known",
    )
    .await;
    let mut looked = procedure("looked");
    looked.remote_id = known.remote_id.clone();
    looked.status = Status::Completed;
    let id = home.store.procedures().upsert(&looked).await.unwrap();
    assert_eq!(id, known.id, "one request has one record");
    let found = home.store.procedures().get(&id).await.unwrap().unwrap();
    assert_eq!((found.draft, found.folder), (known.draft, known.folder));
    assert_eq!(
        found.status,
        Status::Completed,
        "what the provider says is new"
    );
}

#[tokio::test]
async fn an_id_never_comes_to_stand_for_another_request() {
    let home = Home::new();
    let kept = home.procedure("p").await;
    let mut other = kept.clone();
    other.remote_id = "/procedures/other".to_owned();
    assert!(home.store.procedures().upsert(&other).await.is_err());
    assert_eq!(
        home.store.procedures().get(&kept.id).await.unwrap(),
        Some(kept)
    );
}

#[tokio::test]
async fn lists_are_filtered_and_counted() {
    let home = Home::new();
    let unknown = Status::Unknown("paused".to_owned());
    for (id, status) in [
        ("open", Status::InProgress),
        ("done", Status::Completed),
        ("odd", unknown.clone()),
        ("odder", Status::Unknown("lost".to_owned())),
    ] {
        keep(&home, |p| p.status = status, id).await;
    }
    keep(&home, |p| p.account = AccountId::new("other"), "theirs").await;
    let cases = [
        (vec![], None, 5),
        (vec![Status::InProgress], None, 2),
        (
            vec![Status::InProgress, Status::Completed],
            Some("account"),
            2,
        ),
        (vec![Status::Unknown(String::new())], None, 2),
        (vec![Status::Declined], None, 0),
        (vec![], Some("nobody"), 0),
    ];
    for (statuses, account, expected) in cases {
        let query = ProcedureQuery {
            statuses,
            account: account.map(AccountId::new),
            ..all()
        };
        let list = home.store.procedures().list(&query).await.unwrap();
        assert_eq!(list.procedures.len(), expected, "{query:?}");
        assert_eq!(list.total as usize, expected, "{query:?}");
    }
    assert_eq!(
        home.store.procedures().counts().await.unwrap(),
        [
            (Status::Completed, 1),
            (Status::InProgress, 2),
            (Status::Unknown(String::new()), 2)
        ]
    );
    let open = home
        .store
        .procedures()
        .open_of(&AccountId::new("account"))
        .await
        .unwrap();
    let open: Vec<_> = open.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(
        open,
        ["open", "odd", "odder"],
        "an unknown word may still change"
    );
}

#[tokio::test]
async fn search_finds_names_and_addresses_as_people_type_them() {
    let home = Home::new();
    keep(
        &home,
        |p| p.name = "Bail d'habitation – Élysée".to_owned(),
        "bail",
    )
    .await;
    keep(
        &home,
        |p| {
            p.participants = vec![participant(
                "zoe.smith",
                "Zoë Łukasz",
                ParticipantStatus::Waiting,
            )];
        },
        "zoe",
    )
    .await;
    let cases: [(&str, &[&str]); 16] = [
        ("", &["bail", "zoe"]),
        ("   ", &["bail", "zoe"]),
        ("bail", &["bail"]),
        ("BAIL", &["bail"]),
        ("elysee", &["bail"]),
        ("Élys", &["bail"]),
        ("habit", &["bail"]),
        ("hab bai", &["bail"]),
        ("zoe", &["zoe"]),
        ("zoe.smith@example.org", &["zoe"]),
        ("@example", &["bail", "zoe"]),
        ("smith lease", &["zoe"]),
        ("bail zoe", &[]),
        ("\"", &["bail", "zoe"]),
        ("\"bail\" OR zoe", &[]),
        ("name:bail NEAR(*", &[]),
    ];
    for (typed, expected) in cases {
        let mut found = ids(
            &home,
            &ProcedureQuery {
                search: typed.to_owned(),
                ..all()
            },
        )
        .await;
        found.sort_unstable();
        assert_eq!(found, expected, "{typed:?}");
    }
}

#[tokio::test]
async fn search_forgets_old_names() {
    let home = Home::new();
    let kept = home.procedure("p").await;
    keep(&home, |p| p.name = "Renamed".to_owned(), "p").await;
    for (typed, expected) in [("lease", 0), ("renamed", 1)] {
        let query = ProcedureQuery {
            search: typed.to_owned(),
            ..all()
        };
        assert_eq!(ids(&home, &query).await.len(), expected, "{typed}");
    }
    assert!(home.store.procedures().delete(&kept.id).await.unwrap());
    assert!(
        !home.store.procedures().delete(&kept.id).await.unwrap(),
        "it goes once"
    );
    assert!(
        ids(
            &home,
            &ProcedureQuery {
                search: "renamed".to_owned(),
                ..all()
            }
        )
        .await
        .is_empty()
    );
}

#[tokio::test]
async fn lists_are_sorted_and_come_by_pages() {
    let home = Home::new();
    let signed_at = |second| {
        let mut ada = participant("ada", "Ada", ParticipantStatus::Done);
        ada.finished_at = Some(at(second));
        vec![ada, participant("bo", "Bo", ParticipantStatus::Waiting)]
    };
    keep(&home, |p| p.created_at = at(10), "ten").await;
    keep(
        &home,
        |p| {
            p.created_at = at(5);
            p.ordered = true;
            p.participants = signed_at(50);
        },
        "moved-at-fifty",
    )
    .await;
    keep(
        &home,
        |p| {
            p.created_at = at(1);
            p.status = Status::Completed;
        },
        "over",
    )
    .await;
    keep(&home, |p| p.created_at = at(20), "twenty").await;
    let newest = ProcedureQuery {
        sort: ProcedureSort::Newest,
        ..all()
    };
    assert_eq!(
        ids(&home, &newest).await,
        ["twenty", "ten", "moved-at-fifty", "over"]
    );
    let longest = ProcedureQuery {
        sort: ProcedureSort::LongestWaiting,
        ..all()
    };
    assert_eq!(
        ids(&home, &longest).await,
        ["ten", "twenty", "moved-at-fifty", "over"],
        "by how long whoever's turn it is has had; what waits for nobody comes last"
    );
    let page = ProcedureQuery {
        limit: 2,
        offset: 1,
        ..newest
    };
    assert_eq!(ids(&home, &page).await, ["ten", "moved-at-fifty"]);
    assert_eq!(
        home.store.procedures().list(&page).await.unwrap().total,
        4,
        "all that match"
    );
}

#[tokio::test]
async fn deleting_a_request_takes_its_records_along() {
    let home = Home::new();
    let kept = home.procedure("p").await;
    let signed = paraph_domain::procedure::Event::Completed;
    home.store
        .procedures()
        .apply_look(&kept, &[signed], at(1))
        .await
        .unwrap();
    home.store
        .reminders()
        .claim("key", &kept.id, at(1), at(1))
        .await
        .unwrap();
    home.store.procedures().delete(&kept.id).await.unwrap();
    assert!(home.store.events().recent(10).await.unwrap().is_empty());
    assert!(
        home.store
            .reminders()
            .of(&kept.id)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        home.store
            .procedures()
            .get(&ProcedureId::new("p"))
            .await
            .unwrap(),
        None
    );
}
