use crate::support::{Home, at, document};
use jiff::{SignedDuration, Timestamp};
use paraph_domain::draft::Draft;
use paraph_domain::edit::{DraftEdit, apply};
use paraph_domain::ids::BlobId;
use paraph_domain::sending::PreparedFile;
use paraph_store::Error;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::PathBuf;
use std::time::Duration;

/// SHA-256 of "abc" (FIPS 180-2, appendix B.1).
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn path(home: &Home, blob: &BlobId) -> PathBuf {
    home.folder()
        .join("blobs")
        .join(blob.as_str().get(..2).unwrap())
        .join(blob.as_str())
}

/// Everything in the blob folder, as paths within it.
fn files(home: &Home) -> Vec<String> {
    let root = home.folder().join("blobs");
    let mut found = Vec::new();
    for entry in fs::read_dir(&root).unwrap() {
        let entry = entry.unwrap().path();
        if entry.is_dir() {
            found.extend(
                fs::read_dir(entry)
                    .unwrap()
                    .map(|blob| blob.unwrap().path()),
            );
        } else {
            found.push(entry);
        }
    }
    let mut names: Vec<_> = found
        .iter()
        .map(|path| path.strip_prefix(&root).unwrap().display().to_string())
        .collect();
    names.sort_unstable();
    names
}

/// Moments before and after every file of a test was written, on the machine's own clock.
fn long_ago_and_far_ahead(home: &Home) -> (Timestamp, Timestamp) {
    let written = fs::metadata(home.database()).unwrap().modified().unwrap();
    let written = Timestamp::try_from(written).unwrap();
    (
        written - SignedDuration::from_hours(1),
        written + SignedDuration::from_hours(1),
    )
}

#[tokio::test]
async fn a_blob_is_named_by_its_bytes_and_stored_once() {
    let home = Home::new();
    let blobs = home.store.blobs();
    let (id, bytes) = blobs.put(b"abc".to_vec()).await.unwrap();
    assert_eq!((id.as_str(), bytes), (ABC, 3));
    assert_eq!(
        blobs.put(b"abc".to_vec()).await.unwrap().0,
        id,
        "the same bytes, the same blob"
    );
    let file = home.folder().join("copy.bin");
    fs::write(&file, "abc").unwrap();
    assert_eq!(blobs.put_file(&file).await.unwrap(), (id.clone(), 3));
    assert_eq!(
        files(&home),
        [format!("ba/{ABC}")],
        "one copy, and nothing unfinished"
    );

    let home = home.restarted();
    assert_eq!(home.store.blobs().read(&id).await.unwrap(), b"abc");
    let mut text = String::new();
    home.store
        .blobs()
        .open_file(&id)
        .await
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(text, "abc");
}

#[tokio::test]
async fn large_files_and_empty_ones_are_stored_whole() {
    let home = Home::new();
    for length in [0_usize, 1, 128 * 1024, 128 * 1024 + 1, 3_000_000] {
        let bytes: Vec<u8> = (0..length).map(|place| (place % 251) as u8).collect();
        let file = home.folder().join("large.bin");
        fs::write(&file, &bytes).unwrap();
        let (id, stored) = home.store.blobs().put_file(&file).await.unwrap();
        assert_eq!(stored, length as u64);
        assert!(
            home.store.blobs().read(&id).await.unwrap() == bytes,
            "{length} bytes"
        );
    }
}

#[tokio::test]
async fn a_damaged_blob_is_told_and_healed_by_the_same_file() {
    let home = Home::new();
    let (id, _) = home.store.blobs().put(b"abc".to_vec()).await.unwrap();
    fs::write(path(&home, &id), "abx").unwrap();
    let read = home.store.blobs().read(&id).await;
    assert!(
        matches!(&read, Err(Error::BlobDamaged(damaged)) if *damaged == id),
        "{read:?}"
    );
    home.store.blobs().put(b"abc".to_vec()).await.unwrap();
    assert_eq!(home.store.blobs().read(&id).await.unwrap(), b"abc");
}

#[tokio::test]
async fn names_that_are_no_blobs_lead_nowhere() {
    let home = Home::new();
    fs::write(home.folder().join("secret"), "secret").unwrap();
    for name in [
        "",
        "a",
        "../secret",
        "/etc/passwd",
        &"Z".repeat(64),
        &"é".repeat(32),
        ABC,
    ] {
        let read = home.store.blobs().read(&BlobId::new(name)).await;
        assert!(
            matches!(read, Err(Error::BlobMissing(_))),
            "{name:?}: {read:?}"
        );
    }
}

