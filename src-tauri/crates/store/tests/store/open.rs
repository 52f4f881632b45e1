use crate::support::{Home, at, draft};
use paraph_store::{Error, SCHEMA_VERSION, Store};
use rusqlite::Connection;
use std::fs;
use std::time::Duration;

#[test]
fn a_second_process_can_open_the_same_folder() {
    let home = Home::new();
    let other = Store::open(home.folder()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(async {
        let written = home.draft("d").await;
        let read = other.drafts().get(&written.id).await.unwrap().unwrap();
        assert_eq!(read.draft, written, "what one wrote the other reads");
    });
}

#[test]
fn a_newer_database_is_refused_and_left_alone() {
    let home = Home::new();
    let database = home.database();
    let folder = home.folder().to_owned();
    Connection::open(&database)
        .unwrap()
        .pragma_update(None, "user_version", SCHEMA_VERSION + 1)
        .unwrap();
    let before = fs::read(&database).unwrap();
    let refused = Store::open(&folder).err();
    let expected = SCHEMA_VERSION + 1;
    assert!(
        matches!(&refused, Some(Error::Newer { found, known })
            if *found == expected && *known == SCHEMA_VERSION),
        "{refused:?}"
    );
    let sentence = refused.unwrap().to_string();
    assert!(
        sentence.contains("newer Paraph"),
        "it says what to do: {sentence}"
    );
    assert_eq!(
        fs::read(&database).unwrap(),
        before,
        "not a byte is changed"
    );
}

#[tokio::test]
async fn damage_is_told_at_the_start() {
    let garbage: fn(&mut Vec<u8>) = |bytes| *bytes = b"not a database at all".repeat(400);
    let torn: fn(&mut Vec<u8>) = |bytes| bytes.truncate(bytes.len() / 2);
    let overwritten: fn(&mut Vec<u8>) = |bytes| {
        let from = bytes.len() / 4;
        let to = bytes.len() * 3 / 4;
        bytes[from..to].fill(0x5a);
    };
    for (name, damage) in [
        ("garbage", garbage),
        ("torn", torn),
        ("overwritten", overwritten),
    ] {
        let home = Home::new();
        for number in 0..50 {
            home.store
                .drafts()
                .insert(&draft(&format!("d{number}")), at(0))
                .await
                .unwrap();
        }
        let database = home.database();
        let folder = tempfile::tempdir().unwrap();
        // Closing moves everything from the WAL into the database.
        let copy = folder.path().join("paraph.db");
        Connection::open(&database)
            .unwrap()
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .unwrap();
        let mut bytes = fs::read(&database).unwrap();
        damage(&mut bytes);
        fs::write(&copy, &bytes).unwrap();
        let refused = Store::open(folder.path()).err();
        assert!(
            matches!(refused, Some(Error::Damaged(_))),
            "{name}: {refused:?}"
        );
    }
}

#[test]
fn a_stranger_s_database_is_not_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let stranger = Connection::open(folder.path().join("paraph.db")).unwrap();
    stranger.execute_batch("CREATE TABLE theirs (x)").unwrap();
    drop(stranger);
    let refused = Store::open(folder.path()).err();
    assert!(matches!(refused, Some(Error::Damaged(_))), "{refused:?}");
}

#[test]
fn a_folder_that_cannot_be_made_or_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "in the way").unwrap();
    assert!(Store::open(&file).is_err(), "a file is no folder");
    let taken = folder.path().join("taken");
    fs::create_dir_all(taken.join("paraph.db")).unwrap();
    let refused = Store::open(&taken).err();
    assert!(matches!(refused, Some(Error::NotWritable)), "{refused:?}");
}

#[cfg(unix)]
#[test]
fn nobody_else_may_enter_the_folder() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data");
    let _store = Store::open(&folder).unwrap();
    for path in [folder.clone(), folder.join("blobs")] {
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{path:?} holds contracts");
    }
}

#[tokio::test]
async fn another_process_that_writes_without_end_is_told() {
    let home = Home::new();
    let hog = Connection::open(home.database()).unwrap();
    hog.busy_timeout(Duration::ZERO).unwrap();
    hog.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = home.store.drafts().insert(&draft("d"), at(0)).await;
    assert!(matches!(refused, Err(Error::Busy)), "{refused:?}");
    assert!(
        home.store.drafts().list().await.unwrap().is_empty(),
        "reading goes on meanwhile"
    );
    hog.execute_batch("ROLLBACK").unwrap();
    home.store
        .drafts()
        .insert(&draft("d"), at(0))
        .await
        .expect("and then writing does too");
}

#[tokio::test]
async fn a_write_whose_caller_went_away_is_made_and_the_next_one_works() {
    let home = Home::new();
    let first = draft("first");
    {
        let drafts = home.store.drafts();
        let mut write = Box::pin(drafts.insert(&first, at(0)));
        // Begun, and then dropped before its answer.
        let polled = poll_once(write.as_mut()).await;
        drop(write);
        drop(polled);
    }
    home.store
        .drafts()
        .insert(&draft("second"), at(1))
        .await
        .unwrap();
    assert_eq!(home.store.drafts().list().await.unwrap().len(), 2);
}

/// Polls a future once.
async fn poll_once<F: Future>(mut future: std::pin::Pin<&mut F>) -> Option<F::Output> {
    std::future::poll_fn(|context| {
        std::task::Poll::Ready(match future.as_mut().poll(context) {
            std::task::Poll::Ready(output) => Some(output),
            std::task::Poll::Pending => None,
        })
    })
    .await
}

/// The simulation of a day of sending depends on it.
#[tokio::test(start_paused = true)]
async fn a_paused_clock_waits_for_the_disk() {
    let home = Home::new();
    let started = tokio::time::Instant::now();
    let patience = Duration::from_millis(1);
    for number in 0..50 {
        let draft = draft(&format!("d{number}"));
        let written = tokio::time::timeout(patience, home.store.drafts().insert(&draft, at(0)));
        written
            .await
            .expect("no simulated time passes while the disk works")
            .unwrap();
        let read = tokio::time::timeout(patience, home.store.drafts().list());
        read.await.expect("nor while it is read").unwrap();
    }
    assert_eq!(started.elapsed(), Duration::ZERO);
}
