use crate::support::{Home, at, document, draft};
use paraph_domain::draft::Draft;
use paraph_domain::edit::{DraftEdit, apply};
use paraph_domain::ids::DraftId;
use paraph_store::{DraftState, Error, Store};

async fn edit(store: &Store, draft: &mut Draft, edit: DraftEdit, label: &str, second: i64) {
    let inverse = apply(draft, edit.clone()).unwrap();
    store
        .drafts()
        .record_edit(draft, &edit, &inverse, label, at(second))
        .await
        .unwrap();
}

async fn title(store: &Store, draft: &mut Draft, title: &str) {
    let change = DraftEdit::SetTitle {
        title: title.to_owned(),
    };
    edit(store, draft, change, title, 1).await;
}

async fn undo(store: &Store, id: &DraftId) -> Option<String> {
    let step = store.drafts().undo_step(id).await.unwrap()?;
    let mut draft = store.drafts().get(id).await.unwrap().unwrap().draft;
    apply(&mut draft, step.inverse).unwrap();
    store.drafts().record_undo(&draft, at(2)).await.unwrap();
    Some(draft.title)
}

async fn redo(store: &Store, id: &DraftId) -> Option<String> {
    let step = store.drafts().redo_step(id).await.unwrap()?;
    let mut draft = store.drafts().get(id).await.unwrap().unwrap().draft;
    apply(&mut draft, step.edit).unwrap();
    store.drafts().record_redo(&draft, at(3)).await.unwrap();
    Some(draft.title)
}

#[tokio::test]
async fn a_draft_comes_back_bit_for_bit() {
    let home = Home::new();
    let draft = home.draft("d").await;
    let home = home.restarted();
    let stored = home.store.drafts().get(&draft.id).await.unwrap().unwrap();
    assert_eq!(stored.draft, draft, "coordinates included");
    assert_eq!(stored.state, DraftState::Editing);
    assert_eq!((stored.created_at, stored.updated_at), (at(0), at(0)));
}

#[tokio::test]
async fn undo_goes_back_to_the_beginning_also_after_a_restart() {
    let mut home = Home::new();
    let mut draft = home.draft("d").await;
    for word in ["one", "two", "three"] {
        title(&home.store, &mut draft, word).await;
    }
    let expected_back = ["two", "one", "Lease"];
    for expected in expected_back {
        home = home.restarted();
        assert_eq!(
            undo(&home.store, &draft.id).await.as_deref(),
            Some(expected)
        );
    }
    assert_eq!(
        undo(&home.store, &draft.id).await,
        None,
        "before the first edit is nothing"
    );
    for expected in ["one", "two", "three"] {
        home = home.restarted();
        assert_eq!(
            redo(&home.store, &draft.id).await.as_deref(),
            Some(expected)
        );
    }
    assert_eq!(
        redo(&home.store, &draft.id).await,
        None,
        "after the last edit is nothing"
    );
}

