//! A process that is killed while it writes loses nothing that it was told is kept.

use crate::support::{at, document, draft};
use paraph_domain::draft::Draft;
use paraph_domain::edit::{DraftEdit, apply};
use paraph_domain::ids::DraftId;
use paraph_store::Store;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// Names the folder into which a second process is to write until it is killed.
const FOLDER: &str = "PARAPH_TEST_CRASH";
const WRITTEN: &str = "written\n";

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    if let Some(folder) = std::env::var_os(FOLDER) {
        runtime.block_on(write_without_end(folder.as_ref()));
    }
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = 0;
    for more in [1, 2, 3, 5, 8, 13] {
        acknowledged += write_and_kill(folder.path(), more);
        let found = runtime.block_on(look(folder.path()));
        assert!(
            found >= acknowledged,
            "{found} edits are there of {acknowledged} acknowledged"
        );
        acknowledged = found;
    }
}

/// Adds one document after the other, each with a file of its own.
async fn write_without_end(folder: &Path) -> ! {
    let store = Store::open(folder).unwrap();
    let mut draft = match store.drafts().get(&DraftId::new("d")).await.unwrap() {
        Some(stored) => stored.draft,
        None => {
            let draft = Draft {
                documents: Vec::new(),
                fields: Vec::new(),
                ..draft("d")
            };
            store.drafts().insert(&draft, at(0)).await.unwrap();
            draft
        }
    };
    let mut stdout = std::io::stdout();
    loop {
        let name = format!("document {}", draft.revision);
        let (blob, _) = store.blobs().put(name.clone().into_bytes()).await.unwrap();
        let mut document = document(&name, &name);
        document.pages.first_mut().unwrap().blob = blob;
        let edit = DraftEdit::InsertDocument {
            document,
            at: draft.revision,
        };
        let inverse = apply(&mut draft, edit.clone()).unwrap();
        store
            .drafts()
            .record_edit(&draft, &edit, &inverse, &name, at(1))
            .await
            .unwrap();
        stdout.write_all(WRITTEN.as_bytes()).unwrap();
        stdout.flush().unwrap();
    }
}

/// Has another process write and kills it after so many acknowledgements. Returns how many came.
fn write_and_kill(folder: &Path, after: usize) -> usize {
    let mut writer = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "crash::what_was_acknowledged_survives_a_kill",
            "--nocapture",
        ])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines();
    let is_written = |line: std::io::Result<String>| line.unwrap().contains(WRITTEN.trim());
    let before = lines
        .by_ref()
        .filter_map(|line| is_written(line).then_some(()))
        .take(after)
        .count();
    writer.kill().unwrap();
    // What it still said before it died counts too.
    let rest = lines
        .filter_map(|line| is_written(line).then_some(()))
        .count();
    writer.wait().unwrap();
    assert_eq!(before, after, "the writer goes on until it is killed");
    before + rest
}

/// How many edits there are. Each is whole: its file is there, and the history leads back to the
/// beginning.
async fn look(folder: &Path) -> usize {
    let store = Store::open(folder).unwrap();
    let id = DraftId::new("d");
    let found = store.drafts().get(&id).await.unwrap().unwrap().draft;
    assert_eq!(
        found.documents.len(),
        found.revision as usize,
        "a revision is an edit"
    );
    for document in &found.documents {
        for page in &document.pages {
            let bytes = store.blobs().read(&page.blob).await.unwrap();
            assert_eq!(
                bytes,
                document.name.as_bytes(),
                "a document's file is the one it came with"
            );
        }
    }
    let last = store.drafts().undo_step(&id).await.unwrap().unwrap();
    let mut before = found.clone();
    apply(&mut before, last.inverse).unwrap();
    assert_eq!(
        before.documents.len() + 1,
        found.documents.len(),
        "history and draft agree"
    );
    found.documents.len()
}