/// A folder, and where there are such things a pipe that nobody writes to and an endless device.
fn not_files(home: &Home) -> Vec<PathBuf> {
    let mut paths = vec![home.folder().to_owned()];
    if cfg!(target_os = "linux") {
        let pipe = home.folder().join("pipe.pdf");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        paths.extend([pipe, PathBuf::from("/dev/zero")]);
    }
    paths
}

#[tokio::test]
async fn what_cannot_be_copied_is_a_fault_of_the_file() {
    let home = Home::new();
    let missing = home.folder().join("missing.pdf");
    let refused = home.store.blobs().put_file(&missing).await;
    assert!(
        matches!(&refused, Err(Error::Source(error)) if error.kind() == ErrorKind::NotFound),
        "{refused:?}"
    );
    for source in not_files(&home) {
        let refused = tokio::time::timeout(
            Duration::from_secs(30),
            home.store.blobs().put_file(&source),
        );
        let refused = refused.await.expect("nobody waits for a writer");
        assert!(
            matches!(refused, Err(Error::SourceNotAFile)),
            "{source:?}: {refused:?}"
        );
    }
    assert_eq!(files(&home), Vec::<String>::new());
}

#[tokio::test]
async fn only_blobs_that_nothing_refers_to_are_swept() {
    let home = Home::new();
    let blobs = home.store.blobs();
    let mut ids = Vec::new();
    for word in [
        "in a draft",
        "in its history",
        "in a sending",
        "in a deleted draft",
        "nowhere",
    ] {
        ids.push(blobs.put(word.as_bytes().to_vec()).await.unwrap().0);
    }
    let with = |id: &str, blob: &BlobId| {
        let mut document = document(id, "Lease");
        document.pages[0].blob = blob.clone();
        document
    };
    let drafts = home.store.drafts();
    let mut draft = Draft::empty(paraph_domain::ids::DraftId::new("d"));
    draft.documents = vec![with("one", &ids[0])];
    drafts.insert(&draft, at(0)).await.unwrap();
    // Added and taken away again: only undo needs it.
    let insert = DraftEdit::InsertDocument {
        document: with("two", &ids[1]),
        at: 1,
    };
    let remove = DraftEdit::RemoveDocument {
        document: with("two", &ids[1]).id,
    };
    for edit in [insert, remove] {
        let inverse = apply(&mut draft, edit.clone()).unwrap();
        drafts
            .record_edit(&draft, &edit, &inverse, "edit", at(1))
            .await
            .unwrap();
    }
    let mut sending = crate::support::sending("s", &draft);
    sending.snapshot.files = vec![PreparedFile {
        document: document("one", "Lease").id,
        file_name: "Lease.pdf".to_owned(),
        purpose: Default::default(),
        blob: ids[2].clone(),
        bytes: 12,
        pages: Vec::new(),
    }];
    home.store.outbox().enqueue(&sending).await.unwrap();
    let mut deleted = Draft::empty(paraph_domain::ids::DraftId::new("deleted"));
    deleted.documents = vec![with("three", &ids[3])];
    drafts.insert(&deleted, at(0)).await.unwrap();
    drafts.delete(&deleted.id, at(1)).await.unwrap();
    let stray = home.folder().join("blobs").join("unfinished-abc");
    fs::write(&stray, "half").unwrap();

    let (before, after) = long_ago_and_far_ahead(&home);
    assert_eq!(
        home.store.sweep_blobs(before).await.unwrap(),
        0,
        "what is new is kept"
    );
    assert!(stray.exists(), "another process may be writing it");
    assert_eq!(home.store.sweep_blobs(after).await.unwrap(), 1);
    assert!(!stray.exists(), "what a crash left is cleared away");
    for id in &ids[..4] {
        blobs.read(id).await.expect("what anything refers to stays");
    }
    let swept = blobs.read(&ids[4]).await;
    assert!(matches!(swept, Err(Error::BlobMissing(_))), "{swept:?}");

    drafts.purge_deleted(at(9)).await.unwrap();
    assert_eq!(
        home.store.sweep_blobs(after).await.unwrap(),
        1,
        "purged drafts let go"
    );
}