#[tokio::test]
async fn a_new_edit_forgets_what_was_undone() {
    let home = Home::new();
    let mut draft = home.draft("d").await;
    title(&home.store, &mut draft, "one").await;
    title(&home.store, &mut draft, "two").await;
    undo(&home.store, &draft.id).await;
    undo(&home.store, &draft.id).await;
    let mut draft = home
        .store
        .drafts()
        .get(&draft.id)
        .await
        .unwrap()
        .unwrap()
        .draft;
    title(&home.store, &mut draft, "other").await;
    assert_eq!(
        home.store.drafts().redo_step(&draft.id).await.unwrap(),
        None
    );
    let step = home
        .store
        .drafts()
        .undo_step(&draft.id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(step.label, "other", "undo names the new edit");
    assert_eq!(undo(&home.store, &draft.id).await.as_deref(), Some("Lease"));
}

#[tokio::test]
async fn an_edit_of_an_outdated_draft_is_refused_and_leaves_nothing() {
    let home = Home::new();
    let mut mine = home.draft("d").await;
    let mut theirs = mine.clone();
    title(&home.store, &mut theirs, "theirs").await;

    let change = DraftEdit::SetTitle {
        title: "mine".to_owned(),
    };
    let inverse = apply(&mut mine, change.clone()).unwrap();
    let refused = home
        .store
        .drafts()
        .record_edit(&mine, &change, &inverse, "mine", at(1))
        .await;
    assert!(
        matches!(refused, Err(Error::Changed("draft"))),
        "{refused:?}"
    );
    let stored = home.store.drafts().get(&mine.id).await.unwrap().unwrap();
    assert_eq!(stored.draft, theirs, "the refused edit is not in the draft");
    let step = home
        .store
        .drafts()
        .undo_step(&mine.id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(step.label, "theirs", "nor in its history");
}

#[tokio::test]
async fn there_is_nothing_to_undo_twice() {
    let home = Home::new();
    let mut draft = home.draft("d").await;
    draft.revision += 1;
    for refused in [
        home.store.drafts().record_undo(&draft, at(1)).await,
        home.store.drafts().record_redo(&draft, at(1)).await,
    ] {
        assert!(
            matches!(refused, Err(Error::Changed("draft"))),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn a_draft_that_is_being_sent_cannot_be_edited_or_deleted() {
    let home = Home::new();
    let sending = home.queued("s").await;
    let mut draft = sending.snapshot.draft.clone();
    let change = DraftEdit::SetOrdered { ordered: true };
    let inverse = apply(&mut draft, change.clone()).unwrap();
    let drafts = home.store.drafts();
    for refused in [
        drafts
            .record_edit(&draft, &change, &inverse, "order", at(1))
            .await,
        drafts.delete(&draft.id, at(1)).await.map(|_| ()),
    ] {
        assert!(matches!(refused, Err(Error::NotEditing)), "{refused:?}");
    }
}

#[tokio::test]
async fn a_deleted_draft_can_be_restored_until_it_is_purged() {
    let home = Home::new();
    let mut draft = home.draft("d").await;
    title(&home.store, &mut draft, "one").await;
    let drafts = home.store.drafts();
    assert!(drafts.delete(&draft.id, at(10)).await.unwrap());
    assert!(
        !drafts.delete(&draft.id, at(10)).await.unwrap(),
        "it is deleted once"
    );
    assert_eq!(
        drafts.get(&draft.id).await.unwrap(),
        None,
        "deleted is out of sight"
    );
    assert!(drafts.list().await.unwrap().is_empty());

    assert!(drafts.restore(&draft.id).await.unwrap());
    assert!(
        !drafts.restore(&draft.id).await.unwrap(),
        "there is nothing left to restore"
    );
    assert_eq!(
        undo(&home.store, &draft.id).await.as_deref(),
        Some("Lease"),
        "history included"
    );

    drafts.delete(&draft.id, at(20)).await.unwrap();
    assert_eq!(
        drafts.purge_deleted(at(20)).await.unwrap(),
        0,
        "not before its time"
    );
    assert_eq!(drafts.purge_deleted(at(21)).await.unwrap(), 1);
    assert!(!drafts.restore(&draft.id).await.unwrap(), "purged is gone");
}

#[tokio::test]
async fn a_purged_draft_leaves_no_trace_in_any_file() {
    const SECRET: &str = "Zanzibar-Geheimnis";
    let home = Home::new();
    let mut draft = home.draft("d").await;
    title(&home.store, &mut draft, SECRET).await;
    title(&home.store, &mut draft, "harmless").await;
    home.store.drafts().delete(&draft.id, at(1)).await.unwrap();
    assert!(traces(&home, SECRET), "the search finds what is there");
    home.store.drafts().purge_deleted(at(2)).await.unwrap();
    assert!(
        !traces(&home, SECRET),
        "rows, free pages and WAL are overwritten"
    );
}

fn traces(home: &Home, text: &str) -> bool {
    std::fs::read_dir(home.folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .any(|path| {
            let bytes = std::fs::read(path).unwrap();
            bytes
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        })
}

#[tokio::test]
async fn what_was_taken_back_goes_with_its_draft_and_what_was_sent_keeps_its_own() {
    let home = Home::new();
    let undone = home.queued("undone").await;
    home.store.outbox().undo(&undone.snapshot.id).await.unwrap();
    let sent = home.queued("sent").await;
    home.store
        .outbox()
        .begin(&sent.snapshot.id, at(15))
        .await
        .unwrap();
    let procedure = crate::support::procedure("p");
    home.store
        .outbox()
        .finish(&sent, &procedure, at(16))
        .await
        .unwrap();
    for sending in [&undone, &sent] {
        home.store
            .drafts()
            .delete(&sending.draft, at(20))
            .await
            .unwrap();
    }
    assert_eq!(home.store.drafts().purge_deleted(at(30)).await.unwrap(), 1);
    let outbox = home.store.outbox();
    assert_eq!(outbox.get(&undone.snapshot.id).await.unwrap(), None);
    assert!(
        outbox.get(&sent.snapshot.id).await.unwrap().is_some(),
        "where fields were asked for is needed as long as the request is there"
    );
}

#[tokio::test]
async fn the_list_shows_the_last_edited_first() {
    let home = Home::new();
    let mut older = home.draft("older").await;
    let newer = home.draft("newer").await;
    home.store
        .drafts()
        .insert(&Draft::empty(DraftId::new("empty")), at(3))
        .await
        .unwrap();
    let second = document("rules", "House \"rules\"");
    let insert = DraftEdit::InsertDocument {
        document: second,
        at: 1,
    };
    edit(&home.store, &mut older, insert, "add", 5).await;

    let rows = home.store.drafts().list().await.unwrap();
    let ids: Vec<_> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["older", "empty", "newer"]);
    assert_eq!(
        rows[0].documents,
        ["Lease 2026", "House \"rules\""],
        "in order"
    );
    assert_eq!(rows[0].people, ["Ada Lovelace"]);
    assert_eq!(rows[0].revision, 1);
    assert_eq!(rows[0].updated_at, at(5));
    assert_eq!(rows[1].documents, Vec::<String>::new());
    assert_eq!(rows[2].title, newer.title);
    assert_eq!(rows[2].state, DraftState::Editing);
}

#[tokio::test]
async fn an_unknown_draft_is_not_found() {
    let home = Home::new();
    let mut draft = draft("nobody");
    let id = draft.id.clone();
    assert_eq!(home.store.drafts().get(&id).await.unwrap(), None);
    assert!(matches!(
        home.store.drafts().undo_step(&id).await,
        Err(Error::NotFound("draft"))
    ));
    let change = DraftEdit::SetOrdered { ordered: true };
    let inverse = apply(&mut draft, change.clone()).unwrap();
    let refused = home
        .store
        .drafts()
        .record_edit(&draft, &change, &inverse, "order", at(1))
        .await;
    assert!(
        matches!(refused, Err(Error::NotFound("draft"))),
        "{refused:?}"
    );
}
